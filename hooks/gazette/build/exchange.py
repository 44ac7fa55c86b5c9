"""Lets two folders take each other's place at once, as Linux can on most of its file systems, and what that needs."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_C = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
_HERE = -100
"""AT_FDCWD: paths are as seen from the working folder."""
_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2(2)."""

UNABLE = {
    getattr(errno, name)
    for name in ("EACCES", "EBUSY", "EINVAL", "EMLINK", "ENOSYS", "ENOTSUP", "EOPNOTSUPP", "EPERM", "EXDEV")
}
"""The errors of a file system that cannot do what it was asked, as apart from one that is full or broken."""


def exchange(one: Path, other: Path) -> None:
    """Let two folders have each other's name, so that at no moment either is missing. Raises OSError."""
    call = getattr(_C, "renameat2", None)
    if call is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))


def link(file: Path, name: Path) -> None:
    """Give a file a second name. Raises OSError."""
    os.link(file, name)


def can_exchange(folder: Path) -> bool:
    """Whether folders can be exchanged where this one is; two are made in it to try."""
    if _C is None:
        return False
    with TemporaryDirectory(dir=folder) as one, TemporaryDirectory(dir=folder) as other:
        try:
            exchange(Path(one), Path(other))
        except OSError:
            return False
    return True


def flush(folder: Path) -> None:
    """Wait until all that was written where this folder is has come to the disk: a power cut then finds it whole."""
    call = getattr(_C, "syncfs", None)
    if call is not None:
        opened = os.open(folder, os.O_RDONLY)
        try:
            call(opened)
        finally:
            os.close(opened)
