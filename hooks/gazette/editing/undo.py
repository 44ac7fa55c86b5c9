"""Writes the files that a command changes, all of them or none, and puts the last ones back as they were."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gazette.base.cache_folder import FOLDER, read_checked, write_checked
from gazette.base.files import held, write_all, written
from gazette.base.messages import Refused, listed
from gazette.templates.renderer import render_site

LAST = "undo.json"
"""For each file of the last change, what it was before and the hash of what was written."""


def write(root: Path, files: Mapping[str, bytes | None]) -> list[str]:
    """Write files of a project, by path, and remove those that are None; returns their paths.

    Nothing stays changed where the content would be wrong then. Raises ContentError.
    """
    with undoable(root, files):
        render_site(root, drafts=True)
    return sorted(files)


@contextmanager
def undoable(root: Path, files: Mapping[str, bytes | None]) -> Iterator[None]:
    """Files written for as long as the block does not fail; what they were is kept for `undo`."""
    before = {path: held(root / path) for path in files}
    with written(root, files):
        yield
        changes = {path: (_text(before[path]), _hash(now)) for path, now in files.items()}
        write_checked(root / FOLDER, LAST, json.dumps(changes).encode("utf-8"))


def undo(root: Path) -> list[str]:
    """Put back what the last change wrote; returns the paths.

    Raises Refused where there is none, or where one of its files has been changed since.
    """
    kept = read_checked(root / FOLDER / LAST)
    if kept is None:
        raise Refused("nothing-to-undo")
    changes: dict[str, tuple[str | None, str | None]] = json.loads(kept)
    others = [path for path, (_, now) in changes.items() if _hash(held(root / path)) != now]
    if others:
        raise Refused("changed-since", files=listed(sorted(others)))
    before = {path: None if was is None else base64.b64decode(was) for path, (was, _) in changes.items()}
    write_all(root, before)
    (root / FOLDER / LAST).unlink()
    return sorted(before)


def _text(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode("ascii")


def _hash(raw: bytes | None) -> str | None:
    return None if raw is None else hashlib.sha256(raw).hexdigest()
