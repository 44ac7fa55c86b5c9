"""Every photograph that a record names is there and can be published, and every one that is there is named."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Message, did_you_mean
from gazette.content.model import Content
from gazette.content.photographs import FORMATS, LEAST_WIDTH, MOST_BYTES, MOST_PIXELS, MOST_TIMES, Original
from gazette.records.photos import PHOTOS
from gazette.records.record import photos

_MEGABYTE = 1024 * 1024


def missing_photos(content: Content) -> Iterator[Diagnostic]:
    """A photograph that a record names and data/photos does not have."""
    for record in content.records.values():
        for location, photo in photos(record):
            if photo.file not in content.originals:
                close = difflib.get_close_matches(photo.file, content.originals, 1)
                right = f"file: {close[0]}" if close else ""
                values = {"file": f"data/{PHOTOS}/{photo.file}", "hint": did_you_mean(close), "right": right}
                yield Diagnostic(content.position(record, (*location, "file")), "no-photo-file", values)


def unfit_photos(content: Content) -> Iterator[Diagnostic]:
    """A file of data/photos, or a picture of docs/, that cannot be published."""
    for original in (*content.originals.values(), *content.pictures.values()):
        if original.fault:
            yield unfit_photo(content, original, original.fault)


def unused_photos(content: Content) -> Iterator[Diagnostic]:
    """A file of data/photos that no record and no article shows."""
    if content.unread or not content.originals:  # What is not read may show it.
        return
    shown = {photo.file for record in content.records.values() for _, photo in photos(record)}
    for name in content.originals:
        if name not in shown:
            yield Diagnostic(Position(f"data/{PHOTOS}/{name}"), "unused-photo", {"name": name})


def unfit_photo(content: Content, original: Original, fault: str) -> Diagnostic:
    """The message for a photograph that cannot be published, with the places that name it."""
    values = {
        "megabytes": f"{original.size / _MEGABYTE:.1f}",
        "format": original.format,
        "width": original.width,
        "height": original.height,
        "most_megabytes": MOST_BYTES // _MEGABYTE,
        "most": Message(str(MOST_PIXELS // 10_000), str(MOST_PIXELS // 1_000_000)),
        "least_width": LEAST_WIDTH,
        "times": MOST_TIMES,
    }
    name = original.path.name
    uses = tuple(
        content.position(record, (*location, "file"))
        for record in content.records.values()
        for location, photo in photos(record)
        if photo.file == name and not original.beside
    )
    path = f"data/{PHOTOS}/{name}"  # That of a photograph which is not written yet may be elsewhere.
    if original.beside:
        path = original.path.relative_to(content.root).as_posix()
    ending = next((ending for ending, formats in FORMATS.items() if original.format in formats), "")
    values["right"] = f"{path.removesuffix(original.path.suffix)}{ending}"
    return Diagnostic(Position(path), fault, values, also=uses)
