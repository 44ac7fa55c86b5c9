"""A site built, and served on 127.0.0.1 from a sub-path, compressed as GitHub Pages does it."""

from __future__ import annotations

import functools
import gzip
import io
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.expectations import ENGINE

PROJECT = Path(__file__).parents[2]
MOUNT = "record"
SLOWLY = "?slowly"
"""An address that ends so is answered in small pieces, as over a poor connection."""
_PIECE, _PAUSE = 400, 0.02
"""Bytes, seconds."""

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
        """The addresses of all pages of a language, relative to the site's root; not those that were given up."""
        found = sorted(
            page.parent.relative_to(self.folder).as_posix()
            for page in self.folder.rglob("index.html")
            if '<meta name="robots" content="noindex">' not in page.read_text(encoding="utf-8")
        )
        urls = ["" if path == "." else f"{path}/" for path in found]
        return [url for url in urls if url.startswith("en/") == (locale == "en")]


def at_rest(browser: Browser) -> Browser:
    """A browser in whose pages nothing moves, as for a reader who asked for that: what is measured is where it stays."""
    browser.new_context = functools.partial(browser.new_context, reduced_motion="reduce")  # type: ignore[method-assign]
    browser.new_page = functools.partial(browser.new_page, reduced_motion="reduce")  # type: ignore[method-assign]
    return browser


def until(page: Page, expression: str, patience: float = 10) -> None:
    """Wait, for so many seconds, until a JavaScript expression is true of a page: one whose policy lets no page wait for it by itself."""
    end = time.monotonic() + patience
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"{expression}: never"
        page.wait_for_timeout(50)


def chromium() -> str | None:
    """Debian's Chromium where there is one; None for the one that `playwright install chromium` put in place."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), None)


def headless_shell() -> str | None:
    """Debian's Chromium without windows, in which a page opens for a sixth of the time; else the whole one."""
    return shutil.which("chromium-headless-shell") or chromium()


@contextmanager
def serving(root: Path, project: Path = PROJECT) -> Iterator[Served]:
    """The site of this checkout, or of another project, built below `root` and served for as long as the block lasts."""
    handler = functools.partial(Handler, directory=str(root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        served = Served(root / MOUNT, f"http://127.0.0.1:{server.server_port}/{MOUNT}/")
        subprocess.run(
            [
                sys.executable,
                "-m",
                ENGINE,
                "build",
                "--strict",
                "--quiet",
                "--site-dir",
                str(served.folder),
            ],
            cwd=project,
            env={**os.environ, "SITE_URL": served.address},
            check=True,
            timeout=300,
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield served
        server.shutdown()


class Handler(SimpleHTTPRequestHandler):
    """Serves the folder; a missing page is answered with the site's 404.html, as GitHub Pages does."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    _slowly = False

    def log_message(self, format: str, *args: object) -> None:
        pass

    def send_head(self) -> io.BytesIO | None:  # type: ignore[override]
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not urlsplit(self.path).path.endswith("/"):
            return super().send_head()  # type: ignore[return-value] # A redirect to the folder.
        if path.is_dir():
            path /= "index.html"
        return self._head(200, path) if path.is_file() else self._head(404, self._missing)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self.copyfile(self._head(code, self._missing), self.wfile)

    @property
    def _missing(self) -> Path:
        return Path(self.directory, MOUNT, "404.html")

    def _head(self, status: int, path: Path) -> io.BytesIO:
        kind = self.guess_type(path)
        body = path.read_bytes()
        self._slowly = self.path.endswith(SLOWLY)
        self.send_response(status)
        text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if text else kind)
        self.send_header("Cache-Control", "max-age=600")
        if text and not self._slowly and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = _packed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def copyfile(self, source: Any, outputfile: Any) -> None:
        if not self._slowly:
            super().copyfile(source, outputfile)
        else:
            while piece := source.read(_PIECE):
                outputfile.write(piece)
                time.sleep(_PAUSE)


@functools.lru_cache(maxsize=64)
def _packed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)
