"""Says what a build is doing and how far it is, once that takes longer than a moment."""

from __future__ import annotations

import logging
import sys
import threading
from typing import TextIO

from gazette.base.messages import say

log = logging.getLogger("gazette")

_MOMENT = 2.0
"""Seconds in which a build says nothing."""
_REDRAWN, _REPEATED = 0.2, 10.0
"""Seconds after which a bar on a terminal, or a line elsewhere, follows the one before."""
_WIDTH = 24


class Progress:
    """The stage that a build is in: a bar on a terminal, plain lines in the log elsewhere."""

    def __init__(self, stream: TextIO | None = None, moment: float = _MOMENT) -> None:
        """Draw on `stream`, which is by default where errors go; say nothing for a `moment`, in seconds."""
        self._stream = stream or sys.stderr
        self._moment = moment
        self._stage, self._done, self._total = "", 0, 0
        self._said = ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        if log.isEnabledFor(logging.INFO):
            self._thread.start()

    def stage(self, code: str, total: int = 0) -> None:
        """What is begun, by the code of its message, and of how many pieces it is."""
        self._stage, self._done, self._total = say(code).on_one_line, 0, total

    def step(self) -> None:
        """One piece is done."""
        self._done += 1

    def close(self) -> None:
        """All is done."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        if self._over.wait(self._moment):
            return
        if self._stream.isatty():
            while not self._over.wait(_REDRAWN):
                self._stream.write(f"\r\033[K{_bar(self._stage, self._done, self._total)}")
                self._stream.flush()
            self._stream.write("\r\033[K")
            self._stream.flush()
            return
        waited = 0.0
        while not self._over.wait(_REDRAWN):
            waited += _REDRAWN
            if self._stage != self._said or waited >= _REPEATED:
                self._said, waited = self._stage, 0.0
                log.info("%s", _line(self._stage, self._done, self._total))


def _line(stage: str, done: int, total: int) -> str:
    return f"{stage} {done}/{total}" if total else stage


def _bar(stage: str, done: int, total: int) -> str:
    if not total:
        return f"{stage} …"
    full = _WIDTH * done // total
    return f"[{'#' * full}{'-' * (_WIDTH - full)}] {_line(stage, done, total)}"
