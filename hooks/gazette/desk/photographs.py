"""Photographs that were dropped on a form: held apart until the entry that names them is saved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gazette.base import cache_folder
from gazette.base.diagnostics import Diagnostic
from gazette.base.strict_yaml import Plain
from gazette.checks.photos import unfit_photo
from gazette.content.model import Content
from gazette.content.photographs import MOST_BYTES, examine
from gazette.records.photos import PHOTOS, is_photo_file

LARGEST = MOST_BYTES + 1
"""So many bytes of a photograph are taken, one more than may be published."""
_HELD = f"{cache_folder.FOLDER}/desk-photos"
"""The folder of a project that holds them."""


def hold(root: Path, name: str, data: bytes, content: Content) -> tuple[str, list[Diagnostic]]:
    """Keep a photograph until it is saved; the name that it got, which none has yet, and why it cannot be published."""
    stem, _, ending = name.rpartition(".")
    number, free = 2, name
    while (other := shown(root, free)) and other.read_bytes() != data:
        free = f"{stem}-{number}.{ending}"
        number += 1
    cache_folder.keep(root / _HELD, free, data)
    original = examine(root / _HELD / free)
    return free, [unfit_photo(content, original, original.fault)] if original.fault else []


def held(root: Path, name: str) -> Path | None:
    """The file of a photograph that waits to be saved."""
    file = root / _HELD / name
    return (
        file
        if is_photo_file(name) and file.is_file() and not (root / "data" / PHOTOS / name).exists()
        else None
    )


def shown(root: Path, name: str) -> Path | None:
    """The file of a photograph, saved or waiting."""
    if not is_photo_file(name):
        return None
    files = (root / "data" / PHOTOS / name, root / _HELD / name)
    return next((file for file in files if file.is_file()), None)


def named_photos(data: Plain) -> Iterator[str]:
    """The photographs that a form names, wherever in it."""
    if isinstance(data, list):
        for item in data:
            yield from named_photos(item)
    elif isinstance(data, dict):
        if (
            {"file", "alt"} & data.keys()
            and isinstance(name := data.get("file"), str)
            and is_photo_file(name)
        ):
            yield name
        for value in data.values():
            yield from named_photos(value)
