"""Changes values in the text of an editor's file, YAML or the front matter of Markdown: all else stays as it was typed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from gazette.base import strict_yaml
from gazette.base.line_ends import line_end, lines_of
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Document, Location, Plain
from gazette.content.front_matter import split
from gazette.editing.yaml_text import after, block, flow, scalar


def changed(
    text: str, document: Document, edits: Mapping[Location, Plain | None], order: Sequence[str] = ()
) -> str:
    """The text of a file with other values in the mapping that `document` read of it, each at its path; None removes one.

    A key that is not there is added, a top-level one in its `order` if that has it; a list's next index adds an item.
    Indexes are those of the lists as they are: what is removed is removed last.
    Raises Refused where the text would not read as meant.
    """
    file = _File(text, document)
    if document.node is None:
        raise file.refused(())
    by_index = sorted(edits.items(), key=lambda edit: [step for step in edit[0] if isinstance(step, int)])
    kept = [edit for edit in by_index if edit[1] is not None]
    for path, value in [*kept, *(edit for edit in reversed(by_index) if edit[1] is None)]:
        meant = _with(file.document.data, path, value)
        if meant is None:
            raise file.refused(path)
        file = _edited(file, path, value, order)
        if file.document.data != meant:
            raise file.refused(path)
    return file.text


def new_file(data: Mapping[str, Plain]) -> str:
    """The text of a new file of these values."""
    return block(dict(data), 0) + "\n"


def at(data: Plain, path: Location) -> Plain | None:
    """The value at a path; None where there is none."""
    for step in path:
        if isinstance(data, dict) and step in data:
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data


def _with(data: Plain, path: Location, value: Plain | None) -> Plain | None:
    """The values with another at a path; None where the path leads nowhere."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, str) and (isinstance(data, dict) or not data):
        parts: dict[str, Plain] = dict(data) if isinstance(data, dict) else {}
        if value is None and (step not in parts or not rest):
            return {key: part for key, part in parts.items() if key != step} if parts else data
        part = _with(parts.get(step, ""), rest, value)
        return None if part is None else {**parts, step: part}
    if isinstance(step, int) and (isinstance(data, list) or not data):
        items: list[Plain] = data if isinstance(data, list) else []
        if not 0 <= step <= len(items):
            return None
        if value is None and (step == len(items) or not rest):
            return [*items[:step], *items[step + 1 :]] if items else data
        part = _with(items[step] if step < len(items) else "", rest, value)
        return None if part is None else [*items[:step], part, *items[step + 1 :]]
    return None


@dataclass(frozen=True)
class _File:
    """The text of a file, with the line ends and byte-order mark that it has, and what is read of it."""

    text: str
    document: Document

    def refused(self, path: Location) -> Refused:
        place = self.document.position(path)
        return Refused("edit-by-hand", file=place.path, line=place.line, key=".".join(map(str, path)))

    def spliced(self, start: int, end: int, words: str) -> _File:
        """The file with these words in a span, their lines ended as the line of the span is."""
        lines = lines_of(self.text)
        ending = line_end(lines[: len(lines_of(self.text[:start] + "."))])
        text = self.text[:start] + words.replace("\n", ending) + self.text[end:]
        raw, path = text.encode("utf-8"), self.document.path
        again = split(raw, path) if self.document.first_line > 1 else strict_yaml.read(raw, path)
        return _File(text, again[0])

    def offset(self, mark: yaml.Mark) -> int:
        """Where in the text a mark of the parser stands, which counts neither line ends nor a byte-order mark."""
        line = mark.line + self.document.first_line - 1
        before = sum(map(len, lines_of(self.text)[:line]))
        return before + mark.column + (not line and self.text.startswith("\ufeff"))

    def start(self, node: yaml.Node) -> int:
        return self.offset(node.start_mark)

    def end(self, node: yaml.Node) -> int:
        """Where a value ends: without the lines below it that are empty or comments."""
        while isinstance(node, yaml.CollectionNode) and not node.flow_style:
            node = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        start = self.start(node)
        return start + len(self.text[start : self.offset(node.end_mark)].rstrip())

    def line_start(self, offset: int) -> int:
        return offset - len(re.split(r"[\r\n]", self.text[:offset])[-1])

    def line_break(self, offset: int) -> re.Match[str]:
        """The end of the line that an offset is in; the file may lack the last."""
        found = re.compile(r"\r\n|\r|\n|\Z").search(self.text, offset)
        assert found
        return found


@dataclass(frozen=True)
class _Entry:
    """A key with its value, or an item of a list."""

    parent: yaml.CollectionNode
    number: int
    in_flow: bool

    @property
    def value(self) -> yaml.Node:
        found = self.parent.value[self.number]
        value: yaml.Node = found[1] if isinstance(self.parent, yaml.MappingNode) else found
        return value

    def start(self, file: _File) -> int:
        """Where its key or dash stands; in brackets, the item."""
        if isinstance(self.parent, yaml.MappingNode):
            return file.start(self.parent.value[self.number][0])
        start = file.start(self.value)
        return start if self.in_flow else file.text.rindex("-", 0, start)

    def lead(self, file: _File) -> int:
        """Where its colon or dash ends."""
        if isinstance(self.parent, yaml.MappingNode):
            return file.text.index(":", file.offset(self.parent.value[self.number][0].end_mark)) + 1
        return self.start(file) + 1


