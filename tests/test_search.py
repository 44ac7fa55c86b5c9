"""The words that search is made of: text read from pages, runs of characters spelt so that any part is found."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.publish.search.text import blocks
from gazette.publish.search.words import GRAM, MARK, grams, words

PIECES = st.text(st.sampled_from("济北非公29分06秒.，“”、AaBb（）+%"), min_size=1, max_size=12)


def test_text_is_what_stands_in_the_article_block_by_block() -> None:
    page = """<header>site</header><article><h1>Title</h1><p>One <b>bold</b><sup>[1]</sup> line</p>
    <form><label>Filter</label></form><table><tr><td>a</td><td>b&amp;c</td></tr></table>
    <script>let x</script><footer>changed</footer></article><footer>foot</footer>"""
    assert blocks(page) == ["One bold line", "a", "b&c"]


def test_a_page_without_an_article_has_no_text() -> None:
    assert blocks("<html><body><p>x</p></body></html>") == []


@given(PIECES, PIECES, PIECES)
def test_any_part_of_a_run_begins_a_gram_where_it_stands(before: str, part: str, after: str) -> None:
    whole, wanted = grams(before + part + after).split(), grams(part).split()
    if not wanted:
        return  # Nothing but quotation marks.
    at = len(grams(before).split())
    spelt = "".join(gram[len(MARK) : len(MARK) + 4] for gram in wanted)
    found = "".join(gram[len(MARK) : len(MARK) + 4] for gram in whole[at : at + len(wanted)])
    assert found == spelt
    assert whole[at].startswith(wanted[0])


@given(PIECES)
def test_grams_are_words_that_nothing_divides_or_stems(text: str) -> None:
    for gram in grams(text).split():
        assert re.fullmatch(rf"{MARK}([bcdfghjklmnpqrtvwxz]{{4}}){{1,{GRAM}}}", gram)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“双包联”模式", "双包联模式"),
        ("１２０家", "120家"),
        ("Party", "PARTY"),
        ("非公 企业", "非公企业"),
        ("A，b", "a,B"),
    ],
)
def test_ways_of_writing_the_same_are_the_same(one: str, other: str) -> None:
    assert grams(one) == grams(other)


def test_spaces_within_latin_script_count() -> None:
    assert grams("Party Building") != grams("PartyBuilding")


def test_english_is_every_word_once_and_numbers_and_chinese_in_grams() -> None:
    english, *runs = words(["RMB 15.44 million,", "a million (共享用工) in (2021)."], "en")
    assert english.split() == ["rmb", "million,", "a", "million", "in"]
    assert runs == [grams("|15.44|"), grams("(共享用工)"), grams("|2021|")]
