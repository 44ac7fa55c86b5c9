"""The meta tags by which the inspection of Chinese public sites reads a page.

Their names are those of 网页标签规范 in 政府网站发展指引: a tag for the site, the column (a list) or the page.
What is not known has no tag. `PubDate` goes as far as a source states the date, a month or a year, and has no time of day;
an inferred date is none. No `Author` is named: the texts are the site's own, and it names none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from gazette.language import wording
from gazette.outputs.head.head import Head

Tag = tuple[str, str]
"""The name and the content of a meta tag."""

COLUMN_TYPES = {
    "alliances": "overview",
    "mechanisms": "overview",
    "model_posts": "overview",
    "honours": "overview",
    "glossary": "overview",
    "sources": "overview",
    "policies": "policy",
    "news": "activity",
    "startup_records": "activity",
    "renovations": "activity",
    "services": "service",
    "indicators": "data",
}
"""What kind of column, as inspection divides them, lists a collection."""


def tags(head: Head) -> tuple[Tag, ...]:
    """The tags of a page, in the order of the norm; none is empty."""
    found = [
        ("SiteName", head.identity.site_name),
        ("SiteDomain", urlsplit(head.address).hostname or ""),
        ("SiteIDCode", head.filings.site_id_code),
    ]
    if head.page.layout not in ("home", "not_found"):
        found += _column(head) if head.page.layout in ("section", "part") else _article(head)
    return tuple((name, content) for name, content in found if content)


def _column(head: Head) -> Iterator[Tag]:
    page = head.page
    yield "ColumnName", page.title
    yield "ColumnDescription", page.summary
    yield "ColumnKeywords", _several((page.title, *head.topics))
    if page.listing and page.listing.of in COLUMN_TYPES:
        yield "ColumnType", wording.label(f"column_{COLUMN_TYPES[page.listing.of]}", page.locale)


def _article(head: Head) -> Iterator[Tag]:
    page = head.page
    yield "ArticleTitle", page.title
    if head.date:
        yield "PubDate", head.date.iso
        yield "PubDateBasis", "" if head.date.stated else str(head.date.basis)
    yield "ContentSource", _several(map(head.outlet, head.sources))
    yield "Keywords", _several(head.topics)
    yield "Description", page.summary
    yield "Image", next((head.whole(picture) or "" for picture in head.pictures), "")
    yield "Url", head.whole(page.url) or ""


def _several(words: Iterable[str]) -> str:
    """Several words in one tag, each once."""
    return ",".join(dict.fromkeys(words))
