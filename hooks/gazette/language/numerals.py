"""Quantities read back from Chinese and English words: what `wording` writes, and what the sources say."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from gazette.records.values import Qualifier


@dataclass(frozen=True)
class Quantity:
    """A quantity found in a text.

    `start` and `end` are its offsets in characters; a unit may stand in the text from `end` on.
    `scaled` tells that it was written with 万, 亿, million or the like, `currency` what stood before it,
    `unit` is the one that it says in words: `%` in 百分之五 and 三成.
    `qualifier` is None where no figure can say what is written: 不到300, 29分60秒, 三四家, 3至5家, 3家至5家, 一年半, 第五.
    """

    value: Decimal | timedelta
    qualifier: Qualifier | None
    start: int
    end: int
    scaled: bool = False
    currency: str = ""
    unit: str = ""


_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_LONGEST = 24
"""So many signs of a numeral are read as one: none that is told has more, and more would take a reader ever longer."""
_POWERS = {"十": 10, "百": 100, "千": 1000}
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_DIGIT = f"[{''.join(_DIGITS)}]"
_POWER = "十|百(?![分货姓])|千(?![米克瓦卡])"  # 百货 is no hundred, and 千米 no thousand.
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_BEGIN = f"{_DIGIT}|(?<![上成])(?:{_POWER})|[廿卅]"  # 上百 is no hundred.
_CHINESE = rf"(?<![数几])(?:{_BEGIN})(?:{_DIGIT}|{_POWER}|[廿卅万亿]){{0,{_LONGEST}}}(?:点{_DIGIT}+)?"
_PARTS = {"百": "%", "千": "‰"}
_OF = rf"(?:(?P<of>(?:{_DIGIT}|[十百千万]|\d){{1,{_LONGEST}}})分之)?"
_TENTHS = rf"(?:(?P<tenths>成)(?![不为人员功型套就年果立长])(?P<tenth>{_DIGIT})?)?"
_HALF = "(?:[个年月天日里倍亩吨斤]|公里)?半"
_SIGN = f"[\\d{''.join(_DIGITS)}十百千万亿]"
_JOINED_BEFORE = re.compile(rf"第\s?$|[十百千万亿]$|{_SIGN}[-–—~～至到]$")
_JOINED_AFTER = re.compile(rf"(?<=[十百千万亿])\d|[-–—~～至到]{_SIGN}|{_HALF}|(?:st|nd|rd|th)\b")
"""What makes a numeral a part of something else: 第5, 5th, 3至5, 3千5, 一年半."""
_RANGE = re.compile(
    rf"{_SIGN}{{1,{_LONGEST}}}(?![年月日号时点分秒])([\u4e00-\u9fff]{{1,2}})[-–—~～至到]{_SIGN}{{1,{_LONGEST}}}\1"
)
"""Two numerals of one unit that are the ends of a range: 25名至50名."""
_ONE = "一二三四五六七八九两"
_SEVERAL = re.compile(
    rf"[十百千]{{2}}|十.[十百千]|百.[百千]|千.千|万[^亿]*万|[百千万亿][{_ONE}]点|[{_ONE}]{{2}}(?=[十百千万亿])|(?<=[十百千万亿])[{_ONE}]{{2}}"
    rf"|^(?:一[二两]|二三|两三|三[四五]|四五|五六|六七|七八|八九)$"
)
"""What is no single number, or may be two: 七八百, 十七八, 三四, 百十, 一百二点五."""
_NEAR = 12
"""So far from a numeral the other end of its range is looked for."""
_CLOCK = rf"(?P<clock_minutes>\d{{1,{_LONGEST}}})′(?P<clock_seconds>\d\d)″"
COUNT = rf"(?:\d{{1,{_LONGEST}}}|(?:{_DIGIT}|[十百]){{1,{_LONGEST}}})"
_HOURS = rf"\d{{1,{_LONGEST}}}\.\d{{1,{_LONGEST}}}|{COUNT}|半"
_DURATION = {
    "zh": re.compile(
        rf"(?<![\d.])(?=(?:{_HOURS})个?半?(?:小时|分(?![之点])|秒))"
        rf"(?:(?P<hours>{_HOURS})个?(?P<half>半)?小时零?)?"
        rf"(?:(?P<minutes>{COUNT})分(?![之点])钟?零?)?(?:(?P<seconds>{COUNT})秒钟?)?|{_CLOCK}"
    ),
    "en": re.compile(
        r"\b(?=\d+ (?:h|min|s|hours?|minutes?|seconds?)\b)"
        r"(?:(?P<hours>\d+) h(?:ours?)?\b ?)?(?P<half>(?!))?(?:(?P<minutes>\d+) min(?:utes?)?\b ?)?"
        rf"(?:(?P<seconds>\d+) s(?:econds?)?\b)?|{_CLOCK}"
    ),
}
_BEFORE = {
    **dict.fromkeys(("近", "将近", "接近", "nearly", "almost"), Qualifier.NEARLY),
    **dict.fromkeys(("超", "超过", "逾", "多于", "more than", "over"), Qualifier.MORE_THAN),
    **dict.fromkeys(("至少", "不少于", "不低于", "at least"), Qualifier.AT_LEAST),
    **dict.fromkeys(("约", "大约", "about", "around", "approximately"), Qualifier.ABOUT),
    **dict.fromkeys(
        ("不到", "不足", "不超过", "最多", "至多", "fewer than", "less than", "at most", "up to"), None
    ),
}
"""What a word before a number says of it; some say what no qualifier does."""
_AFTER = {
    "以上": Qualifier.AT_LEAST,
    **dict.fromkeys(("左右", "上下"), Qualifier.ABOUT),
    **dict.fromkeys(("以下", "以内"), None),
}
"""The same after a number and its unit."""
_ZH_BEFORE, _EN_BEFORE = (
    "|".join(sorted((word for word in _BEFORE if word.isascii() == english), key=len, reverse=True))
    for english in (False, True)
)
_PLAIN = {
    "zh": re.compile(  # 附近, 签约 and their like qualify nothing.
        rf"(?:(?<![最附邻节签合预公违履制])(?P<before>{_ZH_BEFORE}) ?)?(?P<currency>)"
        rf"{_OF}(?:(?<![\d.,])(?P<high>{_ARABIC}[万亿])?(?P<number>{_ARABIC})(?P<power>{_POWER})?|(?P<chinese>{_CHINESE}))"
        rf"{_TENTHS}(?P<more>[余多几])?(?P<scale>[万亿]+)?(?=[\u4e00-\u9fff]{{0,2}}?(?P<after>{'|'.join(_AFTER)})|)"
    ),
    "en": re.compile(
        rf"(?:\b(?P<before>(?i:{_EN_BEFORE})) )?(?P<currency>RMB ?)?(?<![\d.,])(?P<number>{_ARABIC})"
        r"(?: (?P<scale>thousand|million|billion)\b)?"
    ),
}
_SCALE = {"万": 10**4, "亿": 10**8, "thousand": 10**3, "million": 10**6, "billion": 10**9}


def quantities(text: str, locale: str) -> Iterator[Quantity]:
    """Every quantity in a text of `locale`, from left to right."""
    place = 0
    duration, plain = (pattern[locale].search(text) for pattern in (_DURATION, _PLAIN))
    while found := min(filter(None, (duration, plain)), key=re.Match.start, default=None):
        # Where both begin together, `29分06秒` is one duration rather than the number 29.
        if duration and (found is duration or duration.start() == _number_start(found)):
            yield _duration(duration, plain if found is plain else None)
            place = duration.end()
        else:
            yield _number(found)
            place = found.end()
        # What still lies ahead is not looked for again: a text of many numbers would take minutes.
        if duration and duration.start() < place:
            duration = _DURATION[locale].search(text, place)
        if plain and plain.start() < place:
            plain = _PLAIN[locale].search(text, place)


def _number_start(match: re.Match[str]) -> int:
    """Where the digits of a number begin, behind the words before it."""
    return next(match.start(part) for part in ("high", "number", "chinese") if match.groupdict().get(part))


def _duration(match: re.Match[str], qualified: re.Match[str] | None) -> Quantity:
    """A duration; `qualified` is the match that reads the words before it."""
    parts = (
        match["hours"],
        match["minutes"] or match["clock_minutes"],
        match["seconds"] or match["clock_seconds"],
    )
    hours, minutes, seconds = map(count, parts)
    if match["half"]:
        hours += Decimal("0.5")
    length = timedelta(seconds=int(hours * 3600 + minutes * 60 + seconds))
    end = match.start() + len(match[0].rstrip())
    qualifier = _qualifier(qualified) if qualified else Qualifier.EXACT
    # 60 seconds are a minute where minutes are told, and 60 minutes an hour.
    is_possible = (minutes < 60 or not parts[0]) and (seconds < 60 or not (parts[0] or parts[1]))
    if not is_possible or _is_part(match.string, match.start(), end):
        qualifier = None
    return Quantity(length, qualifier, (qualified or match).start(), end)


def count(text: str | None) -> Decimal:
    """The number of hours, minutes or seconds."""
    if not text or text == "半":
        return Decimal("0.5") if text else Decimal(0)
    return Decimal(text) if text[0].isdecimal() else _chinese(text)


def _number(match: re.Match[str]) -> Quantity:
    found = match.groupdict()
    digits, chinese, scale = (found.get(part) or "" for part in ("number", "chinese", "scale"))
    number = _chinese(chinese) if chinese else Decimal(digits.replace(",", ""))
    number *= _POWERS.get(found.get("power") or "", 1) * math.prod(_SCALE[word] for word in _words(scale))
    if high := found.get("high"):
        number += Decimal(high[:-1].replace(",", "")) * _SCALE[high[-1]]
    of, unit = found.get("of"), ""
    if found.get("tenths"):
        number, unit = number * 10 + _DIGITS[found["tenth"] or "零"], "%"
    elif of:
        unit = _PARTS.get(of, "")
    scaled = bool(scale or high or {*chinese} & {*_SCALE})
    qualifier = _qualifier(match) if _is_whole(match) and (unit or not of) else None
    return Quantity(number, qualifier, *match.span(), scaled, (match["currency"] or "").strip(), unit)


def _is_whole(match: re.Match[str]) -> bool:
    """Whether a numeral is a single number, and no part of something longer."""
    found, text = match.groupdict(), match.string
    # 1万2 may be 10002 or 12000.
    is_short = (
        found.get("high")
        and not found["scale"]
        and len(found["number"]) < len(str(_SCALE[found["high"][-1]])) - 1
    )
    is_one = not (is_short or _SEVERAL.search(found.get("chinese") or ""))
    return is_one and not _is_part(text, _number_start(match), match.end())


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether what stands between two places is a part of something longer."""
    if _JOINED_BEFORE.search(text[max(0, start - 2) : start]) or _JOINED_AFTER.match(text, end):
        return True
    first = max(0, start - _NEAR)
    ranges = _RANGE.finditer(text[first : end + _NEAR])
    return any(found.start() <= start - first and end - first <= found.end() for found in ranges)


