"""What every chart is: its words, what its template draws, its data as a table, where its data are from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.values import Amount
from gazette.templates.view import View

MOST = 12
"""A picture shows no more records than this, and says so."""


class Origin(NamedTuple):
    """Where the data of a chart are from: the table of the published data that has them, their sources, their date."""

    table: str
    sources: tuple[Record, ...]
    as_of: PartialDate | None


@dataclass(frozen=True)
class Chart:
    """A picture and its data, in one language.

    `shape` is what the template `charts/<form>.html` draws: positions and lengths are percentages of the picture.
    `alternative` says in words what a picture shows. `columns` and `rows` are the same as a table; one value needs none.
    """

    form: str
    title: str
    shape: Mapping[str, Any]
    origin: Origin
    alternative: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Any]] = field(default=())
    notes: Sequence[str] = field(default=())


class Bar(NamedTuple):
    """A bar with its own words: what it is `of`, its `value`, what `more` is known. Without a `length` there is no bar.

    A `hollow` one is drawn as an outline; what that means is in a note.
    """

    of: str
    value: str = ""
    more: str = ""
    length: str | None = None
    start: str = "0%"
    hollow: bool = False


def bars_of(amounts: Sequence[Amount | None]) -> list[str | None]:
    """The length of each amount's bar where the longest takes up the picture; of no number, or another unit than the first, None."""
    numbers = [amount for amount in amounts if amount and amount.value is not None]
    longest = max((size(amount) for amount in numbers if amount.unit == numbers[0].unit), default=Decimal(0))
    return [
        percent(size(amount), longest or 1)
        if amount and amount.value is not None and amount.unit == numbers[0].unit
        else None
        for amount in amounts
    ]


def from_entries(entries: Iterable[Mapping[str, Any]]) -> Origin:
    """The origin of figures, given their entries."""
    found = list(entries)
    return _origin("figures", [(entry["as_of"], [entry["source"]]) for entry in found])


def from_records(view: View, table: str, records: Iterable[Record]) -> Origin:
    """The origin of what records say; `table` has them."""
    return _origin(table, [(view.dated(record), view.cited(record)) for record in records])


def _origin(table: str, found: Sequence[tuple[PartialDate | None, Iterable[Record]]]) -> Origin:
    sources = {source.ref: source for _, cited in found for source in cited}
    dates = [date for date, _ in found if date]
    return Origin(table, tuple(sources.values()), max(dates, key=lambda date: date.sort_key, default=None))


def size(amount: Amount) -> Decimal:
    """An amount as a length to draw: its number, a duration's seconds."""
    value = amount.value or Decimal(0)
    return value if isinstance(value, Decimal) else Decimal(int(value.total_seconds()))


def percent(part: float | Decimal, whole: float | Decimal = 1) -> str:
    """A share of the picture as a template has it: `36.67%`."""
    return f"{float(part) / float(whole) * 100:.2f}".rstrip("0").rstrip(".") + "%"
