"""What a phone is to show calmly: short rows, notes beside their figures, a header that covers nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import Served, until
from tests.browser.sweep import KEEP_CARE_ON, in_turn, sweep

ROW = 160
"""So high a figure may stand on the page of all figures, 390 pixels wide."""

PARTED = """() => [...document.querySelectorAll(".cited")].filter(cited => cited.querySelector(".mark")).filter(cited => {
  const mark = cited.querySelector(".mark").getBoundingClientRect()
  if (!mark.width) return false
  const words = [...cited.firstElementChild.getClientRects()].pop()
  return mark.top > words.bottom || mark.bottom < words.top
}).map(cited => cited.textContent)"""

COVERED = """() => {
  const parts = [...document.querySelectorAll(".md-header a, .md-header button, .md-header label, .md-header__topic:first-child .md-ellipsis")]
    .filter(part => part.checkVisibility({visibilityProperty: true}) && !part.closest(".md-search"))
    .map(part => [part.className, part.getBoundingClientRect(), part])
  const middle = selector => {
    const box = document.querySelector(selector).getBoundingClientRect()
    return box.height && box.top + box.height / 2
  }
  const search = middle(".search-switch")
  const apart = search && Math.abs(search - middle(".md-header .md-logo")) > 10 ? ["search stands in a row of its own"] : []
  return apart.concat(parts.flatMap(([name, one, part], place) => [
    ...(one.left < 0 || one.right > innerWidth ? [`${name} stands outside`] : []),
    ...(part.closest(".md-header__title") && (part.scrollWidth > part.clientWidth || one.bottom > part.closest(".md-header__title").getBoundingClientRect().bottom) ? [`${name} is cut`] : []),
    ...parts.slice(place + 1).filter(([, other]) => one.left < other.right - 1 && other.left < one.right - 1
      && one.top < other.bottom - 1 && other.top < one.bottom - 1).map(([other]) => `${name} and ${other} overlap`)]))
}"""

CUT = """() => [...document.querySelectorAll(".left-out td, .preview caption, .preview td")].flatMap(cell => {
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT)
  const cut = []
  while (texts.nextNode())
    for (const {0: word, index} of texts.currentNode.data.matchAll(/[A-Za-z]+/g)) {
      const range = document.createRange()
      range.setStart(texts.currentNode, index)
      range.setEnd(texts.currentNode, index + word.length)
      if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) cut.push(word)
    }
  return cell.tagName === "CAPTION" && cell.offsetWidth < 200 ? [...cut, cell.textContent] : cut
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of the usual width."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_figure_takes_little_of_a_phone_and_still_says_all(
    phone: BrowserContext, served: Served, prefix: str
) -> None:
    page = phone.new_page()
    page.goto(f"{served.address}{prefix}figures/")
    rows = page.locator(".figures-index tbody tr")
    assert rows.count() > 15
    heights = rows.evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
    assert max(heights) <= ROW
    folded = rows.filter(has=page.locator("details")).first
    expect(folded.locator("details a").nth(1)).to_be_hidden()
    folded.locator("summary").click()
    expect(folded.locator("details a").nth(1)).to_be_visible()
    assert folded.locator("details a").count() == int(
        "".join(filter(str.isdigit, folded.locator("summary").inner_text()))
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [("indicators/", "截至2031年6月（年份为推断）"), ("en/indicators/", "As of June 2031 (year inferred)")],
)
def test_the_date_that_rows_share_is_said_once_above_them(
    phone: BrowserContext, served: Served, url: str, said: str
) -> None:
    page = phone.new_page()
    page.goto(served.address + url)
    assert said in page.locator(".as-of").inner_text()
    assert not [text for text in page.locator(".figures").all_inner_texts() if said.lower() in text.lower()]
    assert page.locator(".figures tbody tr").count() > 5


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_a_mark_stays_with_its_figure_whatever_the_width(served: Served, care: bool) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        assert page.locator(".mark").count()
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        for width in range(320, 420, 7):
            page.set_viewport_size({"width": width, "height": 800})
            yield from ((f"{url} at {width}", parted) for parted in page.evaluate(PARTED))

    pages = ["model/", "en/model/", "figures/", "en/figures/", "startup-records/", "en/startup-records/"]
    faults = sweep(served, pages, look, before=KEEP_CARE_ON if care else "")
    assert not faults, in_turn(faults)


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_nothing_in_the_header_covers_anything_and_the_logo_is_there(served: Served, care: bool) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        for width in (320, 360, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            if not page.locator(".md-header .md-logo").is_visible():
                yield f"{url} at {width}", "no logo"
            yield from ((f"{url} at {width}", fault) for fault in page.evaluate(COVERED))

    faults = sweep(served, ["", "en/", "en/figures/"], look, before=KEEP_CARE_ON if care else "")
    assert not faults, in_turn(faults)


@pytest.mark.parametrize(
    ("width", "care"),
    [
        (320, True),
        (390, False),
        (768, True),
        (1280, False),
        *(
            pytest.param(width, care, marks=pytest.mark.whole)
            for width, care in ((320, False), (390, True), (768, False), (1280, True))
        ),
    ],
)
def test_the_header_leaves_what_an_address_names_in_sight(
    browser: Browser, served: Served, width: int, care: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 600})
    page = context.new_page()
    if care:
        page.add_init_script(KEEP_CARE_ON)
    page.goto(served.address + "en/figures/#figure-indicators-sorting")
    header = page.locator(".md-header")
    expect(page.locator(":target")).to_be_in_viewport()
    below = "() => document.querySelector(':target').getBoundingClientRect().top - document.querySelector('.md-header').getBoundingClientRect().bottom"
    until(page, f"({below})() >= 0")
    if width < 700 and not care:
        box = header.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 50  # The tools above have scrolled away.
        expect(page.locator(".md-header .search-switch")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    ("url", "section"), [("renovations/lane/", "街区更新"), ("en/news/tea-meets/", "News")]
)
def test_the_name_of_its_section_stands_once_above_a_title(
    browser: Browser, served: Served, url: str, section: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    page.goto(served.address + url)
    seen = page.evaluate(
        """section => {
          const title = document.querySelector("h1").getBoundingClientRect().top
          return [...document.querySelectorAll("body *")].filter(element => !element.children.length
            && element.textContent.trim() === section && element.checkVisibility({visibilityProperty: true})
            && element.getBoundingClientRect().top < title && element.getBoundingClientRect().left >= 0).length
        }""",
        section,
    )
    assert seen == 1
    context.close()


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_no_word_of_a_table_is_cut(phone: BrowserContext, served: Served, care: bool) -> None:
    page = phone.new_page()
    page.set_viewport_size({"width": 360, "height": 740})
    if care:
        page.add_init_script(KEEP_CARE_ON)
    for url, cells in (
        ("en/sources/zone-report/", ".left-out td"),
        ("en/data/", ".preview td"),
        ("data/", ".preview td"),
    ):
        page.goto(served.address + url)
        assert page.locator(cells).count()
        assert page.evaluate(CUT) == []


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_key_figures_fill_their_rows_and_a_line_of_the_foot_is_not_parted(
    phone: BrowserContext, served: Served, prefix: str
) -> None:
    page = phone.new_page()
    page.goto(served.address + prefix)
    tiles, last = page.locator(".tiles").bounding_box(), page.locator(".tile").last.bounding_box()
    assert tiles
    assert last
    assert last["x"] + last["width"] == pytest.approx(tiles["x"] + tiles["width"], abs=1)
    page.set_viewport_size(
        {"width": 700, "height": 800}
    )  # Here the link would stand at the end of one line, its words on the next.
    report, words = (page.locator(f".page-foot {name}").last.bounding_box() for name in ("a", "small"))
    assert report
    assert words
    assert words["x"] > report["x"] + report["width"]
    assert words["y"] == pytest.approx(report["y"], abs=4)


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_finger_moves_the_drawer_or_what_was_found_and_not_the_page_behind(
    browser: Browser, served: Served, prefix: str, care: bool
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 500}, has_touch=True, is_mobile=True)
    page = context.new_page()
    if care:
        page.add_init_script(KEEP_CARE_ON)
    page.goto(f"{served.address}{prefix}figures/")
    page.wait_for_selector(".has-search.has-drawer")
    if not care:  # There the header scrolls away.
        swipe(page)
    top = page.evaluate("scrollY")
    assert care or top > 100
    page.locator(".drawer-switch").tap()
    expect(page.locator(".drawer-switch")).to_have_attribute("aria-expanded", "true")
    for _ in range(4):
        swipe(page)
    assert page.evaluate("scrollY") == top
    assert page.evaluate(
        "[...document.querySelectorAll('.md-sidebar--primary *')].some(part => part.scrollTop > 0)"
    )
    page.touchscreen.tap(380, 250)
    expect(page.locator(".drawer-switch")).to_have_attribute("aria-expanded", "false")
    page.locator(".search-switch").tap()
    page.keyboard.type("alliance" if prefix else "联盟")
    expect(page.locator(".found__link").nth(3)).to_be_visible()
    for _ in range(4):
        swipe(page)
    assert page.evaluate("scrollY") == top
    assert page.evaluate("document.querySelector('.md-search__scrollwrap').scrollTop") > 0
    box = page.locator(".md-search__inner").bounding_box()
    assert box
    assert (box["x"], box["width"], box["height"]) == (0, 390, 500)
    page.locator(".md-search__close").tap()
    expect(page.locator(".search-switch")).to_be_focused()
    assert page.evaluate("scrollY") == top
    swipe(page)
    assert page.evaluate("scrollY") > top
    context.close()


def swipe(page: Page) -> None:
    """Move a finger up the screen, as one does to read on, and hold it there, so that nothing moves when it is lifted."""
    finger = page.context.new_cdp_session(page)
    for kind, y in (
        ("touchStart", 400),
        *(("touchMove", y) for y in (*range(380, 80, -30), 81, 80)),
        ("touchEnd", 0),
    ):
        points = [{"x": 150, "y": y}] if y else []
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(200 if y == 81 else 20)
    page.wait_for_timeout(100)
    finger.detach()
