"""A message in the words of a form: a key with the name of its field, the right form as it is typed into the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from gazette.base.messages import Message, filled, listed, messages
from gazette.base.strict_yaml import Location
from gazette.desk.entries import BODY
from gazette.desk.forms import Field
from gazette.desk.words import word
from gazette.records.values import LOCALES

Known = Mapping[str, Field]
"""The fields of a form by key."""
_SIDES = ({"name": "zh", "label": word("in_chinese")}, {"name": "en", "label": word("in_english")})
_KEYS = ("name", "key")
"""The values of messages that are keys."""


def worded(
    code: str, values: Mapping[str, object], right_form: str, at: Location, fields: list[Field]
) -> dict[str, Any]:
    """A message of a field: its text in both languages, and what is to be typed."""
    known = _known(fields)
    field = known.get(_key(at), {})
    said = messages()[code]
    given: dict[str, object] = {}
    for name, value in values.items():
        if isinstance(value, Message):
            given[name] = Message(_labelled(value.zh, known), value.en, value.example)
        else:
            given[name] = (
                Message(_labelled(str(value), known), str(value), str(value)) if name in _KEYS else value
            )
    if "choices" in field:
        given["expected"] = Message(
            *(
                listed(label[locale] for _, label in field["choices"])[number]
                for number, locale in enumerate(LOCALES)
            )
        )
    zh, en, example = filled(Message(_labelled(said.zh, known), said.en, said.example), given)
    return {"zh": zh, "en": _explained(en, known), "example": _typed(right_form or example, at, known)}


def _known(fields: list[Field]) -> Known:
    """The fields of a form by key; of those that share one the outermost."""
    found: dict[str, Field] = {}
    for field in (*fields, *_all(fields), *_SIDES):
        found.setdefault(field["name"], field)
    return found


def _name(field: Field, locale: str) -> str:
    """What a field is called, without what explains it."""
    return re.split("[：；;]", str(field["label"][locale]))[0]


def _all(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _all(field.get("fields", []))


def _key(at: Location) -> str:
    """The key of the field at a place, whichever language or item of it is meant."""
    return next((step for step in reversed(at) if isinstance(step, str) and step not in LOCALES), "")


def _labelled(zh: str, known: Known) -> str:
    """Chinese words with the name of the field before each key; a key whose name stands there already stays."""

    def named(found: re.Match[str]) -> str:
        label = _name(known[found[1]], "zh")
        return found[0] if zh[: found.start()].endswith(label[:2]) else f"{label}（{found[1]}）"

    return re.sub(rf"(?<![\w/.{{-]) ?\b({_any(known)})(?![\w/.}}-]) ?", named, zh, flags=re.ASCII)


def _explained(en: str, known: Known) -> str:
    """English words with the name of the field after each key."""

    def named(found: re.Match[str]) -> str:
        label = _name(known[found[1]], "en")
        return found[0] if label.lower() == found[1] else f"{found[0]} ({label})"

    return re.sub(rf"`({_any(known)})`", named, en)


def _any(known: Known) -> str:
    return "|".join(map(re.escape, known))


def _typed(example: str, at: Location, known: Known) -> Mapping[str, str] | str:
    """A right form of YAML as it is typed into the field at a place; "" where there is none."""
    value: Any = example
    if at[:1] != (BODY,):
        try:
            value = yaml.load(example, Loader=yaml.BaseLoader)
        except yaml.YAMLError:
            value = example
    key = _key(at)
    if isinstance(value, dict) and key in value:
        value = value[key]
    for step in at[-1:]:
        if isinstance(step, int) and isinstance(value, list):
            value = value[0]
        elif step in LOCALES and isinstance(value, dict):
            value = value.get(step, "")
    return {locale: _shown(value, key, known, locale) for locale in LOCALES} if value else ""


def _shown(value: Any, key: str, known: Known, locale: str) -> str:
    """A value as a form shows it: the parts of a group each after its name, a choice by its name."""
    if isinstance(value, list):
        return "\n".join(_shown(item, key, known, locale) for item in value)
    if isinstance(value, dict):
        inner = {**known, **{field["name"]: field for field in known.get(key, {}).get("fields", [])}}
        names = {name: _name(inner[name], locale) if name in inner else name for name in value}
        colon = "：" if locale == "zh" else ": "
        return "\n".join(f"{names[name]}{colon}{_shown(value[name], name, inner, locale)}" for name in value)
    field = known.get(key, {})
    if field.get("kind") == "flag":
        return word("ticked")[locale]
    return next((str(label[locale]) for name, label in field.get("choices", ()) if name == value), str(value))
