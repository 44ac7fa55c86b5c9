"""An entry or a page as its form has it: read from its file or from the pair, and written back into them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic
from gazette.base.file_names import SLUG
from gazette.base.strict_yaml import Document, Location, Plain
from gazette.content.file_reader import RESERVED, is_article
from gazette.content.front_matter import Markdown, markdown_file, split
from gazette.editing.adding import order_of
from gazette.editing.markdown_edit import with_body
from gazette.editing.yaml_edit import changed, new_file
from gazette.records import COLLECTIONS, DATA_FOLDERS, page_path
from gazette.records.front_matter import QUESTIONS, TRANSLATED, WORDS, Article, PlainPage
from gazette.records.model_fields import model_in
from gazette.records.record import Entry
from gazette.records.values import LOCALES

BODY = "body"
"""What the form calls the text below the front matter."""

_DATA = re.compile(rf"data/({'|'.join(DATA_FOLDERS)})/({SLUG.pattern})\.yml")
_PAGE = re.compile(r"docs/zh/([\w-]+(?:/[\w-]+)*)\.md", re.ASCII)

Data = dict[str, Plain]


@dataclass(frozen=True)
class Place:
    """What a form is of: `file` names it, a page by its Chinese file; `page` is the path of a page, else ""."""

    file: str
    model: type[Entry] | type[PlainPage]
    id: str
    page: str = ""

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(markdown_file(locale, self.page) for locale in LOCALES) if self.page else (self.file,)

    @property
    def path(self) -> str | None:
        """The path of its page; None where it has none."""
        if self.page or self.collection not in COLLECTIONS:
            return self.page or None
        return page_path(f"{self.collection}/{self.id}")

    @property
    def collection(self) -> str:
        """The collection of an entry; "pages" of a page that is no article."""
        return getattr(self.model, "collection", "pages")


def place_of(file: str) -> Place | None:
    """What a file of the project is edited as; None where it is nothing that the desk edits."""
    if (found := _DATA.fullmatch(file)) and found[2] not in RESERVED:
        return Place(file, DATA_FOLDERS[found[1]], found[2])
    if found := _PAGE.fullmatch(file):
        article = is_article(found[1])
        if article and not SLUG.fullmatch(found[1].removeprefix("news/")):
            return None
        id_ = found[1].removeprefix("news/") if article else found[1]
        return Place(file, Article if article else PlainPage, id_, found[1])
    return None


@dataclass(frozen=True)
class Opened:
    """What the files of a place hold; those that are not there yet are missing."""

    place: Place
    raw: Mapping[str, bytes]

    @property
    def hashes(self) -> dict[str, str]:
        return {path: hashlib.sha256(raw).hexdigest() for path, raw in self.raw.items()}

    @cached_property
    def _read(self) -> tuple[dict[str, Document], dict[str, Markdown], list[Diagnostic]]:
        documents, bodies, faults = {}, {}, list[Diagnostic]()
        for path, raw in self.raw.items():
            if self.place.page:
                documents[path], bodies[path] = split(raw, path, faults)
            else:
                documents[path], found = strict_yaml.read(raw, path)
                faults += found
        return documents, bodies, faults

    @property
    def documents(self) -> Mapping[str, Document]:
        return self._read[0]

    @property
    def bodies(self) -> Mapping[str, Markdown]:
        return self._read[1]

    @property
    def faults(self) -> list[Diagnostic]:
        """What of the files cannot be read."""
        return self._read[2]

    @property
    def data(self) -> Data:
        """What the form shows: of a page the words of both its files side by side."""
        if not self.place.page:
            found = next(iter(self.documents.values()), None)
            return (
                {} if found is None else {key: each for key, each in found.data.items() if key != TRANSLATED}
            )
        zh, en = (self._matter(locale) for locale in LOCALES)
        data: Data = {key: value for key, value in zh.items() if key not in WORDS}
        for name in WORDS:
            if name in zh or name in en:
                data[name] = {"zh": zh.get(name, ""), "en": en.get(name, "")}
        asked, items = en.get(QUESTIONS), zh.get(QUESTIONS)
        if isinstance(items, list):
            english = dict(enumerate(asked)) if isinstance(asked, list) else {}
            data[QUESTIONS] = [
                {**item, "ask": {"zh": item.get("ask", ""), "en": english.get(n, "")}}
                for n, item in enumerate(items)
                if isinstance(item, dict)
            ]
        data[BODY] = {locale: _shown(self.bodies.get(path)) for locale, path in self._paths.items()}
        return data

    @property
    def _paths(self) -> Mapping[str, str]:
        return dict(zip(LOCALES, self.place.files, strict=True))

    def _matter(self, locale: str) -> Data:
        document = self.documents.get(self._paths[locale])
        return {key: value for key, value in document.data.items() if key != TRANSLATED} if document else {}

    def edited(self, data: Data) -> dict[str, bytes]:
        """The files that say `data`; of those that are there only what differs is changed. Raises Refused."""
        parts = _parts(data) if self.place.page else {"zh": data}
        made = {}
        for (locale, matter), path in zip(parts.items(), self.place.files, strict=True):
            body = _words(data.get(BODY), locale)
            matter = {key: value for key, value in matter.items() if key != BODY}
            text = self._edited(path, matter, body)
            if path not in self.raw or text.encode("utf-8") != self.raw[path]:
                made[path] = text.encode("utf-8")
        return made

    def _edited(self, path: str, matter: Data, body: str) -> str:
        model = self.place.model
        order = order_of(model) if issubclass(model, Entry) else [*model.model_fields]
        if path not in self.raw:
            given = in_order(cleaned(matter), model)
            assert isinstance(given, dict)
            known = sorted(given, key=lambda name: order.index(name) if name in order else len(order))
            text = new_file({name: given[name] for name in known})
            return f"---\n{text}---\n\n{body.strip()}\n" if self.place.page else text
        text = self.raw[path].decode("utf-8")
        document = self.documents[path]
        before, after = cleaned(document.data), cleaned(matter)
        assert isinstance(before, dict)
        assert isinstance(after, dict)
        keys = dict.fromkeys((*after, *before))
        edits: dict[Location, Plain | None] = {
            (key,): after.get(key) for key in keys if key != TRANSLATED and before.get(key) != after.get(key)
        }
        if edits:
            text = changed(text, document, edits, order)
        if self.place.page and body.rstrip() != _shown(self.bodies[path]).rstrip():
            typed = self.bodies[path].text
            start = typed[: len(typed) - len(typed.lstrip("\n"))]
            text = with_body(text, f"{start}{body.rstrip()}\n")
        return text


def in_order(value: Plain, model: type[BaseModel] | None) -> Plain:
    """A value with the keys of each group in the order of its model's fields, as far as there is one."""
    if isinstance(value, list):
        return [in_order(item, model) for item in value]
    if isinstance(value, str) or model is None:
        return value
    fields = model.model_fields
    inner = {name: model_in(field.annotation) for name, field in fields.items()}
    names = [*(name for name in fields if name in value), *(name for name in value if name not in fields)]
    return {name: in_order(value[name], inner.get(name)) for name in names}


