"""What a page is, for search engines: JSON-LD in the words of schema.org, of what the page shows and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from gazette.language import wording
from gazette.outputs.head.head import Head
from gazette.records.dates import Basis
from gazette.records.front_matter import Article
from gazette.records.record import Record
from gazette.site.pages import url_of
from gazette.site.tables.dataset import FOLDER

Thing = dict[str, Any]
"""A node: its type and properties."""

_EVENTS = {
    "renovations": {"started": "started", "completed": "completed"},
    "startup_records": {"date": "registration_date"},
}
"""The collections whose records are events in themselves: the fields of when each began and ended, with their labels.

An alliance or an honour has a date too, and is none; what an article tells is a piece of news.
"""


def script(head: Head) -> Markup:
    """The nodes of a page as one JSON text that may stand in a <script>: no character of it ends one.

    Empty where the page is none of the site's, but the answer to a wrong address.
    """
    if head.page.layout == "not_found":
        return Markup("")
    graph = {"@context": "https://schema.org", "@graph": list(things(head))}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e"))


def things(head: Head) -> Iterator[Thing]:
    """The nodes of a page; where the site has no address, they have none."""
    page, record = head.page, head.page.record
    if page.layout == "home":
        publisher = _organization(head)
        yield publisher | _thing("Organization", description=page.summary)
        yield _thing(
            "WebSite",
            name=head.identity.site_name,
            alternateName=head.identity.tagline,
            url=head.whole(page.url),
            inLanguage=page.locale,
            publisher=publisher,
        )
        return
    yield _breadcrumbs(head)
    if isinstance(record, Article):
        yield _news_article(head)
    elif record and record.collection in _EVENTS:
        yield from _event(head, record)
    elif page.path in ("figures", "data"):
        yield _dataset(head)


def _thing(kind: str, **properties: Any) -> Thing:
    """A node without the properties that have no value."""
    return {"@type": kind, **{name: value for name, value in properties.items() if value}}


def _organization(head: Head) -> Thing:
    """Who publishes the site: all that is known of them is the name they publish under."""
    home = head.whole(url_of("index", head.page.locale))
    return _thing("Organization", name=head.identity.site_name, url=home)


def _breadcrumbs(head: Head) -> Thing:
    """The path of a page; that of the last step, the page itself, is known."""
    itself = (head.page.title, head.page.url)
    items = [
        _thing("ListItem", position=place, name=step[0], item=head.whole(step[1]) if step != itself else None)
        for place, step in enumerate(dict.fromkeys((*head.trail, itself)), 1)
    ]
    return _thing("BreadcrumbList", itemListElement=items)


def _news_article(head: Head) -> Thing:
    page = head.page
    return _thing(
        "NewsArticle",
        headline=page.title,
        description=page.summary,
        inLanguage=page.locale,
        url=head.whole(page.url),
        datePublished=head.published,
        dateModified=page.changed,
        image=[head.whole(picture) for picture in head.pictures] if head.address else None,
        publisher=_organization(head),
        isBasedOn=[
            _thing(
                "Article",
                name=head.say(source.title),
                url=source.url,
                datePublished=source.published.stated if source.published else None,
                publisher=_thing("Organization", name=head.outlet(source)),
            )
            for source in head.sources
        ],
    )


def _event(head: Head, record: Record) -> Iterator[Thing]:
    """The event that a record is; none without a date.

    A date goes as far as it is known, and where its year is inferred the description says so.
    """
    fields = _EVENTS[record.collection]
    dates = [getattr(record, field) for field in fields]
    if dates[0] is None:
        return
    locale, place = head.page.locale, getattr(record, "place", None)
    inferred = [
        f"{wording.label(key, locale)} {wording.date(date, locale)}"
        for key, date in zip(fields.values(), dates, strict=True)
        if date and date.basis is Basis.INFERRED
    ]
    yield _thing(
        "Event",
        name=head.page.title,
        description=" ".join([head.page.summary, *inferred]),
        inLanguage=locale,
        url=head.whole(head.page.url),
        startDate=dates[0].iso,
        endDate=dates[-1].iso if dates[-1] else None,
        location=_thing("Place", name=head.say(head.content.records[place].title)) if place else None,
    )


def _dataset(head: Head) -> Thing:
    page, licence = head.page, head.identity.licence
    files: list[Thing] = []
    if page.path == "data":
        files = [
            _thing("DataDownload", name=name, encodingFormat=kind, contentUrl=head.whole(FOLDER + name))
            for table in head.site_model.dataset.tables
            for name, kind in ((f"{table.name}.csv", "text/csv"), (f"{table.name}.json", "application/json"))
        ]
    return _thing(
        "Dataset",
        name=page.title,
        description=page.summary,
        inLanguage=page.locale,
        url=head.whole(page.url),
        creator=_organization(head),
        license=licence.url if licence else None,
        version=head.site_model.dataset.version if files else None,
        distribution=files,
    )
