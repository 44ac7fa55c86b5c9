"""A record model as the columns of a table; a new field or model needs nothing here.

What has parts becomes a column a part: `title_zh`, `founded_basis`, `duration_value`. What is a list stays one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from functools import partial
from operator import attrgetter, itemgetter, methodcaller
from typing import Any, get_args

from pydantic import BaseModel

from gazette.language import wording
from gazette.records.dates import Basis, PartialDate
from gazette.records.model_fields import choices, is_list, model_in
from gazette.records.record import Record
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Amount, Evidence, FieldRef, Localised, Qualifier, Ref
from gazette.site.tables.table import Cell, Field, joined, said

DATE = r"^\d{4}(-Q[1-4]|-\d{2}(-\d{2})?)?$"

Units = Mapping[Ref, Unit]

_OF_THE_SITE = {"id", "order", "translated", "draft", "archive", "not_in"}
"""Fields that say how the site is made, not what is known."""
_RENAMED = {"at": "anchor"}
_IN = {"zh": said("中文 | in Chinese"), "en": said("英文 | in English")}

_DATE = {
    "": said("年、季度、年月或年月日 | YYYY, YYYY-Q1 to Q4, YYYY-MM or YYYY-MM-DD"),
    "_basis": said("年份是载明还是推断 | whether the source states the year"),
    "_early": said("来源只说“年初” | whether the source says only “early in the year”"),
}
_AMOUNT = {
    "text_zh": said("中文说法 | in Chinese words"),
    "text_en": said("英文说法 | in English words"),
    "value": said(
        "数值，十进制；时长和“全覆盖”没有 | the exact decimal; none for a duration or full coverage"
    ),
    "iso8601": said("时长（ISO 8601） | a duration in ISO 8601"),
    "seconds": said("时长的秒数 | a duration in seconds"),
    "unit": said("单位编号 | id of the unit"),
    "qualifier": said("近、约、余、至少、全覆盖 | how far it is exact"),
    "source": said("来源编号 | id of the source"),
    "anchor": said("原文中的几个字 | the few characters that hold it in the source"),
}


@dataclass(frozen=True)
class Column:
    """A field of a table and how it is read off a record."""

    field: Field
    of: Callable[[Any], Cell]


def columns(model: type[BaseModel], units: Units) -> tuple[Column, ...]:
    """The columns of a model: a record's title and summary, what only its collection has, what every record has."""
    names = [name for name in model.model_fields if name not in _OF_THE_SITE]
    if issubclass(model, Record):
        shared = set(Record.model_fields) - {"title", "summary"}
        names.sort(key=lambda name: (name in shared, name not in ("title", "summary")))
    return tuple(column for name in names for column in _of_field(model, name, units))


