"""`gazette build`: the site as `mkdocs build --strict` makes it, with the page cache or without."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.zones import Build, Zone

pytestmark = pytest.mark.slow


def gazette_build(zone: Zone, *options: str) -> Build:
    done = subprocess.run(
        [sys.executable, "-m", "gazette.cli", "--root", str(zone.root), "build", *options],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    return Build(done.returncode, done.stdout + done.stderr)


def test_the_site_is_that_of_mkdocs_whether_pages_are_kept_or_not(zone: Zone) -> None:
    kept = zone.root / ".cache/pages"
    build = gazette_build(zone, "--no-cache")
    assert build.status == 0, build.said
    assert not kept.exists()
    without = zone.published()
    assert "en/alliances/tea/index.html" in without

    shutil.rmtree(zone.root / "site")  # Where it stands, there is nothing to do.
    assert gazette_build(zone).status == 0
    assert [*kept.glob("*.sqlite")]
    assert zone.published() == without

    shutil.rmtree(zone.root / "site")
    assert zone.build().status == 0
    assert zone.published() == without


def test_a_site_that_cannot_be_built_is_a_failure(zone: Zone) -> None:
    zone.edit("data/alliances/tea.yml", "source: gazette", "source: nowhere")
    build = gazette_build(zone)
    assert build.status == 1
    assert "nowhere" in build.said
