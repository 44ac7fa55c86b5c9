"""How things are named: the glossary with its one English name for each thing, and the units of figures."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from gazette.records.base import Record
from gazette.records.values import Model, Ref, Text, wrong


class OtherNames(Model):
    """Other forms of a name that the sources use."""

    zh: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()


class Term(Record):
    """An organisation, place, role or expression, and its one name in each language."""

    collection: ClassVar[str] = "glossary"

    kind: Literal["organisation", "place", "role", "publication", "term"] = Field(examples=["organisation"])
    english: Literal["official", "working"] = Field(
        description="whether the English name is official or this site's working translation", examples=["working"]
    )
    also: OtherNames = OtherNames()


class EnglishUnit(Model):
    """The unit's English words: after the number (`one`, `other`), or `before` it, as a currency."""

    one: Text | None = Field(None, examples=["enterprise"])
    other: Text | None = Field(None, examples=["enterprises"])
    before: Text | None = Field(None, examples=["RMB"])

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.before is None) == (self.one is None or self.other is None):
            raise wrong(
                "unit",
                "英文单位写 one 和 other，或只写 before（货币）。",
                "An English unit has `one` and `other`, or else only `before` (a currency).",
                "en: {one: enterprise, other: enterprises}",
            )
        return self


class Unit(Model):
    """A unit of figures: the Chinese measure word and the English words."""

    collection: ClassVar[str] = "units"
    id: str = Field("", exclude=True)

    zh: Text = Field(examples=["家"])
    en: EnglishUnit

    @property
    def ref(self) -> Ref:
        """This unit's own reference."""
        return Ref(self.collection, self.id)

    @property
    def path(self) -> str:
        """The unit's file, relative to the project."""
        return f"data/{self.collection}/{self.id}.yml"
