"""Many pages looked at by a few browsers at once; whatever is found on any of them comes back together."""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import QUIET, Served, at_rest, headless_shell, until

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1440, "height": 900}
MISSING = ["no/such/page/", "en/no/such/page/"]
"""Addresses that are answered with the two pages that say so."""

KEEP_CARE_ON = "localStorage.setItem('gazette.care', 'on')"
_SET_CARE = """on => {
  const root = document.documentElement
  const is = () => root.getAttribute("data-care") === "on"
  if (is() !== on) document.querySelector(".care-switch")?.click()
  return is() === on
}"""


def everywhere(served: Served) -> list[str]:
    """Every page of both languages, and in each an address that does not exist."""
    return [*served.urls("zh"), *served.urls("en"), *MISSING]


def one_of_each(served: Served, most: int | None = None) -> list[str]:
    """In both languages: the home page, all that stands right below it, the last page of each list, a missing one.

    With `most`, beside the home page so many of them, always the same. An odd number of pages a language is what
    `alternate` needs.
    """
    urls = served.urls("zh")
    last = {url.partition("/")[0]: url for url in urls}
    chosen = [url for url in urls if url.count("/") < 2 or url == last[url.partition("/")[0]]]
    if most is not None:
        home, others = chosen[:1], chosen[1:]
        chosen = home + random.Random(0).sample(others, min(most, len(others)))
    return [*chosen, *(f"en/{url}" for url in chosen), *MISSING]


def alternate(urls: Sequence[str], turn: int, *, whole: bool) -> Sequence[str]:
    """Where not all pages are looked at, every other one, so that two ways of looking share the pages of `one_of_each`.

    Each way sees every kind of page in one language, and both languages.
    """
    return urls if whole else urls[turn % 2 :: 2]


_own = threading.local()


@cache
def _pool() -> ThreadPoolExecutor:
    """As many threads as there are browsers: a test run in parallel with others has its share of the machine."""
    share = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    return ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1) // share))


def _browser() -> Browser:
    """The browser of this thread, which stays open for the sweeps that follow."""
    if not hasattr(_own, "browser"):
        playwright = sync_playwright().start()
        _own.browser = at_rest(playwright.chromium.launch(executable_path=headless_shell(), args=QUIET))
    browser: Browser = _own.browser
    return browser


def sweep(
    served: Served,
    urls: Sequence[str],
    look: Callable[[Page, str], Iterable[Any]],
    *,
    before: str = "",
    **context: Any,
) -> list[Any]:
    """What `look` finds on each page, in the order of `urls`; `before` is a script that runs ahead of the page's."""
    workers = _pool()._max_workers

    def visit(share: int) -> dict[str, list[Any]]:
        own = _browser().new_context(**context)
        page = own.new_page()
        page.add_init_script(before)
        found = {}
        for url in urls[share::workers]:
            arrive(page, served, url)
            found[url] = list(look(page, url))
        own.close()
        return found

    shares = list(_pool().map(visit, range(workers)))
    return [fault for place, url in enumerate(urls) for fault in shares[place % workers][url]]


def arrive(page: Page, served: Served, url: str) -> None:
    """Open a page. The English one of the two that say a page is missing is put in place by a script."""
    page.goto(served.address + url)
    lang = "en" if url.startswith("en/") else "zh"
    until(page, f"document.documentElement?.lang === '{lang}' && document.readyState === 'complete'")


def set_care(page: Page, on: bool) -> list[str]:
    """Switch care mode on or off as a reader does; says so where the page does not follow."""
    return [] if page.evaluate(_SET_CARE, on) else [f"care mode cannot be switched {'on' if on else 'off'}"]


def in_turn(faults: Iterable[tuple[str, str]]) -> str:
    """Faults and the places where each was found, the same fault told once."""
    places: dict[str, list[str]] = {}
    for place, fault in faults:
        places.setdefault(fault, []).append("/" + place)
    return "\n".join(f"{fault}\n    {', '.join(found)}" for fault, found in places.items())
