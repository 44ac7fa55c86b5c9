"""Streets: renovations, and the public services that run on them."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from gazette.records.dates import DailyTime, PartialDate
from gazette.records.photos import Comparison
from gazette.records.record import Record
from gazette.records.values import Figure, Localised, Point, TermRef


class Renovation(Record):
    """街道或其一部分的改造 | The renewal of a street or of a part of it."""

    collection: ClassVar[str] = "renovations"

    place: TermRef | None = Field(None, description="地点 | place", examples=["beizhang-commercial-street"])
    before: tuple[Point, ...] = Field((), description="改造之前的状况 | the state before, a statement each")
    started: PartialDate | None = Field(None, description="开工 | when works began")
    completed: PartialDate | None = Field(None, description="完工 | when works ended")
    duration: Figure | None = Field(None, description="工期 | how long the works took")
    comparisons: tuple[Comparison, ...] = Field(
        (), description="改造前后的对比照片 | the same place before and after, in pairs"
    )


class Service(Record):
    """有线路或时间的便民服务 | A public service with a route or a timetable."""

    collection: ClassVar[str] = "services"

    place: TermRef | None = Field(None, description="地点 | place", examples=["beizhang-commercial-street"])
    since: PartialDate | None = Field(None, description="开通日期 | in operation since")
    length: Figure | None = Field(None, description="全长 | length of the route")
    reach: Figure | None = Field(None, description="服务对象的数量 | how many it serves")
    serves: Localised | None = Field(
        None,
        description="服务的是谁，如商户 | whom it serves, as “shops”",
        examples=[{"zh": "商户", "en": "shops"}],
    )
    timetable: tuple[DailyTime, ...] = Field((), description="每日时间 | daily hours")
