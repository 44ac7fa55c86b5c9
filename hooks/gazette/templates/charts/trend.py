"""How a figure went: a mark for each date of which it has a value."""

from __future__ import annotations

from gazette.records.sources import Indicator
from gazette.templates.charts.chart import Chart, axis, size
from gazette.templates.charts.over_time import Mark, over_time, span
from gazette.templates.view import PageProblem, View


def trend(view: View, reference: str) -> Chart:
    """The values of an indicator, `indicators/<id>`, over the years; full coverage, which is no number, has no mark."""
    (indicator,) = view.some(str(view.get(reference).ref), Indicator)
    entries = view.observations(indicator)[::-1]
    counted = [entry for entry in entries if entry["figure"].value is not None]
    if not counted:
        raise PageProblem("trend-of-no-number", reference=reference)
    marks = [
        Mark(*span(entry["as_of"]), size(entry["figure"]), view.number(entry["figure"])) for entry in counted
    ]
    return Chart(
        view.text(indicator.title),
        view.clauses(f"{view.text(entry['as_of'])} {view.text(entry['figure'])}" for entry in entries),
        over_time(view, marks, axis(entry["figure"] for entry in counted)),
        view.labels("as_of", "value", "source"),
        [[entry["as_of"], view.figure(entry["ref"]), view.link(entry["source"])] for entry in entries],
    )
