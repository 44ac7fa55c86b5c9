"""The published project against the newspaper's own text: every fact is carried, no passage is copied.

Collected only where the environment variable GAZETTE_ARCHIVE names the folder of facts.yml and
qilu-evening-news.txt.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml

from gazette import cli
from gazette.checks.archive import verify
from gazette.content.loader import load
from gazette.content.model import Content
from gazette.records.record import Record, evidence
from gazette.records.sources import Source
from gazette.records.values import Ref
from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from tests.expectations import ROOT, assert_in_both_languages, edit, places

ARCHIVE = Path(os.environ["GAZETTE_ARCHIVE"])
FACTS: list[dict[str, Any]] = yaml.safe_load((ARCHIVE / "facts.yml").read_text(encoding="utf-8"))["records"]
NEWSPAPER = (ARCHIVE / "qilu-evening-news.txt").read_text(encoding="utf-8")
KEPT = yaml.safe_load((ROOT / "tests" / "jibei" / "facts.yml").read_text(encoding="utf-8"))
LONGEST_QUOTE = 19


@pytest.fixture(scope="module")
def site_model() -> SiteModel:
    return render_site(ROOT)


def anchors(record: Record) -> Iterator[str]:
    """The characters by which a record shows where its facts stand."""
    yield from (item.at for _, item in evidence(record))
    if isinstance(record, Source):
        yield from (item.at for item in record.left_out)


def named_by(record: Record, content: Content) -> str:
    """What a source record says of the publication itself: title, byline, headings, outlet."""
    if not isinstance(record, Source):
        return ""
    outlet = content.records[record.outlet].title
    return "\n".join(text.zh for text in (record.title, record.byline, outlet, *record.sections))


def bare(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


def words_only(text: str) -> str:
    """Text without white space and marks: a copy with other punctuation is still a copy."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


def test_the_facts_kept_are_those_of_the_archive() -> None:
    assert set(KEPT) == {fact["id"] for fact in FACTS}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_a_fact_s_record_holds_a_piece_of_its_passage(site_model: SiteModel, fact: dict[str, Any]) -> None:
    record = site_model.content.records[Ref(*KEPT[fact["id"]].split("/"))]
    held = any(anchor in fact["zh"] for anchor in anchors(record))
    assert held or bare(fact["zh"]) in bare(named_by(record, site_model.content))


def test_every_anchor_stands_in_the_newspaper(site_model: SiteModel) -> None:
    found = {
        (str(record.ref), anchor)
        for record in site_model.content.records.values()
        for anchor in anchors(record)
    }
    assert found
    assert {(ref, anchor) for ref, anchor in found if anchor not in NEWSPAPER} == set()


@pytest.mark.parametrize("plain", [bare, words_only])
def test_no_page_copies_a_passage_of_the_newspaper(
    site_model: SiteModel, plain: Callable[[str], str]
) -> None:
    allowed = sorted(filter(None, map(plain, names(site_model.content))), key=len, reverse=True)
    named = re.compile("|".join(map(re.escape, allowed)))
    passages = runs(plain(NEWSPAPER))
    copied = {
        (src_uri, run)
        for src_uri, text in site_model.markdown.items()
        for run in runs(named.sub("\n", plain(shown(text)))) & passages
    }
    assert copied == set()


def names(content: Content) -> Iterator[str]:
    """What may stand on a page as the newspaper has it: titles and headings, and names."""
    for source in content.collection("sources"):
        yield from named_by(source, content).split("\n")
    yield from (term.title.zh for term in content.collection("glossary"))


def shown(text: str) -> str:
    """What a reader sees of a page's Markdown."""
    html = markdown.markdown(text, extensions=["tables", "attr_list", "def_list", "footnotes"])
    return unescape(re.sub(r"<[^>]*>", "", html))


def runs(text: str) -> set[str]:
    """Every run of characters longer than may be quoted."""
    length = LONGEST_QUOTE + 1
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def test_every_anchor_says_its_figure_and_stands_in_the_archive(site_model: SiteModel) -> None:
    assert verify(site_model.content, ARCHIVE) == []


FUNDS, CONTRACTS, VISITED = (
    f"data/indicators/{name}.yml" for name in ("reward-funds", "tech-contracts", "enterprises-visited")
)
TAIWEN = "data/startup_records/taiwen-precision-machinery.yml"
CHANGED = {
    "an anchor": (
        "data/indicators/enterprises-covered.yml",
        "企业147家",
        "企业148家",
        "anchor-not-in-archive",
    ),
    "a value": (
        "data/indicators/enterprises-covered.yml",
        "value: 147",
        "value: 148",
        "anchor-says-otherwise",
    ),
    "近 dropped": (VISITED, "qualifier: nearly, ", "", "anchor-says-otherwise"),
    "近 for 余": (VISITED, "qualifier: nearly", "qualifier: more_than", "anchor-says-otherwise"),
    "余 dropped": (
        "data/indicators/guidance-sessions.yml",
        "qualifier: more_than, ",
        "",
        "anchor-says-otherwise",
    ),
    "a unit": (
        "data/services/music-line.yml",
        "value: 187, unit: shop",
        "value: 187, unit: day",
        "anchor-says-otherwise",
    ),
    "万 to 亿": (FUNDS, "1544万, unit", "1544亿, unit", "anchor-says-otherwise"),
    "万 dropped": (FUNDS, "1544万, unit", "1544, unit", "anchor-says-otherwise"),
    "亿 to 万": (CONTRACTS, "1.28亿, unit", "1.28万, unit", "anchor-says-otherwise"),
    "a second": (TAIWEN, "29m06s", "29m07s", "anchor-says-otherwise"),
}


@pytest.mark.parametrize(("path", "old", "new", "code"), CHANGED.values(), ids=CHANGED)
def test_a_figure_that_its_source_does_not_say_is_caught_at_its_anchor(
    copy: Path, path: str, old: str, new: str, code: str
) -> None:
    edit(copy, path, old, new)
    content, problems = load(copy)
    [message] = verify(content, ARCHIVE)
    line = next(
        n
        for n, text in enumerate((copy / path).read_text("utf-8").splitlines(), 1)
        if new in text and "at:" in text
    )
    column = (copy / path).read_text("utf-8").splitlines()[line - 1].index("at: ") + len("at: ") + 1
    assert problems == []
    assert places([message]) == [f"{path}:{line}:{column} [{code}]"]
    assert_in_both_languages(message)


def test_another_text_than_the_one_registered_is_refused(copy: Path) -> None:
    folder = copy / "archive"
    folder.mkdir()
    (folder / "qilu-evening-news.txt").write_text(
        NEWSPAPER.replace("147", "148"), encoding="utf-8", newline=""
    )
    content, _ = load(copy)
    messages = verify(content, folder)
    assert {(message.code, message.at.path) for message in messages} == {
        ("archive-not-as-registered", f"data/sources/{name}.yml")
        for name in ("qlwb-dual-pairing", "qlwb-huihe-street")
    }


def test_the_command_holds_the_project_against_the_archive(copy: Path) -> None:
    asked = ["--root", str(copy), "check", "--archive", str(ARCHIVE)]
    assert cli.main(asked) == 0
    edit(copy, "data/glossary/huihe-subdistrict.yml", "at: 回河街道", "at: 回河镇")
    assert cli.main(asked) == 1
