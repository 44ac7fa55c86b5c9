"""Pictures that tests draw, and photographs as an editor writes them."""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image

CAMERA = "A camera that tells"
PLACE = {1: "N", 2: (36.0, 58.0, 0.0), 3: "E", 4: (117.0, 12.0, 0.0)}
"""Latitude and longitude, as a phone writes them."""


def drawn(width: int, height: int, left: str = "#c04030", right: str = "#3060a0") -> Image.Image:
    """A picture whose left half has one colour and its right half another."""
    image = Image.new("RGB", (width, height), right)
    image.paste(left, (0, 0, width // 2, height))
    return image


def saved(image: Image.Image, format: str = "JPEG", **options: object) -> bytes:
    """The bytes of a picture's file."""
    data = BytesIO()
    image.save(data, format, **options)
    return data.getvalue()


def jpeg(width: int = 1800, height: int = 1200, **colours: str) -> bytes:
    """A photograph as it comes from a phone, with the camera and the place in its EXIF."""
    return saved(drawn(width, height, **colours), exif=exif(1))


def exif(orientation: int) -> Image.Exif:
    """The EXIF of a phone held so."""
    found = Image.Exif()
    found[ExifTags.Base.Orientation] = orientation
    found[ExifTags.Base.Model] = CAMERA
    found.get_ifd(ExifTags.IFD.GPSInfo).update(PLACE)
    return found


def photo(file: str, said: str = "店铺", said_en: str = "Shops") -> str:
    """A photograph's five fields on one line."""
    return (
        f"{{file: {file}, alt: {{zh: {said}门面, en: {said_en} in a row}}, "
        f"caption: {{zh: {said}, en: {said_en}}}, credit: {{zh: 甲, en: A. Person}}, "
        "licence: {zh: 经许可, en: By permission}}"
    )


def photos(*files: str) -> str:
    """The list of a record's photographs, a line each."""
    return "photos:\n" + "".join(f"  - {photo(file)}\n" for file in files)
