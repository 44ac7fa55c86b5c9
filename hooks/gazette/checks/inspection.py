"""What the inspection of Chinese public sites counts: columns that are empty or stale, items without a stated date.

A column is the page that lists a collection. Dead links are for link_check, which reads the built site.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Message, say
from gazette.content.events import latest
from gazette.content.model import Content, Prose
from gazette.language import wording
from gazette.records import PAGED, page_path
from gazette.records.dates import Basis
from gazette.records.front_matter import PlainPage
from gazette.records.record import Record
from gazette.records.values import LOCALES


def six_months_before(today: date) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - 6, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


_LIMITS: Mapping[str, tuple[str, Callable[[date], date]]] = {
    "news": ("two-weeks", lambda today: today - timedelta(14)),
    "policies": ("six-months", six_months_before),
}
"""How long a column may go without anything new: how that is said, and the day since when something must be."""
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
            values = {"column": _title(page), "path": page.path}
            yield Diagnostic(content.position(page, ()), "empty-column", values)


def warnings(content: Content, today: date) -> Iterator[Diagnostic]:
    """What inspection counts and no editor may be able to mend: stale columns, items without a stated date."""
    day = Message(*(wording.iso_date(today.isoformat(), locale) for locale in LOCALES))
    for collection, page in columns(content).items():
        records = content.collection(collection)
        if records and collection in _LIMITS:
            said, since = _LIMITS[collection]
            dates = [date for record in records if (date := latest(content, record))]
            newest = max(dates, key=lambda date: date.last, default=None)
            values = {"column": _title(page), "limit": say(said), "today": day}
            if newest is None:
                yield Diagnostic(content.position(page, ()), "column-without-dates", values)
            elif newest.last < since(today):
                values["newest"] = Message(*(wording.date(newest, locale) for locale in LOCALES))
                yield Diagnostic(content.position(page, ()), "stale-column", values)
        if collection in _DATED:
            yield from undated(content, page, records, _DATED[collection])


def undated(content: Content, page: Prose, records: tuple[Record, ...], field: str) -> Iterator[Diagnostic]:
    """The records of a column without a date in a field, and those whose date there is inferred."""
    missing, inferred = [], []
    for record in records:
        date = getattr(record, field)
        if date is None:
            missing.append(Position(record.path))
        elif date.basis is Basis.INFERRED:
            inferred.append(content.position(record, (field,)))
    for code, found in (("undated", missing), ("inferred-date", inferred)):
        if found:
            values = {"column": _title(page), "count": len(found), "field": field}
            yield Diagnostic(found[0], code, values, tuple(found[1:]))


def _title(page: Prose) -> Message:
    return Message(page.matter.title.zh, page.matter.title.en)
