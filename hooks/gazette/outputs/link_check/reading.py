"""What a file of a built site refers to, with places: pages, feeds, sitemaps, JSON, style sheets, plain text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, NamedTuple
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
    """A file that is not what its ending says: the line and column, and what is wrong there."""


def read(name: str, text: str, address: str) -> Reading:
    """The links of a file by its ending; `address` is the site's, or "" where it is not known. Raises Unreadable."""
    ending = name.rpartition(".")[2].lower()
    if ending == "html":
        page = _html(text, address)
        return Reading(tuple(page.links), frozenset(page.ids))
    reader = _READERS.get(ending)
    return Reading(tuple(reader(text, address)) if reader else ())


_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?(?P<target>[^'\"]*)", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(['\"]?)(?P<target>.*?)\1\s*\)", re.IGNORECASE)


class _Page(HTMLParser):
    """The links and ids of HTML; the links of a sitemap or an Atom feed, also in the HTML that a feed carries as text."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[Link] = []
        self._address = address
        self._holds: str | None = None
        self._begins = (1, 0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name == "href" or (name == "src" and value):
                self._add(value or "")
            elif name == "srcset" and value:
                for candidate in re.findall(r"(?:^|,)\s*([^\s,]+)", value):
                    self._add(candidate)
        if tag == "meta":
            self._meta(dict(attrs))
        self._holds = dict(attrs).get("type") if tag in ("script", "content", "summary") else tag
        self._begins = self.getpos()

    def handle_data(self, data: str) -> None:
        line, column = self._begins
        if self._holds == "html":
            inner = _html(data, self._address).links
            self.links += (Link(link.target, line, column + 1) for link in inner)
        elif self._holds in ("loc", "uri"):
            self.links.append(Link(data.strip(), line, column + 1))
        elif self._holds == "application/ld+json":
            line, column = self.getpos()
            found = _json_links(_loaded(data, line - 1), data, self._address)
            self.links += (
                Link(target, line + below - 1, there if below > 1 else column + there)
                for target, below, there in found
            )

    def handle_endtag(self, _tag: str) -> None:
        self._holds = None

    def _add(self, target: str) -> None:
        line, column = self.getpos()
        self.links.append(Link(target.strip(), line, column + 1))

    def _meta(self, attributes: Mapping[str, str | None]) -> None:
        content = attributes.get("content") or ""
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            if found := _REFRESH.match(content):
                self._add(found["target"])
        elif (attributes.get("property") or attributes.get("name")) in ("og:url", "og:image"):
            self._add(content)


def _html(text: str, address: str) -> _Page:
    page = _Page(address)
    page.feed(text)
    page.close()
    return page


def _xml(text: str, address: str) -> Iterable[Link]:
    try:
        expat.ParserCreate().Parse(text, True)
    except expat.ExpatError as error:
        raise Unreadable(error.lineno, error.offset + 1, expat.ErrorString(error.code)) from error
    return _html(text, address).links


_FIELDS = {"url", "url_zh", "url_en", "home_page_url", "feed_url"}
"""The fields of JSON that hold an address, be it relative."""


def _json(text: str, address: str) -> Iterable[Link]:
    return _json_links(_loaded(text), text, address)


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


def _css(text: str, _address: str) -> Iterable[Link]:
    return (Link(url["target"], *_place(text, url.start())) for url in _URL.finditer(text))


def _text(text: str, address: str) -> Iterable[Link]:
    """Addresses of the site in plain text, such as the sitemap's in robots.txt."""
    found = re.finditer(rf"{re.escape(address)}[^\s<>()\"'，。；）]*", text) if address else ()
    return (Link(link[0].rstrip(".,;"), *_place(text, link.start())) for link in found)


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_READERS = {"xml": _xml, "json": _json, "css": _css, "txt": _text}
