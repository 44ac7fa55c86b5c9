"""The feeds of the published project: sound, with every dated event and its words, and nothing undated as if dated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gazette.content.loader import load
from gazette.content.model import Content
from tests.expectations import ROOT
from tests.feed_rules import addresses, assert_good_atom, assert_good_json_feed, is_whole
from tests.jibei.conftest import ADDRESS


@pytest.fixture(scope="module")
def content() -> Content:
    found, problems = load(ROOT)
    assert problems == []
    return found.published()


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("section", ["", "news/", "records/", "corrections/"])
def test_every_feed_is_sound(site: Path, locale: str, section: str) -> None:
    folder = ("en/" if locale == "en" else "") + section
    assert_good_atom(site / folder / "feed.xml", f"{ADDRESS}{folder}feed.xml", locale)
    feed = assert_good_json_feed(site / folder / "feed.json", f"{ADDRESS}{folder}feed.json", locale)
    for item in feed["items"]:
        for address in (item["url"], *addresses(item["content_html"])):
            assert is_whole(address)
            if address.startswith(ADDRESS):
                target = site / address.removeprefix(ADDRESS).partition("#")[0]
                assert target.exists(), address


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_feeds_have_every_article_and_every_record_of_an_event(
    site: Path, content: Content, locale: str
) -> None:
    eventful = (
        "alliances", "model_posts", "startup_records", "policies", "honours", "renovations", "services", "news",
    )  # fmt: skip
    expected = sorted(
        record.title.to(locale) for record in content.records.values() if record.collection in eventful
    )
    path = site / ("en" if locale == "en" else "") / "feed.json"
    feed = json.loads(path.read_text(encoding="utf-8"))
    assert sorted(item["title"] for item in feed["items"]) == expected


def test_a_year_that_was_inferred_is_never_given_as_stated_nor_as_that_of_publication(site: Path) -> None:
    feed = json.loads((site / "en/feed.json").read_text(encoding="utf-8"))
    for item in feed["items"]:
        dated = item["_gazette"]
        assert not item.get("date_published", "").startswith(dated["date"])
        if dated["basis"] == "inferred":
            assert "inferred" in item["summary"].split(". ")[0]
