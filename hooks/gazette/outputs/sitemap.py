"""What crawlers are told of the site: the sitemap, both languages of each page together, and robots.txt.

A sitemap may have 50,000 addresses: of more, `sitemap.xml` is the index of its parts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from html import escape

from gazette.outputs.publication import File, HashedFile, Publication
from gazette.records.values import LOCALES, Ref
from gazette.site.model import SiteModel
from gazette.site.pages import DEFAULT_LOCALE, Page, absolute, listed, record_path, url_of

FILE = "sitemap.xml"
LIMIT = 50_000
"""So many addresses a file may have: https://www.sitemaps.org/protocol.html"""

_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = "<?xml version='1.0' encoding='utf-8'?>\n"
_TELL_CORRECTIONS = ("corrections", "figures")
"""The pages that name every corrected figure."""

_Row = tuple[str, str, str]
"""A page's path, its address below the root, and the day of its last change, or ""."""


def files(publication: Publication) -> Iterator[File | HashedFile]:
    """robots.txt always; the sitemap where the site has an address, since its own are whole."""
    address = publication.address
    robots = "User-agent: *\nAllow: /\n"
    if address:
        robots += f"\nSitemap: {absolute(address, FILE)}\n"
        rows = _rows(publication.site_model)
        parts = [rows[start : start + LIMIT] for start in range(0, len(rows), LIMIT)]
        names = [FILE] if len(parts) < 2 else [f"sitemap-{number}.xml" for number, _ in enumerate(parts, 1)]
        for name, part in zip(names, parts, strict=True):
            key = hashlib.sha256(repr((address, part)).encode()).hexdigest()
            yield HashedFile(name, key, partial(_sitemap, address, part))
        if len(parts) > 1:
            yield FILE, _index(address, dict(zip(names, parts, strict=True)))
    yield "robots.txt", robots.encode("utf-8")


def _rows(site_model: SiteModel) -> Sequence[_Row]:
    corrected = {change.figure.record: change.date.iso for change in reversed(site_model.content.corrections)}
    return [
        (page.path, page.url, _last_changed(page, site_model, corrected) or "")
        for page in site_model.pages.values()
    ]


def _index(address: str, parts: Mapping[str, Sequence[_Row]]) -> bytes:
    """The index of the parts of a sitemap."""
    days = {name: max(day for _, _, day in rows) for name, rows in parts.items()}
    listed = (f"  <sitemap>\n{_located(address, name, day)}  </sitemap>\n" for name, day in days.items())
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{''.join(listed)}</sitemapindex>\n".encode()


def _sitemap(address: str, rows: Sequence[_Row]) -> bytes:
    """A sitemap, written as text: of so many elements a tree takes several times as long."""
    alternates = cache(partial(_alternates, address))
    listed = (
        f"  <url>\n{_located(address, url, day)}{alternates(path)}  </url>\n" for path, url, day in rows
    )
    namespaces = f'{_NAMESPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    return f"{_HEAD}<urlset {namespaces}>\n{''.join(listed)}</urlset>\n".encode()


def _located(address: str, url: str, day: str) -> str:
    """The whole address of something, and the day of its last change where that is known."""
    changed = f"    <lastmod>{day}</lastmod>\n" if day else ""
    return f"    <loc>{escape(absolute(address, url), quote=False)}</loc>\n{changed}"


def _alternates(address: str, path: str) -> str:
    """The page of a path in each language, which are each other's translations."""
    languages = (*((locale, locale) for locale in LOCALES), ("x-default", DEFAULT_LOCALE))
    hrefs = {
        locale: escape(absolute(address, url_of(path, locale)), quote=False).replace('"', "&quot;")
        for locale in LOCALES
    }
    return "".join(
        f'    <xhtml:link rel="alternate" hreflang="{language}" href="{hrefs[locale]}" />\n'
        for language, locale in languages
    )


def _last_changed(page: Page, site_model: SiteModel, corrected: Mapping[Ref, str]) -> str | None:
    """The last day on which a page is known to have changed; None where none is.

    That is the last commit of its file or of that of a record it lists, or the last correction of their figures.
    The date that a record tells of is none: a page about 2021 was not changed in 2021.
    """
    records = [page.record] if page.record else listed(page)
    days = [page.changed, *(corrected.get(record.ref) for record in records)]
    if not page.record:
        pages = (site_model.pages[f"{page.locale}/{record_path(record.ref)}.md"] for record in records)
        days += (shown.changed for shown in pages)
    if page.path in _TELL_CORRECTIONS:
        days += corrected.values()
    return max(filter(None, days), default=None)
