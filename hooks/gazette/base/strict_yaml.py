"""YAML text to plain strings, lists and maps, with the position of each; nothing else YAML can do is allowed.

Every scalar stays the text that was typed, so that `29:06`, `no`, `010` and `2021-06-01` mean themselves;
the record models decide types. Duplicate keys, tags, anchors, aliases and merge keys are refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from gazette.base.diagnostics import Diagnostic, Position


class _Loader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """The C parser, ten times faster; a platform without libyaml gets the same answers from the Python one.

    It asks of every node what type it may have; here all scalars are text.
    """

    @staticmethod
    def resolve(_kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """The tag that a node without one gets; nothing reads it."""
        return ""

    @staticmethod
    def descend_resolver(_parent: object, _index: object) -> None:
        """Part of asking for the type."""

    @staticmethod
    def ascend_resolver() -> None:
        """Part of asking for the type."""


_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
Location: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed mapping; `position` finds any part of it again in its file."""

    path: str
    data: dict[str, Plain]
    node: yaml.MappingNode | None
    first_line: int = 1

    def position(self, location: Location, *, of_key: bool = False) -> Position:
        """Where `location`, a path of keys and indexes, stands; for a missing part, its nearest parent.

        With `of_key` the position is that of the last key found rather than of its value.
        """
        node: yaml.Node | None = self.node
        key_node: yaml.Node | None = None
        for step in location:
            found = _child(node, step)
            if found is None:
                break
            key_node, node = found
        mark = key_node if of_key and key_node is not None else node
        if mark is None:
            return Position(self.path, self.first_line)
        return Position(self.path, self.first_line + mark.start_mark.line, mark.start_mark.column + 1)


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


def parse(text: str, path: str, *, first_line: int = 1) -> tuple[Document, list[Diagnostic]]:
    """Parse one YAML mapping.

    `first_line` is the line of the file on which `text` begins (front matter starts on its line 2).
    Returns the document, empty where the text could not be read, and what is wrong with it.
    """
    empty = Document(path, {}, None, first_line)
    if invisible := _invisible_character(text, path, first_line):
        return empty, [invisible]
    try:
        refused = _refuse_extras(text, path, first_line)
        node = None if refused else yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        return empty, [syntax_error(error, text, path, first_line)]
    if refused:
        return empty, refused
    if node is None:
        return empty, [Diagnostic(Position(path, first_line), "empty-file")]
    if not isinstance(node, yaml.MappingNode):
        return empty, [Diagnostic(_place(node, path, first_line), "not-a-mapping")]
    problems: list[Diagnostic] = []
    data = _plain(node, path, first_line, problems)
    assert isinstance(data, dict)
    return Document(path, data, node, first_line), problems


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _plain(node: yaml.Node, path: str, first_line: int, problems: list[Diagnostic]) -> Plain:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, path, first_line, problems) for child in node.value]
    result: dict[str, Plain] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            problems.append(Diagnostic(_place(key, path, first_line), "key-not-a-word"))
            continue
        if key.value in result:
            earlier = next(other for other, _ in node.value if other.value == key.value)
            line = _place(earlier, path, first_line).line
            problems.append(
                Diagnostic(_place(key, path, first_line), "duplicate-key", {"key": key.value, "line": line})
            )
        result[key.value] = _plain(value, path, first_line, problems)
    return result


def _place(node: yaml.Node, path: str, first_line: int) -> Position:
    return Position(path, first_line + node.start_mark.line, node.start_mark.column + 1)


def _refuse_extras(text: str, path: str, first_line: int) -> list[Diagnostic]:
    """Tags, anchors, aliases and merge keys; only a text that has their characters is looked at closely."""
    if not any(character in text for character in ("!", "&", "*", "<<")):
        return []
    problems = []
    for event in yaml.parse(text, Loader=_Loader):
        kind = None
        if isinstance(event, yaml.AliasEvent):
            kind = "yaml-alias"
        elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
            kind = "yaml-anchor"
        elif getattr(event, "tag", None) is not None:
            kind = "yaml-tag"
        elif isinstance(event, yaml.ScalarEvent) and event.value == "<<" and not event.style:
            kind = "yaml-merge-key"
        if kind:
            line, column = (event.start_mark.line, event.start_mark.column) if event.start_mark else (0, 0)
            problems.append(
                Diagnostic(
                    Position(path, first_line + line, column + 1),
                    kind,
                    {"text": text.splitlines()[line][column:].strip()},
                )
            )
    return problems


def syntax_error(error: yaml.MarkedYAMLError, text: str, path: str, first_line: int) -> Diagnostic:
    """What the parser refused, with its place; `first_line` is that of the file on which `text` begins."""
    unclosed_quote = "quoted scalar" in (error.context or "")
    mark = (error.context_mark if unclosed_quote else error.problem_mark) or error.context_mark
    place = Position(path, first_line + mark.line, mark.column + 1) if mark else Position(path, first_line)
    lines = text.splitlines()
    wrong_line = (
        lines[error.problem_mark.line] if error.problem_mark and error.problem_mark.line < len(lines) else ""
    )
    if "\t" in wrong_line[: _indent(wrong_line)]:
        return Diagnostic(
            Position(path, place.line, wrong_line.index("\t") + 1), "tab-indent", {"line": wrong_line.strip()}
        )
    return Diagnostic(place, "yaml-syntax", {"problem": error.problem or error.context})


def _invisible_character(text: str, path: str, first_line: int) -> Diagnostic | None:
    """A control character or a line separator other than the newline; YAML refuses or miscounts them."""
    found = _INVISIBLE.search(text)
    if found is None:
        return None
    before = text[: found.start()]
    return Diagnostic(
        Position(path, first_line + before.count("\n"), len(before) - before.rfind("\n")),
        "control-character",
        {"character": f"U+{ord(found[0]):04X}"},
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))
