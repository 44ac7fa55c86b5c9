"""What YAML an editor may write, and where each thing that is refused is reported."""

from __future__ import annotations

import pytest

from gazette.base.strict_yaml import decode, parse
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
    assert "另存为 UTF-8" in problems[0].zh
    assert "Save it as UTF-8" in problems[0].en


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
    assert places(parse("a: x\u2028 y\n", "a.yml")[1]) == ["a.yml:1:5 [control-character]"]


def test_a_byte_order_mark_does_not_shift_positions() -> None:
    _, problems = decode(b"\xef\xbb\xbfzh: x\n" + "键".encode("gbk"), "a.yml")
    assert places(problems) == ["a.yml:2:1 [encoding]"]


def test_a_tab_in_a_text_block_is_not_blamed_for_a_later_mistake() -> None:
    _, problems = parse("a: |\n  x\n  \ty\nb: 'c\n", "a.yml")
    assert places(problems) == ["a.yml:4:4 [yaml-syntax]"]
