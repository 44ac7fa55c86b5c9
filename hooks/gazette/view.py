"""What a template may ask about one page, answered in the page's language."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup
from pydantic_core import PydanticCustomError

from gazette import l10n
from gazette.chronology import Event, events, undated
from gazette.content import Content
from gazette.fingerprint import is_stale
from gazette.pages import Page, news_years, record_path, section_of, url_of
from gazette.photos import PUBLISHED
from gazette.records import PAGED
from gazette.records.base import Record, evidence
from gazette.records.business import StartupRecord
from gazette.records.evidence import Source
from gazette.records.language import Unit
from gazette.records.ledger import Sum
from gazette.records.photos import Photo
from gazette.records.values import (
    LOCALES,
    Amount,
    DailyTime,
    FieldRef,
    Figure,
    Localised,
    PartialDate,
    Ref,
    field_ref,
)

_ESCAPES = {ord(character): f"&#{ord(character)};" for character in "&<>\"'\\`*_[]{}|~^#"}
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))")


class PageProblem(Exception):
    """What a page asks for cannot be given; `code`, `zh` and `en` as in a Diagnostic."""

    def __init__(self, code: str, zh: str, en: str, example: str = "") -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.example = code, zh, en, example


class View:
    """What a template may ask about one page, answered in the page's language."""

    def __init__(
        self,
        content: Content,
        page: Page,
        base: str | None = None,
        appearances: Mapping[FieldRef, Iterable[Page]] | None = None,
    ) -> None:
        """`base`, the path of the site's root, makes addresses absolute; without it they are relative.

        `appearances` tells the pages that print each figure, once all of them are rendered.
        """
        self._content = content
        self._base = base
        self._appearances = appearances or {}
        self.page = page
        self.locale = page.locale
        self.printed: dict[FieldRef, None] = {}
        self._cited: dict[FieldRef, None] = {}
        self._sources: dict[Ref, None] = {}
        self._placed: dict[str, None] = {}

    def in_locale(self, locale: str) -> View:
        """The same page as seen in another language."""
        return View(self._content, replace(self.page, locale=locale), self._base)

    def label(self, key: str, **values: str | int) -> str:
        """An interface string."""
        return l10n.label(key, self.locale, **values)

    def labels(self, *keys: str) -> list[str]:
        """Several interface strings."""
        return [self.label(key) for key in keys]

    def clauses(self, said: Iterable[str]) -> str:
        """Statements in a row."""
        return l10n.clauses(said, self.locale)

    def text(self, value: Any) -> str:
        """Any value of a record in words."""
        if isinstance(value, Localised):
            return value.to(self.locale)
        if isinstance(value, Amount):
            if isinstance(value, Figure):
                self.printed[self._content.figure_ref(value)] = None
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

    def figure(self, reference: str | FieldRef, form: str = "words") -> Markup:
        """A figure in a sentence, linked to its entry, with a mark that leads to its source below.

        `form` is "words", "number", "long" or "clock". On its own record's page a figure needs neither.
        """
        ref = _field_ref(reference)
        figure = self.field(ref, Figure)
        said = self._in_form(figure, form, ref)
        if self.page.record and self.page.record.ref == ref.record:
            return Markup(f'<span class="figure">{safe(said)}</span>')
        self._cited[ref] = None
        self._sources[figure.source] = None
        number = list(self._sources).index(figure.source) + 1
        note = list(self._cited).index(ref) + 1
        return Markup(
            f'<a class="figure" href="{self.entry(ref)}" aria-describedby="note-{note}">{safe(said)}</a>'
            f'<sup class="mark"><a href="#source-{number}">[{number}]</a></sup>'
        )

    def _in_form(self, figure: Figure, form: str, reference: FieldRef) -> str:
        words = self.text(figure)
        if form == "words":
            return words
        if form == "number":
            return l10n.number_only(figure, self._unit(figure), self.locale)
        if form in ("long", "clock") and isinstance(figure.value, timedelta):
            return l10n.duration(figure.value, self.locale, form)
        raise PageProblem(
            "figure-form",
            f"“{form}”不是这一数据的写法：可用 words、number；时长另有 long、clock。",
            f"`{form}` is not a form of this figure: there are words and number; for a duration also long and clock.",
            f'{{{{ figure("{reference}", "number") }}}}',
        )

    def plain(self, text: str) -> str:
        """A number that is no figure: printed as it stands."""
        return text

    def entry(self, ref: FieldRef) -> str:
        """The address of a figure's entry: on the page of all figures, else on its record's page."""
        if "figures" in self._content.prose:
            return f"{self.href('figures')}#{figure_id(ref)}"
        return self.href(ref.record)

    def sort_value(self, figure: Figure) -> str:
        """What a table sorts a figure by: its number, or its seconds; -1 where it has no value."""
        value = figure.value
        return str(-1 if value is None else value.total_seconds() if isinstance(value, timedelta) else value)

    def entries(self) -> tuple[Mapping[str, Any], ...]:
        """Every figure of the site as its entry shows it, with the pages of this language that print it."""
        return tuple({**self._entry(ref), "pages": self._pages_with(ref)} for ref in self._content.figures)

    def entries_from(self, source: Record) -> tuple[Mapping[str, Any], ...]:
        """The figures that rest on a source."""
        return tuple(
            self._entry(ref) for ref, figure in self._content.figures.items() if figure.source == source.ref
        )

    def _entry(self, ref: FieldRef) -> Mapping[str, Any]:
        figure = self._content.figures[ref]
        record = self._content.records[ref.record]
        return {
            "id": figure_id(ref),
            "figure": figure,
            "record": record,
            "counts": self.counts(record, ref.field),
            "as_of": self._content.as_of(ref),
            "source": self._content.records[figure.source],
            "entry": self.entry(ref),
            "history": self._content.history(ref),
        }

    def _pages_with(self, ref: FieldRef) -> tuple[Mapping[str, str], ...]:
        pages = (page for page in self._appearances.get(ref, ()) if page.locale == self.locale)
        return tuple({"title": page.title, "href": self._relative(page.url)} for page in pages)

    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """The sources of the page, those of cited figures first and in the order of their marks.

        Each has the notes of the figures cited from it, and the anchors of the record's other evidence.
        """
        own = self.cited(self.page.record) if self.page.record else {}
        refs = list(dict.fromkeys([*self._sources, *(source.ref for source in own)]))
        notes = [{"note": f"note-{number}", **self._entry(ref)} for number, ref in enumerate(self._cited, 1)]
        return tuple(
            {
                "source": self._content.records[ref],
                "notes": [note for note in notes if note["source"].ref == ref],
                "anchors": next((anchors for source, anchors in own.items() if source.ref == ref), ()),
            }
            for ref in refs
        )

    def corrections(self, record: Record | None = None) -> tuple[Mapping[str, Any], ...]:
        """The corrections of all figures, or of a record's, newest first."""
        return tuple(
            {
                "id": correction.id,
                "figure": correction.figure,
                "counts": self._counted(correction.figure),
                "entry": self.entry(correction.figure)
                if correction.figure in self._content.figures
                else None,
                "was": l10n.in_words(correction.was, self._unit(correction.was), self.locale),
                "now": correction.now
                and l10n.in_words(correction.now, self._unit(correction.now), self.locale),
                "why": correction.why,
                "date": correction.date,
            }
            for correction in self._content.corrections
            if record is None or correction.figure.record == record.ref
        )

    def _counted(self, ref: FieldRef) -> str:
        record = self._content.records.get(ref.record)
        return self.counts(record, ref.field) if record else str(ref.record)

    def sums(self) -> tuple[Mapping[str, Any], ...]:
        """The sums that hold: what each says, its parts and its total in words."""
        return tuple(
            {
                "title": total.title,
                "parts": [self._entry(ref) for ref in total.parts],
                "records_of": total.records_of,
                "count": len(self.records(total.records_of)) if total.records_of else None,
                "total": self._entry(total.total),
            }
            for total in self._content.sums
        )

    def is_stale(self) -> bool:
        """Whether this page is English whose Chinese has changed since it was made."""
        owner = self._content.prose.get(self.page.path) or self.page.record
        return self.locale == "en" and owner is not None and is_stale(owner)

    def photo(self, photo: Photo) -> Mapping[str, Any]:
        """A photograph: the addresses of its files, the size of the largest, its words."""
        files = self._content.originals[photo.file].renditions
        addresses = [self.asset(f"{PUBLISHED}/{file.name}") for file in files]
        return {
            "src": addresses[-1],
            "srcset": ", ".join(f"{at} {file.width}w" for at, file in zip(addresses, files, strict=True)),
            "width": files[-1].width,
            "height": files[-1].height,
            "alt": photo.alt,
            "caption": photo.caption,
            "credit": photo.credit,
            "licence": photo.licence,
        }

    def placed_photo(self, file: str) -> Photo:
        """The photograph of the page's own record that its text places by file name."""
        if self.page.record is None:
            raise PageProblem(
                "no-such-photo",
                "只有动态文章的正文能放照片。",
                "Only the text of a news article can place a photograph.",
                "docs/zh/news/<id>.md",
            )
        photos = {photo.file: photo for photo in self.page.record.photos}
        if file not in photos:
            close = difflib.get_close_matches(file, photos, 1) or list(photos)[:1]
            raise PageProblem(
                "no-such-photo",
                f"这一页的 photos 里没有“{file}”。"
                + (f"是不是“{close[0]}”？" if close else "先在中文文件的题头里写上它。"),
                f"`{file}` is not among the `photos` of this page. "
                + (
                    f"Do you mean `{close[0]}`?"
                    if close
                    else "Name it in the Chinese file's front matter first."
                ),
                f'{{{{ photo("{close[0]}") }}}}' if close else f"photos:\n  - file: {file}",
            )
        self._placed[file] = None
        return photos[file]

    def unplaced_photos(self, record: Record) -> tuple[Photo, ...]:
        """The photographs of a record that the page's text has not placed."""
        return tuple(photo for photo in record.photos if photo.file not in self._placed)

    def asset(self, path: str) -> str:
        """The address of a file of the site that is no page."""
        folder, _, name = path.rpartition("/")
        return self._relative(f"{folder}/") + name

    def date(self, reference: str) -> str:
        """The date that stands in a field of a record, `collection/id.field`."""
        return self.text(self.field(_field_ref(reference), PartialDate))

    def times(self, reference: str) -> str:
        """The daily times that stand in a field of a record, `collection/id.field`."""
        return self.text(self.field(_field_ref(reference), tuple))

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

    def translation(self, path: str | None = None) -> str:
        """The address of this page, or of `path`, in the other language."""
        other = next(locale for locale in LOCALES if locale != self.locale)
        return self._relative(url_of(path or self.page.path, other))

    def parts_of(self, record: Record) -> tuple[Record, ...]:
        """The mechanisms that are parts of a mechanism."""
        named = (self._content.records[ref] for ref in self._content.backlinks.get(record.ref, ()))
        return tuple(other for other in named if getattr(other, "part_of", None) == record.ref)

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

    def timeline(self) -> Mapping[int, Mapping[str, tuple[Event, ...]]]:
        """Every dated event by year and, within it, by date in words; newest first."""
        years: dict[int, dict[str, tuple[Event, ...]]] = {}
        for event in events(self._content):
            days = years.setdefault(event.date.date.year, {})
            said = self.text(event.date)
            days[said] = (*days.get(said, ()), event)
        return years

    def undated(self) -> tuple[Record, ...]:
        """News and start-up records that no source dates."""
        return undated(self._content)

    def years(self) -> tuple[int, ...]:
        """The years that have news."""
        return news_years(self._content)

    def spoken(self, figure: Figure) -> l10n.Spoken:
        """A figure in the pieces that a display sets apart, a duration as on a clock."""
        self.printed[self._content.figure_ref(figure)] = None
        pieces = l10n.spoken(figure, self._unit(figure), self.locale)
        if isinstance(figure.value, timedelta):
            return pieces._replace(number=l10n.duration(figure.value, self.locale, "clock"))
        return pieces

    def figure_entry(self, reference: str | FieldRef) -> Mapping[str, Any]:
        """A figure with what it counts, its record, its source and the address of its entry."""
        ref = _field_ref(reference)
        self.field(ref, Figure)
        return self._entry(ref)

    def sum(self, reference: str) -> Sum:
        """A sum of data/sums, `sums/id`."""
        found = {str(total.ref): total for total in self._content.sums}
        if reference not in found:
            close = difflib.get_close_matches(reference, found, 1)
            raise PageProblem(
                "no-such-sum",
                f"没有“{reference}”这个等式" + (f"，是不是“{close[0]}”？" if close else "。"),
                f"There is no sum `{reference}`" + (f"; do you mean `{close[0]}`?" if close else "."),
            )
        return found[reference]

    def some(self, reference: str) -> tuple[Record, ...]:
        """The records of a collection, or the one that `collection/id` names."""
        return self.records(reference) if reference in PAGED else (self.get(reference),)

    def stated(self, value: Any) -> str:
        """A value in words, or that no source states it."""
        return self.label("not_stated") if value is None else self.text(value)

    def dated(self, record: Record) -> PartialDate | None:
        """When a record happened; where no source says, when it was reported."""
        return self._content.date(record)

    def options(self, values: Iterable[Ref | int | str], prefix: str = "") -> Mapping[str, str]:
        """What a filter offers: each value once, with its words: a record's title, a year, the label `prefix` + value."""
        found = {}
        for value in values:
            if isinstance(value, Ref):
                found[value.id] = self.text(self.get(value).title)
            elif isinstance(value, int):
                found[str(value)] = self.label("year", year=value)
            else:
                found[value] = self.label(prefix + value)
        return found

    def links(self, records: Iterable[Record | Ref]) -> Markup:
        """Links to records, one a line."""
        return Markup("<br>").join(self.link(record) for record in records)

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
        return self._base + url if self._base is not None else relative(url, self.page.url)

    def _unit(self, amount: Amount) -> Unit | None:
        return self._content.units.get(amount.unit) if amount.unit else None

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

    def field(self, reference: FieldRef, kind: type[Any]) -> Any:
        """What stands in a field of a record; PageProblem where it is no `kind`."""
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


