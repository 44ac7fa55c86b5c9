"""The search index of a site: its files follow an edit, whatever happened to what an earlier build kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.expectations import ENGINE
from tests.zones import Zone

ARTICLE = "docs/zh/news/tea-meets.md"
SAID = "龘龘龘龘"


@pytest.fixture
def built(zone: Zone) -> Zone:
    """The zone with an article of an earlier year, built."""
    zone.edit(ARTICLE, "2030-02", "2028-02")
    assert not zone.build().status
    return zone


def index(zone: Zone) -> Mapping[str, tuple[bytes, int]]:
    """What is in each file of search, and when it was written."""
    folder = zone.root / "site" / "search"
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        file.relative_to(folder).as_posix(): (file.read_bytes(), file.stat().st_mtime_ns) for file in files
    }


def add(zone: Zone, text: str) -> None:
    body = (zone.root / ARTICLE).read_text(encoding="utf-8")
    zone.write(ARTICLE, f"{body}\n{text}\n")


def test_an_edit_writes_only_what_it_changed(built: Zone) -> None:
    before = index(built)
    add(built, SAID)
    assert not built.build().status
    after = index(built)
    assert {address for address in after if before.get(address) != after[address]} == {
        address for address in after if before.get(address, (b"", 0))[0] != after[address][0]
    }
    changed = {address for address in after if before.get(address) != after[address]}
    (pack,) = (address for address in changed if "/pages/" in address)
    assert SAID in after[pack][0].decode()
    holding = {address for address in after if "/keys/" in address and SAID[:2] in after[address][0].decode()}
    assert holding
    assert changed == {"zh/index.json", pack, *holding}
    assert built.published() == built.built_from_nothing()


def test_a_page_that_is_gone_is_found_no_more(built: Zone) -> None:
    add(built, SAID)
    assert not built.build().status
    for locale in ("zh", "en"):
        (built.root / ARTICLE.replace("zh", locale)).unlink()
    build = built.build()
    assert not build.status, build.said
    assert not any(SAID[:2] in body.decode() for body, _ in index(built).values())
    assert built.published() == built.built_from_nothing()


def test_a_database_full_of_rubbish_is_made_anew(built: Zone) -> None:
    kept = built.root / ".cache" / "search"
    (kept / "zh.sqlite").write_bytes(b"rubbish" * 5000)
    (kept / "en.sqlite").write_bytes((kept / "en.sqlite").read_bytes()[:9000])
    add(built, SAID)
    build = built.build()
    assert not build.status, build.said
    assert built.published() == built.built_from_nothing()


KILLED = """
import os, sys
from gazette.outputs.search.index import Index

name, left = sys.argv[1], [int(sys.argv[2])]
real = getattr(Index, name)

def dies(*arguments):
    left[0] -= 1
    return real(*arguments) if left[0] else os._exit(9)

setattr(Index, name, dies)
sys.argv[1:] = ["build", "--quiet"]
from {engine}.__main__ import cli
cli()
""".replace("{engine}", ENGINE)


@pytest.mark.parametrize("step", ["_write 1", "_write_buckets 2", "body 2", "sizes 2"])
def test_a_build_that_is_killed_while_it_writes_the_index_leaves_a_right_one_to_the_next(
    built: Zone, step: str
) -> None:
    add(built, SAID)
    built.edit("docs/en/news/tea-meets.md", "title: ", "title: New ")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", KILLED, *step.split()]
    killed = subprocess.run(command, cwd=built.root, env=environment, timeout=300, capture_output=True)
    assert killed.returncode == 9, killed.stderr.decode()
    assert not built.build().status
    assert built.published() == built.built_from_nothing()


def test_what_a_search_is_narrowed_down_to_is_what_the_site_has(built: Zone) -> None:
    offered = json.loads((built.root / "site/search/en/index.json").read_text(encoding="utf-8"))
    assert list(offered["years"]) == ["2030", "2028"]
    assert set(offered["sections"]) == {"alliances", "news"}
