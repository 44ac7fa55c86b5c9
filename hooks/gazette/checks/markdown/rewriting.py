"""Other ways to write a place of a Markdown text, which may be what was meant: the right form is found by trying them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

_SHOWN = 6
"""So many lines of a right form are shown."""
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_ADDRESS = re.compile(r"\]\([^()\"'\n]+\)")
_NUMBER = re.compile(r"(\d+)[.)][ \t]")
_ITEM = re.compile(r"^([ \t]*)(?:[-+*]|\d+[.)])[ \t]+")


def rewritten(text: str, number: int) -> Iterator[tuple[str, str]]:
    """The text with its line `number`, counted from 0, and those around it written otherwise, each with what to show of it."""
    lines = text.split("\n")
    line = lines[number] if number < len(lines) else ""
    first, last = paragraph(lines, number)
    around = lines[first:last]

    def put(start: int, end: int, new: list[str]) -> tuple[str, str]:
        same = unchanged(lines[start:end], new) if len(new) > _SHOWN else 0
        shown = new[same:] if new[:1] != [""] else [*lines[max(start - 1, 0) : start], *new]
        return "\n".join([*lines[:start], *new, *lines[end:]]), "\n".join(shown[:_SHOWN])

    yield put(number, number + 1, ["", line])
    yield put(first, last, _indented(around))
    yield put(
        first, last, [_ADDRESS.sub(lambda found: found[0].replace(" ", "%20"), each) for each in around]
    )
    for pattern, words in (
        (r"^(\s*#{1,6})(?=[^#\s])", r"\1 "),
        (r"^(\s*)(\d+)\)", r"\1\2."),
        (r"^(\s*)[+*](?= )", r"\1-"),
        (r"<(?!/?(?:[a-z][a-z0-9]*)[\s/>])", "&lt;"),
        (r"\\(?![\\`*_{}\[\]()>#+.!-])", ""),
        (r" *#+$", r""),
        (r"\{([^{}]*)\}", r"\\{\1}"),
        (r"^[ \t]{1,3}(?=\S)", "    "),
        (r"^[ \t]{1,3}(?=\S)", ""),
    ):
        new = [re.sub(pattern, words, each) for each in around]
        if new != around:
            yield put(first, last, new)
    for start in (None, _next_number(lines[:first])):
        yield put(first, last, _numbered(around, start))
        yield put(first, last, ["", *_numbered(_indented(around), start)])
    yield from (put(*fence) for fence in _without_fence(lines, number))
    for above in range(number, -1, -1):
        if tag := re.match(r"\s*<([a-z][a-z0-9]*)\b[^>]*>", lines[above] if lines else ""):
            yield put(above, above + 1, [f"{lines[above]}</{tag[1]}>", ""])
            break
    # As text.
    yield put(number, number + 1, [re.sub(r"^(\s*)(?:([-+*#|>:=\[])|(\d+)([.)]))", r"\1\3\\\2\4", line)])
    yield put(number, number + 1, [line.replace("<", "&lt;")])
    yield put(number, number + 1, [line.lstrip()])


def unchanged(before: Sequence[object], after: Sequence[object]) -> int:
    """How many lines, or other things, are the same from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))


def paragraph(lines: list[str], number: int) -> tuple[int, int]:
    """The lines around one up to the next empty ones."""
    first = last = min(number, len(lines) - 1)
    while first and lines[first - 1].strip():
        first -= 1
    while last < len(lines) and lines[last].strip():
        last += 1
    return first, max(last, first + 1)


def _indented(lines: list[str]) -> list[str]:
    """Items of lists with four spaces for each level."""
    widths = sorted({len(found[1].expandtabs(4)) for line in lines if (found := _ITEM.match(line))})
    depth = {width: " " * 4 * place for place, width in enumerate(widths)}
    return [
        depth[len(found[1].expandtabs(4))] + line.lstrip() if (found := _ITEM.match(line)) else line
        for line in lines
    ]


def _next_number(lines: list[str]) -> int:
    """The number after that of the last numbered item."""
    return next((int(found[1]) + 1 for line in lines[::-1] if (found := _NUMBER.match(line))), 1)


def _without_fence(lines: list[str], number: int) -> Iterator[tuple[int, int, list[str]]]:
    """The code between two fences by its indent, or with the fence that it ends with."""
    found = _FENCE.match(lines[number]) if number < len(lines) else None
    if found is None:
        return
    end = next((at for at in range(number + 1, len(lines)) if lines[at].strip() == found[1]), None)
    if end is None:
        last = paragraph(lines, number)[1]
        yield number, last, [*lines[number:last], found[0]]
    else:
        code = [f"    {line}" if line.strip() else "" for line in lines[number + 1 : end]]
        yield number, end + 1, [*code, *[""] * (paragraph(lines, end)[1] > end + 1)]


def _numbered(lines: list[str], start: int | None = None) -> list[str]:
    """Numbered items in order, from a number or that of the first."""
    found = [re.match(r"(\s*)(\d+)[.)](.*)", line) for line in lines]
    first = next((int(item[2]) for item in found if item), 1) if start is None else start
    numbers = iter(range(first, first + len(lines)))
    return [
        f"{item[1]}{next(numbers)}.{item[3]}" if item else line
        for item, line in zip(found, lines, strict=True)
    ]
