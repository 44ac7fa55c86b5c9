"""What an editor puts into docs/ beside the pages: published as it is where it may stand, and else not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from gazette.base.diagnostics import ContentError
from gazette.content.loader import load
from gazette.templates.renderer import render_site
from tests import pictures
from tests.site.conftest import Zone

PROOF = "google-site-verification:\r\ngoogle01.html"


def refused(root: Path) -> set[str]:
    """The files that stop a project from being published."""
    _, problems = load(root)
    if not problems:
        with pytest.raises(ContentError) as error:
            render_site(root)
        problems = [*error.value.diagnostics]
    return {problem.at.path for problem in problems}


def test_a_file_of_the_root_stands_there_as_it_is_and_comes_and_goes(zone: Zone) -> None:
    site = zone.root / "site"
    zone.write("docs/root/CNAME", "one.example\n")
    (zone.root / "docs/root/google01.html").write_bytes(PROOF.encode())
    (zone.root / "docs/root/Thumbs.db").write_bytes(b"\xff")
    build = zone.build()
    assert build.status == 0, build.said
    assert (site / "CNAME").read_text(encoding="utf-8") == "one.example\n"
    assert (site / "google01.html").read_bytes() == PROOF.encode()
    assert not [path for path in zone.published() if path.startswith("root/") or "humbs" in path]

    zone.write("docs/root/CNAME", "two.example\n")
    (zone.root / "docs/root/google01.html").unlink()
    assert zone.build().status == 0
    assert (site / "CNAME").read_text(encoding="utf-8") == "two.example\n"
    assert not (site / "google01.html").exists()


def test_a_picture_beside_a_page_is_published_as_it_is_seen_and_an_attachment_as_it_is(zone: Zone) -> None:
    (zone.root / "docs/zh/news/hall.jpg").write_bytes(pictures.jpeg(1800, 1200))
    (zone.root / "docs/zh/news/附件.csv").write_bytes("甲,1\r\n".encode())
    build = zone.build()
    assert build.status == 0, build.said
    hall = zone.root / "site/news/hall.jpg"
    with Image.open(hall) as image:
        assert (image.format, image.size) == ("JPEG", (1600, 1067))
        assert not image.getexif()
    assert pictures.CAMERA.encode() not in hall.read_bytes()
    assert (zone.root / "site/news/附件.csv").read_bytes() == "甲,1\r\n".encode()


def test_a_link_and_a_page_of_ones_own_leave_the_site_as_it_was(zone: Zone) -> None:
    assert zone.build().status == 0
    before = zone.published()
    leak = zone.root / "docs/zh/leak.pdf"
    leak.symlink_to("/etc/passwd")
    build = zone.build()
    assert build.status != 0
    assert "docs/zh/leak.pdf:1:1: [link]" in build.said
    leak.unlink()
    zone.write("docs/method/index.html", "mine")
    build = zone.build()
    assert build.status != 0
    assert "docs/method/index.html:1:1: [misplaced]" in build.said
    assert "Traceback" not in build.said
    assert zone.published() == before


def test_nothing_that_a_build_makes_can_be_replaced(zone: Zone) -> None:
    (zone.root / "data/photos").mkdir()
    (zone.root / "data/photos/hall.jpg").write_bytes(pictures.jpeg(900, 1200))
    zone.edit("data/alliances/tea.yml", "points:\n", pictures.photos("hall.jpg") + "points:\n")
    zone.write(
        "data/retired/old-way.yml", "was: old-way\nnow: method\ndate: {date: 2021-06-01, basis: stated}\n"
    )
    build = zone.build(SITE_URL="https://record.example/")
    assert build.status == 0, build.said
    claiming = set()
    for address in zone.published():
        top, _, rest = address.partition("/")
        claiming.add(f"docs/root/{top}.html" if rest else f"docs/root/{top}")
        if top == "assets":
            claiming.add(f"docs/{address}")
    claiming.remove("docs/assets/images/seal.svg")
    assert {"docs/root/feed.json", "docs/root/old-way.html", "docs/root/method.html"} < claiming
    assert any(path.startswith("docs/assets/photos/hall-") for path in claiming)
    for path in claiming:
        zone.write(path, "mine")
    while claiming:  # Those of pages are found when all else is well.
        found = refused(zone.root)
        assert found
        assert found <= claiming
        for path in found:
            (zone.root / path).unlink()
        claiming -= found
    render_site(zone.root)
