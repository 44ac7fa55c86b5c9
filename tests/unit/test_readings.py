"""What Markdown makes of a text is what was typed, or it is refused at its line with the form that is read alike everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench import corpus
from hypothesis import given, settings
from hypothesis import strategies as some

from gazette.base.diagnostics import Diagnostic
from gazette.checks import check
from gazette.checks.markdown.outline import common_mark, published
from gazette.checks.markdown.readings import is_plain, misread_text
from gazette.checks.markdown.unwanted_blocks import unwanted
from gazette.content.calls import with_words
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import ROOT, assert_in_both_languages, mistakes, places

FIRST = 6
"""The line of the file on which the text of `page` begins."""


def page(title: str, text: str) -> str:
    return f"---\ntitle: {title}\nsummary: {title}。\n---\n\n{text}\n"


def told(small: Project, text: str) -> list[Diagnostic]:
    """What is said of a text in the Chinese file of a page."""
    content, problems = load(small({"docs/zh/about.md": page("关于", text)}))
    assert problems == []
    return sorted(misread_text(content, [content.prose["about"]]), key=lambda found: found.at.line)


READINGS = {
    "a list after a line of text": ("报道写到：\n- 甲\n- 乙", 2, "报道写到：\n\n- 甲"),
    "a numbered list after a line of text": ("报道写到：\n1. 甲\n2. 乙", 2, "报道写到：\n\n1. 甲"),
    "a list of stars after a line of text": ("报道写到：\n* 甲", 2, "报道写到：\n\n* 甲"),
    "a list in a paragraph of an item": ("- 甲\n\n    乙\n- 丙", 4, "    乙\n\n- 丙"),
    "another kind of list at once": ("- 甲\n1. 乙", 2, "- 甲\n\n1. 乙"),
    "a table after a line of text": ("数据如下：\n| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |", 2, "数据如下：\n\n| 甲 | 乙 |"),
    "a table without outer bars": ("数据如下：\n甲 | 乙\n--- | ---\n丙 | 丁", 2, "数据如下：\n\n甲 | 乙"),
    "a table after an item": ("- 数据\n| 甲 |\n| --- |\n| 丙 |", 2, "数据\n\n| 甲 |\n| --- |\n| 丙 |"),
    "a sub-list by two spaces": ("- 甲\n  - 乙\n- 丙", 2, "- 甲\n    - 乙\n- 丙"),
    "a sub-list by three spaces": ("1. 甲\n   - 乙\n2. 丙", 2, None),
    "three levels by two spaces": ("- 甲\n  - 乙\n    - 丙\n- 丁", 2, "- 甲\n    - 乙\n        - 丙\n- 丁"),
    "a paragraph of an item by three spaces": ("1. 甲\n\n   乙\n\n2. 丙", 3, "    乙"),
    "a paragraph of an item by two spaces": ("- 甲\n\n  乙\n\n- 丙", 3, "    乙"),
    "a number twice": ("1. 甲\n1. 乙", 2, "1. 甲\n2. 乙"),
    "a number left out": ("1. 甲\n3. 乙", 2, "1. 甲\n2. 乙"),
    "numbers that go down": ("3. 甲\n2. 乙", 2, "3. 甲\n4. 乙"),
    "numbers with brackets": ("1) 甲\n2) 乙", 1, "1. 甲\n2. 乙"),
    "a name in angle brackets": ("由<ABC公司>承办", 1, "由&lt;ABC公司>承办"),
    "a name in angle brackets with a space": ("由<ABC 公司>承办", 1, "由&lt;ABC 公司>承办"),
    "an unclosed block": ("<div>\n\n## 甲\n\n乙", 1, None),
    "a heading without a space": ("##背景\n\n甲", 1, "## 背景"),
    "a heading of level three without a space": ("甲\n\n###背景", 3, "### 背景"),
    "a heading without a space in a list": ("- 甲\n\n##背景", 3, "## 背景"),
    "a heading with braces": ("## 方案 {草案 一}", 1, "## 方案 \\{草案 一}"),
    "a line of braces": ("甲\n{2021 年}", 2, None),
    "a mark that makes a table of contents": ("[TOC]", 1, "\\[TOC]"),
    "an unclosed fence": ("甲\n\n```\n乙", 3, "```\n乙\n```"),
    "a fence in an item": ("- 甲\n\n    ```\n    乙\n    ```", 3, "        乙"),
    "a fence with an empty line in an item": ("- 甲\n\n    ```\n    乙\n\n    丙\n    ```\n- 丁", 3, "        乙\n\n        丙\n"),
    "a backslash before a quote": ("他说\\\"好\\\"", 1, "他说\"好\""),
    "a backslash at a line's end": ("甲\\\n乙", 1, "甲\n乙"),
    "a note that nothing refers to": ("甲[^1]\n\n[^1]: 一\n\n[^2]: 二", 5, "\\[^2]: 二"),
    "an address with spaces": ("[甲](a b c.md)", 1, "[甲](a%20b%20c.md)"),
    "a numbered list after another": ("1. 甲\n2. 乙\n\n1. 丙\n2. 丁", 4, "3. 丙\n4. 丁"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "right"), READINGS.values(), ids=READINGS)
def test_a_text_with_two_readings_is_refused_at_its_line(
    small: Project, text: str, line: int, right: str | None
) -> None:
    found = told(small, text)
    assert [message.at.line for message in found] == [FIRST + line - 1]
    [message] = found
    assert message.code in ("two-readings", "markup-unclosed", "run-on-item")
    assert_in_both_languages(message)
    if right is not None:
        assert message.example == right
    if message.code == "two-readings" and message.example:
        again = told(small, message.example)
        assert [other for other in again if other.code == "two-readings"] == []


ADJOINING = {
    "a list, a table and a list after lines of text": (
        "如下：\n- 甲\n- 乙\n\n数据：\n| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n\n又如：\n1. 丙\n2. 丁",
        [2, 6, 11],
    ),
    "sub-lists of several lists": ("- 甲\n  - 乙\n\n1. 丙\n  - 丁\n\n文字\n\n- 戊\n  - 己", [2, 5, 10]),
    "headings without a space, and names": ("##背景\n\n由<ABC公司>承办\n\n###经过\n\n文字\n- 甲\n\n##结果", [1, 3, 5, 8, 10]),
    "numbers, a paragraph of an item, another list": (
        "1. 甲\n1. 乙\n\n文字\n\n1. 丙\n\n   丁\n\n2. 戊\n\n文字\n\n- 己\n1. 庚",
        [2, 8, 15],
    ),
    "brackets, braces and a mark": ("1) 甲\n2) 乙\n\n## 方案 {草案 一}\n\n[TOC]\n\n他说\\\"好\\\"\n\n文字\n* 丙", [1, 4, 6, 8, 11]),
    "items that run on, after a list that does": ("如下：\n- 甲\n\n又如：\n1、乙\n2、丙\n\n数据：\n甲 | 乙\n--- | ---\n丙 | 丁", [2, 5, 9]),
    "more lines of a paragraph than a message shows": ("- 甲\n- 乙\n- 丙\n- 丁\n- 戊\n- 己\n- 庚\n  - 辛\n\n##壬", [8, 10]),
    "numbered lists side by side": ("1) 甲\n2) 乙\n\n1. 丙\n1. 丁\n\n1. 戊", [1, 4, 7]),
    "a range of years after a line of text": ("正文\n2021. 年度\n2022、年度\n1、甲", [2]),
    "calls between": ('如下：\n- {{ figure("indicators/shops") }}\n\n{{ chart("day", "services/music-line") }}\n\n又如：\n1. 甲', [2, 7]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "lines"), ADJOINING.values(), ids=ADJOINING)
def test_adjoining_mistakes_are_all_told_at_once_and_mended_as_each_is_told(
    small: Project, text: str, lines: list[int]
) -> None:
    found = told(small, text)
    assert [message.at.line - FIRST + 1 for message in found] == lines
    mended = text.split("\n")
    for message in found:
        mended = with_form(mended, message.example.split("\n"))
    assert told(small, "\n".join(mended)) == []


def test_notes_that_are_not_there_are_told_once_for_a_paragraph(small: Project) -> None:
    one, other = "甲[^1]乙[^注 释]\n丙[^1]", "1. 丁[^2]\n2. 戊[^1]"
    found = told(small, f"{one}\n\n己[^1]\n\n{other}")
    assert [message.at.line - FIRST + 1 for message in found] == [1, 6]
    assert found[0].example == "甲[^1]乙[^注释]\n丙[^1]\n\n[^1]: …\n\n[^注释]: …"
    assert told(small, f"{found[0].example}\n\n己[^1]\n\n{other}\n\n[^2]: …") == []


def test_a_right_form_has_the_calls_of_its_lines(small: Project) -> None:
    shops, day = '{{ figure("indicators/shops") }}', "{{ label('day') }}"
    found = told(small, f"{shops}\n\n# {day}一\n\n{day}如下：\n1、{shops}\n2、{day}二")
    assert [message.example for message in found] == [f"## {day}一", f"{day}如下：\n\n1. {shops}\n2. {day}二"]


def with_form(lines: list[str], form: list[str]) -> list[str]:
    """Some lines, with a right form in the place of those that say the same."""
    same = [letters(line) for line in form if line]
    [start] = [
        start
        for start in range(len(lines) - len(same) + 1)
        if [letters(line) for line in lines[start : start + len(same)]] == same
    ]
    return [*lines[:start], *form, *lines[start + len(same) :]]


def letters(line: str) -> str:
    return re.sub(r"&lt;|[\W\d]", "", line)


UNWANTED = {
    "a second title": ("# 背景\n\n甲", "second-title 1", "## 背景"),
    "a second title after text": ("甲\n\n# 背景", "second-title 3", "## 背景"),
    "a second title with a closing mark": ("# 背景 #", "second-title 1", "## 背景"),
    "a second title in an item": ("- # 背景", "second-title 1", "## 背景"),
    "a title underlined": ("背景\n====\n\n甲", "underlined-heading 1", "## 背景"),
    "a heading underlined": ("背景\n----\n\n甲", "underlined-heading 1", "## 背景"),
    "a rule below a text": ("甲\n\n乙\n---", "underlined-heading 3", "## 乙"),
    "a heading of two lines": ("背景\n说明\n---", None, ""),
    "a year": ("2021. 年度工作", "list-from-a-year 1", "2021\\. 年度工作"),
    "a year after a paragraph": ("甲\n\n2020. 年度工作", "list-from-a-year 3", "2020\\. 年度工作"),
    "a year in an item": ("- 甲\n\n    2020. 年度工作", "list-from-a-year 3", "    2020\\. 年度工作"),
    "a number of a document": ("10086. 号", "list-from-a-year 1", "10086\\. 号"),
    "a cell too many": ("| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 | 戊 |", "cells-cut 3", "| 丙 | 丁 \\| 戊 |"),
    "a cell too many without outer bars": ("甲 | 乙\n--- | ---\n丙 | 丁 | 戊", "cells-cut 3", "丙 | 丁 \\| 戊"),
    "a bar in a cell": ("| 甲 |\n| --- |\n| 乙|丙 |", "cells-cut 3", "| 乙\\|丙 |"),
    "a note that is a definition": ("[注]: 说明", "unused-definition 1", "\\[注]: 说明"),
    "a number that is a definition": ("甲\n\n[1]: 报道", "unused-definition 3", "\\[1]: 报道"),
    "items of a letter": ("1、甲\n2、乙", "run-on-item 2", "1. 甲\n2. 乙"),
    "items with full-width brackets": ("1）甲\n2）乙", "run-on-item 2", "1. 甲\n2. 乙"),
    "items after a line of text": ("如下：\n1、甲\n2、乙", "run-on-item 2", "如下：\n\n1. 甲\n2. 乙"),
    "a list from two after a line of text": ("甲\n2. 乙", "run-on-item 2", "甲\n\n2. 乙"),
    "a year after a line of text": ("正文\n2021. 年度", "run-on-item 2", "正文\n\n2021\\. 年度"),
    "a year of a letter after a line of text": ("正文\n2021、年度", "run-on-item 2", "正文\n\n2021、年度"),
    "a note that is not there": ("甲[^1]\n乙", "undefined-note 1", "甲[^1]\n乙\n\n[^1]: …"),
    "a note that is not there in a table": ("| 甲[^1] |\n| --- |\n| 乙 |", "undefined-note 1", "| 甲[^1] |\n| --- |\n| 乙 |\n\n[^1]: …"),
    "hashes of full width": ("＃＃ 背景", "unread-mark 1", "## …"),
    "one hash of full width": ("甲\n\n＃背景", "unread-mark 3", "## …"),
    "hashes of both widths": ("#＃ 背景", None, ""),
    "bars of full width": ("｜甲｜乙｜\n｜--｜--｜", "unread-mark 1", "|甲|乙|"),
    "one bar of full width": ("| 甲 ｜ 乙 |\n| --- | --- |", None, ""),
    "a link with full-width parentheses": ("[字]（url）", "unread-mark 1", "[字](url)"),
    "a link to a page with full-width parentheses": ("见[字]（../about.md）", "unread-mark 1", "[字](../about.md)"),
    "a link with full-width brackets": ("［字］(https://example.org)", "unread-mark 1", "[字](https://example.org)"),
    "a link with corner brackets": ("【字】(about.md)", "unread-mark 1", "[字](about.md)"),
    "a picture with a full-width mark": ("！[图](a.png)", "unread-mark 1", "![图](a.png)"),
    "a quotation of full width": ("＞ 甲", "unread-mark 1", "> …"),
    "stars of full width": ("＊＊甲＊＊", "unread-mark 1", "**甲**"),
    "a dash of full width": ("－ 甲", "unread-mark 1", "- …"),
    "what is struck out": ("重~~甲~~乙", "mark-of-others 1", "<del>甲</del>"),
    "what is marked": ("重==甲==乙", "mark-of-others 1", "<mark>甲</mark>"),
    "what is marked in HTML": ("<p>==甲==</p>", "mark-of-others 1", "<mark>甲</mark>"),
    "an admonition": ("甲\n\n!!! note \"标题\"\n    乙", "mark-of-others 3", "> …"),
    "an admonition that opens": ("??? tip\n\n甲", "mark-of-others 1", "> …"),
    "a fence of colons": ("::: note\n甲", "mark-of-others 1", "> …"),
    "a table of contents": ("[toc]", "mark-of-others 1", "## …"),
    "a task": ("- [ ] 甲\n- [x] 乙", "mark-of-others 1", "- …"),
    "a task within a list": ("- 甲\n    - [x] 乙", "mark-of-others 2", "- …"),
    "a task without a list": ("[ ] 甲", "mark-of-others 1", "- …"),
    "an abbreviation": ("*[HTML]: 标记\n\nHTML", "mark-of-others 1", '<abbr title="标记">HTML</abbr>'),
    "bullets": ("• 甲\n• 乙", "unread-mark 1", "- …"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "right"), UNWANTED.values(), ids=UNWANTED)
def test_what_is_not_read_as_it_was_meant_is_refused_at_its_line(
    small: Project, text: str, expected: str | None, right: str
) -> None:
    found = told(small, text)
    assert len(found) == 1
    [message] = found
    if expected is not None:
        assert f"{message.code} {message.at.line - FIRST + 1}" == expected
        assert message.example == right
    assert_in_both_languages(message)
    assert told(small, right.replace("…", "甲")) == []


@pytest.mark.parametrize(
    ("text", "line", "mark"),
    [
        ("甲[^1]乙[^1]\n\n[^1]: 一\n\n[^1]: 二", 5, "[^1]"),
        ("甲[^1]\n\n- 乙\n\n    [^1]: 一\n\n> [^1]: 二", 7, "[^1]"),
        ("[甲][a]、[乙][A]\n\n[a]: about.md\n[A]: index.md", 4, "[A]"),
        ("[甲][a b]\n\n[a b]: about.md\n\n[A  B]:\nindex.md", 5, "[A  B]"),
    ],
)
def test_a_name_that_is_defined_twice_is_told_at_the_second(
    small: Project, text: str, line: int, mark: str
) -> None:
    [message] = told(small, text)
    assert (message.code, message.at.line - FIRST + 1) == ("defined-twice", line)
    assert f"“{mark}”" in message.zh
    assert_in_both_languages(message)


@pytest.mark.parametrize("text", ["甲\n\n[^1]:     ", "1.\n[^1]:     ", "甲\n\n[^1]: [^2]: 乙"])
def test_a_text_on_which_the_parser_breaks_down_is_told(small: Project, text: str) -> None:
    [message] = told(small, text)
    assert message.code == "unreadable-markdown"
    assert message.at.line == FIRST + text.count("\n")
    assert_in_both_languages(message)


PIECES = (
    "甲", "乙。", "a", "1", "2021", "1.", "2)", "、", "##", "#", "-", "- ", "\n- ", "*", "**", "_", "+", ":", "=", "---", "[字](a.md)", "(", "“", "．",
    "·", "/", ",", "%", "'", '"', "@", "[", "]", "\u3000", "\t", " ", "  ", "\n", "\n\n", "\n## ", "https://example.org/a_b",
)  # fmt: skip


@settings(max_examples=300)
@given(some.lists(some.sampled_from(PIECES), max_size=9).map("".join).filter(is_plain))
def test_a_text_that_is_known_at_a_look_has_one_reading(text: str) -> None:
    reading = common_mark(text)
    assert [block.said for block in published(text)] == [block.said for block in reading.blocks]
    assert [*unwanted(text, reading)] == []


GOOD = {
    "a number after a paragraph": "1. 甲\n\n乙\n\n2. 丙",
    "emphasis beside Chinese punctuation": "**注意：**正文，*“甲”*乙",
    "a number of a document": "[2021]15号，〔2021〕15号，[注]（2021）",
    "signs that are text": "5 < 6，A*B，a_b，#1，甲|乙，{甲}，~30~，2021.6.1",
    "a link after an exclamation": "请看！[说明](about.md)",
    "signs that look like marks of others": "~30~，3~~5，谢谢~~，若a==1且b==2，a == b，好!!! note，C::D，*[甲](about.md)*：乙，![ ](../assets/a.png)",
    "marks of others in code": "`~~甲~~`\n\n```\n!!! note\n[toc]\n- [ ] 甲\n```\n\n正文：\n\n    ==甲==\n    ＊＊乙＊＊\n\n~~~\n甲\n~~~",
    "marks of others in calls": '{{ plain("~~甲~~") }}',
    "items of two marks": "* 甲\n* 乙\n\n- 丙",
    "a paragraph of an item": "1. 甲\n\n    乙\n\n2. 丙",
    "a sub-list": "- 甲\n    - 乙\n        1. 丙\n- 丁",
    "notes in the order they are read": "甲[^1]乙[^2]\n\n[^2]: 二\n\n[^1]: 一",
    "a term and what it means": "甲\n:   乙\n\n    丙",
    "an anchor": "## 甲 {#a}\n\n## 乙 {: #b title=\"丁\" }\n\n[丙](#a){: title=\"戊\" }",
    "a first item of a letter": "1、甲",
    "an indent of a letter": "\u3000\u3000正文。",
    "a line break": "甲  \n乙",
    "a quotation": "> 甲\n>\n> - 乙",
    "code": "`＃＃`、`<ABC公司>`\n\n```\n｜甲｜\n1) 乙\n```",
    "calls": '共{{ figure("indicators/shops") }}：\n\n{{ chart("day", "services/music-line") }}\n\n- {{ link("services/music-line") }}',
    "a comment between paragraphs": "甲\n\n{# 注\n释 #}\n\n乙",
    "a definition that is used": "[甲][1]、[乙]\n\n[1]: about.md\n\n[乙]: https://example.org/",
    "a bar in a cell": "| 甲 |\n| --- |\n| 乙\\|丙 |",
    "notes of names that differ": "甲[^a]乙[^A]\n\n[^a]: 一\n\n[^A]: 二",
    "definitions that are code": "甲[^1]\n\n[^1]: 一\n\n```\n[^1]: 二\n```\n\n乙\n\n    [^1]: 三",
    "notes that are text": "`[^1]`、\\[^2]",
    "attributes and signs in HTML": "<div title=\"a*b*c\">A*B、5 < 6、#1、甲|乙、{甲}、a_b、[注]、C:\\新建</div>",
    "code in HTML": "<div>\n<code>a*b*c</code>\n<pre>\n## 甲\n</pre>\n</div>",
    "paragraphs of HTML": "<details>\n<summary>甲 &amp; 乙</summary>\n\n<p>丙<br>  \n丁 &#42;戊&#42;</p>\n\n</details>",
    "calls in HTML": '<p>共{{ figure("indicators/shops") }}、{{ link("services/music-line") }}</p>',
    "Markdown beside HTML that is no block": "<b>甲</b>**乙**，H<sub>2</sub>O*丙*\n\n- <b>甲**乙**</b>",
    "HTML in code": "```\n<div>**甲**</div>\n```\n\n`<p>*甲*</p>`\n\n    <p>[字](a.md)</p>",
}  # fmt: skip


@pytest.mark.parametrize("text", GOOD.values(), ids=GOOD)
def test_a_text_that_is_read_alike_passes(small: Project, text: str) -> None:
    assert told(small, text) == []


HTML = {
    "a link in a summary": (
        "<details><summary>见⟦[字](news/line-opens.md#a)⟧</summary>甲</details>",
        '见<a href="../news/line-opens/#a">字</a>',
    ),
    "a link to the home page": ("<p>⟦[字](index.md)⟧</p>", '<a href="../">字</a>'),
    "a link to another site": ("<p>⟦[字](https://example.org/)⟧</p>", '<a href="https://example.org/">字</a>'),
    "an address": ("<p>⟦<https://example.org/>⟧</p>", '<a href="https://example.org/">https://example.org/</a>'),
    "a link by a definition": ("<p>⟦[字]⟧</p>\n\n见[字]。\n\n[字]: https://example.org/", '<a href="https://example.org/">字</a>'),
    "a picture": ("<div>⟦![图](../assets/a.png)⟧</div>", '<img src="../assets/a.png" alt="图" />'),
    "emphasis": ("<p>甲⟦*乙*⟧</p>", "甲<em>乙</em>"),
    "emphasis that only one parser knows": ("<div>⟦**注意：**正文⟧</div>", "<strong>注意：</strong>正文"),
    "emphasis over a tag": ("<div>⟦**甲<br>乙**⟧</div>", "<strong>甲<br>乙</strong>"),
    "code": ("<p>A*B ⟦`c`⟧</p>", "A*B <code>c</code>"),
    "a backslash": ("<p>a⟦\\*b⟧</p>", "a*b"),
    "a heading": ("<div>⟦## 甲⟧</div>", "<h2>甲</h2>"),
    "a heading without a space": ("<div>⟦##甲⟧</div>", "<h2>甲</h2>"),
    "a list": ("<div>\n⟦- 甲\n- 乙⟧\n</div>", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>"),
    "a list after an empty line": ("<div>\n\n⟦- 甲⟧\n\n</div>", "<ul>\n<li>甲</li>\n</ul>"),
    "a list in a paragraph": ("<p>⟦- 甲⟧</p>", "&#45; 甲"),
    "a number": ("<table><tr><td>⟦3. 甲⟧</td></tr></table>", '<ol start="3">\n<li>甲</li>\n</ol>'),
    "a cell of a table": ("<table>\n<tr>\n<td>⟦**甲**⟧</td>\n<td>乙</td>\n</tr>\n</table>", "<strong>甲</strong>"),
    "a note": ("<div>甲⟦[^1]⟧</div>\n\n乙[^1]\n\n[^1]: 丙", "甲（…）"),
    "attributes": ("<p>甲⟦{: .a }⟧</p>", "甲&#123;: .a }"),
    "a mark of the parser": ("<div>⟦[TOC]⟧</div>", "&#91;TOC]"),
    "after an empty line": ("<details>\n<summary>甲</summary>\n\n⟦**乙**⟧\n\n</details>", "<strong>乙</strong>"),
    "after an empty line and an indent": ("<div>\n\n  ⟦**乙**⟧\n\n</div>", "<strong>乙</strong>"),
    "after a block on its line": ("<div>甲</div> ⟦**乙**⟧", "<strong>乙</strong>"),
    "in an item": ("- <div>⟦**甲**⟧</div>", "<strong>甲</strong>"),
    "after a line break": ("<br>\n⟦**甲**⟧", "<br>\n<strong>甲</strong>"),
    "a tag that is alone on its line": ("<ins>\n⟦**甲**⟧\n</ins>", "<ins>\n<strong>甲</strong>\n</ins>"),
    "calls": ('<p>⟦[{{ label("day") }}](about.md)⟧</p>', '<a href="./">{{ label("day") }}</a>'),
    "beside the same in code": ("```\n<p>*甲*</p>\n```\n\n<p>⟦*甲*⟧</p>", "<em>甲</em>"),
}  # fmt: skip


@pytest.mark.parametrize(("marked", "right"), HTML.values(), ids=HTML)
def test_markdown_in_html_is_refused_where_it_stands_with_the_html_for_it(
    small: Project, marked: str, right: str
) -> None:
    text = re.sub("[⟦⟧]", "", marked)
    [message] = told(small, text)
    before = marked[: marked.index("⟦")]
    line, column = before.count("\n"), len(before) - before.rfind("\n")
    assert (message.code, message.example) == ("markdown-in-html", right)
    assert (message.at.line, message.at.column) == (FIRST + line, column)
    assert_in_both_languages(message)
    inner = marked[marked.index("⟦") + 1 : marked.index("⟧")]
    whole = next(part for part in (right.split("<")[0] + inner, f"<br>\n{inner}", inner) if part in text)
    assert told(small, text.replace(whole, right)) == []


def test_each_part_of_html_that_has_markdown_is_told_once(small: Project) -> None:
    found = told(small, "<div>\n\n- 甲\n    - 乙\n\n**丙** *丁*\n\n</div>\n\n- 甲\n  - 乙")
    assert [(message.code, message.at.line - FIRST + 1) for message in found] == [
        ("markdown-in-html", 3),
        ("markdown-in-html", 6),
        ("two-readings", 11),
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,a"])
def test_an_address_that_runs_is_told_as_such(small: Project, address: str) -> None:
    for text in (f"[甲]({address})", f"[甲][a]\n\n[a]: {address}"):
        assert [message.code for message in told(small, text)] == ["markup-link"]


def test_both_readings_are_told_in_words(small: Project) -> None:
    [message] = told(small, "- 甲\n  - 乙")
    assert "发布时读作列表项“乙”，通用的 Markdown 读作第 2 层的列表项“乙”" in message.zh
    assert "published as a list item `乙`, and common Markdown has a list item at depth 2 `乙`" in message.en


def test_both_languages_of_a_page_are_read_and_a_mistake_is_told_once(small: Project) -> None:
    text = "The <ABC公司>.\n\nThen.\n\nIt says\n- one\n\n<script></script>"
    content, problems = load(small({"docs/en/about.md": page("About", text)}))
    assert problems == []
    assert places(mistakes(check(content))) == [
        "docs/en/about.md:6:1 [two-readings]",
        "docs/en/about.md:11:1 [two-readings]",
        "docs/en/about.md:13:1 [markup-tag]",
    ]


@pytest.mark.parametrize("zone", ["small", "sample", "full", "empty", "checkout", "synthetic"])
def test_the_two_readings_of_every_document_are_one(zone: str, tmp_path: Path) -> None:
    if zone == "synthetic":
        root = corpus.make(60, tmp_path / "made").project
    else:
        root = ROOT if zone == "checkout" else ROOT / "tests" / "zones" / zone
    content, problems = load(root)
    assert problems == []
    bodies = [body for prose in content.prose.values() for body in prose.bodies.values()]
    assert bodies
    for body in bodies:
        made = with_words(body, "\n\nword\n\n", "word")
        assert made is not None
        ours, other = published(made.text), common_mark(made.text).blocks
        assert [block.said for block in ours] == [block.said for block in other], body.path
    assert [*misread_text(content, [*content.prose.values()])] == []
