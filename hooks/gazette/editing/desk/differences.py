"""What differs between a value as it stands in a file and as it was edited: the places to change, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import TypeAlias

from gazette.base.strict_yaml import Location, Plain

Edit: TypeAlias = "tuple[Location, Plain | None]"
"""A place and what it is to hold; None where that is to go."""


def cleaned(value: Plain) -> Plain:
    """A value without the keys that hold nothing, which are as good as absent, and its texts without space around them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    held = {key: cleaned(item) for key, item in value.items()}
    return {key: item for key, item in held.items() if item not in ("", [], {})}


def edits(before: Mapping[str, Plain], after: Mapping[str, Plain]) -> dict[Location, Plain | None]:
    """The places at which `before` is to change so that it says `after`."""
    return dict(_differences(cleaned(dict(before)), cleaned(dict(after)), ()))


def _differences(before: Plain, after: Plain, at: Location) -> Iterator[Edit]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict) and after:
        for key in before.keys() - after.keys():
            yield (*at, key), None
        for key, value in after.items():
            if key in before:
                yield from _differences(before[key], value, (*at, key))
            else:
                yield (*at, key), value
    elif isinstance(before, list) and isinstance(after, list) and after:
        yield from _in_list(before, after, at)
    else:
        yield at, after


def _in_list(before: list[Plain], after: list[Plain], at: Location) -> Iterator[Edit]:
    """The items that change; new ones come at the end, so that one put between others moves those behind it."""
    one, other = ([json.dumps(item, ensure_ascii=False) for item in items] for items in (before, after))
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    if any(kind == "insert" and place < len(before) for kind, place, *_ in steps) or any(
        last - first < end - start and last < len(before) for _, first, last, start, end in steps
    ):
        steps = [("replace", 0, len(before), 0, len(after))]
    added = len(before)
    for kind, first, last, start, end in steps:
        if kind == "equal":
            continue
        both = min(last - first, end - start)
        for step in range(both):
            yield from _differences(before[first + step], after[start + step], (*at, first + step))
        for place in range(first + both, last):
            yield (*at, place), None
        for item in after[start + both : end]:
            yield (*at, added), item
            added += 1
