"""What search is made of: text read from pages, numbers of pages, lists of them, and an index that follows edits."""

from __future__ import annotations

import hashlib
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gazette.base.invisible import FORMAT
from gazette.outputs.search.document import Kind, blocks
from gazette.outputs.search.index import Index, Layout, Source, numbered, opened
from gazette.outputs.search.normal_form import FACET, keys
from gazette.outputs.search.postings import decode, encode
from tests.expectations import ROOT
from tests.search_rules import text

MADE_BY = "this version"
LETTERS = [chr(0x4E00 + number) for number in range(400)]

ARTICLE = """<article class="a>b"><header><p class="kicker"><a href="../">Section</a></p><h1 id="content">Title</h1>
    <p class="lead">A <b>bold</b><sup id="n"><a>[1]</a></sup> line &amp; <code>&lt;p&gt;</code></p></header>
    <form><label>Filter</label></form><table><tr><td>a</td><td>b<br>c</td></tr></table><button>Press</button>
    <p title='x > y'>1 &lt; 2<!-- <p> 3 --></p><figure><svg><text>drawn</text></svg><figcaption>told</figcaption></figure>
    <ul><li>one<ul><li>two</li></ul>three</li></ul><nav><p>elsewhere</p></nav>
    <h2 id="related">Related things</h2><p>are told of</p>
    <h2 id="sources">Sources</h2>
    <ol class="sources"><li><a>Cited</a> <q>as it says</q></li></ol>
    <h2 id="more">Related</h2>
    <div class="related"><section class="related__group"><h3>News</h3><ul><li><a>Led to</a></li></ul></section></div>
    <script>let x = "<p>y</p>"</script><footer>changed</footer>"""
TOLD = [
    "A bold line & <p>",
    "a",
    "b",
    "c",
    "1 < 2",
    "told",
    "one",
    "two",
    "three",
    "Related things",
    "are told of",
]


def test_text_is_what_a_page_says_itself_block_by_block() -> None:
    assert blocks(f"{ARTICLE}</article>") == TOLD
    assert text(html.fromstring(f"<html><body>{ARTICLE}</article></body></html>")).blocks == TOLD


def test_a_page_without_an_article_has_no_text() -> None:
    assert blocks("") == []


@given(st.lists(st.integers(0, 1 << 40), unique=True).map(sorted))
def test_numbers_come_back_from_their_text(numbers: list[int]) -> None:
    assert [*decode(encode(numbers))] == numbers


