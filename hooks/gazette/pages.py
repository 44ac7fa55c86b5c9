"""Every page of the site in both languages: its address, its file, what it is made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from gazette import l10n
from gazette.content import Content, Markdown
from gazette.diagnostics import Diagnostic, Position
from gazette.records import PAGED, page_path
from gazette.records.base import Record
from gazette.records.prose import Article
from gazette.records.prose import Page as ProseMatter
from gazette.records.values import LOCALES, FieldRef, Ref

Locate = Callable[[str], str]
"""The address of something of the site, given relative to the site's root, as it is to be followed from elsewhere."""

DEFAULT_LOCALE = "zh"
"""The language for readers of neither: that of the root."""


@dataclass(frozen=True)
class Page:
    """One page in one language.

    `path` is the same in both languages, without a suffix ("index", "alliances/food-beverage");
    `source` is the file an editor would change, `changed` the day of its last commit (YYYY-MM-DD) if known;
    `empty` is why its list has nothing, where the page says so.
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
    empty: str | None = None

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
    """The path of a record's page."""
    return page_path(str(ref))


def figure_url(ref: FieldRef, locale: str) -> str:
    """The address of a figure's entry on the page of all figures."""
    return f"{url_of('figures', locale)}#{figure_id(ref)}"


def figure_id(ref: FieldRef) -> str:
    """The id of a figure's entry in a page, for permanent links."""
    field = "" if ref.field == "figure" else f"-{ref.field}"
    return f"figure-{section_of(ref.record.collection)}-{ref.record.id}{field}"


def section_of(collection: str) -> str:
    """The folder of a collection's pages: model_posts is at model-posts/."""
    return collection.replace("_", "-")


def section_path(collection: str) -> str:
    """The path of the page that lists a collection, where the site has one."""
    return f"{section_of(collection)}/index"


def listed_by(path: str) -> str | None:
    """The collection that the page at a path lists."""
    return next((name for name in PAGED if section_path(name) == path), None)


def listed(page: Page, content: Content) -> tuple[Record, ...]:
    """The records that a page lists as the section of a collection or as a year of the news."""
    if page.year:
        return news_of(content, page.year)
    collection = listed_by(page.path)
    return content.collection(collection) if collection else ()


def absolute(address: str, url: str) -> str:
    """The whole address of a page, for a site at `address`."""
    return address + quote(url)


def all_pages(content: Content, changed: Mapping[str, str]) -> tuple[Page, ...]:
    """Every page of the site in both languages; `changed` gives each file's last change by its path."""
    return tuple(page for locale in LOCALES for page in _pages(content, changed, locale))


def clashes(pages: Iterable[Page], content: Content) -> Iterator[Diagnostic]:
    """A page whose address another page has already, or that was another's before and leads on from there."""
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
    for retirement in content.retirements:
        if there := taken.get(url_of(page_path(retirement.was), "zh")):
            yield Diagnostic(
                content.position(retirement, ("was",)),
                "same-address",
                f"网址 /{there.url} 现在是 {there.source} 的，不能停用。",
                f"The address /{there.url} is that of {there.source} now; it cannot be given up.",
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
            empty=matter.empty.to(locale) if isinstance(matter, ProseMatter) and matter.empty else None,
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
    section = content.prose.get("news/index")
    for year in news_years(content) if section else ():
        said = l10n.label("news_of", locale, year=year)
        file = f"docs/{locale}/news/index.md"
        yield Page(locale, f"news/{year}", said, said, "year", file, changed.get(file), year=year)


def news_years(content: Content) -> tuple[int, ...]:
    """The years that have news, newest first."""
    dates = (content.date(record) for record in content.collection("news"))
    return tuple(sorted({date.date.year for date in dates if date}, reverse=True))


def news_of(content: Content, year: int) -> tuple[Record, ...]:
    """The news of a year, newest first."""
    dates = ((article, content.date(article)) for article in content.collection("news"))
    return tuple(article for article, date in dates if date and date.date.year == year)
