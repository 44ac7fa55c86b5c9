"""Values in words, Chinese and English: figures, durations, dates, times, and the interface's own labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import NamedTuple

from gazette.base import strict_yaml
from gazette.records.business import StartupRecord
from gazette.records.dates import DailyTime, PartialDate
from gazette.records.record import Record
from gazette.records.streets import Service
from gazette.records.terms import Unit
from gazette.records.values import Amount, Localised, Qualifier

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_SCALES = {
    "zh": ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")),
    "en": ((Decimal(10) ** 9, "billion"), (Decimal(10) ** 6, "million")),
}

_QUARTERS = {"zh": "一二三四", "en": ("first", "second", "third", "fourth")}

_QUALIFIERS = {
    "zh": {
        Qualifier.NEARLY: ("近", ""),
        Qualifier.ABOUT: ("约", ""),
        Qualifier.MORE_THAN: ("", "余"),
        Qualifier.AT_LEAST: ("至少", ""),
    },
    "en": {
        Qualifier(name): (name.replace("_", " "), "") for name in ("nearly", "about", "more_than", "at_least")
    },
}
"""What a qualifier adds before the number and right after it."""


class Spoken(NamedTuple):
    """A figure in words, in the pieces a layout may set apart: `近` `300` `` `家`, `RMB` `15.44` `million` ``."""

    before: str
    number: str
    scale: str
    unit: str


@cache
def labels() -> Mapping[str, Localised]:
    """The interface's strings, by key, from labels.yml."""
    text = resources.files("gazette.language").joinpath("labels.yml").read_text(encoding="utf-8")
    document, problems = strict_yaml.parse(text, "labels.yml")
    if problems:
        raise ValueError(str(problems[0]))
    return {key: Localised.model_validate(value) for key, value in document.data.items()}


def label(key: str, locale: str, **values: str | int) -> str:
    """The interface string `key`, with its {placeholders} filled; KeyError where there is none."""
    words = labels()[key].to(locale)
    return words.format(**values) if values else words


@cache
def translations(words: str) -> frozenset[str]:
    """The words of a label, and what it is in the other language."""
    found = (text for text in labels().values() if words in (text.zh, text.en))
    return frozenset(form for text in found for form in (text.zh, text.en))


def spoken(figure: Amount, unit: Unit | None, locale: str) -> Spoken:
    """A figure in the words of `locale`; `unit` is the record that its `unit` names."""
    if figure.qualifier is Qualifier.FULL_COVERAGE:
        return Spoken("", label("full_coverage", locale), "", "")
    before, more = _QUALIFIERS[locale].get(figure.qualifier, ("", ""))
    if isinstance(figure.value, timedelta):
        if more:  # 余 goes with a number, not with a time.
            before, more = "超", ""
        return Spoken(before, duration(figure.value, locale), more, "")
    assert figure.value is not None
    assert unit is not None, f"unit of {figure} is not given"
    number, scale = scaled(figure.value, locale)
    if locale == "zh":
        return Spoken(before, number, more + scale, unit.zh)
    if unit.en.before:
        return Spoken(f"{before} {unit.en.before}".strip(), number, scale, "")
    return Spoken(before, number, scale, (unit.en.one if figure.value == 1 else unit.en.other) or "")


def in_words(figure: Amount, unit: Unit | None, locale: str) -> str:
    """A figure as it stands in a sentence: `近300家`, `nearly 300 enterprises`, `RMB 15.44 million`."""
    return _join(spoken(figure, unit, locale), locale)


def number_only(figure: Amount, unit: Unit | None, locale: str) -> str:
    """A figure without its unit word: `近300`, `nearly 300`; an English currency stays, `RMB 15.44 million`."""
    return _join(spoken(figure, unit, locale)[:3], locale)


def counted(record: Record, field: str, locale: str) -> str:
    """What the figure in a field of a record counts: an indicator's title says it, others add their field."""
    title = record.title.to(locale)
    if field == "figure":
        return title
    if isinstance(record, StartupRecord):
        what = record.scope.to(locale)
    elif isinstance(record, Service) and record.serves and field == "reach":
        what = label("tile_serves", locale, whom=record.serves.to(locale))
    else:
        what = label(f"tile_{field}", locale)
    return label("tile", locale, what=what, of=title)


def scaled(value: Decimal, locale: str) -> tuple[str, str]:
    """A number and the word for its scale, exactly: 15440000 is ("1544", "万") and ("15.44", "million").

    A scale is used only where at most two decimals say the number exactly; nothing is rounded.
    """
    for size, word in _SCALES[locale]:
        if value >= size and (value / size * 100) % 1 == 0:
            return _plain(value / size), word
    return _plain(value, grouped=locale == "en"), ""


