"""Party building among non-public enterprises: alliances, the mechanisms they work by, model posts."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import Localised, MechanismRef, PartialDate


class Alliance(Record):
    """同一行业非公企业的党建联盟 | A Party-building alliance of the non-public enterprises of one industry."""

    collection: ClassVar[str] = "alliances"

    industry: Localised = Field(description="行业 | industry")
    founded: PartialDate | None = Field(None, description="成立时间 | when it was founded")


class Mechanism(Record):
    """一种工作模式、制度或分工 | A way of working: a model, a system of rules, a division of duties."""

    collection: ClassVar[str] = "mechanisms"

    part_of: MechanismRef | None = Field(
        None, description="所属的上一级机制 | the mechanism it is a part of", examples=["dual-pairing"]
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
