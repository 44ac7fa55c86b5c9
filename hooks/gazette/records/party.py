"""Party building among non-public enterprises: alliances, the mechanisms they work by, model posts."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.values import AnyRef, FigureRef, Localised, MechanismRef, Model, Text


class Alliance(Record):
    """同一行业非公企业的党建联盟 | A Party-building alliance of the non-public enterprises of one industry."""

    collection: ClassVar[str] = "alliances"

    industry: Localised = Field(description="行业 | industry")
    founded: PartialDate | None = Field(None, description="成立时间 | when it was founded")


class Tier(Model):
    """结构的一层，由一条记录说明 | One tier of a structure, told by one record."""

    who: AnyRef = Field(
        description="说明这一层的条目 | the entry that tells who stands on it",
        examples=["glossary/zone-party-working-committee"],
    )
    role: Localised = Field(description="在结构中的作用 | what it is to the whole")


class Links(Model):
    """结构的中间层，一类记录各占一格 | The middle tier of a structure: each record of a collection."""

    each_of: Text = Field(description="类别 | the collection", examples=["alliances"])
    count: FigureRef = Field(description="共有多少 | how many there are", examples=["indicators/alliances"])
    role: Localised = Field(description="在结构中的作用 | what it is to the whole")


class Structure(Model):
    """核心、纽带、支撑三层 | A core, the links that join to it, and the support of each, whose number no source states."""

    core: Tier = Field(description="核心 | the core")
    links: Links = Field(description="纽带 | the links")
    support: Tier = Field(description="支撑 | the support of each link")


class Mechanism(Record):
    """一种工作模式、制度或分工 | A way of working: a model, a system of rules, a division of duties."""

    collection: ClassVar[str] = "mechanisms"

    part_of: MechanismRef | None = Field(
        None, description="所属的上一级机制 | the mechanism it is a part of", examples=["dual-pairing"]
    )
    structure: Structure | None = Field(
        None, description="可画成图的结构 | its structure, which a chart can draw"
    )


class ModelPost(Record):
    """党员示范岗的创建活动或具体岗位 | A model-post programme, or one post named under it."""

    collection: ClassVar[str] = "model_posts"

    kind: Literal["programme", "post"] = Field(
        description="创建活动或具体岗位 | kind", examples=["programme"]
    )
    holder: Localised | None = Field(
        None, description="担任者 | who holds the post, as the source names them"
    )
    named: PartialDate | None = Field(None, description="命名时间 | when the post was named")
