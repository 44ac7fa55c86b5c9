"""JSON Schema of each folder of data/, for editors that complete and check YAML as it is typed.

A schema refuses nothing that the models accept: they read text, so whatever YAML makes of a scalar, a number or a
truth value, stands for what was typed. What only the models refuse is listed in tests/cases/schema.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import time, timedelta
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gazette.base import strict_yaml
from gazette.base.file_names import SLUG
from gazette.base.grouping import grouped
from gazette.content.model import Content
from gazette.records import DATA_FOLDERS
from gazette.records.dates import Day
from gazette.records.model_fields import choices, is_list, model_in
from gazette.records.values import FieldRef, NamesRecord, Ref

FOLDER = ".vscode/schemas"
"""Where the schemas are, relative to the project; .vscode/settings.json says which is of which files."""

Schema = dict[str, Any]
Ids = Mapping[str, Sequence[str]]
"""The ids of each collection, and under `_ALL` every record as `collection/id`."""
_ALL = "records"

_DIALECT = "http://json-schema.org/draft-07/schema#"
_EMPTY: Schema = {"maxLength": 0, "not": {"type": ["number", "boolean", "array", "object"]}}
"""Nothing, or an empty text: of an optional key as good as none. Put so that no editor offers `null` to type."""
_KINDS: Mapping[Any, Schema] = {
    bool: {"anyOf": [{"type": "boolean"}, {"type": ["string", "integer"]}]},
    Day: {"type": ["string", "integer"], "pattern": r"^\s*[12]\d{3}(-Q[1-4]|-\d{2}(-\d{2})?)?\s*$"},
    time: {"type": "string", "pattern": r"^\s*([01]\d|2[0-3]):[0-5]\d\s*$"},
    timedelta: {
        "type": ["string", "number"],
        "pattern": r"^\s*((\d{1,3}(,\d{3})+|\d+)(\.\d+)?[万亿]?|(\d+h)?(\d{1,2}m)?(\d{1,2}s)?)\s*$",
    },
    int: {"type": ["number", "string"], "pattern": r"^\s*[+-]?[\d_]+(\.0*)?\s*$"},
    Ref: {"type": ["string", "boolean"], "pattern": rf"^\s*{SLUG.pattern}\s*$"},
    FieldRef: {"type": "string", "pattern": rf"^\s*[^/]*/{SLUG.pattern}(\.[^@]*)?(@.*)?\s*$"},
    str: {"type": ["string", "number", "boolean"], "pattern": r"\S"},
}
"""What YAML may make of the text of each kind of value, and how it looks; one with a duration may be a number too."""


def write(content: Content) -> list[str]:
    """Write the schema of every folder of data/, with the ids there are; returns the paths of the files."""
    written = []
    for name, text in files(content).items():
        path = content.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(name)
    return written


def files(content: Content) -> dict[str, str]:
    """The text of each schema by its path, relative to the project."""
    here = sorted({*content.records, *content.units})
    ids = grouped([(ref.collection, ref.id) for ref in here] + [(_ALL, str(ref)) for ref in content.records])
    return {
        f"{FOLDER}/{collection}.json": json.dumps(schema(model, ids), ensure_ascii=False, indent=1) + "\n"
        for collection, model in DATA_FOLDERS.items()
    }


def schema(model: type[BaseModel], ids: Ids) -> Schema:
    """The schema of a file that is a `model`; in `definitions`, each model within it and the ids that it may name."""
    parts = {inner.__name__: _fields(inner) for inner in _models(model)}
    whole = {"$schema": _DIALECT, **_fields(model), "definitions": dict(sorted(parts.items()))}
    said = json.dumps(whole)
    named = {
        name: {"enum": list(there)} for name, there in ids.items() if json.dumps(_definition(name)) in said
    }
    return {**whole, "definitions": whole["definitions"] | dict(sorted(named.items()))}


def _definition(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


def _models(model: type[BaseModel]) -> set[type[BaseModel]]:
    """The models that a model holds, at whatever depth."""
    held = {inner for field in model.model_fields.values() if (inner := model_in(field.annotation))}
    return held.union(*map(_models, held))


def _fields(model: type[BaseModel]) -> Schema:
    fields = {name: field for name, field in model.model_fields.items() if name != "id"}
    return {
        "type": "object",
        "description": _words((model.__doc__ or "").strip().split("\n")[0]),
        "additionalProperties": False,
        "required": [name for name, field in fields.items() if field.is_required()],
        "properties": {name: _field(field) for name, field in fields.items()},
    }


def _field(field: FieldInfo) -> Schema:
    value = _value(field.annotation, field)
    if is_list(field.annotation):
        least = next((limit for meta in field.metadata if (limit := getattr(meta, "min_length", None))), 0)
        value = {"type": "array", "items": value, **({"minItems": least} if least else {})}
    about: Schema = {"description": _words(field.description or "")}
    if examples := [_read(example) for example in field.examples or ()]:
        about["examples"] = [[example] if is_list(field.annotation) else example for example in examples]
    return about | (value if field.is_required() else {"anyOf": [value, _EMPTY]})


def _value(annotation: Any, field: FieldInfo) -> Schema:
    """One value of an annotation, or one item of a list."""
    if inner := model_in(annotation):
        return _definition(inner.__name__)
    if allowed := choices(annotation):
        return {"enum": list(allowed)}
    marks = [*field.metadata, *_marks(annotation)]
    leaves = set(_leaves(annotation))
    value = next(value for kind, value in _KINDS.items() if kind in leaves)
    if own := next((found for mark in marks if (found := getattr(mark, "pattern", None))), None):
        value = {**value, "pattern": own}
    named = next((mark.collection for mark in marks if isinstance(mark, NamesRecord)), None)
    if named == "":
        value = {"type": "string", "pattern": rf"^\s*[^/]*/{SLUG.pattern}\s*$"}
    return value if named is None else {"anyOf": [_definition(named or _ALL), value]}


def _leaves(annotation: Any) -> Iterator[Any]:
    """The types that an annotation comes down to."""
    if inside := get_args(annotation):
        for one in inside:
            yield from _leaves(one)
    else:
        yield annotation


def _marks(annotation: Any) -> Iterator[Any]:
    """What annotations say beside types, at whatever depth."""
    yield from getattr(annotation, "__metadata__", ())
    for inside in get_args(annotation):
        yield from _marks(inside)


def _words(description: str) -> str:
    """Chinese, and English below it."""
    return "\n".join(part.strip() for part in description.split("|"))


def _read(example: str) -> Any:
    """An example as YAML reads it, its numbers and truth values as such."""
    return _typed(strict_yaml.parse(f"example: {example}", "")[0].data["example"])


def _typed(value: strict_yaml.Plain) -> Any:
    if isinstance(value, dict):
        return {name: _typed(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_typed(one) for one in value]
    return int(value) if value.isdecimal() and value == str(int(value)) else {"true": True}.get(value, value)
