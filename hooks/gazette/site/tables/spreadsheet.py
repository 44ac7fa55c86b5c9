"""A table as a spreadsheet (.xlsx) that changes nothing: what is text stays text, `2021-05` is no date."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

from gazette.language import wording
from gazette.records.values import LOCALES
from gazette.site.tables.formats import as_text
from gazette.site.tables.table import Cell, Table

_LONGEST = 32_767
"""So many characters a cell may hold, counted as UTF-16."""
_EXACT = 15
"""So many digits of a number a spreadsheet keeps."""
_LOOKED_AT = 50
"""The rows from which columns take their width."""
_WIDTHS = 8, 60
"""The least and the most, in digits."""


def xlsx(table: Table) -> bytes:
    """The table as a workbook of one sheet: the names of its fields, which stay in sight, then a line for each row."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped] # Slow to load, needed where a table has changed.

    made = io.BytesIO()
    with Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})  # The same bytes at any time.
        sheet = book.add_worksheet(table.name[:31])
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"num_format": "@", "bold": True})
        names = tuple(field.name for field in table.fields)
        columns = zip(names, *table.rows[:_LOOKED_AT], strict=True)
        for place, (field, cells) in enumerate(zip(table.fields, columns, strict=True)):
            # What is typed into an empty cell of text stays text too.
            sheet.set_column(place, place, _width(cells), text if field.kind in ("string", "array") else None)
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.write_row(0, 0, names, bold)
        for line, row in enumerate(table.rows, 1):
            for place, value in enumerate(map(_value, row)):
                sheet.write(line, place, value, text if isinstance(value, str) else None)
    vars(book).clear()  # A book refers to itself: its cells would stay until Python looks for such cycles.
    return made.getvalue()


def _width(cells: Iterable[Cell]) -> int:
    """How wide a column is; a Chinese character takes the room of two digits."""
    least, most = _WIDTHS
    return min(max(max(len(as_text(cell).encode("gb18030")) for cell in cells) + 2, least), most)


def _value(cell: Cell) -> Cell:
    """A cell as a spreadsheet holds it: lists and numbers of too many digits are text, a text too long is elsewhere."""
    text = as_text(cell)
    if not isinstance(cell, (str, list)) and len(text.strip("-0.").replace(".", "")) <= _EXACT:
        return cell
    if len(text.encode("utf-16-le")) > 2 * _LONGEST:
        return " / ".join(wording.label("too_long_for_a_cell", locale) for locale in LOCALES)
    return text
