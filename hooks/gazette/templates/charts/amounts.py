"""Figures beside each other: a whole divided into its parts, or boxes of equal size where none may be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gazette.templates.charts.chart import Chart, percent, size
from gazette.templates.view import PageProblem, View


def apart(view: View, *references: str) -> Chart:
    """Figures counted on different bases, which a reader should not add, divide or rank: no bar and no ratio."""
    entries = [view.figure_entry(reference) for reference in references]
    frames = [{"pieces": view.spoken(entry["figure"]), "counts": entry["counts"]} for entry in entries]
    return Chart(
        view.label("chart_apart"),
        view.clauses([_counted(view, entry) for entry in entries]),
        {"frames": frames},
        view.labels("counts", "value", "as_of"),
        [[entry["counts"], view.figure(entry["ref"]), view.stated(entry["as_of"])] for entry in entries],
        [view.label("chart_apart_note")],
    )


def parts(view: View, reference: str) -> Chart:
    """The parts of a sum of data/sums that holds, and their total: one bar divided in proportion."""
    total = view.sum(reference)
    if not total.parts:
        raise PageProblem("sum-without-parts", reference=reference)
    refs = view.sides(total)
    whole, *entries = map(view.figure_entry, refs)
    as_of = view.sum_date(refs)
    shape = {
        "words": view.text(whole["figure"]),
        "counts": whole["counts"],
        "pieces": [
            {
                "length": percent(size(entry["figure"]), size(whole["figure"])),
                "words": view.text(entry["figure"]),
                "counts": entry["counts"],
            }
            for entry in entries
        ],
    }
    return Chart(
        view.text(total.title),
        view.clauses([_counted(view, entry) for entry in (whole, *entries)]),
        shape,
        view.labels("counts", "value"),
        [[entry["counts"], view.figure(entry["ref"])] for entry in (*entries, whole)],
        [f"{view.label('as_of')} {view.text(as_of)}"] if as_of else [],
    )


def _counted(view: View, entry: Mapping[str, Any]) -> str:
    return view.label("chart_counted", counts=entry["counts"], value=view.text(entry["figure"]))
