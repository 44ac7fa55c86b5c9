"""A line that YAML cannot read, or reads as something else: which mistake it is, and the line as it should be."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

import yaml

from gazette.base.bounds import MOST_MENDED
from gazette.base.yaml_loader import compose

DASHES = "-－–—•●·"
"""What is typed for the dash of an item; in YAML that is a hyphen with a space after it."""

_HEAD = re.compile(r"(\s*(?:- +)*)((?:[\w-]+|\"[^\"]*\") *: +)?")
"""What stands before the value of a line: its indentation and dash, its key."""
_WORD = "[A-Za-z_]+"
_CURLY = "“”„‟＂"
_FULL_WIDTH = re.compile(f"[：，、｛｝［］【】（）＃{_CURLY}{DASHES[1:]}]")


class Mended(NamedTuple):
    """The code of a mistake, where it is (line and column from 0), and the lines from there on as they should be."""

    code: str
    line: int
    column: int
    right: str


def mended(text: str, near: Iterable[int]) -> Mended | None:
    """What is wrong in a text that YAML cannot read, looked for at the lines `near` first; None where that is not found."""
    if len(text) > MOST_MENDED:
        return None
    lines = text.split("\n")
    near = [number for number in dict.fromkeys(near) if 0 <= number < len(lines)]
    for code, mend in _MENDS:
        for number in near:
            made = [*lines[:number], mend(lines[number]), *lines[number + 1 :]]
            if is_mapping(made):
                return _between(lines, made, code)
        made = [mend(line) for line in lines]
        if is_mapping(made):
            return _between(lines, made, code)
    for number in near:
        for code, line in _otherwise(lines, number):
            made = [*lines[:number], line, *lines[number + 1 :]]
            if is_mapping(made):
                return _between(lines, made, code)
    made = [with_gaps(with_ascii_marks(with_plain_spaces(line))) for line in lines]
    return _between(lines, made, "yaml-syntax") if is_mapping(made) else None


def mended_line(text: str, line: int, code: str) -> Mended:
    """A line of a text with what a code tells of put right."""
    return mended_lines(text, line, line, code)


def mended_lines(text: str, first: int, last: int, code: str) -> Mended:
    """The same of several lines."""
    lines, mend = text.split("\n"), dict(_MENDS)[code]
    made = [mend(line) if first <= number <= last else line for number, line in enumerate(lines)]
    return _between(lines, made, code, first)


def is_mapping(lines: Iterable[str]) -> bool:
    """Whether YAML reads keys and values in lines."""
    with suppress(yaml.YAMLError):
        return isinstance(compose("\n".join(lines)), yaml.MappingNode)
    return False


def with_plain_spaces(line: str) -> str:
    """A line with plain spaces for tabs, no-break spaces and those of full width, where they set out its parts."""
    indent = line[: len(line) - len(line.lstrip())]
    line = indent.replace("\t", "  ").replace("\u3000", "  ") + line.lstrip().rstrip()
    line = re.sub(r"^(\s*)-[^\S ]\s*", r"\1- ", line)
    line = re.sub(rf"^(\s*(?:- +)?{_WORD}:)\s+", r"\1 ", line)
    line = re.sub(rf"^(\s*(?:- +)?{_WORD})[\t\u3000]+(?=\S)", r"\1: ", line)
    return re.sub(r"^\s+", lambda found: " " * len(found[0]), line)


def with_ascii_marks(line: str) -> str:
    """A line with ASCII colons, commas, quotes, brackets, hashes and dashes, where they are YAML's and not of a text."""
    if not _FULL_WIDTH.search(line):
        return line
    line = re.sub(rf"^(\s*)[{DASHES[1:]}]\s*", r"\1- ", re.sub(r"^(\s*)＃", r"\1#", line))
    line = re.sub(r"^(\s*(?:- +)?)([^\s:：,，{}｛\[\]“\"'#]+)：\s*", r"\1\2: ", line).rstrip()
    head = _HEAD.match(line)
    assert head
    start, value = line[: head.end()], line[head.end() :].rstrip()
    if value[:1] in ("{", "｛", "（") and re.search(rf"{_WORD}[:：]", value):
        return start + _braces(value)
    if value[:1] in ("[", "［", "【") and re.fullmatch(
        r"[\[［【][\sA-Za-z0-9_/.,，、“”'\"-]*[\]］】]", value
    ):
        items = re.split(r"\s*[,，、]\s*", value[1:-1].strip())
        return f"{start}[{', '.join(item.strip(_CURLY) for item in items)}]"
    if value[:1] and value[0] in f'"{_CURLY}' and value[-1] in f'"{_CURLY}' and len(value) > 1:
        return start + json.dumps(value[1:-1].replace('\\"', '"'), ensure_ascii=False)
    return line


