"""The site as nginx serves it with the handbook's configuration, on 127.0.0.1."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPMessage

import pytest
from playwright.sync_api import Browser

from tests.browser.serving import Served
from tests.processes import end
from tests.unit.test_hosting import HOSTING, of_nginx

pytestmark = pytest.mark.whole


@pytest.fixture(scope="module")
def hosted(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx, which serves the site at its root."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = (HOSTING / "nginx.conf").read_text(encoding="utf-8")
    for written, here in (("listen 80;", f"listen 127.0.0.1:{port};"), ("/srv/record", str(served.folder))):
        assert written in server
        server = server.replace(written, here)
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\nuser root;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\n{temporary}{server}}}\n",
        encoding="utf-8",
    )
    process = subprocess.Popen(["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        end(process)


def asked(url: str) -> tuple[int, HTTPMessage, bytes]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_every_answer_has_the_headers(hosted: str, served: Served) -> None:
    style = next((served.folder / "assets").rglob("*.css")).relative_to(served.folder).as_posix()
    for path in ("", "en/", "feed.xml", "assets/javascripts/record.js", style, f"{style}?v=1", "nowhere/"):
        _, headers, _ = asked(hosted + path)
        assert {name: headers[name] for name in of_nginx()} == of_nginx(), path
    assert "max-age" in (asked(f"{hosted}{style}?v=1")[1]["Cache-Control"] or "")
    assert asked(hosted + style)[1]["Cache-Control"] is None


def test_what_is_missing_hidden_or_linked_to_is_not_served(hosted: str, served: Served) -> None:
    hidden, link = served.folder / ".env", served.folder / "linked.txt"
    hidden.write_text("secret")
    link.symlink_to("/etc/hostname")
    try:
        for path, codes in (("nowhere/", (404,)), (".env", (404,)), ("linked.txt", (403, 404))):
            status, _, body = asked(hosted + path)
            assert status in codes
            assert b"secret" not in body
        assert asked(f"{hosted}nowhere/")[2] == (served.folder / "404.html").read_bytes()
    finally:
        hidden.unlink()
        link.unlink()


def test_pages_work_as_nginx_serves_them(hosted: str, browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for url in ("", "en/figures/"):
        page.goto(hosted + url)
        page.locator(".care-switch").click()
        assert page.evaluate("document.documentElement.dataset.care") in ("on", None)
        assert page.locator(".scheme-switch").is_visible()
    assert said == []
    page.close()
