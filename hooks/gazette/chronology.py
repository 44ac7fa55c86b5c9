"""What happened when: every date of the records that tells of an event, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from gazette.content import Content
from gazette.records import PAGED
from gazette.records.base import Record
from gazette.records.evidence import Indicator, Source
from gazette.records.values import PartialDate

_NO_EVENTS = (Indicator, Source)
"""Their dates say how far a figure reaches and when a report came out, not what happened."""


class Event(NamedTuple):
    """An event: `field` is the record's field that holds its date; None where no source states it."""

    date: PartialDate | None
    record: Record
    field: str


def events(content: Content) -> tuple[Event, ...]:
    """Every event, newest first; of one date, in the order of the collections. What no source dates is last."""
    dated = (
        (value.sort_key, Event(value, record, name))
        for collection, model in PAGED.items()
        if not issubclass(model, _NO_EVENTS)
        for record in content.collection(collection)
        for name in model.model_fields
        if isinstance(value := getattr(record, name), PartialDate)
    )
    found = [event for _, event in sorted(dated, key=itemgetter(0), reverse=True)]
    return (*found, *_undated(content))


def _undated(content: Content) -> Iterator[Event]:
    """News and start-up records that no source dates."""
    return (
        Event(None, record, "date")
        for collection in ("startup_records", "news")
        for record in content.collection(collection)
        if getattr(record, "date", None) is None
    )
