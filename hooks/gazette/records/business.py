"""Business services: start-up records, policies, honours."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.values import Figure, Localised


class StartupRecord(Record):
    """企业开办的最短用时 | A record time in setting up a business."""

    collection: ClassVar[str] = "startup_records"

    scope: Localised = Field(description="涵盖的手续 | which formalities the time covers")
    duration: Figure = Field(description="用时 | the time taken")
    date: PartialDate | None = Field(None, description="注册日期 | date of registration")
    earlier: Literal["not_published"] | None = Field(
        None,
        description="来源提到更早的纪录而没有写出 | the source speaks of an earlier record and does not give it",
        examples=["not_published"],
    )


class Policy(Record):
    """惠企政策或助企活动 | A set of policy measures for firms, or a campaign to help them."""

    collection: ClassVar[str] = "policies"

    kind: Literal["measures", "campaign"] = Field(description="政策措施或活动 | kind", examples=["measures"])
    measures: Figure | None = Field(None, description="条数 | how many measures it has")
    issuer: Localised | None = Field(None, description="发布机关 | who issued it")
    issued: PartialDate | None = Field(None, description="发布日期 | date of issue")


class Honour(Record):
    """获得的荣誉 | An honour or award received."""

    collection: ClassVar[str] = "honours"

    edition: PartialDate = Field(description="荣誉届次 | the edition the award itself names")
    awarded_by: Localised | None = Field(None, description="授予单位 | who awarded it")
