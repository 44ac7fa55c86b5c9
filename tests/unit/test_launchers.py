"""The files by which the command is called in a project's folder: what cmd and sh need of them, where neither can be run."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.expectations import ROOT

BATCH = ("start.cmd", "gazette.cmd")


def lines(name: str) -> list[str]:
    return (ROOT / name).read_bytes().decode().split("\r\n")


@pytest.mark.parametrize("name", BATCH)
def test_a_batch_file_has_the_line_ends_of_windows_and_git_keeps_them(name: str) -> None:
    raw = (ROOT / name).read_bytes()
    assert raw.count(b"\n") == raw.count(b"\r\n") > 5
    assert not raw.startswith(b"\xef\xbb\xbf"), "cmd takes a byte-order mark for a command"
    told = subprocess.run(["git", "check-attr", "eol", name], cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.decode().strip() == f"{name}: eol: crlf"


@pytest.mark.parametrize("name", BATCH)
def test_chinese_stands_in_what_is_printed_only_and_after_the_console_is_set_to_utf_8(name: str) -> None:
    found = lines(name)
    utf_8 = next(number for number, line in enumerate(found) if line.startswith("chcp 65001"))
    for number, line in enumerate(found):
        if not line.isascii():
            assert number > utf_8
            assert line.startswith("echo ")
            assert not re.search(r"[&|<>^%!()]", line), "cmd would obey it"


@pytest.mark.parametrize("name", BATCH)
def test_every_label_is_gone_to_and_every_place_gone_to_is_a_label(name: str) -> None:
    found = lines(name)
    labels = [line[1:] for line in found if line.startswith(":")]
    targets = {target for line in found for target in re.findall(r"\bgoto (\w+)", line)}
    assert targets <= {*labels}
    assert len(labels) == len({*labels})
    for label in labels:
        above = next(line for line in reversed(found[: found.index(f":{label}")]) if line)
        assert label in targets or not above.startswith("exit"), f"nothing leads to {label}"


def test_start_installs_what_is_locked_with_its_hashes() -> None:
    text = "\n".join(lines("start.cmd"))
    for lock in re.findall(r"-r (\S+)", text):
        assert (ROOT / lock).is_file()
    installs = re.findall(r"pip install (.*)", text)
    assert installs == [
        "--quiet --require-hashes -r requirements.lock",
        "--quiet --require-hashes -r requirements-edit.lock",
        "--quiet --no-deps -e .",
    ]
    assert "python.org" in text


def test_start_asks_for_the_python_that_the_project_needs() -> None:
    text = "\n".join(lines("start.cmd"))
    [needed] = re.findall(
        r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    assert f"sys.version_info < ({needed[0]}, {needed[1]})" in text
    asked = re.findall(r"3\.\d+", text.partition(" do ")[0])
    assert asked[-1] == ".".join(needed)


def test_the_shell_s_launcher_runs_the_command_of_its_folder_or_says_what_is_missing(tmp_path: Path) -> None:
    launcher = tmp_path / "gazette.sh"
    launcher.write_bytes((ROOT / "gazette.sh").read_bytes())
    launcher.chmod(0o755)
    missing = subprocess.run([launcher, "check"], capture_output=True, check=False)
    assert missing.returncode == 1
    assert "make site" in missing.stderr.decode()
    command = tmp_path / ".venv/bin/gazette"
    command.parent.mkdir(parents=True)
    command.write_text('#!/bin/sh\necho "$PWD" "$@"\nexit 3\n')
    command.chmod(0o755)
    ran = subprocess.run([launcher, "check", "a b"], capture_output=True, check=False, cwd="/")
    assert ran.returncode == 3
    assert ran.stdout.decode() == f"{tmp_path} check a b\n"


def test_git_keeps_the_shell_s_launcher_executable() -> None:
    told = subprocess.run(["git", "ls-files", "-s", "gazette.sh"], cwd=ROOT, capture_output=True, check=True)
    assert told.stdout.startswith(b"100755")
