"""Every figure of the records: its values by date, where each stands, what it rests on and how it was corrected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from gazette.base.grouping import grouped
from gazette.content.record_index import RecordIndex
from gazette.records.dates import PartialDate
from gazette.records.integrity import Correction
from gazette.records.record import figures
from gazette.records.sources import Indicator
from gazette.records.values import FieldRef, Figure, Ref


@dataclass(frozen=True)
class FigureIndex(RecordIndex):
    """All figures, indexed; corrections newest first."""

    corrections: tuple[Correction, ...]

    @cached_property
    def figures(self) -> Mapping[FieldRef, Figure]:
        """Every figure of every record as it is now, in list order, by the record and field it stands in."""
        return {ref: self.values[newest] for ref, (newest, *_) in self._observations.items()}

    @cached_property
    def newest(self) -> PartialDate | None:
        """The latest date that a figure is of."""
        dates = filter(None, map(self.as_of, self.figures))
        return max(dates, key=lambda date: date.sort_key, default=None)

    @cached_property
    def values(self) -> Mapping[FieldRef, Figure]:
        """The same with every observation of those that have several, the newest first, each by its date."""
        found: dict[FieldRef, Figure] = {}
        for record in self.in_order(self.records.values()):
            if isinstance(record, Indicator) and record.observations:
                ref = FieldRef(record.ref, "figure")
                found |= {ref._replace(as_of=one.as_of.typed): one.figure for one in record.observed}
            else:
                found |= {FieldRef(record.ref, str(place[0])): figure for place, figure in figures(record)}
        return found

    def observations(self, ref: FieldRef) -> tuple[FieldRef, ...]:
        """The values of a figure, the newest first; of most there is one, which is named without its date."""
        return self._observations.get(ref._replace(as_of=""), ())

    @cached_property
    def _observations(self) -> Mapping[FieldRef, tuple[FieldRef, ...]]:
        return grouped((ref._replace(as_of=""), ref) for ref in self.values)

    def value_ref(self, ref: FieldRef) -> FieldRef:
        """`ref` without its date where that is the date of the only value of a figure."""
        only = self.observations(ref)
        as_of = self.as_of(ref) if len(only) == 1 else None
        return only[0] if as_of and as_of.typed == ref.as_of else ref

    def figure_ref(self, figure: Figure) -> FieldRef:
        """Where a figure of a record stands; two figures that say the same are told apart."""
        return self._figure_refs[id(figure)]

    @cached_property
    def _figure_refs(self) -> Mapping[int, FieldRef]:
        return {id(figure): ref._replace(as_of="") for ref, figure in self.values.items()}

    def as_of(self, ref: FieldRef) -> PartialDate | None:
        """The date for which a figure holds; of one with several values, where none is named, of the newest."""
        record = self.records[ref.record]
        if not isinstance(record, Indicator):
            return self.date(record)
        return next((one.as_of for one in record.observed if one.as_of.typed == ref.as_of), record.as_of)

    def history(self, ref: FieldRef) -> tuple[Correction, ...]:
        """The corrections of a value of a figure, newest first."""
        named = {ref, ref._replace(as_of="")}
        return tuple(each for each in self.corrected(ref.record) if self.value_ref(each.figure) in named)

    def corrected(self, record: Ref) -> tuple[Correction, ...]:
        """The corrections of a record's figures, newest first."""
        return self._corrected.get(record, ())

    @cached_property
    def _corrected(self) -> Mapping[Ref, tuple[Correction, ...]]:
        return grouped((correction.figure.record, correction) for correction in self.corrections)

    def figures_from(self, source: Ref) -> tuple[FieldRef, ...]:
        """The figures that rest on a source."""
        return self._figures_from.get(source, ())

    @cached_property
    def _figures_from(self) -> Mapping[Ref, tuple[FieldRef, ...]]:
        return grouped((figure.source, ref) for ref, figure in self.values.items())
