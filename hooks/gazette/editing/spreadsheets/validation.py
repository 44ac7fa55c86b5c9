"""The checks of the whole site, asked of the content as it would be with the rows of a sheet in it, before a file is written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

from gazette import checks
from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.strict_yaml import Location
from gazette.build.progress import Progress
from gazette.checks.privacy import private_in_value
from gazette.content import locks
from gazette.content.examples import in_own_names
from gazette.content.model import Content, Prose
from gazette.editing.spreadsheets.changes import Change, Changes
from gazette.editing.spreadsheets.columns import ID, columns
from gazette.editing.spreadsheets.reading import CellPosition, Sheet
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.record import Entry, Record
from gazette.records.terms import Unit
from gazette.records.validation import validate
from gazette.records.values import Ref
from gazette.site.lists import Lists
from gazette.site.pages import all_pages, clashes

Find = Callable[..., Position]


@dataclass(frozen=True)
class _WithRows(Content):
    """Content of which some records are rows of a sheet: what is said of them is said of their cells."""

    places: Mapping[Ref, Find] = field(default_factory=dict)

    def position(self, owner: Entry | Prose, location: Location) -> Position:
        find = None if isinstance(owner, Prose) else self.places.get(owner.ref)
        return find(location) if find else super().position(owner, location)


def faults_with(sheet: Sheet, changes: Changes, content: Content, progress: Progress) -> list[Diagnostic]:
    """Everything that is wrong with a sheet, or would be if it were written: each row by its model, then all content together."""
    made, found = changes.made, [*changes.faults, *_private(sheet, content)]
    entries: dict[Ref, Entry] = {}
    places: dict[Ref, Find] = {}
    progress.stage("checking-rows", len(made))
    for change in made:
        places[change.ref] = partial(_cell, sheet, change.row)
        document, faults = strict_yaml.parse(change.text.removeprefix("\ufeff"), change.path)
        entry, refused = validate(
            DATA_FOLDERS[change.ref.collection],
            document.data,
            change.ref.id,
            places[change.ref],
        )
        found += [*(replace(fault, at=sheet.place(change.row, ID)) for fault in faults), *refused]
        if entry:
            entries[change.ref] = entry
        progress.step()
    if made and not found:
        progress.stage("checking-site")
        with_rows = _content_with(content, entries, made, places)
        found = [one for one in checks.check(with_rows, content.root / checks.KEPT) if not one.pending]
        found += clashes(all_pages(with_rows, Lists(with_rows), {}), with_rows)
    rows = {change.path: sheet.place(change.row, ID) for change in made}
    located = (replace(one, at=rows.get(one.at.path, one.at)) for one in in_own_names(found, content))
    return [_for_cells(one, sheet) for one in located]


def _private(sheet: Sheet, content: Content) -> Iterator[Diagnostic]:
    """Personal data in the cells of a sheet, of rows that change nothing too."""
    for row in sheet.rows:
        for name, text in row.texts.items():
            field_name = name.rpartition(".")[2]
            yield from private_in_value(content, field_name, text, sheet.place(row.number, name))


def _content_with(
    content: Content, entries: Mapping[Ref, Entry], made: list[Change], places: Mapping[Ref, Find]
) -> Content:
    """The content with these records in place of those that it has under their ids, or beside them."""

    def of(kind: type[Any], there: Iterator[Any] | tuple[Any, ...]) -> dict[Ref, Any]:
        own = {ref: entry for ref, entry in entries.items() if isinstance(entry, kind)}
        return {**{entry.ref: entry for entry in there}, **own}

    corrections = of(Correction, content.corrections).values()
    retirements = of(Retirement, content.retirements).values()
    hashes = {change.path: hashlib.sha256(change.text.encode()).hexdigest() for change in made}
    values: dict[str, Any] = {
        **{one.name: getattr(content, one.name) for one in fields(Content)},
        "records": of(Record, tuple(content.records.values())),
        "units": of(Unit, tuple(content.units.values())),
        "sums": tuple(of(Sum, content.sums).values()),
        "corrections": tuple(sorted(corrections, key=lambda one: one.date.sort_key, reverse=True)),
        "retirements": tuple(sorted(retirements, key=lambda one: (one.date.sort_key, one.id))),
        "names": content.names | {str(ref) for ref in entries if ref.collection in PAGED},
        "hashes": {**content.hashes, **hashes},
        "unsaved": {change.path: change.text.encode() for change in made},
    }
    made_content = _WithRows(**values, places=places)
    return replace(made_content, locked=locks.followed(made_content))


def _cell(sheet: Sheet, row: int, location: Location, _of_key: bool = False) -> CellPosition:
    """The cell of a row that has a part of its record, or the first that has a part of that; else its first."""
    steps = tuple(step for step in location if isinstance(step, str))
    near = [column for column in columns(sheet.collection) if column.name in sheet.numbers]
    exact = [
        column.name
        for column in near
        if column.steps[: len(steps)] == steps or steps[: len(column.steps)] == column.steps
    ]
    return sheet.place(row, exact[0] if steps and exact else ID)


def _for_cells(found: Diagnostic, sheet: Sheet) -> Diagnostic:
    """A message whose right form is that of a cell, not of a line of YAML, where it is about one."""
    if not isinstance(found.at, CellPosition) or not (example := found.example):
        return found
    if _is_of_words(found, sheet):
        return replace(found, values={**found.values, "example": ""}, right_form="")
    key, colon, value = example.partition(": ")
    if colon and key.isidentifier() and "\n" not in example and not value.startswith("{"):
        return replace(found, right_form=value)
    own = (column.example for column in sheet.columns if sheet.numbers[column.name] == found.at.column)
    return replace(found, right_form=next(own, "") or example)


def _is_of_words(found: Diagnostic, sheet: Sheet) -> bool:
    """Whether words are missing from a cell: those of another record are no form for them."""
    kinds = (column.kind for column in sheet.columns if sheet.numbers[column.name] == found.at.column)
    return found.code == "missing" and "words" in kinds
