"""Keep pages of this day in tests/cases/release, where the next release finds them: it must not break what was published.

python -m tests.browser.release    # on the day of a release
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.browser.serving import serving
from tests.zones import adopt

FOLDER = Path(__file__).parents[1] / "cases/release"
PAGES = {
    "home": "",
    "figures": "en/figures/",
    "news": "news/",
    "record": "startup-records/loom/",
    "chart": "en/services/bell-line/",
}
"""The pages kept, and their addresses."""


def main() -> None:
    """Build the zone that has a page of every kind, and keep these."""
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), adopt(Path(folder) / "zone", "full").root) as site,
    ):
        for name, url in PAGES.items():
            page = (site.folder / url / "index.html").read_text(encoding="utf-8")
            kept = page.replace(site.address, "https://record.example/")
            (FOLDER / f"{name}.html").write_text(kept, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
