"""The hashes of all files of a built site, and whether a mirror of the site serves just these files."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import posixpath
import re
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPException
from io import BufferedIOBase
from multiprocessing.pool import ThreadPool
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from gazette.base.messages import Refused, say

FILE = "integrity.json"
"""At the root of a site; it lists all files but itself."""
_AT_ONCE = 8
"""So many addresses are asked at once, and none any more once so many had no answer in time."""
_SILENCE, _PATIENCE = 30, 600
"""Seconds that a host may be silent, and that all of one file may take: whoever sends a byte now and then holds up nobody."""
_LONGEST = 200
"""Characters that are told of what a host says."""
_TYPES = {
    ".html": {"text/html"},
    ".css": {"text/css"},
    ".js": {"text/javascript", "application/javascript", "application/x-javascript"},
}
"""What a browser is to be told of files that it would not show, or use, as anything else."""
_SHA256 = re.compile("[0-9a-f]{64}")
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
        found = {name: FileHash(of["size"], of["sha256"]) for name, of in listed.items()}
        if "index.html" in found and all(_is_listed(name, of) for name, of in found.items()):
            return found
    except (OSError, ValueError, AttributeError, TypeError, KeyError, RecursionError):
        pass
    raise Refused("no-list-of-hashes", file=file)


def _is_listed(name: str, of: FileHash) -> bool:
    """Whether a list that `as_json` writes may say this of a file."""
    return (
        name.isprintable()  # And so without half a character, which no address can have.
        and posixpath.normpath(name) == name
        and name.partition("/")[0] not in ("", ".", "..")
        and type(of.size) is int
        and of.size >= 0
        and bool(_SHA256.fullmatch(of.sha256))
    )


def differences(address: str, files: Mapping[str, FileHash]) -> dict[str, str]:
    """The addresses below `address` that do not give the file that is listed, each asked for as a reader would, and why.

    Raises Refused where `address` is none. What is not asked because too much had no answer in time has one entry.
    """
    base = _base(address)
    found: dict[str, str] = {}
    begun: dict[str, float] = {}

    def ask(url: str, of: FileHash) -> str | None:
        begun[url] = time.monotonic()
        return _difference(url, of)

    unanswered = say("no-whole-answer", seconds=_PATIENCE).on_one_line
    with ThreadPool(
        _AT_ONCE
    ) as pool:  # Its threads, unlike those of an executor, hold up the end of no process.
        asked = {_address(base, name): of for name, of in files.items()}
        answers = {url: pool.apply_async(ask, (url, of)) for url, of in asked.items()}
        late = 0
        for number, (url, answer) in enumerate(answers.items(), 1):
            try:
                now = time.monotonic()
                why = answer.get(max(0, begun.get(url, now) + _PATIENCE + _SILENCE - now))
            except (TimeoutError, multiprocessing.TimeoutError):  # The latter where its headers do not end.
                why = unanswered
            late += why == unanswered
            if why is not None:
                found[url] = why
            if late == _AT_ONCE and number < len(answers):
                found[f"{base}*"] = say("not-asked", count=len(answers) - number).on_one_line
                break
    return found


def _base(address: str) -> str:
    try:
        parts = urlsplit(address)
        is_host = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        is_host = False
    if is_host and not (parts.query or parts.fragment):
        path = quote(parts.path.rstrip("/"), safe="/%:@!$&'()*+,;=~")
        return parts._replace(path=f"{path}/").geturl()
    raise Refused("not-a-mirror", address=address)


def _address(base: str, name: str) -> str:
    folder, _, last = name.rpartition("/")
    return base + quote(f"{folder}/".lstrip("/") if last == "index.html" else name)


def _difference(url: str, listed: FileHash) -> str | None:
    """Why an address does not give what is listed; raises TimeoutError where no whole answer comes in time."""
    try:
        with _OPENER.open(url, timeout=_SILENCE) as answer:
            if _hash(answer, listed.size, time.monotonic() + _PATIENCE) != listed:
                return say("other-content").on_one_line
            return _other_type(url, answer.headers)
    except urllib.error.HTTPError as error:
        return f"HTTP Error {error.code}"
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            raise reason from error
        said = f"{type(error).__name__}: {error}" if isinstance(error, HTTPException) else str(reason)
        return _printable(said) or type(error).__name__


def _other_type(url: str, headers: Message) -> str | None:
    """How a file is served that a browser would not show as it is meant; None where all is well."""
    told, charset = headers.get_content_type(), headers.get_content_charset("utf-8")
    wanted = _TYPES.get(".html" if url.endswith("/") else posixpath.splitext(url)[1])
    if (wanted is None or told in wanted) and charset in ("utf-8", "utf8"):
        return None
    return say("other-type", type=_printable(headers.get("Content-Type", "-"))).on_one_line


def _printable(said: str) -> str:
    """What a host says, as a terminal may show it."""
    return "".join(filter(str.isprintable, said))[:_LONGEST]


def _hash(stream: BufferedIOBase, at_most: int, until: float | None = None) -> FileHash:
    """The hash of what a stream gives, of which no more is read than one piece beyond the bytes that it may have.

    Raises TimeoutError where that takes beyond `until`.
    """
    size, found = 0, hashlib.sha256()
    while size <= at_most and (piece := stream.read1(_PIECE)):
        size += len(piece)
        found.update(piece)
        if until is not None and time.monotonic() > until:
            raise TimeoutError
    return FileHash(size, found.hexdigest())


def _hash_of(file: Path) -> FileHash:
    with file.open("rb") as stream:
        return _hash(stream, file.stat().st_size)


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A mirror that sends a reader elsewhere serves nothing itself."""

    def redirect_request(self, *_: object) -> None:
        """Follow none."""


_OPENER = urllib.request.build_opener(_NoRedirects)
