"""What a page is, for search engines: JSON-LD in the words of schema.org, of what the page shows; of data also what it is like.

No record is an Event, which search engines take for something to go to, on a stated day at an address: street works and
the registration of a firm have no address, and often no stated day.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from gazette.language import wording
from gazette.outputs.head.head import Head
from gazette.records.front_matter import Article
from gazette.site.pages import url_of
from gazette.site.tables.dataset import FOLDER, MEDIA_TYPES

Thing = dict[str, Any]
"""A node: its type and properties."""

_LONGEST = 5000
"""So many characters a description of data may have, and 50 it must: what we say of our own is longer than that.

https://developers.google.com/search/docs/appearance/structured-data/dataset
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


def _dataset(head: Head) -> Thing:
    """The data of a page: all of it, with the files that the page lists, or the figures."""
    page, licence, is_all = head.page, head.identity.licence, head.page.path == "data"
    about = wording.label("dataset_of_all" if is_all else "dataset_of_figures", page.locale)
    dataset = head.site_model.dataset
    files = [
        _thing(
            "DataDownload",
            name=f"{table.name}.{ending}",
            encodingFormat=kind,
            contentUrl=head.whole(f"{FOLDER}{table.name}.{ending}"),
        )
        for table in (dataset.tables if is_all else ())
        for ending, kind in MEDIA_TYPES.items()
    ]
    return _thing(
        "Dataset",
        name=page.title,
        description=f"{page.summary} {about}"[:_LONGEST],
        inLanguage=page.locale,
        url=head.whole(page.url),
        creator=_organization(head),
        license=licence.url if licence else None,
        version=dataset.version if is_all else None,
        distribution=files,
    )
