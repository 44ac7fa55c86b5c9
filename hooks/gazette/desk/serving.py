"""Runs the desk on this machine: its server, and beside it the preview, until Ctrl+C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from werkzeug.serving import make_server

from gazette.base.messages import Refused, say
from gazette.build.engine import ENGINE
from gazette.build.settings import load_settings
from gazette.desk.guard import HOST, Guard
from gazette.desk.project import Project
from gazette.desk.web import create_app


def serve(root: Path, port: int, today: date, *, browser: bool) -> None:
    """Serve the desk of a project until Ctrl+C; with `browser` its page is opened. Raises Refused."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        raise Refused("desk-address-in-use", address=f"{HOST}:{port}", other=_free_port()) from error
    keys = Guard(port)
    with _preview(root) as (address, listens):
        app = create_app(Project(root.resolve()), keys, address, listens, today)
        server = make_server(HOST, port, app, threaded=True)
        signal.signal(signal.SIGTERM, _end)
        print(say("desk-is-at", address=keys.address), flush=True)
        if browser:
            webbrowser.open(keys.address)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
        server.server_close()


def _end(_number: int, _frame: object) -> NoReturn:
    """End as with Ctrl+C, so that the preview ends too."""
    raise KeyboardInterrupt


@contextmanager
def _preview(root: Path) -> Iterator[tuple[str, Callable[[], bool]]]:
    """The preview of a project in a process of its own: its address, and whether it listens yet."""
    port = _free_port()
    path = urlsplit(load_settings(root).site_url or "").path.strip("/")
    command = (sys.executable, "-m", ENGINE, "serve", "--quiet", "--dev-addr", f"{HOST}:{port}")
    process = subprocess.Popen(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})

    def listens() -> bool:
        with suppress(OSError), socket.create_connection((HOST, port), timeout=0.2):
            return True
        return False

    try:
        yield f"http://{HOST}:{port}/{path + '/' if path else ''}", listens
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])
