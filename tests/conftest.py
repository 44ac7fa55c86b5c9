"""Projects to load, written into a temporary folder from the texts of their files; the environment of every test."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest

pytest.register_assert_rewrite("tests.expectations")

from tests.expectations import ROOT, TESTS  # noqa: E402

Project = Callable[[Mapping[str, str | bytes | None]], Path]

hypothesis.settings.load_profile("ci")  # The same examples each time, wherever the suite is run.

CALLERS = re.compile(
    "(SITE|REPO)_URL|CI|LANGUAGE|(NO|FORCE)_COLOR|SOURCE_DATE_EPOCH|(GAZETTE|GIT|GITHUB|LC|PAGEFIND)_.*"
)
"""Variables of the caller's that would change what a test finds; only GAZETTE_ARCHIVE is meant for the tests."""
FIXED = {
    "COLUMNS": "80",
    "LANG": "C.UTF-8",
    "TZ": "UTC",
    "PYTHONUTF8": "1",
    "NO_MKDOCS_2_WARNING": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    # A checkout that another user owns may be read: CI's and a container's are such.
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
}


@pytest.fixture(scope="session", autouse=True)
def environment() -> Iterator[None]:
    """The same environment for every test and all that it starts, whoever runs the suite."""
    with pytest.MonkeyPatch.context() as held:
        for name in [*os.environ]:
            if CALLERS.fullmatch(name) and name != "GAZETTE_ARCHIVE":
                held.delenv(name)
        for name, value in FIXED.items():
            held.setenv(name, value)
        yield


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
    """The small project of tests/zones/small with the site's own templates, and with the files given changed."""

    def write(changes: Mapping[str, str | bytes | None]) -> Path:
        return project(
            _files(TESTS / "zones" / "small")
            | _files(ROOT, "overrides/records")
            | _files(ROOT, "overrides/charts")
            | dict(changes)
        )

    return write


def _files(root: Path, folder: str = ".") -> dict[str, str | bytes | None]:
    files = (file for file in (root / folder).rglob("*") if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
