"""Photographs of a record: their files and words, in the text or below it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from gazette.base.messages import did_you_mean, say
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
            raise PageProblem("photo-outside-article")
        photos = {photo.file: photo for photo in self.page.record.photos}
        if file not in photos:
            close = difflib.get_close_matches(file, photos, 1) or list(photos)[:1]
            raise PageProblem(
                "photo-not-listed",
                file=file,
                hint=did_you_mean(close) if close else say("name-it-first"),
                right=f'{{{{ photo("{close[0]}") }}}}' if close else f"photos:\n  - file: {file}",
            )
        self._placed[file] = None
        return photos[file]

    def unplaced_photos(self, record: Record) -> tuple[Photo, ...]:
        """The photographs of a record that the page's text has not placed."""
        return tuple(photo for photo in record.photos if photo.file not in self._placed)
