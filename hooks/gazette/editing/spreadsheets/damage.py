"""What a spreadsheet does to what was typed: a cell's value as text, or the message that says what became of it."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from gazette.editing.spreadsheets.columns import Kind

_SERIAL_OF_DAY_0 = date(1899, 12, 30)
_SERIALS = range(20_000, 80_000)
"""The numbers that spreadsheets keep for the days from 1954 to 2119."""
_YEARS = range(1000, 10_000)
_EXACT = 15
"""So many digits of a number a spreadsheet keeps."""
_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")
_EXPONENT = re.compile(r"\d+(\.\d+)?[Ee][+-]?\d+")
_DATE_SHAPES = re.compile(
    r"\d{4}[/.]\d{1,2}([/.]\d{1,2})?|\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?|\d{4}年(\d{1,2}月(\d{1,2}日)?)?|\d{1,2}月\d{1,2}日"
    r"|[A-Za-z]{3,9}-\d{2,4}|\d{1,2}-[A-Za-z]{3,9}(-\d{2,4})?|\d{4}-\d{1,2}-\d{1,2} 0?0:00(:00)?"
)


class RawCell(NamedTuple):
    """A cell as its file has it; `number_format` is how a number is shown, `kind` tells formulas ("f") and errors ("e")."""

    value: object
    number_format: str = ""
    kind: str = ""


class Fault(NamedTuple):
    """The message for a cell that cannot be read as it was meant: its code and values."""

    code: str
    values: dict[str, object]


def text_of(cell: RawCell, kind: Kind) -> tuple[str, Fault | None]:
    """A cell's text in a column of this kind; where that is not what can have been typed, the message too."""
    value = cell.value
    if cell.kind == "f" and value is not None:
        return "", Fault("cell-formula", {})
    if cell.kind == "e":
        return "", Fault("cell-error", {"text": value})
    if value is None:
        return "", None
    if isinstance(value, bool):
        return str(value).lower(), None
    if isinstance(value, (int, float)):
        return _of_number(value, cell.number_format, kind)
    if isinstance(value, (datetime, date, time, timedelta)):
        shown = value.date() if isinstance(value, datetime) and value.time() == time() else value
        return "", Fault("cell-date", {"text": shown})
    text = cleaned(str(value))
    return text, _damaged(text, kind)


def cleaned(text: str) -> str:
    """A text without white space around it and around its lines; a space that does not break is a space."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").strip("\ufeff")
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def lost(before: str, now: str) -> bool:
    """Whether a text seems to be what saving as CSV left of another: without leading zeros, or `?` for what GBK lacks."""
    digits = before.isdigit() and now.isdigit() and before != now and before.lstrip("0") == now
    return digits or (before != now == before.encode("gbk", "replace").decode("gbk"))


def _of_number(value: float, number_format: str, kind: Kind) -> tuple[str, Fault | None]:
    whole = int(value) if value == value and abs(value) != float("inf") and value == int(value) else None
    text = str(value if whole is None else whole)
    if "%" in number_format:
        return "", Fault("cell-percent", {"text": f"{value * 100:.{_EXACT}g}%"})
    if kind == "date":
        if whole in _YEARS:
            return text, None
        day = _SERIAL_OF_DAY_0 + timedelta(whole) if whole in _SERIALS and whole else None
        return "", Fault("cell-serial", {"text": text, "day": day}) if day else Fault(
            "cell-date", {"text": text}
        )
    if kind != "number":
        return "", Fault("cell-number", {"text": text})
    if len(text.replace(".", "").strip("-0")) > _EXACT or "e" in text:
        return "", Fault("cell-float", {"text": text, "right": f"{value:.12g}"})
    return text, None


def _damaged(text: str, kind: Kind) -> Fault | None:
    if _ERROR.fullmatch(text):
        return Fault("cell-error", {"text": text})
    if kind == "words":
        return None
    narrow = unicodedata.normalize("NFKC", text)
    if narrow != text and narrow.isascii():
        return Fault("cell-full-width", {"text": text, "right": narrow})
    if kind == "number" and _EXPONENT.fullmatch(text):
        return Fault("cell-exponent", {"text": text})
    if kind == "number" and text.endswith("%"):
        return Fault("cell-percent", {"text": text})
    if kind == "date" and text.isdigit() and int(text) in _SERIALS:
        return Fault("cell-serial", {"text": text, "day": _SERIAL_OF_DAY_0 + timedelta(int(text))})
    if kind == "date" and _DATE_SHAPES.fullmatch(text):
        return Fault("cell-date", {"text": text})
    return None
