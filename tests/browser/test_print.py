"""A page on paper: its words, its sources and its address, and nothing that only a screen can use."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.serving import Served

SOURCED = ("en/model/", "services/bell-line/", "en/sources/zone-report/")


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    """A page of A4's width on a dark screen, one for all tests: to open another takes longer than to look at it."""
    context = browser.new_context(viewport={"width": 680, "height": 960}, color_scheme="dark")
    yield context.new_page()
    context.close()


@pytest.fixture
def paper(sheet: Page) -> Page:
    """The page as it is printed."""
    sheet.emulate_media(media="print", color_scheme="dark")
    return sheet


@pytest.mark.parametrize("url", ["", "en/figures/", *SOURCED])
def test_paper_has_no_navigation_and_nothing_to_press(paper: Page, served: Served, url: str) -> None:
    paper.goto(served.address + url)
    screen_only = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-top, .md-skip, .turn, .switch, nav, form, input, .page-foot a"
    expect(paper.locator(screen_only).filter(visible=True)).to_have_count(0)
    expect(paper.locator("h1")).to_be_visible()


@pytest.mark.parametrize("url", ["", "en/news/", "startup-records/", *SOURCED])
def test_every_word_on_paper_is_dark_and_the_paper_white(paper: Page, served: Served, url: str) -> None:
    paper.goto(served.address + url)
    colours = paper.evaluate(
        """[...document.querySelectorAll("article *")].filter(element => element.checkVisibility()
           && element.innerText?.trim()).map(element => getComputedStyle(element).color)"""
    )
    assert colours
    for colour in set(colours):
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 0x70, colour
    assert paper.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("url", "name"), [("model/", "样例区纪事"), ("en/model/", "The Sample Zone Record")])
def test_paper_says_whose_page_it_is_and_where(paper: Page, served: Served, url: str, name: str) -> None:
    paper.goto(served.address + url)
    line = paper.locator(".printed")
    expect(line).to_be_visible()
    expect(line).to_contain_text(name)
    expect(line).to_contain_text(served.address + url)
    paper.emulate_media(media="screen")
    expect(line).to_be_hidden()


def test_paper_says_where_each_figure_comes_from(paper: Page, served: Served) -> None:
    paper.goto(served.address + "en/model/")
    sources = paper.locator(".notes__source")
    assert sources.count() > 5
    for source in sources.all():
        expect(source).to_be_visible()
        expect(source.locator("q")).to_be_visible()


def test_an_address_outside_is_printed_and_one_inside_is_not(paper: Page, served: Served) -> None:
    paper.goto(served.address + "en/model/")
    paper.evaluate(
        """document.querySelector(".md-typeset h1").insertAdjacentHTML("afterend",
           '<p><a id="outside" href="https://paper.example/article">The original</a></p>')"""
    )
    said = "element => getComputedStyle(element, '::after').content"
    assert "https://paper.example/article" in paper.locator("#outside").evaluate(said)
    for link in paper.locator("article a:not([href^='http'], .page-foot a)").all():
        assert link.evaluate(said) in ("none", "normal")


def test_what_is_folded_away_is_printed(paper: Page, served: Served) -> None:
    paper.goto(served.address + "en/model/")
    paper.evaluate(
        """document.querySelector(".md-typeset h1").insertAdjacentHTML("afterend",
           "<details><summary>More</summary><p id='folded'>Folded away</p></details>")"""
    )
    shown = "document.querySelector('#folded').checkVisibility({contentVisibilityAuto: true}) && document.querySelector('#folded').offsetHeight > 0"
    assert paper.evaluate(shown)


def test_pages_are_numbered_and_hold_the_whole_page(paper: Page, served: Served) -> None:
    paper.goto(served.address + "en/model/")
    printed = PdfReader(io.BytesIO(paper.pdf(format="A4", prefer_css_page_size=True)))
    texts = [page.extract_text() for page in printed.pages]
    assert 2 <= len(texts) <= 8
    for number, text in enumerate(texts, 1):
        assert re.search(rf"{number}\s*/\s*{len(texts)}", text)
    assert "How pairing works" in texts[0]
    assert "This is a sample, not a government site." in " ".join(texts[-1].split())
