"""A feed as text: Atom (RFC 4287) and JSON Feed 1.1.

Both are written with the standard library: what they hold is small, and the libraries for it read the clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `published` and `updated` are RFC 3339, "" where it is not known when it was published.

    `dated` is the date of what it tells, as far as that is known.

    `html` makes the words themselves, `version` is another where they are others. `topics` are the words of each topic by its id.
    """

    id: str
    url: str
    title: str
    summary: str
    version: str
    html: Callable[[], str] = field(repr=False)
    published: str
    updated: str
    dated: Mapping[str, str]
    topics: Mapping[str, str]


@dataclass(frozen=True)
class Feed:
    """One feed in one language; `page` is the address of the page that it is of, `home` that of the site."""

    id: str
    locale: str
    title: str
    description: str
    author: str
    rights: str
    home: str
    page: str
    updated: str
    entries: tuple[Entry, ...]


EXTENSION = "_gazette"
"""The member of a JSON Feed's item that holds what the format has no place for."""


def atom(feed: Feed, own: str) -> bytes:
    """The feed as Atom, to stand at the address `own`."""
    root = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": feed.locale})
    _texts(
        root,
        id=feed.id,
        title=feed.title,
        subtitle=feed.description,
        updated=feed.updated,
        rights=feed.rights,
    )
    _texts(ElementTree.SubElement(root, "author"), name=feed.author, uri=feed.home)
    _link(root, "self", "application/atom+xml", own)
    _link(root, "alternate", "text/html", feed.page)
    for entry in feed.entries:
        item = ElementTree.SubElement(root, "entry")
        _texts(item, id=entry.id, title=entry.title)
        _link(item, "alternate", "text/html", entry.url)
        if entry.published:
            _texts(item, published=entry.published)
        _texts(item, updated=entry.updated, summary=entry.summary)
        for term, label in entry.topics.items():
            ElementTree.SubElement(item, "category", {"term": term, "label": label})
        ElementTree.SubElement(item, "content", {"type": "html"}).text = entry.html()
    ElementTree.indent(root, "")
    text = ElementTree.tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def json_feed(feed: Feed, own: str) -> bytes:
    """The feed as JSON Feed, to stand at the address `own`."""
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": own,
        "description": feed.description,
        "language": feed.locale,
        "authors": [{"name": feed.author, "url": feed.home}],
        "items": [
            {
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "summary": entry.summary,
                "content_html": entry.html(),
                **({"date_published": entry.published} if entry.published else {}),
                "date_modified": entry.updated,
                "tags": list(entry.topics.values()),
                EXTENSION: dict(entry.dated),
            }
            for entry in feed.entries
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _texts(parent: ElementTree.Element, **texts: str) -> None:
    for name, text in texts.items():
        ElementTree.SubElement(parent, name).text = text


def _link(parent: ElementTree.Element, rel: str, kind: str, address: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": kind, "href": address})
