"""Opens an .xlsx or .csv file as a grid of cells, and says what of it is hidden, merged or left aside."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from gazette.base.messages import Refused, listed
from gazette.editing.spreadsheets.damage import RawCell
from gazette.records import DATA_FOLDERS

Line = tuple[int, Sequence[RawCell]]
"""A row by its number, which counts from 1."""


@dataclass(frozen=True)
class Grid:
    """One sheet: its rows, those that are hidden, the first cell of each merged range (row, column), the sheets left aside."""

    sheet: str
    lines: Sequence[Line]
    hidden: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, str], ...] = ()
    others: tuple[str, ...] = ()


def open_grid(file: Path, collection: str | None) -> Grid:
    """The sheet of a file that has the records of a collection, which its name says where none is given. Raises Refused."""
    match file.suffix.lower():
        case ".xlsx" | ".xlsm":
            return _of_workbook(file, collection)
        case ".csv" | ".txt" | ".tsv":
            return Grid(collection or file.stem, list(_of_csv(file)))
    raise Refused("not-a-spreadsheet", file=file.name)


def workbooks() -> Any:
    """The library that reads workbooks, which a build does not need. Raises Refused where it is not installed."""
    try:
        import openpyxl  # type: ignore[import-untyped] # Slow to load, and only in the extra `edit`.
    except ImportError:
        raise Refused("needs-edit-extra") from None
    return openpyxl


def load_workbook(file: Path) -> Any:
    """A workbook as a spreadsheet saved it. Raises Refused for what is none, such as one with a password."""
    openpyxl = workbooks()
    try:
        with warnings.catch_warnings(
            action="ignore"
        ):  # It tells of what Excel may have put in that no record needs.
            return openpyxl.load_workbook(file, rich_text=False)
    except (zipfile.BadZipFile, openpyxl.utils.exceptions.InvalidFileException, KeyError, ValueError):
        raise Refused("spreadsheet-unreadable", file=file.name) from None


def _of_workbook(file: Path, collection: str | None) -> Grid:
    book = load_workbook(file)
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    named = [sheet for sheet in shown if sheet.title in ((collection,) if collection else DATA_FOLDERS)]
    if not named and collection and len(shown) == 1:
        named = shown
    if len(named) != 1:
        names = listed(sheet.title for sheet in shown)
        raise Refused("which-sheet", file=file.name, names=names, collections=listed(DATA_FOLDERS))
    sheet = named[0]
    return Grid(
        sheet.title,
        list(_lines(sheet)),
        tuple(sorted(number for number, row in sheet.row_dimensions.items() if row.hidden)),
        tuple((found.min_row, found.min_col, str(found)) for found in sheet.merged_cells.ranges),
        tuple(other.title for other in shown if other is not sheet),
    )


def _lines(sheet: Any) -> Iterator[Line]:
    """The rows that hold anything. Those between are not asked for: a format alone may stand in the millionth row."""
    held = sorted(place for place, cell in sheet._cells.items() if cell.value is not None)
    for number, places in groupby(held, key=lambda place: place[0]):
        cells = {column: sheet._cells[number, column] for _, column in places}
        yield (
            number,
            [_raw(cells[place]) if place in cells else RawCell(None) for place in range(1, max(cells) + 1)],
        )


def _raw(cell: Any) -> RawCell:
    return RawCell(cell.value, cell.number_format if cell.data_type == "n" else "", cell.data_type)


def _of_csv(file: Path) -> Iterator[Line]:
    text = decoded(file.read_bytes(), file.name)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for number, row in enumerate(rows, 1):
        if any(row):
            yield number, [RawCell(value or None) for value in row]


def decoded(raw: bytes, name: str) -> str:
    """The text of a CSV file, as Excel saves it: with a mark of its encoding, else UTF-8, else GBK. Raises Refused."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("csv-encoding", file=name)
