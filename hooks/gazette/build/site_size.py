"""Whether a site is near the size that GitHub Pages takes, and what in it takes the room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from gazette.base.messages import Message, listed, say
from gazette.base.source_files import FileState

LIMIT = 1_000
"""Megabytes that a site on GitHub Pages may have: https://docs.github.com/pages/getting-started-with-github-pages/github-pages-limits"""
NEAR = 900
_MOST = 4
"""So many kinds of file are named, those that take most room."""


def near_limit(states: Mapping[str, FileState]) -> Message | None:
    """What is to be said of a site whose files are in these states; None where it has room to grow."""
    sizes: Counter[str] = Counter()
    for address, (size, _) in states.items():
        sizes[_kind(address)] += size
    if (whole := _megabytes(sizes.total())) < NEAR:
        return None
    largest = listed(f"{kind} {_megabytes(size)} MB" for kind, size in sizes.most_common(_MOST))
    return say("site-near-limit", size=whole, limit=LIMIT, largest=largest)


def _kind(address: str) -> str:
    """The folder that a file is in, where that is one of the build's own; of a page its ending."""
    if address.endswith(".html"):
        return "*.html"
    *folders, _ = address.split("/")
    return (
        "/".join(folders[:2]) + "/" if folders[:1] == ["assets"] else f"{folders[0]}/" if folders else address
    )


def _megabytes(size: int) -> int:
    return round(size / 1_000_000)
