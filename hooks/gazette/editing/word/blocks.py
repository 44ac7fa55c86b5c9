"""What mammoth reads of a .docx, as blocks: paragraphs with the words and marks that a page can show, tables, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from gazette.base.messages import Refused
from gazette.editing.word.preparing import LABEL, Prepared, prepared, seen

_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+")
_GUESSED = re.compile(
    r"\s*(?:描述已自动生成|Description automatically generated|AI[ -]generated content may be incorrect\.?"
    r"|AI ?生成的内容可能不正确.?)\s*"
)
"""What Word adds to a description of its own making."""
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|bmp|tiff?)|.*[/\\].*", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题) ?([1-9])")
BREAK = "\n"


class Words(NamedTuple):
    """Characters that are shown alike: the tags of HTML for that, the address they lead to; or the number of a note."""

    text: str
    tags: tuple[str, ...] = ()
    href: str = ""
    note: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its style in lower case, and the number or bullet that Word draws before it on a level of a list."""

    words: tuple[Words, ...]
    style: str = ""
    label: str = ""
    depth: int = 0

    @property
    def text(self) -> str:
        """What it says."""
        return " ".join("".join(word.text for word in self.words).split())

    @property
    def level(self) -> int:
        """Of a heading its level in Word, from 1; else 0."""
        found = _HEADING.fullmatch(self.style)
        return int(found[1]) if found else 0


