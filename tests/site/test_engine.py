"""The engine that the suite is run against built every page: MkDocs, or ProperDocs, beside which MkDocs is installed."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from gazette.build import engine, hide
from tests.expectations import ENGINE
from tests.site.conftest import Zone

GENERATORS = {"mkdocs": "mkdocs-{}", "properdocs": "mkdocs-ProperDocs {}"}
"""How a page names the engine whose module gave its template what it shows."""

BUILT_BY_WORKERS = f"""
import os
from gazette.build import page_builder, workers
os.cpu_count, workers._WORTH_IT = lambda: 2, 0
build = page_builder.PageBuilder.build
def build_here(builder, uri):
    print("built here:", uri)
    return build(builder, uri)
page_builder.PageBuilder.build = build_here
from {ENGINE}.__main__ import cli
cli(["build", "--strict"])
"""


def generators(zone: Zone) -> set[str]:
    """What lists and pages of prose of the built site name as their engine, those for a missing address too."""
    pages = [path for path in zone.published() if path.endswith(("index.html", "404.html"))]
    found = {
        name
        for path in pages
        for name in re.findall(
            r'<meta name="generator" content="([^,"]+), mkdocs-material-',
            (zone.root / "site" / path).read_text("utf-8"),
        )
    }
    assert len(pages) > 15
    return found


def test_pages_name_the_engine_that_was_asked_for(zone: Zone) -> None:
    build = zone.build()
    assert build.status == 0, build.said
    assert generators(zone) == {GENERATORS[ENGINE].format(version(ENGINE))}


def test_workers_build_with_the_same_engine(zone: Zone) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILT_BY_WORKERS],
        cwd=zone.root,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "built here" not in done.stdout
    assert generators(zone) == {GENERATORS[ENGINE].format(version(ENGINE))}


def test_the_other_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "ENGINE", "other")
    with pytest.raises(
        PluginError,
        match=r"这里装了 other[^\n]*\nother is installed here[^\n]*other build, other serve",
    ):
        hide(MkDocsConfig())
