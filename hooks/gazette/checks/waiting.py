"""All that waits for an editor, in one list: what is to be settled before main, what inspection counts, what is not proved or old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from gazette.base.diagnostics import Diagnostic, Position, in_order
from gazette.base.messages import Message, say
from gazette.checks import inspection, integrity
from gazette.checks.dates import future_dates
from gazette.checks.evidence import unproved_anchors
from gazette.checks.references import unsourced_records
from gazette.checks.translations import stale_translations
from gazette.content.model import Content
from gazette.language import wording
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.sources import Indicator, Source
from gazette.records.values import LOCALES

_RULES = (
    stale_translations,
    unsourced_records,
    unproved_anchors,
    integrity.unlocked_figures,
    integrity.unlocked_ids,
)


def waiting(content: Content, today: date) -> tuple[Diagnostic, ...]:
    """Each thing that waits, by file: where, why, and what mends it. Drafts leave a column as old or as empty as it is."""
    published = content.published()
    return in_order(
        (
            *(found for rule in _RULES for found in rule(content)),
            *inspection.empty_columns(published),
            *inspection.warnings(published, today),
            *future_dates(content, today),
            *_undated(published),
            *_unarchived(content),
            *_old_figures(content, today),
        )
    )


def _undated(content: Content) -> Iterator[Diagnostic]:
    """Dates that a model may have and a record has not, beside those that inspection counts."""
    for collection, page in inspection.columns(content).items():
        records = content.collection(collection)
        for field in _dates_that_may_be_missing(type(records[0])) if records else ():
            yield from inspection.undated(content, page, records, field)


def _dates_that_may_be_missing(model: type[Record]) -> list[str]:
    fields = model.model_fields.items()
    return [name for name, field in fields if {PartialDate, type(None)} <= {*get_args(field.annotation)}]


def _unarchived(content: Content) -> Iterator[Diagnostic]:
    """The sources without an archive, against which nothing can be proved."""
    sources = [
        each
        for each in content.collection(Source.collection)
        if isinstance(each, Source) and not each.archive
    ]
    if sources:
        first, *others = (Position(source.path) for source in sources)
        yield Diagnostic(first, "unarchived-source", {"count": len(sources)}, tuple(others))


def _old_figures(content: Content, today: date) -> Iterator[Diagnostic]:
    """The indicators of before the time for which a column of the longest term may go without anything new."""
    oldest = inspection.six_months_before(today)
    found = [
        record
        for record in content.collection(Indicator.collection)
        if isinstance(record, Indicator) and record.as_of.last < oldest
    ]
    if found:
        first, *others = (content.position(record, ("as_of", "date")) for record in found)
        day = Message(*(wording.iso_date(today.isoformat(), locale) for locale in LOCALES))
        values = {"count": len(found), "today": day, "limit": say("six-months")}
        yield Diagnostic(first, "old-figures", values, tuple(others))
