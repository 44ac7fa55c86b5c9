"""Lists as a page shows them: what stands on it, what it leads to, what comes before and after; when things happened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gazette.content.events import Event
from gazette.language import wording
from gazette.language.collation import collation_key
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.site.lists import Listing, limit_of
from gazette.site.pages import list_path, part_name, step_name
from gazette.site.pagination import Part, by_date
from gazette.templates.view.records import Records, typed_ref


@dataclass(frozen=True)
class Link:
    """A link to a part of a list: its words, how many items it has, and the links to its own parts."""

    words: str
    href: str
    count: int
    parts: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Listed:
    """What a page shows of a list: `items`, of `count` in all, and links to the parts.

    `opens` tells the page that the list begins with from those of its parts.
    """

    items: tuple[Any, ...]
    count: int
    parts: tuple[Link, ...]
    opens: bool

    @property
    def whole(self) -> bool:
        """Whether everything stands on one page."""
        return self.opens and len(self.items) == self.count


@dataclass(frozen=True)
class Group:
    """Related records of one collection: as many as a record's page shows, of `count`; `href` leads to all of more."""

    items: tuple[Record, ...]
    count: int
    href: str | None


class Listings(Records):
    """The lists of the site, and dates as far as sources state them."""

    def listed(self, of: str) -> Listed:
        """This page's part of a list ("news", "figures"); on another page, how the list begins."""
        listing, part = self.page.listing, self.page.part
        if listing is None or part is None or listing.of != of:
            listing = self._lists.main[of]
            part = listing.whole
        path = list_path(listing)
        has_pages = listing.to or {path, f"{path}/index"} & self._content.prose.keys()
        links = self._links(listing, part) if has_pages else ()
        return Listed(part.items, part.count, links, not part.steps and not listing.to)

    def _links(self, listing: Listing, part: Part[Any]) -> tuple[Link, ...]:
        return tuple(
            Link(
                step_name(below.steps[-1], self.locale, below=bool(part.steps)),
                self.href(list_path(listing, below.steps)),
                below.count,
                # Two levels are enough to find one's way.
                () if part.steps else self._links(listing, below),
            )
            for below in part.parts
        )

    def related(self, record: Record) -> Mapping[str, Group]:
        """The records related to `record` in either direction, by collection; of a source, those that rest on it."""
        limit = limit_of(record)
        return {
            name: Group(
                listing.whole.items[:limit],
                listing.whole.count,
                self.href(list_path(listing)) if listing.whole.count > limit else None,
            )
            for name, listing in self._lists.related(record).items()
        }

    def turned(self) -> Mapping[str, Mapping[str, str]]:
        """The parts, or of a record the records, before and after this page's: what each is called and its address."""
        listing, part = self.page.listing, self.page.part
        if self.page.record:
            beside = zip(("previous", "next"), self._lists.neighbours(self.page.record), strict=True)
            return {
                way: {"words": self.text(record.title), "href": self.href(record)}
                for way, record in beside
                if record
            }
        if listing is None or part is None:
            return {}
        found = {"previous": part.previous, "next": part.next}
        return {
            way: {"words": part_name(steps, self.locale), "href": self.href(list_path(listing, steps))}
            for way, steps in found.items()
            if steps
        }

    def date(self, reference: str) -> str:
        """The date that stands in a field of a record, `collection/id.field`."""
        return self.text(self.field(typed_ref(reference), PartialDate))

    def times(self, reference: str) -> str:
        """The daily times that stand in a field of a record, `collection/id.field`."""
        return self.text(self.field(typed_ref(reference), tuple))

    def when(self, record: Record) -> str:
        """An article's date; where no source says, that, and when it was reported."""
        stated = getattr(record, "date", None)
        if stated:
            return self.text(stated)
        reported = self._content.date(record)
        return wording.reported(reported, self.locale) if reported else self.label("date_not_stated")

    def dated(self, record: Record) -> PartialDate | None:
        """When a record happened; where no source says, when it was reported."""
        return self._content.date(record)

    def news(self) -> tuple[Record, ...]:
        return self.records("news")

    def by_name(self, records: Iterable[Record]) -> tuple[Record, ...]:
        """Records in the order of their titles in this page's language."""
        return tuple(
            sorted(records, key=lambda record: collation_key(record.title.to(self.locale), self.locale))
        )

    def years(self, records: Iterable[Record]) -> tuple[int, ...]:
        """The years of records, newest first."""
        dates = map(self.dated, records)
        return tuple(sorted({date.date.year for date in dates if date}, reverse=True))

    def timeline(self) -> Mapping[str, Mapping[str, tuple[Event, ...]]]:
        """This page's events, newest first, by date in words; under their years, on the page of a year under months."""
        in_months = self.page.part is not None and self.page.part.steps != ()
        found: dict[str, dict[str, tuple[Event, ...]]] = {}
        for event in self.listed("timeline").items:
            if event.date:
                days = found.setdefault(part_name(by_date(event.date)[: 1 + in_months], self.locale), {})
                said = self.text(event.date)
                days[said] = (*days.get(said, ()), event)
        return found

    def undated(self) -> tuple[Record, ...]:
        """This page's news and start-up records that no source dates."""
        return tuple(event.record for event in self.listed("timeline").items if event.date is None)
