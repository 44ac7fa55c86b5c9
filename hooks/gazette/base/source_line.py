"""The line of a file that a message is about: numbered, a caret under its column, cut where it is long."""

from __future__ import annotations

import unicodedata
from itertools import accumulate

from gazette.base.personal_data import masked

_BEFORE, _COLUMNS = 40, 76
"""The most columns of a terminal that are shown before the caret, and in all."""
_NEAR = 1_000
"""So many characters to either side of the caret are looked at: a line may have half a million, and a hundred mistakes."""


def pointed_at(line: str, number: int, column: int) -> list[str]:
    """The line, without personal data, and the caret under the character at `column`, which counts characters from 1."""
    start, at = max(column - 1 - _NEAR, 0), column - 1
    near = masked(line[start : at + _NEAR])
    shown = [_visible(part) for part in (near[: at - start], near[at - start :])]
    before = _beginning(shown[0][::-1], _BEFORE)[::-1]
    indent = sum(map(_width, before))
    after = _beginning(shown[1].rstrip(), _COLUMNS - indent)
    return [f"{number:>5} | {before}{after}".rstrip(), f"{'':>5} | {' ' * indent}^"]


def _visible(text: str) -> str:
    """The text with four spaces for a tab, and a mark for what a terminal would obey or not show."""
    hidden = ("Cc", "Cf", "Cs", "Zl", "Zp")
    text = text.replace("\t", " " * 4)
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in hidden else c for c in text)


def _beginning(text: str, columns: int) -> str:
    """As much of the text as has room in so many columns, and a sign where that is not all."""
    fits = sum(1 for used in accumulate(map(_width, text)) if used <= columns)
    return text if fits == len(text) else f"{text[:fits]}…"


def _width(character: str) -> int:
    """The columns of a terminal that a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
