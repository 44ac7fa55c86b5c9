"""The published project: sound, each page in both languages, every fact of the sources kept in some record."""

from __future__ import annotations

import pytest

from gazette.edition import Edition, prepare
from gazette.records.values import Ref
from gazette.strict_yaml import parse
from tests.expectations import ROOT


@pytest.fixture(scope="module")
def edition() -> Edition:
    """Raises with every message if anything in the content is wrong."""
    return prepare(ROOT)


@pytest.fixture(scope="module")
def facts() -> dict[str, Ref]:
    document, problems = parse(
        (ROOT / "tests" / "real" / "facts.yml").read_text(encoding="utf-8"), "facts.yml"
    )
    assert problems == []
    return {fact: Ref(*str(place).split("/")) for fact, place in document.data.items()}


def test_every_record_has_a_page_with_words_in_both_languages(edition: Edition) -> None:
    assert edition.content.records
    paths = {page.path for page in edition.pages.values()}
    assert edition.markdown.keys() == {f"{locale}/{path}.md" for locale in ("zh", "en") for path in paths}
    assert len(paths) >= len(edition.content.records) + len(edition.content.prose) - len(
        edition.content.collection("news")
    )
    records = {
        page.record.ref
        for page in edition.pages.values()
        if page.record and edition.markdown[page.src_uri].strip()
    }
    assert records == set(edition.content.records)


def test_each_of_the_162_facts_is_kept_in_a_record(edition: Edition, facts: dict[str, Ref]) -> None:
    assert len(facts) == 162
    assert {fact: ref for fact, ref in facts.items() if ref not in edition.content.records} == {}