def iso_duration(length: timedelta) -> str:
    """A duration in ISO 8601: `PT29M6S`."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0S")


def amount_cells(amount: Amount, units: Units) -> dict[str, Cell]:
    """The parts of an amount, of a figure also its evidence, by the names of their columns."""
    return {name: _CELLS[name](units, amount) for name in _amount_parts(type(amount))}


def _amount_parts(model: type[Amount]) -> list[str]:
    return [name for name in _AMOUNT if issubclass(model, Evidence) or name not in ("source", "anchor")]


def _in_words(locale: str, units: Units, amount: Amount) -> str:
    return wording.in_words(amount, units.get(amount.unit) if amount.unit else None, locale)


def _length(of: Callable[[timedelta], Cell], _units: Units, amount: Amount) -> Cell:
    return of(amount.value) if isinstance(amount.value, timedelta) else None


_CELLS: Mapping[str, Callable[[Units, Any], Cell]] = {
    **{f"text_{locale}": partial(_in_words, locale) for locale in LOCALES},
    "value": lambda _, amount: None if isinstance(amount.value, timedelta) else amount.value,
    "iso8601": partial(_length, iso_duration),
    "seconds": partial(_length, lambda length: int(length.total_seconds())),
    "unit": lambda _, amount: str(amount.unit) if amount.unit else None,
    "qualifier": lambda _, amount: str(amount.qualifier),
    "source": lambda _, amount: str(amount.source),
    "anchor": lambda _, amount: amount.at,
}
"""How each part of an amount is read off it."""


def amount_fields(model: type[Amount]) -> dict[str, Field]:
    """The fields of the parts of an amount, by name."""
    kinds = {"value": "number", "seconds": "integer"}
    return {
        name: Field(
            name,
            kinds.get(name, "string"),
            _AMOUNT[name],
            name in ("qualifier", "text_zh", "text_en", "source", "anchor"),
            tuple(Qualifier) if name == "qualifier" else (),
        )
        for name in _amount_parts(model)
    }


def date_fields(name: str, about: Localised, *, required: bool) -> tuple[Field, ...]:
    """The fields of a date: as far as it is known, whether its year is stated, whether only early in the year."""
    return (
        Field(name, "string", joined(about, _DATE[""]), required, pattern=DATE),
        Field(f"{name}_basis", "string", joined(about, _DATE["_basis"]), required, tuple(Basis)),
        Field(f"{name}_early", "boolean", joined(about, _DATE["_early"]), required),
    )


def date_cells(date: PartialDate | None) -> tuple[Cell, ...]:
    """The cells of a date; None where there is none."""
    return (None, None, None) if date is None else (date.typed, str(date.basis), date.early)


def _of_field(model: type[BaseModel], name: str, units: Units) -> Iterator[Column]:
    field = model.model_fields[name]
    about, required = said(field.description or ""), field.is_required()
    inner, public = model_in(field.annotation), _RENAMED.get(name, name)
    value: Callable[[Any], Any] = attrgetter(name)

    if is_list(field.annotation):
        parts = columns(inner, units) if inner else ()
        items = tuple(column.field for column in parts)

        def item(one: Any) -> Any:
            return {column.field.name: column.of(one) for column in parts} if parts else _scalar(one)

        yield Column(
            Field(public, "array", about, required=True, items=items),
            lambda owner: list(map(item, value(owner))),
        )
    elif inner is None:
        found = Field(public, _kind(field.annotation), about, required, choices(field.annotation))
        yield Column(found, lambda owner: _scalar(value(owner)))
    else:
        for part in _parts(public, about, inner, units):
            found = part.field if required else replace(part.field, required=part.field.kind == "array")
            yield Column(found, _within(value, part.of))


def _parts(name: str, about: Localised, model: type[BaseModel], units: Units) -> Iterator[Column]:
    """The columns of a value that has parts, to be read off the value itself."""
    if model is Localised:
        for locale in LOCALES:
            field = Field(f"{name}_{locale}", "string", joined(about, _IN[locale]), required=True)
            yield Column(field, methodcaller("to", locale))
    elif model is PartialDate:
        for place, field in enumerate(date_fields(name, about, required=True)):
            yield Column(field, _within(date_cells, itemgetter(place)))
    elif issubclass(model, Amount):
        for part, field in amount_fields(model).items():
            named = replace(field, name=f"{name}_{part}", about=joined(about, field.about))
            yield Column(named, partial(_CELLS[part], units))
    else:
        for column in columns(model, units):
            field = column.field
            named = replace(field, name=f"{name}_{field.name}", about=joined(about, field.about))
            yield replace(column, field=named)


def _within(outer: Callable[[Any], Any], inner: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    """What `inner` reads off what `outer` gives; nothing where that is nothing."""

    def read(owner: Any) -> Cell:
        value = outer(owner)
        return None if value is None else inner(value)

    return read


def _scalar(value: Any) -> Cell:
    if isinstance(value, FieldRef):
        return figure_key(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value if value is None or isinstance(value, int) else str(value)


def figure_key(ref: FieldRef) -> str:
    """The id of a figure in the tables, `collection/record.field`, with its field in any case, and its date where it has one."""
    return f"{ref.record}.{ref.key}"


def _kind(annotation: Any) -> str:
    types = {annotation, *get_args(annotation)}
    return "boolean" if bool in types else "integer" if int in types else "string"
