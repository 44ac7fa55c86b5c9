"""Whether everything that a built site links to is there; it reads the files as a host would serve them."""

from __future__ import annotations

import difflib
import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sys import intern
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import NOTHING, Refused, say
from gazette.outputs.link_check.external import gone, unanswered
from gazette.outputs.link_check.reading import Unreadable, read

__all__ = ["Links", "follow", "gone", "unanswered"]

_SHOWN = 10
"""How many places of one dead link are named."""


@dataclass(frozen=True)
class Links:
    """What became of the links of a site: how many files and links it has, what is dead, what leads to other hosts."""

    files: int
    count: int
    dead: tuple[Diagnostic, ...]
    external: Mapping[str, Position]


def follow(folder: Path, address: str) -> Links:
    """Every link of the site in `folder`, which is served at `address`; "" where that is not known.

    Without an address a link that names a host is taken to lead to another. Raises Refused where no site is.
    """
    if not (folder / "index.html").is_file():
        raise Refused("no-built-site", folder=folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    base = f"{address.rstrip('/')}/" if address else "http://site.invalid/"
    resolved = lru_cache(maxsize=100_000)(_resolved)
    ids: dict[str, frozenset[str]] = {}
    named: dict[tuple[str, str], list[Position]] = {}
    often: Counter[tuple[str, str]] = Counter()
    external: dict[str, Position] = {}
    dead: list[Diagnostic] = []
    count = 0
    # What the search keeps are words, and pages by their address below the root: no links.
    for name in sorted(name for name in files if not name.startswith("search/")):
        path = f"{folder.as_posix()}/{name}"
        try:
            found = read(name, (folder / name).read_text(encoding="utf-8"), address and base)
        except UnicodeDecodeError:  # A picture.
            continue
        except Unreadable as error:
            line, column, why = error.args
            dead.append(Diagnostic(Position(path, line, column), "unreadable-file", {"reason": why}))
            continue
        ids[name] = frozenset(map(intern, found.ids))
        count += len(found.links)
        for target, line, column in found.links:
            if target.startswith("#") and target[1:] in found.ids:
                continue
            place = Position(path, line, column)
            match resolved(base, posixpath.dirname(name), target):
                case str() as url:
                    external.setdefault(url, place)
                case where, fragment:
                    key = name if target.startswith("#") or not target else where, fragment
                    often[key] += 1
                    if often[key] <= _SHOWN:
                        named.setdefault(key, []).append(place)
    for key, code, values in _dead(named, files, ids, base if address else "/"):
        told = say("named-often", count=often[key]) if often[key] > 1 else NOTHING
        first, *others = named[key]
        dead.append(Diagnostic(first, code, {**values, "often": told}, tuple(others)))
    return Links(len(files), count, tuple(dead), external)


def _resolved(base: str, folder: str, target: str) -> tuple[str, str] | str | None:
    """The path below the site and the fragment that a target means; another host's address; None for what is no file.

    A path that begins with a slash lies outside of the site.
    """
    try:
        whole, fragment = urldefrag(urljoin(urljoin(base, f"{quote(folder)}/" if folder else ""), target))
        parts = urlsplit(whole)
    except ValueError:  # No address at all, such as `http://[`.
        return target, ""
    if parts.scheme not in ("http", "https"):
        return None
    anchor = unquote(fragment).partition(":~:")[0]
    if whole.startswith(base) or f"{whole}/" == base:
        return unquote(parts.path).removeprefix(unquote(urlsplit(base).path).rstrip("/")).lstrip("/"), anchor
    if urlsplit(target).netloc:
        return whole
    return unquote(parts.path), anchor


def _dead(
    named: Iterable[tuple[str, str]], files: set[str], ids: Mapping[str, frozenset[str]], base: str
) -> Iterator[tuple[tuple[str, str], str, dict[str, str]]]:
    """Those of `named` that lead nowhere, each with the code of what is said of it and its values."""
    beside = grouped((key, address) for address in map(_shown, sorted(files)) for key in _keys(address))
    for path, anchor in named:
        file = _file(path, files)
        if file is None:
            candidates = [address for key in _keys(path) for address in beside.get(key, ())]
            close = difflib.get_close_matches(path, candidates, 1)
            values = {"address": path.lstrip("/"), "near": f"{base}{close[0]}" if close else ""}
            yield (path, anchor), "dead-link", values
        elif anchor not in ("", "top") and file.endswith(".html") and anchor not in ids.get(file, {anchor}):
            close = difflib.get_close_matches(anchor, ids[file], 1)
            near = f"{base}{_shown(file)}#{close[0]}" if close else ""
            yield (path, anchor), "dead-anchor", {"address": _shown(file), "anchor": anchor, "near": near}


def _file(path: str, files: set[str]) -> str | None:
    """The file that a host gives for a path; a folder gives its index.html."""
    if path in files:
        return path
    index = f"{path.rstrip('/')}/index.html".lstrip("/") if not path.startswith("/") else path
    return index if index in files else None


def _shown(file: str) -> str:
    """The address of a file, as a link would name it."""
    return file.removesuffix("index.html")


def _keys(address: str) -> tuple[str, str]:
    """The folder of an address and its last name: what shares one of them may have been meant."""
    folder, _, name = address.strip("/").rpartition("/")
    return f"{folder}/", name
