"""Old engines driven by the DevTools protocol itself: Playwright knows none as old as those that readers have."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import websocket

from tests.browser.serving import QUIET
from tests.processes import end

PATIENCE = 20
"""Seconds that anything may take; nothing waits without end."""
_FAULTS = {
    "Runtime.exceptionThrown": lambda said: (
        said["exceptionDetails"].get("exception", {}).get("description") or said["exceptionDetails"]["text"]
    ),
    "Log.entryAdded": lambda said: (
        said["entry"]["level"] == "error" and f"{said['entry']['text']} {said['entry'].get('url', '')}"
    ),
    "Runtime.consoleAPICalled": lambda said: (
        said["type"] == "error" and json.dumps(said["args"], ensure_ascii=False)
    ),
}


class Tab:
    """A tab of a browser; `faults` are the exceptions and the errors in its console so far."""

    def __init__(self, socket: websocket.WebSocket) -> None:
        self._socket = socket
        self._number = 0
        self.faults: list[str] = []
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser; returns its answer. What it says meanwhile is read for faults."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            said = json.loads(self._socket.recv())
            if said.get("id") == self._number:
                assert "error" not in said, f"{method}: {said['error']}"
                return dict(said["result"])
            if fault := said.get("method") in _FAULTS and _FAULTS[said["method"]](said["params"]):
                self.faults.append(fault)

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, f"{expression}: {found['exceptionDetails']}"
        return found["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until an expression is true."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"Boolean({expression})"):
            assert time.monotonic() < end, f"not within {PATIENCE} s: {expression}\n" + "\n".join(self.faults)
            time.sleep(0.05)

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        """Open a page in a window of this size, and wait until it is there with its scripts."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.call("Page.navigate", url=address)
        self.wait(f"location.href === {json.dumps(address)} && document.readyState === 'complete'")

    def click(self, selector: str) -> None:
        """Click an element in its middle with the mouse, as a reader does."""
        box = self.evaluate(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const b = e.getBoundingClientRect();"
            f" return [b.x + b.width / 2, b.y + b.height / 2] }})(document.querySelector({json.dumps(selector)}))"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Put text where the focus is, as an input method does."""
        self.call("Input.insertText", text=text)

    def press(self, key: str) -> None:
        """Press and release Enter, Escape or a letter."""
        code = {"Enter": 13, "Escape": 27}.get(key) or ord(key.upper())
        text = {"Enter": "\r", "Escape": ""}.get(key, key)
        known = {"key": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **known)
        self.call("Input.dispatchKeyEvent", type="keyUp", **known)

    def before(self, script: str) -> None:
        """Run a script ahead of those of each page that is opened from here on."""
        self.call("Page.addScriptToEvaluateOnNewDocument", source=script)


@contextmanager
def running(binary: Path, profile: Path) -> Iterator[Tab]:
    """A tab of this browser, without its window, for as long as the block lasts."""
    libraries = {"LD_LIBRARY_PATH": str(binary.parent / "lib")}
    command: list[str] = [
        str(binary),
        "--headless",
        "--no-zygote",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        *QUIET,
    ]
    process = subprocess.Popen(
        [*command, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        env={**os.environ, **libraries},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with closing(
            websocket.create_connection(_address(process, profile), PATIENCE, suppress_origin=True)
        ) as socket:
            yield Tab(socket)
    finally:
        end(process)


def _address(process: subprocess.Popen[bytes], profile: Path) -> str:
    """Where the browser's first tab listens, on 127.0.0.1."""
    end = time.monotonic() + PATIENCE
    while not (address := _first_tab(profile / "DevToolsActivePort")):
        assert process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        assert time.monotonic() < end, f"{process.args!r} does not listen"
        time.sleep(0.05)
    return address


def _first_tab(said: Path) -> str | None:
    """Its address, as soon as the browser has said its port and has a tab."""
    lines = said.read_text().splitlines() if said.is_file() else []
    if not lines:
        return None
    with urlopen(f"http://127.0.0.1:{lines[0]}/json/list", timeout=PATIENCE) as answer:
        return next((tab["webSocketDebuggerUrl"] for tab in json.load(answer) if tab["type"] == "page"), None)
