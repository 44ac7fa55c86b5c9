"""What passes the check is built into one site and opened in Chromium: nothing of it runs, and no other host is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.attacks import markup_vectors
from tests.attacks.hostile_site import Attempt, attempts, build_up
from tests.attacks.tally import Outcome, Tally, sampled
from tests.attacks.test_prose_html import content_of, outcome
from tests.browser.serving import Served, serving
from tests.conftest import Project
from tests.zones import adopt

BODIES, WORDS, PAGES = 12, 14, 30
"""So many texts of pages, words, and pages of the site are looked at in a sample."""

TOUCH = """() => {
  for (const each of document.querySelectorAll("*"))
    for (const name of ["mouseover", "pointerover", "focus", "toggle", "error", "load", "animationstart"])
      each.dispatchEvent(new Event(name))
  for (const each of document.querySelectorAll("details")) each.open = true
  return Array.from(document.querySelectorAll("*")).flatMap(each => Array.from(each.attributes)
    .filter(one => /^on/i.test(one.name) || one.name !== "title" && /^[\\x00-\\x20]*(javascript|vbscript|data):/i.test(each[one.name] || ""))
    .map(one => each.outerHTML.slice(0, 200)))
    .concat(Array.from(document.querySelectorAll("iframe, object, embed, base, main script[src], frame, applet"))
      .map(each => each.outerHTML.slice(0, 200)))
}"""
"""Does to every element what may set off a handler, and returns what could run."""


@dataclass
class Wire:
    """What went off, and where."""

    address: str
    tripped: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.expose_function("tripped", lambda *_: self.tripped.append(f"ran: {page.url}"))
        page.on(
            "dialog",
            lambda dialog: (self.tripped.append(f"said {dialog.message}: {page.url}"), dialog.dismiss()),
        )
        page.route(
            "**/*", lambda route: route.continue_() if self._is_ours(route.request.url) else route.abort()
        )
        page.on("request", lambda request: self._is_ours(request.url) or self.tripped.append(f"asked {request.url}: {page.url}"))  # fmt: skip

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.address, "data:image/", "blob:"))


class Hostile(NamedTuple):
    """The site of what passed, what became of all that was tried, and whether all was."""

    site: Served
    became: list[tuple[Attempt, Outcome]]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Hostile]:
    folder = tmp_path_factory.mktemp("hostile")
    zone = adopt(folder / "zone", "full")
    content = content_of(zone.root)
    texts = sampled(markup_vectors.prose(), 8 * BODIES, request.config)
    bodies = sampled(
        [one for one in texts if outcome(content, one) is Outcome.ACCEPTED], BODIES, request.config
    )
    words = sampled(markup_vectors.NAUGHTY, WORDS, request.config)
    became = build_up(zone.root, attempts(zone.root, bodies, words))
    with serving(folder / "served", zone.root) as site:
        yield Hostile(site, became)


def test_what_passes_neither_runs_nor_asks_another_host(
    hostile: Hostile, browser: Browser, tally: Tally, request: pytest.FixtureRequest
) -> None:
    wire = Wire(hostile.site.address)
    page = browser.new_page()
    wire.watch(page)
    urls = [*hostile.site.urls("zh"), *hostile.site.urls("en")]
    could_run: list[str] = []
    for url in sampled(urls, PAGES, request.config):
        page.goto(hostile.site.address + url, wait_until="load")
        could_run += page.evaluate(TOUCH)
    shown = dict.fromkeys(attempt.text for attempt, became in hostile.became if became is Outcome.ACCEPTED)
    for text in sampled(
        [text for text in shown if text in markup_vectors.NAUGHTY], PAGES // 5, request.config
    ):
        # As a reader would look for it.
        asked = quote(text[:20].encode("utf-8", "replace"))
        page.goto(f"{hostile.site.address}?q={asked}", wait_until="networkidle")
        could_run += page.evaluate(TOUCH)
    page.close()
    assert not could_run, could_run[:5]
    assert not wire.tripped, wire.tripped[:5]
    for where in sorted({attempt.where for attempt, _ in hostile.became}):
        tally(
            f"site: {where}",
            [(one.text[:80], became) for one, became in hostile.became if one.where == where],
        )


def test_a_wire_goes_off(browser: Browser, small: Project) -> None:
    """What could run does, where nothing keeps it from it."""
    wire = Wire("data:text/html")
    page = browser.new_page()
    wire.watch(page)
    page.goto(
        "data:text/html,<img src=x onerror=tripped()><img src=https://evil.example/a.png>", wait_until="load"
    )
    could_run = page.evaluate(TOUCH)
    page.wait_for_timeout(100)
    page.close()
    assert could_run
    assert {one.split()[0] for one in wire.tripped} >= {"ran:", "asked"}
