"""The columns of a record model: what of it goes into the cells of a sheet, and what does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any, Literal, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gazette.editing.adding import order_of
from gazette.records import DATA_FOLDERS
from gazette.records.dates import Day
from gazette.records.model_fields import choices, is_list, model_in
from gazette.records.record import Entry
from gazette.records.values import (
    AnyRef,
    Evidence,
    FieldRef,
    FigureRef,
    Localised,
    MechanismRef,
    Ref,
    SourceRef,
    TermRef,
    UnitRef,
)

ID, VERSION = "id", "version"
"""The columns that every sheet has beside those of its model: which record a row is, and which state of it."""

Kind = Literal["words", "code", "number", "date"]

_MOST_PARTS = 4
"""So many columns an entry of a list may have: who edits more than these line by line loses step."""
_BY_COMMAND = "translated"
_TARGETS: Mapping[Any, str] = {
    SourceRef: "sources",
    UnitRef: "units",
    MechanismRef: "mechanisms",
    TermRef: "glossary",
    AnyRef: "records",
    FigureRef: "figures",
}
_SHORT = re.compile(r"[，：；（。]|[,:;(]| \|")


@dataclass(frozen=True)
class Column:
    """A field of a model, or a part of one.

    `steps` lead to it in a record's data, the first `within` of them to the list that it is in: there each line of a cell is
    one entry's. `refers` is what its references are to: a collection, `records` or `figures`.
    """

    steps: tuple[str, ...]
    within: int
    kind: Kind
    label: Localised
    about: Localised
    required: bool
    choices: tuple[str, ...]
    refers: str
    example: str

    @property
    def name(self) -> str:
        """Its name in a sheet: `duration.value`."""
        return ".".join(self.steps)

    @property
    def header(self) -> str:
        """What stands above it: its name in both languages and, in brackets, by which it is known."""
        return f"{self.label.zh} / {self.label.en} [{self.name}]"

    @property
    def list_name(self) -> str:
        """The name of the list that it is a part of; "" where it is in none."""
        return ".".join(self.steps[: self.within])


@dataclass(frozen=True)
class Unfit:
    """A field that no sheet has, and of how many parts each entry of it is; 0 where a command writes it."""

    name: str
    label: Localised
    parts: int = 0


def _fields(model: type[Entry]) -> Iterator[str]:
    """The fields of a model in the order in which editors write them."""
    return (name for name in order_of(model) if name in model.model_fields)


@cache
def columns(collection: str) -> tuple[Column, ...]:
    """The columns of a collection's model, without those that every sheet has."""
    model = DATA_FOLDERS[collection]
    unfit_names = {one.name for one in unfit(collection)}
    return tuple(
        column for name in _fields(model) if name not in unfit_names for column in _of_field(model, name)
    )


@cache
def unfit(collection: str) -> tuple[Unfit, ...]:
    """The fields of a collection's model that no sheet has."""
    model = DATA_FOLDERS[collection]
    found = []
    for name in _fields(model):
        made = tuple(_of_field(model, name))
        in_list = [column for column in made if column.within]
        if name == _BY_COMMAND:
            found.append(Unfit(name, made[0].label))
        elif in_list and len({column.list_name for column in in_list}) == 1 and len(in_list) > _MOST_PARTS:
            found.append(Unfit(name, _said(model.model_fields[name]), len(in_list)))
    return tuple(found)


def known_names(collection: str) -> Mapping[str, str]:
    """All that a header may say, and the column that it names: its header, its name, its name in Chinese where no other has it."""
    made = columns(collection)
    found = {ID: ID, VERSION: VERSION}
    zh = [column.label.zh for column in made]
    for column in made:
        found |= {column.header: column.name, column.name: column.name}
        if zh.count(column.label.zh) == 1:
            found.setdefault(column.label.zh, column.name)
    return found


def _of_field(model: type[BaseModel], name: str) -> Iterator[Column]:
    """The columns of a field: one, or those of the parts that its value is made of."""
    field = model.model_fields[name]
    inner, several = model_in(field.annotation), is_list(field.annotation)
    label, about = _said(field), Localised(**dict(zip(("zh", "en"), _both(field), strict=True)))
    if inner is None:
        yield Column(
            (name,),
            int(several),
            _kind(field),
            label,
            about,
            field.is_required(),
            _choices(field),
            _refers(field),
            str(field.examples[0]) if field.examples else "",
        )
        return
    for part in sorted(inner.model_fields, key=lambda part: part in Evidence.model_fields):
        for column in _of_field(inner, part):
            yield replace(
                column,
                steps=(name, *column.steps),
                within=1 if several else column.within and column.within + 1,
                label=_under(label, column.label),
                about=_under(about, column.about),
                required=column.required and field.is_required(),
            )


def _both(field: FieldInfo) -> tuple[str, str]:
    zh, _, en = (field.description or "").partition(" | ")
    return zh or "—", en or zh or "—"


def _said(field: FieldInfo) -> Localised:
    """A field's name in both languages: its description as far as the first mark."""
    zh, en = (_SHORT.split(text)[0].strip() or text for text in _both(field))
    return Localised(zh=zh, en=en)


def _under(whole: Localised, part: Localised) -> Localised:
    return Localised(zh=f"{whole.zh}·{part.zh}", en=f"{whole.en} · {part.en}")


def _kind(field: FieldInfo) -> Kind:
    types = set(_types(field.annotation))
    if Day in types:
        return "date"
    if types & {Decimal, int}:
        return "number"
    plain = str in types and not any(getattr(one, "pattern", None) for one in field.metadata)
    return "words" if plain and not _choices(field) else "code"


def _choices(field: FieldInfo) -> tuple[str, ...]:
    if bool in _types(field.annotation):
        return "true", "false"
    return next(filter(None, map(choices, (field.annotation, *get_args(field.annotation)))), ())


def _refers(field: FieldInfo) -> str:
    """What the references of a field are to; "" where it holds none."""
    if not {Ref, FieldRef} & {*_types(field.annotation)}:
        return ""
    validators = [*field.metadata, *_metadata(field.annotation)]
    return next((name for kind, name in _TARGETS.items() if next(_metadata(kind)) in validators), "")


def _types(annotation: Any) -> Iterator[Any]:
    if isinstance(annotation, type):
        yield annotation
    for inner in get_args(annotation):
        yield from _types(inner)


def _metadata(annotation: Any) -> Iterator[Any]:
    if hasattr(annotation, "__metadata__"):
        yield from annotation.__metadata__
    for inner in get_args(annotation):
        yield from _metadata(inner)
