"""The content as it will be once some files are written: only these are read anew, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from gazette.base.diagnostics import Diagnostic
from gazette.content import locks
from gazette.content.file_reader import Reader, is_article
from gazette.content.model import Content
from gazette.content.photographs import Original
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import Article
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.photos import PHOTOS
from gazette.records.record import Entry, Record
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Ref

E = TypeVar("E", bound=Entry)


def with_unsaved(
    content: Content,
    files: Mapping[str, bytes | None],
    originals: Mapping[str, Original] | None = None,
) -> tuple[Content, list[Diagnostic]]:
    """The content with these files of entries and pages, None for one that goes, and what of them cannot be read.

    A page is named by the files of both its languages. `originals` are photographs that come with them.
    """
    there = {path: raw for path, raw in files.items() if raw is not None}
    reader = Reader(content.root, unsaved={**content.unsaved, **there})
    problems: list[Diagnostic] = []
    records, prose, units = dict(content.records), dict(content.prose), dict(content.units)
    names, unread = set(content.names), set(content.unread)
    others = {entry.path: entry for entry in (*content.sums, *content.corrections, *content.retirements)}
    shown = {**content.originals, **(originals or {})}
    for path, raw in files.items():
        top, folder, name = [*path.split("/", 2), "", ""][:3]
        if folder == PHOTOS:
            if raw is None:
                shown.pop(name, None)
            continue
        if top == "data" and folder in DATA_FOLDERS:
            ref = Ref(folder, name.removesuffix(".yml"))
            entry = None if raw is None else reader.entry(path, ref, problems)
            others.pop(path, None)
            if isinstance(entry, (Sum, Correction, Retirement)):
                others[path] = entry
            if folder == Unit.collection:
                _put(units, ref, entry if isinstance(entry, Unit) else None)
            page = str(ref) if folder in PAGED else None
        elif top == "docs" and folder in LOCALES and name.endswith(".md"):
            page = name.removesuffix(".md")
            read = None if raw is None else reader.prose(page, problems)
            _put(prose, page, read)
            ref = Ref(Article.collection, page.removeprefix("news/"))
            entry = read.matter if read and isinstance(read.matter, Article) else None
        else:
            continue
        if top == "data" or is_article(page or ""):
            _put(records, ref, entry if isinstance(entry, Record) else None)
            (unread.add if entry is None and raw is not None else unread.discard)(ref)
        if page:
            (names.discard if raw is None else names.add)(page)

    def of(kind: type[E]) -> list[E]:
        return [entry for entry in others.values() if isinstance(entry, kind)]

    made = replace(
        content,
        records=records,
        prose=prose,
        units=units,
        names=frozenset(names),
        unread=frozenset(unread),
        sums=tuple(of(Sum)),
        corrections=tuple(sorted(of(Correction), key=lambda each: each.date.sort_key, reverse=True)),
        retirements=tuple(sorted(of(Retirement), key=lambda each: (each.date.sort_key, each.id))),
        originals=shown,
        hashes={**content.hashes, **reader.hashes},
        unsaved={**content.unsaved, **there},
    )
    return replace(made, locked=locks.followed(made)), problems


K = TypeVar("K")
V = TypeVar("V")


def _put(found: dict[K, V], key: K, value: V | None) -> None:
    if value is None:
        found.pop(key, None)
    else:
        found[key] = value
