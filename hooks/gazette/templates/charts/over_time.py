"""Values over the years: a mark for each, across by its date and up by its size, and a line that joins them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from gazette.records.dates import PartialDate
from gazette.templates.charts.chart import Tick, percent, width
from gazette.templates.view import View

_BEFORE = 0.24
"""The share of the picture kept for what was earlier and has no value."""
_YEARS = 4
"""At most this many years are named below the picture."""
_LINE = 0.15
"""The height of a label as a share of the picture's."""
_ROOM = 130
"""Labels are half as large again as others, in a picture narrowed by its axis: so much room for words of usual size."""


class Mark(NamedTuple):
    """A value and the span of years that it may be of: (2021.0, 2022.0) where only the year is known."""

    start: float
    end: float
    size: Decimal
    words: str
    on_line: bool = True

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def span(date: PartialDate) -> tuple[float, float]:
    """The stretch of years that a date may be in."""
    _, month, day, quarter = date.date
    start = date.first.year + (date.first.month - 1) / 12 + (date.first.day - 1) / 372
    return start, start + (1 / 372 if day else 1 / 12 if month else 1 / 4 if quarter else 1)


def over_time(
    view: View, marks: Sequence[Mark], ticks: Sequence[Tick], *, steps: bool = False, earlier: str = ""
) -> Mapping[str, Any]:
    """What the template `progression.html` draws of marks, the earliest first; `earlier` says what was before them.

    The line goes from mark to mark, or in `steps`: each holds until the next.
    """
    first = floor(min((mark.start for mark in marks), default=0))
    last = max(first + 1, ceil(max((mark.end for mark in marks), default=1)))
    left = _BEFORE if earlier else 0.0

    def across(year: float) -> float:
        return left + (1 - left) * (year - first) / (last - first)

    def up(size: Decimal) -> float:
        return float(size / ticks[-1].size)

    places = [(across(mark.middle), up(mark.size), mark.words) for mark in marks]
    corners = [(x, y) for (x, y, _), mark in zip(places, marks, strict=True) if mark.on_line]
    return {
        "ticks": [
            {"at": percent(tick.size, ticks[-1].size), "words": _tick(view, tick) if tick.size else "0"}
            for tick in ticks
        ],
        "years": [
            {"at": percent(across(year + 0.5)), "words": view.label("year", year=year)}
            for year in range(first, last, ceil((last - first) / _YEARS))
        ],
        "points": [
            {
                "at": percent(x),
                "beyond": percent(1 - x),
                "from": percent(across(mark.start)),
                "to": percent(1 - across(mark.end)),
                "up": percent(y),
                "beat": mark.on_line,
                "words": words,
                "left": x > 1 - width(words, _ROOM),
            }
            for mark, (x, y, _), words in zip(marks, places, _labels(places), strict=True)
        ],
        "line": " ".join(
            f"{x * 100:.2f},{100 - y * 100:.2f}" for x, y in (_stepped(corners) if steps else corners)
        ),
        "earlier": earlier,
        "before": percent(left),
    }


def _tick(view: View, tick: Tick) -> str:
    """What stands at a mark of the axis, which has no room for a unit word."""
    if isinstance(tick.amount.value, timedelta):
        return view.text(tick.amount)
    _, number, scale, _ = view.spoken(tick.amount)
    return f"{number} {scale}".strip() if view.locale == "en" else number + scale


def _stepped(corners: Sequence[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """The corners of a line that stays at each height until the next, and to the end."""
    yield from corners[:1]
    for (_, before), (x, after) in pairwise(corners):
        yield from ((x, before), (x, after))
    yield from ((1.0, y) for _, y in corners[-1:])


def _labels(places: Sequence[tuple[float, float, str]]) -> list[str]:
    """Each mark's words, or none where they would cover those of a later mark: the table has them all."""
    shown: list[tuple[float, float, str]] = []
    for place in reversed(places):
        x, y, _ = place
        if all(abs(x - left) > width(words, _ROOM) or abs(y - up) > _LINE for left, up, words in shown):
            shown.append(place)
    return [place[2] if place in shown else "" for place in places]
