"""Every kind of dead link in a site's files is found where it stands, and nothing else is."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.outputs.link_check import follow, unanswered
from tests.conftest import Project
from tests.expectations import assert_in_both_languages

ADDRESS = "https://record.example/zone/"

SITE = {
    "index.html": '<h1 id="茶">茶</h1>',
    "404.html": '<a href="/zone/">home</a><link href="/zone/a.css" rel="stylesheet">',
    "en/index.html": '<a href="../">zh</a><p id="tea">',
    "alliances/tea/index.html": '<h2 id="facts">',
    "a.css": "",
    "a.js": "",
    "seal.png": b"\x89PNG\xff",
    "mkdocs.yml": "",
}
"""A sound site; each case adds a file to it."""


def dead(project: Project, files: dict[str, str], address: str = ADDRESS) -> tuple[Diagnostic, ...]:
    return follow(project({**SITE, **files}), address).dead


GOOD = {
    "a page of its folder": '<a href="alliances/tea/">',
    "a page without the slash": '<a href="alliances/tea">',
    "a page by its file": '<a href="alliances/tea/index.html">',
    "an anchor": '<a href="alliances/tea/#facts">',
    "an anchor in Chinese, percent-encoded": '<a href="./#%E8%8C%B6">',
    "an anchor in Chinese, as it is": '<a href="./#茶">',
    "its own address": '<a href="./"></a><a href="."></a><a href=""></a><a href="?q=1"></a>',
    "the top": '<a href="#"></a><a href="#top"></a><a href="en/#top">',
    "words of a page": '<a href="alliances/tea/#:~:text=tea">',
    "a rooted address": '<a href="/zone/alliances/tea/">',
    "a whole address": f'<link rel="canonical" href="{ADDRESS}alliances/tea/">',
    "the site's address without a slash": '<a href="https://record.example/zone">',
    "a query": '<script src="a.js?v=1"></script>',
    "pictures of several widths": '<img src="seal.png" srcset="seal.png 480w, ./seal.png 960w">',
    "what is no file": '<a href="mailto:a@b.example"></a><a href="tel:1"></a><img src="data:image/png;base64,AA==">',
    "another host": '<a href="https://other.example/x#y"></a><script src="//cdn.example/x.js"></script>',
    "another site of the host": '<a href="https://record.example/elsewhere/">',
    "a refresh": '<meta http-equiv="refresh" content="0; url=alliances/tea/">',
    "a link in a comment or script": '<!-- <a href="x"> --><script>"<a href=x>"</script>',
}


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_good_link_is_not_blamed(project: Project, text: str) -> None:
    page = f"{SITE['index.html']!s}{text}"
    assert [str(message) for message in dead(project, {"index.html": page})] == []


FEED = (
    '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<author><uri>{home}</uri></author>\n'
    '<link href="{link}"/><entry>\n<content type="html">{html}</content></entry></feed>'
)
SITEMAP = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    '<url><loc>{}</loc>\n<xhtml:link rel="alternate" hreflang="en" href="{}"/></url></urlset>'
)
TEE = f"{ADDRESS}alliances/tee/"
TEA = f"{ADDRESS}alliances/tea/"

BAD: dict[str, tuple[str, str, str]] = {
    "a page": ("b.html", '\n <a href="alliances/tee/">', "2:2 [dead-link] /alliances/tee/"),
    "a page below a folder": ("en/b.html", '<a href="../alliances/tee/">', "1:1 [dead-link] /alliances/tee/"),
    "an anchor": ("b.html", '<a href="alliances/tea/#fact">', "1:1 [dead-anchor] `#fact`"),
    "an anchor of its own": ("b.html", '<p id="here"><a href="#hare">', "1:14 [dead-anchor] `#hare`"),
    "an anchor of its own, in a page that is no index": (
        "404.html",
        '<a href="#hare">',
        "1:1 [dead-anchor] /404.html",
    ),
    "an anchor in Chinese": ("b.html", '<a href="./#%E9%85%92">', "1:1 [dead-anchor] `#酒`"),
    "a picture": ("b.html", '<img src="seel.png">', "1:1 [dead-link] /seel.png"),
    "a picture of several widths": (
        "b.html",
        '<img srcset="seal.png 480w, seel.png 960w">',
        "1:1 [dead-link] /seel.png",
    ),
    "a style sheet": ("b.html", '<link rel="stylesheet" href="b.css">', "1:1 [dead-link] /b.css"),
    "a script": ("b.html", '<script src="b.js"></script>', "1:1 [dead-link] /b.js"),
    "a canonical address": (
        "b.html",
        f'<link rel="canonical" href="{TEE}">',
        "1:1 [dead-link] /alliances/tee/",
    ),
    "a translation": (
        "b.html",
        f'<link rel="alternate" hreflang="en" href="{TEE}">',
        "1:1 [dead-link] /alliances/tee/",
    ),
    "a shared address": (
        "b.html",
        f'<meta property="og:url" content="{TEE}">',
        "1:1 [dead-link] /alliances/tee/",
    ),
    "a shared picture": (
        "b.html",
        f'<meta property="og:image" content="{ADDRESS}b.png">',
        "1:1 [dead-link] /b.png",
    ),
    "a refresh": (
        "b.html",
        '<meta http-equiv="refresh" content="0; url=alliances/tee/">',
        "1:1 [dead-link] /alliances/tee/",
    ),
    "structured data": (
        "b.html",
        f'<script type="application/ld+json">\n{{"url": "{TEE}"}}</script>',
        "2:9 [dead-link] /alliances/tee/",
    ),
    "an address outside of the site": (
        "b.html",
        '<a href="/alliances/tea/">',
        "1:1 [dead-link] /alliances/tea/",
    ),
    "no address": ("b.html", '<a href="http://[x">', "1:1 [dead-link] http://[x"),
    "a sitemap's page": ("sitemap.xml", SITEMAP.format(TEE, TEA), "2:6 [dead-link] /alliances/tee/"),
    "a sitemap's translation": ("sitemap.xml", SITEMAP.format(TEA, TEE), "3:1 [dead-link] /alliances/tee/"),
    "a feed's link": (
        "feed.xml",
        FEED.format(home=TEA, link=TEE, html=""),
        "4:1 [dead-link] /alliances/tee/",
    ),
    "a feed's site": (
        "feed.xml",
        FEED.format(home=TEE, link=TEA, html=""),
        "3:9 [dead-link] /alliances/tee/",
    ),
    "an escaped link in a feed": (
        "feed.xml",
        FEED.format(home=TEA, link=TEA, html=f"&lt;a href=&quot;{TEE}&quot;&gt;"),
        "5:1 [dead-link] /alliances/tee/",
    ),
    "a JSON feed's address": (
        "feed.json",
        f'{{"items": [\n{{"url": "{TEE}"}}]}}',
        "2:9 [dead-link] /alliances/tee/",
    ),
    "a link in a JSON feed": (
        "feed.json",
        '{"content_html": "<a href=\\"alliances/tee/\\">茶"}',
        "1:18 [dead-link] /alliances/tee/",
    ),
    "a data package's file": (
        "data/datapackage.json",
        '{"resources": [{"path": "tea.csv"}]}',
        "1:25 [dead-link] /data/tea.csv",
    ),
    "an address of the site in data": (
        "data/records.json",
        f'[{{"page": "{TEE}"}}]',
        "1:11 [dead-link] /alliances/tee/",
    ),
    "a record's page in data, relative": (
        "data/records.json",
        '[{"url_zh": "../alliances/tee/"}]',
        "1:13 [dead-link] /alliances/tee/",
    ),
    "a picture of a style sheet": (
        "b.css",
        "p {\n  src: url(b.woff) }",
        "2:8 [dead-link] /b.woff",
    ),
    "robots.txt": ("robots.txt", f"Sitemap: {ADDRESS}sitemap.xml\n", "1:10 [dead-link] /sitemap.xml"),
    "broken XML": ("feed.xml", "<feed>\n<link></feed>", "2:9 [unreadable-file] mismatched tag"),
    "broken JSON": ("data/a.json", "{", "1:2 [unreadable-file] Expecting property name"),
}


@pytest.mark.parametrize(("name", "text", "expected"), BAD.values(), ids=BAD)
def test_a_dead_link_is_found_where_it_stands(project: Project, name: str, text: str, expected: str) -> None:
    root = project({})
    [message] = dead(project, {name: text})
    place, code, words = expected.split(" ", 2)
    assert f"{message.at} [{message.code}]" == f"{root.as_posix()}/{name}:{place} {code}"
    assert words in message.en
    assert_in_both_languages(message)


NEAR = {
    "a page beside it": ('<a href="alliances/tee/">', f"{ADDRESS}alliances/tea/"),
    "the same name elsewhere": ('<a href="alliance/tea/">', f"{ADDRESS}alliances/tea/"),
    "a file": ('<img src="seel.png">', f"{ADDRESS}seal.png"),
    "an anchor": ('<a href="alliances/tea/#fact">', f"{ADDRESS}alliances/tea/#facts"),
    "nothing like it": ('<a href="zzz/qqq/">', ""),
}


@pytest.mark.parametrize(("text", "example"), NEAR.values(), ids=NEAR)
def test_what_is_near_is_suggested(project: Project, text: str, example: str) -> None:
    [message] = dead(project, {"b.html": text})
    assert message.example == example


def test_one_dead_address_is_one_message_with_its_places(project: Project) -> None:
    pages = {f"p{number:02}.html": '<a href="gone/">' for number in range(30)}
    [message] = dead(project, pages)
    assert message.at.path.endswith("/p00.html")
    assert len(message.also) == 9
    assert "30" in message.en
    assert "30" in message.zh


def test_without_an_address_the_site_s_links_are_relative(project: Project) -> None:
    page = f'<a href="alliances/tea/"></a><a href="/alliances/tea/"></a><a href="{TEE}">'
    links = follow(project({**SITE, "404.html": '<a href="/a.css">', "index.html": page}), "")
    assert links.dead == ()
    assert set(links.external) == {TEE}


def test_addresses_of_other_hosts_are_told_with_their_first_place(project: Project) -> None:
    root = project({**SITE, "b.html": '<p>\n<a href="https://other.example/a?b=1#c">'})
    links = follow(root, ADDRESS)
    assert {url: str(place) for url, place in links.external.items()} == {
        "https://other.example/a?b=1": f"{root.as_posix()}/b.html:2:1"
    }


class _Host(BaseHTTPRequestHandler):
    """Answers /good, refuses HEAD of /no-head, has nothing else; keeps what it was asked."""

    def do_HEAD(self) -> None:
        self._answer(200 if self.path == "/good" else 405 if self.path == "/no-head" else 404)

    def do_GET(self) -> None:
        self._answer(200 if self.path in ("/good", "/no-head") else 404)

    def _answer(self, status: int) -> None:
        self.server.asked.append(f"{self.command} {self.path}")  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Host)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_other_hosts_are_asked_once_for_each_address_and_what_they_refuse_is_told(
    host: ThreadingHTTPServer,
) -> None:
    at = f"http://127.0.0.1:{host.server_port}"
    refused = unanswered([f"{at}/good", f"{at}/good", f"{at}/no-head", f"{at}/gone", f"{at}/茶"], pause=0)
    assert refused == {f"{at}/gone": "404 Not Found", f"{at}/茶": "404 Not Found"}
    assert host.asked.count("HEAD /good") == 1  # type: ignore[attr-defined]
    assert "GET /good" not in host.asked  # type: ignore[attr-defined]
    assert "GET /no-head" in host.asked  # type: ignore[attr-defined]


def test_a_host_that_is_not_there_is_told_not_raised(host: ThreadingHTTPServer) -> None:
    at = f"http://127.0.0.1:{host.server_port}"
    host.shutdown()
    host.server_close()
    assert unanswered([f"{at}/x"], patience=2, pause=0).keys() == {f"{at}/x"}


def command(root: Path, *options: str) -> int:
    return cli.main(["--root", str(root), "links", "--site", str(root), "--address", ADDRESS, *options])


def test_the_command_asks_other_hosts_only_when_told_to(
    project: Project, host: ThreadingHTTPServer, capsys: pytest.CaptureFixture[str]
) -> None:
    at = f"http://127.0.0.1:{host.server_port}/gone"
    root = project({**SITE, "b.html": f'<a href="{at}">'})
    assert command(root) == 0
    assert command(root, "--external", "list") == 0
    assert f"{at}  {root.as_posix()}/b.html:1:1" in capsys.readouterr().out
    assert host.asked == []  # type: ignore[attr-defined]
    assert command(root, "--external", "check") == 1
    said = capsys.readouterr().err
    assert f"{root.as_posix()}/b.html:1:1: [external-link]" in said
    assert "404 Not Found" in said


def test_the_command_fails_with_a_dead_link_and_says_what_is_missing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project({**SITE, "b.html": '<a href="alliances/tee/">'})
    assert command(root) == 1
    said = capsys.readouterr().err
    assert "[dead-link]" in said
    assert "/alliances/tea/" in said


def test_the_command_without_a_built_site_says_how_to_build_one(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        cli.main(
            [
                "--root",
                str(project({"mkdocs.yml": "site_name: a\ntheme: material\n", "docs/index.md": ""})),
                "links",
            ]
        )
        == 1
    )
    assert re.search(r"gazette(\.sh|\.cmd)? build", capsys.readouterr().err)


def test_what_the_search_keeps_for_itself_is_no_link(tmp_path: Path) -> None:
    (tmp_path / "search/en/keys").mkdir(parents=True)
    (tmp_path / "search/en/keys/0.json").write_text('{"url":"jT"}', encoding="utf-8")
    (tmp_path / "index.html").write_text("<p>Words.</p>", encoding="utf-8")
    assert follow(tmp_path, "").dead == ()
