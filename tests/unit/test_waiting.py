"""The list of all that waits: each thing once, in its file, with what mends it; the page of it that a preview has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.build.status_page import status_page
from gazette.checks.waiting import waiting
from gazette.content.loader import load
from gazette.site.model import SiteModel, build_model
from tests.conftest import Project
from tests.expectations import assert_in_both_languages
from tests.unit.test_inspection import NEWS, POLICIES, POLICY, article

SERVICES = {
    f"docs/{locale}/services/index.md": f"---\ntitle: {title}\nsummary: {title}\n{more}---\n"
    for locale, title, more in (("zh", "服务", "layout: section\n"), ("en", "Services", ""))
}
INDICATOR = """\
title: {zh: 样例数据, en: Sample figure}
summary: {zh: 样例数据。, en: A sample figure.}
group: street
period: to_date
figure: {value: 12, unit: shop, source: report, at: 12家}
as_of: {date: 2031-05, basis: stated}
"""
TODAY = date(2031, 12, 1)


def found(root: Path, today: date = TODAY) -> list[Diagnostic]:
    content, problems = load(root)
    assert problems == []
    messages = [*waiting(content, today)]
    for message in messages:
        assert_in_both_languages(message)
    return messages


def places(root: Path, code: str, today: date = TODAY) -> list[str]:
    return [str(place) for each in found(root, today) if each.code == code for place in (each.at, *each.also)]


@pytest.mark.parametrize(
    ("changes", "code", "expected"),
    [
        (POLICIES, "empty-column", ["docs/zh/policies/index.md:2:1"]),
        (NEWS | article(""), "undated", ["docs/zh/news/line-opens.md:1:1"]),
        (NEWS | article("date: {date: 2031-11-16, basis: stated}\n"), "stale-column", ["docs/zh/news/index.md:2:1"]),
        (NEWS | article("date: {date: 2032, basis: stated}\n"), "future-date", ["docs/zh/news/line-opens.md:4:14"]),
        (NEWS | article("draft: true\n"), "empty-column", ["docs/zh/news/index.md:2:1"]),
        ({"data/policies/a.yml": POLICY}, "unconfirmed-translation", ["data/policies/a.yml:1:1"]),
        ({"data/policies/a.yml": POLICY.replace("evidence: [{source: report, at: 十条}]\n", "")}, "no-evidence", ["data/policies/a.yml:1:1"]),
        ({"data/indicators/a.yml": INDICATOR}, "unlocked-figure", ["data/figures.lock.yml:1:1"]),
        ({"data/indicators/a.yml": INDICATOR}, "unlocked-id", ["data/ids.lock.yml:1:1"]),
        ({"data/indicators/a.yml": INDICATOR}, "old-figures", ["data/indicators/a.yml:6:15", "data/indicators/shops.yml:6:15"]),
        ({"data/indicators/a.yml": INDICATOR.replace("2031-05", "2031-06")}, "old-figures", ["data/indicators/shops.yml:6:15"]),
        ({"data/indicators/a.yml": INDICATOR.replace("2031-05", "2031")}, "old-figures", ["data/indicators/shops.yml:6:15"]),
        ({}, "unarchived-source", ["data/sources/report.yml:1:1"]),
    ],
)  # fmt: skip
def test_each_thing_that_waits_is_listed_at_its_place(
    small: Project, changes: dict[str, str], code: str, expected: list[str]
) -> None:
    assert places(small(changes), code) == expected


def test_what_a_source_was_not_proved_to_say_waits(small: Project) -> None:
    archive = f"archive: {{file: report.txt, sha256: {'a' * 64}}}\n"
    report = (small({}) / "data/sources/report.yml").read_text(encoding="utf-8")
    assert "data/services/music-line.yml:4:53" in places(
        small({"data/sources/report.yml": report + archive}), "unproved-anchor"
    )


def test_a_date_that_any_record_may_have_is_missed(small: Project) -> None:
    root = small(SERVICES | {"data/services/second.yml": second(small({}))})
    assert "data/services/second.yml:1:1" in places(root, "undated")


def second(root: Path) -> str:
    """The record of a service without the day since when it is there."""
    text = (root / "data/services/music-line.yml").read_text(encoding="utf-8")
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("since:"))


def test_each_is_listed_once(small: Project) -> None:
    messages = found(small(NEWS | article("")))
    assert len({(message.at, message.code) for message in messages}) == len(messages)


def test_the_command_lists_them_as_of_a_day(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(NEWS | article("date: {date: 2031-11-16, basis: stated}\n"))
    for day, is_stale in (("2031-11-30", False), ("2031-12-01", True)):
        assert cli.main(["--root", str(root), "status", "--today", day]) == 0
        assert ("[stale-column]" in capsys.readouterr().out) == is_stale


def page_of(root: Path) -> str:
    site_model, _ = build_model(load(root)[0], drafts=True)
    (address, body), count = status_page(site_model, TODAY) or (("", b""), 0)
    assert address == "status/index.html"
    html = body.decode()
    assert html.count("<li>") == count == len(found(root))
    return html


def test_the_page_of_a_preview_leads_to_the_pages_in_both_languages(small: Project) -> None:
    html = page_of(small(NEWS | article("") | {"data/policies/a.yml": POLICY}))
    assert '<code>docs/zh/news/line-opens.md:1:1</code> <a href="../news/line-opens/">' in html
    assert '<a href="../en/policies/a/">' in html


def test_what_a_file_holds_is_text_there(small: Project) -> None:
    policy = POLICY.replace("十条, en", "<b>十条</b>, en")
    html = page_of(small({"data/policies/a.yml": policy}))
    assert "<b>" not in html


def test_a_page_of_the_site_keeps_its_address(small: Project) -> None:
    page = "---\ntitle: 样例\nsummary: 样例。\n---\n\n正文。\n"
    root = small({f"docs/{locale}/status.md": page for locale in ("zh", "en")})
    site_model: SiteModel = build_model(load(root)[0])[0]
    assert status_page(site_model, TODAY) is None
