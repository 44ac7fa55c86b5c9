"""Lines of a text with their line ends, whatever those are, so that a file may change in one line and stay itself in all others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


def lines_of(text: str) -> list[str]:
    """Each line of a text with its line end, which the last may lack."""
    return _LINE.findall(text)


def line_end(lines: Sequence[str]) -> str:
    """The last line end that there is among some lines; a line feed where there is none."""
    return next((line[len(line.rstrip("\r\n")) :] for line in reversed(lines) if line[-1:] in "\r\n"), "\n")


def renewed(before: str, lines: Iterable[str]) -> str:
    """A text of these lines, with the line ends, comments and marks of an end that stand in the text `before`.

    A line is known by what is before its first `: `. A comment goes with the next line that is still there.
    """
    mark = before[: before.startswith("\ufeff")]
    typed = lines_of(before.removeprefix(mark))
    now = {_key(line): line for line in lines}
    above: dict[str, list[str]] = {}
    ends: dict[str, str] = {}
    loose: list[str] = []
    for line in typed:
        if _key(line) in now:
            above[_key(line)], loose = loose, []
            ends[_key(line)] = line_end([line])
        elif line.lstrip().startswith(("#", "...", "---")):
            loose.append(line)
    made: list[str] = []
    for key, line in now.items():
        made += above.get(key, ())
        made.append(line + ends.get(key, line_end(made or typed)))
    return mark + "".join(made + loose)


def _key(line: str) -> str:
    return line.strip() if line.lstrip().startswith("#") else line.partition(": ")[0].strip()
