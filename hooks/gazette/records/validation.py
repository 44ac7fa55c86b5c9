"""Plain data to a record model; what the model refuses, to bilingual Diagnostics with a right example."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from enum import EnumType
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.strict_yaml import Location, Plain
from gazette.records.values import Model

M = TypeVar("M", bound=Model)

Locate = Callable[[Location, bool], Position]
"""Finds a location in its file; the flag asks for the position of the key rather than of the value."""


def validate(
    model: type[M], data: dict[str, Plain], id_: str, locate: Locate
) -> tuple[M | None, list[Diagnostic]]:
    """Type `data` as a `model` with the given id; where it is refused, None and every reason."""
    problems = []
    if "id" in data:
        problems.append(
            Diagnostic(
                locate(("id",), True),
                "unknown-key",
                "编号就是文件名，文件里不写 id。",
                "The id is the file's name; do not write it in the file.",
            )
        )
    values: dict[str, Any] = {key: value for key, value in data.items() if key != "id"}
    if "id" in model.model_fields:
        values["id"] = id_
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        return None, problems + [_explain(detail, model, locate) for detail in error.errors()]
    return (None if problems else record), problems


def right_form(annotation: Any, field: FieldInfo | None = None) -> str:
    """An example of a value of this type as it is written in YAML; empty where none is known."""
    if field is not None and field.examples:
        return str(field.examples[0])
    inner = model_in(annotation)
    if inner is None:
        return ""
    example = getattr(inner, "example", "") or _flow(inner)
    return f"\n  - {example}" if is_list(annotation) else example


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
    if isinstance(annotation, UnionType):
        return next((found for found in map(choices, get_args(annotation)) if found), ())
    return ()


def _flow(model: type[BaseModel]) -> str:
    shown = {
        name: right_form(field.annotation, field)
        for name, field in model.model_fields.items()
        if field.is_required() or field.examples
    }
    return "{" + ", ".join(f"{name}: {example}" for name, example in shown.items() if example) + "}"


def _explain(detail: ErrorDetails, model: type[BaseModel], locate: Locate) -> Diagnostic:
    location: Location = detail["loc"]
    owner, field = field_at(model, location)
    name = str(location[-1]) if location else ""
    key = next((step for step in reversed(location) if isinstance(step, str)), name)
    form = right_form(field.annotation, field) if field else ""
    example = f"{key}: {form}" if form else ""
    context = detail.get("ctx", {})
    code = detail["type"]

    if code == "missing":
        parent = ".".join(str(step) for step in location[:-1])
        return Diagnostic(
            locate(location, True),
            "missing",
            f"{parent or '这里'}缺少“{name}”。",
            f"{f'`{parent}`' if parent else 'This'} must have `{name}`.",
            example,
        )
    if code == "extra_forbidden":
        known = [field for field in owner.model_fields if field != "id"]
        close = difflib.get_close_matches(name, known, 1)
        return Diagnostic(
            locate(location, True),
            "unknown-key",
            f"没有“{name}”这一项。"
            + (f"是不是“{close[0]}”？" if close else f"可用的项：{'、'.join(known)}。"),
            f"There is no `{name}` here. "
            + (f"Do you mean `{close[0]}`?" if close else f"It may have: {', '.join(known)}."),
        )
    if "zh" in context and "en" in context:
        return Diagnostic(locate(location, False), code, context["zh"], context["en"], context["example"])

    zh, en = _SAYINGS.get(code, ("值不合格。", "The value is not valid: {msg}."))
    words = {"name": key, "msg": detail["msg"], **context}
    code = _CODES.get(code, code.replace("_", "-"))
    return Diagnostic(locate(location, False), code, zh.format(**words), en.format(**words), example)


_CODES = {
    "model_type": "wrong-type",
    "model_attributes_type": "wrong-type",
    "tuple_type": "wrong-type",
    "string_type": "wrong-type",
    "int_parsing": "wrong-type",
    "int_type": "wrong-type",
    "bool_parsing": "wrong-type",
    "bool_type": "wrong-type",
}
_SAYINGS = {
    "model_type": (
        "“{name}”应是一组“键: 值”，不是一段文字。",
        "`{name}` must be a mapping of keys and values, not plain text.",
    ),
    "tuple_type": (
        "“{name}”应是列表，每项一行，以“- ”开头。",
        "`{name}` must be a list, an item a line, each beginning with `- `.",
    ),
    "string_type": (
        "“{name}”应是一段文字。",
        "`{name}` must be plain text.",
    ),
    "int_parsing": (
        "“{name}”应是整数。",
        "`{name}` must be a whole number.",
    ),
    "bool_parsing": (
        "“{name}”只能写 true 或 false。",
        "`{name}` must be true or false.",
    ),
    "literal_error": (
        "“{name}”只能是：{expected}。",
        "`{name}` must be one of: {expected}.",
    ),
    "enum": (
        "“{name}”只能是：{expected}。",
        "`{name}` must be one of: {expected}.",
    ),
    "string_too_short": (
        "“{name}”是空的。",
        "`{name}` must not be empty.",
    ),
    "string_too_long": (
        "“{name}”过长，最多 {max_length} 个字符：只抄能证明数据的几个字。",
        "`{name}` must have at most {max_length} characters: copy only the few that hold the fact.",
    ),
    "string_pattern_mismatch": (
        "“{name}”的格式不对。",
        "`{name}` is not in the right form.",
    ),
}