def cleaned(value: Plain) -> Plain:
    """A value without the keys that hold nothing, which are as good as absent, and its texts without space around them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    held = {key: cleaned(item) for key, item in value.items()}
    return {key: item for key, item in held.items() if item not in ("", [], {})}


def opened(root: Path, place: Place) -> Opened:
    """What the files of a place hold now."""
    return Opened(
        place, {path: (root / path).read_bytes() for path in place.files if (root / path).is_file()}
    )


def _shown(body: Markdown | None) -> str:
    """The text of a page without the empty lines before it."""
    return body.text.lstrip("\n") if body else ""


def _words(value: Plain | None, locale: str) -> str:
    said = value.get(locale, "") if isinstance(value, dict) else ""
    return said.replace("\r\n", "\n") if isinstance(said, str) else ""


def _parts(data: Data) -> dict[str, Data]:
    """What each language's file of a page holds: both their own words, the Chinese one all else."""
    zh: Data = {}
    en: Data = {}
    for key, value in data.items():
        if key in WORDS:
            zh[key], en[key] = _words(value, "zh"), _words(value, "en")
        elif key == QUESTIONS and isinstance(value, list):
            items = [item for item in value if isinstance(item, dict)]
            zh[key] = [{**item, "ask": _words(item.get("ask"), "zh")} for item in items]
            en[key] = [_words(item.get("ask"), "en") for item in items]
        else:
            zh[key] = value
    return {"zh": zh, "en": en}