def duration(length: timedelta, locale: str, form: str = "short") -> str:
    """A duration: `29分06秒`; in English `29 min 06 s`, or with form "long" `29 minutes 6 seconds`.

    The form "clock" is `29′06″` in both. Whole hours lead where there are any; parts of zero at the end are left out.
    """
    total = int(length.total_seconds())
    numbers = hours, minutes, seconds = total // 3600, total // 60 % 60, total % 60
    if form == "clock" and not hours:
        return f"{minutes}′{seconds:02}″"
    if locale == "en" and form == "long":
        named = zip(numbers, ("hour", "minute", "second"), strict=True)
        return " ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in named if n) or "0 seconds"
    words = ("小时", "分", "秒") if locale == "zh" else (" h", " min", " s")
    said = [place for place, number in enumerate(numbers) if number] or [2]
    first, last = said[0], said[-1]
    return ("" if locale == "zh" else " ").join(
        f"{numbers[place]:{'' if place == first else '02'}}{words[place]}" for place in range(first, last + 1)
    )


def date(value: PartialDate, locale: str) -> str:
    """A date by its precision; an inferred year is said to be inferred."""
    text = _as_typed(value, locale)
    if value.stated:
        return text
    only_year = value.date.month is None and value.date.quarter is None and not value.early
    return _join((text, label("inferred" if only_year else "year_inferred", locale)), locale)


def reported(value: PartialDate, locale: str) -> str:
    """That the day of an event is not stated, and when it was reported."""
    return label("reported" if value.stated else "reported_inferred", locale, date=_as_typed(value, locale))


def month(number: int, locale: str, year: int | None = None) -> str:
    """A month, of a year where one is given: `11月`, `2026年11月`; `November`, `November 2026`."""
    return _calendar(locale, year, number)


def iso_date(text: str, locale: str) -> str:
    """A day written YYYY-MM-DD: `2026年11月23日`, `23 November 2026`."""
    return _calendar(locale, *map(int, text.split("-")))


def _as_typed(value: PartialDate, locale: str) -> str:
    text = _calendar(locale, *value.date)
    if value.early:
        return f"{text}初" if locale == "zh" else f"early {text}"
    return text


def _calendar(
    locale: str,
    year: int | None,
    month: int | None = None,
    day: int | None = None,
    quarter: int | None = None,
) -> str:
    if quarter:
        return label("quarter", locale, of=_QUARTERS[locale][quarter - 1], year=str(year))
    if locale == "zh":
        return "".join(f"{part}{unit}" for part, unit in ((year, "年"), (month, "月"), (day, "日")) if part)
    return " ".join(str(part) for part in (day, month and MONTHS[month - 1], year) if part)


def daily_time(value: DailyTime, locale: str) -> str:
    """A daily span of hours: `上午8:00至9:00`, `08:00–09:00`."""
    if locale == "en":
        return f"{value.start:%H:%M}–{value.end:%H:%M}"
    (half, start), (other, end) = _half_day(value.start), _half_day(value.end)
    return f"{half}{start}至{'' if half == other else other}{end}"


def hour(value: int, locale: str) -> str:
    """A full hour as a mark on a scale of the day, 0 to 24: `8时`, `08:00`."""
    return f"{value}时" if locale == "zh" else f"{value:02}:00"


def listed(items: Iterable[str], locale: str) -> str:
    """Items as a sentence lists them: `甲、乙和丙`, `one, two and three`."""
    *rest, last = list(items) or [""]
    comma, conjunction = ("、", "和") if locale == "zh" else (", ", " and ")
    return f"{comma.join(rest)}{conjunction}{last}" if rest else last


def clauses(items: Iterable[str], locale: str) -> str:
    """Statements in a row: `甲；乙`, `one; two`."""
    return ("；" if locale == "zh" else "; ").join(items)


def _join(pieces: Iterable[str], locale: str) -> str:
    return ("" if locale == "zh" else " ").join(piece for piece in pieces if piece)


def _plain(value: Decimal, *, grouped: bool = False) -> str:
    text = f"{value:,f}" if grouped else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _half_day(value: time) -> tuple[str, str]:
    hour = value.hour if value.hour <= 12 else value.hour - 12
    return ("上午" if value.hour < 12 else "下午"), f"{hour}:{value.minute:02}"
