"""What is wrong with a sheet, as notes in a copy of it beside it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gazette.base.diagnostics import Diagnostic
from gazette.base.grouping import grouped
from gazette.editing.spreadsheets.grid import load_workbook, open_grid, workbooks
from gazette.editing.spreadsheets.reading import CellPosition, Sheet

_AUTHOR = "gazette"
_FILL = "FFC7CE"
_SIZE = 420, 160


def write_notes(file: Path, sheet: Sheet, faults: Iterable[Diagnostic]) -> Path | None:
    """A copy of the file with a note and a colour at each cell that is wrong; returns its path, None where no cell is."""
    told = grouped(
        ((fault.at.line, fault.at.column), fault) for fault in faults if isinstance(fault.at, CellPosition)
    )
    if not told:
        return None
    book = _copy(file, sheet)
    page = book[sheet.name] if sheet.name in book.sheetnames else book.active
    styles, comments = workbooks().styles, workbooks().comments
    for (row, column), found in told.items():
        cell = page.cell(row, column)
        said = "\n\n".join(
            f"{fault.zh}\n{fault.en}" + (f"\n→ {fault.example}" if fault.example else "") for fault in found
        )
        height, width = _SIZE[1], _SIZE[0]
        cell.comment = comments.Comment(said, _AUTHOR, height=height, width=width)
        cell.fill = styles.PatternFill("solid", start_color=_FILL)
    target = file.with_name(f"{file.stem}-notes.xlsx")
    book.save(target)
    return target


def _copy(file: Path, sheet: Sheet):  # type: ignore[no-untyped-def]
    """The workbook of a file; of CSV, one with its cells as text."""
    if file.suffix.lower().startswith(".xls"):
        return load_workbook(file)
    book = workbooks().Workbook()
    page = book.active
    page.title = sheet.name[:31]
    for number, cells in open_grid(file, sheet.collection).lines:
        for place, raw in enumerate(cells, 1):
            if raw.value is not None:
                cell = page.cell(number, place, str(raw.value))
                cell.number_format, cell.data_type = "@", "s"
    return book
