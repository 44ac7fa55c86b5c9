"""Runs the desk on this machine until Ctrl+C."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress
from datetime import date
from pathlib import Path

from werkzeug.serving import make_server

from gazette.base.messages import Refused, say
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
    app = create_app(Project(root.resolve()), keys, today)
    server = make_server(HOST, port, app, threaded=True)
    print(say("desk-is-at", address=keys.address), flush=True)
    if browser:
        webbrowser.open(keys.address)
    with suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])
