"""What a page costs a reader: bytes over the wire, requests, what holds up the first paint, what jumps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Alternate
from tests.browser.serving import SLOWLY, Served
from tests.browser.sweep import DESKTOP, KEEP_CARE_ON, PHONE, in_turn, sweep

LIMIT = 150 * 1024
"""What a page may weigh with all that it loads: a second and a half at 100 KB a second."""

STILL = 0.001
"""The share of the viewport that moved by the way it moved: what no eye sees."""

OUR_STYLES = 1
THEIR_STYLES = 2
"""Of the stylesheets the theme has two; nothing but a stylesheet may hold up the first paint."""


class Arrival(NamedTuple):
    """One file as it came over the wire, compressed, with its headers."""

    url: str
    size: int
    kind: str


def load(browser: Browser, address: str, size: dict[str, int]) -> tuple[list[Arrival], list[dict[str, Any]]]:
    """Everything that a page loads for a reader who has never been here, and what the browser says of each."""
    context = browser.new_context(viewport=size)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    urls: dict[str, tuple[str, str]] = {}
    arrived: list[Arrival] = []
    wire.on(
        "Network.requestWillBeSent",
        lambda event: urls.update({event["requestId"]: (event["request"]["url"], event.get("type", ""))}),
    )
    wire.on(
        "Network.loadingFinished",
        lambda event: arrived.append(
            Arrival(urls[event["requestId"]][0], int(event["encodedDataLength"]), urls[event["requestId"]][1])
        ),
    )
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    # What a reader who goes on reading loads too: pictures that wait until they are near.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_load_state("networkidle")
    resources = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.toJSON())")
    context.close()
    return arrived, resources


def heaviest(arrived: list[Arrival]) -> str:
    return "\n".join(f"{one.size:>8} {one.url}" for one in sorted(arrived, key=lambda one: -one.size))


def samples(served: Served, locale: str) -> list[str]:
    """The home page, the figures, and of three sections the list and the last page."""
    prefix = "en/" if locale == "en" else ""
    urls = served.urls(locale)
    chosen = [prefix]
    for section in ("figures/", "alliances/", "news/", "renovations/"):
        found = [url for url in urls if url.startswith(prefix + section)]
        chosen += [*found[:1], *found[1:][-1:]]
    return chosen


@pytest.mark.parametrize(
    ("locale", "size"),
    [
        pytest.param("zh", PHONE, id="zh-phone"),
        pytest.param("en", DESKTOP, id="en-desktop"),
        pytest.param("en", PHONE, id="en-phone", marks=pytest.mark.whole),
        pytest.param("zh", DESKTOP, id="zh-desktop", marks=pytest.mark.whole),
    ],
)
def test_a_page_weighs_little_and_asks_no_other_host(
    browser: Browser, served: Served, locale: str, size: dict[str, int]
) -> None:
    host = urlsplit(served.address).netloc
    for url in samples(served, locale):
        arrived, resources = load(browser, served.address + url, size)
        files = [one for one in arrived if not one.url.startswith("data:")]
        assert len(files) > THEIR_STYLES, f"/{url}: hardly anything was seen to load"
        assert sum(one.size for one in files) <= LIMIT, f"/{url}\n{heaviest(files)}"
        assert {urlsplit(one.url).netloc for one in files} == {host}
        blocking = [one["name"] for one in resources if one["renderBlockingStatus"] == "blocking"]
        assert 0 < len(blocking) <= OUR_STYLES + THEIR_STYLES, f"/{url}: {blocking}"
        assert all(urlsplit(name).path.endswith(".css") for name in blocking), f"/{url}: {blocking}"


SHIFTS = """async () => {
  const shifts = []
  const tell = list => shifts.push(...list.getEntries().filter(shift => !shift.hadRecentInput))
  const observer = new PerformanceObserver(tell)
  observer.observe({type: "layout-shift", buffered: true})
  const settled = () => new Promise(done => setTimeout(done, 150))
  await settled()
  for (const where of [.5, 1]) {
    scrollTo(0, document.documentElement.scrollHeight * where)
    await settled()
  }
  tell({getEntries: () => observer.takeRecords()})
  const inHeader = source => source.node?.parentElement?.closest(".md-header") != null
  return shifts.map(shift => ({value: shift.value, header: shift.sources.some(inHeader), by: shift.sources.map(source =>
    source.node?.className || source.node?.nodeName || "gone")}))
}"""


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nothing_jumps_while_a_page_loads(
    swept: Served, kinds: list[str], every_other: Alternate, size: dict[str, int], care: bool
) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        if care and page.evaluate("document.documentElement.getAttribute('data-care')") != "on":
            yield url, "care mode is not on from the start though it was chosen"
        shifts = page.evaluate(SHIFTS)
        if sum(shift["value"] for shift in shifts) > STILL:
            yield url, f"shifts: {shifts}"

    urls = every_other(kinds, (size == PHONE) + care)
    faults = sweep(swept, urls, look, viewport=size, before=KEEP_CARE_ON if care else "")
    assert not faults, "\n" + in_turn(faults)


@pytest.mark.parametrize(
    ("size", "care"),
    [
        pytest.param(PHONE, False, id="phone-plain"),
        pytest.param(DESKTOP, True, id="desktop-care"),
        pytest.param(PHONE, True, id="phone-care", marks=pytest.mark.whole),
        pytest.param(DESKTOP, False, id="desktop-plain", marks=pytest.mark.whole),
    ],
)
def test_the_header_stays_where_it_is_while_it_arrives_piece_by_piece(
    served: Served, size: dict[str, int], care: bool
) -> None:
    def look(page: Page, url: str) -> Iterator[tuple[str, str]]:
        moved = [shift for shift in page.evaluate(SHIFTS) if shift["header"]]
        if moved:
            yield url, f"shifts: {moved}"

    pages = [SLOWLY, "en/" + SLOWLY]
    faults = sweep(served, pages, look, viewport=size, before=KEEP_CARE_ON if care else "")
    assert not faults, "\n" + in_turn(faults)
