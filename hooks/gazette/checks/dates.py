"""Dates that are still to come: most are typed wrong, and none is a reason for a build to end otherwise on another day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from gazette.base.diagnostics import Diagnostic
from gazette.base.messages import Message
from gazette.content.model import Content
from gazette.language import wording
from gazette.records.dates import PartialDate
from gazette.records.record import parts
from gazette.records.values import LOCALES


def future_dates(content: Content, today: date) -> Iterator[Diagnostic]:
    """Each date in a record, an article, a correction or a retirement that begins after `today`."""
    day = Message(*(wording.iso_date(today.isoformat(), locale) for locale in LOCALES))
    for owner in content.texts():
        for location, found in parts(content.matter(owner), PartialDate):
            if found.first > today:
                values = {"date": found.typed, "today": day}
                yield Diagnostic(content.position(owner, (*location, "date")), "future-date", values)
