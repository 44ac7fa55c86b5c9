"""Whole small sites: a zone of its own content on this project's hooks, overrides and machinery."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.zones import Zone, adopt_again


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which each test has its zone, one after the other."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture
def zone(place: Path) -> Zone:
    """The sample zone, set up as another zone would adopt this project: its own data, docs and identity."""
    return adopt_again(place)
