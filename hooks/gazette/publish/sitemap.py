"""What crawlers are told of the site: the sitemap, both languages of each page together, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from gazette.edition import Edition
from gazette.pages import DEFAULT_LOCALE, Page, absolute, listed, record_path, url_of
from gazette.publish.publication import File, Publication
from gazette.records.values import LOCALES, Ref

FILE = "sitemap.xml"

_TELL_CORRECTIONS = ("corrections", "figures")
"""The pages that name every corrected figure."""


def files(publication: Publication) -> Iterator[File]:
    """robots.txt always; the sitemap where the site has an address, since its own are whole."""
    robots = "User-agent: *\nAllow: /\n"
    if publication.address:
        yield FILE, _sitemap(publication)
        robots += f"\nSitemap: {absolute(publication.address, FILE)}\n"
    yield "robots.txt", robots.encode("utf-8")


def _sitemap(publication: Publication) -> bytes:
    edition = publication.edition
    root = ElementTree.Element(
        "urlset",
        {
            "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
            "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
        },
    )
    corrected = {change.figure.record: change.date.iso for change in reversed(edition.content.corrections)}
    for page in edition.pages.values():
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = absolute(publication.address, page.url)
        if day := _last_changed(page, edition, corrected):
            ElementTree.SubElement(entry, "lastmod").text = day
        for language, locale in (*((locale, locale) for locale in LOCALES), ("x-default", DEFAULT_LOCALE)):
            href = absolute(publication.address, url_of(page.path, locale))
            alternate = {"rel": "alternate", "hreflang": language, "href": href}
            ElementTree.SubElement(entry, "xhtml:link", alternate)
    ElementTree.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _last_changed(page: Page, edition: Edition, corrected: Mapping[Ref, str]) -> str | None:
    """The last day on which a page is known to have changed; None where none is.

    That is the last commit of its file or of that of a record it lists, or the last correction of their figures.
    The date that a record tells of is none: a page about 2021 was not changed in 2021.
    """
    records = [page.record] if page.record else listed(page)
    pages = (edition.pages[f"{page.locale}/{record_path(record.ref)}.md"] for record in records)
    days = [page.changed, *(shown.changed for shown in pages)]
    days += (corrected.get(record.ref) for record in records)
    if page.path in _TELL_CORRECTIONS:
        days += corrected.values()
    return max(filter(None, days), default=None)
