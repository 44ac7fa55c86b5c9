"""axe finds nothing to object to on any page: both languages, light and dark, care mode, phone and desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Alternate
from tests.browser.serving import Served, until
from tests.browser.sweep import DESKTOP, PHONE, in_turn, set_care, sweep

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

EVERYTHING = {
    # No best practice is left out; no rule is but those that axe itself calls experimental, and level AAA.
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
}
BESIDE_A_NOTE = EVERYTHING | {"rules": {"target-size": {"enabled": False}}}
"""What a note lies over for as long as it is shown is no target."""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules whose result a darker palette can change; the others see the same document as in the light one."""
LOOKS = {
    "runOnly": {
        "type": "rule",
        "values": [
            "color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "aria-hidden-focus",
        ],
    }
}  # fmt: skip
"""Those that care mode can change, which is colours and sizes of the same document, and some of it hidden."""

RUN = """async ([options, within]) => {
  const found = await axe.run(within, {...options, resultTypes: ["violations"], preload: false, iframes: false})
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${rule.help} | ${node.target.join(" ")} | `
    + [...node.any, ...node.all, ...node.none].map(check => check.message).join("; ")))
}"""
OPEN = "document.querySelectorAll('details').forEach(details => { details.open = true })"

Found = Iterator[tuple[str, str]]


def look(page: Page, url: str) -> Found:
    """The states of a page in the one document, each with what axe finds in it."""
    page.evaluate(OPEN)
    page.evaluate(AXE)
    yield from objections(page, f"{url} light", EVERYTHING)
    for missed in set_care(page, True):
        yield url, missed
    yield from objections(page, f"{url} care", LOOKS)
    page.emulate_media(color_scheme="dark")
    until(page, "document.body.getAttribute('data-md-color-scheme') === 'slate'")
    yield from objections(page, f"{url} care dark", COLOURS)
    set_care(page, False)
    yield from objections(page, f"{url} dark", COLOURS)
    page.emulate_media(color_scheme="light")
    until(page, "document.body.getAttribute('data-md-color-scheme') === 'default'")


def objections(page: Page, state: str, options: dict[str, Any], within: str = ":root") -> Found:
    """What axe objects to in the page as it is now, or in a part of it."""
    for objection in page.evaluate(RUN, [options, within]):
        yield state, objection


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_objects_to_nothing(
    swept: Served, pages: list[str], every_other: Alternate, size: dict[str, int]
) -> None:
    faults = sweep(swept, every_other(pages, size == PHONE), look, viewport=size)
    assert not faults, "\n" + in_turn(faults)


def test_axe_objects_to_nothing_in_the_open_drawer_or_a_shown_note(swept: Served, kinds: list[str]) -> None:
    shown = set()

    def look_inside(page: Page, url: str) -> Found:
        page.evaluate(OPEN)
        page.evaluate(AXE)
        page.evaluate("document.getElementById('__drawer').click()")
        until(page, "document.querySelector('.md-sidebar--primary').getBoundingClientRect().left >= 0")
        yield from objections(page, f"{url} drawer", EVERYTHING)
        page.evaluate("document.getElementById('__drawer').click()")
        if page.locator("a.figure[aria-describedby]").count():
            page.locator("a.figure[aria-describedby]").first.focus()
            shown.add(page.locator(".note-card:not([hidden])").inner_text())
            yield from objections(page, f"{url} note", BESIDE_A_NOTE)
            yield from objections(page, f"{url} note", EVERYTHING, ".note-card")

    faults = sweep(swept, kinds, look_inside, viewport=PHONE)
    assert shown, "no page of any type shows a note"
    assert not faults, "\n" + in_turn(faults)
