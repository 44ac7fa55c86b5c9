"""One command measured as a whole process tree: wall and CPU seconds, and its peak memory.

Memory is the proportional set size (PSS) of every process of the tree, summed: what they share counts once. It is read
about every 50 ms, less often where reading takes long. Linux only.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, Self

INTERVAL = 0.05
MOST_OF_A_CORE = 0.05
"""The share of one core that reading the memory may take."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Cost(NamedTuple):
    """What a command took."""

    wall_s: float
    cpu_s: float
    peak_mb: float


class Failed(Exception):
    """A command that did not do what it was measured for: why, in a few words."""


def cost_of(command: Sequence[str], folder: Path, env: Mapping[str, str], limit: float) -> Cost:
    """Run a command to its end; raises Failed where it ends badly or takes more than `limit` seconds."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        late = threading.Timer(limit, end, (process,))
        late.start()
        with Memory(process.pid) as memory:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
        on_time = late.is_alive()
        late.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        if not on_time:
            raise Failed(f"not done after {limit:.0f} s")
        if process.returncode:
            raise Failed(f"ended with {process.returncode}: {last_words(said)}")
    return Cost(wall, used.ru_utime + used.ru_stime, memory.peak_mb)


def last_words(said: IO[bytes]) -> str:
    """The last line that a command printed."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").split("\n")
    return next((line.strip()[:200] for line in reversed(lines) if line.strip()), "nothing was said")


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started in a session of its own, with all its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


class Memory:
    """Watches the memory of a process and its descendants for as long as it is entered."""

    def __init__(self, pid: int) -> None:
        self.peak_mb = 0.0
        self._pid = pid
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def _watch(self) -> None:
        while True:
            start = time.perf_counter()
            self.peak_mb = max(self.peak_mb, sum(map(_pss, tree(self._pid))) / 1e6)
            took = time.perf_counter() - start
            if self._left.wait(max(INTERVAL, took / MOST_OF_A_CORE)):
                return


def tree(pid: int) -> list[int]:
    """A process and all its descendants that are there now."""
    found = [pid]
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with suppress(OSError):
                for child in (thread / "children").read_text().split():
                    found += tree(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """The CPU seconds of a process and its descendants so far, those that have ended included."""
    ticks = 0
    for one in tree(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
            ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def _pss(pid: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
