"""What both parsers of Markdown read alike and no page may have: second titles, what vanishes, what runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from gazette.checks.markdown.outline import Reading
from gazette.checks.markdown.rewriting import paragraph
from gazette.content.calls import CODE

_YEAR = 1000
"""A number that no list begins with."""
_ITEM = re.compile(
    r"\s*(?:(\d+)[ \t]*[、.．)）](?=\D)|[-+*•●○◦▪■·・–－](?=\s|[^\x00-\x7f]))[ \t\u3000]*(?=\S)|(?=\s*\|.*\|)"
)
"""What an item of a list begins with, also in a letter, and what a row of a table does."""

_NOTE = re.compile(rf"{CODE}|\\.|\[\^(?P<name>[^\]\n]+)\](?!:)", re.DOTALL | re.MULTILINE)
_DEFINITION = re.compile(r"(?:[ \t>]|[-+*][ \t]|\d+[.)][ \t])*\[(?P<name>[^\]]+)\]:")
"""The beginning of a line that defines a note or a link."""


class Unwanted(NamedTuple):
    """A line, counted from 0, the code of a message with its values, the right form, and the first line that it is of."""

    line: int
    code: str
    right_form: str
    first: int
    values: Mapping[str, object] = {}


def unwanted(text: str, reading: Reading) -> Iterator[Unwanted]:
    """All that is wrong with a text that has one reading."""
    lines = text.split("\n")
    for token, inner in zip(reading.tokens, reading.tokens[1:], strict=False):
        line = token.map[0] if token.map else 0
        if token.type == "heading_open" and (token.markup in ("=", "-") or token.tag == "h1"):
            code = "underlined-heading" if token.markup in ("=", "-") else "second-title"
            yield Unwanted(line, code, "## " + inner.content.replace("\n", " "), line)
        elif token.type == "ordered_list_open" and int(token.attrs.get("start", 1)) >= _YEAR:
            yield Unwanted(line, "list-from-a-year", re.sub(r"^(\s*\d+)", r"\1\\", lines[line]), line)
        elif token.type == "paragraph_open":
            yield from _run_on(inner.content.split("\n"), line)
    yield from _cut(lines, reading)
    yield from _undefined(text, lines, reading)
    for line in sorted({*reading.repeated, *_second_notes(lines, reading)}):
        if found := _DEFINITION.match(lines[line]):
            yield Unwanted(line, "defined-twice", "", line, {"mark": f"[{found['name']}]"})
    for name in reading.definitions:
        label = re.compile(rf"\[{re.escape(name)}\]", re.IGNORECASE)
        if len(label.findall(text)) < 2 and (found := label.search(text)):
            line = text.count("\n", 0, found.start())
            yield Unwanted(line, "unused-definition", re.sub(r"^(\s*)\[", r"\1\\[", lines[line]), line)


def _undefined(text: str, lines: list[str], reading: Reading) -> Iterator[Unwanted]:
    """The first reference of a paragraph to a note that is not there, with all such notes of the paragraph."""
    found = [note for note in _NOTE.finditer(text) if note["name"] and note["name"] not in reading.notes]
    told = set[str]()
    for note in found:
        if note["name"] in told:
            continue
        line = text.count("\n", 0, note.start())
        first, last = paragraph(lines, line)
        right = "\n".join(lines[first:last])
        names = [name for name in dict.fromkeys(other["name"] for other in found) if f"[^{name}]" in right]
        for name in names:
            plain = "".join(name.split())
            right = right.replace(f"[^{name}]", f"[^{plain}]") + f"\n\n[^{plain}]: …" * (name not in told)
        told.update(names)
        yield Unwanted(line, "undefined-note", right, first, {"mark": note[0]})


def _second_notes(lines: list[str], reading: Reading) -> Iterator[int]:
    """The lines that define a note whose name has one already: of two, the parser that publishes drops one."""
    code = {
        line
        for token in reading.tokens
        if token.map and token.type in ("fence", "code_block", "html_block")
        for line in range(*token.map)
    }
    defined = set[str]()
    for line, words in enumerate(lines):
        found = None if line in code else _DEFINITION.match(words)
        if found and found["name"].startswith("^"):
            if found["name"] in defined:
                yield line
            defined.add(found["name"])


def _run_on(lines: list[str], first: int) -> Iterator[Unwanted]:
    """The first line of a paragraph, but for its own first, that looks like an item of a list."""
    items = [_ITEM.match(line) for line in lines]
    place = next((place for place, item in enumerate(items) if item and place), None)
    if place is None or (items[0] and not lines[0].lstrip()[0].isalnum()):
        return  # An item that begins with what is no mark of Markdown is told by itself.
    right: list[str] = []
    is_item = True
    for line, item in zip(lines, items, strict=True):
        is_year = item is not None and int(item[1] or 0) >= _YEAR
        if is_year or (item and not is_item):
            right.append("")
        mark = f"{item[1]}. " if item and item[1] else "- "
        made = mark + line[item.end() :] if item and item[0] else line
        right.append(re.sub(r"^(\s*\d+)(?=[.)])", r"\1\\", line) if is_year else made)
        is_item = bool(item) and not is_year
    values = {"mark": lines[place].strip()[:12]}
    yield Unwanted(first + place, "run-on-item", "\n".join(right).lstrip("\n"), first, values)


def _cut(lines: list[str], reading: Reading) -> Iterator[Unwanted]:
    """Rows with more cells than the head of their table."""
    columns = 0
    for token in reading.tokens:
        if token.type == "tr_open" and token.map:
            row = lines[token.map[0]]
            bars = _bars(row)
            columns = columns or len(bars) + 1
            if len(bars) >= columns:
                parts = [row[start:end] for start, end in pairwise([0, *bars[columns - 1 :], len(row)])]
                yield Unwanted(token.map[0], "cells-cut", "\\".join(parts), token.map[0])
        elif token.type == "table_close":
            columns = 0


def _bars(row: str) -> list[int]:
    """Where the bars between the cells of a row of a table stand."""
    blank = re.sub(r"\\.|(`+).*?\1|^\s*\||\|\s*$", lambda found: " " * len(found[0]), row)
    return [place for place, character in enumerate(blank) if character == "|"]
