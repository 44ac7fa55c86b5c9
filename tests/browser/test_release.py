"""A page that the release before this one published, with the scripts and styles of this one: nothing of it is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.release import FOLDER, PAGES
from tests.browser.serving import Served
from tests.browser.sweep import DESKTOP, PHONE
from tests.browser.test_scripts import working

CONTROLS = {"figures": {"filter", "sorting"}, "news": {"filter"}}


LOOKS = [
    pytest.param(name, size, marks=[pytest.mark.whole] if (place + (size == PHONE)) % 2 else [])
    for place, name in enumerate(PAGES)
    for size in (PHONE, DESKTOP)
]
"""Each page in one size, the sizes in turn; with --sweep=all each in both."""


@pytest.mark.parametrize(("name", "size"), LOOKS)
def test_an_older_page_gets_the_newest_scripts_and_styles_and_works(
    phone: BrowserContext, served: Served, name: str, size: dict[str, int]
) -> None:
    page = phone.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("response", lambda answer: faults.append(answer.url) if answer.status >= 400 else None)
    page.route(served.address + PAGES[name], lambda route: route.fulfill(path=FOLDER / f"{name}.html"))
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(served.address + PAGES[name])
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".md-header")).to_have_css("border-top-style", "solid")
    expected = {"care", "theme", "search", *CONTROLS.get(name, ())} | ({"drawer"} if size == PHONE else set())
    assert working(page) == expected - ({"sorting"} if size == PHONE else set())
    assert faults == []
