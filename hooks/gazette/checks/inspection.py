"""What the inspection of Chinese public sites counts: columns that are empty or stale, items without a stated date.

A column is the page that lists a collection. Dead links are for link_check, which reads the built site.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Message, say
from gazette.content.events import latest
from gazette.content.model import Content, Prose
from gazette.language import wording
from gazette.records import PAGED, page_path
from gazette.records.dates import Basis, PartialDate
from gazette.records.front_matter import PlainPage
from gazette.records.record import Record
from gazette.records.values import LOCALES


class _Limit(NamedTuple):
    """How long a column may go without anything new, and the code of how that is said."""

    days: int
    months: int
    said: str

    def before(self, today: date) -> date:
        """The day since when something must be new."""
        year, month = divmod(today.year * 12 + today.month - 1 - self.months, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) - timedelta(self.days)


_LIMITS = {"news": _Limit(14, 0, "two-weeks"), "policies": _Limit(0, 6, "six-months")}
_DATED = {"news": "date", "startup_records": "date", "policies": "issued", "sources": "published"}
"""The collections whose every item should bear a date, and the field that holds it."""


def columns(content: Content) -> Mapping[str, Prose]:
    """The page of each collection that has one."""
    pages = ((name, content.prose.get(page_path(f"{name}/index"))) for name in PAGED)
    return {name: page for name, page in pages if page}


def empty_columns(content: Content) -> Iterator[Diagnostic]:
    """Each column that has nothing in it and does not say why; inspection fails a site for these."""
    for collection, page in columns(content).items():
        said = isinstance(page.matter, PlainPage) and page.matter.empty
        if not content.collection(collection) and not said:
            yield Diagnostic(
                content.position(page, ()), "empty-column", {"column": _title(page), "path": page.path}
            )


def warnings(content: Content, today: date) -> Iterator[Diagnostic]:
    """What inspection counts and no editor may be able to mend: stale columns, items without a stated date."""
    for collection, page in columns(content).items():
        records = content.collection(collection)
        if records and collection in _LIMITS:
            yield from _stale(content, page, records, _LIMITS[collection], today)
        if collection in _DATED:
            yield from _undated(content, page, records, _DATED[collection])


def _stale(
    content: Content, page: Prose, records: tuple[Record, ...], limit: _Limit, today: date
) -> Iterator[Diagnostic]:
    dates = [date for record in records if (date := latest(content, record))]
    newest = max(dates, key=_last_day, default=None)
    if newest and _last_day(newest) >= limit.before(today):
        return
    values = {
        "column": _title(page),
        "limit": say(limit.said),
        "today": Message(*(wording.iso_date(today.isoformat(), locale) for locale in LOCALES)),
    }
    if newest:
        values["newest"] = Message(*(wording.date(newest, locale) for locale in LOCALES))
    yield Diagnostic(content.position(page, ()), "stale-column" if newest else "column-without-dates", values)


def _undated(content: Content, page: Prose, records: tuple[Record, ...], field: str) -> Iterator[Diagnostic]:
    missing, inferred = [], []
    for record in records:
        found = getattr(record, field)
        if found is None:
            missing.append(Position(record.path))
        elif found.basis is Basis.INFERRED:
            inferred.append(content.position(record, (field,)))
    title = _title(page)
    if missing:
        yield Diagnostic(
            missing[0],
            "undated",
            {"column": title, "count": len(missing), "field": field},
            tuple(missing[1:]),
        )
    if inferred:
        yield Diagnostic(
            inferred[0],
            "inferred-date",
            {"column": title, "count": len(inferred), "field": field},
            tuple(inferred[1:]),
        )


def _title(page: Prose) -> Message:
    return Message(page.matter.title.zh, page.matter.title.en)


def _last_day(value: PartialDate) -> date:
    """The last day that a date may be, where its month or day is not known."""
    year, month, day = value.date
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])
