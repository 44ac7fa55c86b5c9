"""A record or a prose page and a locale, to Markdown: sandboxed Jinja, every undefined name an error."""

from __future__ import annotations

import difflib
import posixpath
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic_core import PydanticCustomError

from gazette import l10n
from gazette.content import Content, Markdown
from gazette.diagnostics import Diagnostic, Position
from gazette.records import PAGED
from gazette.records.base import Record, evidence
from gazette.records.business import StartupRecord
from gazette.records.evidence import Source
from gazette.records.prose import Article
from gazette.records.prose import Page as ProseMatter
from gazette.records.values import (
    LOCALES,
    DailyTime,
    FieldRef,
    Figure,
    Localised,
    PartialDate,
    Ref,
    field_ref,
)


@dataclass(frozen=True)
class Page:
    """One page in one language.

    `path` is the same in both languages, without a suffix ("index", "alliances/food-beverage");
    `source` is the file an editor would change, `changed` the day of its last commit (YYYY-MM-DD) if known.
    """

    locale: str
    path: str
    title: str
    summary: str
    layout: str
    source: str
    changed: str | None = None
    record: Record | None = None
    body: Markdown | None = None
    figures: tuple[FieldRef, ...] = ()
    year: int | None = None

    @property
    def src_uri(self) -> str:
        """Where the page stands among MkDocs' files."""
        return f"{self.locale}/{self.path}.md"

    @property
    def url(self) -> str:
        """Its address relative to the site's root: "" for the Chinese home page."""
        return url_of(self.path, self.locale)

    @property
    def other_locale(self) -> str:
        """The other language."""
        return next(locale for locale in LOCALES if locale != self.locale)


class PageProblem(Exception):
    """What a page asks for cannot be given; `code`, `zh` and `en` as in a Diagnostic."""

    def __init__(self, code: str, zh: str, en: str, example: str = "") -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.example = code, zh, en, example


def url_of(path: str, locale: str) -> str:
    """The address of a page: Chinese at the root, English under en/; the one rule all links derive from."""
    folder = "" if path == "index" else path.removesuffix("/index") + "/"
    return folder if locale == "zh" else f"{locale}/{folder}"


def record_path(ref: Ref) -> str:
    """The path of a record's page."""
    return f"{section_of(ref.collection)}/{ref.id}"


def section_of(collection: str) -> str:
    """The folder of a collection's pages: model_posts is at model-posts/."""
    return collection.replace("_", "-")


def all_pages(content: Content, changed: Mapping[str, str]) -> tuple[Page, ...]:
    """Every page of the site in both languages; `changed` gives each file's last change by its path."""
    return tuple(page for locale in LOCALES for page in _pages(content, changed, locale))


