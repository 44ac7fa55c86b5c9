"""What Pagefind is to index of a page, and what a result shows of it."""

from __future__ import annotations

import html
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gazette.content.model import Content
from gazette.outputs.search.words import MARK, words
from gazette.records.values import Figure, Ref
from gazette.site.pages import Page
from gazette.templates.view import View

_EDGE = "‖"
"""What parts two blocks, so that no phrase runs from one into the next."""

_FIGURES = 3
"""How many of a record's figures a result tells."""


@dataclass(frozen=True)
class Entry:
    """A page in the index: its words as HTML for Pagefind, and what a result shows."""

    html: str
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Subject:
    """What both languages of a page have in common: the year of its record, or of what it lists, and figures to show."""

    year: int | None
    figures: Sequence[Figure]


@dataclass(frozen=True)
class Facts:
    """What the index knows of a page beside its text: what a result shows, and the facets by which a search is narrowed."""

    page: Page
    shown: Mapping[str, str]
    facets: Sequence[str]


def subjects(pages: Iterable[Page], content: Content) -> Mapping[str, Subject]:
    """What pages are about, by the path that they have in every language."""
    told: dict[Ref, list[Figure]] = defaultdict(list)
    for ref, figure in content.figures.items():
        told[ref.record].append(figure)
    return {
        page.path: Subject(_year(page, content), told[page.record.ref][:_FIGURES] if page.record else ())
        for page in pages
    }


def _year(page: Page, content: Content) -> int | None:
    date = content.date(page.record) if page.record else None
    steps = page.part.steps if page.part else ()
    return date.date.year if date else next((int(step.value) for step in steps if step.kind == "year"), None)


def facts(page: Page, subject: Subject, view: View) -> Facts:
    """What the index knows of a page beside its text."""
    section = facet_of(page.record.collection) if page.record else "pages"
    year = [f"year{subject.year}"] if subject.year else []
    return Facts(page, _shown(page, subject, view), [f"section{section}", *year])


def _shown(page: Page, subject: Subject, view: View) -> Mapping[str, str]:
    if page.record is None:
        return {"title": page.title}
    return {
        "title": page.title,
        "date": view.when(page.record) if getattr(page.record, "date", None) else "",
        "figures": view.clauses(dict.fromkeys(view.text(figure) for figure in subject.figures)),
    }


def facet_of(collection: str) -> str:
    """A collection as a search is narrowed down to it, a word that no text has."""
    return collection.replace("_", "")


def entry(facts: Facts, text: Sequence[str]) -> Entry:
    """A page of these facts and with this text, block by block."""
    page = facts.page
    said = (
        " ".join(words([page.title], page.locale)),
        " ".join(MARK + facet for facet in facts.facets),
        *words(text, page.locale),
    )
    shown = {"path": page.url, "meta": facts.shown, "facets": facts.facets, "blocks": text}
    return Entry(f'<html lang="{page.locale}"><body>{_marked(said)}</body></html>', shown)


def _marked(blocks: Iterable[str]) -> str:
    """Blocks as HTML, the first a title."""
    title, *others = (f"{html.escape(block, quote=False)} {_EDGE}" for block in blocks)
    return f"<h1>{title}</h1>" + "".join(f"<p>{block}</p>" for block in others)
