"""A figure has a value for each date: what is shown, cited, locked, corrected and added up of it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date as day
from html import unescape

import pytest

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.checks import check
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.locks import LOCK
from gazette.editing import renaming
from gazette.outputs.search.document import document
from gazette.records.values import Ref, field_ref
from gazette.site.model import build_model
from gazette.templates.renderer import render_site
from gazette.templates.view import view_of
from tests.conftest import Project
from tests.expectations import anchor, assert_in_both_languages, mistakes, places

Files = Mapping[str, str | bytes | None]
SHOPS = "data/indicators/shops.yml"
NEWEST, BEFORE = ("400", "2023"), (("350", "2022-Q3"), ("300", "2021"))


def value(number: str, indent: str = "") -> str:
    amount = f"value: {number}, unit: shop" if number.isdecimal() else number
    return f"figure: {{{amount}, source: report, at: {anchor(amount)}}}\n{indent}"


def shops(
    newest: tuple[str, str] = NEWEST, *before: tuple[str, str], title: str = "沿街商户, en: Shops"
) -> str:
    """An indicator with its values, each a number and its date."""
    text = (
        f"title: {{zh: {title}}}\nsummary: {{zh: 商户。, en: Shops.}}\ngroup: street\nperiod: to_date\n"
        f"{value(newest[0])}as_of: {{date: {newest[1]}, basis: stated}}\n"
    )
    earlier = [
        f"  - {value(number, '    ')}as_of: {{date: {date}, basis: stated}}\n" for number, date in before
    ]
    return text + ("observations:\n" + "".join(earlier) if earlier else "")


def article(date: str, call: str = 'figure("indicators/shops")', name: str = "count") -> Files:
    when = f"date: {{date: {date}, basis: stated}}\n" if date else ""
    said = f"{{{{ {call} }}}}"
    zh, en = (said, said) if call.startswith("chart") else (f"沿街有{said}。", f"There are {said}.")
    return {
        f"docs/zh/news/{name}.md": f"---\ntitle: 清点\nsummary: 清点。\n{when}"
        f"evidence: [{{source: report, at: 清点}}]\n---\n\n{zh}\n",
        f"docs/en/news/{name}.md": f"---\ntitle: A count\nsummary: A count.\n---\n\n{en}\n",
    }


def locked(*lines: str, ids: tuple[str, ...] = ()) -> Files:
    rest = "services/music-line.reach: 187 shop exact\nstartup_records/kiln.duration: 29m06s exact\n"
    files: dict[str, str] = {LOCK: "".join(f"indicators/shops.{line}\n" for line in lines) + rest}
    return files | ({locks.IDS_LOCK: "ids:\n" + "".join(f"  - {name}\n" for name in ids)} if ids else {})


LOCKED = locked(
    "figure@2023: 400 shop exact", "figure@2022-Q3: 350 shop exact", "figure@2021: 300 shop exact"
)


def told(small: Project, *files: Files) -> list[Diagnostic]:
    changes: dict[str, str | bytes | None] = {}
    for some in files:
        changes |= some
    content, problems = load(small(changes))
    assert problems == []
    return check(content)


def found(small: Project, *files: Files) -> list[Diagnostic]:
    messages = mistakes(told(small, *files))
    for message in messages:
        assert_in_both_languages(message)
    return messages


def said(text: str) -> str:
    return unescape(re.sub(r"<sup.*?</sup>|<[^>]+>", "", text))


# What pages show

HELD = [
    ("2023", "400户", "400 shops"),
    ("2025-03-04", "400户", "400 shops"),
    ("2022-12-31", "350户", "350 shops"),
    ("2022-Q4", "350户", "350 shops"),
    ("2022-07-01", "350户", "350 shops"),
    ("2022-06-30", "300户", "300 shops"),
    ("2022-06", "300户", "300 shops"),
    ("2022", "350户", "350 shops"),
    ("2021", "300户", "300 shops"),
    ("2019-05", "300户", "300 shops"),
    ("", "400户", "400 shops"),
]


@pytest.mark.parametrize(("date", "zh", "en"), HELD)
def test_an_article_cites_the_value_that_held_at_its_date(
    small: Project, date: str, zh: str, en: str
) -> None:
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | article(date)))
    assert f"沿街有{zh}。" in said(site.markdown["zh/news/count.md"])
    assert f"There are {en}." in said(site.markdown["en/news/count.md"])


@pytest.mark.parametrize(
    ("call", "zh"),
    [
        ('figure("indicators/shops", as_of="2021")', "300户"),
        ('figure("indicators/shops.figure", as_of="2022-Q3")', "350户"),
        ('figure("indicators/shops", "number", as_of="2021")', "300"),
        ('figure("indicators/shops@2023")', "400户"),
    ],
)
def test_a_call_may_ask_for_a_value_by_its_date(small: Project, call: str, zh: str) -> None:
    files = {SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | article("2022-08", call)
    assert found(small, files) == []
    assert f"沿街有{zh}。" in said(render_site(small(files)).markdown["zh/news/count.md"])


def test_a_value_that_is_not_there_is_told_with_those_that_are(small: Project) -> None:
    call = 'figure("indicators/shops", as_of="2020")'
    with pytest.raises(ContentError) as raised:
        render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | article("2022-08", call)))
    report = str(raised.value)
    assert "docs/zh/news/count.md:8:4: [no-such-observation]" in report
    assert "`indicators/shops` has no value as of 2020. There are: 2023, 2022-Q3, 2021." in report
    assert '{{ figure("indicators/shops", as_of="2023") }}' in report


def test_the_two_languages_ask_for_the_same_value(small: Project) -> None:
    files = dict(article("2022-08"))
    files["docs/en/news/count.md"] = str(files["docs/en/news/count.md"]).replace(
        '"indicators/shops"', '"indicators/shops", as_of="2021"'
    )
    messages = found(small, {SHOPS: shops(NEWEST, *BEFORE)}, LOCKED, files)
    assert [message.code for message in messages] == ["one-sided-call", "one-sided-call"]


def test_the_notes_of_an_article_say_the_date_of_each_value(small: Project) -> None:
    both = 'figure("indicators/shops") }} {{ figure("indicators/shops", as_of="2023")'
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | article("2022-08", both)))
    notes = re.findall(r'<li id="note-\d">.*?</li>', site.markdown["en/news/count.md"])
    assert [" ".join(said(note).split()) for note in notes] == [
        "350 shops Shops as of the third quarter of 2022 A street report 350",
        "400 shops Shops as of 2023 A street report 400",
    ]
    assert "indicators/shops/#figure-indicators-shops-2022-q3" in unescape(notes[0])


def test_pages_show_the_newest_and_its_own_page_all(small: Project) -> None:
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED))
    page = site.markdown["zh/indicators/shops.md"]
    assert '<span class="headline__number">400户</span>' in page
    rows = re.findall(r'<tr id="(.*?)"><th scope="row">(.*?)</th><td.*?>(\d+户)', page)
    assert rows == [
        ("figure-indicators-shops", "2023年", "400户"),
        ("figure-indicators-shops-2022-q3", "2022年第三季度", "350户"),
        ("figure-indicators-shops-2021", "2021年", "300户"),
    ]
    assert 'aria-label="2021年 300户；2022年第三季度 350户；2023年 400户"' in page
    (source,) = re.findall(
        r'<table class="figures">.*?</table>', site.markdown["zh/sources/report.md"], re.DOTALL
    )
    assert re.findall(r'figures__value">(\d+户)<', source) == ["187户", "400户", "350户", "300户"]


def test_a_search_result_tells_the_newest(small: Project) -> None:
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED))
    view = view_of(site, site.pages["en/indicators/shops.md"])
    assert json.loads(document(view, "<p>…</p>", ""))["facts"] == "400 shops"


def test_a_figure_of_one_value_has_neither_table_nor_chart(small: Project) -> None:
    page = render_site(small({})).markdown["en/indicators/shops.md"]
    assert "chart" not in page
    assert "observations" not in page


def test_the_entry_of_a_figure_leads_to_what_stood_there_before(small: Project) -> None:
    pages: Files = {
        f"docs/{locale}/figures.md": f"---\ntitle: {title}\nsummary: {title}\n{layout}---\n"
        for locale, title, layout in (("zh", "数据", "layout: figures\n"), ("en", "Figures", ""))
    } | {
        f"docs/{locale}/corrections.md": f"---\ntitle: {title}\nsummary: {title}\n{layout}---\n"
        for locale, title, layout in (("zh", "更正", "layout: section\n"), ("en", "Corrections", ""))
    }
    corrected: Files = {
        "data/corrections/shops.yml": "figure: indicators/shops@2023\nwas: {value: 390, unit: shop}\n"
        "now: {value: 400, unit: shop}\nwhy: {zh: 错了, en: Wrong}\ndate: {date: 2024-01-05, basis: stated}\n"
    }
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | pages | corrected))
    (row,) = re.findall(
        r'<tr id="figure-indicators-shops".*?</tr>', site.markdown["en/figures.md"], re.DOTALL
    )
    assert '<a href="../indicators/shops/#shops">formerly 390 shops</a>' in row
    assert '<a href="../indicators/shops/#observations">Earlier values: 2</a>' in row
    own = site.markdown["en/indicators/shops.md"]
    assert '<li id="shops">' in own
    assert 'id="observations"' in own
    assert "as of 2023" in own[own.index('<li id="shops">') :]
    listed = site.markdown["en/corrections.md"]
    assert "as of 2023" in listed
    assert '<a href="../indicators/shops/#observations">Earlier values: 2</a>' in unescape(listed)


# What editors are told

MISPLACED = [
    ("two of one date", (NEWEST, ("300", "2021"), ("310", "2021")), ["11:12 [observed-twice]"]),
    ("one of the newest's date", (NEWEST, ("300", "2023")), ["9:12 [observed-twice]"]),
    ("one that is newer", (("400", "2023"), ("500", "2023-02")), ["9:12 [newer-observation]"]),
    (
        "a quarter that is newer than its year",
        (("400", "2023"), ("500", "2023-Q1")),
        ["9:12 [newer-observation]"],
    ),
    ("in any order", (NEWEST, ("300", "2021"), ("350", "2022-Q3")), []),
    ("full coverage at last", (("qualifier: full_coverage", "2024"), NEWEST), []),
    ("another unit", (NEWEST, ("value: 300, unit: firm", "2021")), ["8:3 [observed-in-units]"]),
    ("a duration", (NEWEST, ("value: 29m06s", "2021")), ["8:3 [observed-in-units]"]),
]


@pytest.mark.parametrize(
    ("values", "expected"), [case[1:] for case in MISPLACED], ids=[case[0] for case in MISPLACED]
)
def test_each_date_has_one_value_in_one_unit_and_the_newest_stands_on_top(
    small: Project, values: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    firm = {"data/units/firm.yml": "zh: 家\nen: {one: firm, other: firms}\n"}
    messages = found(small, {SHOPS: shops(*values), LOCK: None}, firm)
    assert places(messages) == [f"{SHOPS}:{place}" for place in expected]


def test_a_new_value_is_no_change_of_the_published_one(small: Project) -> None:
    nearly = ("value: 300, unit: shop, qualifier: nearly", "2021")
    messages = told(small, {SHOPS: shops(NEWEST, nearly)})
    assert mistakes(messages) == []
    assert "indicators/shops.figure@2023, indicators/shops.figure@2021" in messages[0].en


def test_locked_values_are_held_by_their_dates(small: Project) -> None:
    root = small({SHOPS: shops(NEWEST, *BEFORE)})
    content, _ = load(root)
    locks.write(content)
    lock = (root / LOCK).read_text(encoding="utf-8")
    assert [line for line in lock.splitlines() if "shops" in line] == [
        "indicators/shops.figure@2021: 300 shop exact",
        "indicators/shops.figure@2022-Q3: 350 shop exact",
        "indicators/shops.figure@2023: 400 shop exact",
    ]
    ids = {locks.IDS_LOCK: (root / locks.IDS_LOCK).read_text(encoding="utf-8")}
    assert found(small, {SHOPS: shops(NEWEST, *BEFORE), LOCK: lock}, ids) == []


CHANGED = [
    ("the newest", (("401", "2023"), *BEFORE), "6:9", "figure@2023", "400 shop exact", "401 shop exact"),
    (
        "an earlier one",
        (NEWEST, ("351", "2022-Q3"), BEFORE[1]),
        "9:13",
        "figure@2022-Q3",
        "350 shop exact",
        "351 shop exact",
    ),
    ("one taken away", (NEWEST, BEFORE[0]), "5:9", "figure@2021", "300 shop exact", "(removed)"),
    (
        "one of another date",
        (NEWEST, BEFORE[0], ("300", "2020")),
        "5:9",
        "figure@2021",
        "300 shop exact",
        "(removed)",
    ),
    ("all but the earliest taken away", (BEFORE[1],), "5:9", "figure@2022-Q3", "350 shop exact", "(removed)"),
]


@pytest.mark.parametrize("case", CHANGED, ids=[case[0] for case in CHANGED])
def test_a_published_value_changes_only_with_a_correction(small: Project, case: tuple) -> None:  # type: ignore[type-arg]
    _, values, _, key, was, now = case
    messages = found(small, {SHOPS: shops(*values)}, LOCKED)
    message = next(each for each in messages if f"shops.{key}`" in each.en)
    assert {each.code for each in messages} == {"changed-figure"}
    assert f"was published as `{was}` and is now `{now}`" in message.en
    withdrawn = "" if now == "(removed)" else f"now: {{value: {now.split()[0]}, unit: shop}}\n"
    filed = (
        f"figure: indicators/shops.{key}\nwas: {{value: {was.split()[0]}, unit: shop}}\n{withdrawn}"
        "why: {zh: 错了, en: It was wrong}\ndate: {date: 2024-01-05, basis: stated}\n"
    )
    left = found(small, {SHOPS: shops(*values), "data/corrections/one.yml": filed}, LOCKED)
    assert [each.en for each in left] == [each.en for each in messages if each is not message]


def test_a_changed_figure_is_settled_by_the_correction_of_its_message_or_by_an_update(small: Project) -> None:
    changed = {SHOPS: shops(("340", "2022"))}
    [message] = found(small, changed)
    assert message.code == "changed-figure"
    published = ("value: 300, unit: shop, qualifier: nearly", "2021")
    assert found(small, {SHOPS: shops(("340", "2022"), published)}) == []
    assert found(small, changed, {"data/corrections/one.yml": message.example}) == []


def test_a_correction_of_several_values_says_which(small: Project) -> None:
    filed = "was: {value: 299, unit: shop}\nnow: {value: 300, unit: shop}\nwhy: {zh: 错了, en: Wrong}\ndate: {date: 2022-01-05, basis: stated}\n"
    values: Files = {SHOPS: shops(NEWEST, *BEFORE)}
    one = "data/corrections/one.yml"
    [message] = found(small, values, LOCKED, {one: f"figure: indicators/shops\n{filed}"})
    assert places([message]) == [f"{one}:1:9 [correction-of-which]"]
    assert message.example == "figure: indicators/shops@2021"
    assert found(small, values, LOCKED, {one: f"{message.example}\n{filed}"}) == []
    [message] = found(small, values, LOCKED, {one: f"figure: indicators/shops@2020\n{filed}"})
    assert places([message]) == [f"{one}:1:9 [no-such-figure]"]
    assert "figure@2023, figure@2022-Q3, figure@2021" in message.en
    alone: Files = {SHOPS: shops(("300", "2021"))}
    for name in ("indicators/shops", "indicators/shops@2021"):
        assert found(small, alone, locked("figure: 299 shop exact"), {one: f"figure: {name}\n{filed}"}) == []


@pytest.mark.parametrize("named", ["docs/zh/index.md", "data/sums/all.yml"])
def test_what_asks_for_a_figure_as_it_is_names_no_date(small: Project, named: str) -> None:
    files: dict[str, Files] = {
        "docs/zh/index.md": {
            "docs/zh/index.md": "---\ntitle: 首页\nsummary: 首页。\nlayout: home\nfigures: [indicators/shops@2021]\n---\n\n正文。\n"
        },
        "data/sums/all.yml": {
            "data/sums/all.yml": "title: {zh: 和, en: Sum}\ntotal: indicators/shops@2021\nparts: [indicators/shops]\n"
        },
    }
    for values in ((NEWEST, *BEFORE), (("300", "2021"),)):
        [message] = found(small, {SHOPS: shops(*values), LOCK: None}, files[named])
        assert message.code == "no-such-figure"


# What dated articles cite

PUBLISHED = ("news/count",)


def shifted(
    small: Project, date: str, added: tuple[str, str], call: str = 'figure("indicators/shops")'
) -> list[Diagnostic]:
    values = sorted([("300", "2021"), ("400", "2023"), added], key=lambda one: one[1], reverse=True)
    lock = locked("figure@2023: 400 shop exact", "figure@2021: 300 shop exact", ids=PUBLISHED)
    messages = found(small, {SHOPS: shops(*values)}, lock, article(date, call))
    return [message for message in messages if message.code != "lost-id"]


@pytest.mark.parametrize(
    ("date", "added", "now"),
    [
        ("2022", ("350", "2022-Q3"), "2022-Q3"),
        ("2022-07-01", ("350", "2022-07-01"), "2022-07-01"),
        ("2026", ("500", "2024"), "2024"),
        ("2019", ("100", "2018"), "2018"),
    ],
)
def test_a_value_added_later_does_not_change_a_published_article(
    small: Project, date: str, added: tuple[str, str], now: str
) -> None:
    [message] = shifted(small, date, added)
    assert places([message]) == ["docs/zh/news/count.md:8:4 [cited-otherwise]"]
    assert [str(place)[:24] for place in message.also] == [
        "docs/en/news/count.md:6:",
        "data/indicators/shops.ym",
    ]
    assert f"would make it that of {now}" in message.en
    pinned = message.example.strip("{} ")
    assert shifted(small, date, added, pinned) == []


@pytest.mark.parametrize(
    ("date", "added"), [("2022-06-30", ("350", "2022-Q3")), ("2023", ("500", "2024")), ("", ("500", "2024"))]
)
def test_a_value_of_a_later_date_changes_no_article(
    small: Project, date: str, added: tuple[str, str]
) -> None:
    assert shifted(small, date, added) == []


def test_an_article_that_was_never_published_may_cite_what_is_new(small: Project) -> None:
    lock = locked("figure@2023: 400 shop exact", "figure@2021: 300 shop exact")
    assert found(small, {SHOPS: shops(NEWEST, *BEFORE)}, lock, article("2022")) == []


def test_the_only_value_that_was_locked_is_what_articles_cited(small: Project) -> None:
    lock = locked("figure: 300 shop exact", ids=PUBLISHED)
    messages = found(small, {SHOPS: shops(("350", "2022-Q3"), ("300", "2021"))}, lock, article("2022"))
    assert "cited-otherwise" in [message.code for message in messages]


@pytest.mark.parametrize(
    ("date", "values", "early"),
    [
        ("2020-12", (("300", "2021"),), True),
        ("2020-12-31", (NEWEST, *BEFORE), True),
        ("2021", (("300", "2021-12"),), False),
        ("2020-12", (("300", "2020-Q4"),), False),
    ],
)
def test_an_article_older_than_every_value_waits_until_it_says_so(
    small: Project, date: str, values: tuple[tuple[str, str], ...], early: bool
) -> None:
    def waiting(call: str) -> list[Diagnostic]:
        messages = told(small, {SHOPS: shops(*values), LOCK: None}, article(date, call))
        return [message for message in messages if message.code == "cited-before"]

    messages = waiting('figure("indicators/shops")')
    assert places(messages) == ["docs/zh/news/count.md:8:4 [cited-before]"] * early
    for message in messages:
        assert message.pending
        assert_in_both_languages(message)
        assert waiting(message.example.strip("{} ")) == []


# Sums, charts, tables, names


def sum_of(*part: tuple[str, str]) -> Files:
    return {
        SHOPS: shops(NEWEST, ("300", "2021")),
        "data/indicators/east.yml": shops(*part, title="东街, en: East"),
        "data/indicators/west.yml": shops(("250", "2023"), ("100", "2021"), title="西街, en: West"),
        "data/sums/street.yml": "title: {zh: 两街, en: Two streets}\ntotal: indicators/shops\n"
        "parts: [indicators/east, indicators/west]\n",
        LOCK: None,
    }


def test_a_sum_is_held_against_the_values_of_one_date(small: Project) -> None:
    assert found(small, sum_of(("150", "2023"), ("200", "2021"))) == []
    assert found(small, sum_of(("200", "2021"))) == []
    [message] = found(small, sum_of(("150", "2023"), ("201", "2021")))
    assert "201 + 100 ≠ 300 (indicators/shops@2021)" in message.en
    assert [str(place) for place in message.also] == [
        f"{SHOPS}:8:13",
        "data/indicators/east.yml:8:13",
        "data/indicators/west.yml:8:13",
    ]
    [message] = found(small, sum_of(("150", "2022")))
    assert places([message]) == ["data/sums/street.yml:3:8 [sum-dates]"]


def test_a_sum_and_its_chart_show_the_newest_date_that_all_have(small: Project) -> None:
    pages: dict[str, str | bytes | None] = {
        "docs/zh/figures.md": "---\ntitle: 数据\nsummary: 数据\nlayout: figures\n---\n",
        "docs/en/figures.md": "---\ntitle: Figures\nsummary: Figures\n---\n",
    }
    pages |= dict(article("", 'chart("parts", "sums/street")'))
    site = render_site(small(dict(sum_of(("200", "2021"))) | pages))
    sums = said(site.markdown["en/figures.md"].partition('<ul class="sums">')[2])
    assert "Two streets · 200 shops + 100 shops = 300 shops as of 2021" in " ".join(sums.split())
    chart = site.markdown["en/news/count.md"]
    assert 'aria-label="Shops: 300 shops; East: 200 shops; West: 100 shops"' in chart
    assert '<p class="chart__note">As of 2021</p>' in chart


def test_a_trend_has_a_bar_for_each_number_and_a_row_for_each_value(small: Project) -> None:
    values = (("qualifier: full_coverage", "2024"), NEWEST, *BEFORE)
    page = article("", 'chart("trend", "indicators/shops")')
    site = render_site(small({SHOPS: shops(*values), LOCK: None} | dict(page)))
    chart = unescape(site.markdown["en/news/count.md"])
    lengths = re.findall(r'<rect class="bars__bar" x="0%" width="(.*?)%"', chart)
    assert lengths == ["75", "87.5", "100"]
    rows = [" ".join(said(row).split()) for row in re.findall("<tr><th scope=.row.>(.*?)</tr>", chart)]
    assert [row.split("A street")[0] for row in rows] == [
        "2021300 shops",
        "the third quarter of 2022350 shops",
        "2023400 shops",
        "2024full coverage",
    ]


def test_a_trend_without_a_number_is_refused(small: Project) -> None:
    page = article("", 'chart("trend", "indicators/shops")')
    with pytest.raises(ContentError, match="trend-of-no-number"):
        render_site(small({SHOPS: shops(("qualifier: full_coverage", "2024")), LOCK: None} | dict(page)))


def test_a_chart_in_a_dated_article_shows_the_newest(small: Project) -> None:
    page = article("2021", 'chart("apart", "indicators/shops", "services/music-line.reach")')
    site = render_site(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | dict(page)))
    chart = said(site.markdown["en/news/count.md"])
    assert "400 shops" in chart
    assert "300 shops" not in chart


def test_tables_have_a_row_for_each_value_and_the_newest_keeps_its_name(small: Project) -> None:
    content, _ = load(small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED))
    site_model, _ = build_model(content)
    figures, indicators = (
        next(table for table in site_model.dataset.tables if table.name == name)
        for name in ("figures", "indicators")
    )
    names = [field.name for field in figures.fields]
    rows = [dict(zip(names, row, strict=True)) for row in figures.rows if "shops" in str(row[0])]
    assert [(row["id"], row["as_of"], str(row["value"])) for row in rows] == [
        ("indicators/shops.figure", "2023", "400"),
        ("indicators/shops.figure@2022-Q3", "2022-Q3", "350"),
        ("indicators/shops.figure@2021", "2021", "300"),
    ]
    assert str(rows[1]["url_en"]).endswith("en/indicators/shops/#figure-indicators-shops-2022-q3")
    own = dict(zip([field.name for field in indicators.fields], indicators.rows[0], strict=True))
    assert own["figure_value"] == 400
    assert [one["as_of"] for one in own["observations"]] == ["2022-Q3", "2021"]  # type: ignore[index, union-attr]


def test_a_renamed_figure_keeps_its_values(small: Project) -> None:
    call = 'figure("indicators/shops@2021")'
    root = small({SHOPS: shops(NEWEST, *BEFORE)} | LOCKED | article("2022-08", call))
    content, _ = load(root)
    renaming.rename(content, Ref("indicators", "shops"), "street-shops", day(2026, 1, 2))
    content, problems = load(root)
    assert problems == []
    assert mistakes(check(content)) == []
    assert "indicators/street-shops@2021" in (root / "docs/zh/news/count.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["indicators/shops", "indicators/shops@2022-Q3", "services/line.reach", "services/line.reach@2021"],
)
def test_a_reference_is_written_as_it_is_read(text: str) -> None:
    assert str(field_ref(text)) == text
    assert str(field_ref("indicators/shops.figure@2021")) == "indicators/shops@2021"
