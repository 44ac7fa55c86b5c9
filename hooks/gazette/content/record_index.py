"""Records in list order, when each happened, and which name which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from gazette.base.grouping import grouped
from gazette.records import PAGED
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.sources import Source
from gazette.records.values import Ref


@dataclass(frozen=True)
class RecordIndex:
    """All records, indexed."""

    records: Mapping[Ref, Record]

    def collection(self, name: str) -> tuple[Record, ...]:
        """The records of a collection in list order: by `order`, then newest first, then by id."""
        return self._by_collection.get(name, ())

    @cached_property
    def _by_collection(self) -> Mapping[str, tuple[Record, ...]]:
        return grouped((record.collection, record) for record in self.in_order(self.records.values()))

    def in_order(self, records: Iterable[Record]) -> tuple[Record, ...]:
        """Records in list order, one collection after the other."""
        return tuple(sorted(records, key=lambda record: self._places[record.ref]))

    @cached_property
    def _places(self) -> Mapping[Ref, tuple[int, bool, int, int, int, int, str]]:
        """What each record is sorted by."""
        collections = {collection: place for place, collection in enumerate(PAGED)}
        places = {}
        for ref, record in self.records.items():
            date, order = self.date(record), record.order
            year, month, day = date.sort_key if date else (0, 0, 0)
            places[ref] = collections[record.collection], not order, order, -year, -month, -day, record.id
        return places

    def date(self, record: Record) -> PartialDate | None:
        """When a record happened; where no source says, when its newest source was published."""
        return self._dates[record.ref]

    @cached_property
    def _dates(self) -> Mapping[Ref, PartialDate | None]:
        return {ref: self._date(record) for ref, record in self.records.items()}

    def _date(self, record: Record) -> PartialDate | None:
        if when := getattr(record, "date", None) or getattr(record, "published", None):
            return cast(PartialDate, when)
        sources = map(self.records.get, record.cited)
        dates = [source.published for source in sources if isinstance(source, Source) and source.published]
        return max(dates, key=lambda date: date.sort_key, default=None)

    @cached_property
    def backlinks(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """For each reference, the records that name it."""
        return grouped((ref, record.ref) for record in self.records.values() for ref in record.refs)

    def related(self, record: Record) -> tuple[Record, ...]:
        """The records that a record names or that name it, sources and units aside, in collection order."""
        named = {*record.refs, *self.backlinks.get(record.ref, ())} & self.records.keys()
        return self.in_order(self.records[ref] for ref in named - {record.ref} if ref.collection != "sources")

    def resting_on(self, source: Ref) -> tuple[Record, ...]:
        """The records that give `source` as evidence."""
        return self.in_order(self.records[ref] for ref in self.backlinks.get(source, ()))
