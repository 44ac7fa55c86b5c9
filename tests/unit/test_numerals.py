"""Figures written in words and read back: the same value and qualifier, in Chinese and in English.

Babel agrees on the scaled number where it is right. Where it is not, and is not compared:

- it rounds to the digits asked for: 12345678 is `1234.57万` and `12.35 million`, where `scaled` says it exactly;
- its rounding does not roll over: 99999999 is `10000万`, and nothing is there called 1亿;
- from 10^12 it goes on to `1万亿` and `1 trillion`, and it has `1.54 thousand` where the site writes 1,544.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from babel.numbers import format_compact_decimal
from hypothesis import example, given, settings
from hypothesis import strategies as some

from gazette.base.strict_yaml import parse
from gazette.language import wording
from gazette.language.numerals import Quantity, quantities
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Amount, Qualifier
from tests.expectations import TESTS, table

UNITS = {
    file.stem: Unit.model_validate(parse(file.read_text(encoding="utf-8"), file.name)[0].data)
    for file in sorted((TESTS / "cases" / "units").glob("*.yml"))
}
LARGEST = 10**12
SAID = [qualifier for qualifier in Qualifier if qualifier is not Qualifier.FULL_COVERAGE]
SCALES = {
    "zh": (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4)),
    "en": (("billion", Decimal(10) ** 9), ("million", Decimal(10) ** 6)),
}

same_each_time = settings(derandomize=True, max_examples=500, deadline=None)
digits = some.integers(1, 9999)
whole = some.integers(1, LARGEST).map(Decimal)
round_numbers = some.builds(lambda number, power: Decimal(number) * 10**power, digits, some.integers(0, 9))
fractions = some.builds(
    lambda number, places: Decimal(number).scaleb(-places), some.integers(1, LARGEST), some.integers(1, 6)
)
values = (whole | round_numbers | fractions).filter(lambda value: value <= LARGEST)
durations = some.builds(timedelta, seconds=some.integers(0, 400_000))


def only(text: str, locale: str) -> Quantity:
    """The one quantity of a text."""
    (found,) = quantities(text, locale)
    return found


def amount(value: Decimal | timedelta, unit: str | None, qualifier: Qualifier) -> Amount:
    return Amount(value=value, unit=unit and ("units", unit), qualifier=qualifier)


@pytest.mark.parametrize("locale", LOCALES)
@same_each_time
@given(value=values, unit=some.sampled_from(sorted(UNITS)), qualifier=some.sampled_from(SAID))
@example(Decimal(LARGEST), "cny", Qualifier.NEARLY)
@example(Decimal("15440000"), "cny", Qualifier.EXACT)
@example(Decimal("128000000"), "cny", Qualifier.MORE_THAN)
@example(Decimal(10000), "person", Qualifier.AT_LEAST)
@example(Decimal("1.5"), "kilometre", Qualifier.EXACT)
def test_a_figure_s_words_say_its_value_and_qualifier_exactly(
    locale: str, value: Decimal, unit: str, qualifier: Qualifier
) -> None:
    words = wording.in_words(amount(value, unit, qualifier), UNITS[unit], locale)
    found = only(words, locale)
    assert (found.value, found.qualifier) == (value, qualifier)
    of = UNITS[unit]
    after = of.zh if locale == "zh" else (of.en.one if value == 1 else of.en.other) or ""
    assert words[found.end :].strip() == after
    assert found.start == 0
    assert found.currency == ((of.en.before or "") if locale == "en" else "")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("power", range(13))
@pytest.mark.parametrize("qualifier", SAID)
def test_every_power_of_ten_and_its_neighbours_are_read_back(
    locale: str, power: int, qualifier: Qualifier
) -> None:
    for value in (10**power - 1, 10**power, 10**power + 1, 12 * 10**power):
        words = wording.in_words(amount(Decimal(value), "enterprise", qualifier), UNITS["enterprise"], locale)
        found = only(words, locale)
        assert (found.value, found.qualifier) == (value, qualifier)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", ["short", "long"])
@same_each_time
@given(length=durations)
@example(timedelta(minutes=29, seconds=6))
@example(timedelta(0))
@example(timedelta(hours=2, seconds=5))
def test_a_duration_s_words_say_its_length(locale: str, form: str, length: timedelta) -> None:
    words = wording.duration(length, locale, form)
    found = only(words, locale)
    assert (found.value, found.qualifier) == (length, Qualifier.EXACT)
    assert (found.start, found.end) == (0, len(words))


@pytest.mark.parametrize("locale", ["zh", "en"])
@same_each_time
@given(length=durations, qualifier=some.sampled_from(SAID))
@example(timedelta(minutes=29, seconds=6), Qualifier.MORE_THAN)
def test_a_duration_s_qualifier_is_read_back(locale: str, length: timedelta, qualifier: Qualifier) -> None:
    words = wording.in_words(amount(length, None, qualifier), None, locale)
    found = only(words, locale)
    assert (found.value, found.qualifier) == (length, qualifier)
    assert (found.start, found.end) == (0, len(words))


@pytest.mark.parametrize("locale", LOCALES)
@same_each_time
@given(value=values)
def test_scaling_neither_rounds_nor_needs_more_than_two_decimals(locale: str, value: Decimal) -> None:
    number, scale = wording.scaled(value, locale)
    assert Decimal(number.replace(",", "")) * dict(SCALES[locale]).get(scale, Decimal(1)) == value
    assert not scale or len(number.partition(".")[2]) <= 2


@pytest.mark.parametrize(
    ("locale", "name", "form", "largest"), [("zh", "zh_CN", "short", 999_999), ("en", "en", "long", 99_999)]
)
@same_each_time
@given(data=some.data(), scale=some.integers(0, 1))
def test_babel_agrees_where_it_is_right(
    locale: str, name: str, form: str, largest: int, data: some.DataObject, scale: int
) -> None:
    value = Decimal(data.draw(some.integers(100, largest))) / 100 * SCALES[locale][scale][1]
    said = format_compact_decimal(value, locale=name, format_type=form, fraction_digits=2)
    assert said.replace(" ", "") == "".join(wording.scaled(value, locale))


@pytest.mark.parametrize(("locale", "text", "expected"), table("numerals.txt"))
def test_what_is_read_in_a_text(locale: str, text: str, expected: str) -> None:
    found = [
        f"{amount(each.value, None if isinstance(each.value, timedelta) else each.unit or 'any', each.qualifier)}"
        if each.qualifier
        else "unclear"
        for each in quantities(text, locale)
    ]
    assert ", ".join(found).replace(" any", "") == expected
