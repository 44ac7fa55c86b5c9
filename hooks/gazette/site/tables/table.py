"""A table: its fields with what they mean in both languages, its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from gazette.records.values import Localised

Cell = str | int | Decimal | list[Any] | None
"""A value of a row: a list holds texts, or a mapping of cells by name."""
Row = tuple[Cell, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class Field:
    """A column. `kind` is string, integer, number, boolean or array; `choices` are all that it may hold.

    `items` are the fields of the mappings in an array, none where it holds texts; a field that is not `required`
    may be empty (null in JSON).
    """

    name: str
    kind: str
    about: Localised
    required: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""
    items: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Table:
    """One collection; the first field, `id`, tells its rows apart. Rows have a cell for each field, in order."""

    name: str
    title: Localised
    about: Localised
    fields: tuple[Field, ...]
    rows: Sequence[Row]


class Rows(Sequence[Row]):
    """The rows of a table, each made when it is looked at: all at once take as much room as the content."""

    def __init__(self, entries: Sequence[T], row_of: Callable[[T], Row]) -> None:
        self._entries: Sequence[Any] = entries
        self._row_of: Callable[[Any], Row] = row_of

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, place: Any) -> Any:
        found = self._entries[place]
        return tuple(map(self._row_of, found)) if isinstance(place, slice) else self._row_of(found)

    def __iter__(self) -> Iterator[Row]:
        return map(self._row_of, self._entries)


def said(text: str) -> Localised:
    """A description, typed as `中文 | English`, in its two languages."""
    zh, _, en = text.partition(" | ")
    return Localised(zh=zh, en=en or zh)


def sentence(text: str) -> Localised:
    """A sentence, typed as `中文 | English.`, in its two languages: the Chinese is typed without its full stop."""
    zh, _, en = text.partition(" | ")
    return Localised(zh=f"{zh}。", en=en)


def joined(whole: Localised, part: Localised) -> Localised:
    """What a part of something means, under the name of the whole."""
    return Localised(zh=f"{whole.zh}：{part.zh}", en=f"{whole.en}: {part.en}")
