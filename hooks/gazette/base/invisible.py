"""Characters that no reader can see, and marks that hide the lines around them, which no text may have; search leaves those out that only shape what stands beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from gazette.base.messages import Message, say

_DIRECTION = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = r"\u200b-\u200d\u2060\ufeff"
_OTHERS = r"\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2061-\u2065\u206a-\u206f\u3164\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
FORMAT = _DIRECTION + _ZERO_WIDTH + _OTHERS
"""What Unicode lets a program not show, but for variation selectors: those choose the form of a character that is seen.

find.js has the same, and a test holds it to this.
"""
_NO_CHARACTER = (
    "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
    + r"\ufdd0-\ufdef\ufffd\ud800-\udfff"
)
_PRIVATE = r"\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
CONTROL = rf"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u2800{_NO_CHARACTER}{_PRIVATE}"
"""Control characters but for tab and line feed, separators of lines and paragraphs, the blank of Braille, what is no
character or stands for one that was lost, and what every font draws as it likes."""

_CHOOSES_FORM = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"
_INVISIBLE = re.compile(f"[{FORMAT}{CONTROL}{_CHOOSES_FORM}]")
_SELECTOR = re.compile(f"[{_CHOOSES_FORM}]")
_CHOOSES_NOTHING = re.compile(rf'(?<![^\x00-"$-)+-/:-\x7f\s{_CHOOSES_FORM}])[{_CHOOSES_FORM}]')
"""A selector of a form after nothing, after white space, an ASCII character that has one form only, or another selector."""
_ON_LETTERS = r"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_STACK = re.compile(
    rf"(?:[{_ON_LETTERS}][{_CHOOSES_FORM}]*){{2}}([{_ON_LETTERS}])[{_ON_LETTERS}{_CHOOSES_FORM}]*"
    rf"|(?<![^\x00-/:-@[-`{{-\x7f])([{_ON_LETTERS}])"
)
"""Marks on a letter that has two already, or on what is no letter, such as a tag."""
_MOST_OF_ANY = 4
"""So many marks there may be on a letter of scripts that have more, such as Tibetan."""
_MANY = re.compile(rf"[^\x00-\u02ff\w\s]{{{_MOST_OF_ANY + 1},}}")
_MARKS = ("Mn", "Me")
_BEFORE = 64
"""So much before an entity is read to know what a mark stands on."""
_KINDS = (
    ("\t", "tab-character"),
    ("\n", "line-feed"),
    (_DIRECTION, "mark-of-direction"),
    (_ZERO_WIDTH, "zero-width"),
    (_OTHERS + _CHOOSES_FORM, "format-character"),
    (_NO_CHARACTER, "no-character"),
    (_PRIVATE, "private-character"),
    (r"\u2800", "blank"),
)
_ENTITY = re.compile("&#?[0-9A-Za-z]+;?")  # Browsers read many without their last mark.
_ESCAPE = re.compile(r"\\(?:x(..)|u(.{4})|U(.{8})|(.))", re.DOTALL)
_ESCAPED = dict(zip("0abtnvfreNLP", "\0\a\b\t\n\v\f\r\x1b\x85\u2028\u2029", strict=True))


def invisible(text: str) -> Iterator[tuple[int, str]]:
    """Each invisible character of a text, and the first mark too many of each letter, with their offsets."""
    for found in _INVISIBLE.finditer(text):
        if not _SELECTOR.match(found[0]) or _CHOOSES_NOTHING.match(text, found.start()):
            yield found.start(), found[0]
    yield from _stacked(text)


def _stacked(text: str) -> Iterator[tuple[int, str]]:
    if text.isascii():
        return
    for found in _STACK.finditer(text):
        yield found.start(found.lastindex or 0), found[found.lastindex or 0]
    for found in _MANY.finditer(text):
        count = 0
        for place, character in enumerate(found[0], found.start()):
            count = count + 1 if unicodedata.category(character) in _MARKS else 0
            if count == _MOST_OF_ANY + 1 and not re.match(f"[{_ON_LETTERS}]", character):
                yield place, character


def in_entities(html: str) -> Iterator[tuple[int, str]]:
    """The same of those that HTML has by name or number."""
    for found in _ENTITY.finditer(html):
        meant = unescape(found[0])
        is_mark = bool(meant) and unicodedata.category(meant[-1]) in _MARKS
        before = html[max(found.start() - _BEFORE, 0) : found.start()] if is_mark else ""
        if _INVISIBLE.match(meant) or (is_mark and _is_too_many(unescape(before) + meant)):
            yield found.start(), meant[-1]


def _is_too_many(text: str) -> bool:
    """Whether a text ends in a mark too many."""
    return any(place == len(text) - 1 for place, _ in _stacked(text))


def escaped(quoted: str) -> Iterator[tuple[int, str]]:
    """Each escape in a text between double quotes that stands for such a character, a mark on letters, a tab or a line feed; and its offset."""
    for found in _ESCAPE.finditer(quoted):
        digits = found[1] or found[2] or found[3]
        try:
            meant = chr(int(digits, 16)) if digits else _ESCAPED.get(found[4], " ")
        except ValueError:  # No escape, as the parser will tell.
            continue
        if meant in "\t\n" or _INVISIBLE.match(meant) or unicodedata.category(meant) in _MARKS:
            yield found.start(), meant


def named(character: str) -> Message:
    """A character by its number in Unicode and its name there, or what kind it is of."""
    number = f"U+{ord(character):04X}"
    if unicodedata.category(character) in _MARKS and not _INVISIBLE.match(character):
        return say("combining-mark", number=number)
    kind = next((kind for those, kind in _KINDS if re.match(f"[{those}]", character)), "control-character")
    name = unicodedata.name(character, "")
    zh, en, _ = say(kind)
    return say("unseen", number=number, kind=Message(zh, name or en))
