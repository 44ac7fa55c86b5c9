"""Each script by itself: with any of them blocked or broken what the others serve works, and what it serves is not shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.serving import Served
from tests.browser.sweep import DESKTOP, PHONE
from tests.expectations import ROOT

SERVES: dict[str, set[str]] = {
    "record": {"care", "theme", "drawer", "search", "filter", "sorting"},
    "interface": {"drawer", "theme", "search"},
    "care": {"care"},
    "colours": {"theme"},
    "keyboard": {"drawer"},
    "lists": {"filter"},
    "figures": {"sorting"},
    "photos": set(),
    "print": set(),
    "find": {"search"},
    "search": {"search"},
    "scrolling": set(),
    "missing": set(),
}
"""What a reader loses with each script, where the page does not do it by itself."""
CARE = "document.documentElement.dataset.care"
DRAWER = ".md-sidebar--primary a:visible"


def care(page: Page) -> None:
    for expected in ("on", None):
        page.locator(".care-switch").click()
        assert page.evaluate(CARE) == expected


def theme(page: Page) -> None:
    button = page.locator(".scheme-switch")
    before = button.get_attribute("title")
    button.click()
    expect(button).not_to_have_attribute("title", before or "")


def drawer(page: Page) -> None:
    page.locator(".md-header").locator(".drawer-switch:visible, [for=__drawer]:visible").click()
    expect(page.locator(DRAWER).nth(4)).to_be_in_viewport()
    page.mouse.click(350, 700)
    expect(page.locator(DRAWER).first).to_be_hidden()


def search(page: Page) -> None:
    if page.locator(".search-switch").is_visible():
        page.locator(".search-switch").click()
    page.locator("[name=words]").fill("187")
    expect(page.locator(".found a").first).to_be_visible()
    page.keyboard.press("Escape")


def filtering(page: Page) -> None:
    rows = page.locator("[data-item]:visible")
    everything = rows.count()
    page.locator(".filters [name=q]").fill("187")
    expect(rows).not_to_have_count(everything)
    page.locator(".filters [name=q]").fill("")
    expect(rows).to_have_count(everything)


def sorting(page: Page) -> None:
    page.locator("th button").first.click()
    expect(page.locator("th").first).to_have_attribute("aria-sort", "ascending")


CONTROLS: dict[str, tuple[str, Callable[[Page], None]]] = {
    "care": (".care-switch", care),
    "theme": (".scheme-switch", theme),
    "drawer": (".md-header .drawer-switch, .md-header [for=__drawer]", drawer),
    "search": (".search-switch, [name=words]", search),
    "filter": (".filters [name=q]", filtering),
    "sorting": ("th button", sorting),
}


def working(page: Page) -> set[str]:
    """The controls that are shown, each of which must do its work."""
    shown = {
        name for name, (where, _) in CONTROLS.items() if page.locator(where).filter(visible=True).count()
    }
    for name in CONTROLS:
        if name in shown:
            CONTROLS[name][1](page)
    return shown


WAYS = [
    pytest.param(script, how, marks=[pytest.mark.whole] if (place + turn) % 2 else [])
    for place, script in enumerate(SERVES)
    for turn, how in enumerate(("blocked", "broken"))
]
"""Each script in one way, the ways in turn; with --sweep=all each in both."""


@pytest.mark.parametrize(("script", "how"), WAYS)
def test_what_a_script_serves_is_hidden_without_it_and_nothing_else_is_lost(
    phone: BrowserContext, served: Served, script: str, how: str
) -> None:
    page = phone.new_page()

    def hinder(route: Route) -> None:
        if how == "blocked":
            route.abort()
        else:
            route.fulfill(body="(", content_type="text/javascript")

    page.route(re.compile(rf"/{script}(-\w+)?\.js"), hinder)
    for url, size, has in (
        ("", PHONE, {"care", "theme", "drawer", "search"}),
        ("en/figures/", DESKTOP, {"care", "theme", "search", "filter", "sorting"}),
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.goto(served.address + url)
        works = working(page)
        assert works == has - SERVES[script]
        if "drawer" not in works:
            assert page.locator(".md-tabs a:visible").count() > 3


def test_every_script_is_hindered_in_turn() -> None:
    folder = ROOT / "overrides/assets/javascripts"
    assert SERVES.keys() == {file.stem for file in folder.iterdir()} | {"interface"}


def test_without_script_nothing_is_shown_that_needs_one_and_the_sections_are_a_plain_list(
    browser: Browser, served: Served
) -> None:
    for size in (PHONE, DESKTOP):
        context = browser.new_context(viewport=size, java_script_enabled=False)  # type: ignore[arg-type]
        page = context.new_page()
        for url in ("", "en/figures/"):
            page.goto(served.address + url)
            for name in ("care", "theme", "search", "filter", "sorting"):
                expect(page.locator(CONTROLS[name][0]).filter(visible=True)).to_have_count(0)
            sections = page.locator(".md-tabs a:visible")
            assert sections.count() > 3
            for link in sections.all():
                expect(link).to_be_in_viewport()
        context.close()
