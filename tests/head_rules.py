"""What must hold of the head of every page of a built site, and of its sitemap; each rule fails with the page's path."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from lxml import etree

from gazette.language.wording import label
from tests.expectations import TESTS

XHTML = "{http://www.w3.org/1999/xhtml}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LANGUAGES = {"zh", "en", "x-default"}


@dataclass(frozen=True)
class Read:
    """A page of a built site, at an address below its root, as a crawler reads it."""

    url: str
    html: str

    @property
    def locale(self) -> str:
        return "en" if self.url.startswith("en/") else "zh"

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @cached_property
    def metas(self) -> list[tuple[str, str]]:
        """Every named meta tag, in order."""
        return [
            (str(tag["name"]), str(tag.get("content")))
            for tag in self.soup.find_all("meta", attrs={"name": True})
        ]

    @property
    def tags(self) -> dict[str, str]:
        """The tags of public sites: those whose names are in capitals."""
        return {name: content for name, content in self.metas if name[0].isupper()}

    def links(self, rel: str) -> list[Any]:
        return [link for link in self.soup.find_all("link") if rel in (link.get("rel") or [])]

    @property
    def alternates(self) -> dict[str, str]:
        return {link["hreflang"]: link["href"] for link in self.links("alternate") if link.get("hreflang")}

    @cached_property
    def graph(self) -> list[dict[str, Any]]:
        """The nodes of its structured data."""
        (script,) = self.soup.find_all("script", type="application/ld+json")
        data = json.loads(script.string)
        assert data["@context"] == "https://schema.org"
        return data["@graph"]

    def nodes(self, kind: str) -> list[dict[str, Any]]:
        return [node for node in self.graph if node["@type"] == kind]

    @cached_property
    def shown(self) -> str:
        """All words that a reader sees, and the description that a search engine shows, with single spaces."""
        body = BeautifulSoup(self.html, "html.parser").body
        for part in body(["script", "style"]):
            part.decompose()
        words = [
            body.get_text(" "),
            *(content for name, content in self.metas if name.lower() == "description"),
        ]
        return " ".join(" ".join(words).split())

    @property
    def heading(self) -> str:
        return " ".join(self.soup.h1.get_text().split())

    @property
    def path(self) -> list[str]:
        """The names of the steps that lead to the page, as it shows them."""
        return [link.get_text(strip=True) for link in self.soup.select(".md-path a")]


def pages(site: Path) -> Iterator[Read]:
    """Every page of a site but those that lead on from an address that was given up."""
    for file in sorted(site.rglob("index.html")):
        html = file.read_text(encoding="utf-8")
        if '<meta name="robots" content="noindex">' not in html:
            url = file.parent.relative_to(site).as_posix()
            yield Read("" if url == "." else f"{url}/", html)


def check_head(page: Read) -> None:
    """One title, a description in words, no tag twice (their names know no case) and none empty."""
    assert len(page.soup.find_all("title")) == 1, page.url
    names = [name.lower() for name, _ in page.metas if name != "theme-color"]
    assert len(names) == len(set(names)), (page.url, names)
    assert all(content.strip() for _, content in page.metas), page.url
    (description,) = [content for name, content in page.metas if name.lower() == "description"]
    assert (
        bool(re.search("[a-z]{2}", description))
        if page.locale == "en"
        else re.search("[\u4e00-\u9fff]", description)
    )


def check_addresses(page: Read, address: str, everywhere: Mapping[str, Read]) -> None:
    """One canonical address, its own; its languages lead to pages that lead back to it."""
    assert [link["href"] for link in page.links("canonical")] == [address + page.url]
    assert page.alternates.keys() == LANGUAGES, page.url
    assert page.alternates[page.locale] == address + page.url
    assert page.alternates["x-default"] == page.alternates["zh"]
    assert len([link for link in page.links("alternate") if link.get("hreflang")]) == len(LANGUAGES)
    for href in page.alternates.values():
        assert everywhere[href.removeprefix(address)].alternates == page.alternates, page.url


def check_structured_data(page: Read, address: str) -> None:
    """Every word of it is on the page, but what is said of all data; every address is below the site's, the path is the one shown."""
    of_data = [label("dataset_of_all", page.locale), label("dataset_of_figures", page.locale)]
    for dataset in page.nodes("Dataset"):
        assert 50 <= len(dataset["description"]) <= 5000, page.url
    for name, value in _values(page.graph):
        if name in ("name", "headline", "description", "alternateName"):
            for said in of_data:
                value = value.removesuffix(f" {said}")
            for part in re.split("(?<=[。.]) ", value):
                assert " ".join(part.split()) in page.shown, (page.url, name, part)
        elif name in ("url", "item", "contentUrl", "image"):
            assert value.startswith(address or "never:"), (page.url, name, value)
    if page.url in ("", "en/"):
        assert [node["@type"] for node in page.graph] == ["Organization", "WebSite"]
        return
    (trail,) = page.nodes("BreadcrumbList")
    steps = trail["itemListElement"]
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    names = [step["name"] for step in steps]
    assert names[-1] == page.heading
    assert len(names) > 1
    if page.path:
        *_, last = page.soup.select(".md-path a")
        is_itself = last["href"] == "./" and page.path[-1] == page.heading
        assert names == (page.path if is_itself else [*page.path, page.heading]), page.url
    assert "item" not in steps[-1]
    if address:
        assert all(step["item"].startswith(address) for step in steps[:-1])


def _values(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the data with the property that it is a value of."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _values(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _values(value, name)
    elif isinstance(node, str) and not name.startswith("@"):
        yield name, node


def entries(site: Path) -> dict[str, Any]:
    """The entries of the sitemap, which keeps to its schema, by address."""
    schema = etree.XMLSchema(etree.parse(TESTS / "sitemap.xsd"))
    sitemap = etree.parse(site / "sitemap.xml")
    schema.assertValid(sitemap)
    return {entry.findtext(f"{SITEMAP}loc"): entry for entry in sitemap.getroot()}


def check_sitemap(site: Path, address: str) -> None:
    """The sitemap names each page once, with the languages that the page itself names; robots.txt names it."""
    everywhere = {address + page.url: page for page in pages(site)}
    found = entries(site)
    assert found.keys() == everywhere.keys()
    for loc, entry in found.items():
        links = {link.get("hreflang"): link.get("href") for link in entry.findall(f"{XHTML}link")}
        assert links == everywhere[loc].alternates, loc
    robots = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert robots == ["User-agent: *", "Allow: /", "", f"Sitemap: {address}sitemap.xml"]


def check_tags(page: Read, address: str) -> None:
    """The tags of public sites that each kind of page must have, and only those."""
    site = {"SiteName", "SiteDomain"} if address else {"SiteName"}
    column = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
    assert site <= page.tags.keys(), page.url
    own = page.tags.keys() - {"SiteName", "SiteDomain", "SiteIDCode"}
    layout = page.soup.find(class_="layout")
    kind = re.search(r"layout--(\w+)", " ".join(layout["class"])) if layout else None
    if kind is None:
        assert not own, page.url
    elif kind[1] in ("section", "part"):
        assert own == column, page.url
        assert page.tags["ColumnName"] == page.heading
    else:
        assert {"ArticleTitle", "Description"} <= own, page.url
        assert not own & column
        assert page.tags["ArticleTitle"] == page.heading
        assert page.tags.get("Url", address and "missing") == (address + page.url if address else "")
