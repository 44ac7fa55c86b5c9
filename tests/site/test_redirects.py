"""An address that was given up leads on in both languages, and no link of the site is dead."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from gazette import cli
from gazette.outputs.link_check import follow
from tests.site.test_build import hrefs, text
from tests.zones import Zone

ADDRESS = "https://record.example/zone/"
MOVED = "was: alliances/tea\nnow: alliances/leaf\ndate: {date: 2031-02-03, basis: stated}\n"


def meta(html: str, name: str) -> str:
    """What a page's <meta> of a name, or <link> of a rel, says; "" where there is none."""
    found = re.findall(rf'<(?:meta (?:http-equiv|name)|link rel)="{name}" (?:content|href)="([^"]*)"', html)
    assert len(found) <= 1
    return unescape(found[0]) if found else ""


def lock(zone: Zone) -> None:
    assert cli.main(["--root", str(zone.root), "lock"]) == 0


def rename_by_hand(zone: Zone) -> None:
    """The tea alliance as alliances/leaf, with everything that refers to it."""
    (zone.root / "data/alliances/tea.yml").rename(zone.root / "data/alliances/leaf.yml")
    for path in (
        "data/startup_records/kiln.yml",
        "docs/zh/method.md",
        "docs/en/method.md",
        "docs/zh/news/tea-meets.md",
        "docs/zh/news/unfinished.md",
    ):
        zone.edit(path, "alliances/tea", "alliances/leaf")


def retire(zone: Zone, **texts: str) -> None:
    (zone.root / "data/retired").mkdir(exist_ok=True)
    for name, words in texts.items():
        (zone.root / f"data/retired/{name}.yml").write_text(words, encoding="utf-8", newline="\n")


def feed_ids(zone: Zone, locale: str) -> list[str]:
    """The ids of all entries of a language's feed of everything."""
    feed = zone.root / "site" / ("en" if locale == "en" else "") / "feed.json"
    return sorted(item["id"] for item in json.loads(feed.read_text(encoding="utf-8"))["items"])


def assert_nothing_dead(zone: Zone) -> None:
    assert [str(message) for message in follow(zone.root / "site", ADDRESS).dead] == []


def test_a_renamed_record_is_found_at_its_old_address_in_both_languages(zone: Zone) -> None:
    lock(zone)
    assert zone.build(SITE_URL=ADDRESS).status == 0
    before, told = zone.published(), [feed_ids(zone, locale) for locale in ("zh", "en")]
    rename_by_hand(zone)

    build = zone.build(SITE_URL=ADDRESS)
    assert build.status != 0
    assert "data/ids.lock.yml:6:5: [lost-id]" in build.said
    assert "now: alliances/leaf" in build.said
    assert zone.published() == before

    retire(zone, tea=MOVED)
    build = zone.build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    for prefix, lang, title in (("", "zh", "茶业联盟"), ("en/", "en", "Tea Alliance")):
        old = zone.page(f"{prefix}alliances/tea")
        assert f'<html lang="{lang}">' in old
        assert meta(old, "refresh") == "0; url=../leaf/"
        assert meta(old, "canonical") == f"{ADDRESS}{prefix}alliances/leaf/"
        assert meta(old, "robots") == "noindex"
        assert hrefs(old) == ["../leaf/"]
        assert title in text(old)
        assert "<script" not in old
        assert title in zone.page(f"{prefix}alliances/leaf")
    sitemap = (zone.root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "alliances/leaf/" in sitemap
    assert "alliances/tea/" not in sitemap
    assert [feed_ids(zone, locale) for locale in ("zh", "en")] == told, "a feed reader would tell it again"
    named = [path for path in zone.published() if path.endswith(".html") and "alliances/tea" not in path]
    assert not [path for path in named if "alliances/tea/" in (zone.root / "site" / path).read_text("utf-8")]
    assert_nothing_dead(zone)


def test_the_command_renames_a_record_and_all_that_refers_to_it(zone: Zone) -> None:
    lock(zone)
    assert (
        cli.main(["--root", str(zone.root), "rename", "alliances/tea", "leaf", "--today", "2031-02-03"]) == 0
    )
    assert (zone.root / "data/retired/alliances-tea.yml").read_text(encoding="utf-8") == MOVED
    assert zone.build(SITE_URL=ADDRESS).status == 0
    assert meta(zone.page("en/alliances/tea"), "canonical") == f"{ADDRESS}en/alliances/leaf/"
    assert_nothing_dead(zone)


def test_a_chain_leads_straight_to_its_end(zone: Zone) -> None:
    retire(
        zone,
        first="was: startup_records/oven\nnow: alliances/bud\ndate: {date: 2031-01-01, basis: stated}\n",
        second="was: alliances/bud\nnow: alliances/tea\ndate: {date: 2031-01-02, basis: stated}\n",
        page="was: work/ways\nnow: method\ndate: {date: 2031-01-02, basis: stated}\n",
    )
    assert zone.build().status == 0
    assert meta(zone.page("startup-records/oven"), "refresh") == "0; url=../../alliances/tea/"
    assert meta(zone.page("en/alliances/bud"), "refresh") == "0; url=../tea/"
    assert meta(zone.page("en/work/ways"), "refresh") == "0; url=../../method/"
    # Without the site's address.
    assert meta(zone.page("en/work/ways"), "canonical") == "../../method/"


@pytest.mark.parametrize(
    ("url", "said", "onward"),
    [
        ("alliances/bud", ("这一页已撤下", "2031年1月2日撤下", "原因：没有<b来源"), "../"),
        (
            "en/alliances/bud",
            ("This page was withdrawn", "Withdrawn on 2 January 2031", "No <b source"),
            "../",
        ),
        (
            "en/alliances/older",
            ("This page was withdrawn", "Withdrawn on 2 January 2031", "No <b source"),
            "../",
        ),
        ("en/startup-records/oven", ("Withdrawn on 3 January 2031", "Gone"), "../../"),
    ],
)
def test_what_was_withdrawn_says_when_and_why(
    zone: Zone, url: str, said: tuple[str, ...], onward: str
) -> None:
    retire(
        zone,
        bud="was: alliances/bud\nwhy: {zh: 没有<b来源, en: No <b source}\ndate: {date: 2031-01-02, basis: stated}\n",
        older="was: alliances/older\nnow: alliances/bud\ndate: {date: 2031-01-01, basis: stated}\n",
        oven="was: startup_records/oven\nwhy: {zh: 没了, en: Gone}\ndate: {date: 2031-01-03, basis: stated}\n",
    )
    assert zone.build(SITE_URL=ADDRESS).status == 0
    html = zone.page(url)
    for words in said:
        assert words in unescape(html)
    assert not re.search("<b来|<b s", html)
    assert not meta(html, "refresh")
    assert not meta(html, "canonical")
    assert meta(html, "robots") == "noindex"
    assert hrefs(html) == [onward]
    assert_nothing_dead(zone)
