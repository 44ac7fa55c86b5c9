"""What git tells of a project: its files, and when each last changed: the same commit gives the same dates."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from gazette.base.diagnostics import Diagnostic, Position


def last_changed(root: Path) -> Mapping[str, str]:
    """Each file's path relative to `root`, and the day of its last commit as YYYY-MM-DD.

    Empty where there is no history to read: outside a git repository, without git, and in a shallow clone,
    whose oldest commit would claim every file.
    """
    if run_git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    dates: dict[str, str] = {}
    day = ""
    form = ("--format=%x00%cs", "--name-only", "--no-renames", "--relative", "-z")
    log = run_git(root, "log", *form, "--", ".")
    for entry in log.replace("\n", "\0").split("\0"):
        if len(entry) == 10 and entry[4] == entry[7] == "-" and entry.replace("-", "").isdigit():
            day = entry
        elif entry:
            dates.setdefault(entry, day)
    return dates


def head(root: Path) -> str:
    """The commit that is checked out, and whether its history is whole; empty where there is none."""
    return run_git(root, "rev-parse", "HEAD", "--is-shallow-repository")


def without_git(root: Path) -> list[Diagnostic]:
    """What is to be said where there is a history, but no git to read it with: pages would lose their dates."""
    found = next((folder for folder in (root, *root.resolve().parents) if (folder / ".git").exists()), None)
    if found is None or shutil.which("git"):
        return []
    return [Diagnostic(Position((found / ".git").as_posix()), "no-git")]


def tracked_files(root: Path) -> tuple[str, ...]:
    """The path of each file that belongs to the checkout at `root`; none where that is no git repository."""
    return tuple(filter(None, run_git(root, "ls-files", "-z").split("\0")))


def run_git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it fails, or is not there."""
    try:
        command = ["git", *arguments]
        said = subprocess.run(command, cwd=root, capture_output=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.decode("utf-8", errors="replace")
