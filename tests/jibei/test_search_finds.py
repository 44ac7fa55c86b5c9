"""What search finds on the real site: exactly the pages that say it, in either language, wherever a term is cut."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator, Mapping

import pytest
import snowballstemmer
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Served
from tests.browser.sweep import sweep

pytestmark = [pytest.mark.browser, pytest.mark.whole]

CHINESE = [
    "29分06秒", "9分06", "共享用工", "享用", "门前三包", "前三包", "液压升降平台", "压升降", "齐鲁晚报", "鲁晚",
    "济阳农村商业银行", "商业银", "非公企业", "党建联盟", "建联", "双包联", "包联联", "北张商业街", "1.28亿元", "28亿",
    "1544万元", "120家", "147", "近300家", "街道", "音乐专线", "垃圾分类", "一枚印章", "1+5+N", "+5+",
]  # fmt: skip
"""Names, figures and words of the content; some begin or end within a word."""

ENGLISH = [
    "15.44 million", "128 million", "29 min 06 s", "shared employment", "renovated", "registrat", "subdistricts", "Taiwen",
    "Music Line", "waste sorting", "instructor", "alliances", "Qilu Evening News", "hydraulic", "Party-building",
]  # fmt: skip
"""Words in another form than the text has, cut at their end, names and figures."""

TEXT = """() => {
  const article = document.querySelector("article").cloneNode(true)
  for (const part of article.querySelectorAll("sup, form, button, svg, script, .page-foot, .md-path, .headerlink")) part.remove()
  for (const part of article.querySelectorAll("details")) part.open = true
  document.querySelector("article").replaceWith(article)
  // A note's source is shown with its note; what is laid out as a line of its own may be part of a sentence.
  const style = document.head.appendChild(document.createElement("style"))
  style.textContent = "article :is(span, small, a, b, q) { display: inline !important }"
  return article.innerText
}"""

FIND = """async queries => {
  const address = new URL(document.getElementById("search").dataset.index, location)
  const {parts} = await (await fetch(address)).json()
  const base = new URL("./", address).href
  const {open} = await import(`${base}${parts[0]}/find.js`)
  const {find, read} = await open(base, parts, document.documentElement.lang)
  const found = {}
  for (const query of queries)
    found[query] = (await Promise.all((await find(query)).map(read))).map(page => page.address)
  return found
}"""

stem = snowballstemmer.stemmer("english").stemWord


@pytest.fixture(scope="module")
def texts(checkout: Served) -> Mapping[str, str]:
    """The text of every page as a browser lays it out, by its address."""

    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        yield url, page.evaluate(TEXT)

    return dict(
        sweep(checkout, [*checkout.urls("zh"), *checkout.urls("en")], look, java_script_enabled=False)
    )


@pytest.fixture(scope="module")
def opened(browser: Browser, checkout: Served) -> Iterator[Mapping[str, Page]]:
    context = browser.new_context()
    pages = {"zh": context.new_page(), "en": context.new_page()}
    pages["zh"].goto(checkout.address)
    pages["en"].goto(checkout.address + "en/")
    yield pages
    context.close()


def found(
    pages: Mapping[str, Page], checkout: Served, locale: str, queries: list[str]
) -> dict[str, list[str]]:
    answers = pages[locale].evaluate(FIND, queries)
    return {
        query: [address.removeprefix(checkout.address) for address in answer]
        for query, answer in answers.items()
    }


def folded(text: str) -> str:
    """A text without case or quotation marks, spaces only within Latin script; each line or cell of it for itself."""
    lines = (
        re.sub(r"(?<![\x21-\x7e]) | (?![\x21-\x7e])", "", " ".join(line.split()))
        for line in re.split(r"[\n\t]", re.sub("[“”„«»‘’\"']", "", text))
    )
    return unicodedata.normalize("NFKC", "\n".join(lines)).lower()


def of(texts: Mapping[str, str], locale: str) -> Mapping[str, str]:
    return {url: text for url, text in texts.items() if url.startswith("en/") == (locale == "en")}


def wrong(
    found: Mapping[str, list[str]], right: Mapping[str, set[str]]
) -> dict[str, tuple[set[str], set[str]]]:
    """The queries not answered exactly: what is missing, what is too much."""
    return {
        query: (expected - set(found[query]), set(found[query]) - expected)
        for query, expected in right.items()
        if expected != set(found[query]) or len(set(found[query])) < len(found[query])
    }


def test_chinese_finds_exactly_the_pages_that_say_it(
    opened: Mapping[str, Page], checkout: Served, texts: Mapping[str, str]
) -> None:
    pages = {url: folded(text) for url, text in of(texts, "zh").items()}
    right = {query: {url for url, text in pages.items() if folded(query) in text} for query in CHINESE}
    assert all(right.values()), [query for query, urls in right.items() if not urls]
    assert not wrong(found(opened, checkout, "zh", CHINESE), right)


def test_english_finds_exactly_the_pages_that_say_it_by_stem_and_by_figure(
    opened: Mapping[str, Page], checkout: Served, texts: Mapping[str, str]
) -> None:
    def has(text: str, word: str) -> bool:
        spoken = [re.sub(r"[^\w.]", "", token).strip(".").lower() for token in re.split(r"\s+", text)]
        spoken += [part.strip(".").lower() for token in text.split() for part in re.split(r"[^\w.]+", token)]
        if re.search(r"\d", word):
            return word in spoken
        wanted = stem(re.sub(r"\W", "", word.lower()))
        return any(stem(token).startswith(wanted) or token.startswith(wanted) for token in spoken)

    pages = of(texts, "en")
    right = {
        query: {url for url, text in pages.items() if all(has(text, word) for word in query.split())}
        for query in ENGLISH
    }
    assert all(right.values()), [query for query, urls in right.items() if not urls]
    assert not wrong(found(opened, checkout, "en", ENGLISH), right)


def test_any_characters_of_a_title_or_a_text_find_every_page_they_stand_on(
    opened: Mapping[str, Page], checkout: Served, texts: Mapping[str, str]
) -> None:
    pages = {url: folded(text) for url, text in of(texts, "zh").items()}
    titles = {text.splitlines()[0] for text in pages.values()}
    runs = {
        title[at : at + size]
        for title in titles
        for size in range(2, 7)
        for at in range(len(title) - size + 1)
    }
    chance = random.Random(20211208)
    lines = [line for text in pages.values() for line in text.splitlines() if len(line) > 6]
    for _ in range(400):
        line, size = chance.choice(lines), chance.randint(2, 6)
        at = chance.randrange(len(line) - size + 1)
        runs.add(line[at : at + size])
    runs = {run.strip() for run in runs if len(run.strip()) > 1}
    right = {run: {url for url, text in pages.items() if run in text} for run in sorted(runs)}
    assert len(right) > 700
    answers = found(opened, checkout, "zh", [f'"{run}"' for run in right])
    assert not wrong({query.strip('"'): urls for query, urls in answers.items()}, right)


def test_a_page_whose_title_has_the_query_comes_first(
    opened: Mapping[str, Page], checkout: Served, texts: Mapping[str, str]
) -> None:
    queries = ["共享用工", "北张商业街", "党建联盟", "音乐专线", "门前三包", "党建指导员"]
    for query, urls in found(opened, checkout, "zh", queries).items():
        assert any(query in line for line in texts[urls[0]].splitlines()[:3]), f"{query}: {urls[0]}"


def test_a_first_search_moves_little(checkout: Served, phone: BrowserContext) -> None:
    page = phone.new_page()
    sizes: list[int] = []
    page.goto(checkout.address)
    page.wait_for_load_state("networkidle")
    wire = phone.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    wire.send("Network.enable")
    page.keyboard.press("/")
    page.keyboard.type("液压升降平台")
    page.wait_for_selector(".found li")
    assert 0 < sum(sizes) <= 300 * 1024
