"""Streets: renovations, and the public services that run on them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import DailyTime, Figure, PartialDate, Point, TermRef


class Renovation(Record):
    """The renewal of a street or of a part of it."""

    collection: ClassVar[str] = "renovations"

    place: TermRef | None = Field(None, examples=["beizhang-commercial-street"])
    before: tuple[Point, ...] = Field((), description="the state before, a statement each")
    started: PartialDate | None = None
    completed: PartialDate | None = None
    duration: Figure | None = None


class Service(Record):
    """A public service with a route or a timetable."""

    collection: ClassVar[str] = "services"

    place: TermRef | None = Field(None, examples=["beizhang-commercial-street"])
    since: PartialDate | None = Field(None, description="in operation since")
    length: Figure | None = None
    reach: Figure | None = Field(None, description="how many it serves")
    timetable: tuple[DailyTime, ...] = ()
