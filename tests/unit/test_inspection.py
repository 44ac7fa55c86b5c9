"""What inspection counts, on small projects and on days that the test sets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.checks import inspection
from gazette.content.loader import load
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages

SECTION = "---\ntitle: {title}\nsummary: {title}\n{more}---\n"
NEWS = {
    "docs/zh/news/index.md": SECTION.format(title="动态", more="layout: section\n", of="news"),
    "docs/en/news/index.md": SECTION.format(title="News", more="", of="news"),
}
POLICIES = {
    "docs/zh/policies/index.md": SECTION.format(title="政策", more="layout: section\n", of="policies"),
    "docs/en/policies/index.md": SECTION.format(title="Policies", more="", of="policies"),
}
POLICY = """\
title: {zh: 十条, en: Ten measures}
summary: {zh: 十条措施。, en: Ten measures.}
kind: measures
evidence: [{source: report, at: 十条}]
"""
WHY = {
    "docs/zh/policies/index.md": SECTION.format(
        title="政策", more="empty: 报道没有写到政策。\nlayout: section\n", of="policies"
    ),
    "docs/en/policies/index.md": SECTION.format(
        title="Policies", more="empty: The report names no policy.\n", of="policies"
    ),
}


def article(date_: str) -> dict[str, str]:
    text = f"---\ntitle: 专线开通\nsummary: 专线开通了。\n{date_}evidence: [{{source: report, at: 6月1日}}]\n---\n\n正文。\n"
    return {"docs/zh/news/line-opens.md": text}


def warned(root: Path, today: str) -> list[Diagnostic]:
    content, problems = load(root)
    assert problems == []
    found = list(inspection.warnings(content, date.fromisoformat(today)))
    for message in found:
        assert_in_both_languages(message)
    return found


def codes(found: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(str(message.at), message.code) for message in found]


STALE_NEWS = ("docs/zh/news/index.md:2:1", "stale-column")
STALE_POLICIES = ("docs/zh/policies/index.md:2:1", "stale-column")


@pytest.mark.parametrize(
    ("stated", "today", "stale"),
    [
        ("2021-06-01", "2021-06-01", False),
        ("2021-06-01", "2021-06-14", False),
        ("2021-06-01", "2021-06-15", False),
        ("2021-06-01", "2021-06-16", True),
        ("2021-06-01", "2022-01-01", True),
        ("2021-05", "2021-06-14", False),
        ("2021-05", "2021-06-15", True),
        ("2021-Q2", "2021-07-14", False),
        ("2021-Q2", "2021-07-15", True),
        ("2021-Q4", "2022-01-14", False),
        ("2021", "2022-01-14", False),
        ("2021", "2022-01-15", True),
    ],
)
def test_news_are_stale_once_nothing_can_be_newer_than_two_weeks(
    small: Project, stated: str, today: str, stale: bool
) -> None:
    root = small(NEWS | article(f"date: {{date: {stated}, basis: stated}}\n"))
    assert codes(warned(root, today)) == ([STALE_NEWS] if stale else [])


@pytest.mark.parametrize(
    ("issued", "today", "stale"),
    [
        ("2021-06-01", "2021-12-01", False),
        ("2021-06-01", "2021-12-02", True),
        ("2021-08-31", "2022-02-28", False),
        ("2021-08-31", "2022-03-01", True),
        ("2021-12-15", "2022-06-15", False),
    ],
)
def test_policies_are_stale_after_six_months(small: Project, issued: str, today: str, stale: bool) -> None:
    root = small(POLICIES | {"data/policies/ten.yml": f"{POLICY}issued: {{date: {issued}, basis: stated}}\n"})
    assert codes(warned(root, today)) == ([STALE_POLICIES] if stale else [])


def test_a_stale_column_is_told_with_its_newest_item_and_the_day(small: Project) -> None:
    root = small(NEWS | article("date: {date: 2021-06-01, basis: stated}\n"))
    (message,) = warned(root, "2021-07-20")
    assert "最新的一条是2021年6月1日，到2021年7月20日为止的两周里没有更新" in message.zh
    assert "nothing newer than 1 June 2021" in message.en
    assert "20 July 2021" in message.en


def test_items_without_a_stated_date_are_told_together_with_their_places(small: Project) -> None:
    other = article("")["docs/zh/news/line-opens.md"]
    english = "---\ntitle: Again\nsummary: Again.\n---\n\nText.\n"
    root = small(
        NEWS
        | article("date: {date: 2021-06-01, basis: inferred}\n")
        | {"docs/zh/news/again.md": other, "docs/en/news/again.md": english}
    )
    found = warned(root, "2021-06-02")
    assert codes(found) == [
        ("docs/zh/news/again.md:1:1", "undated"),
        ("docs/zh/news/line-opens.md:4:7", "inferred-date"),
    ]
    assert "未载明" in found[0].zh
    assert "推断" in found[1].zh
    assert found[0].example == "date: {date: 2021-06-01, basis: stated}"


def test_an_empty_column_fails_and_is_told_how_to_be_mended(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(POLICIES)
    assert cli.main(["--root", str(root), "inspect", "--today", "2021-07-16"]) == 1
    said = capsys.readouterr().err
    assert "docs/zh/policies/index.md:2:1: [empty-column]" in said
    assert "empty: 报道没有写到具体的岗位。" in said
    assert "1 error(s)" in said


def test_a_column_whose_page_says_why_it_is_empty_passes(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(WHY)
    assert cli.main(["--root", str(root), "inspect", "--today", "2021-07-16"]) == 0
    assert "empty-column" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("path", "old", "new", "place"),
    [
        (
            "docs/en/policies/index.md",
            "empty: The report names no policy.\n",
            "",
            "docs/en/policies/index.md:2:1",
        ),
        ("docs/zh/policies/index.md", "报道没有写到政策。", "'  '", "docs/zh/policies/index.md:4:8"),
        ("docs/zh/policies/index.md", "empty: 报道没有写到政策。\n", "", "docs/zh/policies/index.md:2:1"),
    ],
)
def test_a_reason_is_given_in_both_languages_or_in_none(
    small: Project, path: str, old: str, new: str, place: str
) -> None:
    root = small(WHY | {path: WHY[path].replace(old, new)})
    _, problems = load(root)
    assert [str(problem.at) for problem in problems] == [place]
    assert "empty" in str(problems[0])


def test_warnings_alone_do_not_fail(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(NEWS | article("date: {date: 2021-06-01, basis: inferred}\n"))
    assert cli.main(["--root", str(root), "inspect", "--today", "2021-07-16"]) == 0
    said = capsys.readouterr().out
    assert "[stale-column]" in said
    assert "[inferred-date]" in said
    assert "1 columns, 2 warnings" in said


CORRECTION = (
    "figure: services/music-line.reach\nwas: {value: 186, unit: shop}\nnow: {value: 187, unit: shop}\n"
    "why: {zh: 甲, en: A}\ndate: {date: %s, basis: stated}\n"
)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (article("date: {date: 2031-03-02, basis: stated}\n"), "docs/zh/news/line-opens.md:4:14"),
        (article("date: {date: 2031-04, basis: stated}\n"), "docs/zh/news/line-opens.md:4:14"),
        (article("date: {basis: inferred, date: 2032}\n"), "docs/zh/news/line-opens.md:4:31"),
        (article("date: {date: 2031-Q2, basis: stated}\n"), "docs/zh/news/line-opens.md:4:14"),
        ({"data/corrections/a.yml": CORRECTION % "2031-03-02"}, "data/corrections/a.yml:5:14"),
        (
            {"data/retired/a.yml": "was: services/old\nnow: services/music-line\ndate: {date: 2031-12-01, basis: stated}\n"},
            "data/retired/a.yml:3:14",
        ),
        ({"data/policies/a.yml": POLICY + "issued: {date: 2041-01-01, basis: stated}\n"}, "data/policies/a.yml:5:16"),
    ],
)  # fmt: skip
def test_a_date_in_the_future_is_told_and_fails_nothing(
    small: Project, capsys: pytest.CaptureFixture[str], changes: dict[str, str], place: str
) -> None:
    root = small(changes)
    for command in ("check", "inspect"):
        assert cli.main(["--root", str(root), command, "--today", "2031-03-01"]) == 0
        said = capsys.readouterr().out
        assert f"{place}: [future-date]" in said
        assert said.count("[future-date]") == 1
        assert "2031年3月1日之后" in said
        assert "is later than 1 March 2031" in said


@pytest.mark.parametrize("date", ["2031-03-01", "2031-03", "2031-Q1", "2031"])
def test_a_date_that_may_be_today_or_before_is_not_in_the_future(
    small: Project, capsys: pytest.CaptureFixture[str], date: str
) -> None:
    root = small(article(f"date: {{date: {date}, basis: stated}}\n"))
    assert cli.main(["--root", str(root), "check", "--today", "2031-03-01"]) == 0
    assert "[future-date]" not in capsys.readouterr().out


def test_a_build_minds_no_date_in_the_future(small: Project) -> None:
    made = render_site(small(article("date: {date: 2931-03-02, basis: stated}\n")))
    assert "2931" in made.markdown["en/news/line-opens.md"]


def test_a_draft_fills_no_column(small: Project) -> None:
    root = small(NEWS | article("draft: true\ndate: {date: 2021-06-01, basis: stated}\n"))
    assert cli.main(["--root", str(root), "inspect", "--today", "2021-06-02"]) == 1


@pytest.mark.parametrize("day", ["2021-6-1", "20210601", "2021-W22-2", "tomorrow", "2021-02-30"])
def test_a_day_that_is_none_is_refused(small: Project, day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(small({})), "inspect", "--today", day]) == 2
    assert "2026-11-24" in capsys.readouterr().err


def test_a_malformed_filing_fails_with_its_place(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small({"mkdocs.yml": 'site_name: 街区纪事\nextra:\n  filings:\n    icp: "鲁ICP备1234567号-1"\n'})
    assert cli.main(["--root", str(root), "inspect"]) == 1
    assert "mkdocs.yml:4:10: [icp-filing]" in capsys.readouterr().err
