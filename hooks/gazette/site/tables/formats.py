"""A table as text: CSV that opens in a spreadsheet, JSON, and the schema of that JSON.

CSV is RFC 4180 with a byte order mark, without which Excel takes Chinese for something else. A spreadsheet runs a
text that begins like a formula: such a text has an apostrophe before it. Numbers are left alone. An array is JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from gazette.site.tables.table import Cell, Field, Table

BOM = "\ufeff"
_IN_A_CELL = json.JSONEncoder(ensure_ascii=False)
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets in East Asian languages take the full-width signs for the others."""


def csv_text(table: Table) -> bytes:
    """The table as CSV."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(field.name for field in table.fields)
    writer.writerows(map(_in_csv, row) for row in table.rows)
    return text.getvalue().encode()


def json_text(table: Table) -> bytes:
    """The table as JSON: a list of objects, a line each. A decimal of more than 15 digits is exact in the CSV only."""
    names = [field.name for field in table.fields]
    rows = (_COMPACT.encode(dict(zip(names, map(_in_json, row), strict=True))) for row in table.rows)
    return ("[\n" + ",\n".join(rows) + "\n]\n").encode()


def schema(table: Table) -> bytes:
    """The JSON Schema (2020-12) of the JSON."""
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{table.title.zh} / {table.title.en}",
        "description": f"{table.about.zh} / {table.about.en}",
        "type": "array",
        "items": _object(table.fields),
    }
    return dumped(document)


def dumped(document: Any) -> bytes:
    """What describes the tables, as JSON on one line."""
    return f"{_COMPACT.encode(document)}\n".encode()


def _in_csv(cell: Cell) -> str:
    text = as_text(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(_LIKE_A_FORMULA) else text


def as_text(cell: Cell) -> str:
    """A cell in one line of text: a number exact, an array as JSON."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    if isinstance(cell, list):
        return _IN_A_CELL.encode(_in_json(cell))
    return str(cell)


def _in_json(cell: Any) -> Any:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, list):
        return [_in_json(item) for item in cell]
    if isinstance(cell, dict):
        return {name: _in_json(value) for name, value in cell.items()}
    return cell


def _object(fields: Iterable[Field]) -> dict[str, Any]:
    properties = {field.name: _property(field) for field in fields}
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _property(field: Field) -> dict[str, Any]:
    kinds = [field.kind] if field.required else [field.kind, "null"]
    found: dict[str, Any] = {
        "description": f"{field.about.zh} / {field.about.en}",
        "type": kinds if len(kinds) > 1 else field.kind,
    }
    if field.choices:
        found["enum"] = [*field.choices] if field.required else [*field.choices, None]
    if field.pattern:
        found["pattern"] = field.pattern
    if field.kind == "array":
        found["items"] = _object(field.items) if field.items else {"type": "string"}
    return found
