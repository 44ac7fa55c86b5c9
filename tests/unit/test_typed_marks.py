"""A value of a record or of front matter holds plain words: what would be printed raw is refused, what is text is not."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.checks import check
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, mistakes, places

REFUSED = {
    "a call": ('共{{ figure("indicators/shops") }}户', "call-in-field {{"),
    "a call without spaces": ("{{plain(3)}}", "call-in-field {{"),
    "a statement": ("甲{% if x %}乙{% endif %}", "call-in-field {%"),
    "a comment": ("甲{# 乙 #}", "call-in-field {#"),
    "half a call": ("甲 }} 乙", "call-in-field }}"),
    "emphasis": ("这是*重点*。", "markup-in-field *"),
    "strong emphasis": ("这是**重点**。", "markup-in-field **"),
    "emphasis by lines": ("这是 _重点_ 。", "markup-in-field *"),
    "emphasis of a name": ("A*B*C", "markup-in-field *"),
    "a link": ("见[报道](https://example.org)", "markup-in-field […](…)"),
    "a link in angle brackets": ("见<https://example.org>", "markup-in-field […](…)"),
    "a picture": ("![图](a.png)", "markup-in-field ![…](…)"),
    "code": ("写作`甲`", "markup-in-field `…`"),
    "a heading": ("## 甲", "markup-in-field #"),
    "a list": ("* 注", "markup-in-field -"),
    "a list of dashes": ("- 甲", "markup-in-field -"),
    "a numbered list": ("1. 甲", "markup-in-field 1."),
    "a list with brackets": ("1) 甲", "markup-in-field 1."),
    "a tag": ("甲<br>乙", "markup-in-field <…>"),
    "a pair of tags": ("H<sub>2</sub>O", "markup-in-field <…>"),
    "a script": ("<script>alert(1)</script>", "markup-in-field <…>"),
    "a comment of HTML": ("甲<!-- 乙 -->", "markup-in-field <…>"),
}
TEXT = [
    "[2021]15号", "A*B", "5 < 6", "a < b > c", "a_b_c", "<ABC公司>", "由<甲>承办", "#1 号", "-5℃", "+86 531", "3.5公里", "1、甲", "（1）甲",
    "{甲}", "{: .class }", "2021年*", "甲|乙", "[1]: x", "[^1]", "C:\\新建\\文件", "`", "**", "https://example.org/a_b_c", "A & B &amp; C", "~~甲~~",
]  # fmt: skip


def term(text: str) -> str:
    quoted = text.replace("'", "''")
    return (
        "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
        f"points:\n  - source: report\n    at: 晚报\n    text:\n      zh: '{quoted}'\n      en: 'A'\n"
    )


def found(small: Project, changes: dict[str, str | bytes | None]) -> list[Diagnostic]:
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


@pytest.mark.parametrize(("text", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_printed_raw_is_refused_in_a_record(small: Project, text: str, expected: str) -> None:
    [message] = found(small, {"data/glossary/one.yml": term(text)})
    code, mark = expected.split()
    assert places([message]) == [f"data/glossary/one.yml:9:11 [{code}]"]
    assert f"“{mark}”" in message.zh
    assert f"`{mark}`" in message.en
    assert "{{" not in message.example
    assert_in_both_languages(message)


@pytest.mark.parametrize("text", TEXT)
def test_what_is_text_to_markdown_is_text(small: Project, text: str) -> None:
    assert found(small, {"data/glossary/one.yml": term(text)}) == []


def test_front_matter_is_held_to_the_same(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: '{}'\n---\n\n甲\n"
    changes: dict[str, str | bytes | None] = {
        "docs/zh/about.md": page.format("关于", '共{{ figure("indicators/shops") }}。'),
        "docs/en/about.md": page.format("About", "It is **strong**."),
        "docs/en/news/line-opens.md": page.format("It opens", "A <b>line</b>."),
    }
    assert sorted(places(found(small, changes))) == [
        "docs/en/about.md:3:10 [markup-in-field]",
        "docs/en/news/line-opens.md:3:10 [markup-in-field]",
        "docs/zh/about.md:3:10 [call-in-field]",
    ]


def test_the_words_of_corrections_and_sums_are_held_to_the_same(small: Project) -> None:
    sums = (
        "title: {zh: '*甲*', en: A}\ntotal: services/music-line.reach\nparts: [services/music-line.reach]\n"
    )
    assert places(found(small, {"data/sums/one.yml": sums})) == ["data/sums/one.yml:1:13 [markup-in-field]"]
