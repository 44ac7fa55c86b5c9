"""Charts of the data: each kind turns records into the words and positions that its template draws."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping

from gazette.base.messages import listed
from gazette.records.values import Ref
from gazette.templates.charts.amounts import apart, parts
from gazette.templates.charts.chart import Chart
from gazette.templates.charts.over_time import progression, trend
from gazette.templates.charts.spans import day, works
from gazette.templates.charts.structure import structure
from gazette.templates.view import PageProblem, View

CHARTS: Mapping[str, tuple[Callable[..., Chart | None], str]] = {
    "apart": (apart, '"indicators/enterprises-covered", "indicators/enterprises-visited"'),
    "day": (day, '"services/music-line"'),
    "parts": (parts, '"sums/instructors"'),
    "progression": (progression, '"startup_records"'),
    "structure": (structure, '"mechanisms/alliance-integration"'),
    "trend": (trend, '"indicators/enterprises-covered"'),
    "works": (works, '"renovations"'),
}
"""Every kind of chart by the name an editor calls it, with what to call it on."""


def draw(view: View, kind: str, references: Iterable[str | Ref]) -> Chart | None:
    """The chart `kind` of what is referred to, in the page's language; None where nothing of it is on record.

    Raises PageProblem where there is no such chart, or it cannot be drawn of that.
    """
    if kind not in CHARTS:
        close = difflib.get_close_matches(kind, CHARTS, 1) or ["day"]
        raise PageProblem("no-such-chart", kind=kind, names=listed(CHARTS), right=example(close[0]))
    make, _ = CHARTS[kind]
    named = [str(reference) for reference in references]
    if not named or (len(named) > 1 and make is not apart):
        raise PageProblem("chart-of-several" if named else "chart-of-nothing", kind=kind, right=example(kind))
    try:
        return make(view, *named)
    except PageProblem as error:
        error.values |= {"right": example(kind)} if error.code == "wrong-collection" else {}
        raise


def example(kind: str) -> str:
    """A call of a kind of chart as an editor types it."""
    return f'{{{{ chart("{kind}", {CHARTS[kind][1]}) }}}}'
