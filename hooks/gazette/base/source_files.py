"""The files that editors write, listed once; each is read and hashed again only where its state is another."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from gazette.base import cache_folder
from gazette.base.files import EDITED, WRITTEN, list_files

KEPT = f"{cache_folder.FOLDER}/sources"
"""The folder of a project that keeps what was read of its files."""

HASHES = "hashes.json"
"""Its file of the states and hashes of them all."""

FileState = tuple[int, int]
"""A file's size and when it was written, in nanoseconds."""

_TICK = 3_000_000_000
"""Nanoseconds in which a file may be written twice without a file system telling the two apart."""


class SourceFiles:
    """The files of the project at `root`; with `keep` their hashes are kept from one build to the next.

    `since` is the commit that they are to be held against, where there is one.
    """

    def __init__(self, root: Path, *, keep: bool = False, since: str | None = None) -> None:
        self.root, self.keep, self.since = root, keep, since
        self.listed = list_files(root, WRITTEN)

    @cached_property
    def hashes(self) -> dict[str, str]:
        """The hash of each file by its path; of one that cannot be read "", as what needs it will tell."""
        now, known = time.time_ns(), self._known()
        states, found = {}, {}
        for path in self.listed.paths:
            with suppress(OSError):
                state = _state(self.root / path)
                before = known.get(path)
                digest = before[1] if before and before[0] == state else _hash(self.root / path)
                # What was written just now may be written again, and look the same.
                if max(state[1:3]) < now - _TICK:
                    states[path] = state, digest
                found[path] = digest
        if self.keep and states != known:
            cache_folder.write_checked(self.root / KEPT, HASHES, json.dumps(states).encode())
        return {path: found.get(path, "") for path in self.listed.paths}

    def _known(self) -> dict[str, tuple[list[int], str]]:
        kept = cache_folder.read_checked(self.root / KEPT / HASHES) if self.keep else None
        return {path: (state, digest) for path, (state, digest) in json.loads(kept or "{}").items()}


def edited_states(root: Path) -> Mapping[str, FileState]:
    """The state of every file that an editor writes, by its path."""
    states = {path: os.lstat(root / path) for path in list_files(root, EDITED).paths}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}


def _state(file: Path) -> list[int]:
    found = os.lstat(file)
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
