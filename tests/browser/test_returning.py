"""What a reader chose holds: on the page they come back to, in tabs that are open, and where nothing may be stored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.devtools import Tab, running
from tests.browser.serving import Served, chromium, until

STATE = """() => ({care: document.documentElement.dataset.care === "on", scheme: document.body.dataset.mdColorScheme,
  pressed: document.querySelector(".care-switch").getAttribute("aria-pressed") === "true"})"""
CHOSEN = {"care": True, "scheme": "slate", "pressed": True}
PLAIN = {"care": False, "scheme": "default", "pressed": False}


@pytest.fixture
def cached(browser: Browser, tmp_path: Path) -> Iterator[Tab]:
    """A tab of a browser that keeps pages to come back to, which Playwright switches off."""
    with running(Path(chromium() or browser.browser_type.executable_path), tmp_path) as tab:
        yield tab


def choose(page: Page) -> None:
    """Care mode, and dark in place of what the system has."""
    page.locator(".care-switch").click()
    for _ in range(2):
        page.locator(".scheme-switch").click()


def state(page: Page) -> Any:
    return page.evaluate(STATE)


@pytest.mark.parametrize("locale", ["", "en/"])
def test_a_page_that_is_come_back_to_looks_as_was_chosen_since(
    cached: Tab, served: Served, locale: str
) -> None:
    cached.open(f"{served.address}{locale}news/")
    cached.evaluate("window.addEventListener('pageshow', event => { window.kept = event.persisted })")
    cached.open(f"{served.address}{locale}alliances/")
    cached.click(".care-switch")
    for _ in range(2):
        cached.click(".scheme-switch")
    cached.evaluate("history.back()")
    cached.wait("window.kept && document.body.dataset.mdColorScheme === 'slate'")
    assert cached.evaluate(f"({STATE})()") == CHOSEN
    cached.click(".care-switch")
    cached.evaluate("history.forward()")
    cached.wait("location.href.endsWith('alliances/') && !document.documentElement.dataset.care")
    assert cached.evaluate(f"({STATE})()") == {**CHOSEN, "care": False, "pressed": False}


SHOWN = "[...document.querySelectorAll('[data-item]')].filter(item => item.offsetParent).length"


def test_a_filter_holds_on_the_way_back(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}news/")
    everything = page.evaluate(SHOWN)
    page.locator(".filters [name=topic]").select_option("bell-line")
    found = page.evaluate(SHOWN)
    assert 0 < found < everything
    page.goto(f"{served.address}alliances/")
    page.go_back()
    expect(page.locator(".filters [name=topic]")).to_have_value("bell-line")
    assert page.evaluate(SHOWN) == found


def test_other_tabs_follow(desktop: BrowserContext, served: Served) -> None:
    tabs = [desktop.new_page() for _ in range(2)]
    for tab, url in zip(tabs, ("", "en/figures/"), strict=True):
        tab.goto(served.address + url)
    choose(tabs[0])
    until(tabs[1], "document.body.dataset.mdColorScheme === 'slate'")
    assert [state(tab) for tab in tabs] == [CHOSEN, CHOSEN]
    tabs[1].locator(".care-switch").click()
    until(tabs[0], "!document.documentElement.dataset.care")
    assert state(tabs[0]) == {**CHOSEN, "care": False, "pressed": False}


def test_where_nothing_may_be_stored_a_choice_holds_for_the_page(
    desktop: BrowserContext, served: Served
) -> None:
    page = desktop.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('refused', 'SecurityError') }})"
    )
    page.goto(f"{served.address}model/")
    choose(page)
    assert state(page) == CHOSEN
    page.goto(f"{served.address}en/model/")
    assert state(page) == PLAIN
    assert faults == []
