"""Numbers typed by hand: those that measure something are caught, in both languages; names and years are free."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.checks import check
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, mistakes, places, table

Changes = dict[str, str | bytes | None]
EVIDENCE = "evidence: [{source: report, at: 晚报}]\n"
FIGURE = (
    "title: {{zh: 甲, en: A}}\nsummary: {{zh: 甲, en: A}}\ngroup: business\nperiod: to_date\n"
    "as_of: {{date: 2021, basis: inferred}}\nfigure: {{value: {0}, unit: {1}, source: report, at: {0}}}\n"
)
RECORDS: Changes = {
    "data/units/firm.yml": "zh: 家\nen: {one: firm, other: firms}\n",
    "data/units/cny.yml": "zh: 元\nen: {before: RMB}\n",
    "data/units/measure.yml": "zh: 条\nen: {one: measure, other: measures}\n",
    "data/units/kilometre.yml": "zh: 公里\nen: {one: km, other: km}\n",
    "data/indicators/contracts.yml": FIGURE.format("1.28亿", "cny"),
    "data/indicators/funds.yml": FIGURE.format("1544万", "cny"),
    "data/policies/industry-17.yml": "title: {zh: 工业17条, en: 17 Measures for Industry}\n"
    "summary: {zh: 甲, en: A}\nkind: measures\n" + EVIDENCE,
    "data/glossary/ten.yml": "title: {zh: 十佳园区, en: top ten park}\nsummary: {zh: 甲, en: A}\nkind: term\n"
    "english: working\nalso: {zh: [10家最佳园区], en: [the 10 firms list]}\n" + EVIDENCE,
}


def about(locale: str, text: str) -> Changes:
    """The page "about" with this text in one language, on line 8; the other has it only where it calls or links."""
    other = text if "{{" in text or "](" in text else ""
    chinese, english = (text, other) if locale == "zh" else (other, text)
    return RECORDS | {
        "docs/zh/about.md": f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n正文。\n\n{chinese}\n",
        "docs/en/about.md": f"---\ntitle: About\nsummary: About this site.\n---\n\nText.\n\n{english}\n",
    }


def found(small: Project, changes: Changes) -> list[Diagnostic]:
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


def said(message: Diagnostic) -> str:
    return message.en.split("`")[1]


ROWS = [pytest.param(*row[:4], id=f"{row[0]} {row[1]}") for row in table("numbers.txt")]


def code(figure: str) -> str:
    """The message for a typed number that a figure has, or none."""
    return "stray-number-of-no-record" if figure == "-" else "stray-number"


@pytest.mark.parametrize(("locale", "text", "number", "figure"), ROWS)
def test_a_typed_number_is_caught_in_prose_where_it_stands(
    small: Project, locale: str, text: str, number: str, figure: str
) -> None:
    messages = found(small, about(locale, text))
    if not number:
        assert messages == []
        return
    [message] = messages
    assert places([message]) == [f"docs/{locale}/about.md:8:{text.index(number) + 1} [{code(figure)}]"]
    assert said(message) == number
    assert f"“{number}”" in message.zh
    assert_in_both_languages(message)
    if figure == "-":
        assert "write plain(…)" in message.en
        assert message.example == '{{ plain("…") }}'
    else:
        assert f"it is probably {figure}" in message.en
        assert f"很可能是 {figure}" in message.zh
        assert message.example == f'{{{{ figure("{figure}") }}}}'


@pytest.mark.parametrize(("locale", "text", "number", "figure"), ROWS)
def test_a_typed_number_is_caught_in_a_record(
    small: Project, locale: str, text: str, number: str, figure: str
) -> None:
    if any(mark in text for mark in "{[#*"):
        return  # A call and a link are of Markdown only.
    words = {"zh": "甲", "en": "A"} | {locale: f"'{text}'"}
    yaml = f"title: {{zh: 甲, en: A}}\nsummary:\n  zh: {words['zh']}\n  en: {words['en']}\n" + EVIDENCE
    messages = found(small, RECORDS | {"data/renovations/signs.yml": yaml})
    line = 3 if locale == "zh" else 4
    assert places(messages) == (
        [f"data/renovations/signs.yml:{line}:7 [stray-number-in-field]"] if number else []
    )
    assert [said(message) for message in messages] == ([number] if number else [])
    for message in messages:
        assert "{{" not in str(message)
        assert_in_both_languages(message)
        assert (f"probably {figure}" in message.en) == (figure != "-")
        assert message.example.startswith("related: [")


def test_each_number_of_a_text_is_caught(small: Project) -> None:
    messages = found(small, about("zh", "服务187户，另有25家，用时29分06秒。"))
    assert [(said(message), message.at.column) for message in messages] == [
        ("187", 3),
        ("25", 10),
        ("29分06秒", 16),
    ]


SEVERAL: Changes = {
    "data/indicators/first.yml": FIGURE.format("5", "firm"),
    "data/indicators/second.yml": FIGURE.format("5", "firm").replace("甲", "乙"),
    "data/indicators/measures.yml": FIGURE.format("5", "measure"),
    "data/indicators/nearly.yml": FIGURE.format("5", "firm, qualifier: nearly").replace("at: 5", "at: 近5"),
}


@pytest.mark.parametrize(
    ("locale", "text", "figures"),
    [
        ("zh", "共有5家。", ["indicators/first", "indicators/second"]),
        ("zh", "共有5条。", ["indicators/measures"]),
        ("zh", "共有近5家。", ["indicators/nearly"]),
        ("zh", "共有5户。", ["indicators/first", "indicators/measures", "indicators/second"]),
        ("en", "There are 5 firms.", ["indicators/first", "indicators/second"]),
        ("en", "There are 5 new measures.", ["indicators/measures"]),
    ],
)
def test_a_typed_number_names_every_figure_that_fits(
    small: Project, locale: str, text: str, figures: list[str]
) -> None:
    [message] = found(small, about(locale, text) | SEVERAL)
    assert message.code == ("stray-number" if len(figures) == 1 else "stray-number-of-several")
    for figure in figures:
        assert figure in message.zh
        assert figure in message.en
    assert message.en.count("indicators/") == len(figures)
    assert message.example == f'{{{{ figure("{figures[0]}") }}}}'
    assert_in_both_languages(message)


def test_an_article_s_words_are_checked_once(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: {}\n{}---\n\n{}\n"
    messages = found(
        small,
        RECORDS
        | {
            "docs/zh/news/line-opens.md": page.format("开通", "服务187户。", EVIDENCE, "正文。"),
            "docs/en/news/line-opens.md": page.format("It opens", "For shops.", "", "It serves 187 shops."),
        },
    )
    assert sorted(places(messages)) == [
        "docs/en/news/line-opens.md:6:11 [stray-number]",
        "docs/zh/news/line-opens.md:3:10 [stray-number-in-field]",
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("服务187<strong>户</strong>。", "187"), ("服务<b>187</b><i>户</i>。", "187"), ("服务187[^1]户。\n\n[^1]: 注。", "187"), ("服务187&nbsp;户。", "187"),
        ("商户[^1]多。\n\n[^1]: 户数。", ""), ("商户[^1]。\n\n[^1]: 服务187户。", "187"),
        ("服务187{# 甲 #}户。", "187"), ("服务<b>187</b>　户。", "187"), ("第187<b>户</b>。", ""), ("2021年<b>商户</b>。", ""), ('第3条，{{ plain("甲") }}户。', ""),
        ('见表3 {{ plain("甲") }}户。', ""),
    ],
)  # fmt: skip
def test_marks_between_a_number_and_its_unit_hide_nothing(small: Project, text: str, number: str) -> None:
    assert [said(message) for message in found(small, about("zh", text))] == ([number] if number else [])


def test_a_page_s_summary_is_checked_too(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: {}\n---\n\n{}\n"
    changes: Changes = {
        "docs/zh/about.md": page.format("关于", "服务187户。", "正文。"),
        "docs/en/about.md": page.format("About", "It serves 187 shops.", "Text."),
    }
    assert sorted(places(found(small, changes))) == [
        "docs/en/about.md:3:10 [stray-number-in-field]",
        "docs/zh/about.md:3:10 [stray-number-in-field]",
    ]


def test_the_words_of_a_sum_are_checked_too(small: Project) -> None:
    sums = "title: {zh: 共187户, en: 187 shops}\ntotal: services/music-line.reach\nparts: [services/music-line.reach]\n"
    assert len(found(small, {"data/sums/one.yml": sums})) == 2


def test_a_source_s_headings_and_a_record_s_title_are_cited_as_they_stand(small: Project) -> None:
    changes: Changes = {
        "data/sources/other.yml": "title: {zh: 服务187户, en: 187 shops}\nsummary: {zh: 甲, en: A}\noutlet: daily\n"
        "byline: {zh: 3家报社, en: 3 shops}\nsections: [{zh: 商户187户, en: 187 shops}]\n",
        "docs/zh/about.md": "---\ntitle: 关于\nsummary: 关于。\n---\n\n文章《服务187户》。\n",
        "docs/en/about.md": "---\ntitle: About\nsummary: About.\n---\n\nThe article of 187 shops.\n",
    }
    assert found(small, changes) == []
