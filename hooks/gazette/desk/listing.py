"""What there is to edit, and what references may be picked from, by name in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from gazette.content.fingerprint import is_stale
from gazette.content.model import Content, Prose
from gazette.desk.words import word, words
from gazette.language import wording
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import Article, is_draft
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.record import Entry, Record, answers
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Model, typed

PAGES = "pages"


def collections() -> list[tuple[str, dict[str, str]]]:
    """Every group of the list and what it is called."""
    return [
        (name, dict(_called(name)))
        for name in (*PAGED, PAGES, *(set_aside for set_aside in DATA_FOLDERS if set_aside not in PAGED))
    ]


def _called(name: str) -> Any:
    if name in words():
        return word(name)
    return {locale: wording.label(name, locale) for locale in LOCALES}


def entries(content: Content) -> Iterator[dict[str, Any]]:
    """Everything that has a file of its own, also what cannot be read."""
    for record in content.in_order(content.records.values()):
        owner = content.prose.get(f"news/{record.id}") if isinstance(record, Article) else record
        yield {
            **_entry(record.path, record.id, record.collection, record.title.zh, record.title.en),
            "draft": is_draft(record),
            "stale": owner is not None and isinstance(owner, (Record, Prose)) and is_stale(owner),
        }
    for path, prose in sorted(content.prose.items()):
        if not isinstance(prose.matter, Article):
            title = prose.matter.title
            yield {**_entry(f"docs/zh/{path}.md", path, PAGES, title.zh, title.en), "stale": is_stale(prose)}
    for entry in (*content.units.values(), *content.sums, *content.corrections, *content.retirements):
        yield _entry(entry.path, entry.id, entry.collection, *_title(entry))
    for ref in sorted(content.unread):
        path = f"docs/zh/news/{ref.id}.md" if ref.collection == Article.collection else f"data/{ref}.yml"
        yield _entry(path, ref.id, ref.collection, "", "")


def texts(content: Content) -> dict[str, str]:
    """All that each entry says, by its file, as a search compares it."""
    owners: list[Entry | Prose] = [*content.records.values(), *content.units.values()]
    owners += [*content.sums, *content.corrections, *content.retirements]
    found = {owner.path: "\n".join(_strings(owner)) for owner in owners if not isinstance(owner, Article)}
    for path, prose in content.prose.items():
        words = (*_strings(prose.matter), *(body.text for body in prose.bodies.values()))
        found[f"docs/zh/{path}.md"] = "\n".join(words)
    return {path: text.casefold() for path, text in found.items()}


def _strings(value: Any) -> Iterator[str]:
    """What a value says, part by part."""
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _strings(getattr(value, name))
    elif type(value) is tuple:
        for item in value:
            yield from _strings(item)
    elif value is not None:
        yield typed(value) if isinstance(value, Decimal | timedelta) else str(value)


def _entry(file: str, id_: str, collection: str, zh: str, en: str) -> dict[str, Any]:
    return {"file": file, "id": id_, "collection": collection, "title": {"zh": zh, "en": en}}


def _title(entry: Entry) -> tuple[str, str]:
    match entry:
        case Unit():
            return entry.zh, entry.en.one or entry.en.before or ""
        case Sum():
            return entry.title.zh, entry.title.en
        case Correction():
            return str(entry.figure), str(entry.figure)
        case Retirement():
            return entry.was, entry.was
    return entry.id, entry.id


def names(content: Content) -> dict[str, list[tuple[str, str, str]]]:
    """What each kind of reference may name: as it is typed, and what it is called."""
    records = content.in_order(content.records.values())
    found = {
        collection: [(record.id, *_both(record)) for record in records if record.collection == collection]
        for collection in ("sources", "glossary", "mechanisms")
    }
    found["units"] = [(unit.id, *_title(unit)) for unit in content.units.values()]
    found["any"] = [(str(record.ref), *_both(record)) for record in records]
    found["figures"] = [(str(ref), *_both(content.records[ref.record])) for ref in content.figures]
    fields = [
        (record, field) for record in records for field in answers(record) if record.collection != "sources"
    ]
    found["answers"] = [
        *found["any"],
        *((f"{record.ref}.{field}", *_both(record)) for record, field in fields),
    ]
    return found


def _both(record: Record) -> tuple[str, str]:
    return record.title.zh, record.title.en
