"""The published project, copied, built or served."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from tests.browser.conftest import checkout, phone  # noqa: F401
from tests.expectations import ROOT
from tests.zones import Zone

# The newspaper's text is not published.
collect_ignore = [] if os.environ.get("GAZETTE_ARCHIVE") else ["test_archive.py"]


ADDRESS = "https://record.example/jibei/"


@pytest.fixture(scope="session")
def site_model() -> SiteModel:
    """The published project as its templates print it; raises with every message if anything in it is wrong."""
    return render_site(ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the published project."""
    return copied(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published project, built for ADDRESS."""
    root = copied(tmp_path_factory.mktemp("project"))
    build = Zone(root).build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    return root / "site"


def copied(root: Path) -> Path:
    """A copy of the published project in a folder that is there."""
    for name in ("data", "docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copyfile(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    return root
