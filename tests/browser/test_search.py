"""The search box as it is used: by keys and by pointer, without results, narrowed down, in care mode, linked to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import Served
from tests.browser.sweep import DESKTOP, KEEP_CARE_ON, PHONE
from tests.browser.test_accessibility import AXE, EVERYTHING, objections

NOTHING = "龘龘龘"
WORD = "党建"


def start(context: BrowserContext, served: Served, url: str = "") -> Page:
    page = context.new_page()
    page.goto(served.address + url)
    page.wait_for_load_state("networkidle")
    return page


def ask(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator(".found__meta")).not_to_be_empty()


def test_keys_open_move_follow_and_close(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, WORD)
    links = page.locator(".found a")
    expect(links.nth(1).locator("mark").first).to_have_text(WORD)
    expect(page.locator("input[name=words]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("input[name=words]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).not_to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator("input[name=words]")).to_be_focused()
    first = links.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(str(first))


def test_escape_gives_the_focus_back_to_the_button_on_a_phone(phone: BrowserContext, served: Served) -> None:
    page = start(phone, served)
    button = page.locator(".search-switch")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.type(WORD)
    expect(page.locator(".found a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("input[name=words]")).not_to_be_visible()


def test_nothing_is_loaded_before_a_reader_searches(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search" in url]
    ask(page, WORD)
    expect(page.locator(".found a").first).to_be_visible()
    assert [url for url in asked if "/search/zh/" in url]
    assert all(url.startswith(served.address) for url in asked)


def test_no_result_says_so_and_offers_the_sections(phone: BrowserContext, served: Served) -> None:
    page = start(phone, served, "en/")
    ask(page, NOTHING)
    expect(page.locator(".found__meta")).to_contain_text("No page")
    expect(page.locator(".found__sections a").first).to_be_visible()
    page.locator(".found__sections a").nth(1).click()
    page.wait_for_url("**/en/**")
    assert page.locator("h1").inner_text()


def test_a_result_tells_its_title_section_and_place_and_a_search_is_narrowed_down(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    ask(page, WORD)
    found = page.locator(".found > li")
    expect(found.first.locator(".found__title")).not_to_be_empty()
    expect(found.first.locator("mark").first).to_have_text(WORD)
    every = page.locator(".found__meta").inner_text()
    option = page.locator("select[name=section] option").nth(2)
    section, words = option.get_attribute("value"), option.inner_text()
    page.select_option("select[name=section]", section)
    expect(page.locator(".found__meta")).not_to_have_text(every)
    for facts in page.locator(".found__facts").all_inner_texts():
        assert facts.startswith(words)


def test_more_results_come_six_at_a_time(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, "来源")
    found = page.locator(".found > li")
    expect(found).to_have_count(6)
    page.locator(".found__more").click()
    expect(found).to_have_count(12)
    expect(found.nth(6).locator("a")).to_be_focused()


def test_the_slash_key_can_be_switched_off(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    page.keyboard.press("/")
    page.locator("input[name=key]").uncheck()
    page.keyboard.press("Escape")
    page = start(desktop, served)
    page.keyboard.press("/")
    expect(page.locator("input[name=words]")).not_to_be_focused()


def test_a_search_can_be_linked_to(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served, f"?q={WORD}")
    expect(page.locator(".found a").first).to_be_visible()


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_objects_to_nothing_in_the_open_search(
    browser: Browser, served: Served, size: dict[str, int], care: bool
) -> None:
    context = browser.new_context(viewport=size, reduced_motion="reduce")
    if care:
        context.add_init_script(KEEP_CARE_ON)
    for url in ("", "en/"):
        page = start(context, served, url)
        for query in (WORD if not url else "Party", NOTHING):
            page.keyboard.press("/")
            page.locator("input[name=words]").fill(query)
            expect(
                page.locator(".found__sections a" if query == NOTHING else ".found a").first
            ).to_be_visible()
            page.evaluate(AXE)
            assert not list(objections(page, "search", EVERYTHING)), f"/{url} {query}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
