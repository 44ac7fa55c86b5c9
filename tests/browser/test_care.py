"""Care mode in Chromium: one switch for large text, strong contrast and one column, kept in both languages and schemes."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Served

POINTS_18 = 24
"""18 points, in CSS pixels."""
WORDS = """
const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
const sizes = {}
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement
  if (!text || !element.checkVisibility() || element.closest("sup, [role=img]")) continue
  sizes[text.slice(0, 20)] = parseFloat(getComputedStyle(element).fontSize)
}
return sizes
"""


def switch(page: Page) -> None:
    page.locator(".care-switch").click()


def in_care(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.dataset.care === 'on'"))


def size(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))


@pytest.mark.parametrize(
    "path", ["", "en/model/", "startup-records/kiln/", "en/figures/", "renovations/lane/"]
)
def test_text_is_of_18_points_and_more(desktop: BrowserContext, served: Served, path: str) -> None:
    page = desktop.new_page()
    page.goto(served.address + path)
    switch(page)
    small = {words: size for words, size in page.evaluate(f"() => {{ {WORDS} }}").items() if size < POINTS_18}
    assert not small


def test_it_is_remembered_on_every_page_and_taken_back(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(served.address)
    button = page.get_by_role("button", name="关怀版")
    assert button.get_attribute("aria-pressed") == "false"
    usual = size(page, ".home__story p")
    button.focus()
    page.keyboard.press("Enter")
    assert in_care(page)
    assert button.get_attribute("aria-pressed") == "true"
    assert size(page, ".home__story p") >= 1.4 * usual

    page.goto(f"{served.address}en/alliances/")
    assert in_care(page)
    english = page.get_by_role("button", name="Easy reading")
    assert english.get_attribute("aria-pressed") == "true"
    english.click()
    page.goto(served.address)
    assert not in_care(page)


@pytest.mark.parametrize(("scheme", "paper", "ink"), [("light", 255, 0), ("dark", 0, 255)])
def test_it_is_black_and_white_in_both_schemes(
    browser: Browser, served: Served, scheme: Literal["light", "dark"], paper: int, ink: int
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served.address}alliances/tea/")
    switch(page)
    colours = "element => [getComputedStyle(document.body).backgroundColor, getComputedStyle(element).color]"
    assert page.locator("h1").evaluate(colours) == [
        f"rgb({paper}, {paper}, {paper})",
        f"rgb({ink}, {ink}, {ink})",
    ]
    context.close()


def test_it_has_one_column(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}renovations/lane/")
    facts, text = ".facts", "h2"

    def beside() -> bool:
        boxes = [page.locator(selector).first.bounding_box() for selector in (facts, text)]
        assert boxes[0]
        assert boxes[1]
        return boxes[0]["x"] > boxes[1]["x"] + boxes[1]["width"]

    assert beside()
    switch(page)
    assert not beside()
    assert not page.locator(".md-sidebar--primary").is_visible()


def test_it_stands_before_the_first_paint(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(served.address)
    switch(page)
    page.reload(wait_until="commit")
    page.wait_for_function("document.querySelector('h1')")
    assert in_care(page)
    shift = page.evaluate(
        """() => new Promise(done => {
          let sum = 0
          new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value })
            .observe({type: "layout-shift", buffered: true})
          setTimeout(() => done(sum), 500)
        })"""
    )
    assert shift < 0.001


def test_without_script_there_is_no_switch_that_does_nothing(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address)
    assert not page.locator(".care-switch").is_visible()
    context.close()
