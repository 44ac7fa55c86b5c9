"""The site by keyboard alone: every control is reached, in order, seen when it is, and works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Alternate
from tests.browser.serving import Served, until
from tests.browser.sweep import DESKTOP, PHONE, in_turn, sweep

PREPARE = """() => {
  const seen = element => element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && element.getClientRects().length > 0
  // What stands for a control: the slider of two pictures lies unseen over the line between them.
  const shown = element => seen(element) ? element
    : element.matches(".comparison__slider") ? element.closest(".comparison").querySelector(".comparison__line")
    : element
  const look = element => {
    const style = getComputedStyle(element)
    return [style.boxShadow, style.borderColor, style.borderWidth, style.backgroundColor].join(" ")
  }
  const outlined = element => [null, "::after"].some(part => {
    const style = getComputedStyle(element, part)
    return style.outlineStyle !== "none" && (style.outlineStyle === "auto" || parseFloat(style.outlineWidth) >= 1)
  })
  const name = element => {
    const said = (element.getAttribute("aria-label") || element.textContent || element.title || "").trim()
    return `${element.tagName.toLowerCase()}${element.className ? "." + element.className.split(" ")[0] : ""}`
      + ` “${said.replace(/\\s+/g, " ").slice(0, 40)}”`
  }
  const controls = "a[href], button, input, select, textarea, summary, audio[controls], [tabindex]"
  const all = [...document.querySelectorAll(controls)].filter(element =>
    element.tabIndex >= 0 && !element.disabled && !element.closest("[inert]") && element.checkVisibility())
  // A label that a pointer can press must have a control that the keyboard can.
  const pressed = [...document.querySelectorAll("label[for]")].filter(label => seen(label)
    && getComputedStyle(label).cursor === "pointer" && getComputedStyle(label).pointerEvents !== "none")
  const before = new Map(all.map(element => [element, look(shown(element))]))
  const article = document.querySelector("article")
  const atop = rect => [.1, .5, .9].flatMap(x => [.2, .5, .8].map(y =>
    document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y))).filter(hit => hit)
  const wanted = all.filter(element => seen(shown(element)))
  window.keyboard = {
    outOfReach: pressed.filter(label => {
      const control = label.control
      return label.tabIndex < 0 && !(control && control.tabIndex >= 0
        && all.includes(control) && getComputedStyle(control).display !== "none")
    }).map(name),
    stops: [],
    stop(settled) {
      const element = document.activeElement
      if (!element || element === document.body) return null
      const box = shown(element)
      const rects = [...box.getClientRects()]
      const hits = rects.flatMap(atop)
      const faults = []
      if (!seen(box)) faults.push("is focused while it cannot be seen")
      else if (!hits.some(hit => box.contains(hit) || hit === element
        || hit.contains(box) && getComputedStyle(box).pointerEvents === "none"))
        faults.push(hits.length ? `is hidden under ${name(hits[0])}` : "is focused outside the viewport")
      if (!outlined(box) && !outlined(element) && before.has(element) && before.get(element) === look(box))
        faults.push("looks the same with the focus as without")
      const last = this.stops.at(-1)
      const back = last && last.element.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING
      if (back) faults.push(`comes after ${name(last.element)}, which stands behind it`)
      const top = rects[0]
      // The facts of a record stand beside its text, not above it.
      if (last && !last.element.closest(".facts") && article?.contains(element) && article.contains(last.element) && top
        && top.top + scrollY < last.top - 8 && top.left < last.right - 8)
        faults.push(`is read before ${name(last.element)} but reached after it`)
      if (faults.length && !settled) return "unsettled"
      const fresh = !this.stops.some(stop => stop.element === element)
      this.stops.push({element, top: top ? top.top + scrollY : 0, right: rects.at(-1)?.right ?? 0})
      return {name: name(element), fresh, first: element.matches("a.md-skip"), faults}
    },
    missed() {
      const reached = new Set(this.stops.map(stop => stop.element))
      return wanted.filter(element => seen(shown(element)) && !reached.has(element)
        && !(element.type === "radio" && [...reached].some(other => other.name === element.name))).map(name)
    },
  }
  return all.length
}"""

Found = Iterator[tuple[str, str]]


def walk(page: Page, url: str) -> Found:
    """Tab through a whole page and back to where it began."""
    count = page.evaluate(PREPARE)
    for unreached in page.evaluate("keyboard.outOfReach"):
        yield url, f"{unreached} can be pressed but not reached by keyboard"
    for number in range(count + 3):
        page.keyboard.press("Tab")
        stop = look(page)
        if stop is None or not stop["fresh"]:
            break
        if number == 0 and not stop["first"]:
            yield url, f"{stop['name']} comes before the link that skips to the content"
        for fault in stop["faults"]:
            yield url, f"{stop['name']} {fault}"
    else:
        yield url, "the focus never leaves the page"
    for missed in page.evaluate("keyboard.missed()"):
        yield url, f"{missed} is not reached"


def look(page: Page) -> dict[str, Any] | None:
    """Where the focus is. What follows it a moment later, a note or a sidebar, is given that moment."""
    found = page.evaluate("keyboard.stop(false)")
    if found == "unsettled":
        page.wait_for_timeout(400)
        found = page.evaluate("keyboard.stop(true)")
    assert found is None or isinstance(found, dict)
    return found


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_every_control_is_reached_in_order_and_seen(
    swept: Served, kinds: list[str], every_other: Alternate, size: dict[str, int]
) -> None:
    faults = sweep(swept, every_other(kinds, size == PHONE), walk, viewport=size)
    assert not faults, "\n" + in_turn(faults)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached")


@pytest.mark.parametrize("locale", ["", "en/"])
def test_the_palette_is_changed_by_keyboard(desktop: BrowserContext, served: Served, locale: str) -> None:
    page = desktop.new_page()
    page.goto(served.address + locale)
    tab_to(page, ".scheme-switch")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    until(page, "document.body.getAttribute('data-md-color-scheme') === 'slate'")
    assert page.evaluate("document.activeElement.matches('.scheme-switch')")


@pytest.mark.parametrize("locale", ["", "en/"])
def test_care_mode_is_switched_by_keyboard(phone: BrowserContext, served: Served, locale: str) -> None:
    page = phone.new_page()
    page.goto(served.address + locale)
    switch = page.locator(".care-switch")
    tab_to(page, ".care-switch")
    for key, care in (("Enter", "on"), ("Space", None)):
        page.keyboard.press(key)
        expect(switch).to_have_attribute("aria-pressed", "true" if care else "false")
        assert page.evaluate("document.documentElement.getAttribute('data-care')") == care
        expect(switch).to_be_focused()


@pytest.mark.parametrize("locale", ["", "en/"])
def test_the_language_is_changed_by_keyboard(phone: BrowserContext, served: Served, locale: str) -> None:
    page = phone.new_page()
    page.goto(served.address + locale + "model/")
    tab_to(page, "a.language")
    page.keyboard.press("Enter")
    page.wait_for_url(served.address + ("" if locale else "en/") + "model/")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("locale", ["", "en/"])
def test_the_drawer_opens_closes_and_leads_on_by_keyboard(
    phone: BrowserContext, served: Served, locale: str, key: str
) -> None:
    page = phone.new_page()
    page.goto(served.address + locale + "model/")
    drawer = page.locator(".md-sidebar--primary")
    expect(drawer).to_be_hidden()
    tab_to(page, ".drawer-switch")
    switch = page.locator(".drawer-switch")
    expect(switch).to_have_attribute("aria-expanded", "false")
    page.keyboard.press(key)
    expect(drawer).to_be_in_viewport()
    expect(switch).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(switch).to_be_focused()
    page.keyboard.press(key)
    expect(drawer.locator(":focus")).to_be_visible()
    tab_to(page, "a[href$='about/']")
    expect(page.locator(":focus")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url(served.address + locale + "about/")


@pytest.mark.parametrize("locale", ["", "en/"])
def test_the_open_drawer_closes_when_the_focus_leaves_it(
    phone: BrowserContext, served: Served, locale: str
) -> None:
    page = phone.new_page()
    page.goto(served.address + locale + "alliances/")
    drawer = page.locator(".md-sidebar--primary")
    tab_to(page, ".drawer-switch")
    page.keyboard.press("Enter")
    expect(drawer).to_be_in_viewport()
    tab_to(page, "article a")
    expect(drawer).to_be_hidden()


def test_keys_that_an_input_method_is_using_are_its_own(browser: Browser, served: Served) -> None:
    """Those of older Safari, which tells them by their code alone, too."""
    page = browser.new_page(viewport=PHONE)
    page.goto(served.address + "model/")
    escape = "told => document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, ...told}))"
    switch, card = page.locator(".drawer-switch"), page.locator(".note-card:not([hidden])")
    open_drawer = page.locator(".drawer-switch[aria-expanded=true]")
    page.locator("a.figure").first.hover()
    for opened in (card, open_drawer):
        expect(opened).to_have_count(1)
        for told in ({"isComposing": True}, {"keyCode": 229}):
            page.evaluate(escape, told)
            assert opened.count() == 1
        page.evaluate(escape, {})
        assert opened.count() == 0
        switch.click()


def a_record(served: Served) -> str:
    return next(url for url in served.urls("zh") if url.startswith("alliances/") and url != "alliances/")


@pytest.mark.parametrize("locale", ["", "en/"])
def test_the_drawer_of_a_record_shows_what_that_of_its_list_shows(
    phone: BrowserContext, served: Served, locale: str
) -> None:
    """The list's stands in its page; the record's comes from a script."""
    page = phone.new_page()
    shown = """drawer => Array.from(drawer.querySelectorAll("li > a, li > label"), entry => [
      entry.textContent, entry.href, getComputedStyle(entry).color, entry.getBoundingClientRect().top])"""
    seen = []
    for url in ("alliances/", a_record(served)):
        page.goto(served.address + locale + url)
        page.locator(".drawer-switch").click()
        seen.append(page.locator(".md-sidebar--primary").evaluate(shown))
    assert seen[0] == seen[1]
    assert len({colour for _, _, colour, _ in seen[1]}) > 1  # Where it stands is marked.


def test_without_script_a_phone_shows_the_sections(browser: Browser, served: Served) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    for url, has_drawer in ((a_record(served), False), ("alliances/", True)):
        page.goto(served.address + url)
        assert page.locator(".md-header [for=__drawer]").is_visible() == has_drawer
        boxes = [link.bounding_box() for link in page.locator(".md-tabs a").all()]
        assert len(boxes) > 3
        assert all(box and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    context.close()


def test_a_wide_screen_has_no_switch_for_a_drawer_it_does_not_have(
    desktop: BrowserContext, served: Served
) -> None:
    page = desktop.new_page()
    page.goto(served.address + "alliances/")
    expect(page.locator(".drawer-switch")).to_be_hidden()
    expect(page.locator(".md-tabs")).to_be_visible()


def test_a_letter_typed_by_mistake_goes_nowhere(browser: Browser, served: Served) -> None:
    """WCAG 2.1.4: those who speak to their computer type letters without knowing."""
    page = browser.new_page()
    page.goto(served.address + "en/alliances/")
    page.locator("h1").focus()
    here = page.url
    for letter in "pn.,sf":  # "/" opens the search; it can be switched off there.
        page.keyboard.press(letter)
        page.wait_for_timeout(50)
        assert page.url == here, letter
        expect(page.locator("h1")).to_be_focused()
    page.close()
