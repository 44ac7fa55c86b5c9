"""The photographs that the pictures of a document become: held to the rules of all photographs, without their place."""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from PIL import ExifTags, Image

from gazette.base.messages import Message, say
from gazette.base.strict_yaml import Plain
from gazette.checks.photos import unfit_photo
from gazette.checks.unfinished import TO_FILL_IN
from gazette.content.model import Content
from gazette.content.photographs import examine
from gazette.editing.correcting import Files
from gazette.editing.word.blocks import Block, Paragraph, Picture
from gazette.editing.word.markdown import plain
from gazette.records.photos import PHOTOS

_ENDINGS = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}


class Photographs:
    """The photographs of one document: files named for its article, each picture once; what cannot be published is told."""

    def __init__(self, id_: str, content: Content) -> None:
        self._id, self._content = id_, content
        self._names: dict[str, str] = {}
        self._said_of: dict[str, dict[str, str]] = {}
        self.files: Files = {}
        self.told: list[Message] = []

    def fields(self) -> list[Plain]:
        """What front matter says of them: what Word does not know is marked as left to fill in."""
        return [
            {
                "file": name,
                **{
                    key: {"zh": self._said_of[name].get(key, TO_FILL_IN.zh), "en": TO_FILL_IN.en}
                    for key in ("alt", "caption", "credit", "licence")
                },
            }
            for name in self._said_of
        ]

    def with_captions(self, blocks: Sequence[Block]) -> Iterator[Block]:
        """The blocks without the captions that follow a picture: they are its photograph's."""
        before: Block | None = None
        for block in blocks:
            is_caption = isinstance(block, Paragraph) and block.style in ("caption", "题注")
            name = self._name(before) if is_caption and isinstance(before, Picture) else ""
            if name and isinstance(block, Paragraph) and "caption" not in self._said_of[name]:
                self._said_of[name]["caption"] = plain(block.label + block.text)
            else:
                yield block
            before = block

    def line(self, picture: Picture) -> str:
        """The line that shows a picture; none where it cannot be published."""
        name = self._name(picture)
        return f'{{{{ photo("{name}") }}}}' if name else ""

    def _name(self, picture: Picture) -> str:
        """The file of a picture; "" where it cannot be published."""
        digest = hashlib.sha256(picture.data).hexdigest()
        if digest not in self._names:
            self._names[digest] = self._added(picture, len(self._names) + 1)
        return self._names[digest]

    def _added(self, picture: Picture, number: int) -> str:
        data = _without_place(picture.data)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{self._id}-{number}{_ending(data)}"
            file.write_bytes(data)
            original = examine(file)
        if original.fault:
            why = unfit_photo(self._content, original, original.fault).message
            self.told.append(say("word-picture-unfit", number=number, why=Message(why.zh, why.en)))
            return ""
        name = f"{self._id}-{number}{_ENDINGS[original.format]}"
        while name in self._content.originals:
            name = f"{self._id}-{number}-{name.count('-')}{_ENDINGS[original.format]}"
        self.files[f"data/{PHOTOS}/{name}"] = data
        self._said_of[name] = {"alt": plain(picture.alt)} if picture.alt else {}
        return name


def _ending(data: bytes) -> str:
    """The ending of a picture's file by what is in it; "" where it is none that is published."""
    with suppress(OSError), Image.open(io.BytesIO(data)) as image:
        return _ENDINGS.get(image.format or "", "")
    return ""


def _without_place(data: bytes) -> bytes:
    """A photograph without the place where it was taken."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            known = image.getexif()
            if ExifTags.Base.GPSInfo not in known or image.format not in _ENDINGS:
                return data
            del known[ExifTags.Base.GPSInfo]
            made = io.BytesIO()
            same = {"quality": "keep"} if image.format == "JPEG" else {}
            image.save(made, "JPEG" if image.format == "MPO" else image.format, exif=known, **same)
            return made.getvalue()
    except Exception:  # A malformed file may make Pillow raise anything; that it is unfit is told elsewhere.
        return data
