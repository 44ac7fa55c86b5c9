"""What YAML takes for something else than it was typed for, and says nothing of: parts that are cut off or run together."""

from __future__ import annotations

import json
import re
from itertools import takewhile

import yaml

from gazette.base.yaml_mending import DASHES, Mended, mended_line, mended_lines, with_plain_spaces

CODES = {"unusual-space", "missing-space", "full-width-mark", "comma-in-braces", "item-in-text"}
"""The messages after which nothing else of a document is told: the rest would be about what was never meant."""
SUSPECT = {*DASHES, *"｛（［【"}
"""With what a text begins that may be no text."""

_BRACKETED = re.compile(r"[｛（].*[A-Za-z_]+[:：].*[｝）]|[［【][\w/.,，、 “”-]+[］】]", re.ASCII | re.DOTALL)
"""What would be a mapping or a list, were its brackets ASCII."""
_KEY = re.compile(r"\n[ \u3000]*(?=[A-Za-z_]+：)")
"""Where a line of unquoted text is a key with a full-width colon, and would be joined to the line above."""

_FURTHER = re.compile(r"\n( *)(?![ \n\]}]|\Z)")
"""Where a further line of a value begins, but for one that only ends it."""


def misread_key(pairs: list[tuple[yaml.Node, yaml.Node]], number: int, text: str) -> Mended | None:
    """What is wrong with one of the keys of a mapping; None where nothing is."""
    key, value = pairs[number]
    line = key.start_mark.line
    if not isinstance(key, yaml.ScalarNode) or key.style:
        return None
    if key.value[:1].isspace():
        typed = with_plain_spaces(text.split("\n")[line]).lstrip()
        return Mended("unusual-space", line, 0, " " * pairs[0][0].start_mark.column + typed)
    if text.startswith("?", key.start_mark.index - 1):  # YAML takes the mark away.
        typed, at = text.split("\n")[line], key.start_mark.column
        right = f"{typed[: at - 1]}{json.dumps(f'?{key.value}', ensure_ascii=False)}{typed[at + len(key.value) :]}"
        return Mended("text-needs-quotes", line, at - 1, right)
    if value.value or text[key.end_mark.index :].lstrip().startswith(":"):
        return None
    if joint := re.match("[A-Za-z_]+([:：])", key.value):
        return mended_line(text, line, "missing-space" if joint[1] == ":" else "full-width-mark")
    return _cut_off(pairs, number, text)


def _cut_off(pairs: list[tuple[yaml.Node, yaml.Node]], number: int, text: str) -> Mended | None:
    """A text or a number in braces that its own comma cuts in two: with the rest of it in one, in quotes."""
    rest = [key for key, value in takewhile(lambda pair: pair[0].end_mark.index == pair[1].start_mark.index, pairs[number:])]  # fmt: skip
    if not rest:  # The key stands after `?`.
        return None
    first, last = pairs[number - 1][1] if number else rest[0], rest[-1]
    if first.start_mark.line != last.end_mark.line:
        return None
    begin = text.rfind("\n", 0, first.start_mark.index) + 1
    end = text.find("\n", last.end_mark.index)
    value = text[first.start_mark.index : last.end_mark.index]
    number_typed = re.fullmatch(r"[\d,\s]+", value)
    whole = (
        re.sub(r"\D", "", value) if number_typed else json.dumps(value.replace('"', ""), ensure_ascii=False)
    )
    right = (
        text[begin : first.start_mark.index] + whole + text[last.end_mark.index : end if end >= 0 else None]
    )
    at = pairs[number][0].start_mark
    return Mended("comma-in-braces", at.line, at.column, right)


def less_indented(value: yaml.Node, column: int, text: str) -> Mended | None:
    """A further line of a value in quotes or brackets that is indented no more than its key or dash, at `column`."""
    start, end = value.start_mark, value.end_mark
    if isinstance(value, yaml.CollectionNode):
        in_marks = bool(value.flow_style)
    else:
        in_marks = isinstance(value, yaml.ScalarNode) and value.style in ("'", '"')
    if not in_marks or start.line == end.line:
        return None
    for found in _FURTHER.finditer(text, start.index, end.index):
        if len(found[1]) <= column:
            line = start.line + text.count("\n", start.index, found.start(1))
            words = text[found.start(1) :].partition("\n")[0].strip()
            return Mended("indentation", line, len(found[1]), f"{' ' * (column + 2)}{words}")
    return None


def misread_text(node: yaml.ScalarNode, text: str) -> Mended | None:
    """What an unquoted text was typed for, where that is no text: items, brackets; None where it is one."""
    typed = text[node.start_mark.index : node.end_mark.index]
    first, last = node.start_mark.line, node.start_mark.line + typed.rstrip().count("\n")
    if typed[0] in DASHES:
        begins = not text[text.rfind("\n", 0, node.start_mark.index) + 1 : node.start_mark.index].strip()
        if not begins or re.match(r"-[-\d\s]|——", typed):
            return None
        return mended_lines(text, first, last, "missing-space" if typed[0] == "-" else "full-width-mark")
    return mended_line(text, first, "full-width-mark") if _BRACKETED.fullmatch(typed.strip()) else None


def key_in_text(node: yaml.ScalarNode, text: str) -> Mended | None:
    """A key with a full-width colon on a further line of an unquoted text."""
    found = _KEY.search(text, node.start_mark.index, node.end_mark.index)
    return mended_line(text, text.count("\n", 0, found.end()), "full-width-mark") if found else None
