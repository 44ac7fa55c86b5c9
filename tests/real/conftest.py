"""The content this project is published with; a zone that puts its own in its place has no use for these tests."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.expectations import JIBEI, ROOT

collect_ignore_glob = [] if JIBEI else ["test_*.py"]
# The newspaper's text is not published.
collect_ignore = [] if os.environ.get("GAZETTE_ARCHIVE") else ["test_archive.py"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the published project."""
    for name in ("data", "docs", "overrides", "hooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path
