"""The fields of a record model: which one a location leads to, what its values may be, how one is written in YAML."""

from __future__ import annotations

from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gazette.base.strict_yaml import Location


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, through Optional, tuple and Annotated."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(model_in, get_args(annotation)) if found), None)


def field_at(model: type[BaseModel], location: Location) -> tuple[type[BaseModel], FieldInfo | None]:
    """The model and field that a location leads to; None where it leads to no field."""
    owner, field = model, None
    for step in location:
        if isinstance(step, int):
            continue
        inner = model_in(field.annotation) if field is not None else owner
        if inner is None or step not in inner.model_fields:
            return inner or owner, None
        owner, field = inner, inner.model_fields[step]
    return owner, field


def is_list(annotation: Any) -> bool:
    """Whether values of the annotation are written as a YAML list."""
    if get_origin(annotation) is tuple:
        return True
    return get_origin(annotation) in (Annotated, Union, UnionType) and is_list(get_args(annotation)[0])


def choices(annotation: Any) -> tuple[str, ...]:
    """All that a value of the annotation may be; none where it is not one of a few."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if isinstance(annotation, EnumType):
        return tuple(str(member) for member in annotation)  # type: ignore[var-annotated]
    if get_origin(annotation) in (Union, UnionType):
        return next((found for found in map(choices, get_args(annotation)) if found), ())
    return ()


def right_form(annotation: Any, field: FieldInfo | None = None, *, in_braces: bool = False) -> str:
    """An example of a value of this type as it is written in YAML; empty where none is known."""
    inner = model_in(annotation)
    if field is not None and field.examples:
        example = str(field.examples[0])
    else:
        example = getattr(inner, "example", "") or (_flow(inner) if inner else "")
    if not (example and is_list(annotation)):
        return example
    return f"[{example}]" if in_braces else f"\n  - {example}"


def _flow(model: type[BaseModel]) -> str:
    shown = {
        name: right_form(field.annotation, field, in_braces=True)
        for name, field in model.model_fields.items()
        if field.is_required() or field.examples
    }
    return "{" + ", ".join(f"{name}: {example}" for name, example in shown.items() if example) + "}"
