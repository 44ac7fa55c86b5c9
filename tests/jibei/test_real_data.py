"""The published project: sound, each page in both languages, every fact of the sources kept in some record."""

from __future__ import annotations

import pytest

from gazette.base.strict_yaml import parse
from gazette.records.values import Ref
from gazette.site.model import SiteModel
from tests.expectations import ROOT


@pytest.fixture(scope="module")
def facts() -> dict[str, Ref]:
    document, problems = parse(
        (ROOT / "tests" / "jibei" / "facts.yml").read_text(encoding="utf-8"), "facts.yml"
    )
    assert problems == []
    return {fact: Ref(*str(place).split("/")) for fact, place in document.data.items()}


def test_every_record_has_a_page_with_words_in_both_languages(site_model: SiteModel) -> None:
    assert site_model.content.records
    paths = {page.path for page in site_model.pages.values()}
    assert site_model.markdown.keys() == {f"{locale}/{path}.md" for locale in ("zh", "en") for path in paths}
    assert len(paths) >= len(site_model.content.records) + len(site_model.content.prose) - len(
        site_model.content.collection("news")
    )
    records = {
        page.record.ref
        for page in site_model.pages.values()
        if page.record and site_model.markdown[page.src_uri].strip()
    }
    assert records == set(site_model.content.records)


def test_each_of_the_162_facts_is_kept_in_a_record(site_model: SiteModel, facts: dict[str, Ref]) -> None:
    assert len(facts) == 162
    assert {fact: ref for fact, ref in facts.items() if ref not in site_model.content.records} == {}
