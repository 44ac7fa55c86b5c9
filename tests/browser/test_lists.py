"""Filters of long lists, in Chromium: by facets and by words, kept in the address, and nothing lost without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.serving import Served


def shown(page: Page, items: str = "[data-item]") -> list[str]:
    return [
        item.inner_text()
        for item in page.locator(f"#content ~ * {items}, {items}").all()
        if item.is_visible()
    ]


@pytest.mark.parametrize(("prefix", "topic", "said"), [("", "主题", "符合的有"), ("en/", "Topic", "found")])
def test_news_are_filtered_by_topic_and_words_and_the_address_keeps_it(
    desktop: BrowserContext, served: Served, prefix: str, topic: str, said: str
) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}{prefix}news/")
    everything = len(shown(page))
    page.get_by_label(topic).select_option("bell-line")
    found = shown(page)
    assert 0 < len(found) < everything
    assert said in page.locator(".filters output").inner_text()
    assert "topic=bell-line" in page.url
    page.reload()
    assert shown(page) == found
    page.get_by_label(topic).select_option("")
    assert len(shown(page)) == everything
    assert page.url.endswith("news/")


def test_words_that_stand_nowhere_say_so(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}en/news/")
    page.get_by_role("searchbox", name="Filter").fill("no such words")
    assert shown(page) == []
    assert page.locator(".filters output").inner_text() == "No matches"


def test_a_kind_of_name_hides_the_other_groups_with_their_headings(
    desktop: BrowserContext, served: Served
) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}glossary/?kind=place")
    assert [
        heading.inner_text() for heading in page.locator("#glossary-list h2").all() if heading.is_visible()
    ] == ["地点"]


def test_a_filter_is_worked_by_keyboard_and_read_out(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}glossary/")
    page.get_by_label("类别").focus()
    page.keyboard.press("ArrowDown")
    output = page.locator(".filters output")
    assert output.inner_text().startswith("符合的有")
    assert output.evaluate("element => element.tagName") == "OUTPUT"  # a live region by itself


def test_what_an_input_method_has_not_finished_filters_nothing(
    desktop: BrowserContext, served: Served
) -> None:
    page = desktop.new_page()
    page.goto(f"{served.address}news/")
    everything = shown(page)
    keys = page.context.new_cdp_session(page)
    page.get_by_label("输入文字筛选").focus()
    keys.send("Input.imeSetComposition", {"text": "xi'zi", "selectionStart": 5, "selectionEnd": 5})
    assert page.locator(".filters [name=q]").input_value() == "xi'zi"
    assert shown(page) == everything
    keys.send("Input.insertText", {"text": "洗字"})
    assert shown(page) == []


def test_without_script_a_list_is_whole_and_shows_no_filter(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}news/")
    assert not page.locator(".filters").is_visible()
    assert len(shown(page)) > 6
    context.close()
