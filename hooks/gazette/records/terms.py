"""How things are named: the glossary with its one English name for each thing, and the units of figures."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from gazette.records.record import Entry, Record
from gazette.records.values import Model, Text, wrong


class OtherNames(Model):
    """来源中的其他写法 | Other forms of a name that the sources use."""

    zh: tuple[Text, ...] = Field((), description="中文 | Chinese", examples=["济北开发区"])
    en: tuple[Text, ...] = Field((), description="英文 | English", examples=["Jibei Development Zone"])


class Term(Record):
    """机构、地点、角色或术语的唯一名称 | An organisation, place, role or expression, and its one name in each language."""

    collection: ClassVar[str] = "glossary"

    kind: Literal["organisation", "place", "role", "publication", "term"] = Field(
        description="类别 | kind", examples=["organisation"]
    )
    english: Literal["official", "working"] = Field(
        description="英文名称的性质 | whether the English name is official or this site's working translation",
        examples=["working"],
    )
    never: OtherNames = Field(OtherNames(), description="不得使用的译名 | wrong names that must not be used")
    also: OtherNames = Field(OtherNames(), description="来源中的其他写法 | other forms in the sources")
    not_in: OtherNames = Field(
        OtherNames(),
        description="含有这几个字而意思不同的词 | longer words that hold its characters and mean something else",
    )


class EnglishUnit(Model):
    """英文单位 | The unit's English words: after the number (`one`, `other`), or `before` it, as a currency."""

    example: ClassVar[str] = "{one: enterprise, other: enterprises}"

    one: Text | None = Field(None, description="单数 | singular", examples=["enterprise"])
    other: Text | None = Field(None, description="复数 | plural", examples=["enterprises"])
    before: Text | None = Field(
        None, description="数前的货币符号 | currency before the number", examples=["RMB"]
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.before is None) == (self.one is None or self.other is None):
            raise wrong("english-unit")
        return self


class Unit(Entry):
    """数据的单位 | A unit of figures: the Chinese measure word and the English words."""

    collection: ClassVar[str] = "units"

    zh: Text = Field(description="量词 | measure word", examples=["家"])
    en: EnglishUnit = Field(description="英文单位 | English words")