def relative(url: str, here: str) -> str:
    """The address of a folder as seen from another, both relative to the site's root: "./" for the same."""
    steps, own = url.split("/")[:-1], here.split("/")[:-1]
    shared = 0
    while shared < min(len(steps), len(own)) and steps[shared] == own[shared]:
        shared += 1
    return "../" * (len(own) - shared) + "".join(f"{step}/" for step in steps[shared:]) or "./"


def figure_id(ref: FieldRef) -> str:
    """The id of a figure's entry in a page, for permanent links."""
    field = "" if ref.field == "figure" else f"-{ref.field}"
    return f"figure-{section_of(ref.record.collection)}-{ref.record.id}{field}"


def quote(anchor: str) -> Markup:
    """Characters of a source, which are Chinese whatever the page's language."""
    return Markup(f'<q lang="zh">{safe(anchor)}</q>')


def safe(text: str) -> Markup:
    """Text with nothing in it that HTML or Markdown would take for its own."""
    text = text.translate(_ESCAPES)
    return Markup(_LIST_MARK.sub(lambda mark: f"{mark[1]}&#{ord(mark[2][0])};{mark[2][1:]}", text))


def _field_ref(reference: str | FieldRef) -> FieldRef:
    if isinstance(reference, FieldRef):
        return reference
    try:
        found: FieldRef = field_ref(reference)
    except PydanticCustomError as error:
        context = error.context or {}
        raise PageProblem(error.type, context["zh"], context["en"], context["example"]) from error
    return found
