"""When things happened: dates and times of records, the news and the timeline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gazette.content.events import Event
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.site.pages import part_name
from gazette.site.pagination import by_date
from gazette.templates.view.listings import Listings
from gazette.templates.view.records import typed_ref


class Chronicle(Listings):
    """Dates as far as sources state them."""

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
        return self.label("reported", date=self.text(reported)) if reported else self.label("date_not_stated")

    def dated(self, record: Record) -> PartialDate | None:
        """When a record happened; where no source says, when it was reported."""
        return self._content.date(record)

    def news(self) -> tuple[Record, ...]:
        """The news, newest first."""
        return self.records("news")

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
