"""A table: its fields with what they mean in both languages, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gazette.records.values import Localised

Cell = str | int | Decimal | list[Any] | None
"""A value of a row: a list holds texts, or a mapping of cells by name."""


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
    rows: tuple[tuple[Cell, ...], ...]


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
