"""A new zone is a complete project: it is checked as on main, inspected and built as it was made, and nothing of it is another's."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.locks import LOCK
from gazette.editing.new_zone import NewZone, Refused, new_zone
from tests.expectations import ROOT
from tests.site.conftest import Zone

SAMPLE = NewZone(
    "样例记事",
    'The "Sample" Record: one',
    "一个园区的公开记录",
    "A public record of a zone",
    accent="#1a4f9c",
)


def gazette(root: Path, *arguments: str) -> str:
    """What a command of the new project's own copy of the package says; it must succeed."""
    done = subprocess.run(
        [sys.executable, "-m", "gazette.cli", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "hooks"), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_zone_is_checked_inspected_and_built_as_it_was_made(tmp_path: Path) -> None:
    made = Zone(tmp_path / "zone")
    new_zone(made.root, SAMPLE, ROOT)
    assert "0 pending" in gazette(made.root, "check", "--final")
    assert "0 warnings" in gazette(made.root, "inspect")
    done = made.build()
    assert done.status == 0, done.said
    assert "样例记事" in made.page("")
    assert "The &#34;Sample&#34; Record: one" in made.page("en")
    for url, why in (("alliances", "本站刚刚建立"), ("en/news", "has recorded nothing yet")):
        assert why in made.page(url)
    gazette(made.root, "links")
    assert {path.name for path in (made.root / "data").iterdir()} == {
        "README.md", "evidence.lock.yml", "figures.lock.yml", "ids.lock.yml", "units",
    }  # fmt: skip
    engine = {path.relative_to(ROOT) for path in (ROOT / "hooks").rglob("*.py")}
    assert engine <= {path.relative_to(made.root) for path in (made.root / "hooks").rglob("*.py")}
    for name in (
        "Makefile",
        "pyproject.toml",
        "requirements.lock",
        ".github/workflows/publish.yml",
        "tests",
        "bench",
    ):
        assert (made.root / name).exists()


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="is not empty"):
        new_zone(tmp_path, SAMPLE, ROOT)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_repository_it_is_not_known_what_the_engine_is(tmp_path: Path) -> None:
    (tmp_path / "engine").mkdir()
    with pytest.raises(Refused, match="no git repository"):
        new_zone(tmp_path / "zone", SAMPLE, tmp_path / "engine")
    assert not (tmp_path / "zone").exists()


@pytest.mark.parametrize(
    ("zone", "code"),
    [(replace(SAMPLE, accent="#e0d080"), "contrast"), (replace(SAMPLE, accent="blue"), "not-a-colour"),
     (replace(SAMPLE, site_name_en=""), "empty-text")],
)  # fmt: skip
def test_what_could_not_be_published_is_refused_before_anything_is_written(
    tmp_path: Path, zone: NewZone, code: str
) -> None:
    with pytest.raises(ContentError) as refused:
        new_zone(tmp_path / "zone", zone, ROOT)
    assert code in {problem.code for problem in refused.value.diagnostics}
    assert not (tmp_path / "zone").exists()


def test_a_lock_without_figures_can_be_read_again(zone: Zone) -> None:
    content = replace(load(zone.root)[0], records={})
    zone.write(LOCK, locks.render(content))
    assert not [problem for problem in load(zone.root)[1] if problem.at.path == LOCK]
