"""YAML text to plain strings, lists and maps, with the position of each; nothing else YAML can do is allowed.

Every scalar stays the text that was typed, so that `29:06`, `no`, `010` and `2021-06-01` mean themselves;
the record models decide types. An empty one and a null (`~`) are empty text. Duplicate keys, what yaml_extras.py names,
and characters that nobody sees are refused. Text over several lines is joined as Chinese is.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import TypeAlias

import yaml

from gazette.base.bounds import MOST_PARTS, MOST_TOLD
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.invisible import invisible, named
from gazette.base.line_breaks import joined
from gazette.base.messages import Message, say
from gazette.base.yaml_extras import Extra, extras
from gazette.base.yaml_loader import AS_TYPED, Beyond, compose
from gazette.base.yaml_mending import Mended, mended
from gazette.base.yaml_misreadings import (
    CODES,
    SUSPECT,
    key_in_text,
    less_indented,
    misread_key,
    misread_text,
)

_ITEM = re.compile(r"\n *(?=- )")
"""Where a line of unquoted text begins like an item of a list, and would be joined to the line above."""
_NULLS = {"~", "null", "Null", "NULL"}

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Location: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed mapping; `position` finds any part of it again in its file."""

    path: str
    data: dict[str, Plain]
    node: yaml.MappingNode | None
    first_line: int = 1

    def position(self, location: Location, of_key: bool = False) -> Position:
        """Where `location`, a path of keys and indexes, stands; for a missing part, its nearest parent.

        With `of_key` the position is that of the last key found rather than of its value.
        """
        key: yaml.Node | None = self.node
        node: yaml.Node | None = self.node
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        stands = key if of_key else node
        return self.place(stands.start_mark if stands else None)

    def place(self, mark: yaml.Mark | None) -> Position:
        """Where a mark of the parser stands in the file; its beginning where there is none."""
        line, column = (mark.line, mark.column) if mark else (0, 0)
        return Position(self.path, self.first_line + line, column + 1)


