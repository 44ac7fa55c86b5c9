"""Quantities read back from Chinese and English words: what `wording` writes, and what the sources say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from gazette.records.values import Qualifier


@dataclass(frozen=True)
class Quantity:
    """A quantity found in a text.

    `start` and `end` are its offsets in characters; a unit may stand in the text from `end` on.
    `scaled` tells that it was written with 万, 亿, million or the like, `currency` what stood before it.
    """

    value: Decimal | timedelta
    qualifier: Qualifier
    start: int
    end: int
    scaled: bool = False
    currency: str = ""


_NUMBER = r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_CLOCK = r"(?P<clock_minutes>\d+)′(?P<clock_seconds>\d\d)″"
_DURATION = {
    "zh": re.compile(
        r"(?=\d+(?:小时|分|秒))(?:(?P<hours>\d+)小时)?(?:(?P<minutes>\d+)分(?:钟(?!\d))?)?(?:(?P<seconds>\d+)秒)?"
        rf"|{_CLOCK}"
    ),
    "en": re.compile(
        r"\b(?=\d+ (?:h|min|s|hours?|minutes?|seconds?)\b)"
        r"(?:(?P<hours>\d+) h(?:ours?)?\b ?)?(?:(?P<minutes>\d+) min(?:utes?)?\b ?)?(?:(?P<seconds>\d+) s(?:econds?)?\b)?"
        rf"|{_CLOCK}"
    ),
}
_PLAIN = {
    "zh": re.compile(
        rf"(?P<before>近|至少|超过?)?(?P<currency>)(?:{_NUMBER}|(?P<digit>[一二三四五六七八九十百两]+(?=大|个|家|名|户|项|次|条)))"
        r"(?P<more>[余多])?(?P<scale>[万亿])?"
    ),
    "en": re.compile(
        rf"(?P<before>\b(?:[Nn]early|[Mm]ore than|[Aa]t least) )?(?P<currency>RMB ?)?(?:{_NUMBER}|(?P<digit>(?!)))"
        r"(?P<more>(?!))?(?: (?P<scale>thousand|million|billion)\b)?"
    ),
}
_SCALE = {None: 1, "万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_QUALIFIER = {
    "": Qualifier.EXACT,
    "近": Qualifier.NEARLY,
    "至少": Qualifier.AT_LEAST,
    "超": Qualifier.MORE_THAN,
    "超过": Qualifier.MORE_THAN,
    "nearly": Qualifier.NEARLY,
    "more than": Qualifier.MORE_THAN,
    "at least": Qualifier.AT_LEAST,
}


def quantities(text: str, locale: str) -> Iterator[Quantity]:
    """Every quantity in a text of `locale`, from left to right."""
    place = 0
    while True:
        duration, plain = _DURATION[locale].search(text, place), _PLAIN[locale].search(text, place)
        found = min(filter(None, (duration, plain)), key=re.Match.start, default=None)
        if found is None:
            return
        # Where both begin together, `29分06秒` is one duration rather than the number 29.
        if duration is not None and (found is duration or duration.start() == found.start("number")):
            yield _duration(duration, plain if found is plain else None)
            place = duration.end()
        else:
            yield _number(found)
            place = found.end()


def _duration(match: re.Match[str], qualified: re.Match[str] | None) -> Quantity:
    """A duration; `qualified` is the match that reads the words before it."""
    minutes, seconds = match["minutes"] or match["clock_minutes"], match["seconds"] or match["clock_seconds"]
    length = timedelta(hours=int(match["hours"] or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
    end = match.start() + len(match[0].rstrip())
    before = (qualified and qualified["before"]) or ""
    return Quantity(length, _QUALIFIER[before.strip().lower()], (qualified or match).start(), end)


def _number(match: re.Match[str]) -> Quantity:
    digits, scale = match["number"], match["scale"]
    number = Decimal(digits.replace(",", "")) if digits else _chinese(match["digit"])
    before, currency = ((match[part] or "").strip() for part in ("before", "currency"))
    qualifier = Qualifier.MORE_THAN if match["more"] else _QUALIFIER[before.lower()]
    return Quantity(number * _SCALE[scale], qualifier, *match.span(), scale is not None, currency)


def _chinese(numeral: str) -> Decimal:
    """A Chinese numeral below a thousand: 五 is 5, 十二 is 12, 二十 is 20, 一百二十 is 120."""
    total = pending = 0
    for character in numeral:
        if character in _DIGITS:
            pending = _DIGITS[character]
        else:
            total += (pending or 1) * {"十": 10, "百": 100}[character]
            pending = 0
    return Decimal(total + pending)
