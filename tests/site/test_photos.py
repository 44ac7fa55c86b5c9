"""A small site with photographs on a record, in an article and of a renovation: built, rebuilt, a picture replaced."""

from __future__ import annotations

import re
import shutil

import pytest

from tests import pictures
from tests.zones import Zone

ORIGINALS = {
    "meeting.jpg": pictures.jpeg(2400, 1600),
    "hall.jpg": pictures.jpeg(900, 1200),
    "lane-before.jpg": pictures.jpeg(1500, 1000, left="#555555"),
    "lane-after.jpg": pictures.jpeg(1500, 1000, right="#99ddff"),
}
LANE = f"""\
title: {{zh: 茶巷改造, en: Tea Lane}}
summary: {{zh: 茶巷的改造。, en: The renewal of the lane.}}
evidence: [{{source: gazette, at: 茶巷}}]
comparisons:
  - before: {pictures.photo("lane-before.jpg", "旧巷", "The old lane")}
    after: {pictures.photo("lane-after.jpg", "新巷", "The new lane")}
"""


def illustrate(zone: Zone) -> Zone:
    """Put photographs into the zone: one on a record, two with an article, one of them in its text, one comparison."""
    (zone.root / "data/photos").mkdir()
    for name, data in ORIGINALS.items():
        (zone.root / "data/photos" / name).write_bytes(data)
    (zone.root / "data/renovations").mkdir()
    (zone.root / "data/renovations/lane.yml").write_text(LANE, encoding="utf-8", newline="\n")
    zone.edit("data/alliances/tea.yml", "points:\n", pictures.photos("hall.jpg") + "points:\n")
    article = "docs/{}/news/tea-meets.md"
    both = pictures.photos("meeting.jpg", "hall.jpg")
    zone.edit(article.format("zh"), "date: {", both + "date: {")
    for locale in ("zh", "en"):
        zone.edit(article.format(locale), "\n---\n", '\n---\n\n{{ photo("meeting.jpg") }}\n')
    return zone


@pytest.fixture
def illustrated(zone: Zone) -> Zone:
    return illustrate(zone)


def images(html: str) -> list[dict[str, str]]:
    """The attributes of every picture of a page's photographs."""
    figures = "".join(re.findall(r"(?s)<figure.*?</figure>", html))
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', tag)) for tag in re.findall(r"<img [^>]*>", figures)]


@pytest.mark.parametrize(
    ("url", "up", "alts"),
    [
        ("alliances/tea", "../../", ["店铺门面"]),
        ("en/alliances/tea", "../../../", ["Shops in a row"]),
        ("news/tea-meets", "../../", ["店铺门面"] * 2),
        ("en/news/tea-meets", "../../../", ["Shops in a row"] * 2),
        ("renovations/lane", "../../", ["旧巷门面", "新巷门面"]),
        ("en/renovations/lane", "../../../", ["The old lane in a row", "The new lane in a row"]),
    ],
)
def test_a_page_shows_its_photographs_in_its_language(
    illustrated: Zone, url: str, up: str, alts: list[str]
) -> None:
    build = illustrated.build()
    assert build.status == 0, build.said
    assert "WARNING" not in build.said
    shown = images(illustrated.page(url))
    assert [image["alt"] for image in shown] == alts
    for image in shown:
        files = dict(entry.split() for entry in image["srcset"].split(", "))
        assert image["src"] in files
        assert int(files[image["src"]].removesuffix("w")) == int(image["width"])
        assert int(image["height"]) > 0
        assert (image["loading"], image["decoding"]) == ("lazy", "async")
        for file in files:
            assert file.startswith(f"{up}assets/photos/")
            assert (illustrated.root / "site" / file.removeprefix(up)).is_file()


def test_no_original_and_no_metadata_is_published(illustrated: Zone) -> None:
    illustrated.build()
    site = illustrated.root / "site"
    assert not list(site.rglob("*.jpg"))
    published = list((site / "assets/photos").iterdir())
    assert len(published) == 3 + 2 + 3 + 3
    for file in published:
        data = file.read_bytes()
        assert data not in ORIGINALS.values()
        assert not [word for word in (b"Exif", b"EXIF", pictures.CAMERA.encode()) if word in data]


def test_a_rebuild_is_byte_identical_with_and_without_what_was_kept(illustrated: Zone) -> None:
    illustrated.build()
    first = illustrated.published()
    assert any(path.startswith("assets/photos/") for path in first)
    shutil.rmtree(illustrated.root / "site")  # Where it stands, there is nothing to do.
    illustrated.build()
    assert illustrated.published() == first
    assert illustrated.built_from_nothing() == first


def test_a_replaced_picture_has_a_new_name_and_the_old_one_is_gone(illustrated: Zone) -> None:
    illustrated.build()
    before = set(illustrated.published())
    (illustrated.root / "data/photos/hall.jpg").write_bytes(pictures.jpeg(900, 1200, left="#000000"))
    assert illustrated.build().status == 0
    after = set(illustrated.published())
    assert {path.rpartition("/")[2][:5] for path in before ^ after} == {"hall-"}
    assert len(before - after) == len(after - before) == 2
    kept = {file.name for file in (illustrated.root / ".cache/photos").iterdir()}
    assert kept == {path.rpartition("/")[2] for path in after if path.startswith("assets/photos/")}


def test_a_broken_picture_leaves_the_old_site(illustrated: Zone) -> None:
    illustrated.build()
    before = illustrated.published()
    original = illustrated.root / "data/photos/hall.jpg"
    original.write_bytes(original.read_bytes()[:-1000])
    build = illustrated.build()
    assert build.status != 0
    assert "data/photos/hall.jpg:1:1: [photo-unreadable]" in build.said
    assert "Traceback" not in build.said
    assert illustrated.published() == before
