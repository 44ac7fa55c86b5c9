"""What the record rests on: key figures, and the sources they come from."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import Anchor, Figure, Localised, Model, PartialDate, TermRef


class Indicator(Record):
    """A key figure; its title says exactly what it counts."""

    collection: ClassVar[str] = "indicators"

    group: Literal["alliances", "instructors", "organisation", "business", "street"] = Field(examples=["alliances"])
    figure: Figure
    period: Literal["to_date", "year_to_date", "not_stated"] = Field(
        description="counted up to the report, from the start of its year, or the source does not say",
        examples=["to_date"],
    )
    as_of: PartialDate


class LeftOut(Model):
    """A passage of a source that the record does not carry as fact, and why."""

    at: Anchor = Field(examples=["发展后劲"])
    reason: Literal["opinion", "scene", "wording"] = Field(examples=["opinion"])
    text: Localised = Field(description="what the passage claims, attributed")


class Source(Record):
    """A publication that facts come from, with its full citation and what it leaves open."""

    collection: ClassVar[str] = "sources"

    outlet: TermRef = Field(examples=["qilu-evening-news"])
    byline: Localised
    sections: tuple[Localised, ...] = Field((), description="its headings, in order")
    published: PartialDate | None = None
    url: str | None = Field(None, pattern=r"https?://\S+", examples=["https://example.org/article"])
    licence: Localised | None = None
    left_out: tuple[LeftOut, ...] = ()
