"""Photographs made ready for the web: each original once to WebP files of several widths, nothing of its metadata kept."""

from __future__ import annotations

import errno
import functools
import hashlib
import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import PIL
from PIL import ExifTags, Image, ImageCms, ImageOps

from gazette.base import cache_folder

KEPT = f"{cache_folder.FOLDER}/photos"
"""The folder of a project that keeps the files made."""
PUBLISHED = "assets/photos"
"""Where they stand in the site."""

WIDTHS = (480, 960, 1600)
QUALITY = 80
FORMATS = ("JPEG", "MPO", "PNG", "WEBP")
"""MPO is what Pillow calls a JPEG with further pictures behind the first, as many phones save it."""
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LEAST_WIDTH = 640
MOST_TIMES_AS_TALL = 10
"""WebP ends at 16,383 pixels."""

UNREADABLE = "photo-unreadable"
_TURNED = (5, 6, 7, 8)
"""The EXIF orientations of a picture that lies on its side."""


class Rendition(NamedTuple):
    """A file made from an original: its name says from which bytes and how."""

    name: str
    width: int
    height: int


@dataclass(frozen=True)
class Original:
    """A file of data/photos as its header describes it, seen upright; where it has a `fault`, only that is sure.

    The fault is the code of the message that says why it cannot be published.
    """

    path: Path
    size: int
    digest: str = ""
    format: str = ""
    width: int = 0
    height: int = 0
    fault: str = ""

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """The files to make, the smallest first; none is wider than the original."""
        name = f"{self.path.stem}-{self.digest[:8]}"
        return tuple(
            Rendition(f"{name}-{width}.webp", width, round(self.height * width / self.width))
            for width in sorted({min(width, self.width) for width in WIDTHS})
        )


def examine(path: Path) -> Original:
    """What a file's header says of it; a file that has not changed is not read again."""
    found = path.stat()
    return _examine(path, found.st_size, found.st_mtime_ns)


def make(originals: Iterable[Original], folder: Path) -> list[Original]:
    """Put the renditions of each original into `folder`, where they are not there as they were written.

    Returns the originals whose header was sound but which could not be read to the end.
    """
    spoilt = []
    for original in originals:
        missing = [
            file for file in original.renditions if cache_folder.read_checked(folder / file.name) is None
        ]
        image = _read(original) if missing else None
        if missing and image is None:
            spoilt.append(original)
        elif image:
            for name, width, height in missing:
                data, size = BytesIO(), (width, height)
                image.resize(size, Image.Resampling.LANCZOS).save(data, "WEBP", quality=QUALITY)
                cache_folder.write_checked(folder, name, data.getvalue())
    return spoilt


def made_bytes(kept: Path) -> bytes:
    """What is in a file that was made. Raises OSError."""
    found = cache_folder.read_checked(kept)
    if found is None:
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(kept))
    return found


def prune(originals: Iterable[Original], folder: Path) -> None:
    """Remove from `folder` what none of the originals gives any more."""
    cache_folder.prune(folder, {file.name for original in originals for file in original.renditions})


@functools.cache
def _examine(path: Path, size: int, _changed: int) -> Original:
    if size > MOST_BYTES:
        return Original(path, size, fault="photo-too-large")
    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                return _described(path, data, image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Original(path, size, fault="photo-too-many-pixels")
    except Exception:  # A malformed file may make Pillow raise anything.
        return Original(path, size, fault=UNREADABLE)


def _described(path: Path, data: bytes, image: Image.Image) -> Original:
    width, height = image.size
    fault = ""
    if image.format not in FORMATS:
        fault = "photo-format"
    elif width * height > MOST_PIXELS:
        fault = "photo-too-many-pixels"
    elif image.getexif().get(ExifTags.Base.Orientation) in _TURNED:
        width, height = height, width
    if not fault and width < LEAST_WIDTH:
        fault = "photo-too-narrow"
    if not fault and height > MOST_TIMES_AS_TALL * width:
        fault = "photo-too-tall"
    return Original(path, len(data), _digest(data), image.format or "", width, height, fault)


def _digest(data: bytes) -> str:
    """The hash of an original and of all that decides which bytes are made from it."""
    settings = f"{WIDTHS} {QUALITY} {PIL.__version__}"
    return hashlib.sha256(settings.encode() + data).hexdigest()


def _read(original: Original) -> Image.Image | None:
    """The picture of an original; None where it cannot be read, or has changed since its header was."""
    try:
        data = original.path.read_bytes()
        return _as_seen(data) if _digest(data) == original.digest else None
    except Exception:  # A malformed file may make Pillow raise anything.
        return None


def _as_seen(data: bytes) -> Image.Image:
    """The picture as it is meant to be seen: upright, on white, in sRGB; and nothing but the picture."""
    with Image.open(BytesIO(data)) as opened:
        image = ImageOps.exif_transpose(opened)
    profile = image.info.get("icc_profile")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        image = Image.new("RGB", image.size, "white")
        image.paste(seen, mask=seen.getchannel("A"))
    elif image.mode == "P":
        image = image.convert("RGB")
    elif image.mode.startswith("I;16"):  # Pillow would clip it to white.
        image = image.point(lambda value: value / 256, "L")
    image = (_in_srgb(image, profile) if profile else image).convert("RGB")
    image.info.clear()
    return image


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """The picture with its colours converted; one whose profile is broken is taken for sRGB, as browsers do."""
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image
