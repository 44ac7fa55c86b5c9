"""The previews of what was typed last, each under a number, by which the page at the side asks for its files."""

from __future__ import annotations

from mimetypes import MimeTypes

from gazette.build.content_preview import ContentPreview
from gazette.content.model import Content

_MOST = 4
"""So many are there at a time: one that is shown and one that is loaded, in two windows."""

_TYPES = MimeTypes()
"""Those that Python knows, whatever this computer is set to."""


class Previews:
    """The previews of one desk."""

    def __init__(self) -> None:
        self._made: dict[int, ContentPreview] = {}
        self._last = 0

    def add(self, content: Content) -> tuple[int, ContentPreview]:
        """The preview of some content with its number; the oldest of too many is forgotten."""
        self._last += 1
        self._made[self._last] = made = ContentPreview(content)
        self._made.pop(self._last - _MOST, None)
        return self._last, made

    def file(self, number: int, address: str) -> tuple[bytes, str] | None:
        """A file of a preview and its media type; None where it has none at this address."""
        name = f"{address}index.html" if not address or address.endswith("/") else address
        found = self._made[number].file(name) if number in self._made else None
        media_type = _TYPES.guess_type(name, strict=False)[0]
        return None if found is None else (found, media_type or "application/octet-stream")
