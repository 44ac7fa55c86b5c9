"""A new record, or the pair of files of a new article, from what is given; and an id for it from its Chinese title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gazette.base.file_names import SLUG
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Plain
from gazette.content.file_reader import RESERVED
from gazette.content.front_matter import markdown_file
from gazette.content.model import Content
from gazette.editing.correcting import Files
from gazette.editing.yaml_edit import new_file
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import WORDS, Article
from gazette.records.record import Entry
from gazette.records.values import LOCALES, Ref

_FIRST = ("title", "summary", "order")
_LAST = ("points", "not_stated", "evidence", "photos", "related", "translated")
"""What any record has stands above and below its own fields."""
_WORDS = 5
"""Of how many words an id is made."""


def add(
    content: Content, ref: Ref, data: Mapping[str, Plain], bodies: Mapping[str, str] | None = None
) -> Files:
    """The files to write, by path, of a new record; those of an article have a body in each language.

    The id is one that is not and was not in use. Raises Refused.
    """
    refuse_used(content, ref)
    fields = order_of({**DATA_FOLDERS, **PAGED}[ref.collection])
    names = [*(name for name in fields if name in data), *(name for name in data if name not in fields)]
    if ref.collection != Article.collection:
        path = f"data/{ref}.yml"
        return {path: new_file({name: data[name] for name in names}).encode("utf-8")}
    files: Files = {}
    for locale in LOCALES:
        matter: dict[str, Plain] = {}
        for name in names:
            value = data[name]
            if name in WORDS and isinstance(value, dict):
                matter[name] = value[locale]
            elif locale == "zh":
                matter[name] = value
        text = f"---\n{new_file(matter)}---\n\n{(bodies or {}).get(locale, '')}"
        files[markdown_file(locale, str(ref))] = text.encode("utf-8")
    return files


def order_of(model: type[Entry]) -> Sequence[str]:
    """The fields of an entry in the order in which editors write them."""
    own = (name for name in model.model_fields if name not in ("id", *_FIRST, *_LAST))
    return (*_FIRST, *own, *_LAST)


def refuse_used(content: Content, ref: Ref) -> None:
    """Raise Refused where an id is none, or is or was in use."""
    if not SLUG.fullmatch(ref.id) or ref.id in RESERVED:
        raise Refused("new-id-not-an-id", id=ref.id)
    if ref in content.unread or str(ref) in _used(content) or (content.root / f"data/{ref}.yml").exists():
        raise Refused("new-id-taken", record=ref)


def _used(content: Content) -> set[str]:
    return {*content.names, *content.locked_names, *(retirement.was for retirement in content.retirements)}


def proposed_id(content: Content, collection: str, title: str) -> str:
    """An id that is free, from the first words of a Chinese title as they are pronounced. Raises Refused without pypinyin."""
    used = {*_used(content), *map(str, content.unread)}
    return next(id_ for id_ in ids_from(collection, title) if f"{collection}/{id_}" not in used)


def ids_from(collection: str, title: str) -> Iterator[str]:
    """The ids that a Chinese title gives, the simplest first. Raises Refused without pypinyin."""
    try:
        from pypinyin import lazy_pinyin
    except ModuleNotFoundError:
        raise Refused("needs-edit-extra") from None
    words = re.findall("[a-z0-9]+", " ".join(lazy_pinyin(title)).lower())
    while words and words[0][0].isdigit():  # An id begins with a letter.
        words.pop(0)
    stem = "-".join(words[:_WORDS]) or collection.replace("_", "-")
    yield from (
        id_ for id_ in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if id_ not in RESERVED
    )
