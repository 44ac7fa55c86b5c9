"""The front matter of Markdown pages: news articles and plain pages.

A page is a pair of files, `docs/zh/<path>.md` and `docs/en/<path>.md`. Each has its own words (title, summary);
what does not depend on language is typed once, in the Chinese file.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gazette.records.dates import PartialDate
from gazette.records.record import Fingerprint, Record
from gazette.records.values import AnswerRef, AnyRef, FigureRef, Localised, Model, TermRef

WORDS = ("title", "summary", "empty")
"""The keys that both files of a pair have; all others belong to the Chinese one."""
QUESTIONS = "questions"
"""The key that both have of which the English file says no more than the questions, in the same order."""
TRANSLATED = "translated"
"""The key that only the English file has: the fingerprint of the Chinese that it was made from."""


class Question(Model):
    """首页上的一个问题及答案的出处；英文文件只列问题 | A question, and where its answer stands; the English file lists the questions alone."""

    example: ClassVar[str] = (
        "{ask: 公司注册最快用多久？, answer: [startup_records/taiwen-precision-machinery.duration]}"
    )

    ask: Localised = Field(description="问题 | the question", examples=["公司注册最快用多久？"])
    answer: tuple[AnswerRef, ...] = Field(
        description="答案：记录，或记录的一项 | the answer: records, or fields of them",
        min_length=1,
        examples=["services/music-line.timetable"],
    )


class PlainPage(Model):
    """普通页面 | A prose page."""

    title: Localised = Field(description="标题 | title")
    summary: Localised = Field(description="概述 | one or two sentences")
    layout: Literal["page", "home", "section", "figures", "timeline"] = Field(
        "page", description="版式 | layout", examples=["section"]
    )
    figures: tuple[FigureRef, ...] = Field(
        (),
        description="首页的关键数据 | the headline figures of the home page",
        examples=["indicators/enterprises-covered"],
    )
    questions: tuple[Question, ...] = Field((), description="首页上的问题 | the questions of the home page")
    empty: Localised | None = Field(
        None,
        description="栏目暂无内容的原因，列表为空时显示 | why the section has nothing yet, shown where its list would be",
    )
    translated: Fingerprint = None
    related: tuple[AnyRef, ...] = Field(
        (), description="相关条目 | related entries", examples=["alliances/services"]
    )


class Article(Record):
    """动态文章 | A news article: `docs/zh/news/<id>.md` and `docs/en/news/<id>.md`."""

    collection: ClassVar[str] = "news"

    date: PartialDate | None = Field(None, description="事件日期 | when it happened, as far as a source says")
    tags: tuple[TermRef, ...] = Field(
        (), description="主题 | topics, ids of the glossary", examples=["dual-pairing"]
    )
    draft: bool = Field(False, description="草稿 | `true`: previewed, never published", examples=["true"])

    @property
    def path(self) -> str:
        """The Chinese file, relative to the project."""
        return f"docs/zh/news/{self.id}.md"


def is_draft(matter: Model) -> bool:
    """Whether it is an article that is not to be published yet."""
    return isinstance(matter, Article) and matter.draft
