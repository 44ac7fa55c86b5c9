"""How a test ends a process that it has started, whatever became of the test."""

from __future__ import annotations

import subprocess

PATIENCE = 10
"""Seconds that a process is given to end by itself."""


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end; one that does not is killed."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
