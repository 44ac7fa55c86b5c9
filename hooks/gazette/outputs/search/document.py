"""What search knows of a page: its text, what a result shows of it, and by what a search is narrowed down to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import IntEnum
from typing import Any

from lxml import etree

from gazette.records.record import Record, figures
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.site.pages import Page
from gazette.templates.view import View

Document = Mapping[str, Any]
"""`url`, `title`, `also` (its other names), `section` and `facts` in words, `facets`, `text` (its blocks)."""

_FIGURES = 3
"""How many of a record's figures a result tells."""

_BREAK = "\ue000"
"""Stands between blocks of text."""
_TO_BLOCKS = etree.XSLT(
    etree.XML(f"""
    <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
      <xsl:output method="text"/>
      <xsl:template match="*">{_BREAK}<xsl:apply-templates/>{_BREAK}</xsl:template>
      <!-- Tags that stand within a line; marks of notes part no text either. -->
      <xsl:template match="a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|mark|q|s|small|span|strong|sub|time|u|var|wbr">
        <xsl:apply-templates/>
      </xsl:template>
      <xsl:template match="sup|comment()"/>
      <!-- What it cites and leads to, code, what a reader operates; its title is known otherwise. -->
      <xsl:template match="ol[@class='sources']|div[@class='related']|p[@class='kicker']
        |h2[following-sibling::*[1][self::ol[@class='sources'] or self::div[@class='related']]]
        |script|style|template|form|button|svg|noscript|nav|h1|footer">{_BREAK}</xsl:template>
    </xsl:stylesheet>""")
)
"""The text of an article."""


class Kind(IntEnum):
    """What a page is, as far as search prefers one: the first comes first."""

    RECORD = 0
    PAGE = 1
    LIST = 2
    TERM = 3


def kind_of(page: Page) -> Kind:
    """What a page is; a source is told after what rests on it."""
    if page.record:
        return {Term: Kind.TERM, Source: Kind.PAGE}.get(type(page.record), Kind.RECORD)
    return Kind.LIST if page.shows else Kind.PAGE


def document(view: View, article: str, section: str) -> str:
    """What search knows of the page of `view`, as JSON; `article` is its HTML, `section` where the page stands in the site."""
    page, record = view.page, view.page.record
    facets = [facet_of(record.collection) if record else "pages"]
    year = _year(view)
    told: Document = {
        "url": page.url,
        "title": page.title,
        "also": [*getattr(record.also, page.locale)] if isinstance(record, Term) else [],
        "section": section,
        "facts": _facts(view, record) if record else "",
        "facets": [*facets, str(year)] if year else facets,
        "text": blocks(article),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def blocks(content: str) -> list[str]:
    """The text of the article in some HTML as a reader sees it, block by block; without its title, citations, navigation and buttons."""
    article = content[content.find("<article") : content.find("</article>")]
    told = str(_TO_BLOCKS(etree.HTML(article))).split(_BREAK) if article else ()
    return [text for block in told if (text := " ".join(block.split()))]


def facet_of(collection: str) -> str:
    """A collection as a search is narrowed down to it."""
    return collection.replace("_", "-")


def _year(view: View) -> int | None:
    """The year of a page's record, or of what it lists."""
    record, part = view.page.record, view.page.part
    date = view.dated(record) if record else None
    years = [int(step.value) for step in part.steps if step.kind == "year"] if part else []
    return date.date.year if date else next(iter(years), None)


def _facts(view: View, record: Record) -> str:
    """The date that a record bears, and its first figures."""
    date = view.when(record) if getattr(record, "date", None) else ""
    said = dict.fromkeys(view.text(figure) for place, figure in figures(record) if len(place) == 1)
    return " · ".join(filter(None, (date, view.clauses([*said][:_FIGURES]))))
