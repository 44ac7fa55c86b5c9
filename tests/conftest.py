"""Projects to load, written into a temporary folder from the texts of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.expectations")

from tests.expectations import ROOT, TESTS  # noqa: E402

Project = Callable[[Mapping[str, str | bytes | None]], Path]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Write a project from its files' paths and texts; returns its root. A file whose text is None is left out."""

    def write(files: Mapping[str, str | bytes | None]) -> Path:
        for path, text in files.items():
            if text is not None:
                file = tmp_path / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return tmp_path

    return write


@pytest.fixture
def small(project: Project) -> Project:
    """The small project of tests/cases/small with the site's own templates, and with the files given changed."""

    def write(changes: Mapping[str, str | bytes | None]) -> Path:
        return project(
            _files(TESTS / "cases" / "small")
            | _files(ROOT, "overrides/records")
            | _files(ROOT, "overrides/charts")
            | dict(changes)
        )

    return write


def _files(root: Path, folder: str = ".") -> dict[str, str | bytes | None]:
    files = (file for file in (root / folder).rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
