"""Whole small sites: a zone of its own content on this project's hooks, overrides and machinery."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zones import Zone, adopt


@pytest.fixture
def zone(tmp_path: Path) -> Zone:
    """The sample zone, set up as another zone would adopt this project: its own data, docs and identity."""
    return adopt(tmp_path / "zone")
