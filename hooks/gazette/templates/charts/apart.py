"""Figures counted on different bases, side by side: equal boxes, no bar and no ratio."""

from __future__ import annotations

from gazette.records.values import Figure
from gazette.templates.charts.chart import Chart
from gazette.templates.view import View


def apart(view: View, *references: str) -> Chart:
    """Figures that a reader should not add, divide or rank."""
    entries = [view.figure_entry(reference) for reference in references]
    figures: list[Figure] = [entry["figure"] for entry in entries]
    said = [
        view.label("chart_counted", counts=entry["counts"], value=view.text(figure))
        for entry, figure in zip(entries, figures, strict=True)
    ]
    return Chart(
        view.label("chart_apart"),
        view.clauses(said),
        {
            "frames": [
                {"pieces": view.spoken(figure), "counts": entry["counts"]}
                for entry, figure in zip(entries, figures, strict=True)
            ]
        },
        view.labels("counts", "value", "as_of"),
        [
            [entry["counts"], view.figure(reference), view.stated(entry["as_of"])]
            for entry, reference in zip(entries, references, strict=True)
        ],
        [view.label("chart_apart_note")],
    )
