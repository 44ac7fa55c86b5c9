"""Every page and feed of the zone with a page of every kind, read by a parser of another make: none can run, load or frame what is not its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from tests.attacks.policy import unsafe
from tests.attacks.tally import Outcome, Tally
from tests.zones import adopt

ADDRESS = "https://zone.example/record/"
ATOM = "{http://www.w3.org/2005/Atom}"


def _feed_contents(site: Path) -> Iterator[tuple[str, str]]:
    for file in site.rglob("feed.xml"):
        for content in etree.parse(file).iter(f"{ATOM}content"):
            yield str(file.relative_to(site)), content.text or ""
    for file in site.rglob("feed.json"):
        for item in json.loads(file.read_text(encoding="utf-8"))["items"]:
            yield str(file.relative_to(site)), item["content_html"]


def test_no_built_page_or_feed_runs_loads_or_frames_what_is_not_its_own(tmp_path: Path, tally: Tally) -> None:
    zone = adopt(tmp_path / "zone", "full")
    build = zone.build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    site = zone.root / "site"

    def became(found: Iterator[str]) -> Outcome:
        return Outcome.THROUGH if [*found] else Outcome.ACCEPTED

    pages = [(file.relative_to(site).as_posix(), file.read_text(encoding="utf-8")) for file in site.rglob("*.html")]  # fmt: skip
    feeds = [*_feed_contents(site)]
    assert len(pages) > 100
    assert len(feeds) > 20
    tally(
        "built pages",
        [(path, became(unsafe(html.replace(ADDRESS, "/"), frame=True))) for path, html in pages],
    )
    tally("entries of feeds", [(path, became(unsafe(f"<div>{html.replace(ADDRESS, '/')}</div>", frame=False))) for path, html in feeds])  # fmt: skip


@pytest.mark.parametrize(
    "html", ["<b onclick=a>b</b>", "<a href='java&#9;script:a'>b</a>", "<img src='//a.example/b'>", "<link rel=stylesheet href=//a.example>", "<iframe></iframe>", "<script>a</script>"],
)  # fmt: skip
def test_the_parser_finds_what_may_not_be_there(html: str) -> None:
    assert [*unsafe(f"<div>{html}</div>", frame=False)]
