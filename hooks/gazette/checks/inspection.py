"""What the inspection of Chinese public sites counts: columns that are empty or stale, items without a stated date.

A column is the page that lists a collection. Dead links are for link_check, which reads the built site.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.events import latest
from gazette.content.model import Content, Prose
from gazette.language import wording
from gazette.records import PAGED, page_path
from gazette.records.front_matter import PlainPage
from gazette.records.record import Record
from gazette.records.values import LOCALES, Basis, PartialDate


class _Limit(NamedTuple):
    """How long a column may go without anything new."""

    days: int
    months: int
    zh: str
    en: str

    def before(self, today: date) -> date:
        """The day since when something must be new."""
        year, month = divmod(today.year * 12 + today.month - 1 - self.months, 12)
        day = min(today.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) - timedelta(self.days)


_LIMITS = {"news": _Limit(14, 0, "两周", "two weeks"), "policies": _Limit(0, 6, "六个月", "six months")}
_DATED = {"news": "date", "startup_records": "date", "policies": "issued", "sources": "published"}
"""The collections whose every item should bear a date, and the field that holds it."""


def columns(content: Content) -> Mapping[str, Prose]:
    """The page of each collection that has one."""
    pages = ((name, content.prose.get(page_path(f"{name}/index"))) for name in PAGED)
    return {name: page for name, page in pages if page}


def empty_columns(content: Content) -> Iterator[Diagnostic]:
    """Each column that has nothing in it and does not say why; inspection fails a site for these."""
    for collection, page in columns(content).items():
        said = isinstance(page.matter, PlainPage) and page.matter.empty
        if not content.collection(collection) and not said:
            yield Diagnostic(
                content.position(page, ()),
                "empty-column",
                f"“{page.matter.title.zh}”栏目没有内容。请添加内容；确实没有的，在中文和英文文件的题头里各用 empty 写明原因；"
                f"不要这个栏目的，删去 docs/zh/{page.path}.md 和 docs/en/{page.path}.md。",
                f"The column “{page.matter.title.en}” has nothing in it. Add to it; if there is nothing to add, say why "
                f"in `empty` in the front matter of both files; if it is not wanted, remove docs/zh/{page.path}.md and "
                f"docs/en/{page.path}.md.",
                "empty: 报道没有写到具体的岗位。\nempty: The report names no individual post.",
            )


def warnings(content: Content, today: date) -> Iterator[Diagnostic]:
    """What inspection counts and no editor may be able to mend: stale columns, items without a stated date."""
    for collection, page in columns(content).items():
        records = content.collection(collection)
        if records and collection in _LIMITS:
            yield from _stale(content, page, records, _LIMITS[collection], today)
        if collection in _DATED:
            yield from _undated(content, page, records, _DATED[collection])


def _stale(
    content: Content, page: Prose, records: tuple[Record, ...], limit: _Limit, today: date
) -> Iterator[Diagnostic]:
    dates = [date for record in records if (date := latest(content, record))]
    newest = max(dates, key=_last_day, default=None)
    if newest and _last_day(newest) >= limit.before(today):
        return
    zh, en = "没有一条写有日期，看不出", "has nothing with a date to tell that it has"
    if newest:
        zh = f"最新的一条是{wording.date(newest, 'zh')}，"
        en = f"has nothing newer than {wording.date(newest, 'en')}, and so has"
    day_zh, day_en = (wording.iso_date(today.isoformat(), locale) for locale in LOCALES)
    yield Diagnostic(
        content.position(page, ()),
        "stale-column",
        f"“{page.matter.title.zh}”栏目{zh}到{day_zh}为止的{limit.zh}里{'没有' if newest else '有没有'}更新。有新内容请添加。",
        f"The column “{page.matter.title.en}” {en} {'nothing' if newest else 'anything'} new in the {limit.en} "
        f"to {day_en}. Add what is new.",
    )


def _undated(content: Content, page: Prose, records: tuple[Record, ...], field: str) -> Iterator[Diagnostic]:
    missing, inferred = [], []
    for record in records:
        found = getattr(record, field)
        if found is None:
            missing.append(Position(record.path))
        elif found.basis is Basis.INFERRED:
            inferred.append(content.position(record, (field,)))
    title = page.matter.title
    if missing:
        yield Diagnostic(
            missing[0],
            "undated",
            f"“{title.zh}”有{len(missing)}条没有日期，页面上写作“未载明”。来源写明了的，请补上 {field}；没有写的不要猜。",
            f"Without a date in “{title.en}”: {len(missing)}. Their pages say “not stated”. Add `{field}` where a source "
            "states it, and no guess where none does.",
            f"{field}: {{date: 2021-06-01, basis: stated}}",
            tuple(missing[1:]),
        )
    if inferred:
        yield Diagnostic(
            inferred[0],
            "inferred-date",
            f"“{title.zh}”有{len(inferred)}条的日期是推断的，来源没有写明年份，页面上已注明。找到写明日期的来源后，请改为 basis: stated。",
            f"Dated by inference in “{title.en}”: {len(inferred)}. The source does not state the year; their pages say so. "
            "When a source that states it is found, write `basis: stated`.",
            f"{field}: {{date: 2021-06-01, basis: stated}}",
            tuple(inferred[1:]),
        )


def _last_day(value: PartialDate) -> date:
    """The last day that a date may be, where its month or day is not known."""
    year, month, day = value.date
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])
