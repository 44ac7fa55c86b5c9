"""Photographs of a record: their files and words, in the text or below it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from gazette.content.photographs import PUBLISHED
from gazette.records.photos import Photo
from gazette.records.record import Record
from gazette.templates.view.records import Records
from gazette.templates.view.words import PageProblem


class Album(Records):
    """The photographs of the page's record."""

    def photo(self, photo: Photo) -> Mapping[str, Any]:
        """A photograph: the addresses of its files, the size of the largest, its words."""
        files = self._content.originals[photo.file].renditions
        addresses = [self.asset(f"{PUBLISHED}/{file.name}") for file in files]
        return {
            "src": addresses[-1],
            "srcset": ", ".join(f"{at} {file.width}w" for at, file in zip(addresses, files, strict=True)),
            "width": files[-1].width,
            "height": files[-1].height,
            "alt": photo.alt,
            "caption": photo.caption,
            "credit": photo.credit,
            "licence": photo.licence,
        }

    def placed_photo(self, file: str) -> Photo:
        """The photograph of the page's own record that its text places by file name."""
        if self.page.record is None:
            raise PageProblem(
                "no-such-photo",
                "只有动态文章的正文能放照片。",
                "Only the text of a news article can place a photograph.",
                "docs/zh/news/<id>.md",
            )
        photos = {photo.file: photo for photo in self.page.record.photos}
        if file not in photos:
            close = difflib.get_close_matches(file, photos, 1) or list(photos)[:1]
            raise PageProblem(
                "no-such-photo",
                f"这一页的 photos 里没有“{file}”。"
                + (f"是不是“{close[0]}”？" if close else "先在中文文件的题头里写上它。"),
                f"`{file}` is not among the `photos` of this page. "
                + (
                    f"Do you mean `{close[0]}`?"
                    if close
                    else "Name it in the Chinese file's front matter first."
                ),
                f'{{{{ photo("{close[0]}") }}}}' if close else f"photos:\n  - file: {file}",
            )
        self._placed[file] = None
        return photos[file]

    def unplaced_photos(self, record: Record) -> tuple[Photo, ...]:
        """The photographs of a record that the page's text has not placed."""
        return tuple(photo for photo in record.photos if photo.file not in self._placed)
