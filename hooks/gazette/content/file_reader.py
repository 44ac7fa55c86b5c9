"""Reads one record or page from its file, or from what was parsed of it before; every mistake is reported."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.file_names import is_name
from gazette.base.files import read_bytes
from gazette.base.invisible import escaped, in_entities, invisible, named
from gazette.base.strict_yaml import Document, Plain
from gazette.content.calls import pieces, with_made
from gazette.content.front_matter import Markdown, locate_in_pair, markdown_file, split, typed_in_pair
from gazette.content.model import Prose
from gazette.content.parsed_files import ParsedFiles
from gazette.records import DATA_FOLDERS
from gazette.records.front_matter import QUESTIONS, TRANSLATED, WORDS, Article, PlainPage
from gazette.records.record import Entry, parts
from gazette.records.validation import fits, validate
from gazette.records.values import LOCALES, Model, Ref

RESERVED = {"index"}
"""The names that no record may have."""


def bad_slug(path: str, stem: str) -> Diagnostic:
    """The message for a file whose name is no id."""
    folder, _, name = path.rpartition("/")
    words = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-0123456789")
    id_ = words if is_name(words) and words not in RESERVED else "taiwen-precision-machinery"
    right = f"{folder}/{id_}.{name.rpartition('.')[2]}"
    if name.endswith(".md"):
        right += "\n" + right.replace("docs/zh/", "docs/en/", 1)
    return Diagnostic(Position(path), "file-not-an-id", {"name": stem, "right": right})


class Reader:
    """Reads records and pages, and records the hash of each file; what was `parsed` before is taken from there.

    A file that is `unsaved` is read as it is to be.
    """

    def __init__(
        self,
        root: Path,
        parsed: ParsedFiles | None = None,
        known: Mapping[str, str] | None = None,
        unsaved: Mapping[str, bytes] | None = None,
    ) -> None:
        self.root, self.parsed, self._known, self._unsaved = (
            root,
            parsed or ParsedFiles(),
            known or {},
            unsaved or {},
        )
        self.hashes: dict[str, str] = {}

    def entry(self, path: str, ref: Ref, problems: list[Diagnostic]) -> Entry | None:
        """The record of a file; None where it is wrong."""

        def parse() -> Entry | None:
            raw = self._read(path, problems)
            return None if raw is None else _load_entry(raw, path, ref, problems)

        found: Entry | None = self._kept((path,), parse, problems)
        return found

    def prose(self, path: str, problems: list[Diagnostic]) -> Prose | None:
        """The page of a pair of files; None where it is wrong."""
        files = tuple(markdown_file(locale, path) for locale in LOCALES)
        read = partial(self._read, problems=problems)
        found: Prose | None = self._kept(files, partial(_load_prose, path, read, problems), problems)
        return found

    def _kept(self, paths: tuple[str, ...], parse: Callable[[], Any], problems: list[Diagnostic]) -> Any:
        digests = [self._known.get(path, "") for path in paths]
        if all(digests) and (kept := self.parsed.get(paths[0], "".join(digests))):
            self.hashes.update(zip(paths, digests, strict=True))
            return kept
        before = len(problems)
        if (found := parse()) and len(problems) == before:
            entry = found.matter if isinstance(found, Prose) else found
            if isinstance(entry, Entry):
                _ = entry.refs, entry.cited, entry.structure_hash  # Kept with it: every build asks for them.
                for _, part in (((), entry), *parts(entry, Model)):
                    part.forget_typed()
            self.parsed.put(paths[0], "".join(self.hashes[path] for path in paths), found)
        return found

    def _read(self, path: str, problems: list[Diagnostic]) -> bytes | None:
        raw = self._unsaved.get(path)
        if raw is None:
            raw = read_bytes(self.root, path, problems)
        if raw is not None:
            self.hashes[path] = hashlib.sha256(raw).hexdigest()
        return raw


def prose_of(path: str, files: Mapping[str, bytes], problems: list[Diagnostic]) -> Prose | None:
    """The page of a pair of files that are not written yet; None where it is wrong."""
    return _load_prose(path, files.get, problems)


def _load_entry(raw: bytes, path: str, ref: Ref, problems: list[Diagnostic]) -> Entry | None:
    document, faults = strict_yaml.read(raw, path)
    problems += faults
    if document.node is None:
        return None
    kind = DATA_FOLDERS[ref.collection]
    record, refused = validate(kind, document.data, ref.id, document.position)
    if not document.data.keys() <= kind.model_fields.keys():
        for name in [name for name, other in DATA_FOLDERS.items() if fits(other, document.data)]:
            right = f"data/{name}/{ref.id}.yml"
            refused = [Diagnostic(Position(path), "misfiled", {"collection": name, "right": right})]
    problems += refused
    return None if faults else record


def _load_prose(path: str, read: Callable[[str], bytes | None], problems: list[Diagnostic]) -> Prose | None:
    article = is_article(path)
    id_ = path.removeprefix("news/") if article else path
    if article and not is_name(id_):
        problems.append(bad_slug(f"docs/zh/{path}.md", id_))
        return None
    documents, bodies = {}, {}
    before = len(problems)
    for locale in LOCALES:
        name = markdown_file(locale, path)
        raw = read(name)
        if raw is not None:
            documents[locale], bodies[locale] = split(raw, name, problems)
    if len(documents) < len(LOCALES) or any(document.node is None for document in documents.values()):
        return None
    zh, en = documents["zh"], documents["en"]
    for key in en.data:
        if key not in (*WORDS, QUESTIONS, TRANSLATED):
            values = {"key": key, "file": markdown_file("zh", path)}
            problems.append(Diagnostic(en.position((key,), of_key=True), "shared-key", values))
    data: dict[str, Plain] = {key: value for key, value in zh.data.items() if key not in WORDS}
    if TRANSLATED in data:
        at = zh.position((TRANSLATED,), of_key=True)
        problems.append(Diagnostic(at, "sign-off-in-chinese", {"key": TRANSLATED}))
    if TRANSLATED in en.data:
        data[TRANSLATED] = en.data[TRANSLATED]
    for word in WORDS:
        said = {locale: each.data[word] for locale, each in documents.items() if word in each.data}
        if any(said.values()) or PlainPage.model_fields[word].is_required():
            data[word] = said
    if QUESTIONS in zh.data or QUESTIONS in en.data:
        data[QUESTIONS] = _questions(zh, en, problems)
    kind: type[Article | PlainPage] = Article if article else PlainPage
    matter, refused = validate(kind, data, id_, locate_in_pair(documents), typed_in_pair)
    problems += refused
    problems += [fault for body in bodies.values() for fault in _unseen_in_calls(body)]
    return Prose(path, matter, bodies) if matter is not None and len(problems) == before else None


def _questions(zh: Document, en: Document, problems: list[Diagnostic]) -> Plain:
    """The questions of a page, each with its English; none where one language has more of them, which is said."""
    answered, asked = zh.data.get(QUESTIONS) or [], en.data.get(QUESTIONS)
    if not isinstance(answered, list):
        return answered
    asked = asked if isinstance(asked, list) else []
    if len(answered) != len(asked):
        lines = [*asked, *["…"] * (len(answered) - len(asked))][: len(answered)]
        right = "\n".join([f"{QUESTIONS}:", *(f'  - "{line}"' for line in lines)]) if answered else ""
        values = {"zh": len(answered), "en": len(asked), "right": right}
        problems.append(Diagnostic(en.position((QUESTIONS,), of_key=True), "questions-unequal", values))
        return []
    return [
        {**one, "ask": {"zh": one["ask"], "en": said}} if isinstance(one, dict) and "ask" in one else one
        for one, said in zip(answered, asked, strict=True)
    ]


def _unseen_in_calls(body: Markdown) -> Iterator[Diagnostic]:
    """Escapes in the calls of a body for what nobody would see; what HTML makes of it once the comments within are gone."""
    if "&" in body.text and "{#" in body.text:
        made, known = with_made(body, lambda _, __: ""), {offset for offset, _ in in_entities(body.text)}
        for offset, character in in_entities(made.text):
            if made.origin(offset) not in known:
                yield Diagnostic(made.position(offset), "invisible-escape", {"character": named(character)})
    for piece in pieces(body.text) if "\\" in body.text else ():
        found = [*escaped(body.text[piece.start : piece.end])]
        if not found and piece.call:  # A call is Python's, which has more escapes.
            said = "".join(map(str, (*piece.call.arguments, *dict(piece.call.words).values())))
            found = [(0, character) for _, character in invisible(said)][:1]
        for offset, character in found:
            if character not in "\t\n":  # A body may have these as they are.
                place = body.position(piece.start + offset)
                yield Diagnostic(place, "invisible-escape", {"character": named(character)})


def is_article(path: str) -> bool:
    """Whether the page at a path is a news article."""
    return path.startswith("news/") and path != "news/index"
