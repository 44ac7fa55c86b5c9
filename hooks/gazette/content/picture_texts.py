"""The words that a picture carries beside what it shows: what a camera or a program wrote into it, the text of a drawing."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from PIL import ExifTags, Image

_DRAWING = ".svg"
PICTURES = (".jpg", ".jpeg", ".png", ".webp", _DRAWING)
_SAID = ("aria-label", "title", "alt", "href", "{http://www.w3.org/1999/xlink}href")
"""The attributes of a drawing that say something; the others place and colour it."""


def picture_text(path: Path) -> str:
    """The words of a picture, a line each; a file that has not changed is not read again."""
    found = path.stat()
    return _text(path, found.st_size, found.st_mtime_ns)


@functools.cache
def _text(path: Path, _size: int, _changed: int) -> str:
    words = _of_drawing if path.suffix.lower() == _DRAWING else _of_photograph
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # What a camera wrote may be damaged.
            return "\n".join(words(path))
    except Exception:  # A malformed file may make Pillow raise anything.
        return ""


def _of_drawing(path: Path) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for element in etree.parse(path, parser).iter():
        yield from filter(None, (element.text, element.tail))
        if isinstance(element.tag, str):
            yield from (value for name in _SAID if not (value := element.get(name, "")).startswith("data:"))


def _of_photograph(path: Path) -> Iterator[str]:
    with Image.open(path) as image:
        image.load()  # What stands behind the picture is read too.
        exif = image.getexif()
        for values in (exif, *(exif.get_ifd(kind) for kind in ExifTags.IFD)):
            yield from (_words("", value) for value in values.values())
        for name, value in image.info.items():
            if name not in ("exif", "icc_profile"):
                parts = value.values() if isinstance(value, dict) else (value,)
                yield from (_words(str(name), part) for part in parts)


def _words(name: str, value: object) -> str:
    """What a value says; Windows writes some in UTF-16, and Pillow takes what is Chinese for Latin."""
    if isinstance(value, str):
        try:
            return f"{name} {value.encode('latin-1').decode('utf-8')}"
        except ValueError:
            return f"{name} {value}"
    if isinstance(value, bytes):
        encoding = "utf-16-le" if value[1::2].count(0) > len(value) // 4 else "utf-8"
        return value.decode(encoding, errors="replace").replace("\0", " ")
    return ""
