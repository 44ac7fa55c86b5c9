"""Dates as far as they are known, and hours of the day."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, time
from enum import StrEnum
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from gazette.records.values import Evidence, Model, from_text, wrong


class Basis(StrEnum):
    """Whether a source states a date, or its year was inferred."""

    STATED = "stated"
    INFERRED = "inferred"


class Day(NamedTuple):
    """A date as far as it is known; month and day are None where they are not."""

    year: int
    month: int | None = None
    day: int | None = None


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def _day(value: str) -> Day:
    parts = _DATE.fullmatch(value)
    if parts:
        with suppress(ValueError):
            date(*(int(part or 1) for part in parts.groups()))
            return Day(*(int(part) for part in parts.groups() if part))
    raise wrong("not-a-date", text=value)


class PartialDate(Model):
    """年、月或日 | A year, month or day, and whether the source states it.

    `basis: inferred` means that the source does not state the year; it is shown as inferred.
    """

    example: ClassVar[str] = "{date: 2021-06-01, basis: stated}"

    date: Annotated[Day, from_text(_day)] = Field(
        description="年、年月或年月日 | YYYY, YYYY-MM or YYYY-MM-DD", examples=["2021-06-01"]
    )
    early: bool = Field(
        False, description="年初 | `true` where the source says only “early in the year”", examples=["true"]
    )
    basis: Basis = Field(
        description="年份是载明还是推断 | whether the source states the year", examples=["stated"]
    )

    @model_validator(mode="after")
    def _early_is_of_a_year(self) -> Self:
        if self.early and self.date.month:
            raise wrong("early-with-month")
        return self

    @property
    def iso(self) -> str:
        """The date in ISO 8601, as far as it is known: `2021`, `2021-05` or `2021-06-01`."""
        year, month, day = self.date
        return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")

    @property
    def stated(self) -> str | None:
        """The same, and only where a source states it."""
        return self.iso if self.basis is Basis.STATED else None

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Year, month, day; unknown parts count as zero, so that a year stands before its months."""
        return self.date.year, self.date.month or 0, self.date.day or 0


_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


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
