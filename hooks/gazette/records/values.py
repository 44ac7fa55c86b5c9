"""The values records are made of: text in two languages, references, evidence, figures.

Every value arrives as the text an editor typed and is typed here. A validator that refuses one raises `wrong`,
which names the message that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, ClassVar, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gazette.base.file_names import SLUG
from gazette.records import near_misses

LOCALES = ("zh", "en")


def wrong(code: str, **values: object) -> PydanticCustomError:
    """The error a validator raises: the code of a message, and its values."""
    return PydanticCustomError(code, code, values)


_NONE_SET: set[str] = set()


class Model(BaseModel):
    """A frozen mapping that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def __getstate__(self) -> dict[Any, Any]:
        """What is kept of it: its values."""
        return self.__dict__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        """The values again."""
        object.__setattr__(self, "__dict__", state)
        self.forget_typed()
        object.__setattr__(self, "__pydantic_extra__", None)
        object.__setattr__(self, "__pydantic_private__", None)

    def forget_typed(self) -> None:
        """Forget which of the values were typed: nobody asks, and it takes as much room as the values."""
        object.__setattr__(self, "__pydantic_fields_set__", _NONE_SET)


_BREAK = re.compile(r"\s*\n\s*")


def _one_line(text: str) -> str:
    """Text typed over several lines as one; its Chinese was joined when it was read."""
    return _BREAK.sub(" ", text) if "\n" in text else text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_one_line)]


class Localised(Model):
    """中英文各写一遍 | One thing said in Chinese and in English; both are required."""

    zh: Text = Field(description="中文 | Chinese", examples=["台稳精密机械项目"])
    en: Text = Field(description="英文 | English", examples=["Taiwen Precision Machinery project"])

    def to(self, locale: str) -> str:
        """The words of `locale`, "zh" or "en"."""
        return self.zh if locale == "zh" else self.en


class Ref(NamedTuple):
    """A reference to a record: its collection and its id."""

    collection: str
    id: str

    def __str__(self) -> str:
        return f"{self.collection}/{self.id}"


@cache
def ref_to(collection: str, id_: str) -> Ref:
    """A reference, which is kept once however often it is made."""
    return Ref(collection, id_)


def from_text(parse: Callable[[str], Any]) -> BeforeValidator:
    """Type a scalar with `parse`; a list or a mapping in its place is refused, a typed value left alone."""

    def before(value: Any) -> Any:
        if isinstance(value, (list, dict)):
            raise wrong("not-plain-text")
        return parse(value.strip()) if isinstance(value, str) else value

    return BeforeValidator(before)


def _slug(text: str, typed: str = "") -> str:
    """An id; where it is none, what was `typed` of which it is a part is told."""
    if not SLUG.fullmatch(text):
        raise wrong("not-an-id", text=typed or text)
    return text


class NamesRecord(NamedTuple):
    """What a field's text names: a record by its id alone, of `collection`; or, where that is empty, as `collection/id`."""

    collection: str = ""


def _ref_to(collection: str) -> BeforeValidator:
    return from_text(lambda text: ref_to(collection, _slug(text)))


def _any_ref(value: str) -> Ref:
    collection, slash, id_ = value.partition("/")
    if not slash:
        raise wrong("incomplete-reference", text=value)
    return ref_to(collection, _slug(id_, value))


class FieldRef(NamedTuple):
    """A reference to a field of a record; where a figure has several values, `as_of` names one by its date."""

    record: Ref
    field: str
    as_of: str = ""

    @property
    def key(self) -> str:
        """The field as the lock and the tables have it: `figure`, `figure@2026-Q3`."""
        return f"{self.field}@{self.as_of}" if self.as_of else self.field

    def __str__(self) -> str:
        """As an editor types it: `collection/id.field@date`, without the field where it is `figure`."""
        field = "" if self.field == "figure" else f".{self.field}"
        return f"{self.record}{field}" + (f"@{self.as_of}" if self.as_of else "")


def field_ref(value: str) -> FieldRef:
    """Read `collection/id.field@date`; without a field, `figure` is meant."""
    name, _, as_of = value.partition("@")
    record, dot, field = name.partition(".")
    return FieldRef(_any_ref(record), field if dot else "figure", as_of)


AnyRef = Annotated[Ref, from_text(_any_ref), NamesRecord()]
FigureRef = Annotated[FieldRef, from_text(field_ref)]
AnswerRef = Annotated[FieldRef | Ref, from_text(lambda text: (field_ref if "." in text else _any_ref)(text))]
"""A record, or a field of one, whatever stands in it."""
SourceRef = Annotated[Ref, _ref_to("sources"), NamesRecord("sources")]
UnitRef = Annotated[Ref, _ref_to("units"), NamesRecord("units")]
MechanismRef = Annotated[Ref, _ref_to("mechanisms"), NamesRecord("mechanisms")]
TermRef = Annotated[Ref, _ref_to("glossary"), NamesRecord("glossary")]

