"""The published project to change at will; the tests against the newspaper's text only where it is at hand."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.expectations import ROOT

# The newspaper's text is not published.
collect_ignore = [] if os.environ.get("GAZETTE_ARCHIVE") else ["test_archive.py"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the published project."""
    for name in ("data", "docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path
