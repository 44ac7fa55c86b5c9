"""A whole and its parts, from a sum that holds: one bar divided in proportion."""

from __future__ import annotations

from gazette.records.values import Figure
from gazette.templates.charts.chart import Chart, percent, size
from gazette.templates.view import PageProblem, View


def parts(view: View, reference: str) -> Chart:
    """The parts of a sum of data/sums and their total."""
    total = view.sum(reference)
    if not total.parts:
        raise PageProblem("sum-without-parts", reference=reference)
    whole = view.figure_entry(total.total)
    entries = [view.figure_entry(part) for part in total.parts]
    figures: list[Figure] = [entry["figure"] for entry in entries]
    pieces = [
        {
            "length": percent(size(figure), size(whole["figure"])),
            "words": view.text(figure),
            "counts": entry["counts"],
        }
        for entry, figure in zip(entries, figures, strict=True)
    ]
    said = [view.label("chart_counted", counts=piece["counts"], value=piece["words"]) for piece in pieces]
    counts, words = whole["counts"], view.text(whole["figure"])
    return Chart(
        view.text(total.title),
        view.clauses([view.label("chart_counted", counts=counts, value=words), *said]),
        {"words": words, "counts": counts, "pieces": pieces},
        view.labels("counts", "value"),
        [[view.figure_entry(ref)["counts"], view.figure(ref)] for ref in (*total.parts, total.total)],
    )
