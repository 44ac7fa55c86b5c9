"""The search index of a small site: in one shard a language, of which only what changed is made again."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.zones import Zone

ARTICLE = "docs/zh/news/tea-meets.md"


@pytest.fixture
def built(zone: Zone) -> Zone:
    """The zone with an article of an earlier year, built."""
    zone.edit(ARTICLE, "2030-02", "2028-02")
    assert not zone.build().status
    return zone


def parts(zone: Zone, locale: str) -> list[str]:
    index = zone.root / "site" / "search" / locale / "index.json"
    names: list[str] = json.loads(index.read_text(encoding="utf-8"))["parts"]
    return names


def kept(zone: Zone) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in Path(zone.root, ".cache/search").iterdir()}


def test_what_did_not_change_is_not_indexed_again(built: Zone) -> None:
    before = kept(built)
    shutil.rmtree(built.root / "site")  # Where it stands, there is nothing to do.
    assert not built.build().status
    assert kept(built) == before


def test_an_article_changes_the_shard_of_its_language_alone(built: Zone) -> None:
    (chinese,), english = parts(built, "zh"), parts(built, "en")
    body = built.root / ARTICLE
    body.write_text(body.read_text(encoding="utf-8") + "\n另有一段正文。\n", encoding="utf-8", newline="\n")
    assert not built.build().status
    assert parts(built, "zh") != [chinese]
    assert parts(built, "en") == english
    assert not (built.root / "site" / "search" / "zh" / chinese).exists()


def test_the_index_is_the_same_made_anew_or_kept(built: Zone) -> None:
    first = built.published()
    assert any(name.endswith(".pf_index") for name in first)
    shutil.rmtree(built.root / "site")
    assert not built.build().status
    assert built.published() == first
    assert built.built_from_nothing() == first


def test_what_a_search_is_narrowed_down_to_is_what_the_site_has(built: Zone) -> None:
    offered = json.loads((built.root / "site/search/en/index.json").read_text(encoding="utf-8"))
    assert list(offered["years"]) == ["2030", "2028"]
    assert set(offered["sections"]) == {"alliances", "news"}
