"""The hashes of all files of a built site, and whether a mirror of the site serves just these files."""

from __future__ import annotations

import hashlib
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import quote

from gazette.base.messages import Refused

FILE = "integrity.json"
"""At the root of a site; it lists all files but itself."""
_AT_ONCE = 8
_TIMEOUT = 30
"""Seconds that a host may be silent."""
_PIECE = 1 << 16
"""Bytes."""


class FileHash(NamedTuple):
    """The size of a file in bytes, and its hash in hexadecimal."""

    size: int
    sha256: str


def hashes(folder: Path) -> dict[str, FileHash]:
    """The files of the site in `folder`, by their path, in order.

    Raises Refused where no site is.
    """
    if not (folder / "index.html").is_file():
        raise Refused("no-built-site", folder=folder)
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: _hash_of(files[name]) for name in sorted(files) if name != FILE}


def as_json(files: Mapping[str, FileHash]) -> str:
    """The list of hashes as it is written: the same for the same site."""
    return json.dumps({name: found._asdict() for name, found in files.items()}, indent=1) + "\n"


def read(file: Path) -> dict[str, FileHash]:
    """A list of hashes. Raises Refused where it is none."""
    try:
        listed = json.loads(file.read_bytes())
        return {str(name): FileHash(int(of["size"]), str(of["sha256"])) for name, of in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError) as error:
        raise Refused("no-list-of-hashes", file=file) from error


def differences(address: str, files: Mapping[str, FileHash]) -> dict[str, str]:
    """The addresses below `address` that do not give the file that is listed, each asked for as a reader would; why, or "" for other content."""
    base = f"{address.rstrip('/')}/"
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda name: (url := _address(base, name), _difference(url, files[name])), files)
        return {url: why for url, why in found if why is not None}


def _address(base: str, name: str) -> str:
    folder, _, last = name.rpartition("/")
    return base + quote(f"{folder}/".lstrip("/") if last == "index.html" else name)


def _difference(url: str, listed: FileHash) -> str | None:
    try:
        with _OPENER.open(url, timeout=_TIMEOUT) as answer:
            return None if _hash(answer, listed.size) == listed else ""
    except urllib.error.HTTPError as error:
        return str(error)
    except (OSError, HTTPException, ValueError) as error:
        return str(getattr(error, "reason", error)) or type(error).__name__


def _hash(stream: IO[bytes], at_most: int) -> FileHash:
    """The hash of what a stream gives, of which no more is read than one piece beyond the bytes that it may have."""
    size, found = 0, hashlib.sha256()
    while size <= at_most and (piece := stream.read(_PIECE)):
        size += len(piece)
        found.update(piece)
    return FileHash(size, found.hexdigest())


def _hash_of(file: Path) -> FileHash:
    with file.open("rb") as stream:
        return _hash(stream, file.stat().st_size)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A mirror that sends a reader elsewhere serves nothing itself."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


_OPENER = urllib.request.build_opener(_NoRedirects)
