"""A Chinese font of the machine that builds, for what is drawn there: the project ships none and downloads none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from itertools import count
from pathlib import Path

import yaml
from PIL import ImageFont

_KNOWN: list[tuple[str, str]] = yaml.safe_load(
    resources.files("gazette.outputs").joinpath("fonts.yml").read_text(encoding="utf-8")
)
"""Font files and the face of each, the best first."""


@dataclass(frozen=True)
class Font:
    path: Path
    face: int

    @property
    def identity(self) -> str:
        """What tells this font from another one: the same on every machine that has it."""
        return f"{self.path.name} {self.face} {self.path.stat().st_size}"

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.path), size, self.face, layout_engine=ImageFont.Layout.BASIC)


def folders() -> tuple[Path, ...]:
    """Where Linux, macOS and Windows keep fonts, the user's own last."""
    system = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts")
    own = (".local/share/fonts", ".fonts", "Library/Fonts", "AppData/Local/Microsoft/Windows/Fonts")
    windows = Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts")
    return (*map(Path, system), windows, *(Path.home() / folder for folder in own))


def chinese(places: Iterable[Path]) -> Font | None:
    """The best known Chinese font in the folders given; None where there is none."""
    files = {file.name: file for place in places for file in sorted(place.rglob("*.[ot]t[cf]"))}
    for name, family in _KNOWN:
        face = _face(files[name], family) if name in files else None
        if face is not None:
            return Font(files[name], face)
    return None


def _face(path: Path, family: str) -> int | None:
    """Which face of a collection has the family's name."""
    with suppress(OSError):  # There are no more, or it is no font.
        for number in count():
            if ImageFont.truetype(str(path), 10, number).getname()[0] == family:
                return number
    return None
