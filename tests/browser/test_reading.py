"""Pages as people need them: narrow, enlarged, spaced out, in forced colours, without motion, read aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Alternate
from tests.browser.serving import Served
from tests.browser.sweep import DESKTOP, KEEP_CARE_ON, in_turn, set_care, sweep

Found = Iterator[tuple[str, str]]

LOST = """() => {
  const name = element => `${element.tagName.toLowerCase()}${[...element.classList].map(c => "." + c).join("")}`
  const told = element => `${name(element)} “${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)}”`
  const width = document.documentElement.clientWidth
  const found = []
  if (document.documentElement.scrollWidth > width)
    found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${width}`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const parents = new Set()
  while (texts.nextNode()) if (texts.currentNode.data.trim()) parents.add(texts.currentNode.parentElement)
  for (const element of parents) {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    // The theme shortens the name of the site and of the page in its header; both stand in full elsewhere.
    if (element.closest(".md-header__title")) continue
    let scrolls = false
    const range = document.createRange()
    range.selectNodeContents(element)
    const text = range.getBoundingClientRect()
    if (!text.width || !text.height) continue
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const {overflowX, overflowY, position} = getComputedStyle(box)
      if (["auto", "scroll"].includes(overflowX)) { scrolls = true; break }
      const edge = box.getBoundingClientRect()
      if (["hidden", "clip"].includes(overflowX) && (text.right > edge.right + 1 || text.left < edge.left - 1))
        found.push(`${told(element)} is cut off at the side by ${name(box)}`)
      if (["hidden", "clip"].includes(overflowY) && text.bottom > edge.bottom + 1
        && !["auto", "scroll"].includes(overflowY))
        found.push(`${told(element)} is cut off below by ${name(box)}`)
      if (position === "fixed") break
    }
    if (!scrolls && (text.right > width + 1 || text.left < -1)) found.push(`${told(element)} stands outside the page`)
  }
  return found
}"""
"""What a reader cannot get at: text that is cut off, that stands outside, or that a page must be pushed sideways for."""

SPACED = """() => {
  const style = document.createElement("style")
  style.textContent = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`
  document.head.append(style)
}"""
"""The spacing that WCAG 1.4.12 lets a reader set."""


def lost(page: Page, url: str) -> Found:
    for fault in page.evaluate(LOST):
        yield url, fault


def no_care(page: Page, url: str) -> Found:
    if page.evaluate("document.documentElement.getAttribute('data-care')") != "on":
        yield url, "care mode is not on from the start though it was chosen"


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_nothing_is_lost_on_a_screen_of_320_pixels(
    swept: Served, pages: list[str], every_other: Alternate, care: bool
) -> None:
    """WCAG 1.4.10: also what 1280 pixels are at 400 %."""

    def look(page: Page, url: str) -> Found:
        if care:
            yield from no_care(page, url)
        yield from lost(page, url)

    narrow = {"width": 320, "height": 640}
    urls = every_other(pages, care)
    faults = sweep(swept, urls, look, viewport=narrow, before=KEEP_CARE_ON if care else "")
    assert not faults, "\n" + in_turn(faults)


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_nothing_is_lost_when_enlarged_or_spaced_out(
    swept: Served, kinds: list[str], every_other: Alternate, care: bool
) -> None:
    """WCAG 1.4.4 and 1.4.12: 200 % of a screen of 1280 pixels, twice the size of text alone, wider spacing."""

    def look(page: Page, url: str) -> Found:
        if care:
            yield from no_care(page, url)
        for width in (640, 1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            yield from ((f"{place} at {width}", fault) for place, fault in lost(page, url))
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            yield from ((f"{place} at {width}, text doubled", fault) for place, fault in lost(page, url))
            page.evaluate("document.documentElement.style.fontSize = ''")
        page.evaluate(SPACED)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            yield from ((f"{place} at {width}, spaced out", fault) for place, fault in lost(page, url))

    urls = every_other(kinds, care)
    faults = sweep(swept, urls, look, before=KEEP_CARE_ON if care else "")
    assert not faults, "\n" + in_turn(faults)


STRUCTURE = """() => {
  const found = []
  const seen = element => element.checkVisibility({visibilityProperty: true})
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(seen)
  const text = element => element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40)
  if (headings.filter(heading => heading.matches("h1")).length !== 1) found.push("has not exactly one h1")
  headings.forEach((heading, place) => {
    const level = Number(heading.tagName[1]), before = place ? Number(headings[place - 1].tagName[1]) : 0
    if (level > before + 1) found.push(`${heading.tagName} “${text(heading)}” follows a heading of level ${before}`)
    if (!text(heading)) found.push(`an empty ${heading.tagName}`)
  })
  const mains = document.querySelectorAll("main, [role=main]")
  if (mains.length !== 1) found.push(`has ${mains.length} main landmarks`)
  else if (!mains[0].querySelector("h1")) found.push("has its h1 outside main")
  for (const table of document.querySelectorAll("table:not([role=presentation])")) {
    const heads = [...table.querySelectorAll("th")]
    if (!heads.length) found.push(`a table without header cells: ${text(table)}`)
    for (const head of heads) if (!["col", "row", "colgroup", "rowgroup"].includes(head.scope))
      found.push(`a header cell without scope: “${text(head)}”`)
  }
  return found
}"""

LANGUAGES = """names => {
  // Text by the nearest lang: Chinese that is read out as English, English that is read out as Chinese.
  const found = []
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT)
  const judge = (text, lang, where) => {
    if (lang === "en" && /\\p{Script=Han}/u.test(text))
      found.push(`Chinese inside lang="en": “${text.trim().slice(0, 50)}” in ${where}`)
    const bare = names.reduce((rest, name) => rest.replaceAll(name, " · "), text)
    if (lang === "zh" && /[A-Za-z][A-Za-z’'-]*(\\s+[A-Za-z][A-Za-z’'-]*){2,}/.test(bare))
      found.push(`English inside lang="zh": “${text.trim().slice(0, 50)}” in ${where}`)
  }
  const name = element => `${element.tagName.toLowerCase()}${[...element.classList].map(c => "." + c).join("")}`
  const lang = element => element.closest("[lang]").lang.split("-")[0]
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement
    if (!parent.closest("script, style, code")) judge(texts.currentNode.data, lang(parent), name(parent))
  }
  for (const element of document.querySelectorAll("[title], [alt], [aria-label], [placeholder]"))
    for (const attribute of ["title", "alt", "aria-label", "placeholder"])
      judge(element.getAttribute(attribute) ?? "", lang(element), `${name(element)}[${attribute}]`)
  for (const meta of document.querySelectorAll("meta[name=description i]"))
    judge(meta.content, document.documentElement.lang, "meta")
  return found
}"""
NAMES = ["MkDocs", "Material for MkDocs"]
"""English names that stand in Chinese text as they are."""

LINKS = """() => {
  const squeeze = text => (text ?? "").trim().replace(/\\s+/g, " ")
  const named = (element, attribute) => (element.getAttribute(attribute) ?? "").split(" ").filter(id => id)
    .map(id => squeeze(document.getElementById(id)?.textContent)).join(" ")
  const label = element => squeeze(element.getAttribute("aria-label") || named(element, "aria-labelledby")
    || element.textContent || element.querySelector("img")?.alt || element.title)
  // Level A asks that a purpose be clear from the link with what a screen reader can tell of the place it stands in:
  // its description, its sentence, item or cell, the heading of its section, the name of its navigation.
  const place = link => {
    const section = link.closest("section"), landmark = link.closest("nav, footer, aside, header")
    return [link.title, named(link, "aria-describedby"), squeeze(link.closest("td, th, li, p, dd, figure")?.textContent),
      squeeze(section?.querySelector("h2, h3, h4")?.textContent),
      landmark && landmark.tagName + label(landmark).slice(0, 40)].join(" | ")
  }
  const found = new Map(), faults = []
  for (const link of document.querySelectorAll("a[href]")) {
    if (!link.checkVisibility({visibilityProperty: true})) continue
    const text = label(link)
    if (!text) { faults.push(`a link without a name: ${link.outerHTML.slice(0, 80)}`); continue }
    const key = `${text} | ${place(link)}`
    const other = found.get(key)
    if (other && other !== link.href) faults.push(`“${text}” leads to ${other} and to ${link.href}`)
    found.set(key, link.href)
  }
  return faults
}"""


def test_headings_landmarks_tables_and_links_say_what_they_are(swept: Served, pages: list[str]) -> None:
    def look(page: Page, url: str) -> Found:
        for script in (STRUCTURE, LINKS):
            yield from ((url, fault) for fault in page.evaluate(script))

    faults = sweep(swept, pages, look, viewport=DESKTOP)
    assert not faults, "\n" + in_turn(faults)


def test_words_of_the_other_language_are_marked_as_such(swept: Served, pages: list[str]) -> None:
    """WCAG 3.1.2: a screen reader changes its voice where `lang` says so."""

    def look(page: Page, url: str) -> Found:
        yield from ((url, fault) for fault in page.evaluate(LANGUAGES, NAMES))

    faults = sweep(swept, pages, look, viewport=DESKTOP)
    assert not faults, "\n" + in_turn(faults)


MOVING = """() => {
  const seconds = list => Math.max(...list.split(",").map(time => parseFloat(time) * (time.includes("ms") ? .001 : 1)))
  const found = new Set()
  for (const element of document.querySelectorAll("*")) for (const part of [null, "::before", "::after"]) {
    const style = getComputedStyle(element, part)
    const moves = style.transitionProperty !== "none" && seconds(style.transitionDuration) > .01
      || style.animationName !== "none" && seconds(style.animationDuration) > .01
    if (moves) found.add(`${element.tagName.toLowerCase()}.${element.classList}${part ?? ""} moves`)
  }
  if (getComputedStyle(document.documentElement).scrollBehavior === "smooth") found.add("the page scrolls smoothly")
  return [...found]
}"""


def test_nothing_moves_for_a_reader_who_asked_for_stillness(swept: Served, kinds: list[str]) -> None:
    def look(page: Page, url: str) -> Found:
        yield from ((url, fault) for fault in page.evaluate(MOVING))

    faults = sweep(swept, kinds, look, viewport=DESKTOP)
    assert not faults, "\n" + in_turn(faults)


FORCED = """() => {
  // With the system's colours backgrounds are gone: what they alone set apart needs a border.
  const found = []
  const bordered = element => {
    const style = getComputedStyle(element)
    return ["Top", "Right", "Bottom", "Left"].some(side =>
      parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none")
  }
  const inside = getComputedStyle(document.body)
  for (const tile of document.querySelectorAll(".tile, .card, .board__entry, .facts, .note-card"))
    if (!bordered(tile)) found.push(`${[...tile.classList].join(".")} has no border`)
  for (const svg of document.querySelectorAll("svg")) {
    if (!svg.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue
    for (const shape of svg.querySelectorAll("path, rect, circle, line, polyline, text")) {
      const {fill, stroke, forcedColorAdjust} = getComputedStyle(shape)
      const paints = [fill, stroke].filter(paint => paint !== "none" && !/, 0\\)$/.test(paint))
      if (paints.length && paints.every(paint => paint === inside.backgroundColor)
        && !shape.closest("[data-background]"))
        found.push(`a ${shape.tagName} of ${svg.classList[0] ?? "an icon"} has the colour of the page (${forcedColorAdjust})`)
    }
  }
  return found
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_boxes_and_pictures_stand_out_in_forced_colours(
    swept: Served, kinds: list[str], every_other: Alternate, scheme: str
) -> None:
    def look(page: Page, url: str) -> Found:
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        for care in (False, True):
            yield from ((url, missed) for missed in set_care(page, care))
            yield from ((url + " care" * care, fault) for fault in page.evaluate(FORCED))
        set_care(page, False)

    context: dict[str, Any] = {"forced_colors": "active", "color_scheme": scheme, "viewport": DESKTOP}
    faults = sweep(swept, every_other(kinds, scheme == "dark"), look, **context)
    assert not faults, "\n" + in_turn(faults)