Anchor = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=19)]


class Evidence(Model):
    """一个事实的出处 | Where a fact stands: a source and the few characters that hold it there."""

    source: SourceRef = Field(description="来源编号 | id of the source", examples=["qlwb-dual-pairing"])
    at: Anchor = Field(
        description="原文中的几个字 | the few characters that hold the fact, copied exactly",
        examples=["147家"],
    )


class Point(Evidence):
    """一条事实及其出处 | One statement in our own words, with its evidence."""

    text: Localised = Field(description="用自己的话写 | in our own words")


class Qualifier(StrEnum):
    """How far a figure is exact."""

    EXACT = "exact"
    NEARLY = "nearly"
    ABOUT = "about"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    FULL_COVERAGE = "full_coverage"


_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(万|亿)?", re.ASCII)
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d{1,2})m)?(?:(\d{1,2})s)?", re.ASCII)
_DIGITS, _DECIMALS, _HOUR_DIGITS = 15, 8, 4
"""The most digits of a number, of its fraction, and of the hours of a duration: any that is told in a report has fewer."""
_SCALE = {None: Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}


def _quantity(text: str) -> Decimal | timedelta:
    """`147`, `15,440,000`, `1544万` or `1.28亿` to an exact Decimal; `29m06s` or `1h05m` to a timedelta."""
    if number := _NUMBER.fullmatch(text):
        whole, fraction, scale = number.groups()
        whole, fraction = whole.replace(",", "").lstrip("0") or "0", fraction or ""
        if len(whole) <= _DIGITS and len(fraction.rstrip("0")) <= _DECIMALS + 1:
            value = Decimal(whole + fraction[: _DECIMALS + 1]) * _SCALE[scale]
            if value < 10**_DIGITS:
                return value
        raise wrong("quantity-out-of-bounds", text=text)
    duration = _DURATION.fullmatch(text)
    if duration and text:
        if len((duration[1] or "").lstrip("0")) > _HOUR_DIGITS:
            raise wrong("quantity-out-of-bounds", text=text)
        hours, minutes, seconds = (int(part or 0) for part in duration.groups())
        if seconds < 60 and (minutes < 60 or not duration[1]):
            return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    right = near_misses.quantity(text) or ("29m06s" if re.search("[:：分秒ms]", text) else "147")
    raise wrong("not-a-quantity", text=text, right=right)


def typed(value: Decimal | timedelta | None) -> str:
    """A quantity as an editor would type it, in one way only: `147`, `1.5`, `29m06s`; "" for none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return (f"{hours}h" if hours else "") + f"{minutes:0{2 if hours else 1}}m{seconds:02}s"


Quantity = Annotated[Decimal | timedelta, from_text(_quantity)]


class Amount(Model):
    """数值、单位和限定词 | A value with its unit and qualifier."""

    example: ClassVar[str] = "{value: 147, unit: enterprise}"
    duration: ClassVar[str] = "{value: 29m06s}"
    coverage: ClassVar[str] = "{qualifier: full_coverage}"

    value: Quantity | None = Field(
        None,
        description="数值或时长 | digits, also with 万 or 亿; a duration as 29m06s; left out for full coverage",
        examples=["147", "1544万", "29m06s"],
    )
    unit: UnitRef | None = Field(
        None, description="单位编号 | an id of data/units; none for a duration", examples=["enterprise"]
    )
    qualifier: Qualifier = Field(
        Qualifier.EXACT,
        description="限定词：近、约、余、至少、全覆盖 | how far it is exact",
        examples=["nearly"],
    )

    def __str__(self) -> str:
        """As an editor would type it: `147 enterprise exact`, `29m06s exact`, `full_coverage`."""
        parts = (typed(self.value), self.unit.id if self.unit else "", str(self.qualifier))
        return " ".join(part for part in parts if part)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        covers = self.qualifier is Qualifier.FULL_COVERAGE
        if covers and (self.value is not None or self.unit):
            raise wrong("coverage-with-value", right=self.coverage)
        if not covers and self.value is None:
            raise wrong("figure-without-value")
        if isinstance(self.value, Decimal) and self.unit is None:
            raise wrong("figure-without-unit")
        if isinstance(self.value, timedelta) and self.unit is not None:
            raise wrong("duration-with-unit", right=self.duration)
        return self


class Figure(Amount, Evidence):
    """一个数据 | A published number: exact value or duration, unit, qualifier, and its evidence."""

    example: ClassVar[str] = "{value: 147, unit: enterprise, source: qlwb-dual-pairing, at: 147家}"
    duration: ClassVar[str] = "{value: 29m06s, source: qlwb-dual-pairing, at: 29分06秒}"
    coverage: ClassVar[str] = "{qualifier: full_coverage, source: qlwb-huihe-street, at: 全覆盖}"
