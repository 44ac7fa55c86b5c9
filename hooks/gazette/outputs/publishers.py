"""The outputs, in one list: a new one is a module of this room and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gazette.outputs import feeds, open_data, redirects, search, sitemap
from gazette.outputs.publication import File, HashedFile, Publication

PUBLISHERS: tuple[Callable[[Publication], Iterable[File | HashedFile]], ...] = (
    feeds.files,
    open_data.files,
    redirects.files,
    search.files,
    sitemap.files,
)
"""Each makes its files from the whole publication."""
