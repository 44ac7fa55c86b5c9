"""A finger on a phone, in both languages: what is tapped, dragged and typed does what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Served, until
from tests.browser.test_phone import swipe
from tests.browser.test_photos import shown

SMALLEST_FIELD = 16
"""In CSS pixels: an iPhone enlarges the whole page when a field of smaller words is touched."""

both = pytest.mark.parametrize("prefix", ["", "en/"])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a phone that has no mouse. A fault of a script fails the test."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Move a finger in a straight line and hold it there, so that nothing moves on when it is lifted."""
    finger = page.context.new_cdp_session(page)
    shares = [step / 10 for step in (*range(11), 10, 10, 10)]
    points = [
        (a + (b - a) * share, c + (d - c) * share) for (a, c), (b, d) in [(start, end)] for share in shares
    ]
    for place, (x, y) in enumerate(points):
        kind = "touchMove" if place else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        page.wait_for_timeout(30)
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_timeout(100)
    finger.detach()


@both
def test_the_way_back_to_the_top_comes_when_one_turns_back(page: Page, served: Served, prefix: str) -> None:
    page.goto(f"{served.address}{prefix}figures/")
    page.wait_for_selector(".has-search.has-drawer")
    for _ in range(3):
        swipe(page)
    up = page.get_by_role("button", name="Back to top" if prefix else "返回顶部")
    expect(up).to_be_hidden()
    drag(page, (150, 300), (150, 400))
    up.tap()
    until(page, "scrollY === 0")
    expect(up).to_be_hidden()


@both
def test_a_finger_moves_the_line_between_two_photographs(page: Page, illustrated: str, prefix: str) -> None:
    page.goto(f"{illustrated}{prefix}renovations/lane/")
    slider = page.get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box
    before = page.locator(".comparison__side--before")

    def at(x: float, y: float = 0.5) -> tuple[float, float]:
        return box["x"] + box["width"] * x, box["y"] + box["height"] * y

    page.touchscreen.tap(*at(0.25))
    assert shown(before) == pytest.approx(0.25, abs=0.03)
    drag(page, at(0.25), at(0.75))
    assert shown(before) == pytest.approx(0.75, abs=0.03)
    place = page.evaluate("scrollY")
    drag(page, at(0.3, 0.9), at(0.3, 0.1))
    assert page.evaluate("scrollY") > place + 50
    assert shown(before) == pytest.approx(0.75, abs=0.03)  # The page was scrolled, not the line moved.


@both
def test_easy_reading_stays_on_when_the_language_is_changed(page: Page, served: Served, prefix: str) -> None:
    page.goto(f"{served.address}{prefix}indicators/")
    page.locator(".care-switch").tap()
    page.locator("a.language").tap()
    expect(page).to_have_url(served.address + ("" if prefix else "en/") + "indicators/")
    expect(page.locator(".care-switch")).to_have_attribute("aria-pressed", "true")
    page.locator("a.language").tap()
    expect(page).to_have_url(f"{served.address}{prefix}indicators/")
    page.locator(".care-switch").tap()
    assert page.evaluate("document.documentElement.dataset.care") is None


@both
def test_names_are_filtered_by_words_and_kind(page: Page, served: Served, prefix: str) -> None:
    page.goto(f"{served.address}{prefix}glossary/")
    words, kind = (
        page.get_by_role("searchbox", name="Filter" if prefix else "筛选"),
        page.get_by_role("combobox").last,
    )
    items = page.locator("[data-item]:visible")
    for field in (words, kind):
        assert field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= SMALLEST_FIELD
    words.tap()
    page.keyboard.type("party" if prefix else "党")
    expect(page.locator("form.filters output")).to_have_text(re.compile(r"\d"))
    assert 0 < items.count() < page.locator("[data-item]").count()
    for text in items.all_inner_texts():
        assert ("party" if prefix else "党") in text.lower()
    words.fill("")
    kind.select_option("organisation")
    assert {item.get_attribute("data-kind") for item in items.all()} == {"organisation"}
    items.first.get_by_role("link").tap()
    expect(page).to_have_url(re.compile(r"/glossary/[\w-]+/$"))
    page.go_back()
    expect(kind).to_have_value("organisation")
    assert {item.get_attribute("data-kind") for item in items.all()} == {"organisation"}


@both
def test_the_drawer_leads_to_a_page(page: Page, served: Served, prefix: str) -> None:
    page.goto(f"{served.address}{prefix}alliances/tea/")
    page.locator(".drawer-switch").tap()
    link = page.locator(".md-sidebar--primary").get_by_role(
        "link", name="Alliances" if prefix else "党建联盟"
    )
    expect(link).to_be_in_viewport()
    link.tap()
    expect(page).to_have_url(f"{served.address}{prefix}alliances/")
    expect(page.locator(".md-sidebar--primary")).to_be_hidden()


@both
def test_what_was_typed_is_found_more_is_shown_and_a_finding_opens(
    page: Page, served: Served, prefix: str
) -> None:
    page.goto(served.address + prefix)
    page.locator(".search-switch").tap()
    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    for field in [box, *page.locator(".found__facets select").all()]:
        assert field.evaluate("field => parseFloat(getComputedStyle(field).fontSize)") >= SMALLEST_FIELD
    page.keyboard.type("alliance" if prefix else "联盟")
    found = page.locator(".found__link")
    expect(found).to_have_count(6)
    page.locator(".found__more").tap()
    expect(found.nth(6)).to_be_visible()
    address = found.nth(1).get_attribute("href")
    found.nth(1).tap()
    expect(page).to_have_url(str(address))


@both
def test_a_tap_shows_the_note_of_a_figure_and_one_more_opens_it(
    page: Page, served: Served, prefix: str
) -> None:
    """Also of a figure in a chart, and as often as a reader comes back to it."""
    page.goto(f"{served.address}{prefix}renovations/")
    here = page.url
    page.locator(".chart summary").first.tap()
    for figure in (page.locator("p a.figure").first, page.locator(".chart a.figure").first):
        for _ in range(2):
            figure.tap()
            card = page.locator(".note-card")
            expect(card).to_be_visible()
            box = card.bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 390
            page.locator("h1").tap()
            expect(card).to_be_hidden()
            assert page.url == here
    figure.tap()
    figure.tap()
    expect(page).not_to_have_url(here)
