"""One name in each language: wrong names are caught wherever they stand, and a name that one language drops."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.checks import check
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, mistakes, places

Changes = dict[str, str | bytes | None]
TERM = (
    "title: {{zh: {zh}, en: {en}}}\nsummary: {{zh: 甲, en: A}}\nkind: {kind}\nenglish: working\n"
    "evidence: [{{source: report, at: 晚报}}]\n{extra}"
)
GLOSSARY: Changes = {
    "data/glossary/huihe.yml": TERM.format(
        zh="回河街道",
        en="Huihe Subdistrict",
        kind="organisation",
        extra="also: {zh: [回河], en: [the Subdistrict]}\n"
        "never: {zh: [回河镇], en: [Huihe Street, Huihe Sub-district]}\n",
    ),
    "data/glossary/sorting.yml": TERM.format(
        zh="垃圾分类", en="waste sorting", kind="term", extra="never: {en: [garbage classification]}\n"
    ),
}


def about(chinese: str, english: str) -> Changes:
    return GLOSSARY | {
        "docs/zh/about.md": f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n{chinese}\n",
        "docs/en/about.md": f"---\ntitle: About\nsummary: About this site.\n---\n\n{english}\n",
    }


def found(small: Project, changes: Changes) -> list[Diagnostic]:
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


WRONG = {
    "in English prose": (
        "回河街道。",
        "Text.\n\nIn Huihe Subdistrict, or Huihe Street.",
        "en:8:26 Huihe Street",
    ),
    "in Chinese prose": ("回河街道不是回河镇。", "Huihe Subdistrict.", "zh:6:7 回河镇"),
    "in capitals": ("回河街道。", "HUIHE STREET of the Subdistrict", "en:6:1 HUIHE STREET"),
    "of a term": ("垃圾分类。", "Garbage classification, or waste sorting.", "en:6:1 Garbage classification"),
    "in the words of a link": (
        "在[回河街道](index.md)",
        "in [Huihe Sub-district](index.md), Huihe Subdistrict",
        "en:6:5 Huihe Sub-district",
    ),
}


@pytest.mark.parametrize(("chinese", "english", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_name_is_caught_where_it_stands(
    small: Project, chinese: str, english: str, expected: str
) -> None:
    place, name = expected.split(" ", 1)
    locale, line, column = place.split(":")
    [message] = found(small, about(chinese, english))
    assert places([message]) == [f"docs/{locale}/about.md:{line}:{column} [wrong-name]"]
    assert f"`{name}`" in message.en
    assert f"“{name}”" in message.zh
    assert message.example in ("Huihe Subdistrict", "回河街道", "waste sorting")
    assert_in_both_languages(message)


LINE = "summary: {{zh: {zh}, en: {en}}}\nevidence: [{{source: report, at: 晚报}}]\ntitle: {{zh: 甲, en: A}}\n"


def test_a_wrong_name_is_caught_in_a_record_and_in_front_matter(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: {}\n---\n\n{}\n"
    messages = found(
        small,
        GLOSSARY
        | {
            "data/renovations/signs.yml": LINE.format(
                zh="在回河街道。", en="In Huihe Street of Huihe Subdistrict."
            ),
            "docs/zh/about.md": page.format("回河街道", "甲", "正文。"),
            "docs/en/about.md": page.format("Huihe Street and Huihe Subdistrict", "A", "Text."),
            "docs/en/news/line-opens.md": page.format("The line", "In Huihe Street.", "Text."),
        },
    )
    assert sorted(places(messages)) == [
        "data/renovations/signs.yml:1:27 [wrong-name]",
        "docs/en/about.md:2:8 [wrong-name]",
        "docs/en/news/line-opens.md:3:10 [wrong-name]",
    ]


def test_a_wrong_name_inside_a_call_s_words_is_free(small: Project) -> None:
    call = '{{ link("glossary/huihe", "Huihe Street") }}'
    assert found(small, about(call, call)) == []


def test_a_wrong_name_over_two_lines_is_caught(small: Project) -> None:
    [message] = found(small, about("回河街道。", "In Huihe\nStreet, Huihe Subdistrict."))
    assert places([message]) == ["docs/en/about.md:6:4 [wrong-name]"]


ONE_SIDED = {
    "both say it": ("回河街道。", "Huihe Subdistrict.", ""),
    "neither says it": ("正文。", "Text.", ""),
    "English has another name": ("在回河街道。", "On Huihe Road.", "en:6:1 Huihe Subdistrict"),
    "Chinese has another name": ("在回河路。\n", "The Huihe Subdistrict.", ""),
    "Chinese leaves it out": ("在那里。", "In Huihe Subdistrict.", "zh:6:1 回河街道"),
    "English has the short form": ("在回河街道。", "In the Subdistrict.", ""),
    "only Chinese, and in the short form": ("在回河。", "There.", ""),
    "a term too has one name": ("垃圾分类。", "Sorting.", "en:6:1 waste sorting"),
    "a hyphen makes no other name": ("垃圾分类。", "The waste-sorting line.", ""),
}


@pytest.mark.parametrize(("chinese", "english", "expected"), ONE_SIDED.values(), ids=ONE_SIDED)
def test_a_name_that_one_language_says_the_other_says_too(
    small: Project, chinese: str, english: str, expected: str
) -> None:
    messages = found(small, about(chinese, english))
    if not expected:
        assert messages == []
        return
    place, name = expected.split(" ", 1)
    locale, other = ("en", "zh") if place.startswith("en") else ("zh", "en")
    [message] = messages
    assert message.example == name
    assert str(message.at).startswith(f"docs/{locale}/about.md:")
    assert [str(also).rpartition(":")[0] for also in message.also] == [f"docs/{other}/about.md:6"]
    assert name in message.zh
    assert name in message.en
    assert_in_both_languages(message)


def test_a_proper_name_is_asked_for_in_records_too(small: Project) -> None:
    line = LINE.format(zh="在回河街道。", en="On Huihe Road.")
    [message] = found(small, GLOSSARY | {"data/renovations/signs.yml": line})
    assert places([message]) == ["data/renovations/signs.yml:1:27 [one-sided-name]"]
    assert [str(also) for also in message.also] == ["data/renovations/signs.yml:1:15"]


LONGER: Changes = {
    "data/glossary/integrity.yml": TERM.format(
        zh="廉政",
        en="Clean governance",
        kind="term",
        extra="also: {en: [integrity]}\nnever: {zh: [廉洁]}\nnot_in: {zh: [清廉政府, 廉洁奉公], en: [Clean governance index]}\n",
    ),
    "data/glossary/hall.yml": TERM.format(
        zh="廉政教育馆", en="Integrity Hall", kind="organisation", extra="also: {zh: [廉教馆]}\n"
    ),
    "data/glossary/start-up.yml": TERM.format(
        zh="企业开办", en="Business start-up", kind="term", extra="not_in: {zh: [企业开办了]}\n"
    ),
    "data/glossary/road.yml": TERM.format(
        zh="济太路", en="Jitai Road", kind="place", extra="never: {en: [Jitai Street]}\n"
    ),
    "data/glossary/market.yml": TERM.format(zh="济太市场", en="Jitai Street Market", kind="place", extra=""),
    "data/indicators/jitai-road-length.yml": "title: {zh: 路长, en: Length}\nsummary: {zh: 甲, en: A}\ngroup: street\n"
    "period: to_date\nas_of: {date: 2021, basis: inferred}\nfigure: {value: 9, unit: shop, source: report, at: 9户}\n",
}
FIGURE = '{{ figure("indicators/jitai-road-length") }}'
APART = {
    "a longer word that a term lists": ("建设清廉政府。", "A clean government.", []),
    "a name that runs into the next word": ("企业开办了一所学校。", "The firm opened a school.", []),
    "a longer name of the glossary": ("在廉政教育馆。", "In the Integrity Hall.", []),
    "a longer wrong name that is a right one": ("在济太市场。", "At Jitai Street Market.", []),
    "a longer word with a wrong name in it": ("廉洁奉公。", "Upright.", []),
    "a longer word in English": ("指数。", "The Clean governance index.", []),
    "a call": (FIGURE, FIGURE, []),
    "a link to a page": (
        "[那里](indicators/jitai-road-length.md)",
        "[There](indicators/jitai-road-length.md)",
        [],
    ),
    "an address": ("见 https://example.org/jitai-road/。", "See https://example.org/jitai-road/.", []),
    "an anchor": ("## 甲 {#jitai-road}", "## A {#jitai-road}", []),
    "an address at the foot": (
        "[那里][1]\n\n[1]: https://example.org/jitai-road.html",
        "[There][1]\n\n[1]: https://example.org/jitai-road.html",
        [],
    ),
    "code": ("写作 `jitai-road`。", "Written `jitai-road`.", []),
    "a block of code": ("```\njitai-road\n\n济太路\n```", "```\njitai-road\n\nJitai Street\n```", []),
    "a name said by a Markdown link": (
        "在[济太路](glossary/road.md)。",
        "On [that road](glossary/road.md).",
        [],
    ),
    "the name itself beside the longer word": (
        "清廉政府重视廉政。",
        "A clean government.",
        ["docs/en/about.md:6:1 [one-sided-name]"],
    ),
    "the wrong name itself beside the longer one": (
        "在济太市场，济太路。",
        "At Jitai Street Market, Jitai Street, Jitai Road.",
        ["docs/en/about.md:6:25 [wrong-name]"],
    ),
    "a longer word that no term lists": (
        "清廉政治。",
        "Clean politics.",
        ["docs/en/about.md:6:1 [one-sided-name]"],
    ),
}


@pytest.mark.parametrize(("chinese", "english", "expected"), APART.values(), ids=APART)
def test_a_name_is_said_where_it_stands_by_itself(
    small: Project, chinese: str, english: str, expected: list[str]
) -> None:
    messages = found(small, LONGER | about(chinese, english))
    assert places(messages) == expected
    for message in messages:
        assert_in_both_languages(message)
        assert "not_in" in message.en
        assert "data/glossary/" in message.zh


def test_a_call_in_a_record_s_words_says_no_name(small: Project) -> None:
    line = LINE.format(zh=f"'{FIGURE}'", en=f"'{FIGURE}'")
    messages = found(small, LONGER | {"data/renovations/signs.yml": line})
    assert not [message for message in messages if message.code == "one-sided-name"]


def test_a_false_alarm_is_settled_as_its_message_says(small: Project) -> None:
    changes = LONGER | about("清廉政治。", "Clean politics.")
    [message] = found(small, changes)
    assert "“清廉政治”" in message.zh
    path = "data/glossary/integrity.yml"
    assert path in message.zh
    listed = str(LONGER[path]).replace("[清廉政府,", "[清廉政府, 清廉政治,")
    assert found(small, changes | {path: listed}) == []


LINK = '{{ link("glossary/huihe") }}'


def test_a_link_says_the_name_too(small: Project) -> None:
    assert found(small, about(f"{LINK}即回河街道。", f"{LINK}.")) == []


def test_a_proper_name_may_be_broken_over_two_lines(small: Project) -> None:
    assert found(small, about("在回河街道。", "This is Huihe\nSubdistrict.")) == []
