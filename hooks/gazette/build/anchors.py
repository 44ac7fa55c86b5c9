"""Links to places within pages: each leads to one that there is."""

from __future__ import annotations

import functools
import posixpath
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from lxml import etree

from gazette.base.diagnostics import Diagnostic
from gazette.base.messages import say
from gazette.content.links import HtmlLink, Link, address_of, html_links, links
from gazette.content.model import Content

_PLACES = etree.XPath("//@id | //a/@name", smart_strings=False)


def linked_places(content: Content) -> Iterator[tuple[str, str, Link | HtmlLink]]:
    """Each link to a place on a page: the src_uris of the page that has it and of the one that it leads to, and itself."""
    for prose in content.prose.values():
        for locale, body in prose.bodies.items():
            own = f"{locale}/{prose.path}.md"
            for link in links(body):
                if link.place:
                    yield own, link.file(posixpath.dirname(own)) if link.path else own, link
            for typed in html_links(body):
                if typed.place:
                    file = typed.file(address_of(body.path), content.addresses) if typed.path else body.path
                    yield own, (file or "").removeprefix("docs/"), typed


def dead_places(content: Content, body: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Those of which there is no such place; `body` is what the text of a page, by its src_uri, became."""

    @functools.cache
    def places(uri: str) -> frozenset[str]:
        return frozenset(_PLACES(etree.HTML(f"<body>{body(uri)}")))

    for own, uri, link in linked_places(content):
        if uri.endswith(".md") and link.place not in places(uri):
            page = say("this-page") if uri == own else say("other-page", page=uri)
            near = get_close_matches(link.place, places(uri), 1)
            right = link.to(f"{link.written.partition('#')[0]}#{near[0]}") if near else ""
            values = {"link": link.written, "page": page, "place": link.place, "right": right}
            yield Diagnostic(link.position, "place-not-on-page", values)
