"""Each test of this folder hands the attempts of a class to `tally`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.attacks.checking import small_project
from tests.attacks.tally import PROPERTY, Outcome, Tally, counts_of


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Tally:
    """Count the attempts of a class; fails where one of them got through, crashed or hung."""

    def count(name: str, attempts: Iterable[tuple[str, Outcome]]) -> None:
        counts, wrong = counts_of(name, attempts)
        record_property(PROPERTY, counts)
        assert not wrong, f"{name}: {len(wrong)}\n" + "\n".join(wrong[:20])

    return count


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, which every attempt leaves as it was."""
    return small_project(tmp_path_factory.mktemp("zone") / "project")
