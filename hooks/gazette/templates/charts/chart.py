"""What every chart is: its words, what its template draws, its data as a table; and the axes they share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from math import ceil
from typing import Any, NamedTuple

from gazette.records.values import Amount, Qualifier

MOST = 12
"""A picture shows no more records than this, and says so."""

NARROW, WIDE = 250, 480
"""Widths in CSS pixels of a picture's labelled part: on a 320 px screen, and where there is room."""

_SECONDS = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 86400)
_NUMBERS = (1, 2, 5, 10, 20, 30, 60, 90, 180, 360, 500, 1000, 2000, 5000, 10000)
_INTERVALS = 5
"""An axis has at most this many: more labels do not fit a phone."""


@dataclass(frozen=True)
class Chart:
    """A picture and its data, in one language.

    `alternative` says in words what the picture shows. `shape` is what the template `charts/<kind>.html` draws:
    positions and lengths are percentages of the picture. `columns` and `rows` are the same as a table.
    """

    title: str
    alternative: str
    shape: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    notes: Sequence[str] = field(default=())


class Tick(NamedTuple):
    """A mark of an axis: its size and its amount, to be put in words."""

    size: Decimal
    amount: Amount


def size(amount: Amount) -> Decimal:
    """An amount as a length to draw: its number, a duration's seconds."""
    value = amount.value or Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(int(value.total_seconds()))


def axis(amounts: Iterable[Amount]) -> tuple[Tick, ...]:
    """Round amounts from zero to the first not below the largest of `amounts`, which are all of one unit."""
    found = list(amounts)
    largest = max(map(size, found))
    timed = isinstance(found[0].value, timedelta)
    steps = _SECONDS if timed else _NUMBERS
    step = next((Decimal(step) for step in steps if largest <= step * _INTERVALS), None)
    if step is None:  # Beyond them all: whole multiples of the coarsest.
        step = Decimal(steps[-1] * ceil(largest / (steps[-1] * _INTERVALS)))

    def tick(size: Decimal) -> Tick:
        value = timedelta(seconds=int(size)) if timed else size
        return Tick(size, Amount.model_construct(value=value, unit=found[0].unit, qualifier=Qualifier.EXACT))

    return tuple(tick(step * number) for number in range(ceil(largest / step) + 1))


def percent(part: float | Decimal, whole: float | Decimal = 1) -> str:
    """A share of the picture as CSS has it: `36.67%`."""
    return f"{float(part) / float(whole) * 100:.2f}".rstrip("0").rstrip(".") + "%"


def lanes(stretches: Iterable[tuple[float, float]]) -> tuple[int, ...]:
    """The row of each label, given the stretches of 0–1 that they cover by where they begin: none covers another."""
    ends: list[float] = []
    chosen = []
    for start, end in stretches:
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        chosen.append(lane)
    return tuple(chosen)


def width(words: str, picture: int = NARROW) -> float:
    """A label's share of a picture so many pixels wide: a Chinese character takes some 14 px, a Latin one 7."""
    return sum(14 if ord(character) > 0x2E80 else 7 for character in words) / picture + 0.02
