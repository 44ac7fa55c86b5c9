"""Where a site may stand: nowhere among what a project has, and in the place of nothing that no build has made."""

from __future__ import annotations

import os
from pathlib import Path

from gazette.base import cache_folder
from gazette.base.files import WRITTEN
from gazette.base.messages import Refused
from gazette.build import output

_OF_PROJECT = (*WRITTEN, "hooks", ".git", cache_folder.FOLDER)
"""The folders of a project that no site may stand in."""


def is_of_project(root: Path, folder: Path) -> bool:
    """Whether a folder is, or stands in, one that the project at `root` needs for itself."""
    return any(is_within(folder, root / name) for name in _OF_PROJECT)


def is_within(folder: Path, other: Path) -> bool:
    """Whether a folder, where links lead to, is another or stands in it."""
    return Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(other))


def need_place(root: Path, target: Path) -> None:
    """Raises Refused where the site would take the place of what no build has made, or stand among what the project has."""
    if is_of_project(root, target):
        raise Refused("site-in-project", folder=target)
    if not os.path.lexists(target) or (target.is_dir() and output.was_built(root, target)):
        return
    is_site = any((target / name).is_file() for name in ("index.html", "404.html"))
    if not target.is_dir() or (output.file_states(target) and not is_site):
        raise Refused("site-place-taken", folder=target)
