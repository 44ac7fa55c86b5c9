"""Photographs as editors describe them, and a place before and after its renewal."""

from __future__ import annotations

import posixpath
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from gazette.base.file_names import is_name
from gazette.base.messages import listed
from gazette.records.values import Localised, Model, wrong

PHOTOS = "photos"
"""The folder of `data/` that holds the originals."""
ENDINGS = (".jpg", ".jpeg", ".png", ".webp")


def is_photo_file(name: str) -> bool:
    """Whether a photograph's file may be called so."""
    stem, ending = posixpath.splitext(name)
    return ending in ENDINGS and is_name(stem)


def _file(name: str) -> str:
    if not is_photo_file(name):
        raise wrong("photo-file-name", name=name, endings=listed(ENDINGS))
    return name


class Photo(Model):
    """一张照片 | A photograph of data/photos, and what is said of it; all five are required."""

    file: Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_file)] = Field(
        description="data/photos 里的文件 | a file of data/photos", examples=["sign-renewal.jpg"]
    )
    alt: Localised = Field(
        description="给看不见照片的人：照片上有什么 | what is to be seen, for those who cannot see it",
        examples=["{zh: 沿街店铺换上统一的店招, en: Shops along the street with their new signs}"],
    )
    caption: Localised = Field(
        description="图注 | what it shows and when",
        examples=["{zh: 更新后的店招, en: The signs after their renewal}"],
    )
    credit: Localised = Field(
        description="摄影者 | who took it", examples=["{zh: 回河街道办事处, en: Huihe Subdistrict Office}"]
    )
    licence: Localised = Field(
        description="使用许可 | on what terms it is shown",
        examples=["{zh: 经许可使用, en: Used by permission}"],
    )


class Comparison(Model):
    """同一处改造前后的两张照片 | Two photographs of one place, before and after."""

    before: Photo = Field(description="改造前 | before")
    after: Photo = Field(description="改造后 | after")
