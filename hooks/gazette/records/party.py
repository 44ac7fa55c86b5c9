"""Party building among non-public enterprises: alliances, the mechanisms they work by, model posts."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import Localised, MechanismRef, PartialDate


class Alliance(Record):
    """A Party-building alliance of the non-public enterprises of one industry."""

    collection: ClassVar[str] = "alliances"

    industry: Localised
    founded: PartialDate | None = None


class Mechanism(Record):
    """A way of working: a model, a system of rules, a division of duties."""

    collection: ClassVar[str] = "mechanisms"

    part_of: MechanismRef | None = Field(None, description="the mechanism it is a part of", examples=["dual-pairing"])


class ModelPost(Record):
    """A model-post programme, or one post named under it."""

    collection: ClassVar[str] = "model_posts"

    kind: Literal["programme", "post"] = Field(examples=["programme"])
    holder: Localised | None = Field(None, description="who holds the post, as the source names them")
    named: PartialDate | None = Field(None, description="when the post was named")
