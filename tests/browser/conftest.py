"""The real site in headless Chromium: built once, served from a sub-path on 127.0.0.1 as GitHub Pages would."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.expectations import JIBEI

PROJECT = Path(__file__).parents[2]
# Its figures are looked for by name.
collect_ignore = [] if JIBEI else ["test_figures.py"]
MOUNT = "record"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Chromium without the requests of its own that a closed network would refuse."""


@dataclass(frozen=True)
class Served:
    """The built site and where it is served."""

    folder: Path
    address: str

    def urls(self, locale: str) -> list[str]:
        """The addresses of all pages of a language, relative to the site's root."""
        found = sorted(
            page.parent.relative_to(self.folder).as_posix() for page in self.folder.rglob("index.html")
        )
        urls = ["" if path == "." else f"{path}/" for path in found]
        return [url for url in urls if url.startswith("en/") == (locale == "en")]


class _Handler(SimpleHTTPRequestHandler):
    """Serves the folder; a missing page is answered with the site's 404.html, as GitHub Pages does."""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        body = Path(self.directory, MOUNT, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("served")
    handler = functools.partial(_Handler, directory=str(root))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    address = f"http://127.0.0.1:{server.server_port}/{MOUNT}/"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(root / MOUNT)],
        cwd=PROJECT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", "SITE_URL": address},
        check=True,
        timeout=300,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(root / MOUNT, address)
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium where there is one, else the one that `playwright install chromium` put in place."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A narrow phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """A wide screen."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    yield context
    context.close()
