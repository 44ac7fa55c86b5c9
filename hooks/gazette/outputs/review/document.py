"""A page to open by double-click: each page that differs, before and after, in both languages, beside a checklist."""

from __future__ import annotations

import base64
import mimetypes
from collections.abc import Collection
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import jinja2
from lxml import html

from gazette.base.messages import say
from gazette.outputs.review.differences import (
    TEXT_ELEMENTS,
    Article,
    Differences,
    PageDifference,
    kind,
    text_of,
)
from gazette.outputs.review.summary import HEADS, KINDS, checklist
from gazette.records.values import LOCALES

LARGEST = 400_000
"""Bytes of a picture up to which it is shown; of others, its name."""


_WORDS = {
    **HEADS,
    **KINDS,
    "title": "review",
    "look": "review-look",
    "before": "review-before",
    "after": "review-after",
    "absent": "review-not-there",
}


class Side(NamedTuple):
    """An article as it stands in the document, blocks that the other side lacks marked."""

    locale: str
    title: str
    html: str


class Shown(NamedTuple):
    """A page before and after, language by language; a side is None where the page is not there."""

    path: str
    kind: str
    pairs: tuple[tuple[Side | None, Side | None], ...]


def document(found: Differences, before: Path, after: Path) -> str:
    """The document of what differs between two folders of built sites."""
    package = resources.files("gazette.outputs.review")
    template = jinja2.Environment(autoescape=True).from_string(
        package.joinpath("document.html").read_text(encoding="utf-8")
    )
    return template.render(
        words={name: say(code).on_one_line for name, code in _WORDS.items()},
        kind=kind,
        points=list(checklist(found)),
        tables={name: getattr(found, name) for name in ("figures", "corrections", "feed", "retired")},
        pages=[_shown(page, before, after) for page in found.pages],
    )


def _shown(page: PageDifference, before: Path, after: Path) -> Shown:
    pairs = []
    for locale in LOCALES:
        was, now = page.before.get(locale), page.after.get(locale)
        pairs.append((_side(locale, page.path, was, now, before), _side(locale, page.path, now, was, after)))
    return Shown(page.path, kind(page), tuple(pairs))


def _side(locale: str, path: str, article: Article | None, other: Article | None, site: Path) -> Side | None:
    if article is None:
        return None
    element = html.fragment_fromstring(article.html)
    if other:
        _mark(element, set(other.blocks))
    _make_self_contained(element, (site / ("" if locale == "zh" else locale) / path).parent)
    return Side(locale, article.title, html.tostring(element, encoding="unicode"))


def _mark(element: html.HtmlElement, elsewhere: Collection[str]) -> None:
    """Mark the blocks whose text is not in the other article."""
    for block in element.iter(*TEXT_ELEMENTS):
        if text_of(block) not in elsewhere and not any(
            inner.tag in TEXT_ELEMENTS for inner in block.iterdescendants()
        ):
            block.classes.add("differs")


_LEFT_OUT = (
    "script",
    "source",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "style",
    "link",
    "base",
)
_KEPT = {"class", "alt", "lang", "href", "src", "open", "colspan", "rowspan", "scope"}


def _make_self_contained(element: html.HtmlElement, folder: Path) -> None:
    """Pictures as data, links that lead nowhere, and nothing that runs: the page is opened outside its site."""
    for gone in list(element.iter(*_LEFT_OUT)):
        gone.drop_tree()
    for each in element.iter():
        drawing = next((True for one in (each, *each.iterancestors()) if one.tag == "svg"), False)
        for name in set(each.attrib):
            if name.startswith("on") or name in ("id", "srcset") or not (drawing or name in _KEPT):
                del each.attrib[name]
        if each.tag == "details":
            each.set("open", "")
        elif each.tag == "a":
            each.set("title", each.attrib.pop("href", ""))
        elif each.tag == "img":
            each.set("src", _picture(folder / each.get("src", "").partition("?")[0]))


def _picture(file: Path) -> str:
    """A picture as a data address; empty where it is not there or too large."""
    if not file.is_file() or file.stat().st_size > LARGEST:
        return ""
    kind = mimetypes.guess_type(file.name)[0] or "image/webp"
    return f"data:{kind};base64,{base64.b64encode(file.read_bytes()).decode()}"
