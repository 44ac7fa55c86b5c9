"""Which records are taken, where each mistake of a refused one is reported, and which exact values figures have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from gazette.base.strict_yaml import parse
from gazette.content.loader import load
from gazette.records import DATA_FOLDERS
from gazette.records.dates import PartialDate
from gazette.records.photos import Photo
from gazette.records.record import Located, parts
from gazette.records.validation import validate
from gazette.records.values import Evidence, FieldRef, Figure, Localised, Model, Ref
from tests.expectations import Case, assert_as_expected, cases, name
from tests.zones import ZONES


@pytest.mark.parametrize("case", cases("records"), ids=name)
def test_a_record_is_taken_or_every_mistake_in_it_is_reported(case: Case) -> None:
    collection, _, _ = case.name.partition("--")
    document, _ = parse(case.text, "a.yml")
    record, problems = validate(
        DATA_FOLDERS[collection], document.data, "a", lambda at, key: document.position(at, of_key=key)
    )
    assert_as_expected(case, problems, "a.yml")
    assert (record is None) == bool(problems)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("147", Decimal(147)),
        ("0.5", Decimal("0.5")),
        ("15,440,000", Decimal(15_440_000)),
        ("1544万", Decimal(15_440_000)),
        ("1.28亿", Decimal(128_000_000)),
        ("29m06s", timedelta(minutes=29, seconds=6)),
        ("1h05m", timedelta(hours=1, minutes=5)),
        ("90m", timedelta(minutes=90)),
    ],
)
def test_a_quantity_is_exactly_what_was_typed(typed: str, value: Decimal | timedelta) -> None:
    unit = {"unit": "enterprise"} if isinstance(value, Decimal) else {}
    figure = Figure.model_validate({"value": typed, "source": "qlwb-dual-pairing", "at": "147家"} | unit)
    assert figure.value == value
    assert type(figure.value) is type(value)


def test_a_year_stands_before_its_quarters_and_a_quarter_before_its_months() -> None:
    typed = [
        "2025-12-31",
        "2026",
        "2026-Q1",
        "2026-01",
        "2026-01-01",
        "2026-03-31",
        "2026-Q2",
        "2026-04",
        "2026-Q4",
    ]
    dates = [PartialDate.model_validate({"date": date, "basis": "stated"}) for date in typed]
    assert [date.typed for date in sorted(dates[1::2] + dates[::2], key=lambda date: date.sort_key)] == typed
    assert [str(day) for day in (dates[6].first, dates[6].last)] == ["2026-04-01", "2026-06-30"]
    assert dates[6].iso == "2026"


def walked(value: Any, location: tuple[str | int, ...] = ()) -> Iterator[Located]:
    """The models and references in a value, every field of every model looked into."""
    if isinstance(value, (Model, Ref, FieldRef)):
        yield location, value
    inside: dict[Any, Any] = {}
    if isinstance(value, Model):
        inside = {name: getattr(value, name) for name in type(value).model_fields}
    elif type(value) is tuple:
        inside = dict(enumerate(value))
    for step, part in inside.items():
        yield from walked(part, (*location, step))


@pytest.mark.parametrize("kinds", [(Ref, FieldRef), (Localised,), (Evidence,), (Figure,), (Photo,)])
def test_the_parts_of_a_record_are_all_its_values_of_these_kinds(kinds: tuple[type, ...]) -> None:
    content, _ = load(ZONES / "full")
    pages = [page.matter for page in content.prose.values()]
    for record in (*content.records.values(), *content.units.values(), *content.sums, *pages):
        assert parts(record, *kinds) == [part for part in walked(record) if isinstance(part[1], kinds)]
