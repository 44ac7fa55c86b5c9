"""What the body of a Markdown page asks for: its `{{ figure(…) }}` and other calls, its links to pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes

from gazette.base.diagnostics import Position
from gazette.content.front_matter import Markdown

SYNTAX: Mapping[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
"""How the white space around a template's tags is read."""

_PARSER = jinja2.Environment(**SYNTAX)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""What is the template's in a text: calls, statements, comments."""

SIMPLE = re.compile(r"""(?<!\{)\{\{(?:[^{}"']|"[^{}"\\]*"|'[^{}'\\]*')*\}\}""")
"""An expression that ends where it seems to: it means by itself what it means in its text.

Most stand in two texts at least, and each is parsed once.
"""
_LINK = re.compile(r"\]\(\s*<?(?P<target>[^)\s>#:]+\.md)(?:#[^)\s]*)?>?[^)]*\)")


class Call(NamedTuple):
    """A call with what it is of written out: `name("argument", …)` on a line of the file.

    A figure's is its reference, with the date of the value that is asked for: `indicators/alliances@2021`.
    """

    name: str
    argument: str
    line: int


def calls(body: Markdown) -> tuple[Call, ...] | None:
    """The calls of a body in reading order; None where it is no valid template, which rendering reports."""
    text, rest = body.text, SIMPLE.sub("", body.text)
    templates = [(tag.start(), tag[0]) for tag in SIMPLE.finditer(text)]
    if any(opening in rest for opening in ("{{", "{%", "{#")):
        templates = [(0, text)]
    found: list[Call] = []
    for start, template in templates:
        said = _parsed(template)
        if said is None:
            return None
        line = body.position(start).line - 1
        found += [call._replace(line=line + call.line) for call in said]
    return tuple(found)


@cache
def _parsed(template: str) -> tuple[Call, ...] | None:
    try:
        tree = _PARSER.parse(template)
    except jinja2.TemplateSyntaxError:
        return None
    found = []
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[0], nodes.Const):
            written = [str(argument.value) for argument in call.args if isinstance(argument, nodes.Const)]
            # Of a chart all arguments count, for the first is only its kind.
            argument = '", "'.join(written) if call.node.name == "chart" else written[0]
            dates = [word.value for word in call.kwargs if word.key == "as_of"] or call.args[2:3]
            if call.node.name == "figure" and dates and isinstance(dates[0], nodes.Const):
                argument = f"{argument}@{dates[0].value}"
            found.append(Call(call.node.name, argument, call.lineno))
    return tuple(found)


def page_links(body: Markdown) -> Iterator[tuple[str, Position]]:
    """The links of a body to `.md` files, in reading order: the target as written, and where it stands in the file."""
    for link in _LINK.finditer(without_calls(body.text)):
        yield link["target"], body.position(link.start("target"))


def without_calls(text: str) -> str:
    """The text with every `{{ … }}` and `{% … %}` blanked out; lines and columns stay where they are."""
    return JINJA.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


class PlaceholderText(NamedTuple):
    """The text that a body leaves to Markdown, something standing in for what its template makes."""

    text: str
    body: Markdown
    starts: tuple[tuple[int, int], ...]
    """Where each piece begins in `text`, and in the body."""

    def position(self, offset: int) -> Position:
        """Where the character at `offset` of the text stands in the file."""
        start, origin = self.starts[bisect_right(self.starts, (offset, len(self.body.text))) - 1]
        return self.body.position(origin + offset - start)


def with_placeholders(body: Markdown, made_by: Callable[[str], str]) -> PlaceholderText | None:
    """A body with `made_by(tag)` for each `{{ … }}` and `{% … %}`, and without comments, as the template reads it.

    None where it is no valid template, which rendering reports.
    """
    origin, length = 0, 0
    pieces: list[str] = []
    starts: list[tuple[int, int]] = [(0, 0)]
    begun, ends = 0, ""
    try:
        for _, token, said in _PARSER.lexer.tokeniter(body.text, None):
            origin = body.text.index(said, origin)
            if token in ("variable_begin", "block_begin"):
                begun, ends = origin, token.replace("begin", "end")
            made = said if token == "data" else ""
            origin += len(said)
            if token == ends:
                made, ends = made_by(body.text[begun:origin]), ""
            if made:
                starts.append((length, begun if token != "data" else origin - len(said)))
                pieces.append(made)
                length += len(made)
    except (jinja2.TemplateSyntaxError, ValueError):
        return None
    return PlaceholderText("".join(pieces), body, tuple(starts))
