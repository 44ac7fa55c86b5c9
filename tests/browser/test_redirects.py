"""A reader at an address that was given up: led on without script, or told why there is nothing, in any light."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.test_accessibility import AXE, EVERYTHING, objections
from tests.zones import adopt

RETIRED = {
    "moved": "was: alliances/leaf\nnow: alliances/tea\nwhy: {zh: 改名, en: A new name}\n",
    "gone": "was: alliances/bud\nwhy: {zh: 没有来源, en: No source holds it}\n",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small zone with two ids given up, built and served."""
    zone = adopt(tmp_path_factory.mktemp("retired") / "zone")
    (zone.root / "data/retired").mkdir()
    for name, words in RETIRED.items():
        text = f"{words}date: {{date: 2031-01-02, basis: stated}}\n"
        (zone.root / f"data/retired/{name}.yml").write_text(text, encoding="utf-8")
    assert zone.build().status == 0
    handler = functools.partial(_Quiet, directory=str(Path(zone.root, "site")))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize(("prefix", "title"), [("", "茶业联盟"), ("en/", "Tea Alliance")])
def test_an_old_address_leads_on_without_script(
    browser: Browser, address: str, prefix: str, title: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{prefix}alliances/leaf/")
    page.wait_for_url(f"{address}{prefix}alliances/tea/")
    assert page.locator("h1").inner_text() == title
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("url", ["alliances/bud/", "en/alliances/bud/", "en/alliances/leaf/"])
def test_the_page_in_its_place_reads_well(browser: Browser, address: str, url: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 600}, color_scheme=scheme)
    page = context.new_page()
    # Held back, or it would lead on before it is looked at.
    html = page.request.get(address + url).text().replace('http-equiv="refresh"', 'name="held"')
    page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(address + url)
    page.evaluate(AXE)
    assert list(objections(page, url, EVERYTHING)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, paper[4:-1].split(","))) > 384) == (scheme == "light")
    context.close()
