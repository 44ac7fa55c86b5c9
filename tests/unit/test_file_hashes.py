"""A mirror of the site is told from one that serves anything else, page by page."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazette import cli
from gazette.outputs import file_hashes
from tests.conftest import Project

SITE = {
    "index.html": "<p>首页</p>",
    "404.html": "<p>没有</p>",
    "news/tea/index.html": "<p>Tea</p>",
    "data/茶 1.csv": "a,b\n",
}


HOSTILE_NAMES = ("", "/", "../a", "a/../b", "/etc/passwd", "a//b", "a/", "\ud800", "a\n", "\x1b[2J")
ENDLESS = 3600
"""Seconds for which a host goes on, unless whoever asks leaves."""


class _Mirror(SimpleHTTPRequestHandler):
    """Serves a folder, and sends whoever asks for /moved.css elsewhere."""

    def do_GET(self) -> None:
        if self.path == "/moved.css":
            self.send_response(302)
            self.send_header("Location", "/index.html")
            self.end_headers()
        else:
            super().do_GET()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def published(project: Project) -> Path:
    """A project with a built site and its list of hashes."""
    root = project({"mkdocs.yml": "", **{f"site/{name}": text for name, text in SITE.items()}})
    assert cli.main(["--root", str(root), "integrity"]) == 0
    return root


@pytest.fixture
def mirror(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, str]]:
    """A folder with the same files, and the address at which it is served."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    folder = tmp_path_factory.mktemp("mirror")
    for name, text in SITE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Mirror, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def listing(published: Path) -> Path:
    return published / "site" / "integrity.json"


def verified(address: str, published: Path) -> int:
    return cli.main(
        ["--root", str(published), "verify-mirror", address, "--against", str(listing(published))]
    )


def test_the_list_has_the_hash_of_every_file_and_is_the_same_each_time(published: Path) -> None:
    file = listing(published)
    first = file.read_bytes()
    assert {name: listed["sha256"] for name, listed in json.loads(first).items()} == {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in SITE.items()
    }
    assert cli.main(["--root", str(published), "integrity"]) == 0
    assert file.read_bytes() == first


