"""What search finds on the real site, in a browser: exactly the pages that say it, and their number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest
import yaml
from lxml import html
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Served, until
from tests.expectations import ROOT
from tests.search_rules import FIND, Pages, Text, runs, texts, wrong

pytestmark = pytest.mark.browser

RUNS = 5000
SAMPLE = 300
"""Random runs of a language's texts: with --sweep=all, and without."""

QUERIES = {
    "zh": [
        "29分06秒", "9分06", "29′06″", "29'06\"", "共享用工", "享用", "门前三包", "前三包", "液压升降平台", "压升降", "齐鲁晚报",
        "非公企业", "建联", "双包联", "包联联", "“双包联”", "“双包联”机制", "北张商业街", "1.28亿元", "28亿", "1544", "1544万元",
        "１５４４万元", "120家", "147", "近300家", "一枚印章", "1+5+N", "+5+", "济北 速度", "党 建设", "党", "建", "党建，联盟",
        "党\u200b建", "党\ufeff建联盟", "党建　联盟", "𠮷野家", "5G", "垃 圾", "的", "是", "QQ", "１+５+n", "齐鲁晚报 2021",
    ],
    "en": [
        "15.44 million", "15.44", "15", "1544", "128 million", "29 min 06 s", "29'06\"", "29′06″", "shared employment", "renovated",
        "subdistricts", "Taiwen", "Music Line", "Music Lines", "waste sorting", "instructors", "alliances", "hydraulic",
        "Qilu Evening News", "Party-building", "Party-buildings", '"Party building"', '"Party buildings"', "Party's", "1+5+N",
        "not", "notes", "site", "sit", "her", "共享用工", "共享 用工", "享用", "工", "“Party building”", "PARTY", "Ｐａｒｔｙ",
        "Party\u00ad-building", "news", "united", "use", "using", "used", "and", "2021", "the the", "Jinan",
    ],
}  # fmt: skip
"""Names, figures and words as they are typed: some begin or end within a word, some stand nowhere."""


@pytest.fixture(scope="module", params=["zh", "en"])
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def said(checkout: Served, locale: str) -> Mapping[str, Text]:
    """The text of every page of a language."""
    root, also = "en/" if locale == "en" else "", {}
    for file in (ROOT / "data" / "glossary").glob("*.yml"):
        term = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        also[f"{root}glossary/{file.stem}/"] = term.get("also", {}).get(locale, [])
    return texts(checkout.folder, locale, also)


@pytest.fixture(scope="module")
def pages(said: Mapping[str, Text], locale: str) -> Pages:
    return Pages(said, locale)


@pytest.fixture(scope="module")
def opened(browser: Browser, checkout: Served, locale: str) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(checkout.address + ("en/" if locale == "en" else ""))
    yield page
    page.close()


def test_names_and_figures_as_they_are_typed(opened: Page, pages: Pages, locale: str) -> None:
    assert not wrong(opened, pages, QUERIES[locale])


def test_every_title(opened: Page, pages: Pages, said: Mapping[str, Text]) -> None:
    titles = sorted({name for page in said.values() for name in page.names})
    for title in titles:
        answer = pages.answer(f'"{title}"')
        assert answer, title
        assert answer.must, title
    assert not wrong(opened, pages, [*titles, *(f'"{title}"' for title in titles)])


def test_every_figure(opened: Page, pages: Pages, said: Mapping[str, Text], checkout: Served) -> None:
    figures = {
        figure
        for page in said.values()
        for block in page.blocks
        for figure in re.findall(r"[\d.,:′″'\"%+]*\d\S?", block)
    }
    for url in said:
        page = html.fromstring((checkout.folder / url / "index.html").read_text(encoding="utf-8"))
        figures |= {
            " ".join(figure.text_content().split())
            for figure in page.xpath("//article//span[@class='figure']")
        }
    assert not wrong(opened, pages, sorted(figures))


def test_any_characters_of_a_text(
    opened: Page, pages: Pages, said: Mapping[str, Text], locale: str, request: pytest.FixtureRequest
) -> None:
    count = RUNS if request.config.getoption("sweep") == "all" else SAMPLE
    queries = [*runs(said, locale, count)]
    assert sum(bool(answer and answer.must) for answer in map(pages.answer, queries)) > count / 2
    assert not wrong(opened, pages, queries)


def test_a_page_whose_title_has_the_query_comes_first(
    opened: Page, said: Mapping[str, Text], locale: str
) -> None:
    queries = {
        "zh": ["共享用工", "北张商业街", "党建联盟", "门前三包"],
        "en": ["shared employment", "Party-building", "Music Line"],
    }
    for query, found in zip(queries[locale], opened.evaluate(FIND, queries[locale]), strict=True):
        names = [" ".join(said[url].names).lower() for url in found["pages"]]
        has = [query.lower().replace("-", " ") in name.replace("-", " ") for name in names]
        assert has[0], (query, found["pages"][:3])


WEIGH = """new MutationObserver(() => {
  if (!window.moved && document.querySelectorAll(".found li").length === 6)
    window.moved = performance.getEntriesByType("resource").filter(one => one.name.includes("/search/"))
      .reduce((sum, one) => sum + one.transferSize, 0)
}).observe(document, {subtree: true, childList: true})"""
"""Weighs what has come of the index when six results are shown; making sure of the count may read more."""


@pytest.mark.parametrize(
    "query", [{"zh": "党建联盟", "en": "Party-building"}, {"zh": "济北", "en": "alliance"}]
)
def test_a_first_search_moves_little(
    checkout: Served, phone: BrowserContext, locale: str, query: Mapping[str, str]
) -> None:
    page = phone.new_page()
    page.add_init_script(WEIGH)
    page.goto(checkout.address + ("en/" if locale == "en" else ""))
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.insert_text(query[locale])
    until(page, "window.moved")
    assert page.evaluate("window.moved") <= 60 * 1024
