"""A zone that has no record yet: its site stands, and every list says that there is nothing."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from tests.zones import ZONES, Zone, adopt


@pytest.fixture
def empty(tmp_path: Path) -> Zone:
    return adopt(tmp_path / "zone", "empty")


def test_it_builds_without_a_warning(empty: Zone) -> None:
    build = empty.build()
    assert build.status == 0, build.said
    assert "WARNING" not in build.said


@pytest.mark.parametrize(
    "url",
    [
        "alliances",
        "startup-records",
        "renovations",
        "indicators",
        "sources",
        "glossary",
        "news",
        "figures",
        "timeline",
    ],
)
def test_every_list_says_that_it_is_empty(empty: Zone, url: str) -> None:
    empty.build()
    assert "这一类目前没有记录" in empty.page(url)
    assert "no records here yet" in unescape(empty.page(f"en/{url}")).lower()


def test_a_first_record_is_on_the_site_after_the_next_build(empty: Zone) -> None:
    empty.build()
    for path in ("sources/gazette", "glossary/sample-daily", "alliances/silk"):
        empty.write(f"data/{path}.yml", (ZONES / f"sample/data/{path}.yml").read_text(encoding="utf-8"))
    build = empty.build()
    assert build.status == 0, build.said
    assert "Silk Alliance" in empty.page("en/alliances")
