"""The front matter of Markdown pages: news articles and plain pages.

A page is a pair of files, `docs/zh/<path>.md` and `docs/en/<path>.md`. Each has its own words (title, summary);
what does not depend on language is typed once, in the Chinese file.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.base import Record
from gazette.records.values import AnyRef, FigureRef, Localised, Model, PartialDate, TermRef

WORDS = ("title", "summary")
"""The keys that both files of a pair have; all others belong to the Chinese one."""


class Page(Model):
    """A prose page."""

    title: Localised
    summary: Localised
    layout: Literal["page", "home", "section"] = "page"
    figures: tuple[FigureRef, ...] = Field(
        (), description="the headline figures of the home page", examples=["indicators/enterprises-covered"]
    )
    related: tuple[AnyRef, ...] = ()


class Article(Record):
    """A news article: `docs/zh/news/<id>.md` and `docs/en/news/<id>.md`."""

    collection: ClassVar[str] = "news"

    date: PartialDate | None = Field(None, description="when it happened, as far as a source says")
    tags: tuple[TermRef, ...] = Field((), description="ids of the glossary", examples=["dual-pairing"])
    draft: bool = Field(False, description="`true`: previewed, never published", examples=["true"])

    @property
    def path(self) -> str:
        """The Chinese file, relative to the project."""
        return f"docs/zh/news/{self.id}.md"
