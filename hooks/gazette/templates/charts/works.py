"""How long works took: a bar for each from one starting line, on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.records.streets import Renovation
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import MOST, Chart, axis, percent, size
from gazette.templates.view import View


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