def _words(scale: str) -> Iterable[str]:
    """The words of a scale: one in English, 万 and 亿 in Chinese."""
    return scale.split() if scale.isascii() else scale


def _qualifier(match: re.Match[str]) -> Qualifier | None:
    found = match.groupdict()
    if found.get("more"):
        return Qualifier.MORE_THAN
    if before := found.get("before"):
        return _BEFORE[before.lower()]
    after = found.get("after")
    return _AFTER[after] if after else Qualifier.EXACT


def _chinese(numeral: str) -> Decimal:
    """A Chinese numeral: 五 is 5, 一百二十 is 120 and so is 一百二, 一亿二千万 is 120000000, 一点五 is 1.5, 二〇二一 is 2021."""
    whole, _, fraction = numeral.translate(_TENS).partition("点")
    digits = "".join(str(_DIGITS[character]) for character in fraction)
    return Decimal(f"{_whole(whole)}.{digits or 0}")


def _whole(numeral: str) -> int:
    for sign in ("亿", "万"):
        high, found, low = numeral.rpartition(sign)
        if found:
            # The last of 一万二 stands for thousands, of 一百二 for tens.
            ending = _whole(low) * (_SCALE[sign] // 10 if len(low) == 1 else 1)
            return _whole(high) * _SCALE[sign] + ending
    if not {*numeral} & {*_POWERS}:
        return int("".join(str(_DIGITS[character]) for character in numeral) or "0")
    total = pending = 0
    place = 1
    for character in numeral:
        if character in _POWERS:
            total += (pending or 1) * _POWERS[character]
            pending, place = 0, _POWERS[character] // 10
        else:
            pending = _DIGITS[character]
            place = place if pending else 1
    return total + pending * place
