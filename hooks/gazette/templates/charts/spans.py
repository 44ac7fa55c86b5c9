"""Time as bars: a service's hours on a strip of the 24 hours of a day; how long works took, from one starting line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from gazette.language import wording
from gazette.records.dates import DailyTime
from gazette.records.streets import Renovation
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import MOST, NARROW, WIDE, Chart, axis, lanes, percent, size, width
from gazette.templates.view import View, quote

_EVERY = 6


def day(view: View, reference: str) -> Chart:
    """The daily times of a record's `timetable`."""
    record = view.get(reference)
    found: tuple[DailyTime, ...] = view.field(FieldRef(record.ref, "timetable"), tuple)
    times = sorted(found, key=lambda span: span.start)
    shares = [(view.text(span), _share(span.start), _share(span.end)) for span in times]
    rooms = {"narrow": NARROW, "wide": WIDE}
    rows = {name: lanes(_covers(*share, room) for share in shares) for name, room in rooms.items()}
    title = view.text(record.title)
    return Chart(
        view.label("chart_day", of=title),
        view.label("chart_day_alt", of=title, times=view.text(tuple(times))),
        {
            "spans": [
                {
                    "words": words,
                    "at": percent(start),
                    "length": percent(end - start),
                    "from_end": percent(1 - end),
                    "ends": {name: start + width(words, room) > 1 for name, room in rooms.items()},
                    "lanes": dict(zip(rows, places, strict=True)),
                }
                for (words, start, end), *places in zip(shares, *rows.values(), strict=True)
            ],
            "lanes": {name: max(places, default=0) + 1 for name, places in rows.items()},
            "ticks": [
                {"at": percent(hour, 24), "words": wording.hour(hour, view.locale)}
                for hour in range(0, 25, _EVERY)
            ],
        },
        view.labels("chart_from", "chart_to", "passage"),
        [[f"{span.start:%H:%M}", f"{span.end:%H:%M}", quote(span.at)] for span in times],
    )


def _covers(words: str, start: float, end: float, room: int) -> tuple[float, float]:
    """The stretch of a label: it ends where its span does where it would leave the picture if it began there."""
    long = width(words, room)
    return (end - long, end) if start + long > 1 else (start, start + long)


def _share(clock: time) -> float:
    return (clock.hour * 60 + clock.minute) / (24 * 60)


def works(view: View, reference: str) -> Chart | None:
    """One renovation, `renovations/<id>`, or all of `renovations`.

    Bars begin at one line, since a start is seldom known to the day. What has no duration, or one in another
    unit than the first, stands without a bar. Of many, those that their list has first. None where there are none.
    """
    found = view.some(reference, Renovation)
    if not found:
        return None
    records: Sequence[Renovation] = found if len(found) <= MOST else view.listed(reference).items[:MOST]
    taken = [record.duration for record in records if record.duration]
    measured = [figure for figure in taken if figure.unit == taken[0].unit]
    ticks = axis(measured) if measured else ()
    works = []
    for record in records:
        drawn = record.duration and record.duration in measured
        length = percent(size(record.duration), ticks[-1].size) if record.duration and drawn else None
        works.append({"title": view.text(record.title), "words": _told(view, record), "length": length})
    of = view.text(records[0].title) if len(records) == 1 else view.label("renovations")
    return Chart(
        view.label("chart_works", of=of),
        view.clauses(f"{work['title']}: {work['words']}" for work in works),
        {
            "works": works,
            "ticks": [
                {"at": percent(tick.size, ticks[-1].size), "words": view.text(tick.amount)} for tick in ticks
            ],
        },
        view.labels("chart_of_what", "started", "works_took", "completed"),
        [
            [
                view.link(record),
                view.stated(record.started),
                view.figure(FieldRef(record.ref, "duration")) if record.duration else view.stated(None),
                view.stated(record.completed),
            ]
            for record in records
        ],
        [view.label("chart_first", m=MOST, n=len(found))] if len(found) > MOST else [],
    )


def _told(view: View, record: Renovation) -> str:
    """When the works began, how long they took and when they ended, as far as a source says."""
    if not (record.started or record.duration or record.completed):
        return view.label("chart_undated")
    said = (("started", record.started), ("works_took", record.duration), ("completed", record.completed))
    return " · ".join(f"{view.label(key)} {view.stated(value)}" for key, value in said)
