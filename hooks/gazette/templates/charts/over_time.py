"""Values over time, a bar for each date, the earliest first: how a figure went, how a record time fell."""

from __future__ import annotations

from gazette.records.business import StartupRecord
from gazette.records.sources import Indicator
from gazette.records.values import FieldRef
from gazette.templates.charts.amounts import number
from gazette.templates.charts.chart import MOST, Bar, Chart, bars_of, from_entries, from_records, size
from gazette.templates.view import PageProblem, View


def trend(view: View, reference: str) -> Chart:
    """The values of an indicator, `indicators/<id>`; full coverage, which is no number, has no bar. A number alone is told."""
    (indicator,) = view.some(str(view.get(reference).ref), Indicator)
    entries = view.observations(indicator)[::-1]
    counted = [entry for entry in entries if entry["figure"].value is not None]
    if not counted:
        raise PageProblem("trend-of-no-number", reference=reference)
    if len(entries) == 1:
        return number(view, entries[0]["ref"], view.text(entries[0]["as_of"]))
    told = [(view.text(entry["as_of"]), view.text(entry["figure"])) for entry in entries]
    lengths = bars_of([entry["figure"] for entry in entries])
    return Chart(
        "bars",
        view.text(indicator.title),
        {"bars": [Bar(*words, length=length) for words, length in zip(told, lengths, strict=True)]},
        from_entries(entries),
        view.clauses(" ".join(words) for words in told),
        view.labels("as_of", "value", "source"),
        [[entry["as_of"], view.figure(entry["ref"]), view.link(entry["source"])] for entry in entries],
    )


def progression(view: View, reference: str) -> Chart | None:
    """The record times of a collection, `startup_records`, by when they were set or else reported.

    One that did not beat those before it is hollow; of many, only those that did are drawn. One alone is told, but not
    on the page that lists it; None where there are none.
    """
    found = view.some(reference, StartupRecord)
    if not found or (len(found) == 1 and view.page.shows == reference):
        return None
    # The earliest first; of those that may be of one day, the slower first.
    ordered = sorted(
        (record for record in found if view.dated(record)),
        key=lambda record: (date.last if (date := view.dated(record)) else None, -size(record.duration)),
    )
    sizes = [size(record.duration) for record in ordered]
    beat = [
        record for place, record in enumerate(ordered) if all(sizes[place] < one for one in sizes[:place])
    ]
    many = len(found) > MOST
    shown = beat[-MOST:] if many else [*ordered, *(record for record in found if record not in ordered)]
    earlier = shown[0].earlier == "not_published"
    notes = [view.label("chart_earlier")] if earlier else []
    if len(found) == 1:
        return number(view, FieldRef(found[0].ref, "duration"), view.when(found[0]), notes)
    if many:
        notes.append(view.label("chart_beaten", m=len(shown), n=len(found)))
    hollow = [record in ordered and record not in beat for record in shown]
    if any(hollow):
        notes.append(view.label("chart_hollow"))
    lengths = bars_of([record.duration for record in shown])
    return Chart(
        "bars",
        view.label("chart_progression"),
        {
            "bars": [
                Bar(
                    view.text(record.title),
                    view.text(record.duration),
                    view.when(record),
                    length,
                    hollow=slow,
                )
                for record, length, slow in zip(shown, lengths, hollow, strict=True)
            ]
        },
        from_records(view, StartupRecord.collection, shown),
        view.clauses(f"{view.when(record)} {view.text(record.duration)}" for record in shown),
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
        notes,
    )
