"""What keeps published records whole: sums that must hold, corrections of what was published, ids that were given up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import AfterValidator, Field, model_validator

from gazette.base.strict_yaml import Document
from gazette.records.dates import Basis, PartialDate
from gazette.records.record import Entry
from gazette.records.values import Amount, FieldRef, FigureRef, Localised, Ref, Text, wrong


class Sum(Entry):
    """必须成立的等式 | Figures that must add up: the parts, or the records of a collection, make the total."""

    collection: ClassVar[str] = "sums"

    title: Localised = Field(description="说明 | what it says")
    total: FigureRef = Field(description="总数 | the total", examples=["indicators/instructors"])
    parts: tuple[FigureRef, ...] = Field(
        (),
        description="各部分 | the parts; a single one must equal the total",
        examples=["indicators/instructors-office"],
    )
    records_of: Text | None = Field(
        None,
        description="记录条数 | instead of parts: the number of records of a collection",
        examples=["alliances"],
    )

    @model_validator(mode="after")
    def _has_one_side(self) -> Self:
        if bool(self.parts) == bool(self.records_of):
            raise wrong("sum-sides")
        return self


class Correction(Entry):
    """对已发布数据的更正 | A correction of a published figure: what, from, to, why and when."""

    collection: ClassVar[str] = "corrections"

    figure: FigureRef = Field(
        description="更正的数据；有几个时间的值时加 @ 和时间 | the figure corrected; of several values, with @ and its date",
        examples=["indicators/enterprises-covered"],
    )
    was: Amount = Field(description="原来的值 | the value before")
    now: Amount | None = Field(
        None, description="更正后的值，撤回则不写 | the value after; none where the figure is withdrawn"
    )
    why: Localised = Field(description="原因 | why")
    date: PartialDate = Field(
        description="更正日期，须写到日 | the day of the correction",
        examples=["{date: 2026-11-23, basis: stated}"],
    )

    @model_validator(mode="after")
    def _is_dated(self) -> Self:
        if not _is_stated_day(self.date):
            raise wrong("correction-day")
        return self


NAME = re.compile(r"[\w-]+(/[\w-]+)*")
"""What a page may be called: `collection/id`, or the path of a prose page."""


def _page_name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise wrong("not-a-page-name", text=text)
    return text


PageName = Annotated[Text, AfterValidator(_page_name)]
"""What has a page: `collection/id`, or the path of a prose page."""


class Retirement(Entry):
    """停用的编号 | An id or page that was given up: what took its place, or why nothing did."""

    collection: ClassVar[str] = "retired"

    was: PageName = Field(description="停用的编号或页面 | what was given up", examples=["alliances/old-id"])
    now: PageName | None = Field(
        None,
        description="由什么接替，撤下则不写 | what took its place; left out where nothing did",
        examples=["alliances/services"],
    )
    why: Localised | None = Field(
        None, description="原因，撤下时必填 | why; required where nothing took its place"
    )
    date: PartialDate = Field(
        description="停用日期，须写到日 | the day it was given up",
        examples=["{date: 2026-11-23, basis: stated}"],
    )

    @model_validator(mode="after")
    def _is_accounted_for(self) -> Self:
        if not self.now and not self.why:
            raise wrong("retirement-unexplained")
        if not _is_stated_day(self.date):
            raise wrong("retirement-day")
        return self


def _is_stated_day(date: PartialDate) -> bool:
    return date.date.day is not None and date.basis is Basis.STATED


class BaseEntry(NamedTuple):
    """An entry as a commit has it: the text of its file, and what that says."""

    text: str
    document: Document


class BaseLocks(NamedTuple):
    """The locks of the commit that a change goes into: its figures, those of renamed records under their new ids, and names.

    `entries` are those that have changed since or are gone, as they were there.
    """

    commit: str
    figures: Mapping[FieldRef, str]
    names: frozenset[str]
    entries: Mapping[Ref, BaseEntry]
