"""A site whose figure gets a newer value: dated articles keep theirs, all else shows the newer, nothing is a correction."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from tests.feed_rules import assert_good_atom, assert_good_json_feed
from tests.site.test_feeds import commit, items
from tests.site.test_open_data import DATA, assert_valid, rows
from tests.zones import Zone

ADDRESS = "https://record.example/zone/"
FIRMS = """\
title: {zh: 联盟企业, en: Firms in the alliances}
summary: {zh: 联盟里的企业。, en: Firms in the alliances.}
group: alliances
period: to_date
"""
BEFORE = "figure: {value: 147, unit: firm, source: gazette, at: 147家}\nas_of: {date: 2030, basis: stated}\n"
UPDATED = (
    "figure: {value: 163, unit: firm, source: gazette, at: 163家}\nas_of: {date: 2031-Q2, basis: stated}\n"
    "observations:\n  - figure: {value: 147, unit: firm, source: gazette, at: 147家}\n"
    "    as_of: {date: 2030, basis: stated}\n"
)
LOCK = "indicators/firms.figure: 147 firm exact\nstartup_records/kiln.duration: 41m07s exact\n"
SECTIONS = {
    "figures": ("数据", "Figures", "layout: figures\n"),
    "corrections": ("更正", "Corrections", "layout: section\n"),
    "indicators/index": ("关键数据", "Key figures", "layout: section\n"),
}


def words(html: str) -> str:
    """What a reader sees of a page's own part."""
    own = html.partition("<article")[2].partition("</article>")[0]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", own)).split())


@pytest.fixture
def counted(zone: Zone) -> Zone:
    """The zone with a figure that its home page, a dated article, a chart and its own page show, all of it published."""
    zone.write("data/indicators/firms.yml", FIRMS + BEFORE)
    zone.write("data/figures.lock.yml", LOCK)
    for path, (zh, en, layout) in SECTIONS.items():
        zone.write(f"docs/zh/{path}.md", f"---\ntitle: {zh}\nsummary: {zh}。\n{layout}---\n")
        zone.write(f"docs/en/{path}.md", f"---\ntitle: {en}\nsummary: {en}.\n---\n")
    for locale, text in DATA.items():
        zone.write(f"docs/{locale}/data.md", text)
    zone.edit(
        "mkdocs.yml",
        "      - method.md\n",
        "".join(f"      - {path}.md\n" for path in ("method", "data", *SECTIONS)),
    )
    zone.edit("docs/zh/index.md", "figures: [", "figures: [indicators/firms, ")
    for locale in ("zh", "en"):
        date = '{{ date("news/tea-meets.date") }}'
        zone.edit(f"docs/{locale}/news/tea-meets.md", date, date + ' {{ figure("indicators/firms") }}')
        file = f"docs/{locale}/method.md"
        text = (zone.root / file).read_text(encoding="utf-8")
        zone.write(
            file, text + '\n{{ chart("trend", "indicators/firms") }}\n\n{{ figure("indicators/firms") }}\n'
        )
    return zone


def test_an_update_rewrites_no_dated_article_and_is_no_correction(counted: Zone) -> None:
    assert counted.build().status == 0
    before = {
        path: words(counted.page(path)) for path in ("news/tea-meets", "en/news/tea-meets", "corrections")
    }
    counted.write("data/indicators/firms.yml", FIRMS + UPDATED)
    build = counted.build()
    assert build.status == 0, build.said
    assert {path: words(counted.page(path)) for path in before} == before
    assert "147家" in before["news/tea-meets"]
    assert "147 firms" in before["en/news/tea-meets"]
    assert "目前没有更正" in before["corrections"]
    for path, value in (("", "163 家 联盟企业"), ("en", "163 firms Firms in the alliances"), ("method", "163家"), ("en/method", "163 firms"),
                        ("figures", "163家 截至2031年第二季度 此前的数值：1 个"), ("en/figures", "163 firms as of the second quarter of 2031 Earlier values: 1"),
                        ("indicators", "163家"), ("en/indicators", "163 firms")):  # fmt: skip
        assert value in words(counted.page(path)), path
    for path, dates in (("", "截至 2031年第二季度"), ("en", "As of the second quarter of 2031")):
        assert dates in words(counted.page(path))
    for path, said in (
        ("method", "2030年 147家；2031年第二季度 163家"),
        ("en/method", "2030 147 firms; the second quarter of 2031 163 firms"),
    ):
        assert f'aria-label="{said}"' in unescape(counted.page(path))


def test_a_new_value_of_a_figure_is_new_in_the_feeds_and_what_it_was_before_is_not(counted: Zone) -> None:
    commit(counted, "2031-01-01")
    counted.write("data/indicators/firms.yml", FIRMS + UPDATED)
    commit(counted, "2032-05-06")
    assert counted.build().status == 0
    newest, *others = items(counted, "en/").values()
    assert newest["title"] == "Firms in the alliances: 163 firms"
    assert newest["date_modified"] == "2032-05-06T00:00:00+08:00"
    assert newest["_gazette"]["date"] == "2031-Q2"
    assert others[-1]["title"] == "Firms in the alliances: 147 firms"


def test_data_and_feeds_have_every_value(counted: Zone) -> None:
    counted.write("data/indicators/firms.yml", FIRMS + UPDATED)
    build = counted.build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    assert_valid(counted)
    values = {
        row["id"]: (row["value"], row["as_of"]) for row in rows(counted, "figures") if "firms" in row["id"]
    }
    assert values == {
        "indicators/firms.figure": (163, "2031-Q2"),
        "indicators/firms.figure@2030": (147, "2030"),
    }
    for language, titles in (
        ("", ["联盟企业 163家", "联盟企业 147家"]),
        ("en/", ["Firms in the alliances: 163 firms", "Firms in the alliances: 147 firms"]),
    ):
        folder = counted.root / "site" / language / "records"
        items = json.loads((folder / "feed.json").read_text(encoding="utf-8"))["items"]
        found = [item for item in items if item["_gazette"]["of"] == "observation"]
        assert [item["title"] for item in found] == titles
        assert [item["_gazette"]["date"] for item in found] == ["2031-Q2", "2030"]
        for item in found:
            url, _, place = item["url"].removeprefix(ADDRESS).partition("#")
            assert f'id="{place}"' in counted.page(url.rstrip("/"))
        own, locale = f"{ADDRESS}{language}records/feed", "en" if language else "zh"
        assert_good_atom(folder / "feed.xml", f"{own}.xml", locale)
        assert_good_json_feed(folder / "feed.json", f"{own}.json", locale)
