"""Texts under the bounds of a page of which what reads them could take ever longer: each is judged in two seconds."""

from __future__ import annotations

import pytest

from gazette.content.front_matter import MOST_CHARACTERS, MOST_DIGITS, MOST_INDENT, MOST_LINES, MOST_MARKS
from tests.attacks.tally import Tally, sampled
from tests.attacks.test_prose_html import checked, content_of, outcome
from tests.conftest import Project

FOR_THE_SAMPLE = 12
_CHARACTERS = MOST_CHARACTERS - 10

NUMBERS = tuple(
    one * min(_CHARACTERS // len(one), MOST_DIGITS // max(1, sum(map(str.isdigit, one))))
    for one in (
        "1",
        "1 ",
        "300 ",
        "1万",
        "3至5",
        "1小时",
        "%5",
        "1,",
        "五" * 9 + "1",
        "1381 ",
        "13800000000 ",
        "A1",
        "0531-",
    )
)
LINES = tuple(
    one * (MOST_LINES // one.count("\n"))
    for one in ("-\n", "- a\n", "- - a\n", "1. a\n", "1.\n", "---\n", "- - -\n", "a\n- b\n", "a\n---\n\n", "  - a\n", "\ta\n\n")
)  # fmt: skip
NESTED = tuple(
    "".join("".join(f"{mark * depth}{last}a\n" for depth in range(1, 28)) + "\n" for _ in range(times))
    for mark, last, times in (("- ", "", 38), ("  ", "1. ", 26), ("  ", "- ", 34))
)
"""Blocks of lists as deep as a line may be: few lines, and much to read anew for their right form."""
REFUSED = tuple(
    one * 490
    for one in ("<!-- -->\n", "甲<!-- a -->\n\n", '<b id=" ">x</b>\n\n', "[a](//b.cn)\n\n", "<x>\n\n")
)
MARKS = ("<![CDATA[\n" * (MOST_MARKS // 2), "[^a]:\n" * 900, "五" * 5000 + "1")
DEEP = (
    "- " * MOST_INDENT + "a",
    "> " * 40 + "a",
    " " * 70 + "- a",
    "1. " * 30 + "a",
    "- a\n" + " " * 80 + "- b",
)


def test_no_text_takes_long(small: Project, tally: Tally, request: pytest.FixtureRequest) -> None:
    content = content_of(small({}))
    tried = sampled([*NUMBERS, *LINES, *NESTED, *REFUSED, *MARKS, *DEEP], FOR_THE_SAMPLE, request.config)
    tally("slow prose", [(repr(text[:40]), outcome(content, text)) for text in tried])


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("甲\n\n" * MOST_LINES, MOST_LINES, "page-of-too-many-lines"),
        (f"甲\n\n{'- ' * 33}乙", 3, "line-too-deep"),
    ],
)
def test_too_many_lines_and_levels_are_told_where_they_begin(
    small: Project, text: str, line: int, code: str
) -> None:
    told = checked(content_of(small({})), text)[0]
    assert {(found.at.line, found.code) for found in told} == {(line + 5, code)}


@pytest.mark.parametrize(
    "text", ["- 甲\n    - 乙\n        - 丙", "> > 甲", "2021\\. 甲", "1" * 70 + "年", "- - -"]
)
def test_what_is_written_ordinarily_is_not_too_deep(small: Project, text: str) -> None:
    assert "line-too-deep" not in {found.code for found in checked(content_of(small({})), text)[0]}
