"""The links and pictures of a page's body, as an editor wrote them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from gazette.base.diagnostics import Position
from gazette.content.calls import CODE, without_calls
from gazette.content.front_matter import Markdown

_TARGETS = re.compile(
    rf"(?P<code>{CODE})|\]\(\s*<?(?P<target>[^)\s>]+)|^ {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<defined>[^\s>]+)",
    re.DOTALL | re.MULTILINE,
)
_ELSEWHERE = re.compile("[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Link(NamedTuple):
    """A link to the site itself: as `written`, the `path` in it and the `place` on the page, both as names; either may be ""."""

    written: str
    path: str
    place: str
    position: Position

    def file(self, folder: str) -> str:
        """The path of the file that it leads to from a file in `folder`."""
        return posixpath.normpath(posixpath.join(folder, self.path))


def links(body: Markdown) -> Iterator[Link]:
    """The links and pictures of a body, and the targets that it defines, in reading order; none of other sites, none in code."""
    if "](" not in body.text and "]:" not in body.text:
        return
    for found in _TARGETS.finditer(without_calls(body.text)):
        kind = "target" if found["target"] else "defined"
        written = found[kind]
        if found["code"] or _ELSEWHERE.match(written):
            continue
        path, _, place = written.partition("#")
        yield Link(written, unquote(path), unquote(place), body.position(found.start(kind)))


def page_links(body: Markdown) -> Iterator[Link]:
    """Those that lead to pages, each by its `.md` file."""
    return (link for link in links(body) if link.path.endswith(".md"))
