"""One builder that is compared: its copy of the content, its commands, and what a build of it wrote."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from bench.corpus import revised, words_of
from bench.measure import Failed


class Written(NamedTuple):
    """What a build wrote: its pages, the bytes of one on average, files and bytes in all; the most that a first query moves."""

    pages: int = 0
    page_bytes: int = 0
    files: int = 0
    output_bytes: int = 0
    first_query_bytes: int | None = None


@dataclass(frozen=True)
class Builder:
    """One builder with its copy of the content; `sources` are the files of the record that is edited."""

    name: str
    version: str
    folder: Path
    command: tuple[str, ...]
    output: str
    caches: tuple[str, ...]
    page: str
    sources: dict[Path, str]
    serve: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    first_query: Callable[[Path], int] | None = None

    def forget(self, *, caches: bool = True) -> None:
        """Remove what earlier builds made, and what they kept for the next one."""
        for name in (self.output, *(self.caches if caches else ())):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def edit(self, number: int) -> str:
        """Change the record in both languages, unlike every other number; returns words that its Chinese page then has."""
        for path, text in self.sources.items():
            path.write_text(revised(text, number), encoding="utf-8", newline="\n")
        return words_of(number, "zh")

    def confirm(self, words: str) -> None:
        """Raises Failed where the built page of the record does not have these words."""
        page = self.folder / self.output / self.page / "index.html"
        if not page.is_file() or words not in page.read_text(encoding="utf-8"):
            raise Failed("the edit is not in the built page")

    def written(self) -> Written:
        """What the output holds."""
        sizes = {
            path: path.stat().st_size for path in (self.folder / self.output).rglob("*") if path.is_file()
        }
        pages = [size for path, size in sizes.items() if path.name == "index.html"]
        query = self.first_query and self.first_query(self.folder / self.output)
        return Written(len(pages), sum(pages) // max(1, len(pages)), len(sizes), sum(sizes.values()), query)
