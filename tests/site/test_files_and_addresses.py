"""What the system refuses (a file, an address, a program) ends in a sentence in both languages, never in a traceback.

Tests may run as root, whom no permission binds: where a folder cannot stand in for the file, the error is injected.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import mkdocs.utils
import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from gazette import cli
from gazette.build import build_site, hide
from gazette.content.loader import load
from gazette.content.locks import IDS_LOCK, LOCK
from tests.conftest import Project
from tests.expectations import ENGINE, assert_in_both_languages
from tests.site.conftest import Zone


def in_both_languages(said: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]{4}", said) and re.search("[a-z]+ [a-z]+ [a-z]+", said))


def refuse(patch: pytest.MonkeyPatch, name: str) -> None:
    """Let every file of this name be one that may not be read."""
    read_bytes = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    patch.setattr(Path, "read_bytes", refused)


@pytest.mark.parametrize("path", ["docs/zh/odd.md", LOCK, IDS_LOCK])
def test_a_folder_where_a_file_should_stand_is_told_with_its_place(small: Project, path: str) -> None:
    root = small({path: None, f"{path}/x.txt": "", "docs/en/odd.md": "---\ntitle: Odd\nsummary: Odd.\n---\n"})
    problems = [found for found in load(root)[1] if found.at.path.startswith(path)]
    assert problems
    for problem in problems:
        assert_in_both_languages(problem)


@pytest.mark.parametrize("name", ["data/units/firm.yml", "docs/en/index.md"])
def test_a_file_that_may_not_be_read_is_told_with_its_place(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    refuse(monkeypatch, Path(name).name)
    problems = {str(found.at): found for found in load(zone.root)[1] if found.code == "file-unusable"}
    assert "permission" in problems[f"{name}:1:1"].en
    assert_in_both_languages(problems[f"{name}:1:1"])
    config = load_config(str(zone.root / "mkdocs.yml"), strict=True)
    with pytest.raises(PluginError, match=re.escape(f"{name}:1:1: [file-unusable]")):
        build_site(config, hide(config), drafts=False)


@pytest.mark.parametrize("command", ["build", "check", "inspect"])
def test_settings_that_may_not_be_read(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    refuse(monkeypatch, "mkdocs.yml")
    assert cli.main(["--root", str(zone.root), command]) == 1
    said = capsys.readouterr().err
    assert f"{zone.root}/mkdocs.yml:1:1: [file-unusable]" in said
    assert in_both_languages(said)


def test_a_file_that_only_mkdocs_reads(zone: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(source: str, _target: str) -> None:
        raise PermissionError(13, "Permission denied", source)

    monkeypatch.setattr(mkdocs.utils, "copy_file", refused)
    config = load_config(str(zone.root / "mkdocs.yml"), strict=True)
    with pytest.raises(PluginError, match=r"\[file-unusable\]") as refusal:
        build_site(config, hide(config), drafts=False)
    assert in_both_languages(str(refusal.value))
    assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}


def test_an_address_that_another_program_has(zone: Zone) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", ENGINE, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=zone.root,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert f"预览不能用地址 127.0.0.1:{port}" in said
    assert f"cannot use the address 127.0.0.1:{port}" in said
    assert "Traceback" not in said


def test_a_history_without_git_to_read_it(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (zone.root / ".git").mkdir()
    monkeypatch.setenv("PATH", str(zone.root))
    done = zone.build()
    assert done.status == 1
    assert cli.main(["--root", str(zone.root), "status"]) == 1
    for said in (done.said, capsys.readouterr().err):
        assert "/.git:1:1: [no-git]" in said
        assert in_both_languages(said)
        assert "Traceback" not in said
    assert cli.main(["--root", str(zone.root), "check"]) == 0


def history(root: Path) -> None:
    """Commit the project at `root`, in a repository of its own."""
    as_editor = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org")
    for command in (["init", "-q"], ["add", "."], [*as_editor, "commit", "-q", "-m", "all"]):
        subprocess.run(["git", *command], cwd=root, check=True)


@pytest.mark.parametrize("reason", ["shallow", "foreign"])
def test_a_history_that_does_not_tell_when_files_changed(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], reason: str
) -> None:
    history(zone.root)
    assert zone.build().status == 0
    assert "Last updated: " in zone.page("en/method")
    if reason == "shallow":
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=zone.root, capture_output=True, check=True)
        (zone.root / ".git/shallow").write_bytes(head.stdout)
    else:
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        monkeypatch.setenv("GIT_CONFIG_COUNT", "0")
    done = zone.build()
    assert done.status == 0, done.said
    assert done.said.count("页面上不写最近更新的日期") == 1
    assert done.said.count("pages do not say when they were last updated") == 1
    for page in (zone.page("en/method"), zone.page("method")):
        assert '<footer class="page-foot">' in page
        assert not re.search("Last updated|最近更新|revision|修订", page)
    assert cli.main(["--root", str(zone.root), "status"]) == 0
    assert "pages do not say when they were last updated" in capsys.readouterr().out