def clashes(pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """A page whose address another page has already."""
    taken: dict[str, Page] = {}
    for page in pages:
        first = taken.setdefault(page.url, page)
        if first is not page:
            yield Diagnostic(
                Position(page.source),
                "same-address",
                f"这一页的网址 /{page.url} 与 {first.source} 相同；请改其中一个的名字。",
                f"This page's address, /{page.url}, is also that of {first.source}; rename one of them.",
            )


def _pages(content: Content, changed: Mapping[str, str], locale: str) -> Iterable[Page]:
    for path, prose in content.prose.items():
        body = prose.bodies[locale]
        matter = prose.matter
        yield Page(
            locale,
            path,
            matter.title.to(locale),
            matter.summary.to(locale),
            matter.layout if isinstance(matter, ProseMatter) else "article",
            body.path,
            changed.get(body.path),
            matter if isinstance(matter, Article) else None,
            body,
            matter.figures if isinstance(matter, ProseMatter) else (),
        )
    for record in content.records.values():
        if not isinstance(record, Article):
            yield Page(
                locale,
                record_path(record.ref),
                record.title.to(locale),
                record.summary.to(locale),
                "record",
                record.path,
                changed.get(record.path),
                record,
            )
    for year in news_years(content):
        said = l10n.label("news_of", locale, year=year)
        yield Page(locale, f"news/{year}", said, said, "year", "docs/zh/news/index.md", year=year)


def news_years(content: Content) -> tuple[int, ...]:
    """The years that have news, newest first."""
    dates = (content.date(record) for record in content.collection("news"))
    return tuple(sorted({date.date.year for date in dates if date}, reverse=True))


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


_SHARED_WITH_TEMPLATES = (
    "label", "text", "figure", "date", "times", "link", "href", "records", "get", "related", "cited",
    "resting_on", "when", "news", "years", "tile",
)  # fmt: skip


def environment(overrides: Path) -> jinja2.Environment:
    """The Jinja environment of Markdown pages: templates of `overrides`, sandboxed, strict, escaped."""
    found = ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(overrides),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.globals.clear()
    return found


def render(page: Page, view: View, environment: jinja2.Environment) -> tuple[str, list[Diagnostic]]:
    """A page's Markdown; or what is wrong with what it asks for."""
    context = {name: getattr(view, name) for name in _SHARED_WITH_TEMPLATES}
    context |= {"page": page, "record": page.record, "view": view}
    try:
        body = _compile(page.body, environment).render(context) if page.body else ""
        if page.body and page.record is None:
            return body, []
        template = environment.select_template(_template_names(page))
        return template.render(context, body=Markup(body)), []
    except PageProblem as problem:
        code, zh, en, example = problem.code, problem.zh, problem.en, problem.example
        error: Exception = problem
    except Exception as failure:  # A template may fail in any way that its author can think of.
        code, error = "template", failure
        zh = f"{{{{ … }}}} 或 {{% … %}} 无法执行：{failure}"
        en = f"What stands in {{{{ … }}}} or {{% … %}} could not be done: {failure}"
        example = '{{ figure("indicators/enterprises-covered") }}'
    return "", [Diagnostic(_place(error, page), code, zh, en, example)]


def _template_names(page: Page) -> list[str]:
    if page.record is None:
        return ["records/news/year.md"]
    return [f"records/{page.record.collection}/single.md", "records/single.md"]


def _compile(body: Markdown, environment: jinja2.Environment) -> jinja2.Template:
    """Compile a body so that an error's traceback names the file, its lines counted from the file's first."""
    source = "\n" * (body.first_line - 1) + body.text
    code = environment.compile(source, filename=body.path)
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


def _place(error: Exception, page: Page) -> Position:
    """Where a rendering failed: the line of the page, or else of the template that shapes its record."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Position(f"overrides/{error.name}" if error.name else page.source, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    body = page.body
    own = [frame for frame in frames if body and frame.filename == body.path]
    if own:
        return Position(own[-1].filename, own[-1].lineno or 1)
    templates = [frame for frame in frames if frame.filename.endswith(".md")]
    if not templates:
        return Position(page.source)
    name = Path(templates[-1].filename).as_posix()
    return Position(name[name.rfind("overrides/") :], templates[-1].lineno or 1)


def _field_ref(reference: str) -> FieldRef:
    try:
        found: FieldRef = field_ref(reference)
    except PydanticCustomError as error:
        context = error.context or {}
        raise PageProblem(error.type, context["zh"], context["en"], context["example"]) from error
    return found


_ESCAPES = {ord(character): f"&#{ord(character)};" for character in "&<>\"'\\`*_[]{}|~^#"}
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


def safe(text: str) -> Markup:
    """Text with nothing in it that HTML or Markdown would take for its own."""
    text = text.translate(_ESCAPES)
    return Markup(_LIST_MARK.sub(lambda mark: f"{mark[1]}&#{ord(mark[2][0])};{mark[2][1:]}", text))


@jinja2.pass_context
def _finalize(context: jinja2.runtime.Context, value: Any) -> Any:
    """What a template prints: any value in the words of the page's language, made safe."""
    if isinstance(value, (Markup, jinja2.Undefined)):
        return value
    if value is None:
        raise TypeError("nothing to print: the value is not stated")
    view: View = context["view"]
    return safe(view.text(value))
