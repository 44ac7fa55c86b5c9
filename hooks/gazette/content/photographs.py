"""Pictures made ready for the web: of each only what is seen, a photograph as WebP in several widths, one of docs/ as what it is."""

from __future__ import annotations

import errno
import functools
import hashlib
import os
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path, PurePath
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
FORMATS = {".jpg": ("JPEG", "MPO"), ".jpeg": ("JPEG", "MPO"), ".png": ("PNG",), ".webp": ("WEBP",)}
"""What a file of each ending may be. MPO is what Pillow calls a JPEG with further pictures behind the first, as many phones save it."""
MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LEAST_WIDTH = 640
MOST_TIMES = 10
"""No side is so many times the other: nobody sees what is on such a picture, and WebP ends at 16,383 pixels."""

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
    """A picture as its header describes it, seen upright; where it has a `fault`, only that is sure.

    The fault is the code of the message that says why it cannot be published. One that stands `beside` pages is
    shown by its own name; a photograph of data/photos has a description, and several widths.
    """

    path: Path
    size: int
    digest: str = ""
    format: str = ""
    width: int = 0
    height: int = 0
    fault: str = ""
    beside: bool = False

    @property
    def renditions(self) -> tuple[Rendition, ...]:
        """The files to make, the smallest first; none is wider than the original."""
        name = f"{self.path.stem}-{self.digest[:8]}"
        ending = self.path.suffix.lower() if self.beside else ".webp"
        return tuple(
            Rendition(f"{name}-{width}{ending}", width, max(round(self.height * width / self.width), 1))
            for width in sorted(
                {min(width, self.width) for width in (WIDTHS[-1:] if self.beside else WIDTHS)}
            )
        )


def is_picture(name: str) -> bool:
    """Whether a file of this name is to be a picture."""
    return PurePath(name).suffix.lower() in FORMATS


def examine(path: Path, *, beside: bool = False) -> Original:
    """What a file's header says of it; a file that has not changed is not read again."""
    found = path.stat()
    return _examine(path, found.st_size, found.st_mtime_ns, beside)


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
                format = FORMATS[PurePath(name).suffix][0]
                image.resize(size, Image.Resampling.LANCZOS).save(data, format, quality=QUALITY)
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
def _examine(path: Path, size: int, _changed: int, beside: bool) -> Original:
    original = Original(path, size, beside=beside)
    if size > MOST_BYTES:
        return replace(original, fault="photo-too-large")
    try:
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore", UserWarning
            )  # What a camera wrote may be damaged: it is left out.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data)) as image:
                return _described(original, data, image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return replace(original, fault="photo-too-many-pixels")
    except Exception:  # A malformed file may make Pillow raise anything.
        return replace(original, fault=UNREADABLE)


def _described(original: Original, data: bytes, image: Image.Image) -> Original:
    width, height = image.size
    fault = ""
    if not any(image.format in formats for formats in FORMATS.values()):
        fault = "photo-format"
    elif width * height > MOST_PIXELS:
        fault = "photo-too-many-pixels"
    elif image.format not in FORMATS.get(original.path.suffix.lower(), ()):
        fault = "photo-wrong-ending"
    elif image.format != "MPO" and getattr(image, "is_animated", False):
        fault = "photo-animated"
    elif image.getexif().get(ExifTags.Base.Orientation) in _TURNED:
        width, height = height, width
    if not fault and width < LEAST_WIDTH and not original.beside:
        fault = "photo-too-narrow"
    if not fault and height > MOST_TIMES * width:
        fault = "photo-too-tall"
    if not fault and width > MOST_TIMES * height:
        fault = "photo-too-wide"
    return replace(
        original,
        size=len(data),
        digest=_digest(data),
        format=image.format or "",
        width=width,
        height=height,
        fault=fault,
    )


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
