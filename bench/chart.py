"""The results as a picture: cost against size, both on logarithmic scales, a panel for each question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from bench.results import Row

_PANELS = (
    ("Cold build, seconds", "cold", "wall_s"),
    ("Nothing changed, seconds", "unchanged", "wall_s"),
    ("One record edited, seconds", "one-edit", "wall_s"),
    ("Saved to shown in a browser, seconds", "save-to-shown", "wall_s"),
    ("Cold build, CPU seconds", "cold", "cpu_s"),
    ("Cold build, peak memory, MB", "cold", "peak_mb"),
)
_MARKS = {
    "gazette": "M-5,0 A5,5 0 1 0 5,0 A5,5 0 1 0 -5,0 Z",
    "material": "M-4.5,-4.5 H4.5 V4.5 H-4.5 Z",
    "static-i18n": "M0,-5.5 L5.5,4.5 H-5.5 Z",
    "zensical": "M0,-6 L6,0 L0,6 L-6,0 Z",
    "hugo": "M-5,-3 L-3,-5 L0,-2 L3,-5 L5,-3 L2,0 L5,3 L3,5 L0,2 L-3,5 L-5,3 L-2,0 Z",
}
"""A builder is told by the shape of its mark as well as by its colour."""
_WIDTH, _HEIGHT, _TOP, _LEFT, _COLUMNS = 320, 270, 70, 44, 3
_INNER = _WIDTH - _LEFT - 24
_DEPTH = _HEIGHT - 70
_STYLE = """
  svg { background: #fff; font: 12px system-ui, sans-serif }
  text { fill: #24292f }
  .title { font-size: 16px; font-weight: 600 }
  .panel { font-weight: 600 }
  .grid { stroke: #d0d7de }
  .line { fill: none; stroke-width: 1.6 }
  .gazette.line { stroke-width: 3 }
  .gazette { fill: #b3261e; stroke: #b3261e }
  .material { fill: #0b62b0; stroke: #0b62b0 }
  .static-i18n { fill: #0a7d7d; stroke: #0a7d7d }
  .zensical { fill: #7a4fb5; stroke: #7a4fb5 }
  .hugo { fill: #8a5a00; stroke: #8a5a00 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117 }
    text { fill: #e6edf3 }
    .grid { stroke: #3d444d }
    .gazette { fill: #ff8a80; stroke: #ff8a80 }
    .material { fill: #79b8ff; stroke: #79b8ff }
    .static-i18n { fill: #56d4d4; stroke: #56d4d4 }
    .zensical { fill: #c9a6ff; stroke: #c9a6ff }
    .hugo { fill: #f0b752; stroke: #f0b752 }
  }
  .line.line { fill: none }
"""


class _Scale(NamedTuple):
    """From the logarithm of a value to a length, whole powers of ten at both ends."""

    low: int
    high: int
    length: float

    @classmethod
    def over(cls, values: Sequence[float], length: float) -> _Scale:
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), length)

    def at(self, value: float) -> float:
        return round((math.log10(value) - self.low) / (self.high - self.low) * self.length, 1)

    @property
    def ticks(self) -> list[float]:
        """Powers of ten; where there are few, twice and five times each as well."""
        steps = (1, 2, 5) if self.high - self.low < 3 else (1,)
        ticks = [step * 10.0**power for power in range(self.low, self.high) for step in steps]
        return [*ticks, 10.0**self.high]


def draw(rows: Sequence[Row]) -> str:
    """The picture, as an SVG that reads in light and in dark."""
    builders = [name for name in _MARKS if any(row["builder"] == name for row in rows)]
    panels = [
        f'<g transform="translate({place % _COLUMNS * _WIDTH + _LEFT},{_TOP + place // _COLUMNS * _HEIGHT + 30})">'
        f"{_panel(rows, builders, *panel)}</g>"
        for place, panel in enumerate(_PANELS)
    ]
    legend = "".join(
        f'<g transform="translate({_LEFT + place * 120},46)">{_mark(name)}<text x="12" y="4">{name}</text></g>'
        for place, name in enumerate(builders)
    )
    height = _TOP + math.ceil(len(_PANELS) / _COLUMNS) * _HEIGHT
    title = "Cost of a build against the number of records"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH * _COLUMNS} {height}" role="img">'
        f"<title>{title}</title><desc>{escape(_told(rows))}</desc><style>{_STYLE}</style>\n"
        f'<text class="title" x="{_LEFT - 8}" y="24">{title}</text>{legend}\n'
        + "\n".join(panels)
        + "\n</svg>\n"
    )


def _panel(rows: Sequence[Row], builders: Sequence[str], title: str, scenario: str, figure: str) -> str:
    shown = [row for row in rows if row["scenario"] == scenario and row[figure]]
    drawn = f'<text class="panel" x="-8" y="-14">{title}</text>'
    if not shown:
        return f'{drawn}<text x="-8" y="10">not measured</text>'
    across = _Scale.over([row["records"] for row in rows], _INNER)
    up = _Scale.over([run[figure] for row in shown for run in row["runs"] if run[figure]], _DEPTH)
    for tick in up.ticks:
        y = _DEPTH - up.at(tick)
        drawn += f'<path class="grid" d="M0,{y} H{_INNER}"/><text x="-8" y="{y + 4}" text-anchor="end">{tick:,g}</text>'
    for tick in (10.0**power for power in range(across.low, across.high + 1)):
        x = across.at(tick)
        drawn += f'<path class="grid" d="M{x},0 V{_DEPTH}"/><text x="{x}" y="{_DEPTH + 18}" text-anchor="middle">{tick:,g}</text>'
    for name in builders:
        own = sorted((row for row in shown if row["builder"] == name), key=lambda row: row["records"])
        points = [(across.at(row["records"]), _DEPTH - up.at(row[figure])) for row in own]
        if points:
            path = " L".join(f"{x},{y}" for x, y in points)
            drawn += f'<path class="{name} line" d="M{path}"/>'
        for row, (x, y) in zip(own, points, strict=True):
            spread = [up.at(run[figure]) for run in row["runs"] if run[figure]]
            drawn += (
                f'<path class="{name} line" d="M{x},{_DEPTH - min(spread)} V{_DEPTH - max(spread)}"/>'
                f'<g transform="translate({x},{y})">{_mark(name)}</g>'
            )
    return drawn


def _mark(name: str) -> str:
    return f'<path class="{name}" d="{_MARKS[name]}"/>'


def _told(rows: Sequence[Row]) -> str:
    """What the picture shows, in words."""
    said = (
        f"{row['builder']}, {row['records']} records, {row['scenario']}: {row['wall_s']:g} s, {row['peak_mb']:.0f} MB"
        for row in rows
        if row["wall_s"] is not None
    )
    return "; ".join(said) + "."
