"""The ledger of figures: sums that must hold, and corrections of what was published."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field, model_validator

from gazette.records.base import Entry
from gazette.records.values import Amount, Basis, FigureRef, Localised, PartialDate, Text, wrong


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
            raise wrong(
                "sum",
                "等式写 parts 或 records_of，二者取一。",
                "A sum has either `parts` or `records_of`.",
                "parts: [indicators/instructors-office, indicators/instructors-enterprise]",
            )
        return self


class Correction(Entry):
    """对已发布数据的更正 | A correction of a published figure: what, from, to, why and when."""

    collection: ClassVar[str] = "corrections"

    figure: FigureRef = Field(
        description="更正的数据 | the figure corrected", examples=["indicators/enterprises-covered"]
    )
    was: Amount = Field(description="原来的值 | the value before")
    now: Amount | None = Field(
        None, description="更正后的值，撤回则不写 | the value after; none where the figure is withdrawn"
    )
    why: Localised = Field(description="原因 | why")
    date: PartialDate = Field(description="更正日期，须写到日 | the day of the correction")

    @model_validator(mode="after")
    def _is_dated(self) -> Self:
        if self.date.date.day is None or self.date.basis is not Basis.STATED:
            raise wrong(
                "date",
                "更正日期须写到日，basis 为 stated。",
                "A correction is dated to the day, with basis `stated`.",
                "date: {date: 2026-11-23, basis: stated}",
            )
        return self