def _entry(file: _File, path: Location) -> _Entry | None:
    """The entry at a path; None where there is none."""
    node: yaml.Node | None = file.document.node
    entry, in_flow = None, False
    for step in path:
        assert isinstance(node, yaml.CollectionNode)
        in_flow = in_flow or bool(node.flow_style)
        keys = (
            [key.value for key, _ in node.value]
            if isinstance(node, yaml.MappingNode)
            else range(len(node.value))
        )
        if step not in keys:
            return None
        entry = _Entry(node, list(keys).index(step), in_flow)
        node = entry.value
    return entry


def _edited(file: _File, path: Location, value: Plain | None, order: Sequence[str]) -> _File:
    """The file with another value at a path that leads somewhere: only what differs from the value there is written."""
    old = at(file.document.data, path)
    if old == value:
        return file
    if isinstance(old, dict) and isinstance(value, dict) and old and value:
        for key in [*value, *(key for key in old if key not in value)]:
            file = _edited(file, (*path, key), value.get(key), order)
        return file
    if isinstance(old, list) and isinstance(value, list) and old and value:
        return _edited_list(file, path, value, order)
    entry = _entry(file, path)
    if value is None:
        return _removed(file, path, entry) if entry else file
    if entry:
        return _replaced(file, entry, value)
    if len(path) > 1 and not at(file.document.data, path[:-1]):
        return _edited(file, path[:-1], {path[-1]: value} if isinstance(path[-1], str) else [value], order)
    return _added(file, path, value, order)


def _edited_list(file: _File, path: Location, value: list[Plain], order: Sequence[str]) -> _File:
    """The same of a list: items that came or went among others move none of them."""
    old = at(file.document.data, path)
    assert isinstance(old, list)
    shorter, more = min(len(old), len(value)), len(value) - len(old)
    alike = next((number for number in range(shorter) if old[number] != value[number]), shorter)
    for number in reversed(range(alike, alike - more)):
        file = _edited(file, (*path, number), None, order)
    if alike < len(old) and more > 0 and old[alike:] == value[alike + more :]:
        for number in range(alike, alike + more):
            file = _inserted(file, (*path, number), value[number])
    for number, part in enumerate(value):
        file = _edited(file, (*path, number), part, order)
    return file


def _inserted(file: _File, path: Location, value: Plain) -> _File:
    """The file with an item more in a list, before the one at the path."""
    entry = _entry(file, path)
    assert entry
    start, column = entry.start(file), entry.parent.start_mark.column
    if entry.in_flow:
        return file.spliced(start, start, f"{flow(value)}, ")
    return file.spliced(start, start, f"-{after(value, column, of_list=True)}\n{' ' * column}")


def _replaced(file: _File, entry: _Entry, value: Plain) -> _File:
    node, column = entry.value, entry.parent.start_mark.column
    start, end = file.start(node), file.end(node)
    if isinstance(node, yaml.ScalarNode) and isinstance(value, str):
        typed = re.search(r"[\r\n]( +)\S", file.text[start:end]) if node.style in ("|", ">") else None
        words = scalar(value, node.style, len(typed[1]) if typed else column + 2, entry.in_flow)
    elif entry.in_flow:
        words = flow(value)
    else:
        start = entry.lead(file)
        words = after(value, column, of_list=isinstance(entry.parent, yaml.SequenceNode))
    space = " " if file.text[start - 1] in ":-" and words[0] not in " \n" else ""
    return file.spliced(start, end, space + words)


def _removed(file: _File, path: Location, entry: _Entry) -> _File:
    """The file without an entry: its lines, or its words and a comma; the last of a list or map leaves that empty."""
    siblings = len(entry.parent.value)
    if siblings == 1:
        if len(path) == 1:
            raise file.refused(path)
        return _edited(file, path[:-1], [] if isinstance(entry.parent, yaml.SequenceNode) else {}, ())
    start, end = entry.start(file), file.end(entry.value)
    if not entry.in_flow and not file.text[file.line_start(start) : start].strip(" \ufeff"):
        return file.spliced(file.line_start(start), file.line_break(end).end(), "")
    if entry.number + 1 < siblings:
        end = _Entry(entry.parent, entry.number + 1, entry.in_flow).start(file)
        between = file.text[file.end(entry.value) : end]
    else:
        start = file.end(_Entry(entry.parent, entry.number - 1, entry.in_flow).value)
        between = file.text[start : entry.start(file)]
    if "#" in between:  # A comment, which is not of the entry.
        raise file.refused(path)
    return file.spliced(start, end, "")


def _added(file: _File, path: Location, value: Plain, order: Sequence[str]) -> _File:
    """The file with an entry more in a list or map that has some."""
    above = _entry(file, path[:-1]) if path[:-1] else None
    parent = above.value if above else file.document.node
    assert isinstance(parent, yaml.CollectionNode)
    step, of_list = path[-1], isinstance(parent, yaml.SequenceNode)
    in_flow = bool(parent.flow_style) or bool(above and above.in_flow)
    last = parent.value[-1] if of_list else parent.value[-1][1]
    if in_flow:
        words = flow(value) if of_list else f"{flow(str(step))}: {flow(value)}"
        return file.spliced(file.end(last), file.end(last), f", {words}")
    column = parent.start_mark.column
    words = f"-{after(value, column, of_list)}" if of_list else f"{flow(str(step))}:{after(value, column)}"
    if not path[:-1] and step in order:
        before = order[: order.index(str(step))]
        placed = [value for key, value in parent.value if key.value in before]
        if not placed and any(key.value in order for key, _ in parent.value):
            first = file.start(parent)
            return file.spliced(first, first, f"{words}\n{' ' * column}")
        last = placed[-1] if placed else last
    stands = file.line_break(file.end(last)).start()
    return file.spliced(stands, stands, f"\n{' ' * column}{words}")
