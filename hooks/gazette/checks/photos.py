"""Every photograph that a record names is there and can be published, and every one that is there is named."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.model import Content
from gazette.content.photographs import (
    LEAST_WIDTH,
    MOST_BYTES,
    MOST_PIXELS,
    MOST_TIMES_AS_TALL,
    Fault,
    Original,
)
from gazette.records.photos import PHOTOS
from gazette.records.record import photos

_MEGABYTE = 1024 * 1024


def missing_photos(content: Content) -> Iterator[Diagnostic]:
    """A photograph that a record names and data/photos does not have."""
    for record in content.records.values():
        for location, photo in photos(record):
            if photo.file not in content.originals:
                close = difflib.get_close_matches(photo.file, content.originals, 1)
                yield Diagnostic(
                    content.position(record, (*location, "file")),
                    "no-such-photo",
                    f"没有照片 data/{PHOTOS}/{photo.file}。" + (f"是不是“{close[0]}”？" if close else ""),
                    f"There is no photograph data/{PHOTOS}/{photo.file}."
                    + (f" Do you mean `{close[0]}`?" if close else ""),
                    f"file: {close[0]}" if close else "",
                )


def unfit_photos(content: Content) -> Iterator[Diagnostic]:
    """A file of data/photos that cannot be published as a photograph."""
    for original in content.originals.values():
        if original.fault:
            yield unfit_photo(content, original, original.fault)


def unused_photos(content: Content) -> Iterator[Diagnostic]:
    """A file of data/photos that no record and no article shows."""
    if content.unread or not content.originals:  # What is not read may show it.
        return
    shown = {photo.file for record in content.records.values() for _, photo in photos(record)}
    for name in content.originals:
        if name not in shown:
            yield Diagnostic(
                Position(f"data/{PHOTOS}/{name}"),
                "unused-photo",
                "没有条目或文章使用这张照片：请在 photos 里写上它，或删除这个文件。",
                "No record and no article shows this photograph: name it under `photos`, or delete the file.",
                f"photos:\n  - file: {name}\n    alt: {{zh: …, en: …}}\n    caption: {{zh: …, en: …}}\n"
                "    credit: {zh: …, en: …}\n    licence: {zh: …, en: …}",
            )


def unfit_photo(content: Content, original: Original, fault: Fault) -> Diagnostic:
    """The message for a photograph that cannot be published, with the places that name it."""
    zh, en = _SAYINGS[fault]
    values = {
        "megabytes": f"{original.size / _MEGABYTE:.1f}",
        "format": original.format,
        "width": original.width,
        "height": original.height,
        "most_megabytes": MOST_BYTES // _MEGABYTE,
        "most_million": MOST_PIXELS // 1_000_000,
        "most_wan": MOST_PIXELS // 10_000,
        "least_width": LEAST_WIDTH,
        "times": MOST_TIMES_AS_TALL,
    }
    name = original.path.name
    return Diagnostic(
        Position(f"data/{PHOTOS}/{name}"),
        "photo",
        zh.format(**values),
        en.format(**values),
        also=tuple(_uses(content, name)),
    )


def _uses(content: Content, name: str) -> list[Position]:
    return [
        content.position(record, (*location, "file"))
        for record in content.records.values()
        for location, photo in photos(record)
        if photo.file == name
    ]


_SAYINGS = {
    Fault.BYTES: (
        "文件有 {megabytes} MB，最多 {most_megabytes} MB：请缩小后再放进来。",
        "The file has {megabytes} MB; {most_megabytes} MB is the most: make the picture smaller.",
    ),
    Fault.UNREADABLE: (
        "不能读作图片：文件不完整，或不是图片。请重新导出为 JPEG。",
        "It cannot be read as a picture: the file is not whole, or is no picture. Export it again as JPEG.",
    ),
    Fault.FORMAT: (
        "图片格式是 {format}，只用 JPEG、PNG 或 WebP：请转换格式，只改文件名不行。",
        "The picture is a {format}; only JPEG, PNG and WebP are taken: convert it, a new name is not enough.",
    ),
    Fault.PIXELS: (
        "图片超过 {most_wan} 万像素：请缩小后再放进来。",
        "The picture has more than {most_million} megapixels: make it smaller.",
    ),
    Fault.NARROW: (
        "图片宽 {width} 像素，至少 {least_width}：请换用更大的原图。",
        "The picture is {width} pixels wide, {least_width} is the least: use a larger original.",
    ),
    Fault.TALL: (
        "图片宽 {width}、高 {height} 像素，高不能超过宽的 {times} 倍：请裁剪。",
        "The picture is {width} by {height} pixels; its height must be at most {times} times its width: crop it.",
    ),
}
