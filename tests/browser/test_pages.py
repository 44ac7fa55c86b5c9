"""Pages opened: nothing fails, nothing foreign is asked for, the languages meet."""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.serving import Served, until
from tests.browser.sweep import MISSING


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_page_opens_clean_and_fits_a_phone(
    phone: BrowserContext, swept: Served, pages: list[str], locale: str
) -> None:
    host = urlsplit(swept.address).netloc
    page = phone.new_page()
    faults: list[str] = []
    page.on(
        "console",
        lambda message: faults.append(f"{page.url}: {message.text}") if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    # Going on to the next page may cut short the icon of the last one; that is no failure of either.
    page.on(
        "requestfailed",
        lambda request: (
            faults.append(f"{page.url}: {request.url} {request.failure}")
            if request.failure != "net::ERR_ABORTED"
            else None
        ),
    )
    page.on(
        "response",
        lambda answer: faults.append(f"{answer.url}: {answer.status}") if answer.status >= 400 else None,
    )
    page.on(
        "request",
        lambda request: (
            faults.append(f"foreign: {request.url}") if urlsplit(request.url).netloc != host else None
        ),
    )
    urls = [url for url in pages if url not in MISSING and url.startswith("en/") == (locale == "en")]
    assert urls
    for url in urls:
        page.goto(swept.address + url, wait_until="load")
        if page.evaluate("document.documentElement.scrollWidth") > 360:
            faults.append(f"{page.url}: wider than the phone")
        if page.evaluate("document.documentElement.lang") != locale:
            faults.append(f"{page.url}: wrong language")
        if page.locator("h1").count() != 1:
            faults.append(f"{page.url}: not one h1")
    assert not faults, "\n".join(faults)


def test_the_switcher_round_trips(phone: BrowserContext, swept: Served, pages: list[str]) -> None:
    page = phone.new_page()
    for url in (url for url in pages if url not in MISSING and not url.startswith("en/")):
        page.goto(swept.address + url)
        page.locator("a.language").click()
        page.wait_for_url(swept.address + "en/" + url)
        assert page.evaluate("document.documentElement.lang") == "en"
        page.locator("a.language").click()
        page.wait_for_url(swept.address + url)
        assert page.evaluate("document.documentElement.lang") == "zh"


@pytest.mark.parametrize(
    ("missing", "lang", "words"),
    [
        ("no/such/page/", "zh", "没有找到这一页"),
        ("en/no/such/page/", "en", "Page not found"),
    ],
)
def test_a_missing_page_answers_in_its_language(
    desktop: BrowserContext, served: Served, missing: str, lang: str, words: str
) -> None:
    page = desktop.new_page()
    page.goto(served.address + missing)
    page.locator("h1", has_text=words).wait_for()
    until(page, f"document.documentElement.lang === '{lang}'")
    page.get_by_role("link", name="回到首页" if lang == "zh" else "Go to the home page", exact=True).click()
    page.wait_for_url(served.address + ("" if lang == "zh" else "en/"))


def test_the_palette_can_be_changed_and_is_remembered(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(served.address)
    scheme = "document.body.getAttribute('data-md-color-scheme')"
    assert page.evaluate(scheme) == "default"
    for name in ("切换到浅色", "切换到深色"):
        page.get_by_title(name).click()
    until(page, f"{scheme} === 'slate'")
    page.goto(served.address + "en/alliances/")
    assert page.evaluate(scheme) == "slate"
    button = page.get_by_title("Follow the system's light or dark mode")
    assert button.inner_text() == "Dark"
    assert button.get_attribute("title").startswith("Colours: Dark")


def test_the_header_and_the_contents_follow_the_reader_down_and_back_to_the_top(
    desktop: BrowserContext, served: Served
) -> None:
    page = desktop.new_page()
    page.goto(served.address + "en/model/")
    title = page.locator(".md-header__topic").nth(1)
    marked = page.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(title).to_have_css("opacity", "0")
    expect(marked).to_have_count(0)
    third = page.locator(".md-sidebar--secondary a.md-nav__link").nth(2)
    page.evaluate("id => document.getElementById(id).scrollIntoView()", third.get_attribute("href")[1:])
    expect(title).to_have_css("opacity", "1")
    expect(title).to_have_text(page.locator("h1").inner_text())
    expect(marked).to_have_text(third.inner_text())
    page.mouse.wheel(0, 300)
    page.mouse.wheel(0, -100)
    page.locator(".md-top").click()
    until(page, "scrollY === 0")
    expect(marked).to_have_count(0)


def test_the_first_tab_stop_skips_to_the_content(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    for url in ("", "en/alliances/", "news/"):
        page.goto(served.address + url)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.tagName") == "H1"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_printed_page_is_dark_on_light(
    browser: Browser, served: Served, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(served.address)
    page.emulate_media(media="print", color_scheme=scheme)
    for selector in ("h1", ".tile__number", ".ways p"):
        colour = page.locator(selector).first.evaluate("element => getComputedStyle(element).color")
        assert max(int(part) for part in re.findall(r"\d+", colour)[:3]) < 180, (selector, colour)
    context.close()
