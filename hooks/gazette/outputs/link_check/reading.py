"""What a file of a built site refers to, with places: pages, feeds, sitemaps, JSON, style sheets, plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin
from xml.parsers import expat


class Link(NamedTuple):
    """An address as a file has it, and where; line and column count from 1."""

    target: str
    line: int
    column: int


@dataclass(frozen=True)
class Reading:
    """What a file refers to, and the names that a fragment may lead to in it."""

    links: tuple[Link, ...]
    ids: frozenset[str] = frozenset()


class Unreadable(Exception):
    """A file that is not what its ending says; the place and what is wrong with it."""

    def __init__(self, line: int, column: int, why: str) -> None:
        super().__init__(why)
        self.line, self.column = line, column


def read(name: str, text: str, address: str) -> Reading:
    """The links of a file by its ending; `address` is the site's, or "" where it is not known. Raises Unreadable."""
    reader = _READERS.get(name.rpartition(".")[2].lower())
    return reader(text, address) if reader else Reading(())


_ADDRESSES = {"href", "src", "poster", "action", "xlink:href"}
_SETS = {"srcset", "imagesrcset"}
_SHARED = {"og:url", "og:image", "og:image:url", "og:image:secure_url", "twitter:image"}
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?(?P<target>[^'\"]*)", re.IGNORECASE)
_CANDIDATE = re.compile(r"[^\s,]\S*[^\s,]")
_DESCRIPTOR = re.compile(r"[\d.]+[wx]")
_URL = re.compile(r"url\(\s*(['\"]?)(?P<target>.*?)\1\s*\)", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class _Page(HTMLParser):
    """The links and ids of HTML."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[Link] = []
        self._address = address
        self._raw = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if not value:
                if name == "href" and tag == "a":
                    self._add("")
            elif name == "id" or (name == "name" and tag == "a"):
                self.ids.add(value)
            elif name in _ADDRESSES or (name == "data" and tag == "object"):
                self._add(value)
            elif name in _SETS:
                for candidate in _CANDIDATE.findall(value):
                    if not _DESCRIPTOR.fullmatch(candidate):
                        self._add(candidate)
            elif name == "style":
                self._style(value)
        if tag == "meta":
            self._meta(dict(attrs))
        elif tag == "script":
            self._raw = "json" if dict(attrs).get("type") == "application/ld+json" else ""
        elif tag == "style":
            self._raw = "css"

    def handle_data(self, data: str) -> None:
        if self._raw == "json":
            line, column = self.getpos()
            found = _json_links(_loaded(data, line - 1), data, self._address)
            self.links += (
                Link(target, line + below - 1, there if below > 1 else column + there)
                for target, below, there in found
            )
        elif self._raw == "css":
            self._style(data)

    def handle_endtag(self, _tag: str) -> None:
        self._raw = ""

    def _add(self, target: str) -> None:
        line, column = self.getpos()
        self.links.append(Link(target.strip(), line, column + 1))

    def _style(self, text: str) -> None:
        for found in _URL.finditer(text):
            self._add(found["target"])

    def _meta(self, attributes: Mapping[str, str | None]) -> None:
        content = attributes.get("content") or ""
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            if found := _REFRESH.match(content):
                self._add(found["target"])
        elif (attributes.get("property") or attributes.get("name")) in _SHARED:
            self._add(content)


def _html(text: str, address: str) -> Reading:
    page = _Page(address)
    page.feed(text)
    page.close()
    return Reading(tuple(page.links), frozenset(page.ids))


_LOCATIONS = {"loc", "link", "icon", "logo", "uri", "url", "docs"}
_MARKUP = {"content", "summary", "description", "encoded"}


class _Element(NamedTuple):
    """An open element: its name without a prefix, what its addresses are relative to, where it begins."""

    name: str
    attributes: Mapping[str, str]
    base: str
    line: int
    column: int


class _Tree:
    """The links of XML: of a sitemap, an Atom or RSS feed, a drawing; also in HTML that a feed carries as text."""

    def __init__(self, address: str) -> None:
        self.links: list[Link] = []
        self._address = address
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.ProcessingInstructionHandler = self._instruction
        self._open: list[_Element] = []
        self._text = ""

    def feed(self, text: str) -> None:
        try:
            self._parser.Parse(text, True)
        except expat.ExpatError as error:
            raise Unreadable(error.lineno, error.offset + 1, expat.ErrorString(error.code)) from error

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        base = urljoin(self._open[-1].base if self._open else "", attributes.get("xml:base", ""))
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        self._open.append(_Element(name.rpartition(":")[2], attributes, base, line, column))
        self._text = ""
        for attribute in ("href", "xlink:href", "src", "url"):
            if attribute in attributes:
                self._add(attributes[attribute])

    def _data(self, text: str) -> None:
        self._text += text

    def _end(self, _name: str) -> None:
        element, text = self._open[-1], self._text.strip()
        if element.name in _LOCATIONS and text:
            self._add(text)
        elif element.name in _MARKUP and element.attributes.get("type", self._kind) == "html":
            for link in _html(text, self._address).links:
                self._add(link.target)
        self._open.pop()
        self._text = ""

    def _instruction(self, _target: str, data: str) -> None:
        if found := re.search(r"href=(['\"])(.*?)\1", data):
            place = self._parser
            self.links.append(Link(found[2], place.CurrentLineNumber, place.CurrentColumnNumber + 1))

    @property
    def _kind(self) -> str:
        """What text without a type is: HTML in RSS, words in Atom."""
        return "html" if self._open[0].name == "rss" else "text"

    def _add(self, target: str) -> None:
        element = self._open[-1]
        self.links.append(Link(urljoin(element.base, target), element.line, element.column))


def _xml(text: str, address: str) -> Reading:
    tree = _Tree(address)
    tree.feed(text)
    return Reading(tuple(tree.links))


_FIELDS = {
    "url", "href", "home_page_url", "feed_url", "next_url", "external_url", "image", "banner_image", "icon", "favicon",
    "avatar", "src", "start_url",
}  # fmt: skip
"""The fields of JSON that hold an address, be it relative."""


def _json(text: str, address: str) -> Reading:
    return Reading(tuple(_json_links(_loaded(text), text, address)))


def _loaded(text: str, lines_before: int = 0) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(lines_before + error.lineno, error.colno, error.msg) from error


def _json_links(data: Any, text: str, address: str) -> Iterator[Link]:
    """The addresses in JSON: in its fields for addresses, paths of a data package, HTML of a feed, any of the site."""
    for keys, value in _strings(data, ()):
        key = keys[-1] if keys else ""
        if key == "content_html":
            targets = [link.target for link in _html(value, address).links]
        elif key in _FIELDS or keys[:1] + keys[-1:] == ("resources", "path"):
            targets = [value]
        else:
            targets = [value] if address and value.startswith(address) else []
        if targets:
            written = (json.dumps(value, ensure_ascii=False), json.dumps(value))
            offset = next((place for form in written if (place := text.find(form)) >= 0), 0)
            yield from (Link(target, *_place(text, offset)) for target in targets)


def _strings(data: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text in JSON with the keys that lead to it."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*keys, key))
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value, keys)


def _css(text: str, _address: str) -> Reading:
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return Reading(
        tuple(Link(found["target"], *_place(text, found.start())) for found in _URL.finditer(bare))
    )


def _text(text: str, address: str) -> Reading:
    """Addresses of the site in plain text, such as the sitemap's in robots.txt."""
    found = re.finditer(rf"{re.escape(address)}[^\s<>()\"'，。；）]*", text) if address else ()
    return Reading(tuple(Link(link[0].rstrip(".,;"), *_place(text, link.start())) for link in found))


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_READERS: Mapping[str, Callable[[str, str], Reading]] = {
    "html": _html, "htm": _html, "xml": _xml, "atom": _xml, "rss": _xml, "xsl": _xml, "svg": _xml, "json": _json,
    "webmanifest": _json, "css": _css, "txt": _text, "md": _text, "ics": _text,
}  # fmt: skip
