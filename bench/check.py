"""Measure `gazette check` over a synthetic project: wall and CPU seconds and peak memory of the whole process.

    make bench RECORDS=10000 RUNS=3

Prints a table and writes bench/results/check.json, medians with every run's figure beside.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).parents[1]
RESULTS = PROJECT / "bench" / "results" / "check.json"


def main() -> None:
    """Generate the project, run the check, say how long it took."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        generate = [sys.executable, str(PROJECT / "bench" / "generate.py")]
        subprocess.run([*generate, "--records", str(options.records), "--out", str(root)], check=True)
        runs = [measure(root) for _ in range(options.runs)]
    row = {
        "builder": "gazette",
        "scenario": "check",
        "records": options.records,
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": os.cpu_count(),
        },
        **{name: statistics.median(run[name] for run in runs) for name in runs[0]},
        "runs": runs,
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")
    print(f"{'records':>8} {'wall s':>8} {'cpu s':>8} {'peak MB':>8}")
    print(f"{row['records']:>8} {row['wall_s']:>8.1f} {row['cpu_s']:>8.1f} {row['peak_mb']:>8.0f}")


def measure(root: Path) -> dict[str, float]:
    """One run in a process of its own; its peak memory is the largest any run so far has had."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "gazette.cli", "check"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "hooks")},
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=1800,
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": wall, "cpu_s": cpu, "peak_mb": after.ru_maxrss / 1024}


if __name__ == "__main__":
    main()
