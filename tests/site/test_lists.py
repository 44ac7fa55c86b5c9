"""A site with long lists: all of it can be reached by links, and no page lists more than fifty."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from gazette.site.pagination import BOUND
from tests.zones import Zone
from tests.zones.large import ARTICLES, grow

SITE = "https://record.example/"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    zone = grow(tmp_path_factory.mktemp("lists") / "zone")
    build = zone.build()
    assert build.status == 0, build.said
    assert "WARNING" not in build.said
    return zone


def urls(zone: Zone, prefix: str = "") -> list[str]:
    """The addresses of the pages in one language."""
    site = zone.root / "site"
    found = (file.parent.relative_to(site).as_posix() for file in site.rglob("index.html"))
    every = sorted("" if path == "." else f"{path}/" for path in found)
    return [url for url in every if url.startswith("en/") == (prefix == "en/")]


def main(html: str) -> str:
    """What a page itself says, without the frame around it."""
    return html[html.index("<h1") : html.index('<footer class="page-foot"')]


def links(zone: Zone, url: str, *, own: bool = False) -> list[str]:
    """The addresses within the site that a page, or its own part of it, links to, with their anchors."""
    html = zone.page(url)
    found = re.findall(r'<a\b[^>]*?href="([^"]*)"', main(html) if own else html)
    resolved = (urljoin(SITE + url, unescape(href)) for href in found)
    return [link.removeprefix(SITE) for link in resolved if link.startswith(SITE)]


def records(zone: Zone, url: str) -> set[str]:
    """The articles, start-up records and terms that a page links to itself."""
    known = re.compile(r"(?:en/)?(?:news|startup-records|glossary)/[a-z][a-z-]*-\d+/")
    return {
        link for link in (urlsplit(link).path for link in links(zone, url, own=True)) if known.fullmatch(link)
    }


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_every_page_is_reached_by_links_from_the_home_page_and_every_link_leads_somewhere(
    grown: Zone, prefix: str
) -> None:
    reached, waiting = set(), [prefix]
    anchors = set()
    while waiting:
        url = waiting.pop()
        if url in reached:
            continue
        reached.add(url)
        for link in links(grown, url):
            path, _, anchor = link.partition("#")
            if path.startswith("en/") == (prefix == "en/") and not Path(path).suffix:
                waiting.append(path)
                anchors.add((path, anchor))
    assert sorted(reached) == urls(grown, prefix)
    assert len([url for url in reached if re.fullmatch(rf"{prefix}news/[a-z]+-\d+/", url)]) == len(ARTICLES)
    for path, anchor in anchors:
        assert not anchor or f'id="{unescape(anchor)}"' in grown.page(path), f"{path}#{anchor}"


def test_both_languages_have_the_same_pages_with_titles_of_their_own(grown: Zone) -> None:
    chinese, english = urls(grown), urls(grown, "en/")
    assert [f"en/{url}" for url in chinese] == english
    for every in (chinese, english):
        for pattern in (r"<title>(.*?)</title>", r'(?i)<meta name="description" content="(.*?)"'):
            said = Counter(re.findall(pattern, grown.page(url))[0] for url in every)
            assert [words for words, times in said.items() if times > 1] == []


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_no_page_lists_more_than_fifty_of_a_kind(grown: Zone, prefix: str) -> None:
    for url in urls(grown, prefix):
        kinds = Counter(record.removeprefix("en/").split("/")[0] for record in records(grown, url))
        assert max(kinds.values(), default=0) <= BOUND, f"{url}: {kinds}"
        assert len(grown.page(url).encode()) <= 150 * 1024, url


def turned(zone: Zone, url: str, way: str) -> str | None:
    found = re.search(rf'<a class="turn__{way}"[^>]*?href="([^"]*)"', zone.page(url))
    return urljoin(SITE + url, unescape(found[1])).removeprefix(SITE) if found else None


def walk(zone: Zone, url: str, way: str) -> Mapping[str, set[str]]:
    """The pages from one on, by previous or next, each with the records it lists."""
    walked = {}
    here: str | None = url
    while here is not None:
        assert here not in walked
        walked[here] = records(zone, here)
        here = turned(zone, here, way)
    return walked


def test_next_leads_from_the_newest_page_of_the_news_to_the_oldest_and_previous_back(grown: Zone) -> None:
    walked = walk(grown, "news/2033/09/", "next")
    assert list(walked) == [
        "news/2033/09/", "news/2033/06/2/", "news/2033/06/1/", "news/2032/", "news/2031/", "news/2030/",
    ]  # fmt: skip
    every = [record for listed in walked.values() for record in listed]
    assert sorted(every) == sorted(f"news/{id_}/" for id_ in ARTICLES)
    assert list(walk(grown, "news/2030/", "previous")) == list(walked)[::-1]
    assert 'link rel="prev"' not in grown.page("news/2032")


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_tag_leads_from_an_article_to_all_articles_that_have_it(grown: Zone, prefix: str) -> None:
    topic = f"{prefix}glossary/subject/"
    assert topic in links(grown, f"{prefix}news/old-1/", own=True)
    assert 0 < len(records(grown, topic)) <= 12
    assert f"{topic}news/" in links(grown, topic, own=True)
    assert f"{topic}news/2033/" in links(grown, f"{topic}news/", own=True)
    walked = walk(grown, f"{topic}news/2033/09/", "next")
    assert {record for listed in walked.values() for record in listed} == {
        f"{prefix}news/{id_}/" for id_ in ARTICLES
    }


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_the_timeline_is_an_archive_by_year_and_month_with_counts(grown: Zone) -> None:
    opening = text(main(grown.page("en/timeline")))
    assert "The first 50 of 183 are on this page" in opening
    assert "2033 105 December 5 September 30 June 65 March 5" in opening
    assert "June 2033" in re.findall(r"<h2[^>]*>([^<]*)", main(grown.page("en/timeline/2033/06/1")))
    june = records(grown, "timeline/2033/06/1/") | records(grown, "timeline/2033/06/2/")
    assert {f"news/{id_}/" for id_, date in ARTICLES.items() if date.startswith("2033-06")} <= june


def test_a_divided_list_says_how_much_of_it_a_page_shows_and_a_filter_how_much_it_filters(
    grown: Zone,
) -> None:
    assert "共121条，本页列出前50条" in text(main(grown.page("news")))
    assert "只筛选本页的50条，全部共121条" in text(main(grown.page("news")))
    assert "This filters the 50 entries on this page, of 121 in all" in text(main(grown.page("en/news")))
    assert 'select name="year"' not in grown.page("news").partition('class="filters"')[2]
    assert "只筛选本页" not in text(main(grown.page("news/2032")))
    assert "共62条，本页列出前50条" in text(main(grown.page("glossary")))
    assert "This filters" not in text(main(grown.page("en/glossary/a")))


def test_names_stand_under_their_letters(grown: Zone) -> None:
    assert records(grown, "glossary/c/") == {f"glossary/c-term-{n}/" for n in range(2, 60, 10)}


def test_a_figure_s_entry_stands_on_one_page_and_an_old_link_still_finds_where_to_look(grown: Zone) -> None:
    (entry,) = {link for link in links(grown, "en/news/old-1/", own=True) if "#figure-" in link}
    path, anchor = entry.split("#")
    assert path.startswith("en/figures/startup-records/")
    assert anchor == "figure-startup-records-kiln-duration"
    assert f'<tr id="{anchor}"' in grown.page(path)
    # Of the pages that print it twelve are named.
    assert re.search(r"further pages: 1\d\d ", text(grown.page(path)))
    assert "en/figures/startup-records/" in links(grown, "en/figures/", own=True)


def test_where_a_part_stands_is_said_above_it(grown: Zone) -> None:
    path = re.search(r'<nav class="md-path".*?</nav>', grown.page("en/news/2033/06/1"), re.DOTALL)
    assert path
    shown = [urljoin(f"{SITE}en/news/2033/06/1/", href) for href in re.findall(r'href="(.*?)"', path[0])]
    assert [link.removeprefix(SITE) for link in shown] == [
        "en/", "en/news/", "en/news/2033/", "en/news/2033/06/",
    ]  # fmt: skip
