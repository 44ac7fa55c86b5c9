"""The results: a row a measurement with its machine, kept in a file of which a run replaces its own rows, and as tables.

python -m bench.results    prints those of handbook/benchmarks.md
"""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.builder import Written
from bench.measure import Cost

SCENARIOS = ("cold", "unchanged", "one-edit", "ci", "check", "check-one-edit", "save-to-shown")
FIGURES = Cost._fields
MEMORY = (
    "PSS of every process of the tree, summed, read about every 50 ms; for save-to-shown that of the server"
)

KEPT = Path(__file__).with_name("results") / "latest.json"

Row = dict[str, Any]


def row(
    builder: str,
    version: str,
    records: int,
    scenario: str,
    runs: Sequence[Cost],
    written: Written,
    error: str = "",
) -> Row:
    """One measurement: the medians of its runs, with every run's figures beside.

    A run that failed says why in `error`, and ends the series.
    """
    medians = {
        name: round(statistics.median(getattr(run, name) for run in runs), 3) if runs else None
        for name in FIGURES
    }
    return {
        "builder": builder,
        "version": version,
        "records": records,
        "scenario": scenario,
        **medians,
        **written._asdict(),
        "runs": [{name: round(value, 3) for name, value in run._asdict().items()} for run in runs],
        **({"error": error} if error else {}),
    }


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    described = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    models = (line.partition(":")[2].strip() for line in described if line.startswith("model name"))
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": next(models, platform.machine()),
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1e9),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def read(path: Path) -> dict[str, Any]:
    """The results kept, or none."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"rows": []}
    return found


def merged(kept: dict[str, Any], here: dict[str, Any], rows: Iterable[Row]) -> dict[str, Any]:
    """The results with new rows, which take the place of all that the same builder had at the same size.

    Figures of different machines are never put together: on another machine the new rows are all there is.
    """
    new = list(rows)
    measured = {(one["builder"], one["records"]) for one in new}
    stays = kept["rows"] if kept.get("machine") == here else []
    all_rows = [*(one for one in stays if (one["builder"], one["records"]) not in measured), *new]
    # By size, then scenario; builders in the order in which they were first measured.
    all_rows.sort(key=lambda one: (one["records"], SCENARIOS.index(one["scenario"])))
    return {"machine": here, "peak_mb": MEMORY, "rows": all_rows}


def write(path: Path, results: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def table(rows: Sequence[Row]) -> str:
    """The rows by size and scenario, with the spread of the wall time and its ratio to Hugo's and Material's.

    The CPU time has a ratio of its own: it tells more on a machine that others use as well.
    """
    lines = []
    for group in dict.fromkeys((one["records"], one["scenario"]) for one in rows):
        members = [one for one in rows if (one["records"], one["scenario"]) == group]
        walls, cpus = ({one["builder"]: one[name] for one in members} for name in ("wall_s", "cpu_s"))
        lines += [f"\n{group[0]} records, {group[1]}", _HEADING]
        for one in members:
            start = f"{one['builder']:<12}{one['pages']:>8}"
            if one["wall_s"] is None:
                lines.append(f"{start}  {one['error']}")
                continue
            seconds = [run["wall_s"] for run in one["runs"]]
            lines.append(
                f"{start}{one['wall_s']:>9.2f}{f'{min(seconds):.2f}–{max(seconds):.2f}':>18}"
                f"{_times(one['wall_s'], walls.get('hugo')):>8}{_times(one['wall_s'], walls.get('material')):>11}"
                f"{one['cpu_s']:>9.2f}{_times(one['cpu_s'], cpus.get('hugo')):>8}{one['peak_mb']:>9.0f}"
                f"{one['files']:>8}{one['output_bytes'] / 1e6:>11.1f}{one['page_bytes']:>9}{_kib(one['first_query_bytes']):>11}"
                + (f"  {one['error']}" if "error" in one else "")
            )
    return "\n".join(lines)


_HEADING = (
    f"{'builder':<12}{'pages':>8}{'wall s':>9}{'min–max':>18}{'× hugo':>8}{'× material':>11}"
    f"{'CPU s':>9}{'× hugo':>8}{'peak MB':>9}{'files':>8}{'output MB':>11}{'B/page':>9}{'query KiB':>11}"
)


def _kib(size: int | None) -> str:
    return f"{size / 1024:.0f}" if size else "–"


def _times(cost: float, other: float | None) -> str:
    return f"{cost / other:.2f}" if other else "–"


_TIMES = ("cold", "one-edit", "unchanged", "save-to-shown")


def documented(rows: Sequence[Row]) -> list[str]:
    """The tables of handbook/benchmarks.md, a row a builder and size: seconds, what CI does, memory and bytes."""
    measured = {(row["builder"], row["records"], row["scenario"]): row for row in rows}
    seconds, in_ci, weights = [], [], []
    for (builder, records, scenario), row in measured.items():
        if scenario != "cold":
            continue
        of = {one: measured.get((builder, records, one), {}) for one in SCENARIOS}
        walls = {one: _said(found.get("wall_s"), ".1f") for one, found in of.items()}
        cpus, peaks = (
            [_said(of[one].get(figure), form) for one in ("cold", "one-edit")]
            for figure, form in (("cpu_s", ".1f"), ("peak_mb", ",.0f"))
        )
        start = (builder, f"{records:,}")
        seconds.append((*start, f"{row['pages']:,}", *(walls[one] for one in _TIMES), *cpus))
        if of["ci"]:
            in_ci.append((start[1], *(walls[one] for one in ("cold", "ci", "check", "check-one-edit"))))
        if row["wall_s"] is not None:
            sizes = (_said(row.get(name), ",") for name in ("files", "page_bytes"))
            site = f"{row['output_bytes'] / 1e6:,.0f}"
            weights.append((*start, *peaks, site, *sizes, _kib(row.get("first_query_bytes"))))
    return [
        _table("builder|records|pages|cold|one edit|unchanged|shown|CPU, cold|CPU, one edit", seconds),
        _table("records|cold|in CI|check|check, one edit", in_ci),
        _table(
            "builder|records|peak MB, cold|peak MB, one edit|site MB|files|a page, bytes|first query, KiB",
            weights,
        ),
    ]


def _table(heading: str, lines: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    columns = heading.split("|")
    return "\n".join(f"| {' | '.join(line)} |" for line in (columns, ["---"] * len(columns), *lines))


def _said(number: float | None, form: str) -> str:
    return "–" if number is None else format(number, form)


if __name__ == "__main__":
    print(*documented(read(KEPT)["rows"]), sep="\n\n")
