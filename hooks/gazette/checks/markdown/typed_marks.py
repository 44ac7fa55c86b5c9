"""Calls and Markdown where they are read, and where they are not: a value of a record or of front matter is published as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.calls import faults
from gazette.content.model import Content, Owner, pages_of
from gazette.records.record import parts
from gazette.records.values import LOCALES, Localised, Model

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_CALL = re.compile(r"\{\{|\}\}|\{%|%\}|\{#.*#\}", re.DOTALL)
_PERHAPS = re.compile(r"[*_`<]|\]\(|\]:|^\s{0,3}(?:#{1,6}\s|[-+]\s|\d{1,9}[.)]\s)|\n\s*[=-]", re.MULTILINE)
"""What Markdown begins with: a value without it needs no second look, and most are."""
_MADE = {
    "em": "*",
    "strong": "**",
    "link": "[…](…)",
    "image": "![…](…)",
    "code": "`…`",
    "fence": "```",
    "html": "<…>",
    "heading": "#",
    "bullet": "-",
    "ordered": "1.",
}
"""What CommonMark makes of a text that is not published as typed there, by the beginning of its name, and how it is typed."""


def wrong_calls(_: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """What is wrong with a call of a page's text as it is written."""
    for prose in pages_of(owners):
        for body in prose.bodies.values():
            yield from faults(body)


def marks_in_fields(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A call, a tag or Markdown in a value, where it would be printed as it stands."""
    for owner in owners:
        matter = content.matter(owner)
        for location, value in parts(matter, Localised):
            for locale in LOCALES:
                said = value.to(locale)
                call = _CALL.search(said)
                mark = "" if call else _markdown(said)
                if not (call or mark):
                    continue  # To find its place the file is parsed again.
                at = content.position(owner, (*location, locale))
                if call:
                    values = {"mark": call[0][:2], "right": related_form(at, matter)}
                    yield Diagnostic(at, "call-in-field", values)
                else:
                    yield Diagnostic(at, "markup-in-field", {"mark": mark})


def related_form(at: Position, matter: Model | None, name: str = "") -> str:
    """How a record or page names an indicator under `related`, beside what it names there; "" for what has no such field.

    A page has it in its Chinese file, which is named where the mistake is in the English one.
    """
    related = getattr(matter, "related", None)
    if related is None:
        return ""
    names = dict.fromkeys([*map(str, related), name or "indicators/enterprises-covered"])
    file = at.path.replace("docs/en/", "docs/zh/", 1)
    return (f"# {file}\n" if file != at.path else "") + f"related: [{', '.join(names)}]"


def _markdown(said: str) -> str:
    """How something is typed that CommonMark would make of a value; empty where it is all text to it."""
    if not _PERHAPS.search(said):
        return ""
    for token in _parser().parse(said):
        for made in (token, *(token.children or ())):
            if mark := _MADE.get(made.type.partition("_")[0]):
                return mark if made.type != "code_block" else ""
    return ""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark")
