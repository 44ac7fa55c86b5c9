"""When things happened: dates and times of records, the news and the timeline."""

from __future__ import annotations

from collections.abc import Mapping

from gazette.chronology import Event, events, undated
from gazette.pages import news_of, news_years
from gazette.records.base import Record
from gazette.records.values import PartialDate
from gazette.view.records import Records, typed_ref


class Chronicle(Records):
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

    def news(self, year: int | None = None) -> tuple[Record, ...]:
        """The news, newest first; with `year`, that year's."""
        return self.records("news") if year is None else news_of(self._content, year)

    def years(self) -> tuple[int, ...]:
        """The years that have news."""
        return news_years(self._content)

    def timeline(self) -> Mapping[int, Mapping[str, tuple[Event, ...]]]:
        """Every dated event by year and, within it, by date in words; newest first."""
        years: dict[int, dict[str, tuple[Event, ...]]] = {}
        for event in events(self._content):
            days = years.setdefault(event.date.date.year, {})
            said = self.text(event.date)
            days[said] = (*days.get(said, ()), event)
        return years

    def undated(self) -> tuple[Record, ...]:
        """News and start-up records that no source dates."""
        return undated(self._content)
