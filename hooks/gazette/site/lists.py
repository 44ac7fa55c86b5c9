"""The lists of the site in their parts: of each collection, of what is related to a record, of all figures and events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gazette.base.grouping import grouped
from gazette.content.events import date_fields, events
from gazette.content.model import Content
from gazette.records import PAGED
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.sources import Source
from gazette.records.values import FieldRef, Ref
from gazette.site.pagination import BOUND, Part, Step, Steps, by_date, by_letter, divide

RELATED = 12
"""So many related records of one collection stand on a record's own page; all of more have a list."""

FEW = 6
"""The records of a collection of no more are related to each other."""

_TOLD = ("place", "part_of")
"""The fields, beside the topics, in which a record's page leads to another by its facts."""

_BY_LETTER = ("mechanisms", "glossary")
"""The collections whose records have no date."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: what it is `of` ("news", "figures"); of those related to a record, that record; and the whole of it."""

    of: str
    whole: Part[Any]
    to: Record | None = None


@dataclass(frozen=True, eq=False)
class Lists:
    """Every list that the content makes; none is worked out twice."""

    content: Content

    @cached_property
    def main(self) -> Mapping[str, Listing]:
        """The list of each collection, of all figures, the timeline and the corrections, by what they are of."""
        parts: dict[str, Part[Any]] = {
            # The years of the news have had pages of their own from the first article on.
            name: self._divided(self.content.collection(name), always=name == "news")
            for name in PAGED
        }
        parts["figures"] = self._figures()
        parts["timeline"] = divide(events(self.content), lambda event: by_date(event.date))
        parts["corrections"] = divide(self.content.corrections, lambda correction: by_date(correction.date))
        return {name: Listing(name, part) for name, part in parts.items()}

    @cached_property
    def figure_steps(self) -> Mapping[FieldRef, Steps]:
        """The part of the list of all figures that has each figure's entry."""
        undivided = (part for part in self.main["figures"].whole.every() if not part.parts)
        return {ref: part.steps for part in undivided for ref in part.items}

    def neighbours(self, record: Record) -> tuple[Record | None, Record | None]:
        """The records before and after one in the list order of its collection."""
        collection, place = self.content.collection(record.collection), self._places[record.ref]
        before = collection[place - 1] if place else None
        return before, next(iter(collection[place + 1 : place + 2]), None)

    @cached_property
    def _places(self) -> Mapping[Ref, int]:
        """The place of each record in the list order of its collection."""
        return {
            record.ref: place for name in PAGED for place, record in enumerate(self.content.collection(name))
        }

    def related(self, record: Record) -> Mapping[str, Listing]:
        """The lists of the records related to `record`, by collection; of a source, of those that rest on it.

        Those of a collection of few are each other's. What the record's own facts lead to, such as its topics, is left out.
        """
        if record.ref not in self._related:
            is_source = isinstance(record, Source)
            others = self.content.resting_on(record.ref) if is_source else self._beside(record)
            self._related[record.ref] = {
                name: Listing(name, self._divided(group), record)
                for name, group in grouped((other.collection, other) for other in others).items()
            }
        return self._related[record.ref]

    def continued(self, record: Record) -> Iterator[Listing]:
        """Those of the same that go on beyond the record's own page; of most records it is plain that there are none."""
        limit = limit_of(record)
        named = Counter(ref.collection for ref in record.refs)
        named.update(ref.collection for ref in self.content.backlinks.get(record.ref, ()))
        if max(named.values(), default=0) > limit:
            yield from (listing for listing in self.related(record).values() if listing.whole.count > limit)

    def _beside(self, record: Record) -> Iterator[Record]:
        """The records related to one, in collection order."""
        siblings = self.content.collection(record.collection)
        others = self.content.related(record)
        if len(siblings) <= FEW:
            mine = tuple(each for each in siblings if each is not record)
            others = self.content.in_order({each.ref: each for each in (*others, *mine)}.values())
        told = {*getattr(record, "tags", ()), *(getattr(record, name, None) for name in _TOLD)}
        return (each for each in others if each.ref not in told)

    @cached_property
    def _related(self) -> dict[Ref, Mapping[str, Listing]]:
        """What was asked for so far."""
        return {}

    @cached_property
    def _dates(self) -> Mapping[Ref, PartialDate | None]:
        """The first date that a record itself has, else that of its report: what comes later does not move it."""
        found = {}
        for record in self.content.records.values():
            values = (getattr(record, name) for name in date_fields(type(record)))
            own = [value for value in values if isinstance(value, PartialDate)]
            first = min(own, key=lambda date: date.sort_key, default=None)
            found[record.ref] = first or self.content.date(record)
        return found

    def _way(self, record: Record) -> Steps:
        return by_letter(record.id) if record.collection in _BY_LETTER else by_date(self._dates[record.ref])

    def _divided(self, records: Iterable[Record], *, always: bool = False) -> Part[Record]:
        """Records of one collection: in list order on one page, beyond it the newest first or by letter."""
        found = tuple(records)
        if found and found[0].collection in _BY_LETTER:
            ordered = sorted(found, key=lambda record: record.id)
        else:
            ordered = sorted(found, key=lambda record: _sort_key(self._dates[record.ref]), reverse=True)
        whole = divide(ordered, self._way, always=always)
        return whole if whole.count > BOUND else replace(whole, items=found)

    def _figures(self) -> Part[FieldRef]:
        """Every figure; of more than fit on a page, the indicators first, since they are nothing else."""

        def place(ref: FieldRef) -> tuple[bool, int, tuple[int, int, int]]:
            name = ref.record.collection
            year, month, day = _sort_key(self._dates[ref.record])
            return name != "indicators", collections.index(name), (-year, -month, -day)

        def way(ref: FieldRef) -> Steps:
            record = self.content.records[ref.record]
            return Step("collection", record.collection), *self._way(record)

        collections = list(PAGED)
        refs = tuple(self.content.figures)
        return divide(sorted(refs, key=place) if len(refs) > BOUND else refs, way)


def limit_of(record: Record) -> int:
    """So many of one collection stand on the page of a record that they relate to."""
    return BOUND if isinstance(record, Source) else RELATED


def _sort_key(date: PartialDate | None) -> tuple[int, int, int]:
    return date.sort_key if date else (0, 0, 0)
