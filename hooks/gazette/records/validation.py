"""Plain data to a record model; what the model refuses, to bilingual Diagnostics with a right example."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from gazette.base.bounds import MOST_TOLD
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Message, did_you_mean, listed, messages, say
from gazette.base.strict_yaml import Location, Plain
from gazette.records import near_misses
from gazette.records.dates import PartialDate
from gazette.records.model_fields import choices, field_at, model_in, right_form
from gazette.records.values import Localised, Model, NamesRecord

M = TypeVar("M", bound=Model)

Locate = Callable[[Location, bool], Position]
"""Finds a location in its file; the flag asks for the position of the key rather than of the value."""
Typed = Callable[[Location], Location]
"""The location of something in its file, by that in the data, where the two differ."""


def validate(
    model: type[M],
    data: dict[str, Plain],
    id_: str,
    locate: Locate,
    typed: Typed = lambda location: location,
) -> tuple[M | None, list[Diagnostic]]:
    """Type `data` as a `model` with the given id; where it is refused, None and every reason.

    A key with nothing after it is as good as absent. What is refused is named as it is `typed` in its file.
    """
    problems = []
    if "id" in data:
        problems.append(Diagnostic(locate(("id",), True), "id-in-file"))
    values: dict[str, Any] = {key: value for key, value in _given(data, model).items() if key != "id"}
    if "id" in model.model_fields:
        values["id"] = id_
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        return None, problems + [
            _explain(detail, model, data, locate, typed(detail["loc"])) for detail in _told_once(error, model)
        ]
    return (None if problems else record), problems


def fits(model: type[BaseModel], data: Mapping[str, Plain]) -> bool:
    """Whether data has the keys that a model needs and none that it does not know."""
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    return data.keys() <= fields.keys() and all(
        name in data for name, field in fields.items() if field.is_required()
    )


def _told_once(error: ValidationError, model: type[BaseModel]) -> Iterator[ErrorDetails]:
    """What was refused, but for what is missing and there under another name or in another place: that is told."""
    details = error.errors(include_url=False)[:MOST_TOLD]
    unknown = [detail["loc"] for detail in details if detail["type"] == "extra_forbidden"]
    named = {(*at[:-1], _near_key(str(at[-1]), field_at(model, at)[0])) for at in unknown}
    elsewhere = {at[-1] for at in unknown}
    for detail in details:
        if detail["type"] == "extra_forbidden":
            missing = [other["loc"] for other in details if other["type"] == "missing"]
            place = next((at for at in missing if at[-1] == detail["loc"][-1]), ())
            yield {**detail, "ctx": {"place": place}}
        elif detail["type"] != "missing" or not (
            detail["loc"][-1] in elsewhere or any(detail["loc"][: len(at)] == at for at in named)
        ):
            yield detail


def _near_key(key: str, model: type[BaseModel]) -> str:
    """The field that was meant by a key which a model does not have; "" where none is near."""
    known = {name: field.description or "" for name, field in model.model_fields.items() if name != "id"}
    meant = near_misses.KEYS.get(key.lower(), "")
    if meant in known:
        return meant
    if not key.isascii():
        chinese = {name: text.partition(" | ")[0] for name, text in known.items() if key in text}
        return min(chinese, key=lambda name: chinese[name].find(key), default="")
    return next(iter(difflib.get_close_matches(near_misses.plain(key.lower()), known, 1)), "")


def _given(data: Mapping[str, Plain], model: type[BaseModel] | None) -> dict[str, Plain]:
    """A mapping without the keys of its model that have nothing after them, at whatever depth."""
    fields = model.model_fields if model else {}

    def given(value: Plain, inner: type[BaseModel] | None) -> Plain:
        if isinstance(value, list):
            return [given(item, inner) for item in value]
        return _given(value, inner) if isinstance(value, dict) else value

    return {
        key: given(value, model_in(fields[key].annotation) if key in fields else None)
        for key, value in data.items()
        if value != "" or key not in fields
    }


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


def _explain(
    detail: ErrorDetails, model: type[BaseModel], data: dict[str, Plain], locate: Locate, typed: Location
) -> Diagnostic:
    location: Location = detail["loc"]
    owner, field = field_at(model, location)
    name = str(typed[-1]) if typed else ""
    key = next((step for step in reversed(typed) if isinstance(step, str)), name)
    form = right_form(field.annotation, field) if field else ""
    item = bool(typed) and isinstance(typed[-1], int)
    example = form.removeprefix("\n  - ") if item else f"{key}: {form}".replace(": \n", ":\n") if form else ""
    context, code = detail.get("ctx", {}), detail["type"]
    if code == "missing" and _is_typed(location, data):
        code = "string_too_short"
    if code == "extra_forbidden":
        return _unknown_key(location, owner, data, locate, context["place"])
    code = code if code in messages() else _CODES.get(code, "not-valid")
    allowed = choices(field.annotation) if field else ()
    if right := _meant(code, detail, field):
        example = right if item else f"{key}: {right}".replace(": \n", ":\n")
    values = {"name": key, "example": example, "text": detail["input"], "reason": detail["msg"], **context}
    values |= {"allowed": allowed, "expected": listed(allowed)}
    values |= {"collection": _names(field.annotation, *field.metadata) if field else ""}
    if code == "missing":
        values |= {"name": name, "where": _named(typed[:-1]) if typed[:-1] else say("here")}
    if not location and (key := messages()[code].example.partition(":")[0]) in data:
        location = (key,)  # It is of the whole, and one field is to be put right.
    return Diagnostic(locate(location, code == "missing"), code, values)


def _names(annotation: Any, *marks: object) -> str:
    """The one collection whose ids a value of the annotation names; "" where there is none."""
    found = [
        one for one in (*marks, *getattr(annotation, "__metadata__", ())) if isinstance(one, NamesRecord)
    ]
    within = map(_names, get_args(annotation)) if not found else iter(())
    return found[0].collection if found else next(filter(None, within), "")


def _named(location: Location) -> Message:
    """A part of a record as a message names it."""
    name = ".".join(str(step) for step in location)
    return Message(f"“{name}”", f"`{name}`")


def _unknown_key(
    location: Location, owner: type[BaseModel], data: dict[str, Plain], locate: Locate, place: Location
) -> Diagnostic:
    """The message for a key that is not known: with the one that is meant, or the `place` where it is missing."""
    name, right = str(location[-1]), ""
    if place:
        hint, value = say("belongs-in", place=_named(place[:-1])), _at(data, location)
        first = next(iter(_at(data, place[:-1])), "")
        within = locate((*place[:-1], first), True)
        if locate(place[:-1], False) == within and isinstance(value, str):  # Not in braces.
            right = f"{' ' * (within.column - 1)}{name}: {value}"
    elif right := _near_key(name, owner):
        hint = did_you_mean([right])
        there = _at(data, location[:-1]).get(right)
        if there and (not isinstance(there, dict) or "zh" in there):  # A page's words are in two files.
            right = ""
    else:
        hint = say("known-keys", names=listed(field for field in owner.model_fields if field != "id"))
    return Diagnostic(locate(location, True), "unknown-key", {"name": name, "hint": hint, "right": right})


def _at(data: Plain, location: Location) -> Any:
    """What stands at a location of plain data."""
    for step in location:
        data = data[step]  # type: ignore[index]
    return data


def _meant(code: str, detail: ErrorDetails, field: FieldInfo | None) -> str:
    """What was typed in the form that is wanted; "" where it cannot be told."""
    typed = detail["input"]
    if not isinstance(typed, str) or field is None:
        return ""
    if code == "not-a-choice":
        allowed = choices(field.annotation)
        return near_misses.choice(typed, allowed) or next(
            iter(difflib.get_close_matches(typed, allowed, 1)), ""
        )
    if code == "not-true-or-false":
        return near_misses.truth(typed)
    if code == "not-a-time":
        return near_misses.time(typed)
    if code == "not-a-whole-number":
        return near_misses.whole_number(typed)
    if code == "not-an-id":
        right = near_misses.reference(typed)
        return right if ("/" in right) == any("/" in str(example) for example in field.examples or ()) else ""
    if code == "wrong-format":
        return near_misses.fitting(typed, str(detail["ctx"]["pattern"]))
    if code == "not-a-list":
        return "".join(f"\n  - {item}" for item in near_misses.items(typed))
    if code == "not-fields" and model_in(field.annotation) is Localised:
        return f"{{zh: {json.dumps(typed, ensure_ascii=False) if re.search('[,:#{}]', typed) else typed}, en: …}}"
    if code == "not-fields" and model_in(field.annotation) is PartialDate:
        return f"{{date: {near_misses.date(typed)}, basis: stated}}" if near_misses.date(typed) else ""
    return ""


_CODES = {
    "model_type": "not-fields",
    "model_attributes_type": "not-fields",
    "tuple_type": "not-a-list",
    "string_type": "not-text",
    "int_parsing": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "int_type": "not-a-whole-number",
    "int_parsing_size": "not-a-whole-number",
    "greater_than_equal": "number-too-small",
    "less_than_equal": "number-too-large",
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
