"""Charts: each shows what the records say, in both languages, as a picture with words and as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from html import unescape

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.loader import load
from gazette.records.dates import PartialDate
from gazette.site.identity import Identity
from gazette.site.model import build_model
from gazette.templates.charts.chart import percent
from gazette.templates.renderer import render_site
from gazette.templates.view import View
from tests.conftest import Project
from tests.expectations import anchor, assert_in_both_languages
from tests.unit.test_pages import CHINESE, ENGLISH, about

Files = Mapping[str, str | bytes | None]
DAY = "zh: 天\nen: {one: day, other: days}\n"
NO_KILN: Files = {"data/startup_records/kiln.yml": None, "data/figures.lock.yml": None}
PERSON = "zh: 人\nen: {one: person, other: people}\n"


def record(title: str, english: str, rest: str) -> str:
    return f"title: {{zh: {title}, en: {english}}}\nsummary: {{zh: 某某。, en: Something.}}\n{rest}"


def startup(minutes: str, date: str, more: str = "") -> str:
    said = f"date: {{date: {date}, basis: stated}}\n" if date else ""
    return record(
        f"窑{minutes}",
        f"Kiln {minutes}",
        f"scope: {{zh: 全部, en: all}}\n{said}duration: {{value: {minutes}, source: report, at: {anchor(f'value: {minutes}')}}}\n{more}",
    )


def works(title: str, english: str, rest: str = "") -> str:
    return record(title, english, rest)


def pictures(small: Project, call: str, files: Files) -> tuple[str, str]:
    """What a page with a chart holds of it, in Chinese and in English."""
    site_model = render_site(small(about(f"{{{{ {call} }}}}\n") | dict(files)))
    zh, en = (site_model.markdown[f"{locale}/about.md"] for locale in ("zh", "en"))
    return chart_of(zh), chart_of(en)


def chart_of(text: str) -> str:
    found = re.search(r'<figure class="chart.*?</figure>', text, re.DOTALL)
    return unescape(found[0]) if found else ""


def plain(chart: str, tag: str = "") -> str:
    """A chart without its tags, or without those of one name."""
    return re.sub(rf"</?{tag}[^>]*>", "", chart)


def alternative(chart: str) -> str:
    (said,) = re.findall(r'role="img" aria-label="(.*?)">', chart)
    return said


def rows(chart: str) -> list[list[str]]:
    """The table's cells as a reader sees them, without the marks of sources."""
    body = re.sub(r"<sup.*?</sup>", "", chart.partition("<tbody>")[2])
    return [
        [re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def bars(chart: str) -> list[tuple[str, str]]:
    """Where each bar begins and how long it is, in order."""
    return re.findall(r'<rect class="bars__bar[^"]*" x="(.*?)%" width="(.*?)%"', chart)


def labels(chart: str) -> list[str]:
    """The words of each bar, those without a bar too."""
    return [
        " ".join(re.sub(r"<[^>]*>", "", words).split())
        for words in re.findall(r'<div class="bars__words">(.*?)</div>', chart)
    ]


# The start-up records


def test_one_record_is_a_number_and_what_came_before_is_said_not_to_be_stated(small: Project) -> None:
    files = {"data/startup_records/kiln.yml": startup("29m06s", "2021", "earlier: not_published\n")}
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert bars(zh) == []
    assert "<table" not in zh
    (said,) = re.findall(r'<div class="number">(.*?)<sup', en)
    assert re.sub("<.*?>", "", said) == "29 min 06 s"
    assert '<figcaption class="chart__title">Kiln 29m06s: all</figcaption>' in en
    assert "2021年" in plain(zh)
    assert "来源没有写明更早的数值。" in plain(zh)
    assert "The source states no earlier value." in en


def test_one_record_is_told_only_once_on_the_page_that_lists_it(small: Project) -> None:
    files: Files = {
        "docs/zh/startup-records/index.md": '---\ntitle: 纪录\nsummary: 纪录\nlayout: section\n---\n\n{{ chart("progression", "startup_records") }}\n',
        "docs/en/startup-records/index.md": '---\ntitle: Records\nsummary: Records\n---\n\n{{ chart("progression", "startup_records") }}\n',
    }
    one = render_site(small(files)).markdown["en/startup-records/index.md"]
    assert chart_of(one) == ""
    assert one.count("29 min 06 s") == 1
    two = {**files, "data/startup_records/first.yml": startup("30m00s", "2020-01-01")}
    assert len(bars(chart_of(render_site(small(two)).markdown["en/startup-records/index.md"]))) == 2


def test_a_record_that_came_without_earlier_ones_claims_none(small: Project) -> None:
    zh, _ = pictures(
        small,
        'chart("progression", "startup_records")',
        {"data/startup_records/kiln.yml": startup("29m06s", "2021")},
    )
    assert "更早" not in zh


def test_a_record_that_did_not_beat_the_last_is_hollow_and_that_is_explained(small: Project) -> None:
    files = {
        **NO_KILN,
        "data/startup_records/first.yml": startup("30m00s", "2021-01-01"),
        "data/startup_records/second.yml": startup("15m00s", "2022-01-01"),
        "data/startup_records/third.yml": startup("6m00s", "2024-01-01"),
    }
    assert "空心" not in pictures(small, 'chart("progression", "startup_records")', files)[0]
    files["data/startup_records/slower.yml"] = startup("20m00s", "2023-01-01")
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert [length for _, length in bars(zh)] == ["100", "50", "66.67", "20"]  # the earliest first
    assert labels(zh)[0] == "窑30m00s 30分 2021年1月1日"
    assert re.findall('bars__bar( bars__bar--hollow)?"', zh) == ["", "", " bars__bar--hollow", ""]
    assert "空心条表示没有打破当时的纪录。" in plain(zh)
    assert "A hollow bar is a time that did not beat the record before it." in en
    assert [row[2] for row in rows(zh)] == ["6分", "15分", "20分", "30分"]  # the shortest first


def test_a_record_without_a_date_stands_where_it_was_reported_and_says_so(small: Project) -> None:
    files = {
        **NO_KILN,
        "data/startup_records/first.yml": startup("8m00s", ""),
        "data/startup_records/second.yml": startup("9m00s", ""),
    }
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert rows(zh)[0][3].startswith("日期不详")
    assert rows(en)[0][3].startswith("Date not stated")
    assert all("Date not stated" in label for label in labels(en))


# The works


def test_works_are_drawn_on_one_scale_and_what_is_not_stated_has_no_bar(small: Project) -> None:
    files = {
        "data/units/day.yml": DAY,
        "data/renovations/a.yml": works(
            "甲街", "First Street",
            "order: 1\nstarted: {date: 2021, early: true, basis: inferred}\n"
            "duration: {value: 180, unit: day, source: report, at: 180天}\n",
        ),
        "data/renovations/b.yml": works(
            "乙街", "Second Street",
            "order: 2\ncompleted: {date: 2022-03-04, basis: stated}\n"
            "duration: {value: 90, unit: day, source: report, at: 90天}\n",
        ),
        "data/renovations/c.yml": works(
            "丙街", "Third Street", "order: 3\nevidence: [{source: report, at: 丙街}]\n"
        ),
    }  # fmt: skip
    zh, en = pictures(small, 'chart("works", "renovations")', files)
    assert bars(zh) == [("0", "100"), ("0", "50")]
    assert labels(en) == [
        "First Street 180 days Works began early 2021 (year inferred)",
        "Second Street 90 days Completed 4 March 2022",
        "Third Street Not stated in the source",
    ]
    assert rows(zh) == [
        ["甲街", "2021年初（年份为推断）", "180天", "来源未载明"],
        ["乙街", "来源未载明", "90天", "2022年3月4日"],
        ["丙街", "来源未载明", "来源未载明", "来源未载明"],
    ]
    assert "First Street: The works took 180 days · Works began early 2021 (year inferred)" in alternative(en)
    assert "Third Street: The works took Not stated" in alternative(en)


def test_works_of_which_one_duration_is_known_are_that_number(small: Project) -> None:
    street = works("甲街", "First Street", "duration: {value: 180, unit: day, source: report, at: 180天}\n")
    files = {
        "data/units/day.yml": DAY,
        "data/renovations/b.yml": works("乙街", "Second Street", "evidence: [{source: report, at: 乙街}]\n"),
    }
    assert pictures(small, 'chart("works", "renovations")', files) == ("", "")
    files["data/renovations/a.yml"] = street
    for call in ('chart("works", "renovations")', 'chart("works", "renovations/a")'):
        _, en = pictures(small, call, files)
        assert "First Street: time taken" in en
        assert ">180 days<" in en
        assert bars(en) == []


# The day


def test_the_hours_of_a_service_stand_on_a_day_of_24(small: Project) -> None:
    zh, en = pictures(small, 'chart("day", "services/music-line")', {})
    assert bars(zh) == [("33.33", "4.17"), ("66.67", "4.17")]
    assert labels(en) == ["08:00–09:00", "16:00–17:00"]
    assert "上午8:00至9:00和下午4:00至5:00" in alternative(zh)
    assert "08:00–09:00 and 16:00–17:00" in alternative(en)
    assert [row[:2] for row in rows(en)] == [["08:00", "09:00"], ["16:00", "17:00"]]


# Parts of a whole, and figures kept apart

SUM = {
    "data/units/person.yml": PERSON,
    "data/sums/staff.yml": "title: {zh: 两部分, en: Two groups}\n"
    "total: indicators/all\nparts: [indicators/one, indicators/two]\n",
} | {
    f"data/indicators/{id_}.yml": record(
        title, english,
        "group: instructors\nperiod: to_date\nas_of: {date: 2021, basis: stated}\n"
        f"figure: {{value: {value}, unit: person, source: report, at: {value}人}}\n",
    )
    for id_, title, english, value in (
        ("all", "全部", "All", 75), ("one", "机关", "Office", 25), ("two", "企业", "Enterprise", 50)
    )
}  # fmt: skip


def test_the_parts_of_a_sum_divide_its_bar(small: Project) -> None:
    zh, en = pictures(small, 'chart("parts", "sums/staff")', SUM)
    assert bars(zh) == [("0", "100"), ("0", "33.33"), ("33.33", "66.67")]
    assert labels(en) == ["All 75 people", "Office 25 people", "Enterprise 50 people"]
    assert alternative(zh) == "全部 75人；机关 25人；企业 50人"
    assert alternative(en) == "All: 75 people; Office: 25 people; Enterprise: 50 people"
    assert rows(en) == [["Office", "25 people"], ["Enterprise", "50 people"], ["All", "75 people"]]


def test_figures_kept_apart_have_no_length_and_say_that_they_cannot_be_compared(small: Project) -> None:
    call = 'chart("apart", "indicators/shops", "indicators/one", "services/music-line.reach")'
    zh, en = pictures(small, call, SUM)
    assert bars(zh) == []
    assert "不能相加、相除或排序" in plain(zh)
    assert "cannot be added, divided or ranked" in en
    assert [row[1] for row in rows(zh)] == ["近300户", "25人", "187户"]
    assert "<b>300</b>" in zh
    assert 'apart__value">近' in zh


# The structure

STRUCTURE = record(
    "三层", "Three tiers",
    "evidence: [{source: report, at: 三层}]\nstructure:\n"
    "  core: {who: glossary/daily, role: {zh: 核心, en: core}}\n"
    "  links: {each_of: alliances, count: indicators/alliances, role: {zh: 纽带, en: link}}\n"
    "  support: {who: glossary/daily, role: {zh: 支撑, en: support}}\n",
)  # fmt: skip


def alliances(number: int, said: int) -> dict[str, str]:
    files = {
        f"data/alliances/a{n}.yml": record(
            f"第{n}联盟", f"Alliance {n}",
            f"order: {n}\nindustry: {{zh: 业, en: trade}}\nevidence: [{{source: report, at: 联盟}}]\n",
        )
        for n in range(1, number + 1)
    }  # fmt: skip
    count = (
        "group: alliances\nperiod: to_date\nas_of: {date: 2021, basis: stated}\n"
        f"figure: {{value: {said}, unit: person, source: report, at: {said}人}}\n"
    )
    return {
        **files,
        "data/units/person.yml": PERSON,
        "data/indicators/alliances.yml": record("联盟数", "Number of alliances", count),
        "data/mechanisms/tiers.yml": STRUCTURE,
    }


@pytest.mark.parametrize("number", [2, 6, 9])
def test_a_structure_has_a_branch_for_each_record(small: Project, number: int) -> None:
    zh, en = pictures(small, 'chart("structure", "mechanisms/tiers")', alliances(number, number))
    assert re.findall(r'<div class="tiers__link">(.*?)</div>', plain(zh, "span")) == [
        f"第{n}联盟" for n in range(1, number + 1)
    ]
    assert zh.count('<div class="tiers__support">') == number
    assert f"<span>Linked by {number} people</span>" in en
    assert rows(en)[2][2] == "Not stated in the source"
    assert f"{number} people link them: Alliance 1" in alternative(en)
    assert "“N”) is the support: the source does not state how many there are." in en


def test_a_structure_whose_figure_counts_other_than_its_links_is_refused(small: Project) -> None:
    with pytest.raises(ContentError) as refused:
        render_site(small(alliances(6, 5)))
    (message,) = refused.value.diagnostics
    assert (message.at.path, message.at.line, message.code) == (
        "data/mechanisms/tiers.yml",
        6,
        "miscounted-links",
    )
    unread = {**alliances(6, 5), "data/alliances/seven.yml": "title: x\n"}
    with pytest.raises(ContentError) as refused:
        render_site(small(unread))
    assert {message.at.path for message in refused.value.diagnostics} == {"data/alliances/seven.yml"}
    assert "6" in message.zh
    assert_in_both_languages(message)


# Many records


def test_of_many_record_times_those_that_beat_the_last_are_drawn_and_it_is_said(small: Project) -> None:
    files = {**NO_KILN} | {
        f"data/startup_records/k{n:02}.yml": startup(f"{50 - n if n % 2 else 55}m00s", f"2021-01-{n:02}")
        for n in range(1, 16)
    }
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert [row[2] for row in rows(en)] == [f"{50 - n} min" for n in range(15, 0, -2)]
    assert len(bars(en)) == 8
    assert "hollow" not in en
    assert "共15条，图中是最近8条" in plain(zh)
    assert "There are 15; the latest 8" in en


def test_of_many_works_as_many_as_a_picture_holds_are_drawn_and_it_is_said(small: Project) -> None:
    files = {"data/units/day.yml": DAY} | {
        f"data/renovations/r{n:02}.yml": works(
            f"第{n}街", f"Street {n}",
            f"order: {n}\nduration: {{value: {n}, unit: day, source: report, at: {n}天}}\n",
        )
        for n in range(1, 16)
    }  # fmt: skip
    zh, en = pictures(small, 'chart("works", "renovations")', files)
    assert [row[0] for row in rows(zh)] == [f"第{n}街" for n in range(1, 13)]
    assert "There are 15; the first 12 of the list are shown." in en


def test_of_many_links_a_structure_names_as_many_as_it_holds_and_says_how_many_there_are(
    small: Project,
) -> None:
    zh, en = pictures(small, 'chart("structure", "mechanisms/tiers")', alliances(14, 14))
    assert zh.count('<div class="tiers__link">') == 12
    assert "纽带：14人" in plain(zh)
    assert "There are 14; the first 12" in en


# What an editor may get wrong, and an empty collection


@pytest.mark.parametrize(
    ("call", "code", "example"),
    [
        ('chart("dya", "services/music-line")', "no-such-chart", 'chart("day", "services/music-line")'),
        ('chart("day")', "chart-of-nothing", 'chart("day", "services/music-line")'),
        ('chart("day", "services/music-line", "services/b")', "chart-of-several", 'chart("day", "services/'),
        ('chart("day", "services/musc-line")', "no-such-record", ""),
        ('chart("day", "indicators/shops")', "no-such-field", ""),
        ('chart("works", "services")', "wrong-collection", '"renovations"'),
        ('chart("progression", "services")', "wrong-collection", '"startup_records"'),
        ('chart("parts", "sums/none")', "no-such-sum", ""),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_reported_where_it_stands(
    small: Project, call: str, code: str, example: str
) -> None:
    with pytest.raises(ContentError) as refused:
        render_site(small(about(f"{{{{ {call} }}}}\n")))
    messages = refused.value.diagnostics
    assert [(message.at.path, message.at.line, message.code) for message in messages] == [
        ("docs/en/about.md", 6, code), ("docs/zh/about.md", 6, code)
    ]  # fmt: skip
    for message in messages:
        assert example in message.example
        assert_in_both_languages(message)


def test_a_chart_of_an_empty_collection_is_nothing(small: Project) -> None:
    zh, en = pictures(small, 'chart("works", "renovations")', {})
    assert (zh, en) == ("", "")


def test_a_chart_that_stands_in_one_language_only_is_reported(small: Project) -> None:
    files = {
        "docs/zh/about.md": CHINESE + '{{ chart("day", "services/music-line") }}\n',
        "docs/en/about.md": ENGLISH + '{{ chart("works", "renovations") }}\n',
    }
    with pytest.raises(ContentError) as refused:
        render_site(small(files))
    said = [message.example for message in refused.value.diagnostics]
    assert said == ['{{ chart("works", "renovations") }}', '{{ chart("day", "services/music-line") }}']


# What every chart has

EVERY = {
    'chart("day", "services/music-line")': "services",
    'chart("parts", "sums/staff")': "figures",
    'chart("apart", "indicators/all", "indicators/one")': "figures",
    'chart("trend", "indicators/all")': "figures",
    'chart("progression", "startup_records")': "figures",
}
"""Calls, one of a number by itself among them, and the table that has their rows."""


@pytest.mark.parametrize("call", EVERY)
def test_a_chart_tells_its_source_leads_to_its_data_and_how_to_cite_it(small: Project, call: str) -> None:
    zh, en = pictures(small, call, SUM)
    for chart, locale in ((zh, "zh"), (en, "en")):
        up = "../" * (1 + (locale == "en"))
        assert f'href="{up}data/{EVERY[call]}.csv" download' in chart
        assert re.search(r'<span class="chart__from">[^<]+<a href="[^"]*sources/report/"', chart)
    (title,) = re.findall('<figcaption class="chart__title">(.*?)</figcaption>', en)
    cited = en.rpartition("</summary>")[2]
    assert f"“{title}”, data as of " in cited
    assert "2021" in cited
    assert "/en/about/</p>" in cited


@pytest.mark.parametrize("call", EVERY)
def test_a_chart_needs_no_style_of_its_own(small: Project, call: str) -> None:
    zh, en = pictures(small, call, SUM)
    assert "style" not in zh + en


def test_a_citation_names_the_site_and_its_address(small: Project) -> None:
    content, _ = load(small(SUM))
    named = Identity(
        site_name="某记录", tagline="某", site_description="某", notice="某", copyright="某", sections={}
    )
    site_model, _ = build_model(content, address="https://record.example/", identities={"zh": named})
    page = site_model.pages["zh/sources/report.md"]
    date = PartialDate.model_validate({"date": "2021-05", "basis": "stated"})
    assert (
        View(site_model, page).citation("题目", date)
        == "《题目》，某记录，数据日期：2021年5月，https://record.example/sources/report/"
    )


# Lengths and labels


@pytest.mark.parametrize(
    ("values", "lengths"), [((1, 10**9), ["0", "100"]), ((3, 3), ["100", "100"]), ((0, 4), ["0", "100"])]
)
def test_bars_are_as_long_as_their_values_beside_the_largest(
    small: Project, values: tuple[int, int], lengths: list[str]
) -> None:
    years = (2022, 2021)
    newest, before = (
        (
            f"figure: {{value: {value}, unit: person, source: report, at: {anchor(f'value: {value}')}}}",
            f"as_of: {{date: {year}, basis: stated}}",
        )
        for value, year in zip(reversed(values), years, strict=True)
    )
    files = {
        "data/units/person.yml": PERSON,
        "data/indicators/all.yml": record(
            "全部", "All",
            f"group: instructors\nperiod: to_date\n{newest[1]}\n{newest[0]}\n"
            f"observations:\n  - {before[1]}\n    {before[0]}\n",
        ),
    }  # fmt: skip
    zh, _ = pictures(small, 'chart("trend", "indicators/all")', files)
    assert [length for _, length in bars(zh)] == lengths


def test_the_last_two_characters_of_a_chinese_label_stay_together(small: Project) -> None:
    zh, en = pictures(small, 'chart("parts", "sums/staff")', SUM)
    assert '两<span class="unbroken">部分</span></figcaption>' in zh
    assert '<b>7<span class="unbroken">5人</span></b>' in zh
    assert "unbroken" not in en


def test_a_share_is_written_as_svg_has_it() -> None:
    assert (percent(1, 3), percent(0), percent(Decimal(1)), percent(0.5)) == ("33.33%", "0%", "100%", "50%")
