"""Handing in what was saved: a branch with a commit that is pushed; where that cannot be, a .zip of the changed files."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gazette.base import cache_folder
from gazette.base.files import EDITED
from gazette.base.git import changed_files, do_git, head, run_git
from gazette.base.messages import Refused
from gazette.site.identity import FILE

_PATHS = (*EDITED, FILE)
_BRANCH = "edit-"
"""How the branches begin that the desk makes; on one of these it goes on."""
_WRITTEN = "desk-written.json"
"""The files that the desk has written, for projects without git."""
_REMOVED = "removed.txt"
"""In a .zip, the list of the files that are to be removed."""


def remember(root: Path, paths: Iterable[str]) -> None:
    """Remember that files were written, where no git will tell."""
    found = sorted({*_remembered(root), *paths})
    cache_folder.write_checked(root / cache_folder.FOLDER, _WRITTEN, json.dumps(found).encode())


def _remembered(root: Path) -> list[str]:
    kept = cache_folder.read_checked(root / cache_folder.FOLDER / _WRITTEN)
    return [str(path) for path in json.loads(kept or "[]")]


def can_push(root: Path) -> bool:
    """Whether there is a git that knows where to."""
    return bool(head(root)) and bool(run_git(root, "remote").strip())


def hand_in(root: Path, what: str, today: date) -> str:
    """Commit what has changed and push it, on a branch of its own; returns the branch.

    Raises Refused where there is nothing to hand in, or git fails; what was committed then stays.
    """
    changed = changed_files(root, _PATHS)
    branch = run_git(root, "branch", "--show-current").strip()
    remote = run_git(root, "remote").split()[0]
    ours = branch.startswith(_BRANCH)
    waits = (
        ours and run_git(root, "rev-list", "--count", branch, "--not", f"--remotes={remote}").strip() != "0"
    )
    if not changed and not waits:
        raise Refused("nothing-to-hand-in")
    if not ours:
        branch = _free(root, f"{_BRANCH}{today}")
        do_git(root, "switch", "--create", branch)
    if changed:
        do_git(root, "add", "--all", "--", *changed)
        do_git(root, *_author(root), "commit", "--message", what, "--", *changed)
    do_git(root, "push", "--set-upstream", remote, branch)
    return branch


def main_branch(root: Path) -> str:
    """The branch that edits go into in the end, as far as it is known here; "" where it is not."""
    remote = next(iter(run_git(root, "remote").split()), "")
    named = run_git(root, "symbolic-ref", "--short", f"refs/remotes/{remote}/HEAD").strip()
    here = run_git(root, "branch", "--format=%(refname:short)").split()
    return next((name for name in (named.removeprefix(f"{remote}/"), "main", "master") if name in here), "")


def go_back(root: Path) -> None:
    """Go to the main branch. Raises Refused where there are changes that are not handed in, or git fails."""
    if changed_files(root, _PATHS):
        raise Refused("changes-not-handed-in")
    do_git(root, "switch", main_branch(root))


def _free(root: Path, name: str) -> str:
    """The first of some names that no branch has, here or as far as is known there."""
    known = {
        each.rpartition("/")[2] for each in run_git(root, "branch", "--all", "--format=%(refname)").split()
    }
    number = 2
    while (found := name if number == 2 and name not in known else f"{name}-{number}") in known:
        number += 1
    return found


def _author(root: Path) -> tuple[str, ...]:
    """Who commits, where git was never told: the user of this computer."""
    if run_git(root, "config", "user.email").strip():
        return ()
    user = getpass.getuser()
    return ("-c", f"user.name={user}", "-c", f"user.email={user}@localhost")


def changes(root: Path) -> bytes:
    """A .zip of the files that differ from the last commit, or of all that the desk wrote. Raises Refused where there are none."""
    paths = changed_files(root, _PATHS) if head(root) else _remembered(root)
    if not paths:
        raise Refused("nothing-to-hand-in")
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as packed:
        for path in paths:
            if (root / path).is_file():
                packed.writestr(_entry(path), (root / path).read_bytes())
        if gone := [path for path in paths if not (root / path).exists()]:
            packed.writestr(_entry(_REMOVED), "\n".join(gone) + "\n")
    return made.getvalue()


def _entry(path: str) -> ZipInfo:
    """A file of a .zip, as of a fixed day: the same files make the same .zip."""
    entry = ZipInfo(path)
    entry.compress_type = ZIP_DEFLATED
    return entry
