"""A figure leads to its source: by pointer, by keyboard, by touch, without script; and the table of all figures."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.serving import Served

FIGURES = ".tile__entry:visible, a.figure:visible"
"""Those in the tables of charts are folded away."""


@pytest.mark.parametrize("locale", ["", "en/"])
def test_every_figure_of_the_home_page_reaches_its_source_in_one_step_by_keyboard(
    desktop: BrowserContext, served: Served, locale: str
) -> None:
    page = desktop.new_page()
    page.goto(served.address + locale)
    count = page.locator(FIGURES).count()
    assert count > 8
    for number in range(count):
        page.goto(served.address + locale)
        figure = page.locator(FIGURES).nth(number)
        figure.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/figures/#figure-"))
        entry = page.locator(":target")
        expect(entry.locator("a[href*='sources/']").first).to_be_visible()
        expect(entry.locator("q")).to_be_visible()


@pytest.mark.parametrize("locale", ["", "en/"])
def test_a_tile_names_its_source_and_links_to_it(
    desktop: BrowserContext, served: Served, locale: str
) -> None:
    page = desktop.new_page()
    page.goto(served.address + locale)
    page.locator(".tile__source").first.click()
    page.wait_for_url(re.compile(r"/sources/[a-z-]+/#figure-"))
    expect(page.locator(":target q")).to_be_visible()


def test_hover_and_focus_show_the_note_and_escape_hides_it(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(served.address + "en/model/")
    figure = page.locator("a.figure").first
    card = page.locator(".note-card")
    expect(card).to_be_hidden()
    figure.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("as of")
    expect(card.locator("q")).to_be_visible()
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.mouse.move(0, 0)
    figure.focus()
    expect(card).to_be_visible()


def test_a_first_tap_shows_the_note_and_a_second_follows(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(served.address + "model/")
    figure = page.locator("a.figure").first
    figure.tap()
    card = page.locator(".note-card")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    figure.tap()
    page.wait_for_url(re.compile(r"/figures/#figure-"))
    context.close()


def test_without_script_a_figure_is_a_link_and_the_mark_leads_to_the_source_below(
    browser: Browser, served: Served
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.address + "en/model/")
    page.locator(".mark a").first.click()
    assert page.url.endswith("#source-1")
    expect(page.locator("#source-1 a").first).to_be_visible()
    page.locator("a.figure").first.click()
    assert "/figures/#figure-" in page.url
    context.close()


def test_the_table_of_figures_is_filtered_and_sorted(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(served.address + "en/figures/")
    rows = page.locator(".figures-index tbody tr")
    everything = rows.count()
    words = page.get_by_role("searchbox", name="Filter")
    words.fill("187")
    expect(rows.filter(visible=True)).to_have_count(1)
    words.fill("no such thing")
    expect(page.get_by_text("No matches")).to_be_visible()
    words.fill("")
    expect(rows.filter(visible=True)).to_have_count(everything)
    page.get_by_role("button", name="Value").click()
    values = [float(cell.get_attribute("data-value") or "") for cell in page.locator("td[data-value]").all()]
    assert values == sorted(values)
    page.get_by_role("button", name="Value").click()
    values = [float(cell.get_attribute("data-value") or "") for cell in page.locator("td[data-value]").all()]
    assert values == sorted(values, reverse=True)
