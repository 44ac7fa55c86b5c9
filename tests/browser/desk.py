"""The editor's desk of a project, served for tests, and what an editor does with it in Chromium."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import FrameLocator, Locator, Page
from werkzeug.serving import make_server

from gazette.desk.guard import HOST, Guard
from gazette.desk.project import Project
from gazette.desk.web import create_app

TODAY = date(2032, 1, 1)


@dataclass(frozen=True)
class Desk:
    """A desk that runs: the folder of its project, and what lets a browser in."""

    root: Path
    keys: Guard


@contextmanager
def desk_of(root: Path) -> Iterator[Desk]:
    """The desk of a project, for as long as the block lasts."""
    with socket.create_server((HOST, 0)) as free:
        keys = Guard(free.getsockname()[1])
    app = create_app(Project(root), keys, TODAY)
    server = make_server(HOST, keys.port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Desk(root, keys)
    server.shutdown()


class Editor:
    """An editor at the desk: fields are named by their path, as `["title", "zh"]`."""

    def __init__(self, desk: Desk, page: Page) -> None:
        self.desk, self.page = desk, page
        self.faults: list[str] = []
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.goto(desk.keys.address)
        page.wait_for_selector(".collection")

    def open(self, file: str) -> None:
        self.page.evaluate("file => { location.hash = file }", file)
        self.page.wait_for_selector(f"#form[data-file='{file}'][data-state=checked]")

    def field(self, *path: str | int) -> Locator:
        found = self.page.locator(f"[data-control='{json.dumps(path, separators=(',', ':'))}']")
        if not found.is_visible():
            found.evaluate("e => { for (let d = e; d = d.parentElement.closest('details');) d.open = true }")
        return found

    def checked(self) -> None:
        """Wait until what was typed is checked."""
        self.page.wait_for_selector("#form[data-state=checked]", state="attached")

    def type(self, text: str, *path: str | int) -> None:
        """Put a text in the place of what stands in a field, and wait for the check."""
        self.field(*path).fill(text)
        self.checked()

    def shown(self) -> FrameLocator:
        """The page beside the form."""
        return self.page.frame_locator(".preview iframe.shown")

    def give_evidence(self) -> None:
        """Say in a new entry where it is from."""
        self.page.locator("[data-path='[\"evidence\"]'] button.add").evaluate("e => e.click()")
        self.field("evidence", 0, "source").fill("zone-report")
        self.type("147家", "evidence", 0, "at")

    def give_reason(self) -> None:
        """Say why, in the dialog that asks for it, and go on."""
        self.page.fill("#dialog [lang=zh]", "样本原因。")
        self.page.fill("#dialog [lang=en]", "A sample reason.")
        self.page.click("#dialog .main")

    def drop(self) -> None:
        """Forget what was typed."""
        self.page.goto("about:blank")
        self.page.goto(self.desk.keys.origin)
        self.page.evaluate("localStorage.clear()")
        self.page.wait_for_selector(".collection")

    def codes(self) -> list[str]:
        """The codes of the messages that are shown."""
        return [
            str(code)
            for code in self.page.locator(".message").evaluate_all("all => all.map(e => e.dataset.code)")
        ]

    def save(self) -> str:
        """Save, and return what the desk says of it."""
        self.page.click("#save")
        self.page.wait_for_selector(
            "#form:not([data-state=saving]):not([data-state=typed])", state="attached"
        )
        return self.page.inner_text("#status")
