"""One build of a project at a time: another waits, and says which process it waits for."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from gazette.base import cache_folder
from gazette.base.messages import Message, say

log = logging.getLogger("gazette")

LOCK = ".build.lock"
"""The file that the system locks for a process, and frees when that ends, however it ends.

It is not in `.cache`, which may be deleted at any time: the next build would lock a new file, and not wait.
"""
BUILDER = f"{cache_folder.FOLDER}/builder"
"""Says who has the lock: on Windows nobody else can read a locked file."""


@contextmanager
def held(root: Path, target: Path) -> Iterator[None]:
    """Hold the lock of the project at `root` while the site is built into `target`.

    It is the project's and not the site's, because builds into different folders share what `.cache` keeps.
    """
    lock = FileLock(root / LOCK, thread_local=False)
    with suppress(Timeout):
        lock.acquire(blocking=False)
    if not lock.is_locked:
        log.info(say("another-build", builder=_builder(root)))
        lock.acquire()
    try:
        builder = root / BUILDER
        cache_folder.write_checked(builder.parent, builder.name, f"{os.getpid()} {target}".encode())
        yield
    finally:
        (root / BUILDER).unlink(missing_ok=True)
        lock.release()


def _builder(root: Path) -> Message:
    told = cache_folder.read_checked(root / BUILDER)
    if told is None:  # It has only just begun.
        return say("builder-unknown")
    process, _, folder = told.decode().partition(" ")
    return say("builder", process=process, folder=folder)
