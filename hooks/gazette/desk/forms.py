"""The form of each kind of entry and page, made from its model: what a field is called, holds and may hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import NoneType
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gazette.desk.words import word
from gazette.language import wording
from gazette.records.front_matter import TRANSLATED
from gazette.records.model_fields import choices, is_list, model_in, right_form
from gazette.records.photos import Photo
from gazette.records.values import (
    LOCALES,
    AnswerRef,
    AnyRef,
    Evidence,
    FigureRef,
    Localised,
    MechanismRef,
    SourceRef,
    TermRef,
    UnitRef,
)

Field = dict[str, Any]
"""A field as the page that shows the form reads it."""

_PICKED = {
    get_args(kind)[1]: target
    for kind, target in (
        (SourceRef, "sources"),
        (UnitRef, "units"),
        (TermRef, "glossary"),
        (MechanismRef, "mechanisms"),
        (AnyRef, "any"),
        (FigureRef, "figures"),
        (AnswerRef, "answers"),
    )
}
"""What a reference is picked from, by what reads it."""
_LONG = {"summary", "text", "why", "scope", "not_stated", "empty", "alt", "caption", "ask"}
"""Fields whose words may run over several lines."""
_FIRST = ("title", "summary")
_FACTS = ("points", "evidence", "not_stated", "related")
_RARE = (
    "photos",
    "order",
    "observations",
    "earlier",
    "comparisons",
    "never",
    "also",
    "not_in",
    "archive",
    "licence",
    "left_out",
)
"""What comes first in a form, what comes after the fields of its own, and what is needed so seldom that it is folded away."""


@cache
def form(model: type[BaseModel]) -> list[Field]:
    """The fields of a model, in their order; those that have to be filled in say so."""
    hints = get_type_hints(model, include_extras=True)
    shown = {name: field for name, field in model.model_fields.items() if name not in ("id", TRANSLATED)}
    return [_field(name, shown[name], hints[name]) for name in sorted(shown, key=_turn)]


def _turn(name: str) -> tuple[int, int]:
    """Where a field stands in its form: its own fields in the order of the model, where a fact stands after what it says."""
    for number, names in ((0, _FIRST), (2, (*Evidence.model_fields, *_FACTS)), (3, _RARE)):
        if name in names:
            return number, names.index(name)
    return 1, 0


def _field(name: str, field: FieldInfo, hint: Any) -> Field:
    zh, _, en = (field.description or name).partition(" | ")
    made: Field = {
        "name": name,
        "label": {"zh": zh, "en": en or zh},
        "required": field.is_required(),
        "list": is_list(hint),
        "rare": name in _RARE,
        "example": _example(field),
    }
    inner = model_in(hint)
    if inner is Localised:
        return {**made, "kind": "localised", "long": name in _LONG}
    if inner:
        kind = "photo" if inner is Photo else "group"
        return {**made, "kind": kind, "model": inner.__name__, "fields": form(inner)}
    if bool in _types(hint):
        return {**made, "kind": "flag"}
    if allowed := choices(field.annotation):
        return {
            **made,
            "kind": "choice",
            "choices": [[value, _choice(name, value)] for value in allowed],
            "default": _default(field),
        }
    if target := _target(hint):
        return {**made, "kind": "reference", "target": target}
    return {**made, "kind": "text"}


def _default(field: FieldInfo) -> str:
    """What a choice is where none is made; "" where it is nothing."""
    return "" if field.is_required() or field.default is None else str(field.default)


def _example(field: FieldInfo) -> str:
    if model_in(field.annotation):
        return ""
    return str(field.examples[0]) if field.examples else right_form(field.annotation, field).strip(" \n-")


def _types(hint: Any) -> set[Any]:
    """The types that an annotation is made of."""
    inner = get_args(hint)
    return {hint} if not inner else {found for each in inner for found in _types(each)} - {NoneType}


def _target(hint: Any) -> str:
    """What the references of an annotation are picked from; "" where it holds none."""
    for part in get_args(hint):
        try:
            if part in _PICKED:
                return _PICKED[part]
        except TypeError:  # What cannot be hashed is none of them.
            continue
        if found := _target(part):
            return found
    return ""


def _choice(name: str, value: str) -> Mapping[str, str]:
    """A value of a field in words: those of the site where it has some, else those of the desk."""
    key = f"{name}_{value}"
    if key in wording.labels():
        return {locale: wording.labels()[key].to(locale) for locale in LOCALES}
    return word(key)