def decode(raw: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """UTF-8 bytes, with or without a byte-order mark, to text with `\\n` line ends."""
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        good = raw[: error.start].decode("utf-8")
        line, column = good.count("\n") + 1, len(good) - good.rfind("\n")
        return "", [Diagnostic(Position(path, line, column), "encoding", {"found": _encoding(raw)})]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def _encoding(raw: bytes) -> Message:
    """What bytes that are not UTF-8 may be."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in raw:
        return say("encoding-unicode")
    with suppress(UnicodeDecodeError):
        raw.decode("gb18030")
        return say("encoding-gbk")
    return say("encoding-unknown")


def place_of(offset: int, text: str, path: str, first_line: int) -> Position:
    """Where the character at `offset` of a text stands in the file that has the text from `first_line` on."""
    return Position(path, first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


def unseen(found: Iterable[tuple[int, str]], place: Callable[[int], Position]) -> list[Diagnostic]:
    """A message for each invisible character among those `found`, with its places."""
    places = grouped((character, place(offset)) for offset, character in islice(found, MOST_TOLD))
    return [
        Diagnostic(first, "invisible-character", {"character": named(character)}, tuple(others))
        for character, (first, *others) in places.items()
    ]


def read(raw: bytes, path: str, most_parts: int = MOST_PARTS) -> tuple[Document, list[Diagnostic]]:
    """Decode and parse a file that is one YAML mapping."""
    text, undecodable = decode(raw, path)
    if undecodable:
        return Document(path, {}, None), undecodable
    return parse(text, path, most_parts=most_parts)


def parse(
    text: str, path: str, *, first_line: int = 1, most_parts: int = MOST_PARTS
) -> tuple[Document, list[Diagnostic]]:
    """Parse one YAML mapping of no more than so many keys, values and items.

    `first_line` is the line of the file on which `text` begins (front matter starts on its line 2).
    Returns the document, empty where the text could not be read, and what is wrong with it.
    """
    empty = Document(path, {}, None, first_line)
    # YAML refuses or miscounts some of the characters that nobody sees.
    place = partial(place_of, text=text, path=path, first_line=first_line)
    if hidden := unseen(invisible(text), place):
        return empty, hidden
    refused: list[Extra] = []
    try:
        refused += islice(extras(text, AS_TYPED), MOST_TOLD)
        node = None if refused else compose(text, most_parts)
    except Beyond as error:
        return empty, [Diagnostic(empty.place(error.problem_mark), error.code, {"most": error.most})]
    except yaml.MarkedYAMLError as error:
        if not refused:
            return empty, [syntax_error(error, text, empty)]
    if refused:
        return empty, [Diagnostic(place(extra.offset), extra.code, extra.values) for extra in refused]
    if node is None:
        return empty, [Diagnostic(Position(path, first_line), "empty-file")]
    if not isinstance(node, yaml.MappingNode):
        found = mended(text, range(node.start_mark.line, node.start_mark.line + 2))
        if found:
            return empty, [_mended(found, empty)]
        return empty, [Diagnostic(empty.place(node.start_mark), "not-a-mapping")]
    problems: list[Diagnostic] = []
    data = _plain(node, text, empty, problems)
    assert isinstance(data, dict)
    if misread := [problem for problem in problems if problem.code in CODES]:
        return empty, [*dict.fromkeys(misread)]
    return Document(path, data, node, first_line), problems[:MOST_TOLD]


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return _pairs(node).get(step)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


@lru_cache(64)
def _pairs(node: yaml.MappingNode) -> dict[object, tuple[yaml.Node, yaml.Node]]:
    """The keys of a mapping and their values by what the keys say; of one that stands there twice the first."""
    return {
        key.value: (key, value) for key, value in reversed(node.value) if isinstance(key, yaml.ScalarNode)
    }


def _plain(node: yaml.Node, text: str, document: Document, problems: list[Diagnostic]) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, text, document, problems)
    if isinstance(node, yaml.CollectionNode) and not node.flow_style:
        values = (part[1] if isinstance(part, tuple) else part for part in node.value)
        less = (less_indented(value, node.start_mark.column, text) for value in values)
        problems += [_mended(found, document) for found in less if found]
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, text, document, problems) for child in node.value]
    assert isinstance(node, yaml.MappingNode)
    result: dict[str, Plain] = {}
    lines: dict[str, int] = {}
    cut_off = False
    for number, (key, value) in enumerate(node.value):
        at = document.place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Diagnostic(at, "key-not-a-word"))
            continue
        is_odd = not key.value.isidentifier() or (value.value == "" and bool(node.flow_style))
        is_odd = is_odd or text.startswith("?", key.start_mark.index - 1)
        if is_odd and not cut_off and (found := misread_key(node.value, number, text)):
            problems.append(_mended(found, document))
            cut_off = bool(node.flow_style)  # The keys after it are of the same text.
        if key.value in result:
            problems.append(Diagnostic(at, "duplicate-key", {"key": key.value, "line": lines[key.value]}))
        lines.setdefault(key.value, at.line)
        result[key.value] = _plain(value, text, document, problems)
    return result


def _scalar(node: yaml.ScalarNode, text: str, document: Document, problems: list[Diagnostic]) -> str:
    """The value of a scalar: one that was typed over several lines is read again with its Chinese joined."""
    start, end = node.start_mark, node.end_mark
    if not node.style and node.value[:1] in SUSPECT and (found := misread_text(node, text)):
        problems.append(_mended(found, document))
        return ""
    if start and end and start.line != end.line:
        typed = text[start.index : end.index]
        if not node.style and (found := key_in_text(node, text)):
            problems.append(_mended(found, document))
        if not node.style and (item := _ITEM.search(typed)):
            place = place_of(start.index + item.end(), text, document.path, document.first_line)
            before = text[text.rfind("\n", 0, start.index) + 1 : start.index]
            right = f"{before}{json.dumps(joined(typed), ensure_ascii=False)}"
            if before.endswith("- "):
                right = before + typed[item.end() :].partition("\n")[0].removeprefix("- ")
            problems.append(Diagnostic(place, "item-in-text", {"right": right}))
        if (whole := joined(typed)) != typed:
            # A space, lest it begin like a document does.
            again = compose(f" {whole}")
            assert isinstance(again, yaml.ScalarNode)
            return str(again.value)
    return "" if not node.style and node.value in _NULLS else str(node.value)


def syntax_error(error: yaml.MarkedYAMLError, text: str, document: Document) -> Diagnostic:
    """What the parser refused of `text`, that of a document, with its place."""
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    if "quoted scalar" in (error.context or ""):
        marks.reverse()  # It is missed where it begins.
    near = [mark.line - back for back in (0, 1) for mark in marks]
    if found := mended(text, [*near, len(text.rstrip().split("\n")) - 1]):
        return _mended(found, document)
    place = document.place(marks[0] if marks else None)
    lines = text.rstrip().splitlines()
    if (
        place.line >= document.first_line + len(lines) > document.first_line
    ):  # It misses something at the end.
        place = Position(place.path, document.first_line + len(lines) - 1, len(lines[-1]) + 1)
    return Diagnostic(place, "yaml-syntax", {"right": ""})


def _mended(found: Mended, document: Document) -> Diagnostic:
    """The message for a line, with the line as it should be."""
    at = Position(document.path, document.first_line + found.line, found.column + 1)
    return Diagnostic(at, found.code, {"right": found.right})
