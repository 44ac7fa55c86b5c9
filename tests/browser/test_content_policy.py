"""Each page says what it may use, and uses nothing else: no host but its own, no script and no style but the site's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.serving import Served, until
from tests.browser.sweep import DESKTOP, sweep

RECORD = """addEventListener("securitypolicyviolation", event =>
  (window.refused = window.refused || []).push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))"""
META = '<meta http-equiv="Content-Security-Policy" content="'


def test_no_page_uses_what_its_policy_forbids(swept: Served, pages: list[str]) -> None:
    """Styles in attributes are forbidden too: none is there, so that none is refused."""

    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        page.mouse.move(100, 400)
        yield from ((url, fault) for fault in page.evaluate("window.refused || []"))
        if page.locator("meta[http-equiv=Content-Security-Policy]").count() != 1:
            yield url, "has no policy"
        if page.locator("meta[name=referrer][content=same-origin]").count() != 1:
            yield url, "tells other hosts where a reader comes from"

    assert sweep(swept, pages, look, before=RECORD, viewport=DESKTOP) == []


def test_every_html_file_has_a_policy_and_no_style_of_its_own(served: Served) -> None:
    """The pages at addresses that were given up too, and those that a host shows where nothing is."""
    for file in served.folder.rglob("*.html"):
        text = file.read_text(encoding="utf-8")
        assert text.count(META) == 1, file
        assert text.index(META) < min(
            text.index(mark) for mark in ("<script", "<style", "<link") if mark in text
        ), file
        assert not re.search(r"<[^>]*\sstyle=", text), file
        assert not re.search(r"<[^>]*\son\w+=", text), file


@pytest.mark.parametrize(
    "attack",
    [
        "document.body.append(Object.assign(document.createElement('script'), {textContent: 'window.ran = 1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')",
        "document.body.append(Object.assign(document.createElement('script'), {src: 'http://127.0.0.2/a.js'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=http://127.0.0.2/a.png>')",
        "document.body.insertAdjacentHTML('beforeend', '<iframe src=http://127.0.0.2/></iframe>')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"position:fixed\">x</p>')",
        "document.body.insertAdjacentHTML('beforeend', '<object data=http://127.0.0.2/></object>')",
        "document.head.insertAdjacentHTML('beforeend', '<base href=http://127.0.0.2/>')",
        "fetch('http://127.0.0.2/').catch(() => 0)",
    ],
)
def test_what_would_slip_into_a_page_is_not_run_and_asks_no_host(
    served: Served, browser: Browser, attack: str
) -> None:
    page = browser.new_page()
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    page.add_init_script(RECORD)
    page.goto(served.address)
    page.evaluate(f"() => {{ {attack} }}")
    until(page, "window.refused && window.refused.length")
    assert page.evaluate("window.ran") is None
    foreign = [request for request in asked if not request.url.startswith(served.address)]
    assert [request.failure for request in foreign] == ["csp"] * len(foreign)
    page.close()
