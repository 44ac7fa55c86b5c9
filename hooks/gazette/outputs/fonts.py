"""A Chinese font of the machine that builds, for what is drawn there: the project ships none and downloads none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PIL import ImageFont

_KNOWN = (
    ("NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    ("SourceHanSerif-Bold.ttc", "Source Han Serif SC"),
    ("SourceHanSerifSC-Bold.otf", "Source Han Serif SC"),
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    ("Songti.ttc", "Songti SC"),
    ("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    ("SourceHanSansSC-Bold.otf", "Source Han Sans SC"),
    ("msyhbd.ttc", "Microsoft YaHei"),
    ("msyh.ttc", "Microsoft YaHei"),
    ("simsun.ttc", "SimSun"),
    ("PingFang.ttc", "PingFang SC"),
    ("STHeiti Medium.ttc", "Heiti SC"),
    ("wqy-zenhei.ttc", "WenQuanYi Zen Hei"),
    ("wqy-microhei.ttc", "WenQuanYi Micro Hei"),
)
"""Font files and the face of each that is drawn with, the best first: serif and bold before others."""


@dataclass(frozen=True)
class Font:
    """One face of a font file."""

    path: Path
    face: int

    @property
    def identity(self) -> str:
        """What tells this font from another one: the same on every machine that has it."""
        return f"{self.path.name} {self.face} {self.path.stat().st_size}"

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """The font to draw with, at a size in pixels."""
        return ImageFont.truetype(str(self.path), size, self.face, layout_engine=ImageFont.Layout.BASIC)


def folders() -> tuple[Path, ...]:
    """Where Linux, macOS and Windows keep fonts, the user's own last."""
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path("/System/Library/Fonts"),
        Path("/Library/Fonts"),
        Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        home / "Library/Fonts",
        home / "AppData/Local/Microsoft/Windows/Fonts",
    )


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
