"""What the floor lacks, as newer.json lists it, and how a fault is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

NEWER: dict[str, dict[str, tuple[float | None, float | None]]] = json.loads(
    Path(__file__).with_name("newer.json").read_text(encoding="utf-8")
)
FLOOR = "Chromium 69, Safari 12"


class Fault(NamedTuple):
    """Something in a file that an engine of the floor does not have."""

    file: str
    line: int
    what: str
    since: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what} ({self.since}; the floor is {FLOOR})"


def since(kind: str, name: str) -> str | None:
    """Since when both engines have it, if that is newer than the floor."""
    found = NEWER[kind].get(name)
    return found and said(*found)


def said(chromium: float | None, safari: float | None) -> str:
    """Versions in words."""
    return ", ".join(
        f"{name} {version:g}" if version else f"not in {name}"
        for name, version in (("Chromium", chromium), ("Safari", safari))
    )
