"""The home page: what readers ask and where the answer stands, how old the record is, where an error is reported."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import html

from tests.zones import Zone, adopt

ASKED = """questions:
  - ask: 晚间线什么时候来？
    answer: [services/night-line.timetable, services/night-line.place, services/night-line.reach, services/night-line]
"""
ENGLISH = "questions:\n  - When does the night line come?\n"
LINE = """title: {zh: 夜线, en: Night Line}
summary: {zh: 夜里的线路。, en: A line by night.}
place: lane
reach: {value: 7, unit: shop, source: gazette, at: 七户}
serves: {zh: 商户, en: shops}
timetable: [{start: 20:00, end: 21:00, source: gazette, at: 晚上8点至9点}]
"""
PLACE = """title: {zh: 柳巷, en: Willow Lane}
summary: {zh: 一条巷。, en: A lane.}
kind: place
english: working
evidence: [{source: gazette, at: 柳巷}]
"""
OLDER = """title: {zh: 商户, en: Shops}
summary: {zh: 沿街的商户。, en: Shops along the street.}
group: street
figure: {value: 5, unit: shop, source: gazette, at: 五户}
period: to_date
as_of: {date: 2029, basis: stated}
"""


@pytest.fixture
def zone(tmp_path: Path) -> Zone:
    zone = adopt(tmp_path / "zone")
    zone.write("data/services/night-line.yml", LINE)
    zone.write("data/glossary/lane.yml", PLACE)
    zone.write("data/units/shop.yml", "zh: 户\nen: {one: shop, other: shops}\n")
    return zone


def ask(zone: Zone, chinese: str = ASKED, english: str = ENGLISH) -> None:
    for locale, questions in (("zh", chinese), ("en", english)):
        path = f"docs/{locale}/index.md"
        zone.edit(path, "title:", f"{questions}title:")


def write_page(zone: Zone, path: str, more: str = "") -> None:
    zone.write(f"docs/zh/{path}.md", f"---\ntitle: 页\nsummary: 页\n{more}---\n\n正文。\n")
    zone.write(f"docs/en/{path}.md", "---\ntitle: Page\nsummary: Page\n---\n\nText.\n")


def shown(zone: Zone, page: str = "index.html") -> html.HtmlElement:
    build = zone.build()
    assert not build.status, build.said
    return html.parse(str(zone.root / "site" / page)).getroot()


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    ("page", "question", "answers"),
    [
        (
            "index.html",
            "晚间线什么时候来？",
            {
                "下午8:00至9:00": "services/night-line/",
                "柳巷": "glossary/lane/",
                "7户": "services/night-line/",
            },
        ),
        (
            "en/index.html",
            "When does the night line come?",
            {
                "20:00–21:00": "services/night-line/",
                "Willow Lane": "glossary/lane/",
                "7 shops": "services/night-line/",
            },
        ),
    ],
)
def test_a_question_is_answered_by_what_its_fields_say(
    zone: Zone, page: str, question: str, answers: Mapping[str, str]
) -> None:
    ask(zone)
    (asked,) = shown(zone, page).find_class("questions")
    assert words(asked.find(".//dt")) == question
    found = {words(link): link.get("href") for link in asked.iter("a")}
    assert {said: found[said] for said in answers} == answers


def test_an_answer_that_is_a_figure_says_what_it_counts_and_is_a_place_where_it_appears(zone: Zone) -> None:
    ask(zone)
    write_page(zone, "figures", "layout: figures\n")
    (asked,) = shown(zone).find_class("questions")
    assert "7户 夜线：服务商户" in words(asked)
    (row,) = (row for row in shown(zone, "figures/index.html").iter("tr") if "夜线" in words(row))
    assert "../" in [link.get("href") for link in row.iter("a")]


def test_where_nothing_is_asked_no_block_stands(zone: Zone) -> None:
    assert not shown(zone).find_class("questions")


@pytest.mark.parametrize(
    ("chinese", "english", "place", "said"),
    [
        (ASKED, "", "docs/en/index.md", "questions-unequal"),
        (ASKED, ENGLISH + "  - And why?\n", "docs/en/index.md:2", "questions-unequal"),
        ("", ENGLISH, "docs/en/index.md:2", "questions-unequal"),
        (ASKED.replace("line.place", "line.plaice"), ENGLISH, "docs/zh/index.md:4", "no-such-answer"),
        (ASKED.replace("line.place", "line.since"), ENGLISH, "docs/zh/index.md:4", "no-such-answer"),
        (ASKED.replace("line.place", "lane.place"), ENGLISH, "docs/zh/index.md:4", "dangling-id"),
        (ASKED.replace("ask:", "aks:"), ENGLISH, "docs/zh/index.md:3", "unknown-key"),
        (ASKED.partition("    answer")[0], ENGLISH, "docs/zh/index.md:3", "missing"),
        (ASKED.partition("[")[0] + "[]\n", ENGLISH, "docs/zh/index.md:4", "empty-text"),
        ("questions: 什么时候？\n", ENGLISH, "docs/zh/index.md:2", "not-a-list"),
        (ASKED, 'questions:\n  - ""\n', "docs/en/index.md:3", "empty-text"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_once_where_it_stands(
    zone: Zone, chinese: str, english: str, place: str, said: str
) -> None:
    ask(zone, chinese, english)
    build = zone.build()
    assert build.status
    assert "1 error(s)" in build.said, build.said
    assert place in build.said
    assert f"[{said}]" in build.said


def test_the_home_page_says_how_old_the_newest_figure_is_whatever_the_clock_says(zone: Zone) -> None:
    zone.write("data/indicators/shops.yml", OLDER)
    (said,) = shown(zone).find_class("home__age")
    assert words(said) == "本站最新的数据截至2030年3月，现在可能已有变化。"


REPORTS = [
    ("https://forms.example/report?about={page}", "https://forms.example/report?about=https%3A%2F%2Frecord.example%2Falliances%2Ftea%2F"),
    ("mailto:desk@record.example?subject={page}", "mailto:desk@record.example?subject=https%3A%2F%2Frecord.example%2Falliances%2Ftea%2F"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "filled"), REPORTS)
def test_an_error_is_reported_where_the_owner_says_and_the_page_is_named(
    zone: Zone, address: str, filled: str
) -> None:
    zone.edit("mkdocs.yml", "extra:\n", f"extra:\n  report_errors: {address}\n")
    assert report(zone, SITE_URL="https://record.example/") == filled


def test_without_such_an_address_the_repository_takes_it_and_without_that_the_page_about_the_site(
    zone: Zone,
) -> None:
    write_page(zone, "about")
    zone.edit("mkdocs.yml", "https://git.example/zone", "https://github.com/owner/record")
    assert report(zone) == "https://github.com/owner/record/issues/new?body=%2Falliances%2Ftea%2F"
    zone.edit("mkdocs.yml", "github.com/owner", "github.com/example")
    assert report(zone) == "../../about/"


def report(zone: Zone, **environment: str) -> str:
    build = zone.build(**environment)
    assert not build.status, build.said
    root = html.parse(str(zone.root / "site/alliances/tea/index.html")).getroot()
    (link,) = root.xpath("//footer[@class='page-foot']//a[normalize-space()='报告错误']")
    return str(link.get("href"))


@pytest.mark.parametrize(
    "address", ["http://a.example/{page}", "https://a.example/", "desk@a.example", "javascript:{page}", "[1]"]
)
def test_what_cannot_take_a_report_is_refused_with_its_place(zone: Zone, address: str) -> None:
    zone.edit("mkdocs.yml", "extra:\n", f"extra:\n  report_errors: {address}\n")
    build = zone.build()
    assert build.status
    assert "[report-address]" in build.said
    assert "https://example.org/report?page={page}" in build.said
