"""What a link leads to is seen, and what is to be pressed is large enough for a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Alternate
from tests.browser.serving import Served
from tests.browser.sweep import KEEP_CARE_ON, in_turn, sweep

COVERED = """() => {
  const header = document.querySelector(".md-header"), found = []
  for (const element of document.querySelectorAll("main [id]")) {
    if (!element.checkVisibility() || element.id.startsWith("__") || element.closest(".md-sidebar")) continue
    location.hash = ""
    location.hash = `#${element.id}`
    const top = element.getBoundingClientRect().top, {bottom} = header.getBoundingClientRect()
    if (top < bottom - .5) found.push(`#${element.id} stands at ${top} px, the header reaches to ${bottom} px`)
  }
  return found
}"""
SMALL = """() => Array.from(document.querySelectorAll(".mark a"), mark => mark.getBoundingClientRect())
  .filter(({width, height}) => width < 24 || height < 24).map(({width, height}) => `a mark of ${width} by ${height} px`)"""


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_target_of_a_link_is_covered_by_the_header_and_every_mark_is_24_pixels_wide_and_high(
    swept: Served, kinds: list[str], every_other: Alternate, width: int, care: bool
) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        for script in (COVERED, SMALL):
            yield from ((url, fault) for fault in page.evaluate(script))

    pages = ["model/", "en/startup-records/", *every_other(kinds, (width == 360) + care)]
    size = {"width": width, "height": 640}
    faults = sweep(swept, pages, look, viewport=size, before=KEEP_CARE_ON if care else "")
    assert not faults, "\n" + in_turn(faults)
