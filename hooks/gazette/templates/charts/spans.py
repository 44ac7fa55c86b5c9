"""Time as bars: a service's hours within the 24 hours of a day; how long works took."""

from __future__ import annotations

from datetime import time

from gazette.language import wording
from gazette.records.dates import DailyTime
from gazette.records.streets import Renovation
from gazette.records.values import FieldRef
from gazette.templates.charts.amounts import number
from gazette.templates.charts.chart import MOST, Bar, Chart, bars_of, from_records, percent
from gazette.templates.view import View, quote

_EVERY = 6


def day(view: View, reference: str) -> Chart:
    """The daily times of a record's `timetable`, each on a day of its own."""
    record = view.get(reference)
    found: tuple[DailyTime, ...] = view.field(FieldRef(record.ref, "timetable"), tuple)
    times = sorted(found, key=lambda span: (span.start, span.end))
    title = view.text(record.title)
    shares = [(view.text(span), _share(span.start), _share(span.end)) for span in times]
    return Chart(
        "day",
        view.label("chart_day", of=title),
        {
            "bars": [
                Bar(words, length=percent(end - start), start=percent(start)) for words, start, end in shares
            ],
            "hours": [(percent(hour, 24), wording.hour(hour, view.locale)) for hour in range(0, 25, _EVERY)],
        },
        from_records(view, record.collection, [record]),
        view.label("chart_day_alt", of=title, times=view.text(tuple(times))),
        view.labels("chart_from", "chart_to", "passage"),
        [[f"{span.start:%H:%M}", f"{span.end:%H:%M}", quote(span.at)] for span in times],
    )


def _share(clock: time) -> float:
    return (clock.hour * 60 + clock.minute) / (24 * 60)


def works(view: View, reference: str) -> Chart | None:
    """One renovation, `renovations/<id>`, or all of `renovations`.

    Bars begin at one line, since a start is seldom known to the day. What has no duration, or one in another
    unit than the first, stands without a bar. Of many, those that their list has first. A duration alone is told;
    None where there is none.
    """
    found = view.some(reference, Renovation)
    records = found if len(found) <= MOST else view.listed(reference).items[:MOST]
    timed = [record for record in records if record.duration]
    if not timed:
        return None
    if len(timed) == 1:
        return number(view, FieldRef(timed[0].ref, "duration"), _dates(view, timed[0]))
    bars = [
        Bar(view.text(record.title), view.stated(record.duration), _dates(view, record), length)
        for record, length in zip(records, bars_of([record.duration for record in records]), strict=True)
    ]
    return Chart(
        "bars",
        view.label("chart_works", of=view.label("renovations")),
        {"bars": bars},
        from_records(view, Renovation.collection, records),
        view.clauses(
            f"{bar.of}: {view.label('works_took')} {bar.value}" + (f" · {bar.more}" if bar.more else "")
            for bar in bars
        ),
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


def _dates(view: View, record: Renovation) -> str:
    """When the works began and when they ended, as far as a source says."""
    said = (("started", record.started), ("completed", record.completed))
    return " · ".join(f"{view.label(key)} {view.text(value)}" for key, value in said if value)
