"""The words of an attachment, be they hidden: text, comments, changes, headers, hidden sheets, properties; of a PDF its properties only."""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from lxml import etree

READ = (".docx", ".xlsx", ".pdf")
"""The endings of these; a CSV is text."""
_ENDS = {"p", "si", "is", "v", "f", "text", "definedName"}
"""The elements of Word and Excel that end a paragraph or a cell: what is within may be in several runs, and is one text."""
_SAID = {"Target", "descr", "title", "tooltip", "display"}
"""The attributes that say something."""
_END = "；\n"
_SHOWN_AS_WHOLE = re.compile(r"[0-9]+(?:\.[0-9]*)?(?:[Ee]\+?[0-9]{1,2})?")
_PROPERTY = re.compile(
    rb"/(?:Author|Title|Subject|Keywords|Creator)\s*(?:\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL
)
_METADATA = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)


def attachment_text(path: Path) -> str:
    """The words of an attachment, paragraphs and cells apart; a file that has not changed is not read again."""
    found = path.stat()
    return _text(path, found.st_size, found.st_mtime_ns)


@functools.lru_cache(256)
def _text(path: Path, _size: int, _changed: int) -> str:
    return _END.join(_of_pdf(path) if path.suffix.lower() == ".pdf" else _of_office(path))


def _of_office(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                words = _Words(None if not name.startswith(("word/", "xl/")) else _ENDS)
                parser = etree.XMLParser(
                    target=cast(Any, words),
                    resolve_entities=False,
                    no_network=True,
                    recover=True,
                    huge_tree=True,
                )
                parser.feed(packed.read(name))
                parser.close()
                yield "".join(words.found)


class _Words:
    """What a parser finds in a part of a document; a text ends where one of some elements does, or any."""

    def __init__(self, ends: set[str] | None) -> None:
        self.found: list[str] = []
        self._ends = ends

    def start(self, _tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        for name, value in attributes.items():
            if name.rpartition("}")[2] in _SAID:
                self.found += [_END, value, _END]

    def data(self, text: str) -> None:
        """Some text: a sheet may have 13812345678 as 1.3812345678E10."""
        if ("." in text or "E" in text) and _SHOWN_AS_WHOLE.fullmatch(text):
            number = Decimal(text)
            text = f"{number.to_integral_value() if number == number.to_integral_value() else number:f}"
        self.found.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._ends is None or tag.rpartition("}")[2] in self._ends:
            self.found.append(_END)

    def close(self) -> None:
        """The part ends."""


def _of_pdf(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    for plain, digits in _PROPERTY.findall(data):
        digits = re.sub(rb"\s", b"", digits)
        said = bytes.fromhex(digits[: len(digits) // 2 * 2].decode()) if digits else plain
        encoding = "utf-16" if said.startswith((b"\xfe\xff", b"\xff\xfe")) else "utf-8"
        yield said.decode(encoding, errors="replace")
    yield from (found.decode("utf-8", errors="replace") for found in _METADATA.findall(data))
