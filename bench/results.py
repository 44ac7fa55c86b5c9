"""The results: a row a measurement with its machine, kept in a file of which a run replaces its own rows, and as a table."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.measure import Cost

SCENARIOS = ("cold", "unchanged", "one-edit", "save-to-shown")
FIGURES = Cost._fields
MEMORY = (
    "PSS of every process of the tree, summed, read about every 50 ms; for save-to-shown that of the server"
)

Row = dict[str, Any]


def row(
    builder: str,
    version: str,
    records: int,
    scenario: str,
    runs: Sequence[Cost],
    written: tuple[int, int, int],
    error: str = "",
) -> Row:
    """One measurement: the medians of its runs, with every run's figures beside.

    What was written are pages, bytes a page, bytes in all. A run that failed says why in `error`, and ends the series.
    """
    pages, page_bytes, output_bytes = written
    medians = {
        name: round(statistics.median(getattr(run, name) for run in runs), 3) if runs else None
        for name in FIGURES
    }
    return {
        "builder": builder,
        "version": version,
        "records": records,
        "pages": pages,
        "scenario": scenario,
        **medians,
        "output_bytes": output_bytes,
        "page_bytes": page_bytes,
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
                f"{one['output_bytes'] / 1e6:>11.1f}{one['page_bytes']:>9}"
                + (f"  {one['error']}" if "error" in one else "")
            )
    return "\n".join(lines)


_HEADING = (
    f"{'builder':<12}{'pages':>8}{'wall s':>9}{'min–max':>18}{'× hugo':>8}{'× material':>11}"
    f"{'CPU s':>9}{'× hugo':>8}{'peak MB':>9}{'output MB':>11}{'B/page':>9}"
)


def _times(cost: float, other: float | None) -> str:
    return f"{cost / other:.2f}" if other else "–"
