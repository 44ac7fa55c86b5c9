"""The frame of a page: what is alike on many is rendered once for all of them, and joined with the parts that are a page's own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from gazette.outputs.head.content_policy import with_policy
from gazette.site.pages import url_of

PARTS = ("head", "title", "translation", "content", "turn")
"""What a page has of its own, in whatever order the frame has the places of these."""

MARK = "\0"
"""What stands on either side of such a place."""

_INDENT = re.compile(r"\n\s+")


@dataclass(frozen=True)
class Place:
    """Where a page stands, as far as its frame can tell.

    `base` is the address of the site's root as seen from there; `here` the page of the navigation, by src_uri, that it is
    (then it is that `itself`) or stands below; `without_navigation` is whether a wide screen does without that.
    """

    locale: str
    base: str
    here: str | None
    itself: bool = False
    without_navigation: bool = False

    def locate(self, url: str) -> str:
        """The address of a page or a file as seen from there, the shortest; `url` is its own below the site's root."""
        home, above = url_of("index", self.locale), self.base.removesuffix("../")
        if home and url.startswith(home) and above != self.base:
            return above + url.removeprefix(home) or "./"
        return self.base + url


class PageFrames:
    """The frames of all places that were asked for; `render` makes one, with the name of each part, marked, in its place."""

    def __init__(self, render: Callable[[Place], str]) -> None:
        self._pieces = cache(lambda place: with_policy(_INDENT.sub("\n", render(place))).split(MARK))

    def join(self, place: Place, parts: Mapping[str, str]) -> str:
        """The page at a place that has these parts."""
        pieces = self._pieces(place).copy()
        pieces[1::2] = [parts[name] for name in pieces[1::2]]
        return "".join(pieces)
