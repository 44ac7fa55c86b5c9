"""Every page of the site in both languages: its address, its file, what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.front_matter import Markdown
from gazette.content.media import claims, same_address
from gazette.content.model import Content
from gazette.language import wording
from gazette.records import page_path
from gazette.records.front_matter import Article
from gazette.records.record import Record
from gazette.records.values import LOCALES, FieldRef, Ref
from gazette.site.lists import Listing, Lists
from gazette.site.pagination import Part, Step, Steps

Locate = Callable[[str], str]
"""The address of something of the site, given relative to the site's root, as it is to be followed from elsewhere."""

DEFAULT_LOCALE = "zh"
"""The language for readers of neither: that of the root."""


Asked = tuple[str, tuple[FieldRef | Ref, ...]]
"""A question that a page answers, and where the answer stands: records, and fields of records."""


@dataclass(frozen=True)
class Page:
    """One page in one language.

    `path` is the same in both languages, without a suffix ("index", "alliances/food-beverage");
    `source` is the file an editor would change, `changed` the day of its last commit (YYYY-MM-DD) if known;
    `empty` is why its list has nothing, where the page says so.
    A page that a list begins with or continues on has that `listing` and the `part` of it that it shows.
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
    questions: tuple[Asked, ...] = ()
    listing: Listing | None = None
    part: Part[Any] | None = None
    empty: str | None = None

    @property
    def shows(self) -> str | None:
        """What it shows by itself beside its text: the list that begins or goes on here, or the data to download."""
        if self.listing:
            return self.listing.of
        return "data" if self.path == "data" else None

    @property
    def fields(self) -> tuple[FieldRef, ...]:
        """The figures, and other fields of records, that it shows beside its text."""
        answers = (ref for _, refs in self.questions for ref in refs if isinstance(ref, FieldRef))
        return (*self.figures, *answers)

    @property
    def only_lists(self) -> bool:
        """Whether all that it says is said on other pages: a part of a list, or of what is related to a record."""
        return self.record is None and self.body is None

    @property
    def src_uri(self) -> str:
        """Where the page stands among MkDocs' files."""
        return f"{self.locale}/{self.path}.md"

    @property
    def url(self) -> str:
        """Its address relative to the site's root: "" for the Chinese home page."""
        return url_of(self.path, self.locale)


def url_of(path: str, locale: str) -> str:
    """The address of a page: Chinese at the root, English under en/; the one rule all links derive from."""
    folder = "" if path == "index" else path.removesuffix("/index") + "/"
    return folder if locale == "zh" else f"{locale}/{folder}"


def record_path(ref: Ref) -> str:
    return page_path(str(ref))


def figure_url(ref: FieldRef, locale: str) -> str:
    return f"{url_of('figures', locale)}#{figure_id(ref)}"


def figure_id(ref: FieldRef) -> str:
    """The id of a figure's entry in a page, for permanent links."""
    field = "" if ref.field == "figure" else f"-{ref.field}"
    as_of = f"-{ref.as_of.lower()}" if ref.as_of else ""
    return f"figure-{section_of(ref.record.collection)}-{ref.record.id}{field}{as_of}"


def section_of(collection: str) -> str:
    """The folder of a collection's pages: model_posts is at model-posts/."""
    return collection.replace("_", "-")


def section_path(collection: str) -> str:
    """The path of the page that lists a collection, where the site has one."""
    return f"{section_of(collection)}/index"


def listed(page: Page) -> tuple[Record, ...]:
    return tuple(item for item in page.part.items if isinstance(item, Record)) if page.part else ()


def absolute(address: str, url: str) -> str:
    """The whole address of a page, for a site at `address`."""
    return address + quote(url)


def list_path(listing: Listing, steps: Steps = ()) -> str:
    """The path of a part of a list, which stands below the list's own: news/2024/05."""
    owner = [record_path(listing.to.ref)] if listing.to else []
    return "/".join([*owner, section_of(listing.of), *(section_of(step.value) for step in steps)])


def part_name(steps: Steps, locale: str) -> str:
    """What a part of a list is called: `2024年5月`, `May 2024`, `S`, `Key figures · May 2024 · page 2`."""
    said: list[str] = []
    year: int | None = None
    for kind, value in steps:
        match kind:
            case "collection":
                said.append(wording.label(value, locale))
            case "year":
                year = int(value)
                said.append(wording.label("year", locale, year=value))
            case "month":
                said[-1] = wording.month(int(value), locale, year)
            case "undated" if year:
                said[-1] = wording.label("month_not_stated_in", locale, year=year)
            case "undated":
                said.append(wording.label("date_not_stated", locale))
            case "letter":
                said.append(value.upper())
            case "page":
                said.append(wording.label("page_number", locale, n=value))
    return " · ".join(said)


