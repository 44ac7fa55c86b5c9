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
from gazette.checks.verification import verify
from gazette.content.loader import load
from gazette.content.model import Content
from gazette.content.proofs import EVIDENCE_LOCK
from gazette.records.record import Record, evidence
from gazette.records.sources import Source
from gazette.records.values import Ref
from gazette.site.model import SiteModel
from tests.expectations import ROOT, assert_in_both_languages, edit, places

ARCHIVE = Path(os.environ["GAZETTE_ARCHIVE"])
FACTS: list[dict[str, Any]] = yaml.safe_load((ARCHIVE / "facts.yml").read_text(encoding="utf-8"))["records"]
NEWSPAPER = (ARCHIVE / "qilu-evening-news.txt").read_text(encoding="utf-8")
KEPT = yaml.safe_load((ROOT / "tests" / "jibei" / "facts.yml").read_text(encoding="utf-8"))
LONGEST_QUOTE = 19


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


def test_the_evidence_lock_says_what_the_archive_proves(site_model: SiteModel) -> None:
    proofs, problems = verify(site_model.content, ARCHIVE)
    assert problems == []
    assert proofs == site_model.content.proofs


def test_an_anchor_that_the_newspaper_does_not_have_is_caught_where_it_is_typed(copy: Path) -> None:
    path = "data/indicators/enterprises-covered.yml"
    edit(copy, path, "企业147家", "企业147户")
    content, problems = load(copy)
    _, [message] = verify(content, ARCHIVE)
    line = (copy / path).read_text("utf-8").splitlines()[message.at.line - 1]
    assert problems == []
    assert places([message]) == [f"{path}:{message.at.line}:{line.index('at: ') + 5} [anchor-not-in-archive]"]
    assert_in_both_languages(message)


def test_another_text_than_the_one_registered_is_refused(copy: Path) -> None:
    folder = copy / "archive"
    folder.mkdir()
    (folder / "qilu-evening-news.txt").write_text(
        NEWSPAPER.replace("147", "148"), encoding="utf-8", newline=""
    )
    content, _ = load(copy)
    proofs, messages = verify(content, folder)
    assert proofs == {}
    assert {(message.code, message.at.path) for message in messages} == {
        ("archive-not-as-registered", f"data/sources/{name}.yml")
        for name in ("qlwb-dual-pairing", "qlwb-huihe-street")
    }


def test_the_command_holds_the_project_against_the_archive(copy: Path) -> None:
    asked = ["--root", str(copy), "verify", "--archive", str(ARCHIVE)]
    before = (copy / EVIDENCE_LOCK).read_bytes()
    assert cli.main(asked) == 0
    assert (copy / EVIDENCE_LOCK).read_bytes() == before
    edit(copy, "data/glossary/huihe-subdistrict.yml", "at: 回河街道", "at: 回河镇")
    assert cli.main(asked) == 1
