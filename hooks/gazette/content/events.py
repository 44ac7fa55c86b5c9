"""What happened when: every date of the records that tells of an event, newest first."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import NamedTuple

from gazette.content.model import Content
from gazette.records import PAGED
from gazette.records.dates import PartialDate
from gazette.records.model_fields import model_in
from gazette.records.record import Record
from gazette.records.sources import Indicator, Source

_NO_EVENTS = (Indicator, Source)
"""Their dates say how far a figure reaches and when a report came out, not what happened."""


class Event(NamedTuple):
    """An event: `field` is the record's field that holds its date; None where no source states it."""

    date: PartialDate | None
    record: Record
    field: str


def eventful(model: type[Record]) -> bool:
    """Whether the records of a collection tell of events: whether they may have a date, of what happened."""
    return bool(date_fields(model)) and not issubclass(model, _NO_EVENTS)


@cache
def date_fields(model: type[Record]) -> tuple[str, ...]:
    """The fields of a model that hold a date, where the record has it."""
    fields = model.model_fields.items()
    return tuple(name for name, field in fields if model_in(field.annotation) is PartialDate)


def events_of(record: Record) -> tuple[Event, ...]:
    """The dated events that a record tells of, in the order of its fields."""
    if isinstance(record, _NO_EVENTS):
        return ()
    values = ((name, getattr(record, name)) for name in date_fields(type(record)))
    return tuple(Event(value, record, name) for name, value in values if isinstance(value, PartialDate))


def latest(content: Content, record: Record) -> PartialDate | None:
    """When the last that a record tells of happened; where no source says, when it was reported."""
    dates = [event.date for event in events_of(record) if event.date]
    return max(dates, key=lambda date: date.sort_key, default=None) or content.date(record)


def events(content: Content) -> tuple[Event, ...]:
    """Every event, newest first; of one date, in the order of the collections. News and start-up records that no source dates are last."""
    records = (record for collection in PAGED for record in content.collection(collection))
    dated = ((event.date.sort_key, event) for record in records for event in events_of(record) if event.date)
    reported = (*content.collection("startup_records"), *content.collection("news"))
    undated = (Event(None, record, "date") for record in reported if getattr(record, "date", None) is None)
    return (*(event for _, event in sorted(dated, key=itemgetter(0), reverse=True)), *undated)
