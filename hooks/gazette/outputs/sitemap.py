"""What crawlers are told of the site: the sitemap, both languages of each page together, and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from gazette.outputs.publication import File, Publication
from gazette.records.values import LOCALES, Ref
from gazette.site.model import SiteModel
from gazette.site.pages import DEFAULT_LOCALE, Page, absolute, listed, record_path, url_of

FILE = "sitemap.xml"

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""
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
    """The sitemap, written as text: of so many elements a tree takes several times as long."""
    site_model = publication.site_model
    corrected = {change.figure.record: change.date.iso for change in reversed(site_model.content.corrections)}
    alternates: dict[str, str] = {}
    lines = [_HEAD]
    for page in site_model.pages.values():
        if page.path not in alternates:
            alternates[page.path] = _alternates(publication.address, page.path)
        lines.append("  <url>\n")
        lines.append(f"    <loc>{escape(absolute(publication.address, page.url), quote=False)}</loc>\n")
        if day := _last_changed(page, site_model, corrected):
            lines.append(f"    <lastmod>{day}</lastmod>\n")
        lines.append(alternates[page.path])
        lines.append("  </url>\n")
    lines.append("</urlset>\n")
    return "".join(lines).encode("utf-8")


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
