"""What was read of each file of records and pages, kept under the hash of its bytes: nothing is parsed twice.

A snapshot has everything; beside it stands what has changed since, so that little is written after an edit.
"""

from __future__ import annotations

import gc
import pickle
from pathlib import Path
from typing import Any

from gazette.base import cache_folder
from gazette.base.source_files import HASHES, KEPT

_SNAPSHOT, _CHANGES = "snapshot", "changes"
_CHUNK = 500
"""So many files are packed together: what they share is kept once, and no more than that is held twice."""
_MOST_CHANGES = 0.05
"""The share of files beyond which a new snapshot is written."""

Parsed = dict[str, tuple[str, Any]]


class ParsedFiles:
    """What was read of files, by path, with the hash of what they held."""

    def __init__(self, root: Path | None = None) -> None:
        """Open what is kept below the project at `root`; without a root nothing is kept."""
        self._folder = root / KEPT if root else None
        self._names = tuple(f"{kind}-{cache_folder.code_hash()}.pickle" for kind in (_SNAPSHOT, _CHANGES))
        kept, changes = (_read(self._folder / name) if self._folder else {} for name in self._names)
        self._snapshot = {path: found[0] for path, found in kept.items()}
        self._before = kept | changes
        self._now: Parsed = {}

    def get(self, path: str, digest: str) -> Any:
        """What the file at `path`, of this hash, says; None where that is not known."""
        before = self._before.pop(path, None)
        if before is None or before[0] != digest:
            return None
        self._now[path] = before
        return before[1]

    def put(self, path: str, digest: str, found: object) -> None:
        """Keep what a file says that has no mistakes."""
        self._now[path] = digest, found

    def save(self) -> None:
        """Keep what was read this time."""
        if self._folder is None:
            return
        snapshot = self._snapshot
        changed = {path: found for path, found in self._now.items() if snapshot.get(path) != found[0]}
        if len(changed) + len(snapshot.keys() - self._now.keys()) > _MOST_CHANGES * len(self._now):
            _write(self._folder, self._names[0], self._now)
            changed = {}
        _write(self._folder, self._names[1], changed)
        cache_folder.prune(self._folder, {HASHES, *self._names})


def _read(file: Path) -> Parsed:
    """What a file has; nothing where there is none, or it is damaged."""
    found: Parsed = {}
    opened = cache_folder.open_checked(file)
    if opened is None:
        return found
    was_on = gc.isenabled()
    gc.disable()  # Much is made at once, and none of it is garbage.
    try:
        with opened:
            while opened.peek(1):
                found.update(pickle.load(opened))
    finally:
        if was_on:
            gc.enable()
    return found


def _write(folder: Path, name: str, parsed: Parsed) -> None:
    paths = list(parsed)
    chunks = (paths[start : start + _CHUNK] for start in range(0, len(paths), _CHUNK))
    packed = b"".join(pickle.dumps({path: parsed[path] for path in chunk}, 5) for chunk in chunks)
    cache_folder.write_checked(folder, name, packed)
