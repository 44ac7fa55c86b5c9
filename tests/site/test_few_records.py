"""A zone with few records, or none, shows no block with nothing in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from gazette.records import PAGED
from gazette.site.pages import section_path
from tests.zones import Zone, adopt

HOME = "---\ntitle: {0}\nsummary: {0}\n{1}---\n"
PAGES = (*map(section_path, PAGED), "figures", "timeline", "corrections", "data")
LAYOUTS = {"figures": "figures", "timeline": "timeline"}


@pytest.fixture
def bare(tmp_path: Path) -> Zone:
    """A zone of a home page with no text, and nothing else."""
    zone = adopt(tmp_path / "zone")
    for folder in ("data", "docs/zh", "docs/en"):
        shutil.rmtree(zone.root / folder)
    (zone.root / "data").mkdir()
    zone.write("docs/zh/index.md", HOME.format("样例", "layout: home\n"))
    zone.write("docs/en/index.md", HOME.format("Sample", ""))
    text = (zone.root / "mkdocs.yml").read_text(encoding="utf-8")
    head, _, rest = text.partition("nav:\n")
    _, marker, machinery = rest.partition("# ── Machinery")
    (zone.root / "mkdocs.yml").write_text(
        f"{head}nav:\n  - home: index.md\n\n{marker}{machinery}", encoding="utf-8"
    )
    return zone


@pytest.fixture
def empty(bare: Zone) -> Zone:
    """The same with a page for every list, which has nothing in it yet."""
    for path in PAGES:
        layout = f"layout: {LAYOUTS.get(path, 'section')}\n" if path not in ("corrections", "data") else ""
        bare.write(f"docs/zh/{path}.md", HOME.format(f"栏目 {path}", layout))
        bare.write(f"docs/en/{path}.md", HOME.format(f"Section {path}", ""))
    listed = "".join(f"      - {path}.md\n" for path in PAGES if path != "news/index")
    bare.edit(
        "mkdocs.yml", "  - home: index.md\n", f"  - home: index.md\n  - work:\n{listed}  - news/index.md\n"
    )
    return bare


def hollow(page: Path) -> Iterator[str]:
    """The elements of a page that should hold something and hold nothing; headings with nothing below them."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    parts = [*soup.select(".md-content article"), *soup.select(".md-footer")]
    for part in parts:
        for element in part.select("section, nav, ul, ol, dl, table, tbody, p, div, h1, h2, h3"):
            if not element.get_text(strip=True) and not element.find("img"):
                yield f"{page}: {element}"
        for heading in part.select("h2, h3"):
            below = heading.find_next_sibling()
            if not isinstance(below, Tag) or below.name in ("h1", "h2"):
                yield f"{page}: {heading}"


@pytest.mark.parametrize("kind", ["bare", "empty"])
def test_no_block_is_empty(kind: str, request: pytest.FixtureRequest) -> None:
    zone: Zone = request.getfixturevalue(kind)
    done = zone.build()
    assert done.status == 0, done.said
    pages = sorted((zone.root / "site").rglob("index.html"))
    assert len(pages) == (2 if kind == "bare" else 2 + 2 * len(PAGES))
    assert not [found for page in pages for found in hollow(page)]
    home = BeautifulSoup(zone.page(""), "html.parser")
    headings = {heading["id"] for heading in home.select("h2[id]")}
    assert headings == ({"latest-news", "ways-in"} if kind == "empty" else set())
