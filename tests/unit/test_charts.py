"""Charts: each shows what the records say, in both languages, as a picture with words and as a table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest

from gazette.base.diagnostics import ContentError
from gazette.records.values import Amount
from gazette.templates.charts.chart import NARROW, axis, lanes, percent, width
from gazette.templates.renderer import render_site
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


def styles(chart: str, name: str, of: str) -> list[str]:
    """A property of each element of a class, in order."""
    found = re.findall(rf'class="{name}[^"]*" style="([^"]*)"', chart)
    return [dict(part.strip().split(": ") for part in style.split(";"))[of] for style in found]


# The start-up records


def test_one_record_is_a_first_point_and_what_came_before_is_said_not_to_be_published(small: Project) -> None:
    files = {"data/startup_records/kiln.yml": startup("29m06s", "2021", "earlier: not_published\n")}
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert alternative(zh) == "更早的数值未公布；2021年 29分06秒"
    assert alternative(en) == "Earlier values not published; 2021 29 min 06 s"
    assert zh.count('class="steps__point"') == 1
    assert '<div class="steps__before"' in zh
    assert rows(en) == [["Kiln 29m06s", "all", "29 min 06 s", "2021"]]
    assert styles(zh, "steps__point", "bottom") == ["97%"]  # of half an hour


def test_a_record_that_came_without_earlier_ones_claims_none(small: Project) -> None:
    zh, _ = pictures(
        small,
        'chart("progression", "startup_records")',
        {"data/startup_records/kiln.yml": startup("29m06s", "2021")},
    )
    assert "更早" not in zh
    assert "steps__before" not in zh


def test_the_line_steps_down_at_each_record_that_beat_the_last(small: Project) -> None:
    files = {
        **NO_KILN,
        "data/startup_records/first.yml": startup("30m00s", "2021-01-01"),
        "data/startup_records/second.yml": startup("15m00s", "2022-01-01"),
        "data/startup_records/slower.yml": startup("20m00s", "2023-01-01"),
        "data/startup_records/third.yml": startup("6m00s", "2024-01-01"),
    }
    zh, _ = pictures(small, 'chart("progression", "startup_records")', files)
    (line,) = re.findall(r'points="(.*?)"', zh)
    heights = [float(corner.split(",")[1]) for corner in line.split()]
    assert heights == [0, 0, 50, 50, 80, 80]
    across = [float(corner.split(",")[0]) for corner in line.split()]
    assert across == sorted(across)
    assert across[1] == across[2] == pytest.approx(25, abs=0.1)
    assert across[3] == across[4] == pytest.approx(75, abs=0.1)
    assert zh.count("steps__point--slower") == 1
    assert [row[2] for row in rows(zh)] == ["6分", "15分", "20分", "30分"]  # the shortest first


def test_a_record_without_a_date_stands_where_it_was_reported_and_says_so(small: Project) -> None:
    files = {**NO_KILN, "data/startup_records/first.yml": startup("8m00s", "")}
    zh, en = pictures(small, 'chart("progression", "startup_records")', files)
    assert rows(zh)[0][3].startswith("日期不详")
    assert rows(en)[0][3].startswith("Date not stated")


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
    assert styles(zh, "works__bar", "width") == ["100%", "50%"]
    assert re.findall(r'<span class="ticks__tick"[^>]*><span>(.*?)</span>', en) == [
        "0 days", "60 days", "120 days", "180 days"
    ]  # fmt: skip
    assert rows(zh) == [
        ["甲街", "2021年初（年份为推断）", "180天", "来源未载明"],
        ["乙街", "来源未载明", "90天", "2022年3月4日"],
        ["丙街", "来源未载明", "来源未载明", "来源未载明"],
    ]
    assert "First Street: Works began early 2021 (year inferred) · The works took 180 days" in alternative(en)
    assert "Third Street: Dates and duration not stated" in alternative(en)


# The day


def test_the_hours_of_a_service_stand_on_a_day_of_24(small: Project) -> None:
    zh, en = pictures(small, 'chart("day", "services/music-line")', {})
    assert styles(zh, "day__span", "left") == ["33.33%", "66.67%"]
    assert styles(zh, "day__span", "width") == ["4.17%", "4.17%"]
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
    assert styles(zh, "parts__piece", "width") == ["33.33%", "66.67%"]
    assert alternative(zh) == "全部 75人；机关 25人；企业 50人"
    assert alternative(en) == "All: 75 people; Office: 25 people; Enterprise: 50 people"
    assert rows(en) == [["Office", "25 people"], ["Enterprise", "50 people"], ["All", "75 people"]]


def test_figures_kept_apart_have_no_length_and_say_that_they_cannot_be_compared(small: Project) -> None:
    call = 'chart("apart", "indicators/shops", "indicators/one", "services/music-line.reach")'
    zh, en = pictures(small, call, SUM)
    assert "style=" not in zh
    assert "不能相加、相除或排序" in zh
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
    assert re.findall(r'<div class="tiers__link">(.*?)</div>', zh) == [
        f"第{n}联盟" for n in range(1, number + 1)
    ]
    assert zh.count('<div class="tiers__support">') == number
    assert f"<b>{number}</b>" in zh
    assert rows(en)[2][2] == "Not stated in the source"
    assert f"{number} in number: Alliance 1" in alternative(en)


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
    assert en.count('class="steps__point"') == 8
    assert "steps__point--slower" not in en
    assert "共15条，图中是最近8条" in zh
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
    assert "<b>14</b>" in zh
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


# Axes and labels


@pytest.mark.parametrize(
    ("largest", "marks"),
    [(1, 2), (3, 4), (180, 4), (187, 5), (271, 6), (75, 5), (10_000, 6), (123_456, 6)],
)
def test_an_axis_begins_at_zero_reaches_the_largest_and_has_few_marks(largest: int, marks: int) -> None:
    found = axis([Amount.model_construct(value=Decimal(largest), unit=None)])
    sizes = [tick.size for tick in found]
    assert sizes[0] == 0
    assert sizes[-2] < largest <= sizes[-1]
    assert len(sizes) == marks
    assert len({late - early for early, late in pairwise(sizes)}) == 1


def test_an_axis_of_durations_is_in_round_minutes() -> None:
    found = axis([Amount.model_construct(value=timedelta(minutes=29, seconds=6), unit=None)])
    assert [tick.amount.value for tick in found] == [timedelta(minutes=ten) for ten in (0, 10, 20, 30)]


def test_labels_that_would_meet_stand_in_rows_of_their_own() -> None:
    assert lanes([(0.1, 0.3), (0.4, 0.6)]) == (0, 0)
    assert lanes([(0.1, 0.3), (0.2, 0.4), (0.35, 0.5)]) == (0, 1, 0)
    assert width("上午") * NARROW == pytest.approx(28 + 5)


def test_a_share_is_written_as_css_has_it() -> None:
    assert (percent(1, 3), percent(0), percent(Decimal(1)), percent(0.5)) == ("33.33%", "0%", "100%", "50%")
