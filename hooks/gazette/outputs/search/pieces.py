"""Cuts Pagefind's index finer than it does: with many shards, a query asks for a piece or two of each.

The index is CBOR (RFC 8949): pieces are lists of words in order, a word is a list that begins with its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from gazette.outputs.search.words import EDGE, MARK, WIDTH, grams

_ENOUGH = 4_000
"""Bytes of a piece, a third of that when compressed; Pagefind's own have fifteen times as many."""
_ALIKE = 3
"""Words of English that begin with so many letters alike are in one piece, for Pagefind asks for one a query."""

_END = "!"
"""Ends each word, before any letter in order: no word is then the beginning of another, with which Pagefind would
answer for one that is not in a shard."""

_NUMBER, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_WORD = re.compile(rb"\x83(?=[\x61-\x78])")
"""Where a word begins: a list of three whose first is a text. Nothing else looks so but some letters that are not ASCII."""


def words(piece: bytes) -> list[bytes]:
    """The words of one of Pagefind's pieces, each with all that is known of it."""
    starts = [found.start() for found in _WORD.finditer(piece)]
    found = [piece[start:end] for start, end in pairwise([*starts, len(piece)])]
    return found if joined(found) == piece else [encoded(word) for word in decoded(piece)[0]]


def joined(piece: Sequence[bytes]) -> bytes:
    """Words as a piece."""
    return _head(_LIST, 1) + _head(_LIST, len(piece)) + b"".join(piece)


def ended(word: bytes) -> bytes:
    """A word with an end to it."""
    text, at = _value(word, 1)
    return word[:1] + encoded(text + _END) + word[at:]


def cut(words: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Words in order as small pieces, parted where no search for the beginning of a word needs both sides."""
    piece: list[bytes] = []
    size, last = 0, ""
    for word in words:
        begins = _beginning(_text(word))
        if size > _ENOUGH and begins != last:
            yield piece
            piece, size = [], 0
        piece.append(word)
        size += len(word)
        last = begins
    yield piece


def _beginning(word: str) -> str:
    """What a word shares with those that may be asked for together: two characters. A number is asked for whole."""
    if word.startswith(grams(EDGE)):
        return word
    return word[: len(MARK) + 2 * WIDTH] if word.startswith(MARK) else word[:_ALIKE]


def spans(pieces: Sequence[Sequence[bytes]]) -> list[list[str]]:
    """From which word to which each piece goes, as far as it takes to tell them from their neighbours, and its number."""
    found = [[_text(piece[0]), _text(piece[-1]), str(number)] for number, piece in enumerate(pieces)]
    for before, after in pairwise(found):
        last, first = before[1], after[0]
        same = next(at for at, letter in enumerate(first) if last[at : at + 1] != letter)
        before[1], after[0] = last[: same + 1], first[: same + 1]
    return found


def _text(word: bytes) -> str:
    text: str = _value(word, 1)[0]
    return text


def decoded(data: bytes) -> Any:
    """What CBOR says, which here is of numbers, texts and lists."""
    return _value(data, 0)[0]


def _value(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at `at`, and where it ends."""
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number > 23:
        size = 1 << number - 24
        number, at = int.from_bytes(data[at : at + size], "big"), at + size
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind == _LIST:
        values = []
        for _ in range(number):
            value, at = _value(data, at)
            values.append(value)
        return values, at
    return (-1 - number if kind == _NEGATIVE else number), at


def encoded(value: Any) -> bytes:
    """A value as CBOR."""
    if isinstance(value, list):
        return _head(_LIST, len(value)) + b"".join(map(encoded, value))
    if isinstance(value, str):
        return _head(_TEXT, len(value.encode())) + value.encode()
    return _head(_NUMBER, value) if value >= 0 else _head(_NEGATIVE, -1 - value)


def _head(kind: int, number: int) -> bytes:
    """How a value begins: its kind, and its number or its length."""
    if number < 24:
        return bytes([kind << 5 | number])
    power = next(power for power in range(4) if number < 1 << (8 << power))
    return bytes([kind << 5 | 24 + power]) + number.to_bytes(1 << power, "big")
