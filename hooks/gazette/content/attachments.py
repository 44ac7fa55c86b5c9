"""What the bytes of a file beside the pages say that it is: one that is not what its name says is not published."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import SEEK_END
from typing import BinaryIO
from xml.etree import ElementTree

from gazette.base.invisible import invisible

MOST_BYTES = 20 * 1024 * 1024
MOST_WORDS = 5 * 1024 * 1024
"""No .csv has more bytes, and no document more in its parts of text and marks: each check reads them."""
_MOST_UNPACKED = 200 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_XML = (".xml", ".rels", ".vml")
_ACTIVE = re.compile(rb"macro|vba|activeX|oleObject", re.IGNORECASE)
"""What the list of a document's parts says of those that run something, whatever they are called."""
_TAIL = 2048
"""A PDF says within so many bytes of its end that it ends."""


def _is_pdf(opened: BinaryIO) -> bool:
    head = opened.read(8)
    opened.seek(max(opened.seek(0, SEEK_END) - _TAIL, 0))
    return bool(re.match(rb"%PDF-[12]\.\d", head)) and b"%%EOF" in opened.read()


def _is_office(part: str) -> Callable[[BinaryIO], bool]:
    """Whether a file is a document of Office that has this part, and no macros."""

    def found(opened: BinaryIO) -> bool:
        begins = opened.read(4) == b"PK\x03\x04"
        try:
            with zipfile.ZipFile(opened) as packed:
                entries = {entry.filename: entry.file_size for entry in packed.infolist()}
                words = sum(size for name, size in entries.items() if name.endswith(_XML))
                return (
                    begins
                    and {_TYPES, part} <= entries.keys()
                    and sum(entries.values()) <= _MOST_UNPACKED
                    and words <= MOST_WORDS
                    and not any("vbaProject" in name for name in entries)
                    and not _ACTIVE.search(packed.read(_TYPES))
                    and not any(_fetches(packed.read(name)) for name in entries if name.endswith(".rels"))
                )
        # A damaged entry; one that is compressed in a way of its own, or encrypted; a relation that is no XML.
        except (
            zipfile.BadZipFile,
            ValueError,
            RuntimeError,
            OSError,
            zlib.error,
            EOFError,
            ElementTree.ParseError,
        ):
            return False

    return found


def _fetches(relations: bytes) -> bool:
    """Whether a part of a document has a template, a picture or else what is fetched when it is opened: a link is not."""
    return any(
        one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
        for one in ElementTree.fromstring(relations).iter()
    )


def _is_csv(opened: BinaryIO) -> bool:
    """Whether a file is plain text, and no page or document."""
    try:
        text = opened.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    is_other = text.lstrip().startswith(("<", "%PDF", "{\\rtf"))
    return bool(text.strip()) and not is_other and not any(sign != "\r" for _, sign in invisible(text))


_FORMULA = re.compile(r"\s*(?:[=＝@＠]|[+＋－-].*(?:[|!]|[A-Za-z]\())", re.DOTALL)
"""What a spreadsheet runs: one in an East Asian language takes the full-width signs for the others."""


def formula_line(table: str) -> int:
    """The line of a table on which the first cell ends that a spreadsheet would run, or that is too long for one; 0 where there is none."""
    rows = csv.reader(io.StringIO(table, newline=""))
    try:
        return next((rows.line_num for row in rows if any(map(_FORMULA.match, row))), 0)
    except csv.Error:
        return rows.line_num


ATTACHED = (".pdf", ".docx", ".xlsx", ".csv")
"""What stands beside pages and is no picture."""

_SVG = "{http://www.w3.org/2000/svg}"
_DRAWS = {
    *(
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "title",
        "desc",
    ),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "symbol", "use"),
}
"""The elements of SVG that draw, and do nothing else."""
_DECLARATION = re.compile(
    rb"""\A(?:\xef\xbb\xbf)?\s*<\?xml version=["']1.0["'](?: encoding=["'](?i:utf-8)["'])?(?: standalone=["']\w+["'])?\s*\?>"""
)
_FETCHES = re.compile(r"url\((?!\s*['\"]?#)|javascript:|data:", re.IGNORECASE)


def _draws_only(opened: BinaryIO) -> bool:
    """Whether an SVG draws, and neither runs nor fetches anything."""
    data = _DECLARATION.sub(b"", opened.read(), count=1)
    if b"<!" in data or b"<?" in data or b"\0" in data:
        return False
    try:
        drawn = [*ElementTree.fromstring(data.decode("utf-8")).iter()]
    except (ElementTree.ParseError, ValueError):
        return False
    return all(
        one.tag.removeprefix(_SVG) in _DRAWS and not any(_acts(*attribute) for attribute in one.items())
        for one in drawn
    )


def _acts(name: str, value: str) -> bool:
    """Whether an attribute of an SVG runs something, or fetches it from elsewhere."""
    name = name.rpartition("}")[2].lower()
    leads = name == "href" and not value.startswith("#")
    return name.startswith("on") or leads or bool(_FETCHES.search(value))


def _proves_only(opened: BinaryIO) -> bool:
    """Whether a file of docs/root says words of a proof, be it between plain tags: nothing that a browser runs."""
    try:
        text = opened.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return not re.search(r"[<>]", re.sub(r"\A\s*<\?xml [^<>?]*\?>|</?(?:users?|proof)>", "", text))


KINDS: Mapping[str, Callable[[BinaryIO], bool]] = {
    ".pdf": _is_pdf,
    ".docx": _is_office("word/document.xml"),
    ".xlsx": _is_office("xl/workbook.xml"),
    ".csv": _is_csv,
    ".svg": _draws_only,
    ".html": _proves_only,
    ".xml": _proves_only,
}
"""How a file of each ending is recognised."""
