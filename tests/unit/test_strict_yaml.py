"""What YAML an editor may write, and where each thing that is refused is reported."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette.base.diagnostics import Diagnostic
from gazette.base.invisible import in_entities, invisible
from gazette.base.strict_yaml import decode, parse
from gazette.content.front_matter import split
from tests.expectations import Case, assert_as_expected, cases, name, places

GOOD = "title:\n  zh: 台稳\n  en: Taiwen\n"


@pytest.mark.parametrize("case", cases("strict_yaml"), ids=name)
def test_yaml_is_taken_or_refused_at_the_place_of_the_mistake(case: Case) -> None:
    _, problems = parse(case.text, "a.yml")
    assert_as_expected(case, problems, "a.yml")


def test_values_stay_the_text_that_was_typed() -> None:
    text = next(case.text for case in cases("strict_yaml") if case.name == "good-values-stay-text")
    document, _ = parse(text, "a.yml")
    assert document.data == dict(
        line.split(": ") if ": " in line else (line[:-1], "") for line in text.splitlines()
    )


@pytest.mark.parametrize("raw", [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode()])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(raw: bytes) -> None:
    text, problems = decode(raw, "a.yml")
    assert (text, problems) == (GOOD, [])


def test_a_file_saved_as_gbk_is_reported_at_its_first_unreadable_byte() -> None:
    _, problems = decode(GOOD.encode("gbk"), "a.yml")
    assert places(problems) == ["a.yml:2:8 [encoding]"]
    assert "而是 GBK" in problems[0].zh
    assert "but GBK" in problems[0].en


def test_a_file_saved_as_unicode_is_told_from_one_saved_as_gbk() -> None:
    for encoding in ("utf-16", "utf-16-le"):
        [problem] = decode(GOOD.encode(encoding), "a.yml")[1]
        assert "UTF-16" in problem.zh
    [problem] = decode(b"a: \xff\xff\xff", "a.yml")[1]
    assert "也不是 GBK" in problem.zh


def test_a_file_of_no_bytes_is_reported_as_empty() -> None:
    assert places(parse("", "a.yml")[1]) == ["a.yml:1:1 [empty-file]"]


def test_positions_in_front_matter_count_from_the_file_s_first_line() -> None:
    document, problems = parse("title: a\ntitle: b\n", "a.md", first_line=2)
    assert places(problems) == ["a.md:3:1 [duplicate-key]"]
    assert str(document.position(("title",))) == "a.md:2:8"


def test_a_part_is_found_by_its_keys_and_a_missing_one_at_its_nearest_parent() -> None:
    document, _ = parse(GOOD, "a.yml")
    assert str(document.position(("title", "en"))) == "a.yml:3:7"
    assert str(document.position(("title", "en"), of_key=True)) == "a.yml:3:3"
    assert str(document.position(("title", "fr"))) == "a.yml:2:3"
    assert str(document.position(("title", "fr"), of_key=True)) == "a.yml:1:1"


def test_a_line_separator_pasted_from_elsewhere_is_named() -> None:
    assert places(parse("a: x\u2028 y\n", "a.yml")[1]) == ["a.yml:1:5 [invisible-character]"]


def test_a_byte_order_mark_does_not_shift_positions() -> None:
    _, problems = decode(b"\xef\xbb\xbfzh: x\n" + "键".encode("gbk"), "a.yml")
    assert places(problems) == ["a.yml:2:1 [encoding]"]


def test_every_place_of_an_invisible_character_is_told_once() -> None:
    [problem, other] = parse("a: x\u200by\nb: \u200b\u2066z\n", "a.yml")[1]
    assert places([problem, other]) == ["a.yml:1:5 [invisible-character]", "a.yml:2:5 [invisible-character]"]
    assert [str(place) for place in problem.also] == ["a.yml:2:4"]


@pytest.mark.parametrize("code", [*range(9), *range(0xB, 0x20), 0x7F, 0x85, 0xAD, *range(0x200B, 0x2010),
                                  *range(0x2028, 0x202F), 0x2060, *range(0x2066, 0x206A), 0x61C, 0x3164, 0xFEFF, 0xE0041], ids=hex)  # fmt: skip
def test_what_nobody_sees_is_refused_as_it_is_and_by_its_number(code: int) -> None:
    assert places(parse(f"a: x{chr(code)}y\n", "a.yml")[1]) == ["a.yml:1:5 [invisible-character]"]
    assert places(parse(f'a: "x\\U{code:08x}y"\n', "a.yml")[1]) == ["a.yml:1:6 [invisible-escape]"]


def test_forms_of_visible_characters_are_no_invisible_ones() -> None:
    document, problems = parse("a: 葛\U000e0100城 ☎\ufe0f\u3000é\n", "a.yml")
    assert (document.data, problems) == ({"a": "葛\U000e0100城 ☎\ufe0f\u3000é"}, [])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("甲a\u0301\u0301\u0301\u0301\u0301乙", 5), ("1\ufe0f\u20e3\u20dd\ufe0f\u20dd", 6), ("ก" + "\u0e47" * 9, 6), ("<b>\u0301</b>", 4), ("e\u0302 \u0301", 4),
    ],
)  # fmt: skip
def test_a_mark_too_many_on_a_letter_is_refused(text: str, place: int) -> None:
    assert [found[0] + 1 for found in invisible(text)] == [place]
    [problem] = parse(f"a: |\n  {text}\n", "a.yml")[1]
    assert (problem.at.line, problem.at.column) == (2, place + 2)
    assert "叠加符号" in problem.zh
    assert "combining mark" in problem.en


@pytest.mark.parametrize(
    ("html", "place"), [("a&#769;&#x301;&#769;&#769;", 14), ("a\u0301\u0301&#769;", 3), ("<i>&#769;</i>", 3)]
)
def test_a_mark_too_many_is_refused_by_its_number(html: str, place: int) -> None:
    assert [found[0] for found in in_entities(html)] == [place]
    assert places(parse('a: "x\\u0301"\n', "a.yml")[1]) == ["a.yml:1:6 [invisible-escape]"]


@pytest.mark.parametrize(
    "text",
    [
        "pīn nǚ u\u0308\u030c, u&#776;&#780;",
        "e\u0302\u0301",
        "སྒྲུབ",
        "שָׁלוֹם",
        "ٱللَّٰهُ",
        "ที่",
        "1\ufe0f\u20e3",
        "◌\u0304",
        "नमस्ते",
    ],
)
def test_marks_that_letters_have_pass(text: str) -> None:
    assert [*invisible(text), *in_entities(text)] == []


OVER_LINES = {
    "plain": "a: 甲\n  乙，\n  丙 x\n  y\n",
    "in double quotes": 'a: "甲\n  乙，\n\n  丙 x\n  y"\n',
    "in single quotes": "a: '甲\n  乙，\n  丙 x\n  y'\n",
    "folded": "a: >-\n  甲\n  乙，\n  丙 x\n  y\n",
    "as it is": "a: |\n  甲\n  乙，\n  丙\n",
    "in brackets": "a: [甲\n  乙，\n  丙 x\n  y]\n",
    "below its key": "a:\n  甲\n  乙，\n  丙 x\n  y\n",
}


@pytest.mark.parametrize("text", OVER_LINES.values(), ids=OVER_LINES)
def test_chinese_over_lines_is_joined_without_a_space(text: str) -> None:
    document, problems = parse(text + "b: 丁\n", "a.yml")
    value = document.data["a"]
    assert problems == []
    expected = "甲乙，丙 x y" if "x" in text else "甲乙，丙"
    assert (value[0] if isinstance(value, list) else str(value).strip()) == expected
    assert document.data["b"] == "丁"


def test_a_null_is_nothing_and_the_word_in_quotes_is_text() -> None:
    document, _ = parse("a: ~\nb: null\nc: NULL\nd: '~'\ne:\nf: nullify\n", "a.yml")
    assert document.data == {"a": "", "b": "", "c": "", "d": "~", "e": "", "f": "nullify"}


@given(st.lists(st.text("ab#:, -乙“", min_size=1), min_size=1, max_size=3))
@example(["a #b"])
@example(["a", "#b"])
@example(["a: b"])
def test_of_a_value_without_quotes_nothing_is_lost(lines: list[str]) -> None:
    typed = "\n  ".join(["a", *lines])
    document, problems = parse(f"k: {typed}\nz: end\n", "a.yml")
    if not problems:
        assert "".join(str(document.data["k"]).split()) == "".join(typed.split())
        assert document.data["z"] == "end"


@given(
    st.sampled_from(["|", "|-", "|+", ">", ">-", ">+"]),
    st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["甲", "b #c", "#d", "# 乙", ""])), max_size=5),
)
@example("|", [(4, "甲"), (2, "# 乙"), (4, "甲")])
@example(">-", [(4, "甲"), (0, "# 乙")])
def test_of_a_block_of_text_nothing_is_lost_or_published_unmeant(
    head: str, lines: list[tuple[int, str]]
) -> None:
    typed = "".join(f"{' ' * indent}{words}\n" for indent, words in lines)
    document, problems = parse(f"a:\n  zh: {head}\n{typed}  en: end\n", "a.yml")
    if not problems:
        text, below = document.data["a"]["zh"], [line for _, line in lines]  # type: ignore[call-overload, index]
        meant = "".join(line for line in below if not line.startswith("#"))
        assert "".join(text.split()) == "".join(meant.split())
        assert document.data["a"]["en"] == "end"  # type: ignore[call-overload, index]
        assert all(indent <= 2 for indent, line in lines if line.startswith("#"))


IN_BLOCKS = [case for case in cases("strict_yaml") if "comment-in-block" in case.text]


@pytest.mark.parametrize("case", IN_BLOCKS, ids=name)
def test_a_comment_moved_out_of_a_block_as_its_message_says_is_one(case: Case) -> None:
    [problem] = parse(case.text, "a.yml")[1]
    typed = case.text.splitlines()
    moved = typed.pop(problem.at.line - 1).strip()
    above = problem.example.partition("\n")[2]
    document, problems = parse("\n".join([*typed, ""]).replace(f"\n{above}", f"\n{problem.example}"), "a.yml")
    assert problems == []
    assert moved not in str(document.data)
    assert "甲" in str(document.data)


def test_a_comment_in_a_block_of_front_matter_is_told_at_its_line_of_the_file() -> None:
    problems: list[Diagnostic] = []
    split(b"---\ntitle: a\nsummary: >\n  b\n  # c\n---\n\n# D\n", "a.md", problems)
    assert places(problems) == ["a.md:5:3 [comment-in-block]"]


def test_a_tab_in_a_text_block_is_not_blamed_for_a_later_mistake() -> None:
    _, problems = parse("a: |\n  x\n  \ty\nb: 'c\n", "a.yml")
    assert places(problems) == ["a.yml:4:4 [yaml-quotes]"]