@dataclass(frozen=True)
class Told:
    """A page as a test writes it."""

    path: str
    title: str
    text: tuple[str, ...]
    kind: Kind = Kind.RECORD

    def source(self, read: Callable[[str], str] = str) -> Source:
        told = json.dumps(
            {
                "url": f"{self.path}/",
                "title": self.title,
                "also": [],
                "section": "",
                "facts": "",
                "facets": ["pages"],
                "text": self.text,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )
        return Source(self.path, self.kind, hashlib.sha256(told.encode()).hexdigest(), lambda: read(told))


Site = dict[str, Told]


def written(number: int, chance: random.Random) -> Told:
    said = tuple(
        "".join(chance.choices(LETTERS, k=chance.randint(1, 60))) for _ in range(chance.randint(0, 4))
    )
    return Told(f"records/n{number}", f"第{number}号", said, chance.choice([*Kind]))


def site(count: int, chance: random.Random) -> Site:
    told = (written(number, chance) for number in range(count))
    return {page.path: page for page in told}


def update(file: Path, pages: Site, makers: str = MADE_BY) -> tuple[Layout, Mapping[str, bytes]]:
    """The files of the index in `file`, made that of these pages."""
    with closing(opened(file)) as database:
        index = Index(database, "zh")
        layout = index.update([page.source() for page in pages.values()], makers)
        found = index.files()
        files = {address: index.body(address) for address in found}
        assert found == {
            address: hashlib.blake2b(body, digest_size=8).hexdigest() for address, body in files.items()
        }
        index.sizes(layout)
        return layout, files


def anew(folder: Path, pages: Site) -> tuple[Layout, Mapping[str, bytes]]:
    file = folder / "anew.sqlite"
    file.unlink(missing_ok=True)
    return update(file, pages)


def holders(layout: Layout, files: Mapping[str, bytes]) -> Mapping[str, set[str]]:
    """The paths of the pages that an index has for each key, which stands in its own bucket."""
    read = {address: json.loads(body) for address, body in files.items()}
    packs = [pages for address, pages in read.items() if address.startswith("pages/")]
    paths = {int(number): page["url"].rstrip("/") for pages in packs for number, page in pages.items()}
    found = {}
    for address in read.keys() - {layout.pack(number) for number in paths}:
        for key, lists in read[address].items():
            assert layout.bucket(key, "zh") == address
            found[key] = {paths[number] for encoded in lists.split(" ") for number in decode(encoded)}
    return found


def test_each_key_names_the_pages_that_have_it(tmp_path: Path) -> None:
    pages = site(60, random.Random(1))
    layout, files = update(tmp_path / "zh.sqlite", pages)
    found: dict[str, set[str]] = {}
    for path, page in pages.items():
        for key in [*keys([page.title, *page.text], "zh"), f"{FACET}pages"]:
            found.setdefault(key, set()).add(path)
    assert len(found) > 2000
    assert {key: paths for key, paths in holders(layout, files).items() if len(key) > 1} == found


def test_an_edit_writes_the_buckets_of_its_keys_and_the_pack_of_its_page(tmp_path: Path) -> None:
    file, pages = tmp_path / "zh.sqlite", site(400, random.Random(2))
    layout, before = update(file, pages)
    assert layout.buckets >= 8
    page = next(page for page in pages.values() if page.text)
    pages[page.path] = replace(page, text=(*page.text, "龘龘龘"))
    _, after = update(file, pages)
    changed = {
        address for address in before.keys() | after.keys() if before.get(address) != after.get(address)
    }
    (pack,) = (address for address in changed if address.startswith("pages/"))
    assert "龘龘龘" in after[pack].decode()
    assert changed - {pack} == {layout.bucket("龘龘龘", "zh")}


def test_what_did_not_change_is_not_read(tmp_path: Path) -> None:
    file, pages = tmp_path / "zh.sqlite", site(30, random.Random(3))
    update(file, pages)
    read: list[str] = []

    def note(told: str) -> str:
        read.append(told)
        return told

    pages["records/n7"] = replace(pages["records/n7"], title="另一个名称")
    with closing(opened(file)) as database:
        Index(database, "zh").update([page.source(note) for page in pages.values()], MADE_BY)
    assert [json.loads(told)["title"] for told in read] == ["另一个名称"]


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_index_is_that_made_from_nothing(tmp_path: Path, seed: int) -> None:
    """Pages edited, added, removed, renamed, made another kind; so many added that numbers and buckets are divided anew."""
    chance = random.Random(seed)
    file, pages = tmp_path / "zh.sqlite", site(12, chance)
    layouts = {update(file, pages)[0]}
    for step in range(14):
        for number in range(150 if step in (4, 9) else chance.randint(1, 3)):
            path = chance.choice([*pages])
            page, edit = pages.pop(path), chance.randrange(6)
            if edit == 0 and len(pages) > 3:
                continue
            if edit == 1:
                page = replace(page, path=f"{page.path}-renamed")
            elif edit == 2:
                page = replace(page, kind=chance.choice([*Kind]))
            elif edit == 3:
                page = replace(page, title=chance.choice(page.text or ("名称",)), text=page.text[1:])
            else:
                new = written(1000 * step + number, chance)
                pages[new.path] = new
            pages[page.path] = page
        layout, files = update(file, pages)
        assert (layout, files) == anew(tmp_path, pages)
        layouts.add(layout)
    assert len({layout.space for layout in layouts}) > 1
    assert len({layout.buckets for layout in layouts}) > 1


def test_another_version_of_the_program_makes_the_index_anew(tmp_path: Path) -> None:
    file, pages = tmp_path / "zh.sqlite", site(10, random.Random(4))
    _, files = update(file, pages)
    with closing(opened(file)) as database:
        database.execute("UPDATE files SET body = '{}', checksum = row_checksum(address, hash, '{}')")
    assert update(file, pages, "another version")[1] == files


def test_a_site_without_pages_has_an_index(tmp_path: Path) -> None:
    pages = site(3, random.Random(5))
    file = tmp_path / "zh.sqlite"
    empty = update(file, {})
    update(file, pages)
    assert update(file, {}) == empty == anew(tmp_path, {})


@given(st.sets(st.text("abc", min_size=1, max_size=5), max_size=60), st.text("abc", min_size=1, max_size=5))
def test_a_new_page_moves_no_other_number_but_where_it_collides(paths: set[str], new: str) -> None:
    kinds = {path: Kind(len(path) % len(Kind)) for path in {*paths, new}}
    sources = [Source(path, kind, "", str) for path, kind in kinds.items() if path != new]
    before = {page.path: number for number, page in numbered(sources).items()}
    after = {
        page.path: number for number, page in numbered([*sources, Source(new, kinds[new], "", str)]).items()
    }
    assert len({*after.values()}) == len(after)
    if 1 << (8 * len(sources)).bit_length() == (space := 1 << (8 * len(sources) + 8).bit_length()):
        moved = [path for path in before if before[path] != after[path]]
        taken = {number % space for number in after.values()}
        at = after[new] % space
        for path in sorted(moved):  # Each gave way to what took its place, and took the next that was free.
            assert before[path] % space == at
            passed = (after[path] - at) % space
            assert {(at + step) % space for step in range(passed)} <= taken
            at = after[path] % space
    assert all(number // space == kinds[path] for path, number in after.items())


def cut(file: Path, to: float) -> None:
    file.write_bytes(file.read_bytes()[: int(file.stat().st_size * to)])


def overwritten(file: Path, seed: int) -> None:
    body = bytearray(file.read_bytes())
    for _ in range(8):
        at = random.Random(seed).randrange(len(body))
        body[at : at + 600] = random.Random(seed + at).randbytes(600)
    file.write_bytes(body)


@pytest.mark.parametrize(
    "spoil",
    [
        *(lambda file, to=to: cut(file, to) for to in (0, 0.001, 0.1, 0.5, 0.9, 0.99)),
        *(lambda file, seed=seed: overwritten(file, seed) for seed in range(12)),
        lambda file: file.write_bytes(b"no database" * 1000),
        lambda file: file.with_name("zh.sqlite-wal").write_bytes(random.Random(0).randbytes(9999)),
        lambda file: (file.unlink(), file.with_name("zh.sqlite-wal").write_bytes(b"x" * 9999)),
    ],
)
def test_a_database_that_was_spoilt_is_made_anew(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    file, pages = tmp_path / "zh.sqlite", site(80, random.Random(6))
    update(file, pages)
    spoil(file)
    page = pages["records/n5"]
    pages[page.path] = replace(page, title="另一个名称")
    assert update(file, pages) == anew(tmp_path, pages)


def test_a_database_of_another_layout_is_made_anew(tmp_path: Path) -> None:
    file, pages = tmp_path / "zh.sqlite", site(8, random.Random(7))
    with closing(sqlite3.connect(file)) as database:
        database.execute("CREATE TABLE pages (something TEXT)")
    assert update(file, pages) == anew(tmp_path, pages)


def test_the_browser_leaves_out_the_same_invisible_characters() -> None:
    script = (ROOT / "overrides/assets/javascripts/find.js").read_text(encoding="utf-8")
    [browsers] = re.findall(r"INVISIBLE =\s+/(\[.*\])/gu", script)
    browsers = re.sub(r"\\u\{(\w+)\}", lambda found: f"\\U{found[1]:>08}", browsers)
    characters = "".join(map(chr, range(0x110000)))
    assert re.findall(browsers, characters) == re.findall(f"[{FORMAT}]", characters)


KILLED = """
import os, random, sys
from pathlib import Path
from gazette.outputs.search.index import Index
from tests.unit.test_search import site, update, written

write, left = Index._write, [int(sys.argv[2])]

def dies(self, address, told):
    left[0] -= 1
    if not left[0]:
        os._exit(9)
    write(self, address, told)

Index._write = dies
chance = random.Random(8)
pages = site(60, chance)
for number in range(100, 130):
    page = written(number, chance)
    pages[page.path] = page
update(Path(sys.argv[1]), pages)
"""


@pytest.mark.parametrize("written_before", [1, 5, 30])
def test_an_index_whose_writing_was_killed_is_right_when_it_is_made_again(
    tmp_path: Path, written_before: int
) -> None:
    file, chance = tmp_path / "zh.sqlite", random.Random(8)
    pages = site(60, chance)
    _, before = update(file, pages)
    command = [sys.executable, "-c", KILLED, str(file), str(written_before)]
    killed = subprocess.run(command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, timeout=60)
    assert killed.returncode == 9
    assert update(file, pages)[1] == before
    for number in range(100, 130):
        page = written(number, chance)
        pages[page.path] = page
    assert update(file, pages) == anew(tmp_path, pages)
