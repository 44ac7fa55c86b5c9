"""What the record rests on: key figures, and the sources they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple

from pydantic import ConfigDict, Field

from gazette.base.addresses import WHOLE
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.values import Anchor, Figure, Localised, Model, TermRef, Text


class Observation(Model):
    """同一数据在另一时间的值 | What a figure was at another date, with its own evidence."""

    figure: Figure = Field(description="数据 | the figure")
    as_of: PartialDate = Field(description="截至 | as of")


class Indicator(Record):
    """关键数据，名称写明统计的是什么 | A key figure; its title says exactly what it counts."""

    collection: ClassVar[str] = "indicators"

    group: Literal["alliances", "instructors", "organisation", "business", "street"] = Field(
        description="在数据页中的分组 | its group on the page of key figures", examples=["alliances"]
    )
    figure: Figure = Field(description="数据 | the figure")
    period: Literal["to_date", "year_to_date", "not_stated"] = Field(
        description="统计时段 | counted up to the report, from the start of its year, or not stated",
        examples=["to_date"],
    )
    as_of: PartialDate = Field(description="截至 | as of")
    observations: tuple[Observation, ...] = Field(
        (),
        description="此前各时间的值；页面显示上面最新的 | what it was before; pages show the newest, above",
    )

    @cached_property
    def observed(self) -> tuple[Observation, ...]:
        """All its values, the newest first."""
        newest = Observation.model_construct(figure=self.figure, as_of=self.as_of)
        return newest, *sorted(self.observations, key=lambda one: one.as_of.sort_key, reverse=True)


def held(observed: Sequence[Observation], date: PartialDate) -> Observation:
    """Of values given newest first, the one that held at a date: it begins no later than the date ends; else the earliest."""
    return next((one for one in observed if one.as_of.first <= date.last), observed[-1])


class LeftOut(Model):
    """来源中没有作为事实收录的内容 | A passage of a source that is not carried as fact, and why."""

    at: Anchor = Field(description="原文中的几个字 | a few characters of the passage", examples=["发展后劲"])
    reason: Literal["opinion", "scene", "wording"] = Field(description="原因 | why", examples=["opinion"])
    text: Localised = Field(description="来源的说法 | what the passage claims, attributed")


class Archive(Model):
    """来源全文的存档 | The archived text of a source: kept outside the project and never published."""

    file: Text = Field(
        description="文件名 | the file's name in the archive folder", examples=["qilu-evening-news.txt"]
    )
    sha256: str = Field(
        description="校验值 | the file's SHA-256 in hexadecimal",
        pattern="^[0-9a-f]{64}$",
        examples=["73560a81970cfb961e12a864df3a8d62d7c0e413c021e61c95f7b67dea17336b"],
    )


class Proof(NamedTuple):
    """What was found in the archived text of one hash: the place of each anchor, `line:column`."""

    sha256: str
    places: Mapping[str, str]


class Source(Record):
    """事实所出的刊物文章 | A publication that facts come from, with its full citation and what it leaves open."""

    collection: ClassVar[str] = "sources"
    model_config = ConfigDict(regex_engine="python-re")

    outlet: TermRef = Field(
        description="媒体 | the outlet, an id of the glossary", examples=["qilu-evening-news"]
    )
    byline: Localised = Field(description="署名 | byline")
    sections: tuple[Localised, ...] = Field((), description="原文小标题 | its headings, in order")
    published: PartialDate | None = Field(None, description="刊发日期 | date of publication")
    archive: Archive | None = Field(None, description="全文存档 | the archived text")
    url: str | None = Field(
        None,
        description="网址 | address",
        pattern=WHOLE,
        examples=["https://example.org/article"],
    )
    licence: Localised | None = Field(None, description="转载许可 | licence")
    left_out: tuple[LeftOut, ...] = Field(
        (), description="没有作为事实收录的内容 | what is not carried as fact"
    )
