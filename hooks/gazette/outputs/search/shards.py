"""Which pages of a language are indexed together: few enough that a change costs little, enough that a query asks few."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gazette.site.pages import Page

MOST = 1500
"""Pages in a shard; a language that has no more is one."""
LEAST = 1000
"""Years follow each other into a shard until it has so many pages."""


def shards(pages: Sequence[Page], years: Mapping[str, int | None]) -> list[Sequence[Page]]:
    """The pages of a language in shards, by the year of each path: the home page's first, then from the newest back.

    Pages that are no record's change with what they list, and those of no year with everything: each kind is apart.
    A year that goes on fills the newest shard of its kind, which leaves those before as they are.
    """
    if len(pages) <= MOST:
        return [pages]
    general: list[Page] = []
    lists: dict[int, list[Page]] = defaultdict(list)
    records: dict[int, list[Page]] = defaultdict(list)
    for page in pages:
        year = years[page.path]
        if page.record:
            records[year or 0].append(page)
        elif year:
            lists[year].append(page)
        else:
            general.append(page)
    return [*_divided(general), *_by_year(lists), *_by_year(records)]


def _by_year(years: Mapping[int, Sequence[Page]]) -> Iterable[Sequence[Page]]:
    """Years in shards, the oldest together until they have LEAST pages, then the next; the newest first."""
    found: list[Sequence[Page]] = []
    for year in sorted(years):
        for part in _divided(years[year]):
            if found and len(found[-1]) < LEAST and len(found[-1]) + len(part) <= MOST:
                found[-1] = [*found[-1], *part]
            else:
                found.append(part)
    return reversed(found)


def _divided(pages: Sequence[Page]) -> Sequence[Sequence[Page]]:
    """Pages in as many even parts as it takes, each page always in the same."""
    count = -(-len(pages) // MOST)
    parts: list[list[Page]] = [[] for _ in range(count)]
    for page in pages:
        parts[zlib.crc32(page.path.encode()) % count].append(page)
    return parts
