"""What a page weighs: little more than what it says, and nothing twice."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from tests.expectations import ROOT
from tests.zones import adopt

RECORD = 12_000
RECORD_COMPRESSED = 4_000
FRAME = 7_500
"""What is not its article."""
HOME = 100 * 1024
"""What the home page may weigh with its styles, scripts and pictures, compressed."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    zone = adopt(tmp_path_factory.mktemp("weight") / "zone", "full")
    assert zone.build().status == 0
    return zone.root / "site"


def scripts(site: Path) -> list[Path]:
    """Those that the one that a page asks for loads."""
    loader = site / "assets/javascripts/record.js"
    return [loader.parent / name for name in re.findall(r'"([\w.-]+)\?v=', loader.read_text("utf-8"))]


def pages(site: Path, layout: str = "") -> dict[str, str]:
    """The pages of a layout, or all that have our frame, by address."""
    found = {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in site.rglob("*.html")}
    return {
        url: page
        for url, page in found.items()
        if 'id="__drawer"' in page and f"layout--{layout}" in page + "layout--"
    }


def test_a_record_weighs_little(site: Path) -> None:
    records = pages(site, "record")
    assert len(records) > 20
    light = 0
    for url, page in records.items():
        frame = page[: page.index("<article")] + page[page.index("</article>") :]
        assert len(frame.encode()) <= FRAME, url
        light += len(page.encode()) <= RECORD and len(gzip.compress(page.encode())) <= RECORD_COMPRESSED
    assert light >= len(records) * 0.8  # The others say much.


@pytest.mark.parametrize("home", ["index.html", "en/index.html"])
def test_the_home_page_weighs_little_with_all_that_it_loads(site: Path, home: str) -> None:
    page = (site / home).read_text("utf-8")
    loaded = {
        (site / home).parent / path
        for path in re.findall(r'(?:src|href)="([^"]+\.(?:css|js|svg|png|jpg|webp))(?:\?v=\w+)?"', page)
    } | set(scripts(site))
    assert len(loaded) >= 13
    sizes = {file.name: len(gzip.compress(file.read_bytes())) for file in loaded}
    assert sum(sizes.values()) + len(gzip.compress(page.encode())) <= HOME, sizes


def test_no_icon_is_in_a_page_twice_and_no_line_is_empty(site: Path) -> None:
    found = pages(site)
    assert len(found) > 50
    for url, page in found.items():
        icons = re.findall(r'<svg[^>]*viewBox="0 0 24 24".*?</svg>', page, re.DOTALL)
        assert len(icons) == len(set(icons)), url
        said = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
        assert re.findall(r".*\n\s*\n.*", said) == [], url


def test_every_section_is_reached_without_script_and_so_are_the_pages_of_one_from_its_lists(
    site: Path,
) -> None:
    for url, page in pages(site).items():
        tabs = page[page.index('<nav class="md-tabs') : page.index("<main")]
        sections = re.findall(r'<li(?: class="active")?><a href="([^"]+)">([^<]+)</a>', tabs)
        assert len(sections) == tabs.count("<li") > 3, url
        drawer = page[
            page.index('<div class="md-sidebar md-sidebar--primary') : page.index('<div class="md-content')
        ]
        if url.endswith("404.html") or re.search('layout--(record|article)|class="md-content home', page):
            # What is the same on every page of a language comes with its script.
            assert re.fullmatch("<div [^>]+ hidden></div>\n", drawer), url
            continue
        assert 'for="__drawer"' in drawer
        inside = drawer.count("md-nav__link--active") or "md-nav__item--section" in drawer
        for address, title in sections:
            assert f'<a href="{address}" class="md-nav__link' in drawer or (
                inside and f">{title}</label>" in drawer
            ), url
        assert drawer.count('type="checkbox"') <= 1, url


def test_no_script_or_style_is_published_that_no_page_of_this_release_or_the_last_loads(site: Path) -> None:
    files = {
        file for folder in ("javascripts", "stylesheets") for file in (site / "assets" / folder).rglob("*")
    }
    older = [file.read_text(encoding="utf-8") for file in (ROOT / "tests/cases/release").glob("*.html")]
    asked = {
        site / path
        for page in [*pages(site).values(), *older]
        for path in re.findall(r'="[./]*(assets/(?:javascripts|stylesheets)/[^"?]+)\?v=', page)
    }
    assert files == asked | set(scripts(site))
