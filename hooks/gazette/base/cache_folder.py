"""Files made once and kept in `.cache` by a name that says what they were made from: as they were written, or not there at all."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Collection
from functools import cache, partial
from importlib.metadata import version
from io import BufferedReader
from pathlib import Path

FOLDER = ".cache"
"""At the root of a project; whatever is in it can be deleted at any time and is made again."""

_PART = ".part"
_CHECKSUM = hashlib.sha256().digest_size
_ABANDONED = 3600
"""A file half written that is so many seconds older than the newest one belongs to a build that was killed."""
_PACKAGES = (
    "Jinja2",
    "lxml",
    "Markdown",
    "markdown-it-py",
    "MarkupSafe",
    "mdit-py-plugins",
    "mkdocs-material",
    "nh3",
    "pydantic",
    "pymdown-extensions",
    "python-stdnum",
    "PyYAML",
    "XlsxWriter",
)


@cache
def code_hash() -> str:
    """The hash of this package and of what it stands on, the same wherever it lies: what it has made is good for the same code only."""
    package = Path(__file__).parents[1]
    found = hashlib.sha256(repr([platform.python_version(), *map(version, _PACKAGES)]).encode())
    for file in sorted(package.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            found.update(f"\0{file.relative_to(package).as_posix()}\0".encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:16]


def keep(folder: Path, name: str, data: bytes) -> None:
    """Write a file so that another build, or one that is killed, never meets half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.{os.getpid()}{_PART}"
    try:
        part.write_bytes(data)
        part.replace(folder / name)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def write_checked(folder: Path, name: str, data: bytes) -> None:
    """Keep a file with the checksum of its name and bytes before it.

    Disks lose bytes, a power cut leaves a file shorter than it was written, and whoever copies files about swaps them.
    """
    found = _checksum_of(name)
    found.update(data)
    keep(folder, name, found.digest() + data)


def read_checked(file: Path) -> bytes | None:
    """What `write_checked` wrote; None where there is no such file, or it is not as it was written."""
    opened = open_checked(file)
    if opened is None:
        return None
    with opened:
        return opened.read()


def open_checked(file: Path) -> BufferedReader | None:
    """A file that `write_checked` wrote, open where what was written begins; None where `read_checked` has none."""
    try:
        opened = file.open("rb")
    except OSError:
        return None
    checksum = opened.read(_CHECKSUM)
    if hashlib.file_digest(opened, partial(_checksum_of, file.name)).digest() != checksum:
        opened.close()
        return None
    opened.seek(_CHECKSUM)
    return opened


def _checksum_of(name: str) -> hashlib._Hash:
    return hashlib.sha256(f"{name}\0".encode())


def prune(folder: Path, wanted: Collection[str]) -> None:
    """Remove the files of `folder` that nothing wants any more."""
    written = {file: file.stat().st_mtime for file in folder.iterdir()} if folder.is_dir() else {}
    latest = max(written.values(), default=0.0)
    for file, when in written.items():
        # Another build may be writing at this moment.
        if file.name not in wanted and (file.suffix != _PART or latest - when > _ABANDONED):
            file.unlink(missing_ok=True)
