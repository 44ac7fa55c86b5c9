"""What search is made of: text read from pages, characters spelt so that any part is found, shards, pieces of an index."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.outputs.search import pieces
from gazette.outputs.search.shards import LEAST, MOST, shards
from gazette.outputs.search.text import blocks
from gazette.outputs.search.words import GRAM, MARK, WIDTH, grams, words
from gazette.records.terms import Term
from gazette.site.pages import Page

PIECES = st.text(st.sampled_from("济北非公29分06秒.，“”、AaBb（）+%"), min_size=1, max_size=12)


def test_text_is_what_stands_in_the_article_block_by_block() -> None:
    page = """<header>site</header><article><h1>Title</h1><p>One <b>bold</b><sup>[1]</sup> line</p>
    <form><label>Filter</label></form><table><tr><td>a</td><td>b&amp;c</td></tr></table>
    <script>let x</script><footer>changed</footer></article><footer>foot</footer>"""
    assert blocks(page) == ["One bold line", "a", "b&c"]


def test_a_tag_is_read_whole_and_what_is_no_tag_is_text() -> None:
    page = """<article><p>1 < 2 &lt; 3<br>4<a title="x > y" class='">'>5</a><!-- <p> 6 --><svg><path d=""/></svg></article>"""
    assert blocks(page) == ["1 < 2 < 3", "45"]


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


def site(records: Mapping[int, int], lists: Mapping[int, int], general: int = 0) -> Sequence[Sequence[Page]]:
    """The shards of so many pages of records and of lists in each year, and so many of none."""
    record = Term.model_construct()
    pages, years = [Page("zh", "index", "", "", "", "")], dict.fromkeys(["index"])
    kinds = (("r", record, records), ("l", None, lists), ("g", None, {None: general}))
    found: dict[str, int | None] = {}
    for name, owner, counts in kinds:
        for year, count in counts.items():
            for n in range(count):
                page = Page("zh", f"{name}/{year}/{n}", "", "", "", "", record=owner)
                pages.append(page)
                found[page.path] = year
    return shards(pages, {**years, **found})


def paths(shard: Sequence[Page]) -> set[str]:
    return {page.path for page in shard}


def test_what_is_small_is_one_shard() -> None:
    assert len(site({2021: 700, 2022: 300}, {2021: 300}, 100)) == 1


def test_each_page_is_in_one_shard_and_none_is_large() -> None:
    found = site(
        {2021: 7000, **dict.fromkeys(range(2022, 2030), 250)}, dict.fromkeys(range(2021, 2030), 300), 150
    )
    every = [page.path for shard in found for page in shard]
    assert len(every) == len({*every}) == 7000 + 8 * 250 + 9 * 300 + 150 + 1
    assert max(map(len, found)) < MOST * 1.1
    assert len(found) <= 12


def test_the_home_page_leads_with_what_has_no_year_then_the_newest() -> None:
    first, second, *_, last = site({2021: 1200, 2022: 1200}, {2021: 1200, 2022: 1200}, 10)
    assert paths(first) == {"index", *(f"g/None/{n}" for n in range(10))}
    assert all(path.startswith("l/2022") for path in paths(second))
    assert all(path.startswith("r/2021") for path in paths(last))


def test_a_year_that_goes_on_leaves_the_shards_before_as_they_are() -> None:
    years = dict.fromkeys(range(2020, 2030), LEAST // 3)
    before = [paths(shard) for shard in site(years, {})]
    after = [paths(shard) for shard in site({**years, 2029: LEAST, 2030: 40}, {})]
    home, newest, *earlier = before
    assert len(earlier) > 1
    assert after[-len(earlier) :] == earlier
    assert home in after
    assert newest < after[-len(earlier) - 1]


WORDS = st.lists(
    st.one_of(
        st.text("abcdnă", min_size=1, max_size=7),
        st.text(st.sampled_from("市区A5"), min_size=1, max_size=GRAM).map(
            lambda text: grams(text).split()[0]
        ),
    ),
    min_size=1,
    max_size=60,
    unique=True,
).map(sorted)


@given(WORDS, st.integers(1, 3000))
def test_an_index_is_cut_where_no_beginning_of_two_characters_needs_both_sides(
    found: list[str], much: int
) -> None:
    index = [pieces.encoded([word, "-" * much, []]) for word in found]
    assert pieces.words(pieces.joined(index)) == index
    ended = [pieces.ended(word) for word in index]
    cut = [*pieces.cut(ended)]
    assert [word for piece in cut for word in piece] == ended
    texts = [[pieces.decoded(word)[0] for word in piece] for piece in cut]
    every = [text for piece in texts for text in piece]
    assert every == sorted(every)
    assert not any(after.startswith(before) for before, after in pairwise(every))
    for before, after in pairwise(texts):
        assert before[-1][: len(MARK) + 2 * WIDTH] != after[0][: len(MARK) + 2 * WIDTH]
    for (first, last, _), piece in zip(pieces.spans(cut), texts, strict=True):
        assert all(first <= word and word[: len(last)] <= last for word in piece)


@pytest.mark.parametrize(
    "value", [0, 23, 24, 255, 256, 65535, 65536, 1 << 32, "", "济北" * 50, ["a", [1, []]]]
)
def test_cbor_says_what_it_was_told(value: object) -> None:
    assert pieces.decoded(pieces.encoded(value)) == value
