"""Which pages of a language are indexed together: few enough that a change costs little, enough that a query asks few."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

from gazette.pages import Page

MOST = 1500
"""Pages in a shard; no query need ask more than one where a language has no more."""
LEAST = 1000
"""Years follow each other into a shard until it has so many pages."""

_Criterion = Callable[[Page], int]


def shards(pages: Iterable[Page], years: Mapping[str, int | None]) -> list[Sequence[Page]]:
    """The pages of a language in shards, by the year of each path; the home page's first, then from the newest back.

    Records and what lists them are apart, for lists change with every record. A year that goes on fills the newest
    shard, which leaves those before as they are.
    """
    undated = max((year for year in years.values() if year), default=0) + 1
    by: tuple[_Criterion, ...] = (
        lambda page: page.record is None,
        lambda page: years[page.path] or undated,
    )
    return _divided(list(pages), by)[::-1]


def _divided(pages: list[Page], by: Sequence[_Criterion]) -> list[Sequence[Page]]:
    """Pages in shards that have no more than MOST, divided by one criterion after the other and at last by chance."""
    if len(pages) <= MOST:
        return [pages]
    if by:
        first, *others = by
        groups = [list(group) for _, group in groupby(sorted(pages, key=first), first)]
        return _joined(shard for group in groups for shard in _divided(group, others))
    count = -(-len(pages) // MOST)
    return [[page for page in pages if zlib.crc32(page.path.encode()) % count == n] for n in range(count)]


def _joined(parts: Iterable[Sequence[Page]]) -> list[Sequence[Page]]:
    """Neighbours in one, from the first on, until they have LEAST pages."""
    found: list[Sequence[Page]] = []
    for part in parts:
        if found and len(found[-1]) < LEAST and len(found[-1]) + len(part) <= MOST:
            found[-1] = [*found[-1], *part]
        else:
            found.append(part)
    return found
