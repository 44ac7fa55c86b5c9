"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup
from pydantic_core import PydanticCustomError

from gazette import l10n
from gazette.content import Content
from gazette.pages import Page, news_years, record_path, section_of, url_of
from gazette.records import PAGED
from gazette.records.base import Record, evidence
from gazette.records.business import StartupRecord
from gazette.records.evidence import Source
from gazette.records.values import DailyTime, FieldRef, Figure, Localised, PartialDate, Ref, field_ref

_ESCAPES = {ord(character): f"&#{ord(character)};" for character in "&<>\"'\\`*_[]{}|~^#"}
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


class PageProblem(Exception):
    """What a page asks for cannot be given; `code`, `zh` and `en` as in a Diagnostic."""

    def __init__(self, code: str, zh: str, en: str, example: str = "") -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.example = code, zh, en, example


class View:
    """What a template may ask about one page, answered in the page's language."""

    def __init__(self, content: Content, page: Page, base: str | None = None) -> None:
        """`base`, the path of the site's root, makes addresses absolute; without it they are relative."""
        self._content = content
        self._base = base
        self.page = page
        self.locale = page.locale

    def in_locale(self, locale: str) -> View:
        """The same page as seen in another language."""
        return View(self._content, replace(self.page, locale=locale), self._base)

    def label(self, key: str, **values: str | int) -> str:
        """An interface string."""
        return l10n.label(key, self.locale, **values)

    def text(self, value: Any) -> str:
        """Any value of a record in words."""
        if isinstance(value, Localised):
            return value.to(self.locale)
        if isinstance(value, Figure):
            return l10n.in_words(value, self._unit(value), self.locale)
        if isinstance(value, PartialDate):
            return l10n.date(value, self.locale)
        if isinstance(value, DailyTime):
            return l10n.daily_time(value, self.locale)
        if isinstance(value, tuple) and not isinstance(value, Ref):
            return l10n.listed((self.text(item) for item in value), self.locale)
        if isinstance(value, (str, int)):
            return str(value)
        raise PageProblem(
            "not-a-value",
            "这里给出的是一整条记录，不是可以印出的值；请写出其中一项。",
            "This is a whole record, not a value that can be printed; name one of its fields.",
            '{{ get("alliances/services").summary }}',
        )

    def figure(self, reference: str, form: str = "words") -> Markup:
        """A figure in a sentence, linked to its record from any other page; `form` is "words", "number", "long" or "clock"."""
        ref = _field_ref(reference)
        figure = self._field(ref, Figure)
        if form == "words":
            said = self.text(figure)
        elif form == "number":
            said = l10n.number_only(figure, self._unit(figure), self.locale)
        elif form in ("long", "clock") and isinstance(figure.value, timedelta):
            said = l10n.duration(figure.value, self.locale, form)
        else:
            raise PageProblem(
                "figure-form",
                f"“{form}”不是这一数据的写法：可用 words、number；时长另有 long、clock。",
                f"`{form}` is not a form of this figure: there are words and number; for a duration also long and clock.",
                f'{{{{ figure("{reference}", "number") }}}}',
            )
        if self.page.record and self.page.record.ref == ref.record:
            return Markup(f'<span class="figure">{safe(said)}</span>')
        return Markup(f'<a class="figure" href="{self.href(ref.record)}">{safe(said)}</a>')

    def date(self, reference: str) -> str:
        """The date that stands in a field of a record, `collection/id.field`."""
        return self.text(self._field(_field_ref(reference), PartialDate))

    def times(self, reference: str) -> str:
        """The daily times that stand in a field of a record, `collection/id.field`."""
        return self.text(self._field(_field_ref(reference), tuple))

    def link(self, reference: str | Ref | Record, words: str | None = None) -> Markup:
        """A link to a record, `collection/id`, with its title or with `words`."""
        record = self._record(reference)
        said = words or record.title.to(self.locale)
        return Markup(f'<a href="{self.href(record.ref)}">{safe(said)}</a>')

    def href(self, target: str | Ref | Record) -> str:
        """The address of a page's path, or of a record's page, relative to this page."""
        if isinstance(target, Record):
            target = target.ref
        path = record_path(target) if isinstance(target, Ref) else target
        return self._relative(url_of(path, self.locale))

    def section(self, path: str) -> Mapping[str, str] | None:
        """The title, summary and address of a prose page; None where the site has no such page."""
        prose = self._content.prose.get(path)
        if prose is None:
            return None
        matter = prose.matter
        title, summary = matter.title.to(self.locale), matter.summary.to(self.locale)
        return {"title": title, "summary": summary, "href": self.href(path)}

    def sections(self) -> tuple[Mapping[str, str], ...]:
        """The page of each collection that has one, the news last."""
        found = (self.section(f"{section_of(collection)}/index") for collection in PAGED)
        return tuple(section for section in found if section)

    def home_section(self, record: Record) -> Mapping[str, str] | None:
        """The page that lists a record's collection."""
        return self.section(f"{section_of(record.collection)}/index")

    def translation(self) -> str:
        """The address of this page in the other language, relative to this page."""
        return self._relative(url_of(self.page.path, self.page.other_locale))

    def records(self, collection: str) -> tuple[Record, ...]:
        """A collection in list order."""
        return self._content.collection(collection)

    def get(self, reference: str | Ref) -> Record:
        """A record."""
        return self._record(reference)

    def related(self, record: Record) -> Mapping[str, tuple[Record, ...]]:
        """The records related to `record` in either direction, by collection."""
        groups: dict[str, list[Record]] = {}
        for other in self._content.related(record):
            groups.setdefault(other.collection, []).append(other)
        return {collection: tuple(group) for collection, group in groups.items()}

    def cited(self, record: Record) -> Mapping[Source, tuple[str, ...]]:
        """The sources of a record, each with the anchors that hold its facts."""
        anchors: dict[Ref, dict[str, None]] = {}
        for _, item in evidence(record):
            anchors.setdefault(item.source, {})[item.at] = None
        sources = ((self._content.records[ref], tuple(found)) for ref, found in anchors.items())
        return {source: found for source, found in sources if isinstance(source, Source)}

    def resting_on(self, source: Record) -> tuple[Record, ...]:
        """The records that rest on a source."""
        return self._content.resting_on(source.ref)

    def when(self, record: Record) -> str:
        """An article's date; where no source says, that, and when it was reported."""
        stated = getattr(record, "date", None)
        if stated:
            return self.text(stated)
        reported = self._content.date(record)
        return self.label("reported", date=self.text(reported)) if reported else self.label("date_not_stated")

    def news(self, year: int | None = None) -> tuple[Record, ...]:
        """The news, newest first; with `year`, that year's."""
        articles = self.records("news")
        if year is None:
            return articles
        dates = ((article, self._content.date(article)) for article in articles)
        return tuple(article for article, date in dates if date and date.date.year == year)

    def years(self) -> tuple[int, ...]:
        """The years that have news."""
        return news_years(self._content)

    def tile(self, reference: FieldRef) -> Mapping[str, Any]:
        """A headline figure for display: its pieces, what it counts, and its record."""
        figure = self._field(reference, Figure)
        record = self._record(reference.record)
        pieces = l10n.spoken(figure, self._unit(figure), self.locale)
        if isinstance(figure.value, timedelta):
            pieces = pieces._replace(number=l10n.duration(figure.value, self.locale, "clock"))
        return {"pieces": pieces, "counts": self.counts(record, reference.field), "record": record}

    def counts(self, record: Record, field: str) -> str:
        """What the figure in a field of a record counts: an indicator's title says it, others add their field."""
        title = record.title.to(self.locale)
        if field == "figure":
            return title
        what = self.text(record.scope) if isinstance(record, StartupRecord) else self.label(f"tile_{field}")
        return self.label("tile", what=what, of=title)

    def changed(self) -> str | None:
        """When this page's file last changed, in words."""
        return l10n.iso_date(self.page.changed, self.locale) if self.page.changed else None

    def _relative(self, url: str) -> str:
        if self._base is not None:
            return self._base + url
        here = self.page.url
        relative = posixpath.relpath(url or ".", here or ".")
        return "./" if relative == "." else relative + "/"

    def _unit(self, figure: Figure) -> Any:
        return self._content.units.get(figure.unit) if figure.unit else None

    def _record(self, reference: str | Ref | Record) -> Record:
        if isinstance(reference, Record):
            return reference
        ref = reference if isinstance(reference, Ref) else _field_ref(reference).record
        record = self._content.records.get(ref)
        if record is None:
            close = difflib.get_close_matches(str(ref), [str(known) for known in self._content.records], 1)
            raise PageProblem(
                "no-such-record",
                f"没有“{ref}”这条记录"
                + (f"，是不是“{close[0]}”？" if close else "（若是草稿，尚不能链接）。"),
                f"There is no record `{ref}`"
                + (f"; do you mean `{close[0]}`?" if close else " (a draft cannot be linked to yet)."),
            )
        return record

    def _field(self, reference: FieldRef, kind: type[Any]) -> Any:
        record = self._record(reference.record)
        value = getattr(record, reference.field, None)
        if not isinstance(value, kind):
            fields = [name for name in type(record).model_fields if isinstance(getattr(record, name), kind)]
            raise PageProblem(
                "no-such-field",
                f"“{reference.record}”没有可用的“{reference.field}”。"
                + (f"可用：{'、'.join(fields)}。" if fields else ""),
                f"`{reference.record}` has no usable `{reference.field}`."
                + (f" There is: {', '.join(fields)}." if fields else ""),
            )
        return value


def safe(text: str) -> Markup:
    """Text with nothing in it that HTML or Markdown would take for its own."""
    text = text.translate(_ESCAPES)
    return Markup(_LIST_MARK.sub(lambda mark: f"{mark[1]}&#{ord(mark[2][0])};{mark[2][1:]}", text))


def _field_ref(reference: str) -> FieldRef:
    try:
        found: FieldRef = field_ref(reference)
    except PydanticCustomError as error:
        context = error.context or {}
        raise PageProblem(error.type, context["zh"], context["en"], context["example"]) from error
    return found
