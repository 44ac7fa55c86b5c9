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

from gazette.content import Content
from gazette.edition import Edition, prepare
from gazette.records.base import Record, evidence
from gazette.records.evidence import Source
from gazette.records.values import Ref
from tests.expectations import ROOT

ARCHIVE = Path(os.environ["GAZETTE_ARCHIVE"])
FACTS: list[dict[str, Any]] = yaml.safe_load((ARCHIVE / "facts.yml").read_text(encoding="utf-8"))["records"]
NEWSPAPER = (ARCHIVE / "qilu-evening-news.txt").read_text(encoding="utf-8")
KEPT = yaml.safe_load((ROOT / "tests" / "real" / "facts.yml").read_text(encoding="utf-8"))
LONGEST_QUOTE = 19


@pytest.fixture(scope="module")
def edition() -> Edition:
    return prepare(ROOT)


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
def test_a_fact_s_record_holds_a_piece_of_its_passage(edition: Edition, fact: dict[str, Any]) -> None:
    record = edition.content.records[Ref(*KEPT[fact["id"]].split("/"))]
    held = any(anchor in fact["zh"] for anchor in anchors(record))
    assert held or bare(fact["zh"]) in bare(named_by(record, edition.content))


def test_every_anchor_stands_in_the_newspaper(edition: Edition) -> None:
    found = {
        (str(record.ref), anchor) for record in edition.content.records.values() for anchor in anchors(record)
    }
    assert found
    assert {(ref, anchor) for ref, anchor in found if anchor not in NEWSPAPER} == set()


@pytest.mark.parametrize("plain", [bare, words_only])
def test_no_page_copies_a_passage_of_the_newspaper(edition: Edition, plain: Callable[[str], str]) -> None:
    allowed = sorted(filter(None, map(plain, names(edition.content))), key=len, reverse=True)
    named = re.compile("|".join(map(re.escape, allowed)))
    passages = runs(plain(NEWSPAPER))
    copied = {
        (src_uri, run)
        for src_uri, text in edition.markdown.items()
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
