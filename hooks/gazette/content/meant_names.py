"""What an editor meant by a name or a word that is not there: an id of this zone, a choice by its Chinese name, a number in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from gazette.base.diagnostics import Diagnostic
from gazette.content.model import Content
from gazette.language.numerals import Quantity, quantities
from gazette.language.wording import labels
from gazette.records import near_misses
from gazette.records.values import Qualifier, Ref, typed


def meant(found: Diagnostic, content: Content) -> str:
    """The right form of a message in what this zone has, read from what was typed; "" where it cannot be told."""
    text, example = str(found.values.get("text", "")), found.example
    key = example.partition(": ")[0] if re.match("[a-z_]+: ", example) else ""
    right = ""
    if found.code in ("not-an-id", "incomplete-reference"):
        parts = near_misses.items(text) or [text]
        of = str(found.values.get("collection", ""))
        names = [_nearest(part, of, content, whole="/" in example) for part in parts]
        right = ", ".join(names) if all(names) else ""
    elif found.code == "not-a-choice":
        right = _choice(text, str(found.values["name"]), found.values.get("allowed", ()))  # type: ignore[arg-type]
    elif found.code == "not-a-quantity" and not near_misses.quantity(text):
        right = _number(text)
    return f"{key}: {right}" if key and right else right


def _nearest(text: str, of: str, content: Content, *, whole: bool) -> str:
    """The name of an entry, `of` one collection where a field takes no other, that a text is or nearly is; with its collection where that is asked for."""
    plain = near_misses.plain(text).replace("\\", "/")
    path = re.sub(r"^(?:data|docs/(?:zh|en))/|\.(?:yml|md|html)$|/$", "", plain)
    collection, _, id_ = path.rpartition("/")
    ref = Ref(collection, re.sub(r"[\s_]+", "-", id_.lower()))
    known = {
        str(other): other for other in (*content.records, *content.units) if of in ("", other.collection)
    }
    named = [name for name, other in known.items() if plain in _words(other, content)]
    near = named[0] if len(named) == 1 else near_misses.name(str(ref), known)
    return near if whole or not near else known[near].id


def _words(ref: Ref, content: Content) -> Iterator[str]:
    """What an entry is called in both languages."""
    if unit := content.units.get(ref):
        yield from (word for word in (unit.zh, unit.en.one, unit.en.other, unit.en.before) if word)
    else:
        title = content.records[ref].title
        yield from (title.zh, title.en)


def _choice(text: str, name: str, allowed: Iterable[str]) -> str:
    """The one of some words that a text is in Chinese, as labels.yml has it, or as it qualifies a number."""
    said = near_misses.plain(text)
    for word in allowed:
        called = [labels()[key].zh.strip("（）") for key in (f"{name}_{word}", word) if key in labels()]
        if any(said in other or said.removesuffix("的") == other for other in called):
            return word
    if name == "qualifier":
        read = (found for sample in (f"{said}3", f"3{said}") for found in quantities(sample, "zh"))
        return next((str(one.qualifier) for one in read if one.qualifier not in (None, Qualifier.EXACT)), "")
    return ""


def _number(text: str) -> str:
    """A number or a duration in Chinese words, in digits; "" where a text holds none, or several."""
    found: list[Quantity] = [one for one in quantities(text, "zh") if one.qualifier is not None]
    if len(found) != 1:
        return ""
    return (
        typed(found[0].value) if isinstance(found[0].value, timedelta) else f"{found[0].value.normalize():f}"
    )
