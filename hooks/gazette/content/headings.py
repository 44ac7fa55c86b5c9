"""The headings of a Markdown page, and its opening before the first of them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from gazette.content.front_matter import Markdown

_CODE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) .*$", re.MULTILINE)


class Heading(NamedTuple):
    """A heading's level, and where it begins in the body's text."""

    level: int
    start: int


def headings(body: Markdown) -> tuple[Heading, ...]:
    """The headings of a body in reading order; what stands in code is none."""
    text = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body.text)
    return tuple(Heading(len(found[1]), found.start()) for found in _HEADING.finditer(text))


def opening_and_rest(body: Markdown) -> tuple[Markdown, Markdown]:
    """A body in two: all of it before its first heading, and what begins with that."""
    start = next((heading.start for heading in headings(body)), len(body.text))
    rest = replace(body, text=body.text[start:], first_line=body.position(start).line)
    return replace(body, text=body.text[:start]), rest
