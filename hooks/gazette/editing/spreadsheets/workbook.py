"""Writes the workbook of a collection: headers, notes, drop-downs, and rows all of whose cells are text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from gazette.base.messages import say
from gazette.content.model import Content
from gazette.editing.spreadsheets.columns import ID, VERSION, Column, columns
from gazette.editing.spreadsheets.reading import example_mark, notes_mark
from gazette.records import PAGED

CHOICES = "choices"
"""The hidden sheet of what may be chosen: Excel takes no more than 255 characters of a list that stands in the rule itself."""
FIRST = 3
"""The row of the first record, below headers and notes."""
_LAST = 1_048_576
_WIDTHS = {"words": 32, "code": 20, "number": 12, "date": 14}
_NOTES_HEIGHT = 96

Texts = Mapping[str, str]


def workbook(collection: str, content: Content, rows: Iterable[Texts], example: Texts | None = None) -> bytes:
    """The workbook of a collection with these rows, each by the names of its columns; the bytes depend on nothing else.

    An `example` stands above them, marked as none of them.
    """
    from xlsxwriter import Workbook  # type: ignore[import-untyped] # Slow to load.

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        book.set_properties({"created": datetime(1980, 1, 1)})
        formats = _formats(book)
        sheet = book.add_worksheet(collection)
        made_columns = columns(collection)
        names = [ID, *(column.name for column in made_columns), VERSION]
        _head(sheet, made_columns, formats)
        number = FIRST - 1
        if example:
            cells = {**example, ID: example_mark()}
            _row(sheet, number, [cells.get(name, "") for name in names], formats["example"])
            number += 1
        for texts in rows:
            _row(sheet, number, [texts.get(name, "") for name in names], formats["text"])
            number += 1
        _choices(book, sheet, made_columns, content)
    return made.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {
        "text": book.add_format(text),
        "head": book.add_format({**text, "bold": True, "bg_color": "#E7E6E6"}),
        "needed": book.add_format({**text, "bold": True, "bg_color": "#FCE4D6"}),
        "notes": book.add_format({**text, "italic": True, "font_color": "#595959"}),
        "example": book.add_format({**text, "italic": True, "font_color": "#7F7F7F", "bg_color": "#F2F2F2"}),
    }


def _head(sheet: Any, made: Sequence[Column], formats: Mapping[str, Any]) -> None:
    """Headers, which stay in sight with the ids, and below them what each column is."""
    ids, version = say("id-header"), say("version-header")
    sheet.set_column(0, 0, 28, formats["text"])
    sheet.write_string(0, 0, f"{ids.on_one_line} [{ID}]", formats["head"])
    sheet.write_string(1, 0, notes_mark(), formats["notes"])
    for place, column in enumerate(made, 1):
        sheet.set_column(place, place, _WIDTHS[column.kind], formats["text"])
        sheet.write_string(0, place, column.header, formats["needed" if column.required else "head"])
        sheet.write_string(1, place, _note(column), formats["notes"])
    last = len(made) + 1
    sheet.set_column(last, last, 16, formats["text"])
    sheet.write_string(0, last, f"{version.on_one_line} [{VERSION}]", formats["head"])
    sheet.write_string(1, last, str(say("version-note")), formats["notes"])
    sheet.set_row(1, _NOTES_HEIGHT)
    sheet.freeze_panes(1, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_LAST}"})


def _note(column: Column) -> str:
    """What a column is, and how it is filled in."""
    parts = [say("required-column").on_one_line] if column.required else []
    parts += [column.about.zh, column.about.en]
    parts += [say("a-line-an-entry").on_one_line] if column.within else []
    parts += [" / ".join(column.choices)] if column.choices else []
    return "\n".join(parts)


def _row(sheet: Any, number: int, texts: Sequence[str], form: Any) -> None:
    for place, text in enumerate(texts):
        if text:
            sheet.write_string(number, place, text, form)


def _choices(book: Any, sheet: Any, made: Sequence[Column], content: Content) -> None:
    """The drop-downs of the columns that have some, their choices on a hidden sheet under a defined name each."""
    hidden = book.add_worksheet(CHOICES)
    hidden.hide()
    names: dict[tuple[str, ...], str] = {}
    for place, column in enumerate(made, 1):
        found = column.choices or _referred(column.refers, content)
        if not found:
            continue
        if found not in names:
            at = len(names)
            names[found] = f"choices_{at + 1}"
            hidden.write_column(0, at, found)
            letter = chr(ord("A") + at)
            book.define_name(names[found], f"={CHOICES}!${letter}$1:${letter}${len(found)}")
        sheet.data_validation(
            FIRST - 1,
            place,
            _LAST - 1,
            place,
            {
                "validate": "list",
                "source": f"={names[found]}",
                "error_type": "stop" if column.choices and not column.within else "warning",
                # Several lines of a list are no choice of the list, and right.
                "show_error": not column.within,
                "error_title": say("not-in-the-list").on_one_line[:32],
                "error_message": str(say("choose-from-the-list"))[:255],
            },
        )


def _referred(refers: str, content: Content) -> tuple[str, ...]:
    """What a column's references may be to, in order."""
    if refers == "records":
        return tuple(sorted(str(ref) for ref in content.records if ref.collection in PAGED))
    if refers == "figures":
        return tuple(sorted(str(ref) for ref in content.figures))
    if refers == "units":
        return tuple(sorted(ref.id for ref in content.units))
    return tuple(sorted(ref.id for ref in content.records if ref.collection == refers)) if refers else ()
