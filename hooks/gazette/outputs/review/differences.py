"""What differs between two built sites: figures, corrections, pages, feeds and given-up addresses, before and after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from gazette.records.values import LOCALES


class Words(NamedTuple):
    """What is said of a thing in each language; empty where it is not there."""

    zh: str = ""
    en: str = ""


class Difference(NamedTuple):
    """A thing that is not as it was: its name, what it is called, and what was and is said of it."""

    name: str
    title: Words
    before: Words
    after: Words


class Article(NamedTuple):
    """The content of a page: its title, its HTML, and what a reader gets of it, block by block."""

    title: str
    html: str
    blocks: tuple[str, ...]


Articles = Mapping[str, Article]
"""A page's article in each language that it is in."""


class PageDifference(NamedTuple):
    """A page that is not as it was: its path without language, and its articles before and after."""

    path: str
    before: Articles
    after: Articles


class Differences(NamedTuple):
    """All that differs between two built sites."""

    figures: tuple[Difference, ...]
    corrections: tuple[Difference, ...]
    pages: tuple[PageDifference, ...]
    feed: tuple[Difference, ...]
    retired: tuple[Difference, ...]


def kind(difference: Difference | PageDifference) -> str:
    """`added`, `changed` or `removed`."""
    before, after = any(difference.before), any(difference.after)
    return "changed" if before and after else "added" if after else "removed"


def differences(before: Path, after: Path) -> Differences:
    """What differs between two folders that each hold a built site."""
    sites = before, after
    return Differences(
        _differing(*(_table(site, "figures", _figure) for site in sites)),
        _differing(*(_table(site, "corrections", _correction) for site in sites)),
        _pages(*(_articles(site) for site in sites)),
        _differing(*map(_feed, sites)),
        _differing(*(_table(site, "retired", _retirement) for site in sites)),
    )


_Said = tuple[Words, Words]
"""What a thing is called, and what is said of it."""


def _differing(before: Mapping[str, _Said], after: Mapping[str, _Said]) -> tuple[Difference, ...]:
    nothing = Words(), Words()
    found = []
    for name in sorted({*before, *after}):
        was, now = before.get(name, nothing), after.get(name, nothing)
        if was[1] != now[1]:
            found.append(Difference(name, now[0] if any(now[0]) else was[0], was[1], now[1]))
    return tuple(found)


def _table(site: Path, name: str, said: Callable[[Any], _Said]) -> dict[str, _Said]:
    """What the rows of a published table say, by their ids."""
    path = site / "data" / f"{name}.json"
    rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else ()
    return {row["id"]: said(row) for row in rows}


def _figure(row: Mapping[str, str]) -> _Said:
    evidence = f"{row['source']} {row['as_of'] or ''} “{row['anchor']}”"
    said = (f"{row[f'text_{locale}']} ({evidence})" for locale in LOCALES)
    return Words(row["counts_zh"], row["counts_en"]), Words(*said)


def _correction(row: Mapping[str, str]) -> _Said:
    said = (
        f"{row[f'was_text_{locale}']} → {row[f'now_text_{locale}'] or '—'}. {row[f'why_{locale}']}"
        for locale in LOCALES
    )
    return Words(row["figure"], row["figure"]), Words(*said)


def _retirement(row: Mapping[str, str]) -> _Said:
    said = (f"{row['now'] or '—'} {row[f'why_{locale}'] or ''}".strip() for locale in LOCALES)
    return Words(row["was"], row["was"]), Words(*said)


def _feed(site: Path) -> dict[str, _Said]:
    """What the entries of the feed of all news say, by the addresses of their pages."""
    entries: dict[str, dict[str, tuple[str, str]]] = {}
    for locale in LOCALES:
        path = site / _folder(locale) / "feed.json"
        feed = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {"items": ()}
        for item in feed["items"]:
            name = item["url"].removeprefix(feed["home_page_url"])
            entries.setdefault(name, {})[locale] = item["title"], item.get("summary") or item["title"]
    nothing = "", ""
    return {
        name: tuple(
            Words(*words) for words in zip(*(said.get(each, nothing) for each in LOCALES), strict=True)
        )  # type: ignore[misc]
        for name, said in entries.items()
    }


def _folder(locale: str) -> str:
    return "" if locale == "zh" else locale


_FOOT = "page-foot"
"""The class of what ends an article and is not of its content: the day of its last change, the link to its file."""
TEXT_ELEMENTS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "dt",
    "dd",
    "td",
    "th",
    "caption",
    "figcaption",
    "summary",
    "pre",
    "text",
)
"""The elements that hold a reader's text, where none of them is within."""


def _articles(site: Path) -> dict[str, dict[str, Article]]:
    """The article of every page of a site, by its path and language."""
    found: dict[str, dict[str, Article]] = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        locale = next((each for each in LOCALES if path.startswith(f"{each}/")), "zh")
        article = _article(file)
        if article:
            found.setdefault(path.removeprefix(f"{locale}/"), {})[locale] = article
    return found


def _article(file: Path) -> Article | None:
    article = html.document_fromstring(file.read_bytes()).find(".//article")
    if article is None:
        return None
    for foot in article.find_class(_FOOT):
        foot.drop_tree()
    title = article.find(".//h1")
    return Article(
        "" if title is None else text_of(title),
        html.tostring(article, encoding="unicode"),
        tuple(_read_of(article)),
    )


def _read_of(article: html.HtmlElement) -> Iterator[str]:
    """What a reader gets of an article: the text of each block, the addresses of its links, its pictures."""
    for element in article.iter():
        if element.tag in TEXT_ELEMENTS and not any(
            inner.tag in TEXT_ELEMENTS for inner in element.iterdescendants()
        ):
            yield text_of(element)
        for name in ("href", "src", "alt"):
            if value := element.get(name):
                yield value.partition("?")[0]


def text_of(element: html.HtmlElement) -> str:
    """The text of an element on one line."""
    return " ".join(element.text_content().split())


def _pages(
    before: Mapping[str, Mapping[str, Article]], after: Mapping[str, Mapping[str, Article]]
) -> tuple[PageDifference, ...]:
    found = []
    for path in sorted({*before, *after}):
        was, now = before.get(path, {}), after.get(path, {})
        if {each: one.blocks for each, one in was.items()} != {each: one.blocks for each, one in now.items()}:
            found.append(PageDifference(path, was, now))
    return tuple(found)
