"""Run Lighthouse for phones over pages of the real site, served on 127.0.0.1 as GitHub Pages would.

    make lighthouse RUNS=3

Of a page's runs the one in the middle counts: a busy machine costs points. Prints a table, writes
bench/results/lighthouse.json, and ends with 1 where a score is below 99. Needs Node 20.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.serving import QUIET, chromium, serving

HERE = Path(__file__).with_name("lighthouse")
RESULTS = Path(__file__).with_name("results") / "lighthouse.json"
PAGES = {
    "home": "",
    "record": "startup-records/taiwen-precision-machinery/",
    "article": "news/music-line-opens/",
    "list": "alliances/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
WANTED = 99
MEASURES = {
    "first-contentful-paint": "FCP",
    "largest-contentful-paint": "LCP",
    "total-blocking-time": "TBT",
    "cumulative-layout-shift": "CLS",
    "total-byte-weight": "weight",
}


def main() -> None:
    """Install, build, serve, measure, tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    npm = shutil.which("npm")
    browser = chromium()
    if npm is None or browser is None:
        sys.exit("Lighthouse needs Node with npm, and Chromium: apt-get install npm chromium")
    subprocess.run(
        [npm, "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"],
        cwd=HERE,
        check=True,
        timeout=600,
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site:
        for locale in ("", "en/"):
            for kind, url in PAGES.items():
                address = site.address + locale + url
                reports = [measure(address, browser, Path(folder, "report.json")) for _ in range(runs)]
                middle = sorted(reports, key=performance)[runs // 2]
                rows.append({"page": f"{locale or 'zh/'}{kind}", **told(middle)})
                print(line(rows[-1]) if len(rows) > 1 else f"{heading()}\n{line(rows[-1])}", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in rows:
        for lost in row["lost"]:
            print(f"{row['page']}: {lost}")
    sys.exit(any(score < WANTED for row in rows for score in row["scores"].values()))


def measure(address: str, browser: str, report: Path) -> dict[str, Any]:
    """Lighthouse's report of one page as a phone sees it, in a fresh browser."""
    subprocess.run(
        [
            HERE / "node_modules" / ".bin" / "lighthouse",
            address,
            "--quiet",
            "--output=json",
            f"--output-path={report}",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags=--headless=new {' '.join(QUIET)}",
        ],
        env={**os.environ, "CHROME_PATH": browser},
        check=True,
        timeout=180,
    )
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def performance(report: dict[str, Any]) -> float:
    return float(report["categories"]["performance"]["score"])


def told(report: dict[str, Any]) -> dict[str, Any]:
    """What matters of a report: scores of 100, measures, and each audit that cost points."""
    scores = {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}
    audits = report["audits"]
    lost = [
        f"{name} −: {audits[ref['id']]['title']} {audits[ref['id']].get('displayValue', '')}".strip()
        for name in CATEGORIES
        for ref in report["categories"][name]["auditRefs"]
        if ref["weight"]
        and (audits[ref["id"]]["score"] or 0) < 0.9
        and audits[ref["id"]]["score"] is not None
    ]
    return {
        "scores": scores,
        "measures": {
            short: audits[audit].get("displayValue", "").removeprefix("Total size was ")
            for audit, short in MEASURES.items()
        },
        "lost": lost,
    }


def heading() -> str:
    return "  ".join([f"{'page':<12}", *(f"{name:>14}" for name in CATEGORIES), *MEASURES.values()])


def line(row: dict[str, Any]) -> str:
    return "  ".join(
        [
            f"{row['page']:<12}",
            *(f"{score:>14}" for score in row["scores"].values()),
            *row["measures"].values(),
        ]
    )


if __name__ == "__main__":
    main()
