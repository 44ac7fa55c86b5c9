"""The calls of a text: which there are and where, and what is said of one that is not written right."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.calls import PAGE_CALLS, Call, calls, example, faults, parsed, with_words, without_calls
from gazette.content.front_matter import Markdown
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, places

FOUND = {
    "a call": ('共{{ figure("a") }}户', ["5:2 figure a"]),
    "over two lines": ('甲\n{{ link("b",\n  "字") }}', ["6:1 link b"]),
    "without spaces": ('{{figure("a")}}{{plain("}} {{")}}', ["5:1 figure a", "5:16 plain }} {{"]),
    "all that a chart is of": ('{{ chart("apart", "a", "b") }}', ['5:1 chart apart", "a", "b']),
    "a field": ('{{ get("a").title.zh }}', ["5:1 get a"]),
    "in a code span": ('写作`{{ figure("a") }}`的是{{ figure("b") }}', ["5:24 figure b"]),
    "in a code span of two ticks": ('``{{ figure("`") }}`` {{ plain("b") }}', ["5:23 plain b"]),
    "in a fence": ('```\n{{ figure("a") }}\n```\n{{ figure("b") }}', ["8:1 figure b"]),
    "in a fence of tildes": ('~~~\n{{ figure(“a”) }}\n~~~\n', []),
    "between ticks of two paragraphs": ('甲`乙\n\n{{ figure("a") }}`丙', ["7:1 figure a"]),
    "after an escaped tick": ('\\`{{ figure("a") }}`', ["5:3 figure a"]),
    "in a comment": ('{# {{ figure("a") }} #}{{ figure("b") }}', ["5:24 figure b"]),
    "after an anchor": ('## 甲 {#id}\n\n{{ figure("a") }} #}', ["7:1 figure a"]),
    "braces that are text": ("集合{1, 2}、{甲}、f(x) {x(1)}", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND.values(), ids=FOUND)
def test_each_call_is_found_with_its_place(text: str, expected: list[str]) -> None:
    found = calls(Markdown("a.md", text, 5))
    assert [f"{at.line}:{at.column} {call.name} {call.argument}" for call, at in found] == expected


RIGHT = '{{ figure("indicators/shops") }}'
WRONG = {
    "curly quotes": ("共{{ figure(“indicators/shops”) }}户", "call-punctuation 12", RIGHT),
    "one curly quote": ('共{{ figure("indicators/shops”) }}户', "call-punctuation 29", RIGHT),
    "corner quotes of Chinese": ("共{{ figure(「indicators/shops」) }}户", "call-punctuation 12", RIGHT),
    "single curly quotes": ("共{{ figure(‘indicators/shops’) }}户", "call-punctuation 12", RIGHT),
    "full-width parentheses": ('共{{ figure（"indicators/shops"） }}户', "call-punctuation 11", RIGHT),
    "a full-width comma": ('{{ link("services/music-line"，"甲") }}', "call-punctuation 30", '{{ link("services/music-line", "甲") }}'),
    "full-width braces": ('共｛｛ figure("indicators/shops") ｝｝户', "call-braces 2", RIGHT),
    "a full-width brace": ('共{｛ figure("indicators/shops") }}户', "call-braces 2", RIGHT),
    "single braces": ('共{ figure("indicators/shops") }户', "call-braces 2", RIGHT),
    "a brace too few at the end": ('共{{ figure("indicators/shops") }户', "call-braces 2", RIGHT),
    "a brace too few at the start": ('共{ figure("indicators/shops") }}户', "call-braces 2", RIGHT),
    "three braces": ('共{{{ figure("indicators/shops") }}}户', "call-braces 2", RIGHT),
    "unclosed": ('共{{ figure("indicators/shops") 户', "call-unclosed 2", RIGHT),
    "unclosed at the end": ('共{{ figure("indicators/shops")', "call-unclosed 2", RIGHT),
    "only begun": ("共{{ figure", "call-unclosed 2", ""),
    "only ended": ("共figure }}户", "call-unclosed 9", ""),
    "an unclosed statement": ("共{% if 户", "call-unclosed 2", ""),
    "an unclosed quote": ('共{{ figure("indicators/shops) }}户', "call-form 2", RIGHT),
    "a parenthesis twice": ('共{{ figure(("indicators/shops") }}户', "call-form 2", RIGHT),
    "a quote among the words": ('{{ link("services/music-line", "甲"乙") }}', "call-form 1", ""),
    "a quote swapped with a letter": ('{{ link("services/music-lin"e) }}', "call-form 1", ""),
    "no quotes": ("共{{ figure(indicators/shops) }}户", "not-for-pages 2", ""),
    "no parentheses": ('共{{ figure "indicators/shops" }}户', "call-form 2", ""),
    "nothing": ("共{{ }}户", "not-for-pages 2", ""),
    "dashes that would take spaces away": ('共 {{- figure("indicators/shops") -}} 户', "call-form 3", RIGHT),
    "a name near to one": ('共{{ figur("indicators/shops") }}户', "no-such-call 2", RIGHT),
    "a name with a capital": ('共{{ Figure("indicators/shops") }}户', "no-such-call 2", RIGHT),
    "a plural": ('{{ links("services/music-line") }}', "no-such-call 1", '{{ link("services/music-line") }}'),
    "no argument": ("{{ figure() }}", "call-arguments 1", example("figure")),
    "a number for an id": ("{{ link(3) }}", "call-arguments 1", example("link")),
    "a comment without a space": ("甲{#给编辑看的#}", "comment-form 2", ""),
    "an unclosed comment": ("甲{# 给编辑看的", "comment-form 2", ""),
    "the end of a comment": ("甲 给编辑看的 #}", "comment-form 9", ""),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "right"), WRONG.values(), ids=WRONG)
def test_a_call_that_is_not_right_is_refused_at_its_place_with_the_right_form(
    text: str, expected: str, right: str
) -> None:
    body = Markdown("a.md", f"甲\n\n{text}\n", 5)
    [found] = faults(body)
    assert (found.at.line, f"{found.code} {found.at.column}") == (7, expected)
    assert_in_both_languages(found)
    if right:
        assert found.example == right
    if found.example.startswith("{{"):
        assert isinstance(parsed(found.example.strip("{}")), Call)
    assert calls(body) == []
    assert without_calls(text) != text
    assert with_words(body, "", "") is None


def test_the_nearest_name_is_named() -> None:
    [found] = faults(Markdown("a.md", '{{ figurs("a") }}', 1))
    assert "Do you mean `figure`?" in found.en


@pytest.mark.parametrize("name", PAGE_CALLS)
def test_the_right_form_of_each_call_is_one(name: str) -> None:
    assert isinstance(parsed(example(name).strip("{}")), Call)


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nsummary: {title}。\n---\n\n{text}\n"


def test_every_wrong_call_of_a_page_is_told_at_once(small: Project) -> None:
    text = '{{ figure("services/music-lin.reach") }}，{{ date("services/music-line.sinse") }}，{{ get("services/music-line").sumary }}'
    with pytest.raises(ContentError) as caught:
        render_site(small({"docs/zh/about.md": page("关于", text), "docs/en/about.md": page("About", text)}))
    assert [place for place in places(caught.value.diagnostics) if "zh" in place] == [
        "docs/zh/about.md:6:1 [no-such-record]",
        "docs/zh/about.md:6:42 [no-such-field]",
        "docs/zh/about.md:6:82 [no-such-field]",
    ]
    assert "Do you mean `summary`?" in caught.value.diagnostics[2].en


def test_what_stands_in_code_is_shown_and_a_comment_is_not_published(small: Project) -> None:
    text = (
        '写作`{{ figure("indicators/shops") }}`。{# 147家 <script> {{ nothing }} #}\n\n```\n{% if %}\n```\n\n'
        "甲\n{# 一行注释\n两行 #}\n乙"
    )
    made = render_site(
        small({"docs/zh/about.md": page("关于", text), "docs/en/about.md": page("About", text)})
    ).markdown["zh/about.md"]
    assert '写作`{{ figure("indicators/shops") }}`。\n\n```\n{% if %}\n```\n\n甲\n乙\n' in made
