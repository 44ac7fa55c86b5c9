"""The time from saving a record to a browser showing it, under `mkdocs serve`."""

from __future__ import annotations

import re
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable

from bench.builder import Builder
from bench.builders import ENV
from bench.measure import Cost, Failed, Memory, cpu_seconds, end, last_words

_SCRIPT = re.compile(r"livereload\((\d+), (\d+)\);")
"""What MkDocs adds to a page so that it asks for news of itself."""
SETTLE = 3.0
"""Seconds in which the server has looked at every file that it watches, before one is saved."""


def save_to_shown(builder: Builder, save: Callable[[], str], limit: float) -> Cost:
    """Serve, wait for the record's page, `save` an edit, and do what a browser does until the page shows its words.

    A browser with the page open asks the server for news, is answered when the site has been rebuilt, and loads again.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    host = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(
            [*builder.serve, "--dev-addr", f"127.0.0.1:{port}"],
            cwd=builder.folder,
            env=ENV,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            deadline = time.monotonic() + limit
            while not (page := _get(f"{host}/jibei/{builder.page}", deadline)):
                if server.poll() is not None:
                    raise Failed(f"the server ended: {last_words(said)}")
                if time.monotonic() > deadline:
                    raise Failed(f"the server did not answer in {limit:.0f} s")
                time.sleep(0.2)
            time.sleep(SETTLE)
            used, start = cpu_seconds(server.pid), time.perf_counter()
            words = save()
            with Memory(server.pid) as memory:
                while words not in page:
                    script = _SCRIPT.search(page)
                    if not script:
                        raise Failed("the pages of the preview do not reload")
                    epoch, request = script.groups()
                    if int(_get(f"{host}/livereload/{epoch}/{request}", deadline) or 0) > int(epoch):
                        page = _get(f"{host}/jibei/{builder.page}", deadline)
                    if time.monotonic() > deadline:
                        raise Failed(f"not shown after {limit:.0f} s")
                wall = time.perf_counter() - start
            return Cost(wall, cpu_seconds(server.pid) - used, memory.peak_mb)
        finally:
            end(server)
            server.wait()


def _get(url: str, deadline: float) -> str:
    """What is at an address; nothing where no answer comes in time."""
    try:
        with urllib.request.urlopen(url, timeout=max(1, deadline - time.monotonic())) as answer:
            found: str = answer.read().decode("utf-8")
            return found
    except OSError:
        return ""
