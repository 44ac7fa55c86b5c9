"""Bounds of what an attempt may take: two seconds of this process's own time, and 100 MB more than it has."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS, BYTES = 2.0, 100 * 1024 * 1024
STATM = Path("/proc/self/statm")
"""Where Linux tells how much memory a process has."""


class TookTooLong(BaseException):
    """An attempt that was ended; no `except Exception` of what is tried holds it."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raises TookTooLong, or MemoryError, beyond the bounds. Where there is no /proc, nothing is held."""
    if not STATM.exists():
        yield
        return
    import resource

    def end(_: int, __: FrameType | None) -> None:
        raise TookTooLong

    before = signal.signal(signal.SIGVTALRM, end)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = int(STATM.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + BYTES, hard))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        signal.signal(signal.SIGVTALRM, before)
