"""A build in a process of its own to which something happens: it is killed, the disk is full, a folder cannot be written."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.zones import building

LIMIT = 120
"""Seconds after which a build hangs."""
_WRITES = {"open", "os.link", "os.mkdir", "os.rename", "sqlite3.connect"}
_REMOVALS = {"os.remove", "os.rmdir"}
_FOR_WRITING = os.O_WRONLY | os.O_RDWR


class Happens(Enum):
    """What happens to a build."""

    NOTHING = auto()
    KILLED = auto()
    KILLED_IN_INDEX = auto()
    """While it writes the search index: `at` counts what is written there."""
    NO_SPACE = auto()
    READ_ONLY = auto()
    """Nothing below the folder can be written, from the first time on."""


_REFUSALS = {Happens.NO_SPACE: errno.ENOSPC, Happens.READ_ONLY: errno.EROFS}


@dataclass(frozen=True)
class Fault:
    """What happens to a build, at which of its writes below `folder`; `late` so many seconds after it, to be within a write."""

    happens: Happens = Happens.NOTHING
    at: int = 0
    folder: str = "."
    late: float = 0


def begun(root: Path, fault: Fault, said: Path) -> BaseProcess:
    """A build of the project at `root` that has begun; `said` gets its words, and the file beside it how often it wrote, and that into the search index."""
    processes = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        processes.set_forkserver_preload(["__main__", building.__name__, "gazette.build.changed_site"])
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    process = processes.Process(target=_build, args=(root, told, said, fault))
    process.start()
    return process


def ended(process: BaseProcess) -> int | None:
    """The exit status of a build; None where it hangs."""
    process.join(LIMIT)
    if process.exitcode is None:
        process.kill()
        process.join()
        return None
    return process.exitcode


def _build(root: Path, environment: Mapping[str, str], said: Path, fault: Fault) -> None:
    watch = _Watch(root.resolve(), fault)
    sys.addaudithook(watch.event)
    if fault.happens is Happens.READ_ONLY:
        may, folder = os.access, root.resolve() / fault.folder
        os.access = lambda path, mode: (
            may(path, mode)
            and not (  # type: ignore[assignment]
                mode & os.W_OK and Path(path).is_relative_to(folder)
            )
        )
    _watch_index(watch)
    try:
        building._build(root, (), dict(environment), said)
    finally:
        watch.on = False
        said.with_suffix(".writes").write_text(f"{watch.writes} {watch.index_writes}")


def _watch_index(watch: _Watch) -> None:
    from gazette.outputs.search.index import Index

    writes: Callable[[Index, str, str], None] = Index._write

    def watched(index: Index, address: str, told: str) -> None:
        watch.index_written()
        writes(index, address, told)

    Index._write = watched  # type: ignore[method-assign]


class _Watch:
    """Counts what a build writes, and lets happen what is to happen."""

    def __init__(self, root: Path, fault: Fault) -> None:
        self._folder, self._fault = root / fault.folder, fault
        self.writes, self.index_writes, self.on = 0, 0, True

    def event(self, name: str, given: tuple[Any, ...]) -> None:
        """An audit event of Python's."""
        if not self.on:
            return
        written = name in _WRITES and (name != "open" or (given[2] or 0) & _FOR_WRITING)
        if not (written or (name in _REMOVALS and self._fault.happens is not Happens.NO_SPACE)):
            return
        with suppress(TypeError):  # A file descriptor.
            path = Path.cwd() / os.fsdecode(given[1] if name in ("os.link", "os.rename") else given[0])
            if path.is_relative_to(self._folder):
                self._written(path)

    def index_written(self) -> None:
        """One more write of the search index."""
        self.index_writes += 1
        if self._fault.happens is Happens.KILLED_IN_INDEX and self.index_writes == self._fault.at:
            self._die()

    def _written(self, path: Path) -> None:
        self.writes += 1
        fault = self._fault
        if self.writes >= fault.at and fault.happens in _REFUSALS:
            number = _REFUSALS[fault.happens]
            raise OSError(number, os.strerror(number), str(path))
        if fault.happens is Happens.KILLED and self.writes == fault.at:
            self._die()

    def _die(self) -> None:
        kill = partial(os.kill, os.getpid(), signal.SIGKILL)
        threading.Timer(self._fault.late, kill).start() if self._fault.late else kill()