def step_name(step: Step, locale: str, below: bool) -> str:
    """What the last step to a part is called on the page above it, `below` which year and list are plain: `May`."""
    match step:
        case Step("month", number):
            return wording.month(int(number), locale)
        case Step("undated", _) if below:
            return wording.label("month_not_stated", locale)
    return part_name((step,), locale)


def all_pages(content: Content, lists: Lists, changed: Mapping[str, str]) -> tuple[Page, ...]:
    """Every page of the site in both languages; `changed` gives each file's last change by its path."""
    return tuple(page for locale in LOCALES for page in _pages(content, lists, changed, locale))


def above(page: Page, pages: Mapping[str, Page]) -> Iterator[Page]:
    """Those of `pages`, by src_uri, whose address a page's goes on from, the nearest first."""
    folder = page.path.rpartition("/")[0]
    while folder:
        for path in (f"{folder}/index", folder):
            found = pages.get(f"{page.locale}/{path}.md")
            if path != page.path and found:
                yield found
        folder = folder.rpartition("/")[0]


def clashes(pages: Iterable[Page], content: Content) -> Iterator[Diagnostic]:
    """A page, or a file of docs/root, whose address a page has already, or had before and leads on from there."""
    taken: dict[str, Page] = {}
    for page in pages:
        first = taken.setdefault(page.url, page)
        if first is not page:
            values = {"address": page.url, "file": first.source}
            yield Diagnostic(Position(page.source), "same-address", values)
    urls = {url: page.source for url, page in taken.items()}
    for retirement in content.retirements:
        url = url_of(page_path(retirement.was), "zh")
        if there := taken.get(url):
            values = {"address": url, "file": there.source}
            yield Diagnostic(content.position(retirement, ("was",)), "retired-address-in-use", values)
        urls.setdefault(url, retirement.path)
    folders = {url.partition("/")[0].casefold(): source for url, source in urls.items()}
    for path, address in content.media.items():
        if "/" not in address and (source := folders.get(claims(address))):
            yield same_address(f"docs/{path}", source)


def _pages(content: Content, lists: Lists, changed: Mapping[str, str], locale: str) -> Iterable[Page]:
    beginnings = {list_path(listing): listing for listing in lists.main.values()}
    for path, prose in content.prose.items():
        body, matter = prose.bodies[locale], prose.matter
        listing = beginnings.get(path.removesuffix("/index"))
        title, summary, day = matter.title.to(locale), matter.summary.to(locale), changed.get(body.path)
        page = Page(locale, path, title, summary, "article", body.path, day, body=body, listing=listing)
        page = replace(page, part=listing.whole if listing else None)
        if isinstance(matter, Article):
            page = replace(page, record=matter)
        else:
            empty = matter.empty.to(locale) if matter.empty else None
            asked = tuple((question.ask.to(locale), question.answer) for question in matter.questions)
            page = replace(page, layout=matter.layout, figures=matter.figures, questions=asked, empty=empty)
        yield page
        if listing:
            yield from _parts(page, listing)
    for record in content.records.values():
        if not isinstance(record, Article):
            path, day = record_path(record.ref), changed.get(record.path)
            title, summary = record.title.to(locale), record.summary.to(locale)
            yield Page(locale, path, title, summary, "record", record.path, day, record)
        for listing in lists.continued(record):
            named = {"of": wording.label(listing.of, locale), "to": record.title.to(locale)}
            title = wording.label("related_list", locale, **named)
            summary = wording.label("related_list_summary", locale, n=listing.whole.count, **named)
            day = changed.get(record.path)
            page = Page(locale, list_path(listing), title, summary, "part", record.path, day)
            page = replace(page, listing=listing, part=listing.whole)
            yield page
            yield from _parts(page, listing)


def _parts(first: Page, listing: Listing) -> Iterator[Page]:
    """The pages of the parts of a list that begins on the page `first`."""
    for part in listing.whole.every():
        if part.steps:
            named = {"of": first.title, "part": part_name(part.steps, first.locale)}
            yield replace(
                first,
                path=list_path(listing, part.steps),
                title=wording.label("list_part", first.locale, **named),
                summary=wording.label("list_part_summary", first.locale, n=part.count, **named),
                layout=first.layout if first.layout in ("figures", "timeline") else "part",
                body=None,
                figures=(),
                questions=(),
                part=part,
            )
