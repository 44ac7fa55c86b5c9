"""Evidence against the archived text: an anchor stands there word for word and says what its figure says."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.checks import archive
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, places, table

NEWSPAPER = (
    "晚报记者 赵群\n6月1日起，专线上午8:00、下午4:00收运，服务商户187户，惠及近300户。项目用时29分06秒。"
)
REPORT = (
    "title: {{zh: 街区报道, en: A street report}}\nsummary: {{zh: 一篇报道。, en: A newspaper report.}}\n"
    "outlet: daily\nbyline: {{zh: 赵群, en: Zhao Qun}}\npublished: {{date: 2021-07-15, basis: stated}}\n"
    "archive: {{file: report.txt, sha256: {sha256}}}\n"
)
ARCHIVED_AT = "data/sources/report.yml:6:37"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def archived(small: Project, changes: dict[str, str | bytes | None], text: str | None = NEWSPAPER) -> Path:
    """The small project with its source's text beside it in `archive`, or with none."""
    registered = REPORT.format(sha256=sha256(NEWSPAPER if text is None else text))
    return small({"data/sources/report.yml": registered, "archive/report.txt": text} | changes)


def found(root: Path) -> list[Diagnostic]:
    content, problems = load(root)
    assert problems == []
    return archive.verify(content, root / "archive")


def test_anchors_that_stand_in_the_archive_and_say_the_figures_are_borne_out(small: Project) -> None:
    assert found(archived(small, {})) == []


def test_a_byte_order_mark_in_the_archive_changes_nothing(small: Project) -> None:
    assert found(archived(small, {}, "\ufeff" + NEWSPAPER)) == []


def test_a_source_without_an_archive_is_not_asked_for_one(small: Project) -> None:
    assert found(small({})) == []


def test_a_missing_archive_is_reported_once_at_its_checksum(small: Project) -> None:
    [message] = found(archived(small, {}, None))
    assert places([message]) == [f"{ARCHIVED_AT} [archive-not-as-registered]"]
    assert_in_both_languages(message)
    assert "report.txt" in message.zh
    assert "report.txt" in message.en


def test_an_archive_that_was_changed_is_reported_and_nothing_is_held_against_it(small: Project) -> None:
    [message] = found(archived(small, {"archive/report.txt": NEWSPAPER.replace("187", "178")}))
    assert places([message]) == [f"{ARCHIVED_AT} [archive-not-as-registered]"]
    assert_in_both_languages(message)


def test_an_anchor_that_is_not_in_the_text_is_reported_where_it_is_typed(small: Project) -> None:
    messages = found(archived(small, {}, NEWSPAPER.replace("187户", "187 户").replace("晚报", "早报")))
    assert places(messages) == [
        "data/glossary/daily.yml:5:33 [anchor-not-in-archive]",
        "data/services/music-line.yml:4:53 [anchor-not-in-archive]",
    ]
    for message, anchor in zip(messages, ("晚报", "187户"), strict=True):
        assert_in_both_languages(message)
        assert anchor in message.zh
        assert anchor in message.en


def test_an_anchor_that_shows_no_figure_need_only_stand_there(small: Project) -> None:
    evidence = "evidence: [{source: report, at: 187户}]\n"
    term = "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
    assert found(archived(small, {"data/glossary/one.yml": term + evidence})) == []


FIGURE = (
    "title: {{zh: 甲, en: A}}\nsummary: {{zh: 甲, en: A}}\ngroup: street\nperiod: to_date\n"
    "as_of: {{date: 2021, basis: inferred}}\n"
    "figure: {{{amount}, source: report, at: {anchor}}}\n"
)
UNITS: dict[str, str | bytes | None] = {
    "data/units/cny.yml": "zh: 元\nen: {before: RMB}\n",
    "data/units/firm.yml": "zh: 家\nen: {one: firm, other: firms}\n",
    "data/units/session.yml": "zh: 次\nen: {one: session, other: sessions}\n",
}


@pytest.mark.parametrize(("amount", "anchor", "said"), table("archive.txt"))
def test_an_anchor_must_say_the_value_the_qualifier_and_no_other_unit(
    small: Project, amount: str, anchor: str, said: str
) -> None:
    figure = FIGURE.format(amount=amount, anchor=anchor)
    root = archived(small, UNITS | {"data/indicators/one.yml": figure}, f"{NEWSPAPER}另有{anchor}。")
    messages = found(root)
    if said == "yes":
        assert messages == []
    else:
        column = figure.splitlines()[-1].index("at: ") + len("at: ") + 1
        assert places(messages) == [f"data/indicators/one.yml:6:{column} [anchor-says-otherwise]"]
        assert_in_both_languages(messages[0])
        assert f"`{anchor}`" in messages[0].en
        assert f"“{anchor}”" in messages[0].zh


def test_the_command_fails_with_every_place_and_passes_a_good_archive(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = archived(small, {})
    asked = ["--root", str(root), "check", "--archive", str(root / "archive")]
    assert cli.main(asked) == 0
    (root / "archive/report.txt").write_text("别的文字", encoding="utf-8")
    assert cli.main(asked) == 1
    assert f"{ARCHIVED_AT}: [archive-not-as-registered]" in capsys.readouterr().err
