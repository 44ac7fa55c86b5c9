"""The numbers of the pages that hold a key, as text: the distances from one to the next, five bits a character."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""The first half ends a distance, the second is followed by another of its digits, which stand from the lowest on."""
_HALF = len(_DIGITS) // 2
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


class _Codes(dict[int, str]):
    """Each distance in digits."""

    def __missing__(self, distance: int) -> str:
        rest, code = distance, ""
        while rest >= _HALF:
            code += _DIGITS[_HALF + rest % _HALF]
            rest //= _HALF
        self[distance] = code + _DIGITS[rest]
        return self[distance]


_CODES = _Codes()


def encode(numbers: Sequence[int]) -> str:
    """Numbers in ascending order as text."""
    steps = zip(chain((0,), numbers), numbers, strict=False)
    return "".join([_CODES[after - before] for before, after in steps])


def decode(text: str) -> Iterable[int]:
    """The numbers again."""
    number, distance, place = 0, 0, 1
    for digit in text:
        value = _VALUES[digit]
        distance += value % _HALF * place
        place *= _HALF
        if value < _HALF:
            number += distance
            yield number
            distance, place = 0, 1
