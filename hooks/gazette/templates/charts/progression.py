"""How a record time fell: a step for each record that beat the one before it."""

from __future__ import annotations

from gazette.records.business import StartupRecord
from gazette.records.values import FieldRef
from gazette.templates.charts.chart import MOST, Chart, axis, size
from gazette.templates.charts.over_time import Mark, over_time, span
from gazette.templates.view import View


def progression(view: View, reference: str) -> Chart | None:
    """The record times of a collection, `startup_records`, over the years in which they were set or reported.

    A record that no source dates stands at the publication of its source, and is said to.
    Of many, those that beat the ones before. None where there are none.
    """
    found = view.some(reference, StartupRecord)
    if not found:
        return None
    dated = [(record, span(date)) for record in found if (date := view.dated(record))]
    # The earliest first; of those within one span, the slower first.
    dated.sort(key=lambda item: (item[1][1], -size(item[0].duration)))
    sizes = [size(record.duration) for record, _ in dated]
    beaten = [
        item for place, item in enumerate(dated) if all(sizes[place] < before for before in sizes[:place])
    ]
    many = len(found) > MOST
    if many:
        dated = beaten = beaten[-MOST:]
    points = [record for record, _ in dated]
    shown = points if many else found
    earlier = view.label("chart_earlier") if points and points[0].earlier == "not_published" else ""
    marks = [
        Mark(*years, size(record.duration), view.spoken(record.duration).number, (record, years) in beaten)
        for record, years in dated
    ]
    told = [f"{view.when(record)} {view.text(record.duration)}" for record in points]
    return Chart(
        view.label("chart_progression"),
        view.clauses([*([earlier] if earlier else []), *told]),
        over_time(view, marks, axis(record.duration for record in shown), steps=True, earlier=earlier),
        view.labels("chart_of_what", "scope", "value", "registration_date"),
        [
            [
                view.link(record),
                record.scope,
                view.figure(FieldRef(record.ref, "duration")),
                view.when(record),
            ]
            for record in sorted(shown, key=lambda record: size(record.duration))
        ],
        [view.label("chart_beaten", m=len(shown), n=len(found))] if many else [],
    )
