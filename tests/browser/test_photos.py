"""Before and after: a slider by keyboard and pointer; two whole pictures without script and in print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect

LANE = "en/renovations/lane/"


def shown(before: Locator) -> float:
    """The part of the upper picture, of its width, that is seen."""
    right = before.evaluate("side => getComputedStyle(side).clipPath.match(/inset\\(0px ([\\d.]+)/)[1]")
    return 1 - float(right) / 100


def test_the_slider_is_moved_by_keyboard_and_shows_where_it_is(
    desktop: BrowserContext, illustrated: str
) -> None:
    page = desktop.new_page()
    page.goto(illustrated + LANE)
    slider = page.get_by_role("slider", name="Slide to compare before and after")
    before = page.locator(".comparison__side--before")
    page.locator("a[href*='lane'], .page-head h1").first.focus()
    for _ in range(60):
        if slider.evaluate("slider => slider === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(slider).to_be_focused()
    ring = "line => getComputedStyle(line, '::after').outlineStyle"
    assert page.locator(".comparison__line").evaluate(ring) == "solid"
    assert shown(before) == pytest.approx(0.5)
    page.keyboard.press("ArrowRight")
    assert shown(before) == pytest.approx(0.51)
    page.keyboard.press("Home")
    assert shown(before) == 0
    page.keyboard.press("End")
    assert shown(before) == 1


def test_the_picture_is_cut_where_the_pointer_is(phone: BrowserContext, illustrated: str) -> None:
    page = phone.new_page()
    page.goto(illustrated + "renovations/lane/")
    slider = page.get_by_role("slider", name="左右移动，对比改造前后")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] / 2)
    assert shown(page.locator(".comparison__side--before")) == pytest.approx(0.25, abs=0.02)


def test_both_pictures_lie_on_each_other_and_no_page_is_wider_than_the_phone(
    phone: BrowserContext, illustrated: str
) -> None:
    page = phone.new_page()
    page.goto(illustrated + LANE)
    before, after = (
        page.locator(f".comparison__side--{name} img").bounding_box() for name in ("before", "after")
    )
    assert before == after
    for path in (LANE, "en/alliances/tea/", "news/tea-meets/"):
        page.goto(illustrated + path)
        assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("media", ["without script", "without its script", "print"])
def test_both_pictures_stand_whole_without_script_and_in_print(
    browser: Browser, illustrated: str, media: str
) -> None:
    context = browser.new_context(
        java_script_enabled=media != "without script", viewport={"width": 1000, "height": 900}
    )
    page = context.new_page()
    if media == "without its script":
        page.route("**/photos.js*", lambda route: route.abort())
    page.goto(illustrated + LANE)
    page.emulate_media(media="print" if media == "print" else "screen")
    expect(page.get_by_role("slider")).to_have_count(0)
    sides = [page.locator(f".comparison__side--{name}") for name in ("before", "after")]
    for side, words in zip(sides, ("Before", "After"), strict=True):
        expect(side.locator("img")).to_be_visible()
        expect(side).to_have_text(words)
        expect(side).to_have_css("clip-path", "none")
    before, after = (side.bounding_box() for side in sides)
    assert before is not None
    assert after is not None
    assert before["x"] + before["width"] <= after["x"]
    assert before["y"] == after["y"]
    context.close()
