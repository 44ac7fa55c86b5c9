"""Services to firms: start-up records, policies, honours."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import Figure, Localised, PartialDate


class StartupRecord(Record):
    """A record time in setting up a business."""

    collection: ClassVar[str] = "startup_records"

    scope: Localised = Field(description="which formalities the time covers")
    duration: Figure
    date: PartialDate | None = None


class Policy(Record):
    """A set of policy measures for firms, or a campaign to help them."""

    collection: ClassVar[str] = "policies"

    kind: Literal["measures", "campaign"] = Field(examples=["measures"])
    measures: Figure | None = Field(None, description="how many measures it has")
    issuer: Localised | None = None
    issued: PartialDate | None = None


class Honour(Record):
    """An honour or award received."""

    collection: ClassVar[str] = "honours"

    edition: PartialDate = Field(description="the edition the award itself names")
    awarded_by: Localised | None = None
