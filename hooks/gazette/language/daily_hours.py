"""Hours of the day read back from Chinese and English words: what `wording` writes, and what the sources say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import time
from itertools import pairwise, product

from gazette.language.numerals import COUNT, count

_HOURS = {
    **dict.fromkeys(("凌晨",), range(6)),
    **dict.fromkeys(("清晨", "早晨", "早上", "早"), range(4, 12)),
    **dict.fromkeys(("上午",), range(13)),
    **dict.fromkeys(("中午",), range(10, 15)),
    **dict.fromkeys(("下午", "午后"), range(12, 24)),
    **dict.fromkeys(("傍晚",), range(16, 21)),
    **dict.fromkeys(("晚上", "晚间", "晚"), range(17, 24)),
    **dict.fromkeys(("a",), range(12)),
    **dict.fromkeys(("p",), range(12, 24)),
}
"""The hours that may be meant with a word for a part of the day; in English by its first letter, of a.m. and p.m."""
_BEFORE = "|".join(sorted((word for word in _HOURS if not word.isascii()), key=len, reverse=True))
_TO = r"\s?(?:至|到|[-–—~～]+|to\b|until\b)\s?"
_MARK = r"[:：点时]|\s?[ap]\.?m\b"
_TIME = re.compile(
    rf"(?:(?P<before>{_BEFORE})\s?)?(?<![\d:：])(?P<hour>{COUNT})"
    rf"(?:[:：](?P<typed>[0-5]\d)(?!\d)|[点时](?:(?P<part>半|[一三]刻)|整|(?P<minutes>{COUNT})分?)?"
    rf"|(?=\s?[ap]\.?m\b)|(?={_TO}(?:{_BEFORE})?\s?{COUNT}(?:{_MARK})))"
    r"(?:\s?(?P<after>[ap])\.?m\b)?"
)
"""A time as it is told; before `to`, the hour alone."""
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}
_AND = re.compile(r"[、和及与]|\band\b")


def daily_spans(text: str) -> Iterator[tuple[time, time]]:
    """The start and end of each span of hours in a text: two times in turn that are no list."""
    for one, other in pairwise(_TIME.finditer(text)):
        if _AND.search(text, one.end(), other.start()):
            continue
        words = [match["before"] or match["after"] for match in (one, other)]
        starts, ends = _readings(one, words[0], words[1]), _readings(other, words[1], words[0])
        if found := next(((start, end) for start, end in product(starts, ends) if start < end), None):
            yield found


def _readings(match: re.Match[str], own: str | None, beside: str | None) -> Sequence[time]:
    """What a time may mean, the likeliest first: without a word of its own it is in the part of the day of the time beside it."""
    hour = int(count(match["hour"]))
    minute = int(count(match["typed"] or match["minutes"])) + _PARTS.get(match["part"] or "", 0)
    hours = [each for each in ((hour, (hour + 12) % 24) if hour <= 12 else (hour,)) if each < 24]
    if own:
        hours = [each for each in hours if each in _HOURS[own]][:1]
    elif beside:
        hours.sort(key=lambda each: each not in _HOURS[beside])
    return [time(each, minute) for each in hours] if minute < 60 else []
