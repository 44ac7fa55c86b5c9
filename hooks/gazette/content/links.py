"""The links and pictures of a page's body, as an editor wrote them in Markdown and in HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from gazette.base.diagnostics import Position
from gazette.content.calls import CODE, with_made
from gazette.content.front_matter import Markdown

_TARGETS = re.compile(
    rf"(?P<code>{CODE})|\]\(\s*<?(?P<target>[^)\s>]+)|^ {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*<?(?P<defined>[^\s>]+)"
    r"""|(?<=[)\]])\{:?[^{}\n]*?(?<=[\s:{])(?:href|src)=["']?(?P<attribute>[^\s"'}]+)""",
    re.DOTALL | re.MULTILINE,
)
_TAGS = re.compile(
    rf"""(?P<code>{CODE})|<(?:(?P<a>a)|img)\s(?:[^<>"']|"[^"]*"|'[^']*')*?(?<=[\s"'])(?(a)href|src)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'>]+))""",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
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

    def to(self, target: str) -> str:
        """The same to another target."""
        return f"[…]({target})"


def links(body: Markdown) -> Iterator[Link]:
    """The links and pictures of a body, and the targets that it defines, in reading order; none of other sites, none in code."""
    if "](" not in body.text and "]:" not in body.text:
        return
    made = with_made(body, lambda _, __: " ")
    for found in _TARGETS.finditer(made.text):
        kind = next((kind for kind in ("target", "defined", "attribute") if found[kind]), "target")
        written = found[kind]
        if found["code"] or _ELSEWHERE.match(written):
            continue
        path, _, place = written.partition("#")
        yield Link(written, unquote(path), unquote(place), made.position(found.start(kind)))


class HtmlLink(NamedTuple):
    """A link or picture typed as HTML, which is published as it is: its `path` is an address, as seen from that of the page."""

    tag: str
    written: str
    path: str
    place: str
    position: Position

    def file(self, own: str, addresses: Mapping[str, str]) -> str | None:
        """The file of docs/ that it leads to from the page at the address `own`; None where it leads to none."""
        there = posixpath.normpath(posixpath.join(own, self.path.removesuffix("index.html")))
        return addresses.get("" if there == "." else there)

    def to(self, address: str) -> str:
        """The same to another address."""
        return f'<a href="{address}">…</a>' if self.tag == "a" else f'<img src="{address}" alt="…">'


def html_links(body: Markdown) -> Iterator[HtmlLink]:
    """The links and pictures of a body that are typed as HTML, in reading order; none of other sites, none in code."""
    if "<" not in body.text:
        return
    made = with_made(body, lambda _, __: " ")
    for found in _TAGS.finditer(made.text):
        kind = next((kind for kind in ("double", "single", "bare") if found[kind] is not None), "")
        if not kind or _ELSEWHERE.match(written := unescape(found[kind]).strip()):
            continue
        path, _, place = written.partition("#")
        position = made.position(found.start(kind))
        tag = "a" if found["a"] else "img"
        yield HtmlLink(tag, written, unquote(path.partition("?")[0]), unquote(place), position)


def page_links(body: Markdown) -> Iterator[Link]:
    """Those that lead to pages, each by its `.md` file."""
    return (link for link in links(body) if link.path.endswith(".md"))


def address_of(file: str) -> str:
    """The address of a file of docs/ as seen from the site's root, without the slash at its end."""
    below = re.sub("^docs/(?:(?:zh|root)/)?", "", posixpath.normpath(file))
    return re.sub(r"(?:(?:^|(?<=/))index)?\.md$", "", below).rstrip("/")


def relative_address(file: str, own: str) -> str:
    """The address of a file of docs/ as seen from that of another, as HTML has it."""
    relative = posixpath.relpath(address_of(file) or ".", address_of(own) or ".")
    return f"{relative}/" if file.endswith(".md") else relative
