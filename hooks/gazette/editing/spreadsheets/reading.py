"""Reads the rows of a sheet by their headers; what cannot be read as it was meant is told at its cell."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.invisible import invisible, named
from gazette.base.messages import Message, Refused, did_you_mean, listed, say
from gazette.editing.spreadsheets.cells import unequal_lines
from gazette.editing.spreadsheets.columns import ID, VERSION, Column, columns, known_names
from gazette.editing.spreadsheets.damage import Fault, RawCell, cleaned, text_of
from gazette.editing.spreadsheets.grid import Grid, open_grid
from gazette.records import DATA_FOLDERS

ASIDE = "#"
"""What the first cell of a row begins with that is no record: notes, an example."""
_NAME = re.compile(r"\[([a-z_.]+)\]\s*$")
_SHOWN = 12


@dataclass(frozen=True)
class CellPosition(Position):
    """A cell: `path` is its file, `line` its row, `column` counts from 1; `header` is what stands above it."""

    sheet: str = ""
    header: str = ""

    def __str__(self) -> str:
        sheet = say("of-sheet", sheet=self.sheet).on_one_line
        return f"{self.file} {sheet} {letters(self.column)}{self.line} {self.header}"


@dataclass(frozen=True)
class Row:
    """A row by its number, and the texts of its cells by the names of their columns."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """What a sheet holds for a collection: where its columns are and what stands above them, its rows, what is wrong, what is told."""

    file: str
    name: str
    collection: str
    numbers: Mapping[str, int]
    headers: Mapping[int, str]
    rows: tuple[Row, ...] = ()
    faults: tuple[Diagnostic, ...] = ()
    told: tuple[Message, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """The model's columns that it has."""
        return tuple(column for column in columns(self.collection) if column.name in self.numbers)

    def place(self, row: int, name: str) -> CellPosition:
        """The cell of a row in a column, or in the row's first where the sheet has no such column."""
        number = self.numbers.get(name, min(self.numbers.values(), default=1))
        return CellPosition(self.file, row, number, self.name, self.headers.get(number, name))


def notes_mark() -> str:
    """What the first cell of the row below the headers says, which tells what each column is."""
    return f"{ASIDE} {say('id-note')}"


def example_mark() -> str:
    """What the first cell of an example says."""
    return f"{ASIDE} {say('example-row').on_one_line}"


