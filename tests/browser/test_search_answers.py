"""The browser takes texts, words and keys as the index was made of them: find.js and normal_form.py give the same answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from gazette.outputs.search.normal_form import bucket, normal_form, stem, words
from tests.expectations import ROOT, TESTS

CASES = json.loads((TESTS / "cases/search/same_answers.json").read_text(encoding="utf-8"))
LOCALES = ("zh", "en")

TEXTS = st.text(
    st.one_of(
        st.sampled_from("济北非公29.,:'\"“”′″ 　\u200b\u00ad\ufeffAaÉ（）+-_%𠮷々〇①㎡"),
        st.characters(exclude_categories=["Cs", "Cn", "Cc"]),
    ),
    max_size=20,
)
WORDS = st.builds(
    lambda root, ending: root + ending,
    st.text("abcdefgilmnoprstuy", max_size=6),
    st.sampled_from(["", "s", "es", "ies", "ied", "ed", "ing", "ion", "e", "lled", "tting", "us", "ss", "é"]),
)
ANSWERS = """([texts, words]) => ({
  forms: texts.map(text => ["zh", "en"].map(locale => openSearch.normalForm(text, locale))),
  tokens: texts.map(text => openSearch.tokens(openSearch.normalForm(text, "en"))),
  stems: words.map(openSearch.stem),
  buckets: texts.map(text => openSearch.bucketOf(text, 4096)),
})"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "overrides/assets/javascripts/find.js")
    yield page
    page.close()


def of_python(texts: list[str], found: list[str]) -> dict[str, Any]:
    return {
        "forms": [[normal_form(text, locale) for locale in LOCALES] for text in texts],
        "tokens": [words(normal_form(text, "en")) for text in texts],
        "stems": [stem(word) for word in found],
        "buckets": [bucket(text, 4096) for text in texts],
    }


def test_both_give_the_answers_that_are_written_down(page: Page) -> None:
    for locale, text, right in CASES["normal_form"]:
        assert normal_form(text, locale) == right
        assert (
            page.evaluate("([text, locale]) => openSearch.normalForm(text, locale)", [text, locale]) == right
        )
    for text, right in CASES["tokens"]:
        assert words(text) == right
        assert page.evaluate("openSearch.tokens", text) == right
    for name, count, right in CASES["bucket"]:
        assert bucket(name, count) == right
        assert page.evaluate("([name, count]) => openSearch.bucketOf(name, count)", [name, count]) == right


def test_both_know_the_forms_of_a_word_and_take_no_two_words_for_one(page: Page) -> None:
    stems = [{stem(word) for word in group} for group in CASES["forms_of_one"]]
    assert [len(found) for found in stems] == [1] * len(stems), stems
    assert len(set.union(*stems)) == len(stems)
    assert page.evaluate(
        "groups => groups.map(group => group.map(openSearch.stem))", CASES["forms_of_one"]
    ) == [[stem(word) for word in group] for group in CASES["forms_of_one"]]


@given(st.lists(TEXTS, max_size=30), st.lists(WORDS, max_size=30))
def test_both_give_the_same_answer_whatever_is_written(
    page: Page, texts: list[str], found: list[str]
) -> None:
    assert page.evaluate(ANSWERS, [texts, found]) == of_python(texts, found)
