"""Figures: one by itself, a whole with its parts, or several that may not be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gazette.records.values import FieldRef
from gazette.templates.charts.chart import Bar, Chart, from_entries, percent, size
from gazette.templates.view import PageProblem, View


def number(view: View, ref: FieldRef, more: str, notes: Sequence[str] = ()) -> Chart:
    """One value, which has nothing to be drawn beside: the figure, what it counts and what `more` is known."""
    entry = view.figure_entry(ref)
    shape = {"value": view.figure(entry["ref"]), "more": more}
    return Chart("number", entry["counts"], shape, from_entries([entry]), notes=notes)


def apart(view: View, *references: str) -> Chart:
    """Figures counted on different bases, which a reader should not add, divide or rank: no bar and no ratio."""
    entries = [view.figure_entry(reference) for reference in references]
    frames = [{"pieces": view.spoken(entry["figure"]), "counts": entry["counts"]} for entry in entries]
    return Chart(
        "apart",
        view.label("chart_apart"),
        {"frames": frames},
        from_entries(entries),
        view.clauses([_counted(view, entry) for entry in entries]),
        view.labels("counts", "value", "as_of"),
        [[entry["counts"], view.figure(entry["ref"]), view.stated(entry["as_of"])] for entry in entries],
        [view.label("chart_apart_note")],
    )


def parts(view: View, reference: str) -> Chart:
    """A sum of data/sums that holds: the bar of its total, below it those of its parts, each from where the last ends."""
    total = view.sum(reference)
    if not total.parts:
        raise PageProblem("sum-without-parts", reference=reference)
    refs = view.sides(total)
    whole, *entries = map(view.figure_entry, refs)
    as_of = view.sum_date(refs)
    bars, start = [_bar(view, whole, whole)], size(whole["figure"]) * 0
    for entry in entries:
        bars.append(_bar(view, entry, whole)._replace(start=percent(start, size(whole["figure"]))))
        start += size(entry["figure"])
    return Chart(
        "bars",
        view.text(total.title),
        {"bars": bars},
        from_entries([whole, *entries]),
        view.clauses([_counted(view, entry) for entry in (whole, *entries)]),
        view.labels("counts", "value"),
        [[entry["counts"], view.figure(entry["ref"])] for entry in (*entries, whole)],
        [f"{view.label('as_of')} {view.text(as_of)}"] if as_of else [],
    )


def _bar(view: View, entry: Mapping[str, Any], whole: Mapping[str, Any]) -> Bar:
    length = percent(size(entry["figure"]), size(whole["figure"]))
    return Bar(entry["counts"], view.text(entry["figure"]), length=length)


def _counted(view: View, entry: Mapping[str, Any]) -> str:
    return view.label("chart_counted", counts=entry["counts"], value=view.text(entry["figure"]))
