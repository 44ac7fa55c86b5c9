"""Links to places within pages: each leads to one that there is."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from gazette.base.messages import say
from gazette.build.page_cache import Anchor

log = logging.getLogger("gazette")

_PLACES = etree.XPath("//@id | //a/@name", smart_strings=False)


def check(links: Mapping[str, Iterable[Anchor]], body: Callable[[str], str], level: int) -> None:
    """Say of each link that leads to no place, as MkDocs does, that it does not; `links` and `body` are by src_uri.

    MkDocs sees only the pages that it renders itself.
    """

    @functools.cache
    def places(uri: str) -> frozenset[str]:
        return frozenset(_PLACES(etree.HTML(f"<body>{body(uri)}")))

    for uri, found in links.items():
        for target, place, written in found:
            if place in places(target):
                continue
            page = say("this-page") if target == uri else say("other-page", page=target)
            file = f"docs/{uri.removesuffix('.md')}.md"
            log.log(level, say("place-not-on-page", file=file, link=written, page=page, place=place))
