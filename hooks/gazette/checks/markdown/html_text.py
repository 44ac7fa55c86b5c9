"""Markdown within a block of HTML, where it would be published as typed: refused, with the HTML that says the same."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from inspect import cleandoc
from typing import NamedTuple
from urllib.parse import unquote

from gazette.checks.markdown.outline import (
    BLOCK_TAGS,
    Reading,
    Unreadable,
    html_blocks,
    html_of,
    in_common_mark,
)
from gazette.content.links import relative_address

_TAG = r"""(?:"[^"]*"|'[^']*'|[^<>"'])*>"""
_APART = re.compile(
    rf"<(?P<code>pre|code)\b{_TAG}.*?(?:</(?P=code)\s*>|\Z)|<!--.*?(?:-->|\Z)|</?(?:{'|'.join(BLOCK_TAGS)})\b{_TAG}|\n[ \t]*\n",
    re.DOTALL | re.IGNORECASE,
)
"""What no mark of Markdown reaches across; code is shown as it is typed."""
_ANY_TAG = re.compile(rf"</?[a-z]{_TAG}", re.IGNORECASE)
_NOTE = re.compile(r"\[\^[^\]\n]+\]:?")
_MARK = re.compile(rf"(?P<tag></?[a-z](?![a-z]*:){_TAG})|[*_`!\[\\#+\-\d>|~:={{]|<(?=[a-z]+:)", re.IGNORECASE)
"""What Markdown may begin with."""
_ADDRESS = re.compile(r'( (?:href|src)=")(?![a-z][a-z0-9+.-]*:|[/#])([^"#]+)', re.IGNORECASE)
_BLOCK = re.compile(rf"<(?:{'|'.join(BLOCK_TAGS)})\b")
_PARAGRAPH = re.compile(rf"<(?:p|h[1-6])\b{_TAG}[^<]*\Z", re.IGNORECASE)
"""What a block cannot stand in."""
_AS_TEXT = str.maketrans({"[": "&#91;", "{": "&#123;"})


class Typed(NamedTuple):
    """Markdown that HTML leaves as typed: where the text that has it begins and ends, where its first mark is; the right form."""

    start: int
    end: int
    mark: int
    right_form: str


def typed_in_html(text: str, reading: Reading, file: str) -> Iterator[Typed]:
    """The Markdown in the HTML of a text, once for each part between two tags of blocks; `file` is where the text stands."""
    for start, end in _spans(text, reading):
        place = start
        for apart in [*_APART.finditer(text, start, end), None]:
            part = text[place : apart.start() if apart else end]
            place, begin = apart.end() if apart else end, place + len(part) - len(part.lstrip())
            part = part.strip()
            if made := _made(part, reading):
                mark = _first_mark(part, made, reading)
                if _BLOCK.search(made) and _PARAGRAPH.search(text, start, begin):
                    made = f"{part[:mark]}&#{ord(part[mark])};{part[mark + 1 :]}"
                yield Typed(begin, begin + len(part), begin + mark, _addressed(made, file))


def _spans(text: str, reading: Reading) -> list[tuple[int, int]]:
    """Where the blocks of HTML stand that one of the parsers reads."""
    lines = [0, *(end.end() for end in re.finditer("\n", text)), len(text)]
    places = [(token.type, lines[token.map[0]], lines[token.map[1]]) for token in reading.tokens if token.map]
    found = [(text.find("<", start), end) for kind, start, end in places if kind == "html_block"]
    in_code = [range(start, end) for kind, start, end in places if kind in ("fence", "code_block")]
    for html in html_blocks(text):
        # White space at the beginnings of lines is not the same to both.
        words = re.compile(r"\s+".join(map(re.escape, html.split())))
        spans = [each.span() for each in words.finditer(text)]
        found += [span for span in spans if not any(span[0] in code for code in in_code)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _made(part: str, reading: Reading) -> str:
    """The HTML that Markdown would make of a part of a text; empty where it is the text itself."""
    if not _MARK.search(part):
        return ""
    plain = re.sub(r"[ \t]+$", "", cleandoc(_NOTE.sub("", part)), flags=re.MULTILINE)
    others = [in_common_mark(plain, reading)]
    with suppress(Unreadable):
        others.append(re.sub(r'(<h\d) id="[^"]*"', r"\1", html_of(plain)[0]))
    for html in others:
        if _words(html) != _words(plain):
            kept = unquote(unescape(html))
            if all(word in kept for word in re.findall(r"[^\W\d_]+", unescape(plain))):
                return re.sub(r"^<p>|</p>$", "", html.strip()) if html.count("<p>") == 1 else html.strip()
            return part.translate(_AS_TEXT)
    return _NOTE.sub("（…）", part) if plain != part and _NOTE.search(part) else ""


def _words(html: str) -> str:
    """What HTML says, with its tags but for those of paragraphs."""
    return "".join(unescape(re.sub(r"</?p>", "", html)).split())


def _first_mark(part: str, made: str, reading: Reading) -> int:
    """Where in a part the first sign stands without which Markdown would make less of it."""
    marks = [found.start() for found in _MARK.finditer(part) if not found["tag"]]
    tags = Counter(_ANY_TAG.findall(made))
    for place in marks:
        if Counter(_ANY_TAG.findall(_made(f"{part[:place]}x{part[place + 1 :]}", reading))) != tags:
            return place
    return next(iter(marks), 0)


def _addressed(html: str, file: str) -> str:
    """HTML with the addresses of files as the site has them: only Markdown may name the files themselves."""

    def served(found: re.Match[str]) -> str:
        return f"{found[1]}{relative_address(posixpath.join(posixpath.dirname(file), found[2]), file)}"

    return re.sub(r'style="text-align:(\w+)"', r'align="\1"', _ADDRESS.sub(served, html))
