"""The suite finds the same whoever runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.expectations import ROOT

HOSTILE = {
    "SITE_URL": "https://caller.example/",
    "REPO_URL": "https://caller.example/repository",
    "GAZETTE_NO_CACHE": "1",
    "GIT_DIR": "/nowhere",
    "GIT_AUTHOR_DATE": "1999-01-01T00:00:00Z",
    "LC_ALL": "C",
    "TZ": "Pacific/Kiritimati",
    "COLUMNS": "20",
    "CI": "true",
    "FORCE_COLOR": "1",
    "SOURCE_DATE_EPOCH": "0",
}
AFFECTED = (
    "tests/site/test_sharing.py::test_without_an_address_nothing_absolute_is_claimed",
    "tests/unit/test_revisions.py::test_each_file_has_the_day_of_its_own_last_commit",
    "tests/unit/test_docs.py::test_documents_name_no_command_that_is_not",
    "tests/unit/test_house.py::test_no_file_is_a_symbolic_link",
)


def test_nothing_of_the_caller_s_environment_changes_what_is_found(tmp_path: Path) -> None:
    """Neither do the settings of the caller's git."""
    (tmp_path / ".gitconfig").write_text("[commit]\n\tgpgsign = true\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist", *AFFECTED],
        cwd=ROOT,
        env={
            **os.environ,
            "HOME": str(tmp_path),
            "GIT_CONFIG_GLOBAL": str(tmp_path / ".gitconfig"),
            **HOSTILE,
        },
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
