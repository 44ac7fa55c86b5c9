"""Plain data to a record model; what the model refuses, to bilingual Diagnostics with a right example."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import Message, did_you_mean, listed, messages, say
from gazette.base.strict_yaml import Location, Plain
from gazette.records.front_matter import Article, PlainPage
from gazette.records.values import Model

M = TypeVar("M", bound=Model)

Locate = Callable[[Location, bool], Position]
"""Finds a location in its file; the flag asks for the position of the key rather than of the value."""


def validate(
    model: type[M], data: dict[str, Plain], id_: str, locate: Locate
) -> tuple[M | None, list[Diagnostic]]:
    """Type `data` as a `model` with the given id; where it is refused, None and every reason.

    A key with nothing after it is as good as absent.
    """
    problems = []
    if "id" in data:
        problems.append(Diagnostic(locate(("id",), True), "id-in-file"))
    values: dict[str, Any] = {key: value for key, value in _given(data).items() if key != "id"}
    if "id" in model.model_fields:
        values["id"] = id_
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        return None, problems + [_explain(detail, model, data, locate) for detail in _told_once(error)]
    return (None if problems else record), problems


def fits(model: type[BaseModel], data: Mapping[str, Plain]) -> bool:
    """Whether data has the keys that a model needs and none that it does not know."""
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    return data.keys() <= fields.keys() and all(
        name in data for name, field in fields.items() if field.is_required()
    )


def _told_once(error: ValidationError) -> Iterator[ErrorDetails]:
    """What was refused, but for what is missing and there under a name that is nearly its own: that name is told."""
    details = error.errors()
    unknown = grouped(
        (detail["loc"][:-1], str(detail["loc"][-1]))
        for detail in details
        if detail["type"] == "extra_forbidden"
    )
    for detail in details:
        beside = unknown.get(detail["loc"][:-1], ())
        if detail["type"] != "missing" or not difflib.get_close_matches(str(detail["loc"][-1]), beside, 1):
            yield detail


def _given(data: Mapping[str, Plain]) -> dict[str, Plain]:
    """A mapping without the keys that have nothing after them, at whatever depth."""

    def given(value: Plain) -> Plain:
        if isinstance(value, list):
            return [given(item) for item in value]
        return _given(value) if isinstance(value, dict) else value

    return {key: given(value) for key, value in data.items() if value != ""}


def _is_typed(location: Location, data: Plain) -> bool:
    """Whether there is a key at a location, be there nothing after it."""
    for step in location:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return False
    return True


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


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds, through Optional, tuple and Annotated."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for found in map(model_in, get_args(annotation)) if found), None)


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


def _flow(model: type[BaseModel]) -> str:
    shown = {
        name: right_form(field.annotation, field, in_braces=True)
        for name, field in model.model_fields.items()
        if field.is_required() or field.examples
    }
    return "{" + ", ".join(f"{name}: {example}" for name, example in shown.items() if example) + "}"


def _explain(
    detail: ErrorDetails, model: type[BaseModel], data: dict[str, Plain], locate: Locate
) -> Diagnostic:
    location: Location = detail["loc"]
    owner, field = field_at(model, location)
    # The words of a page are plain text, each language's in its own file; the English questions are items.
    alone = issubclass(model, (PlainPage, Article)) and location[-1:] in (("zh",), ("en",))
    typed = location[:-1] if alone else location
    name = str(typed[-1]) if typed else ""
    key = next((step for step in reversed(typed) if isinstance(step, str)), name)
    form = right_form(field.annotation, field) if field else ""
    item = location[-2:] == ("ask", "en") or (bool(typed) and isinstance(typed[-1], int))
    example = form.removeprefix("\n  - ") if item else f"{key}: {form}" if form else ""
    context, code = detail.get("ctx", {}), detail["type"]
    if code == "missing" and _is_typed(location, data):
        code = "string_too_short"
    if code == "extra_forbidden":
        known = [field for field in owner.model_fields if field != "id"]
        close = difflib.get_close_matches(name, known, 1)
        hint = did_you_mean(close) if close else say("known-keys", names=listed(known))
        return Diagnostic(locate(location, True), "unknown-key", {"name": name, "hint": hint})
    values = {"name": key, "example": example, "reason": detail["msg"], **context}
    if code == "missing":
        parent = ".".join(str(step) for step in typed[:-1])
        values |= {"name": name, "where": Message(parent, f"`{parent}`") if parent else say("here")}
    code = code if code in messages() else _CODES.get(code, "not-valid")
    if not location and (key := messages()[code].example.partition(":")[0]) in data:
        location = (key,)  # It is of the whole, and one field is to be put right.
    return Diagnostic(locate(location, code == "missing"), code, values)


_CODES = {
    "model_type": "not-fields",
    "model_attributes_type": "not-fields",
    "tuple_type": "not-a-list",
    "string_type": "not-text",
    "int_parsing": "not-a-whole-number",
    "int_type": "not-a-whole-number",
    "bool_parsing": "not-true-or-false",
    "bool_type": "not-true-or-false",
    "literal_error": "not-a-choice",
    "enum": "not-a-choice",
    "string_too_short": "empty-text",
    "too_short": "empty-text",
    "string_too_long": "too-long",
    "string_pattern_mismatch": "wrong-format",
}
"""The message for each kind of mistake that pydantic itself finds; "missing" is called so here too."""
