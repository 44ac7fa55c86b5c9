"""What git tells of a project: its files, and when each was published and last changed: the same commit gives the same days."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from gazette.base import cache_folder
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Message, Refused, say

KEPT = f"{cache_folder.FOLDER}/history.json"
"""The file of a project that keeps what its history told, and up to which commit."""

_AS_PUBLISHED = ("-m", "--first-parent")
"""A branch is taken as one step, on the day on which it was merged: what is on it was not published before."""
_DRAFT = "^draft:"
"""A line that holds a page back."""


class History(NamedTuple):
    """By the path of each file, relative to the project: the day of its last commit, and that on which it was published, as YYYY-MM-DD.

    A file was published when it came to the branch that is built; where it was a draft, when it was one no more.
    """

    changed: Mapping[str, str] = {}
    published: Mapping[str, str] = {}


def history(root: Path, *, keep: bool = False) -> History:
    """What the history of a project tells.

    Nothing where there is no history to read: outside a git repository, without git, and in a shallow clone,
    whose oldest commit would claim every file. With `keep` only the commits since the last time are read, where they
    follow one another.
    """
    commit, _, shallow = head(root).partition("\n")
    if shallow.strip() != "false":
        return History()
    before, known = _kept(root) if keep else ("", History())
    if before != commit:
        since = f"{before}..{commit}" if before and _is_chain(root, before, commit) else commit
        known = _continued(root, since, known if since != commit else History())
        if keep:
            told = json.dumps([commit, *known]).encode()
            cache_folder.write_checked(root / cache_folder.FOLDER, Path(KEPT).name, told)
    return known


def _kept(root: Path) -> tuple[str, History]:
    kept = cache_folder.read_checked(root / KEPT)
    commit, *days = json.loads(kept) if kept else ("",)
    return commit, History(*days)


def _is_chain(root: Path, first: str, last: str) -> bool:
    """Whether each commit after the first has one parent, up to the last: of others git itself must tell the order."""
    steps = [line.split() for line in run_git(root, "rev-list", "--parents", f"{first}..{last}").splitlines()]
    return bool(steps) and all(len(step) == 2 for step in steps) and steps[-1][1] == first


def _continued(root: Path, since: str, known: History) -> History:
    """What was known, and what some commits after it tell."""
    added = _dates(root, since, *_AS_PUBLISHED, "--diff-filter=A", "--reverse")
    released = _dates(root, since, *_AS_PUBLISHED, "-G", _DRAFT)
    return History({**known.changed, **_dates(root, since)}, {**added, **known.published, **released})


def _dates(root: Path, since: str, *asked: str) -> dict[str, str]:
    """The day of the first of some commits, as they are asked for, that has each file."""
    dates: dict[str, str] = {}
    day = ""
    form = ("--format=%x00%cs", "--name-only", "--no-renames", "--relative", "-z")
    log = run_git(root, "log", *form, *asked, since, "--", ".")
    for entry in log.replace("\n", "\0").split("\0"):
        if len(entry) == 10 and entry[4] == entry[7] == "-" and entry.replace("-", "").isdigit():
            day = entry
        elif entry:
            dates.setdefault(entry, day)
    return dates


def head(root: Path) -> str:
    """The commit that is checked out, and whether its history is whole; empty where there is none."""
    return run_git(root, "rev-parse", "HEAD", "--is-shallow-repository")


def is_shallow(root: Path) -> bool:
    """Whether older commits were left out when the repository was cloned."""
    return run_git(root, "rev-parse", "--is-shallow-repository").strip() == "true"


def without_git(root: Path) -> list[Diagnostic]:
    """What is to be said where there is a history, but no git to read it with: pages would lose their dates."""
    found = _repository(root)
    if found is None or shutil.which("git"):
        return []
    return [Diagnostic(Position((found / ".git").as_posix()), "no-git")]


def without_dates(root: Path) -> Message | None:
    """What is to be said where git is there and yet does not tell when files changed: pages leave their dates out."""
    found = _repository(root)
    if found is None or not shutil.which("git"):
        return None
    if is_shallow(root):
        return say("shallow-history")
    refused = _run(root, "rev-parse", "--git-dir")
    if refused is None or not refused.returncode:
        return None
    reason = refused.stderr.decode("utf-8", errors="replace").partition("\n")[0]
    return say("history-refused", reason=reason, folder=found.resolve().as_posix())


def _repository(root: Path) -> Path | None:
    return next((folder for folder in (root, *root.resolve().parents) if (folder / ".git").exists()), None)


def tracked_files(root: Path) -> tuple[str, ...]:
    """The path of each file that belongs to the checkout at `root`; none where that is no git repository."""
    return tuple(filter(None, run_git(root, "ls-files", "-z").split("\0")))


def changed_files(root: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """The files below some paths that differ from the commit that is checked out, new and removed ones among them."""
    below = ("--", *paths)
    differ = run_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", "HEAD", *below)
    new = run_git(root, "ls-files", "--others", "--exclude-standard", "-z", *below)
    return tuple(sorted({*filter(None, (differ + new).split("\0"))}))


def do_git(root: Path, *arguments: str) -> str:
    """What git prints; raises Refused with git's own words where it fails, or is not there."""
    done = _run(root, *arguments)
    if done is None or done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip() if done else ""
        raise Refused("git-failed", *said.splitlines()[-3:], command=f"git {arguments[0]}")
    return done.stdout.decode("utf-8", errors="replace")


def run_git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it fails, or is not there."""
    done = _run(root, *arguments)
    return "" if done is None or done.returncode else done.stdout.decode("utf-8", errors="replace")


def _run(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes] | None:
    """What came of git; None where it is not there, or does not end."""
    try:
        # Nobody sits at a terminal to be asked for a password.
        quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
        return subprocess.run(
            ["git", *arguments],
            cwd=root,
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=60,
        )
    except (OSError, subprocess.SubprocessError):
        return None
