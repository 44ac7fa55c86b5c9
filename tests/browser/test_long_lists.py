"""Pages of long lists in Chromium: sound to axe, whole on a narrow screen, and old links to figures led on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import Served, serving
from tests.browser.sweep import DESKTOP, in_turn, sweep
from tests.browser.test_accessibility import AXE, EVERYTHING, objections
from tests.browser.test_reading import LANGUAGES, LINKS, LOST, NAMES, STRUCTURE
from tests.zones.large import grow

PAGES = (
    "news/", "news/2033/", "news/2033/06/", "news/2033/06/1/", "timeline/", "timeline/2033/", "glossary/",
    "glossary/a/", "glossary/subject/", "glossary/subject/news/2032/", "figures/", "figures/startup-records/",
    "figures/startup-records/2032/", "sources/gazette/", "startup-records/", "startup-records/2031/",
)  # fmt: skip


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("grown")
    with serving(folder, grow(folder / "zone").root) as site:
        yield site


def test_lists_and_their_parts_are_sound_and_whole(grown: Served, request: pytest.FixtureRequest) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        page.evaluate(AXE)
        yield from objections(page, url, EVERYTHING)
        for script in (STRUCTURE, LINKS):
            yield from ((url, fault) for fault in page.evaluate(script))
        yield from ((url, fault) for fault in page.evaluate(LANGUAGES, NAMES))
        page.set_viewport_size({"width": 320, "height": 640})
        yield from ((url, fault) for fault in page.evaluate(LOST))
        page.set_viewport_size(DESKTOP)

    seen = PAGES if request.config.getoption("sweep") == "all" else PAGES[2::5]
    urls = [prefix + url for prefix in ("", "en/") for url in seen]
    faults = sweep(grown, urls, look, viewport=DESKTOP)
    assert not faults, "\n" + in_turn(faults)


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_a_figure_s_link_from_before_the_list_was_divided_leads_to_its_record(
    browser: Browser, grown: Served, prefix: str
) -> None:
    page = browser.new_page()
    page.goto(f"{grown.address}{prefix}figures/#figure-startup-records-firm-12-duration")
    page.wait_for_url(f"{grown.address}{prefix}startup-records/firm-12/")
    page.close()


def test_no_key_turns_the_page_of_a_list(browser: Browser, grown: Served) -> None:
    page = browser.new_page()
    page.goto(f"{grown.address}news/2032/")
    for key in ("n", "p"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    assert page.url == f"{grown.address}news/2032/"
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url(f"{grown.address}news/2031/")
    page.close()