def _braces(value: str) -> str:
    """A mapping in braces with ASCII marks between its keys and values."""
    inner = value.strip().lstrip("{｛（")
    inner = re.sub(r"[}｝）]+$", "", inner)
    inner = re.sub(rf"((?:^|[,，、])\s*)({_WORD})\s*：\s*", r"\1\2: ", inner)
    inner = re.sub(rf"\s*[，、]\s*(?={_WORD}: )", ", ", inner)
    inner = re.sub(rf"(?<=: )[{_CURLY}\"]([^{_CURLY}\"]*)[{_CURLY}\"](?=\s*(?:,|$))", r'"\1"', inner)
    return f"{{{inner.strip()}}}"


def with_gaps(line: str) -> str:
    """A line with a space after its dash and its colons."""
    line = re.sub(r"^(\s*)-(?=[^\s-])", r"\1- ", line)
    line = re.sub(rf"^(\s*(?:- )?{_WORD}):(?=[^\s/])", r"\1: ", line)
    return re.sub(rf"([{{,]\s*{_WORD}):(?=[^\s/}},])", r"\1: ", line) if "{" in line else line


def _balanced(line: str) -> str:
    """A line with as many brackets closed as are opened, and a comma before each key in braces."""
    made = line.rstrip()
    for opening, closing in ("{}", "[]"):
        missing = made.count(opening) - made.count(closing)
        made = made + closing * missing if missing > 0 else re.sub(rf"\{closing}{{{-missing}}}$", "", made)
    return made


def _with_commas(line: str) -> str:
    return re.sub(rf"(?<=[^\s{{,]) +(?={_WORD}: )", ", ", line) if "{" in line else line


_MENDS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("tab-indent", lambda line: with_plain_spaces(line) if "\t" in line else line),
    ("unusual-space", with_plain_spaces),
    ("full-width-mark", with_ascii_marks),
    ("missing-space", with_gaps),
    ("brackets", _balanced),
    ("missing-comma", _with_commas),
)
"""Each mistake that a line shows by itself, and what puts it right."""


def _otherwise(lines: list[str], number: int) -> Iterator[tuple[str, str]]:
    """A line with its value as one text in quotes, or indented as those around it are."""
    line = lines[number]
    head = _HEAD.match(line)
    assert head
    value = line[head.end() :].strip()
    if value.startswith("---"):  # Another document begins.
        return
    above = next((other for other in reversed(lines[:number]) if other.strip()), "")
    if value and head[2] and not value.startswith(("{", "- ")):
        if value[0] in "\"'" and value.endswith(","):
            yield "yaml-quotes", line[: head.end()] + value.rstrip(",")
        quoted = value.strip("\"'").replace('\\"', '"')
        code = "yaml-quotes" if value[0] in "\"'" else "text-needs-quotes"
        yield code, line[: head.end()] + json.dumps(quoted, ensure_ascii=False)
    if head[2] and value.startswith("- "):
        yield "missing-brackets", f"{line[: head.end()]}[{value[2:]}]"
    if value.startswith("{"):
        yield "yaml-quotes", line[: head.end()] + re.sub(r": '(.*?)'(?=\}$|, \w+:)", lambda found: f": {json.dumps(found[1], ensure_ascii=False)}", value)  # fmt: skip
    indent = len(above) - len(above.lstrip())
    inside = len(above) - len(re.sub(r"^\s*- +", "", above)) if above.lstrip().startswith("- ") else indent
    columns = (indent, inside) if line.lstrip().startswith("- ") else (inside, indent)
    for column in dict.fromkeys((*columns, 0, indent + 2)):
        yield "tab-indent" if "\t" in line[: head.end()] else "indentation", " " * column + line.strip()


def _between(before: list[str], after: list[str], code: str, default: int = 0) -> Mended:
    """The lines from the first that differs to the last, as they are after it."""
    differ = [number for number, line in enumerate(before) if line != after[number]] or [default]
    first, last = differ[0], differ[-1]
    pairs = zip(before[first], after[first], strict=False)
    column = next((number for number, (one, other) in enumerate(pairs) if one != other), len(before[first]))
    right = "\n".join(after[first : last + 1])
    return Mended(code, first, min(column, len(before[first])), right)
