"""Hours of the day written in words and read back, and those that sources write."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gazette.language import wording
from gazette.language.daily_hours import daily_spans
from gazette.records.dates import DailyTime
from gazette.records.values import LOCALES
from tests.expectations import table


@pytest.mark.parametrize(("text", "expected"), table("daily_hours.txt"))
def test_the_hours_that_a_text_says(text: str, expected: str) -> None:
    assert ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in daily_spans(text)) == expected


@pytest.mark.parametrize("locale", LOCALES)
@given(times=some.sets(some.integers(0, 24 * 60 - 1), min_size=2, max_size=2).map(sorted))
def test_hours_in_words_say_their_start_and_end(locale: str, times: list[int]) -> None:
    start, end = (time(minutes // 60, minutes % 60) for minutes in times)
    hours = DailyTime.model_validate({"start": start, "end": end, "source": ("sources", "report"), "at": "8"})
    assert [*daily_spans(wording.daily_time(hours, locale))] == [(start, end)]
