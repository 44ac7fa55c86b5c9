"""Care mode in Chromium: one switch for large text, strong contrast and one column, kept in both languages and schemes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Served, until
from tests.browser.sweep import DESKTOP, KEEP_CARE_ON, PHONE, in_turn, sweep

LEAST = {"desktop": 24, "phone": 18}
"""The smallest text, in CSS pixels: 24 are 18 points."""
WORDS = """
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
const sizes = {}
while (walker.nextNode()) {
  const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement
  if (!text || !element.checkVisibility({visibilityProperty: true}) || element.closest("script, .md-skip")) continue
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


@pytest.mark.parametrize("screen", LEAST)
def test_no_text_is_small(swept: Served, kinds: list[str], screen: str) -> None:
    """Neither ticks nor captions, nor the words of a chart or a table that is folded away."""

    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        sizes = page.evaluate(f"() => {{ {WORDS} }}")
        assert len(sizes) > 8
        for words, size in sizes.items():
            if size < LEAST[screen]:
                yield url, f"“{words}” is of {size} px"

    chosen = ["services/bell-line/", "en/startup-records/", "renovations/lane/", *kinds]
    viewport = PHONE if screen == "phone" else DESKTOP
    faults = sweep(swept, chosen, look, before=KEEP_CARE_ON, viewport=viewport)
    assert not faults, "\n" + in_turn(faults)


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
    until(page, "document.querySelector('h1')")
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


def test_the_dots_of_the_timeline_stand_beside_its_dates(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.add_init_script(KEEP_CARE_ON)
    page.goto(f"{served.address}timeline/")
    day, date = (page.locator(f".timeline__{part}").first.bounding_box() for part in ("day", "date"))
    assert day
    assert date
    assert date["x"] >= day["x"] + 20


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_large_number_is_of_one_size(phone: BrowserContext, served: Served, prefix: str) -> None:
    page = phone.new_page()
    page.add_init_script(KEEP_CARE_ON)
    page.goto(f"{served.address}{prefix}startup-records/")
    sizes = page.locator(".board__number").evaluate_all(
        "numbers => numbers.map(number => [number, ...number.querySelectorAll('*')].map(part => getComputedStyle(part).fontSize))"
    )
    assert sizes
    assert all(len(set(of_one)) == 1 for of_one in sizes)


def test_the_first_figure_of_the_home_page_takes_one_row(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.add_init_script(KEEP_CARE_ON)
    page.goto(served.address)
    first, second = (page.locator(".tile").nth(place).bounding_box() for place in (0, 1))
    assert first
    assert second
    assert second["y"] >= first["y"] + first["height"]
    assert first["width"] > 1.5 * second["width"]
