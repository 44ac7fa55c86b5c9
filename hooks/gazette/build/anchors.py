"""Links to places within pages: each leads to one that there is."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser

from gazette.base.messages import say
from gazette.build.page_cache import Anchor

log = logging.getLogger("gazette")


def check(links: Mapping[str, Iterable[Anchor]], body: Callable[[str], str], level: int) -> None:
    """Say of each link that leads to no place, as MkDocs does, that it does not; `links` and `body` are by src_uri.

    MkDocs sees only the pages that it renders itself.
    """

    @functools.cache
    def places(uri: str) -> frozenset[str]:
        reader = _Places()
        reader.feed(body(uri))
        return frozenset(reader.found)

    for uri, found in links.items():
        for target, place, written in found:
            if place in places(target):
                continue
            page = say("this-page") if target == uri else say("other-page", page=target)
            file = f"docs/{uri.removesuffix('.md')}.md"
            log.log(level, say("place-not-on-page", file=file, link=written, page=page, place=place))


class _Places(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value for name, value in attrs if value and (name == "id" or (name == "name" and tag == "a"))
        ]