def test_a_mirror_that_serves_the_same_is_verified(
    published: Path, mirror: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified(mirror[1], published) == 0
    assert verified(mirror[1] + "/", published) == 0
    assert f"All {len(SITE)} listed files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("news/tea/index.html", "<p>Tea</p><script src=//ads.example/a.js></script>"),
        ("data/茶 1.csv", "a,c\n"),
        ("404.html", ""),
        ("index.html", "<p>首页</p>" + " " * 200_000),
        ("index.html", None),
    ],
)
def test_a_page_that_was_changed_cut_or_dropped_is_named(
    name: str, text: str | None, published: Path, mirror: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder, address = mirror
    (folder / name).unlink() if text is None else (folder / name).write_text(text, encoding="utf-8")
    assert verified(address, published) == 1
    said = capsys.readouterr().err
    assert f"1 file(s) of {address}" in said
    shown = {"data/茶 1.csv": "data/%E8%8C%B6%201.csv"}.get(name, name.removesuffix("index.html"))
    assert f"{address}/{shown}  " in said


def test_a_mirror_that_sends_readers_elsewhere_is_none(
    published: Path, mirror: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads((listing(published)).read_bytes())
    (listing(published)).write_text(json.dumps({**listed, "moved.css": listed["index.html"]}))
    assert verified(mirror[1], published) == 1
    assert "/moved.css  HTTP Error 302" in capsys.readouterr().err


def test_a_host_that_is_not_there_and_a_file_that_is_no_list_are_told(
    published: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verified("http://127.0.0.1:9", published) == 1
    assert f"{len(SITE)} file(s) of http://127.0.0.1:9" in capsys.readouterr().err
    home = {"index.html": {"size": 1, "sha256": "0" * 64}}
    for text in (
        "", "[]", "{}", '{"a": 1}', "[" * 100_000, '{"index.html": {"size": 1e999, "sha256": ""}}',
        *(json.dumps({**home, name: home["index.html"]}) for name in HOSTILE_NAMES),
        *(json.dumps({"index.html": home["index.html"] | wrong}) for wrong in ({"size": -1}, {"size": "1"}, {"sha256": "x"})),
    ):  # fmt: skip
        listing(published).write_text(text)
        assert verified("http://127.0.0.1:9", published) == 1
        assert "not a list of hashes" in capsys.readouterr().err


def pieces(answer: bytes, piece: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Answers so, and then with one more piece for as long as somebody listens."""

    def hold(asked: socket.socket, over: threading.Event) -> None:
        asked.recv(1 << 16)
        asked.sendall(answer)
        with suppress(OSError):
            while piece and not over.wait(0.01):
                asked.sendall(piece)

    return hold


def silent(asked: socket.socket, over: threading.Event) -> None:
    over.wait(ENDLESS)


OK = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n"
HOSTS = {
    "silent": (silent, "no whole answer"),
    "headers that do not end": (pieces(b"HTTP/1.0 200 OK\r\n", b"X"), "no whole answer"),
    "a byte now and then": (pieces(OK + b"\r\n", b" "), "no whole answer"),
    "more than is listed": (pieces(OK + b"\r\n", b" " * (1 << 20)), "other content"),
    "packed": (pieces(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(bytes(1 << 22)), b""), "other content"),
    "no HTTP": (pieces(b"\x1b[2J\x1b[31m\r\n\r\n", b""), "BadStatusLine"),
    "says what a terminal does": (pieces(b"HTTP/1.0 500 \x1b[2J\r\n\r\n", b""), "HTTP Error 500"),
    "ends before it says anything": (pieces(b"", b""), "Remote end closed"),
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTS)
def test_a_hostile_host_holds_up_nobody(
    published: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    """Of many files that are listed no more are asked for than are asked at once, where none is answered."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    hold, told = HOSTS[kind]
    if told == "no whole answer":
        monkeypatch.setattr(file_hashes, "_SILENCE", 0.5)
        monkeypatch.setattr(file_hashes, "_PATIENCE", 0.5)
    listed = json.loads(listing(published).read_bytes())
    many = {f"{number}.html": {**listed["index.html"], "size": 1 << 18} for number in range(40)}
    listing(published).write_text(json.dumps({**listed, **many}), encoding="utf-8")
    over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            hold(self.request, over)

    monkeypatch.setattr(socketserver.TCPServer, "request_queue_size", 64)
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        assert verified(f"http://127.0.0.1:{server.server_address[1]}", published) == 1
        over.set()
        server.shutdown()
        thread.join()
    said = capsys.readouterr().err
    assert told in said
    assert "\x1b" not in said
    assert ("more file(s) were not asked for" in said) == (told == "no whole answer")


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("news/tea/index.html", "text/plain"),
        ("404.html", "application/octet-stream"),
        ("data/茶 1.csv", "text/csv; charset=gbk"),
        ("404.html", "text/html; charset=gb18030"),
    ],
)
def test_a_page_that_a_browser_would_not_show_is_named(
    published: Path, mirror: tuple[Path, str], monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], name: str, header: str,
) -> None:  # fmt: skip
    guess = _Mirror.guess_type
    monkeypatch.setattr(
        _Mirror,
        "guess_type",
        lambda self, path: header if str(path).endswith(f"/{name}") else guess(self, path),
    )
    assert verified(mirror[1], published) == 1
    said = capsys.readouterr().err
    assert "1 file(s)" in said
    assert f"served as {header}, which a browser" in said


@pytest.mark.parametrize(
    "address",
    ["", "mirror.example", "file:///srv/record", "ftp://a.example/", "http://", "http://[::1", "http://a.example:99999/",
     "http://a.example/?page=", "http://a.example/#top"],
)  # fmt: skip
def test_what_is_no_address_of_a_mirror_is_told_once(
    published: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    assert verified(address, published) == 1
    assert capsys.readouterr().err.count("the address of a mirror begins with https://") == 1


def test_a_mirror_at_a_chinese_address_is_asked_as_a_browser_asks(
    published: Path, mirror: tuple[Path, str]
) -> None:
    folder, address = mirror
    files, below = [*folder.iterdir()], folder / "纪 事"
    below.mkdir()
    for file in files:
        file.rename(below / file.name)
    assert verified(f"{address}/纪 事", published) == 0
