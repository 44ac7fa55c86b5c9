"""A record's data as the texts of cells, and cells as data again; what cells cannot hold is never touched."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from gazette.base.strict_yaml import Plain
from gazette.editing.spreadsheets.columns import Column

LONGEST = 32_767
"""So many characters a cell may hold, counted as UTF-16."""

Data = dict[str, Plain]
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Cells:
    """The texts of a record's cells by column; `left` are the columns of what no cell can hold, whose texts are empty."""

    texts: Mapping[str, str]
    left: frozenset[str]

    @property
    def version(self) -> str:
        """What tells this state of the record from others; its first letter keeps it from looking like a number."""
        said = json.dumps({name: text for name, text in self.texts.items() if text}, sort_keys=True)
        return "v" + hashlib.blake2b(said.encode(), digest_size=6).hexdigest()


def cells_of(data: Data, columns: Sequence[Column]) -> Cells:
    """The cells of a record."""
    texts: dict[str, str] = {}
    left: set[str] = set()
    for list_name, group in _groups(columns):
        if list_name:
            made = _lines(_at(data, group[0].steps[: group[0].within]), group)
        else:
            found = _at(data, group[0].steps)
            made = {group[0].name: found} if isinstance(found, str) else None if found else {}
        if made is None or any(len(text.encode("utf-16-le")) > 2 * LONGEST for text in made.values()):
            left |= {column.name for column in group}
            made = {}
        texts |= {column.name: made.get(column.name, "") for column in group}
    return Cells(texts, frozenset(left))


def with_cells(
    data: Data, before: Mapping[str, str], now: Mapping[str, str], columns: Sequence[Column]
) -> Data:
    """A record's data with what its cells say `now`, where that is not what they said `before`; a cell that is empty is no key."""
    made = copy.deepcopy(data)
    for list_name, group in _groups(columns):
        if all(now.get(column.name, before[column.name]) == before[column.name] for column in group):
            continue
        first = group[0]
        value = _entries(now, group) if list_name else now[first.name]
        _set(made, first.steps[: first.within] if list_name else first.steps, value)
    return made


def unequal_lines(
    now: Mapping[str, str], columns: Sequence[Column]
) -> Iterator[tuple[Column, int, Column, int]]:
    """Each column of a list whose cell has fewer lines than that of another part of it, with both numbers."""
    for list_name, group in _groups(columns):
        if not list_name or len(group) == 1:
            continue
        counts = {column.name: len(_split(now.get(column.name, ""))) for column in group}
        longest = max(group, key=lambda column: counts[column.name])
        for column in group:
            if counts[column.name] < counts[longest.name]:
                yield column, counts[column.name], longest, counts[longest.name]


def edits(before: Plain, now: Plain, at: Steps = ()) -> Iterator[tuple[Steps, Plain | None]]:
    """What changes one tree into another: the place of each value that differs, and the value; None where it is gone."""
    if isinstance(before, dict) and isinstance(now, dict):
        for key in (*before, *(key for key in now if key not in before)):
            if key not in now:
                yield (*at, key), None
            elif key not in before:
                yield (*at, key), now[key]
            else:
                yield from edits(before[key], now[key], (*at, key))
    elif isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        for place, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from edits(old, new, (*at, place))
    elif before != now:
        yield at, now


def _groups(columns: Sequence[Column]) -> Iterator[tuple[str, list[Column]]]:
    """The columns of each list together, each other column alone."""
    for key, group in groupby(columns, key=lambda column: column.list_name or column.steps):
        yield key if isinstance(key, str) else "", list(group)


def _at(data: Plain, steps: Sequence[str]) -> Plain | None:
    for step in steps:
        if not isinstance(data, dict) or step not in data:
            return None
        data = data[step]
    return data


def _set(data: Data, steps: Sequence[str], value: Plain) -> None:
    """Put a value where the steps lead, or take away what is there and all that is empty then."""
    step, *rest = steps
    if rest:
        inner = data.setdefault(step, {})
        if not isinstance(inner, dict):
            inner = data[step] = {}
        _set(inner, rest, value)
        value = inner
    if value:
        data[step] = value
    else:
        data.pop(step, None)


def _lines(entries: Plain | None, group: Sequence[Column]) -> dict[str, str] | None:
    """The cells of a list, a line for each entry; None where lines cannot hold them."""
    if not entries:
        return {}
    if not isinstance(entries, list):
        return None
    made = {}
    for column in group:
        found = [_at(entry, column.steps[column.within :]) or "" for entry in entries]
        if not all(isinstance(text, str) and text == text.strip() and "\n" not in text for text in found):
            return None
        made[column.name] = "\n".join(map(str, found)).rstrip("\n")
    return made if _entries(made, group) == entries else None


def _entries(texts: Mapping[str, str], group: Sequence[Column]) -> list[Plain]:
    """The entries that the lines of a list's cells are; a line that is empty in all of them is none."""
    lines = zip_longest(*(_split(texts.get(column.name, "")) for column in group), fillvalue="")
    found: list[Plain] = []
    for line in lines:
        entry: Data = {}
        for column, text in zip(group, line, strict=True):
            inner = column.steps[column.within :]
            if text and not inner:
                found.append(text)
            elif text:
                _set(entry, inner, text)
        if entry:
            found.append(entry)
    return found


def _split(text: str) -> list[str]:
    return [line.strip() for line in text.rstrip("\n").split("\n")] if text.strip() else []