@dataclass(frozen=True)
class Table:
    """A table: rows of cells, each with its paragraphs."""

    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture, and what it is said to show."""

    data: bytes
    alt: str = ""


Block: TypeAlias = Paragraph | Table | Picture


@dataclass(frozen=True)
class Document:
    """A document of Word: its blocks, its notes by number, and what was dropped, by the name of a message."""

    blocks: tuple[Block, ...]
    notes: dict[str, tuple[Paragraph, ...]]
    dropped: Counter[str]


def read_document(file: Path) -> Document:
    """The document of a .docx. Raises Refused where it is none, or where something of its text would be lost."""
    try:
        import mammoth  # type: ignore[import-untyped] # Only in the extra `edit`.
    except ImportError:
        raise Refused("needs-edit-extra") from None
    ready = prepared(file)
    kept: list[Any] = []

    def keep(document: Any) -> Any:
        kept.append(document)
        return document.copy(children=[])  # Of the HTML that mammoth would make nothing is wanted.

    try:
        result = mammoth.convert_to_html(
            ready.file, transform_document=keep, include_embedded_style_map=False
        )
    except Exception:  # A malformed file may make mammoth raise anything.
        raise Refused("word-unreadable", file=file.name) from None
    return _Reader(ready, kept[0], [str(one.message) for one in result.messages]).document()


class _Reader:
    """Reads one document; notes are numbered as they are met."""

    def __init__(self, ready: Prepared, document: Any, messages: list[str]) -> None:
        self._ready, self._document = ready, document
        self._dropped = Counter(ready.dropped)
        self._dropped["word-signs"] += sum("w:sym" in message for message in messages)
        self._text: list[str] = []
        self._pictures = 0
        self._met: dict[tuple[str, str], str] = {}

    def document(self) -> Document:
        blocks = tuple(self._blocks(self._document.children))
        self._hold_against(self._ready.text)
        self._dropped["word-pictures-unread"] += self._ready.pictures - self._pictures
        notes = {
            number: tuple(self._paragraphs(self._document.notes.find_note(*key).body))
            for key, number in [*self._met.items()]
        }
        return Document(blocks, notes, +self._dropped)

    def _hold_against(self, expected: str) -> None:
        """Raise Refused where text of the document was not read, with how what is lost begins."""
        read = seen("".join(self._text))
        if read == expected:
            return
        at = next((n for n, (a, b) in enumerate(zip(expected, read, strict=False)) if a != b), len(read))
        raise Refused("word-text-lost", words=LABEL.sub(r"\2", expected[max(at - 4, 0) : at + 16]))

    def _blocks(self, elements: Iterable[Any]) -> Iterator[Block]:
        for element in elements:
            kind = type(element).__name__
            if kind == "Paragraph":
                paragraph, pictures = self._paragraph(element)
                if paragraph.text or any(word.note for word in paragraph.words):
                    yield paragraph
                yield from pictures
            elif kind == "Table":
                yield from self._table(element)

    def _paragraphs(self, elements: Iterable[Any]) -> Iterator[Paragraph]:
        return (block for block in self._blocks(elements) if isinstance(block, Paragraph))

    def _table(self, table: Any) -> Iterator[Block]:
        pictures: list[Picture] = []
        rows = []
        for row in table.children:
            cells = []
            for cell in row.children:
                inner = [*self._blocks(cell.children)]
                if cell.colspan != 1 or cell.rowspan != 1 or any(isinstance(one, Table) for one in inner):
                    said = next((one.text for one in inner if isinstance(one, Paragraph)), "")
                    raise Refused("word-merged-cells", words=said)
                cells.append(tuple(one for one in inner if isinstance(one, Paragraph)))
                pictures += [one for one in inner if isinstance(one, Picture)]
            rows.append(tuple(cells))
        if len(rows) == 1 and len(rows[0]) == 1:  # A frame around text.
            yield from rows[0][0]
        elif any(any(cells) for cells in rows):
            widest = max(map(len, rows))
            yield Table(tuple((*cells, *((),) * (widest - len(cells))) for cells in rows))
        yield from pictures

    def _paragraph(self, element: Any) -> tuple[Paragraph, list[Picture]]:
        pictures: list[Picture] = []
        words = [*self._words(element.children, Words(""), pictures)]
        style = (element.style_name or "").lower()
        if words and (found := LABEL.match(words[0].text)):
            words[0] = words[0]._replace(text=words[0].text[found.end() :])
            return Paragraph(tuple(words), style, found[2], int(found[1])), pictures
        return Paragraph(tuple(words), style), pictures

    def _words(self, elements: Iterable[Any], within: Words, pictures: list[Picture]) -> Iterator[Words]:
        for element in elements:
            match type(element).__name__:
                case "Text":
                    self._text.append(element.value)
                    yield within._replace(text=element.value)
                case "Tab":
                    yield within._replace(text=" ")
                case "Break":
                    yield within._replace(text=BREAK if element.break_type == "line" else " ")
                case "Run":
                    own = within._replace(tags=(*within.tags, *_tags(element)))
                    yield from self._words(element.children, own, pictures)
                case "Hyperlink":
                    href = element.href or ""
                    if not _LINK.fullmatch(href):
                        self._dropped["word-links"] += 1
                        href = ""
                    yield from self._words(element.children, within._replace(href=href), pictures)
                case "Image":
                    with suppress(Exception), element.open() as opened:  # It may be linked, or missing.
                        pictures.append(Picture(opened.read(), _described(element.alt_text or "")))
                        self._pictures += 1
                case "NoteReference":
                    key = element.note_type, element.note_id
                    yield Words("", note=self._met.setdefault(key, str(len(self._met) + 1)))


def _tags(run: Any) -> Iterator[str]:
    """The tags of HTML for what of a run's look has a meaning."""
    if run.is_bold:
        yield "strong"
    if run.is_italic:
        yield "em"
    if run.is_strikethrough:
        yield "s"
    if run.vertical_alignment in ("superscript", "subscript"):
        yield run.vertical_alignment[:3]


def _described(alt: str) -> str:
    """What a person wrote of a picture; a name of a file and what Word guessed are none."""
    said = " ".join(alt.split())
    return "" if _GUESSED.search(said) or _FILE_NAME.fullmatch(said) else said


def without_label(paragraph: Paragraph) -> Paragraph:
    """A paragraph whose number is among its words."""
    gap = " " if paragraph.label[-1:].isalnum() or paragraph.label[-1:] in ".•" else ""
    words = (Words(paragraph.label + gap), *paragraph.words) if paragraph.label else paragraph.words
    return replace(paragraph, words=words, label="")
