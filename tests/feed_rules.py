"""What the W3C's feed validator and JSON Feed 1.1 ask of a feed, as far as ours could break it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
from bs4 import BeautifulSoup

ATOM = "{http://www.w3.org/2005/Atom}"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def assert_good_atom(path: Path, own: str, locale: str) -> Any:
    """The feed as feedparser reads it; `own` is the address it says that it has."""
    read = feedparser.parse(path.read_bytes())
    assert read.bozo == 0, read.get("bozo_exception")
    assert read.version == "atom10"
    root = ElementTree.fromstring(path.read_bytes())
    assert root.tag == f"{ATOM}feed"
    assert root.get(_XML_LANG) == locale
    assert [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")] == [own]
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    entries = root.findall(f"{ATOM}entry")
    ids = []
    for element in (root, *entries):
        assert len(element.findall(f"{ATOM}link[@rel='alternate']")) == 1
        (id_,) = element.findall(f"{ATOM}id")
        (title,) = element.findall(f"{ATOM}title")
        (updated,) = element.findall(f"{ATOM}updated")
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id_.text or "")
        assert (title.text or "").strip()
        assert_moment(updated.text or "")
        ids.append(id_.text)
    assert len(set(ids)) == len(ids)
    moments = [entry.findtext(f"{ATOM}updated") or "" for entry in entries]
    assert moments == sorted(moments, reverse=True)
    assert not moments or root.findtext(f"{ATOM}updated") == moments[0]
    for entry in entries:
        published = entry.findtext(f"{ATOM}published")
        if published is not None:
            assert_moment(published)
            assert published <= (entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}summary")
        (content,) = entry.findall(f"{ATOM}content")
        assert content.get("type") == "html"
        assert len(content) == 0  # escaped, not inline
        assert_for_a_reader(content.text or "")
    return read


def assert_good_json_feed(path: Path, own: str, locale: str) -> Any:
    """The feed as JSON; `own` is the address it says that it has."""
    feed = json.loads(path.read_text(encoding="utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert feed["feed_url"] == own
    assert feed["language"] == locale
    assert all(author["name"] for author in feed["authors"])
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        if "date_published" in item:
            assert_moment(item["date_published"])
        assert_moment(item["date_modified"])
        assert_for_a_reader(item["content_html"])
    return feed


def assert_moment(text: str) -> None:
    """A moment as RFC 3339 writes it, on a day that there is."""
    assert _RFC3339.fullmatch(text), text
    datetime.fromisoformat(text)


def assert_for_a_reader(html: str) -> None:
    """HTML with nothing that a reader has no use for or takes for an attack."""
    soup = BeautifulSoup(html, "html.parser")
    assert soup.get_text(strip=True)
    assert not soup.select("script, style, form, button, input, select, iframe, [hidden]")
    attributes = {name for tag in soup.find_all(True) for name in tag.attrs}
    assert not {name for name in attributes if name.startswith(("on", "data-", "aria-"))}
    assert not attributes & {"style", "id", "class"}


def addresses(html: str) -> list[str]:
    """Everything that the HTML of an entry leads to or shows."""
    soup = BeautifulSoup(html, "html.parser")
    return [str(tag[name]) for name in ("href", "src") for tag in soup.find_all(attrs={name: True})]


def is_whole(address: str) -> bool:
    """Whether an address says its scheme and its host."""
    parts = urlsplit(address)
    return bool(parts.scheme and parts.netloc)
