"""How a record time fell: a step for each record that beat the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor
from typing import NamedTuple

from gazette.records.business import StartupRecord
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import MOST, Chart, axis, percent, size, span, width
from gazette.templates.view import View

_BEFORE = 0.24
"""The share of the picture kept for earlier records whose values no source gives."""
_YEARS = 4
"""At most this many years are named below the picture."""
_LINE = 0.15
"""The height of a label as a share of the picture's."""
_ROOM = 130
"""Labels are half as large again as others, in a picture narrowed by its axis: so much room for words of usual size."""


class _Point(NamedTuple):
    """A record and the span of years within which it was set: (2021.0, 2022.0) where only the year is known."""

    record: StartupRecord
    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2

    @property
    def size(self) -> Decimal:
        return size(self.record.duration)


def progression(view: View, reference: str) -> Chart | None:
    """The record times of a collection, `startup_records`, over the years in which they were set or reported.

    A record that no source dates stands at the publication of its source, and is said to.
    Of many, those that beat the ones before. None where there are none.
    """
    found = view.some(reference, StartupRecord)
    if not found:
        return None
    dated = ((record, view.dated(record)) for record in found)
    points = [_Point(record, *span(date)) for record, date in dated if date]
    # The earliest first; of those within one span, the slower first.
    points.sort(key=lambda point: (point.end, -point.size))
    beaten = [
        point
        for place, point in enumerate(points)
        if all(point.size < before.size for before in points[:place])
    ]
    many = len(found) > MOST
    if many:
        points = beaten = beaten[-MOST:]
    records = [point.record for point in points] if many else found
    unknown = bool(points) and points[0].record.earlier == "not_published"
    ticks = axis(record.duration for record in records)
    first = floor(min((point.start for point in points), default=0))
    last = max(first + 1, ceil(max((point.end for point in points), default=1)))
    left = _BEFORE if unknown else 0.0

    def across(year: float) -> float:
        return left + (1 - left) * (year - first) / (last - first)

    def up(point: _Point) -> float:
        return float(point.size / ticks[-1].size)

    corners = [(across(point.middle), up(point)) for point in beaten[:1]]
    for before, after in pairwise(beaten):
        corners += [(across(after.middle), up(before)), (across(after.middle), up(after))]
    corners += [(1.0, up(point)) for point in beaten[-1:]]
    labels = _labels(
        [(across(point.middle), up(point), view.spoken(point.record.duration).number) for point in points]
    )
    told = [f"{view.when(point.record)} {view.text(point.record.duration)}" for point in points]
    earlier = view.label("chart_earlier") if unknown else ""
    return Chart(
        view.label("chart_progression"),
        view.clauses([*([earlier] if unknown else []), *told]),
        {
            "ticks": [
                {
                    "at": percent(tick.size, ticks[-1].size),
                    "words": view.text(tick.amount) if tick.size else "0",
                }
                for tick in ticks
            ],
            "years": [
                {"at": percent(across(year + 0.5)), "words": view.label("year", year=year)}
                for year in range(first, last, ceil((last - first) / _YEARS))
            ],
            "points": [
                {
                    "at": percent(across(point.middle)),
                    "from": percent(across(point.start)),
                    "to": percent(1 - across(point.end)),
                    "up": percent(up(point)),
                    "beat": point in beaten,
                    "words": words,
                    "left": across(point.middle) > 1 - width(words, _ROOM),
                }
                for point, words in zip(points, labels, strict=True)
            ],
            "line": " ".join(f"{x * 100:.2f},{100 - y * 100:.2f}" for x, y in corners),
            "earlier": earlier,
            "before": percent(left),
        },
        view.labels("chart_of_what", "scope", "value", "registration_date"),
        [
            [
                view.link(record),
                record.scope,
                view.figure(FieldRef(record.ref, "duration")),
                view.when(record),
            ]
            for record in sorted(records, key=lambda record: size(record.duration))
        ],
        [view.label("chart_beaten", m=len(records), n=len(found))] if many else [],
    )


def _labels(places: Sequence[tuple[float, float, str]]) -> list[str]:
    """Each point's words, or none where they would cover those of a later point: the table has them all."""
    shown: list[tuple[float, float, str]] = []
    for place in reversed(places):
        x, y, _ = place
        if all(abs(x - left) > width(words, _ROOM) or abs(y - up) > _LINE for left, up, words in shown):
            shown.append(place)
    return [place[2] if place in shown else "" for place in places]
