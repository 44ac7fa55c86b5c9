"""Measure search on a large synthetic site: how long the index takes, and what a reader's first query moves.

    make bench-search RECORDS=10000

Prints a table of queries with the pages found and the bytes over the wire from opening the search to its first results.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.browser.serving import MOUNT, QUIET, Handler, chromium

PROJECT = Path(__file__).parents[1]
QUERIES = {
    "": ["合成", "消防通道", "试用期满", "维修人员查看了路灯", "合成早报", "沟合"],
    "en/": ["refrigerated", "lamps", "synthetic press"],
}


def main() -> None:
    """Make the site, serve it on this machine, ask."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        generate = [sys.executable, str(PROJECT / "bench" / "generate.py"), "--records", str(options.records)]
        subprocess.run([*generate, "--out", str(root)], check=True)
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(Path(folder, MOUNT))],
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"},
            check=True,
        )
        site = Path(folder, MOUNT)
        pages = sum(1 for _ in site.rglob("index.html"))
        size = sum(file.stat().st_size for file in (site / "search").rglob("*") if file.is_file())
        print(f"{pages} pages, built in {time.perf_counter() - start:.0f} s, index {size / 1e6:.1f} MB")
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
                print(f"{'query':<24} {'found':>8} {'KiB':>8} {'ms':>6}")
                for url, queries in QUERIES.items():
                    for query in queries:
                        found, moved, took = first_query(
                            browser, f"http://127.0.0.1:{server.server_port}/{MOUNT}/{url}", query
                        )
                        print(f"{query:<24} {found:>8} {moved / 1024:>8.0f} {took * 1000:>6.0f}")
                browser.close()
            server.shutdown()


def first_query(browser: Browser, address: str, query: str) -> tuple[str, int, float]:
    """What the box says it found, the bytes moved, the seconds, for a reader who never searched before."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    sizes: list[int] = []
    wire = context.new_cdp_session(page)
    wire.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    wire.send("Network.enable")
    start = time.perf_counter()
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    page.wait_for_function(
        r"/\d|。|\./.test(document.querySelector('.found__meta').textContent)", timeout=60_000
    )
    took = time.perf_counter() - start
    page.wait_for_load_state("networkidle")
    found = "".join(letter for letter in page.inner_text(".found__meta") if letter.isdigit())
    context.close()
    return found or "0", sum(sizes), took


if __name__ == "__main__":
    main()