def letters(number: int) -> str:
    """A column as a spreadsheet names it: A, B, … Z, AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def read_sheet(file: Path, collection: str | None = None) -> Sheet:
    """The rows of an .xlsx or .csv file. Raises Refused where its collection or its headers are not to be told."""
    if collection is not None and collection not in DATA_FOLDERS:
        raise no_such_collection(collection)
    grid = open_grid(file, collection)
    collection = collection or grid.sheet
    if collection not in DATA_FOLDERS:
        raise Refused("which-collection", file=file.name, names=listed(DATA_FOLDERS))
    return _Reading(file.name, grid, collection).sheet()


def no_such_collection(name: str) -> Refused:
    """That a sheet can be made of no such collection, and what was meant."""
    if name in ("news", "docs"):
        return Refused("articles-in-no-sheet")
    near = difflib.get_close_matches(name, DATA_FOLDERS, 1)
    return Refused("no-such-collection", name=name, hint=did_you_mean(near), names=listed(DATA_FOLDERS))


@dataclass
class _Reading:
    """One sheet while it is read."""

    file: str
    grid: Grid
    collection: str
    faults: list[Diagnostic] = field(default_factory=list)
    mended: int = 0
    aside: int = 0

    def sheet(self) -> Sheet:
        headers, lines = self._headers()
        numbers = self._numbers(headers)
        sheet = Sheet(self.file, self.grid.sheet, self.collection, numbers, headers)
        kinds = {column.name: column.kind for column in columns(self.collection)}
        rows = []
        for number, cells in lines:
            first = next((str(cell.value) for cell in cells if cell.value is not None), "")
            if first.startswith(ASIDE):
                self.aside += first not in (notes_mark(), example_mark())
                continue
            texts = {}
            for name, place in numbers.items():
                cell = cells[place - 1] if place <= len(cells) else RawCell(None)
                texts[name], fault = text_of(cell, kinds.get(name, "code"))
                self.mended += isinstance(cell.value, str) and _trimmed(cell.value) != texts[name]
                self.faults += self._wrong(sheet, number, name, texts[name], fault)
            if any(texts.values()):
                rows.append(Row(number, texts))
                self.faults += self._lines_apart(sheet, rows[-1])
        self.faults += self._merged(sheet)
        self.faults += _twice(sheet, rows)
        if not rows and not self.faults:
            raise Refused("no-rows", file=self.file, sheet=self.grid.sheet)
        return Sheet(
            self.file,
            self.grid.sheet,
            self.collection,
            numbers,
            headers,
            tuple(rows),
            tuple(self.faults),
            tuple(self._told(rows)),
        )

    def _headers(self) -> tuple[dict[int, str], Sequence[tuple[int, Sequence[RawCell]]]]:
        """What stands in the first row by its place, and the rows below."""
        if not self.grid.lines or self.grid.lines[0][0] != 1:
            raise Refused("no-headers", file=self.file, sheet=self.grid.sheet)
        (_, first), *rest = self.grid.lines
        headers = {place: cleaned(str(cell.value or "")) for place, cell in enumerate(first, 1)}
        width = max((len(cells) for _, cells in rest), default=0)
        return {place: headers.get(place, "") for place in range(1, max(len(headers), width) + 1)}, rest

    def _numbers(self, headers: Mapping[int, str]) -> dict[str, int]:
        """The place of each column that the headers name."""
        known = known_names(self.collection)
        found: dict[str, int] = {}
        for place, header in headers.items():
            at = CellPosition(self.file, 1, place, self.grid.sheet, header)
            bracketed = _NAME.search(header)
            name = known.get(bracketed[1] if bracketed else header)
            if not header:
                used = any(place <= len(cells) and cells[place - 1].value for _, cells in self.grid.lines[1:])
                self.faults += [Diagnostic(at, "header-missing")] if used else []
            elif name is None:
                near = difflib.get_close_matches(bracketed[1] if bracketed else header, known, 1)
                values = {"header": header, "hint": did_you_mean(near)}
                self.faults.append(Diagnostic(at, "header-unknown", values))
            elif name in found:
                self.faults.append(
                    Diagnostic(at, "header-twice", {"header": name, "column": letters(found[name])})
                )
            else:
                found[name] = place
        if not {*found} - {ID, VERSION}:
            raise Refused("no-headers", file=self.file, sheet=self.grid.sheet)
        for column in columns(self.collection):
            parts = [one.name for one in columns(self.collection) if column.list_name == one.list_name]
            if column.within and column.name not in found and {*parts} & {*found}:
                there = next(name for name in parts if name in found)
                at = CellPosition(self.file, 1, found[there], self.grid.sheet, headers[found[there]])
                values = {"name": column.name, "list": column.list_name}
                self.faults.append(Diagnostic(at, "part-of-list-missing", values))
        return found

    def _wrong(
        self, sheet: Sheet, row: int, name: str, text: str, fault: Fault | None
    ) -> Iterator[Diagnostic]:
        if fault:
            yield Diagnostic(sheet.place(row, name), fault.code, fault.values)
        elif hidden := next(invisible(text), None):
            yield Diagnostic(sheet.place(row, name), "cell-invisible", {"character": named(hidden[1])})

    @staticmethod
    def _lines_apart(sheet: Sheet, row: Row) -> Iterator[Diagnostic]:
        for column, count, longest, most in unequal_lines(row.texts, sheet.columns):
            values = {"count": count, "most": most, "other": longest.name}
            yield Diagnostic(sheet.place(row.number, column.name), "lines-unequal", values)

    def _merged(self, sheet: Sheet) -> Iterator[Diagnostic]:
        for row, place, cells in self.grid.merged:
            at = CellPosition(self.file, row, place, sheet.name, sheet.headers.get(place, ""))
            yield Diagnostic(at, "cells-merged", {"cells": cells})

    def _told(self, rows: Sequence[Row]) -> Iterator[Message]:
        if self.grid.others:
            yield say("sheets-aside", names=listed(self.grid.others))
        if self.aside:
            yield say("rows-aside", count=self.aside)
        hidden = [str(row.number) for row in rows if row.number in self.grid.hidden]
        if hidden:
            more = " …" if len(hidden) > _SHOWN else ""
            yield say("rows-hidden", count=len(hidden), rows=", ".join(hidden[:_SHOWN]) + more)
        if self.mended:
            yield say("spaces-taken-away", count=self.mended)


def _trimmed(text: str) -> str:
    """A text with the line ends that CSV and spreadsheets may have: to change these is to change nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _twice(sheet: Sheet, rows: Sequence[Row]) -> Iterator[Diagnostic]:
    """Each id that an earlier row has."""
    seen: dict[str, int] = {}
    for row in rows:
        if (id_ := row.texts.get(ID)) and seen.setdefault(id_, row.number) != row.number:
            yield Diagnostic(sheet.place(row.number, ID), "row-twice", {"id": id_, "row": seen[id_]})
