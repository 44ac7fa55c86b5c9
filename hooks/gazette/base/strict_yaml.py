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
from functools import partial
from typing import Any, TypeAlias

import yaml

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.invisible import invisible, named
from gazette.base.line_breaks import joined
from gazette.base.yaml_extras import Extra, extras

AS_TYPED: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every scalar as text: with the C parser, ten times faster; a platform without libyaml gets the same answers from the Python one."""


class _Loader(AS_TYPED):  # type: ignore[misc]
    """It asks of every node what type it may have; here all scalars are text."""

    @staticmethod
    def resolve(*_: object) -> str:
        """The tag that a node without one gets; nothing reads it."""
        return ""

    descend_resolver = ascend_resolver = resolve


_ITEM = re.compile(r"\n *(?=- )")
"""Where a line of unquoted text begins like an item of a list, and would be joined to the line above."""
_KEY = re.compile(r"^( *(?:- +)*)([\w-]+)[ \t]*[:：][ \t]*", re.MULTILINE)
"""A key and its colon, which may be full-width or without a space after it."""
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
        return "", [Diagnostic(Position(path, line, column), "encoding")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def place_of(offset: int, text: str, path: str, first_line: int) -> Position:
    """Where the character at `offset` of a text stands in the file that has the text from `first_line` on."""
    return Position(path, first_line + text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset))


def unseen(found: Iterable[tuple[int, str]], place: Callable[[int], Position]) -> list[Diagnostic]:
    """A message for each invisible character among those `found`, with all its places."""
    places = grouped((character, place(offset)) for offset, character in found)
    return [
        Diagnostic(first, "invisible-character", {"character": named(character)}, tuple(others))
        for character, (first, *others) in places.items()
    ]


def read(raw: bytes, path: str) -> tuple[Document, list[Diagnostic]]:
    """Decode and parse a file that is one YAML mapping."""
    text, undecodable = decode(raw, path)
    return (Document(path, {}, None), undecodable) if undecodable else parse(text, path)


def parse(text: str, path: str, *, first_line: int = 1) -> tuple[Document, list[Diagnostic]]:
    """Parse one YAML mapping.

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
        refused += extras(text, AS_TYPED)
        node = None if refused else yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        if not refused:
            return empty, [syntax_error(error, text, empty)]
    if refused:
        return empty, [Diagnostic(place(extra.offset), extra.code, extra.values) for extra in refused]
    if node is None:
        return empty, [Diagnostic(Position(path, first_line), "empty-file")]
    if not isinstance(node, yaml.MappingNode):
        typed = re.sub(
            " +$", "", _KEY.sub(r"\1\2: ", text[node.start_mark.index :].rstrip()), flags=re.MULTILINE
        )
        right = typed if isinstance(_composed(typed), yaml.MappingNode) else ""
        return empty, [Diagnostic(empty.place(node.start_mark), "not-a-mapping", {"right": right})]
    problems: list[Diagnostic] = []
    data = _plain(node, text, empty, problems)
    assert isinstance(data, dict)
    return Document(path, data, node, first_line), problems


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _plain(node: yaml.Node, text: str, document: Document, problems: list[Diagnostic]) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, text, document, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, text, document, problems) for child in node.value]
    result: dict[str, Plain] = {}
    for key, value in node.value:
        at = document.place(key.start_mark)
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Diagnostic(at, "key-not-a-word"))
            continue
        if key.value in result:
            earlier = next(other for other, _ in node.value if other.value == key.value)
            values = {"key": key.value, "line": document.place(earlier.start_mark).line}
            problems.append(Diagnostic(at, "duplicate-key", values))
        result[key.value] = _plain(value, text, document, problems)
    return result


def _scalar(node: yaml.ScalarNode, text: str, document: Document, problems: list[Diagnostic]) -> str:
    """The value of a scalar: one that was typed over several lines is read again with its Chinese joined."""
    start, end = node.start_mark, node.end_mark
    if start and end and start.line != end.line:
        typed = text[start.index : end.index]
        if not node.style and (item := _ITEM.search(typed)):
            place = place_of(start.index + item.end(), text, document.path, document.first_line)
            before = text[text.rfind("\n", 0, start.index) + 1 : start.index]
            right = f"{before}{json.dumps(joined(typed), ensure_ascii=False)}"
            if before.endswith("- "):
                right = before + typed[item.end() :].partition("\n")[0].removeprefix("- ")
            problems.append(Diagnostic(place, "item-in-text", {"right": right}))
        if (whole := joined(typed)) != typed:
            # A space, lest it begin like a document does.
            again = yaml.compose(f" {whole}", Loader=_Loader)
            assert isinstance(again, yaml.ScalarNode)
            return str(again.value)
    return "" if not node.style and node.value in _NULLS else str(node.value)


def syntax_error(error: yaml.MarkedYAMLError, text: str, document: Document) -> Diagnostic:
    """What the parser refused of `text`, that of a document, with its place."""
    unclosed_quote = "quoted scalar" in (error.context or "")
    place = document.place(
        (error.context_mark if unclosed_quote else error.problem_mark) or error.context_mark
    )
    lines = text.rstrip().splitlines()
    if (
        place.line >= document.first_line + len(lines) > document.first_line
    ):  # It misses something at the end.
        place = Position(place.path, document.first_line + len(lines) - 1, len(lines[-1]) + 1)
    line = dict(enumerate(text.splitlines())).get(error.problem_mark.line if error.problem_mark else -1, "")
    if "\t" in line[: len(line) - len(line.lstrip(" \t"))]:
        at = Position(place.path, place.line, line.index("\t") + 1)
        indent = line[: len(line) - len(line.lstrip())].replace("\t", "  ")
        return Diagnostic(at, "tab-indent", {"right": indent + line.strip()})
    values = {"problem": error.problem or error.context}
    number = place.line - document.first_line
    for one in (number, number - 1):
        if one >= 0 and (right := _readable(text, one)):
            at = place if one == number else Position(place.path, place.line - 1)
            return Diagnostic(at, "yaml-syntax", {**values, "right": right})
    return Diagnostic(place, "yaml-syntax", {**values, "right": ""})


def _readable(text: str, number: int) -> str:
    """A line of a text as it can be read: with an ASCII colon, or its value in quotes; "" where neither is enough."""
    lines = text.split("\n")
    found = _KEY.match(lines[number]) if number < len(lines) else None
    value = lines[number][found.end() :].strip() if found else ""
    quoted = json.dumps(value.strip("\"'"), ensure_ascii=False)
    for said in (value, quoted)[: 2 - value.startswith(("{", "["))] if value else ():
        line = f"{found[1]}{found[2]}: {said}" if found else ""
        if _composed("\n".join([*lines[:number], line, *lines[number + 1 :]])):
            return line
    return ""


def _composed(text: str) -> yaml.Node | None:
    """What YAML reads in a text; None where it cannot."""
    with suppress(yaml.YAMLError):
        return yaml.compose(text, Loader=AS_TYPED)
    return None
