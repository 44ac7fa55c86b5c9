"""Measure search on a large synthetic site: the size of the index, and what a reader's first query moves.

    make bench-search RECORDS=10000

Prints a table of queries with the pages found, the bytes over the wire from opening the search to six results, and those until
the count of pages was certain. Then asks for random runs of the text of all pages, and tells which were not answered exactly.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from playwright.sync_api import Browser, sync_playwright
from tests.browser.serving import MOUNT, QUIET, Handler, chromium
from tests.search_rules import Pages, runs, texts, wrong

PROJECT = Path(__file__).parents[1]
QUERIES: Mapping[str, Sequence[str]] = {
    "": ["合成", "消防通道", "试用期满", "查看了路灯", "合成早报", "沟合"],
    "en/": ["refrigerated", "lamps", "synthetic press"],
}
"""Queries by the address of the home page of their language."""


class FirstQuery(NamedTuple):
    """What the box says of a query, and the bytes moved until it showed results and until it was done."""

    query: str
    said: str
    shown: int
    done: int


def main() -> None:
    """Make the site, serve it on this machine, ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=300, help="random runs asked for in each language")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        generate = [sys.executable, str(PROJECT / "bench" / "generate.py"), "--records", str(options.records)]
        subprocess.run([*generate, "--out", str(root)], check=True)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=root, env=environment, check=True
        )
        print(sizes(root / "site"))
        print(f"{'query':<24}{'shown, KiB':>12}{'done, KiB':>12}  said")
        for found in first_queries(root / "site"):
            print(f"{found.query:<24}{found.shown / 1024:>12.0f}{found.done / 1024:>12.0f}  {found.said}")
        for locale, faults in wrong_answers(root / "site", options.runs):
            print(f"{locale}: {options.runs} runs asked for, {len(faults)} not answered exactly")
            print(*faults.items(), sep="\n")


def sizes(site: Path) -> str:
    """The files of the index of all languages: how many, their bytes, compressed too."""
    lines = []
    for kind in ("keys", "pages"):
        bodies = [file.read_bytes() for file in (site / "search").glob(f"*/{kind}/*.json")]
        packed = [len(gzip.compress(body)) for body in bodies]
        lines.append(
            f"{kind}: {len(bodies)} files, {sum(map(len, bodies)) / 1e6:.1f} MB, compressed {sum(packed) / 1e6:.1f} MB, "
            f"median {median(packed):.0f} bytes, largest {max(packed)}"
        )
    return "\n".join(lines)


def wrong_answers(site: Path, count: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Of so many random runs of each language's text those that a browser does not answer as a plain scan of the pages does."""
    with opened(site) as (browser, address):
        for locale, home in (("zh", ""), ("en", "en/")):
            said = texts(site, locale, {})
            page = browser.new_page()
            page.set_default_timeout(0)
            page.goto(address + home)
            yield locale, wrong(page, Pages(said, locale), [*runs(said, locale, count)])


def first_queries(site: Path) -> Iterator[FirstQuery]:
    """Each query, asked by a reader who never searched before."""
    with opened(site) as (browser, address):
        for url, queries in QUERIES.items():
            yield from (first_query(browser, address + url, query) for query in queries)


@contextmanager
def opened(site: Path) -> Iterator[tuple[Browser, str]]:
    """A browser, and the address at which a site is served."""
    with (
        tempfile.TemporaryDirectory() as folder,
        served(site, Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield browser, address
        browser.close()


@contextmanager
def served(site: Path, folder: Path) -> Iterator[str]:
    """The address at which a site is served, compressed as GitHub Pages does it, for as long as the block lasts."""
    (folder / MOUNT).symlink_to(site.resolve(), target_is_directory=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{MOUNT}/"
        server.shutdown()


def first_query(browser: Browser, address: str, query: str) -> FirstQuery:
    """Open the box on a page that has come to rest, ask, and wait for results."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes: list[int] = []
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    wire.send("Network.enable")
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    page.wait_for_selector(".found > li", timeout=60_000)
    shown = sum(sizes)
    page.wait_for_load_state("networkidle")
    found = FirstQuery(query, page.inner_text(".found__meta"), shown, sum(sizes))
    context.close()
    return found


if __name__ == "__main__":
    main()
