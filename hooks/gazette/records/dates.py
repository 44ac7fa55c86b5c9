"""Dates as far as they are known, and hours of the day."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date as calendar_day
from datetime import time
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from gazette.records import near_misses
from gazette.records.values import Evidence, Model, from_text, wrong


class Basis(StrEnum):
    """Whether a source states a date, or its year was inferred."""

    STATED = "stated"
    INFERRED = "inferred"


class Day(NamedTuple):
    """A date as far as it is known; month and day are None where they are not, and in a quarter."""

    year: int
    month: int | None = None
    day: int | None = None
    quarter: int | None = None


_DATE = re.compile(r"([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_QUARTER = re.compile(r"([12]\d{3})-Q([1-4])", re.ASCII)


def _day(value: str) -> Day:
    with suppress(ValueError):
        if quarter := _QUARTER.fullmatch(value):
            return Day(int(quarter[1]), quarter=int(quarter[2]))
        if parts := _DATE.fullmatch(value):
            calendar_day(*(int(part or 1) for part in parts.groups()))
            return Day(*(int(part) for part in parts.groups() if part))
    raise wrong("not-a-date", text=value, right=near_misses.date(value) or "2021-06-01")


class PartialDate(Model):
    """年、季度、月或日 | A year, quarter, month or day, and whether the source states it.

    `basis: inferred` means that the source does not state the year; it is shown as inferred.
    """

    example: ClassVar[str] = "{date: 2021-06-01, basis: stated}"

    date: Annotated[Day, from_text(_day)] = Field(
        description="年、季度、年月或年月日 | YYYY, YYYY-Q1 to Q4, YYYY-MM or YYYY-MM-DD",
        examples=["2021-06-01"],
    )
    early: bool = Field(
        False, description="年初 | `true` where the source says only “early in the year”", examples=["true"]
    )
    basis: Basis = Field(
        description="年份是载明还是推断 | whether the source states the year", examples=["stated"]
    )

    @model_validator(mode="after")
    def _early_is_of_a_year(self) -> Self:
        if self.early and (self.date.month or self.date.quarter):
            raise wrong("early-with-month")
        return self

    @property
    def typed(self) -> str:
        """The date as far as it is known, as it is typed: `2021`, `2021-Q2`, `2021-05` or `2021-06-01`."""
        year, month, day, quarter = self.date
        if quarter:
            return f"{year:04}-Q{quarter}"
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")

    @property
    def iso(self) -> str:
        """The same in ISO 8601, which has no quarters: of one, its year."""
        return self.typed.partition("-Q")[0]

    @property
    def stated(self) -> str | None:
        """The date in ISO 8601, and only where a source states it."""
        return self.iso if self.basis is Basis.STATED else None

    @property
    def first(self) -> calendar_day:
        """The first day that it may be."""
        year, month, day, quarter = self.date
        return calendar_day(year, quarter * 3 - 2 if quarter else month or 1, day or 1)

    @property
    def last(self) -> calendar_day:
        """The last day that it may be."""
        year, month, day, quarter = self.date
        month = quarter * 3 if quarter else month or 12
        return calendar_day(year, month, day or calendar.monthrange(year, month)[1])

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Year, month, day; a year stands before its quarters and months, a quarter before its months."""
        if self.date.quarter:
            return self.date.year, self.first.month - 1, 32
        return self.date.year, self.date.month or 0, self.date.day or 0


_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def _clock(value: str) -> time:
    parts = _TIME.fullmatch(value)
    if not parts:
        raise wrong("not-a-time", text=value)
    return time(int(parts[1]), int(parts[2]))


class DailyTime(Evidence):
    """每日固定的时段 | A span of hours that recurs every day."""

    start: Annotated[time, from_text(_clock)] = Field(description="开始 | start", examples=["08:00"])
    end: Annotated[time, from_text(_clock)] = Field(description="结束 | end", examples=["09:00"])

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.end <= self.start:
            raise wrong("end-before-start")
        return self
