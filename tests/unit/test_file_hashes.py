"""A mirror of the site is told from one that serves anything else, page by page."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazette import cli
from tests.conftest import Project

SITE = {
    "index.html": "<p>首页</p>",
    "404.html": "<p>没有</p>",
    "news/tea/index.html": "<p>Tea</p>",
    "data/茶 1.csv": "a,b\n",
}


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
    for text in ("", "[]", '{"a": 1}', '{"a": {"size": "x", "sha256": ""}}'):
        listing(published).write_text(text)
        assert verified("http://127.0.0.1:9", published) == 1
        assert "not a list of hashes" in capsys.readouterr().err
