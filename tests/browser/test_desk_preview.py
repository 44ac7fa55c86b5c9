"""`gazette edit` itself: the desk with the preview beside it, from its start to Ctrl+C."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.zones import adopt

LANE = "data/renovations/lane.yml"
PATIENCE = 120_000
"""Milliseconds for the first build of the preview."""


def test_what_is_saved_is_shown_beside_the_form(tmp_path: Path, browser: Browser) -> None:
    root = adopt(tmp_path / "zone", "full").root
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [
        sys.executable,
        "-m",
        "gazette.cli",
        "--root",
        str(root),
        "edit",
        "--no-browser",
        "--port",
        port,
    ]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as desk,
        closing(browser.new_page()) as page,
    ):
        assert desk.stdout is not None
        found = re.search(r"http://\S+token=[\w-]+", desk.stdout.readline())
        assert found
        page.set_default_timeout(PATIENCE)
        page.goto(f"{found[0]}#{LANE}")
        page.wait_for_selector("#preview:visible")
        shown = page.frame_locator("#preview")
        expect(shown.locator("h1")).to_have_text("柳荫街牌匾更换", timeout=PATIENCE)
        page.evaluate("file => { location.hash = file }", LANE)
        page.fill('[data-control=\'["title","zh"]\']', "柳荫街牌匾的更换")
        page.wait_for_selector("#form[data-state=checked]", state="attached")
        page.click("#save")
        expect(shown.locator("h1")).to_have_text("柳荫街牌匾的更换", timeout=PATIENCE)
        preview = re.match(r"http://127\.0\.0\.1:(\d+)/", page.get_attribute("#preview", "src") or "")
        assert preview
        desk.send_signal(signal.SIGINT)
        assert desk.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(preview[1])))
