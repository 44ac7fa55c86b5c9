"""Two builds of a project at once: one waits for the other, and the site is that of one build."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock, Timeout
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from gazette.build import build_lock
from tests.expectations import ENGINE
from tests.zones import Zone, adopt

PATIENCE = 120


def begun(zone: Zone, *options: str) -> subprocess.Popen[str]:
    """A build that has begun, in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", ENGINE, "build", "--strict", *options],
        cwd=zone.root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def is_free(root: Path) -> bool:
    """Whether another build could begin."""
    lock = FileLock(root / build_lock.LOCK)
    with lock.acquire(timeout=0):
        return True


def test_two_builds_at_once_leave_the_site_of_one(zone: Zone, tmp_path: Path) -> None:
    alone = adopt(tmp_path / "alone")
    for before, name in itertools.pairwise(("茶业联盟", "茶业联盟", "新茶联盟")):
        for each in (zone, alone):
            file = each.root / "data/alliances/tea.yml"
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(before, name), encoding="utf-8", newline="\n")
        pair = [begun(zone), begun(zone)]
        for status, said in map(ended, pair):
            assert status == 0, said
        assert alone.build().status == 0
        assert name in zone.page("alliances/tea")
        assert zone.published() == alone.published()
        assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}


def test_builds_into_two_folders_at_once_are_the_same(zone: Zone) -> None:
    pair = [begun(zone), begun(zone, "--site-dir", "other")]
    for status, said in map(ended, pair):
        assert status == 0, said
    site = zone.published()
    (zone.root / "site").rename(zone.root / "first")
    (zone.root / "other").rename(zone.root / "site")
    assert zone.published() == site


def test_a_build_that_waits_says_for_whom_and_then_builds_what_stands(zone: Zone) -> None:
    with build_lock.held(zone.root, zone.root / "site"):
        waits = begun(zone)
        said = ""
        while str(os.getpid()) not in said:
            line = waits.stdout.readline() if waits.stdout else ""
            assert line, said
            said += line
        assert f"进程 {os.getpid()}" in said
        said += waits.stdout.readline() if waits.stdout else ""
        assert f"process {os.getpid()}" in said
        zone.edit("data/alliances/tea.yml", "茶业联盟", "新茶联盟")
    status, rest = ended(waits)
    assert status == 0, said + rest
    assert "新茶联盟" in zone.page("alliances/tea")


def test_a_build_that_was_killed_holds_up_no_other(zone: Zone) -> None:
    holds = (
        "import sys, time; from pathlib import Path; from gazette.build import build_lock\n"
        "with build_lock.held(Path(sys.argv[1]), Path('site')): print(flush=True); time.sleep(600)"
    )
    killed = subprocess.Popen([sys.executable, "-c", holds, str(zone.root)], stdout=subprocess.PIPE)
    assert killed.stdout
    killed.stdout.readline()
    killed.kill()
    killed.communicate()
    done = zone.build()
    assert done.status == 0, done.said
    assert "waits" not in done.said


def test_a_build_whose_cache_is_deleted_is_still_waited_for(tmp_path: Path) -> None:
    with build_lock.held(tmp_path, tmp_path / "site"):
        shutil.rmtree(tmp_path / ".cache")
        with pytest.raises(Timeout):
            is_free(tmp_path)
    assert is_free(tmp_path)


def wrong_content(zone: Zone, _patch: pytest.MonkeyPatch) -> None:
    zone.edit("data/alliances/silk.yml", "industry:", "industri:")


def broken_link(zone: Zone, _patch: pytest.MonkeyPatch) -> None:
    zone.edit("docs/en/index.md", "alliances/index.md", "alliances/indx.md")


def interrupted(_zone: Zone, patch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **_options: object) -> None:
        raise KeyboardInterrupt

    patch.setattr("mkdocs.structure.files.Files.copy_static_files", interrupt)


def nothing(_zone: Zone, _patch: pytest.MonkeyPatch) -> None:
    """All is well."""


@pytest.mark.parametrize("happens", [nothing, wrong_content, broken_link, interrupted])
def test_the_next_build_may_begin_however_one_ends(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, happens: Callable[[Zone, pytest.MonkeyPatch], None]
) -> None:
    with monkeypatch.context() as patch:
        happens(zone, patch)
        config = load_config(str(zone.root / "mkdocs.yml"), strict=True)
        try:
            build(config)
        except (Abort, KeyboardInterrupt):
            assert happens is not nothing
        else:
            assert happens is nothing
        finally:
            config.plugins.on_shutdown()  # As MkDocs' own command does.
    assert is_free(zone.root)
    assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}
