"""Evidence: a figure says what its anchor says, and anchors are proved against the archived text of their source."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.checks import check, verification
from gazette.content.loader import load
from gazette.content.proofs import EVIDENCE_LOCK
from gazette.records.dates import DailyTime
from gazette.records.values import Evidence, Figure, Point, Ref
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, edit, mistakes, pasted, places, table

NEWSPAPER = "晚报记者 赵群\n6月1日起，专线上午8:00至9:00、下午4:00至5:00收运，服务商户187户，惠及近300户。项目用时29分06秒。"
REPORT = (
    "title: {{zh: 街区报道, en: A street report}}\nsummary: {{zh: 一篇报道。, en: A newspaper report.}}\n"
    "outlet: daily\nbyline: {{zh: 赵群, en: Zhao Qun}}\npublished: {{date: 2021-07-15, basis: stated}}\n"
    "archive: {{file: report.txt, sha256: {sha256}}}\n"
)
LINE = "data/services/music-line.yml"
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
    return verification.verify(content, root / "archive")[1]


def test_anchors_that_stand_in_the_archive_and_say_the_figures_are_borne_out(small: Project) -> None:
    assert found(archived(small, {})) == []


def test_a_byte_order_mark_in_the_archive_changes_nothing(small: Project) -> None:
    assert found(archived(small, {}, "\ufeff" + NEWSPAPER)) == []


def test_a_source_without_an_archive_is_not_asked_for_one(small: Project) -> None:
    assert found(small({})) == []


def test_a_missing_archive_is_reported_once_at_its_checksum(small: Project) -> None:
    [message] = found(archived(small, {}, None))
    assert places([message]) == [f"{ARCHIVED_AT} [no-archive]"]
    assert_in_both_languages(message)
    assert "report.txt" in message.zh
    assert "report.txt" in message.en


def test_an_archive_that_was_changed_is_reported_and_nothing_is_held_against_it(small: Project) -> None:
    changed = NEWSPAPER.replace("187", "178")
    [message] = found(archived(small, {"archive/report.txt": changed}))
    assert places([message]) == [f"{ARCHIVED_AT} [archive-not-as-registered]"]
    assert_in_both_languages(message)
    for said in (message.zh, message.en):
        assert sha256(changed) in said
        assert sha256(NEWSPAPER) in said


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
    "data/units/percent.yml": "zh: '%'\nen: {one: percent, other: percent}\n",
    "data/units/year.yml": "zh: 年\nen: {one: year, other: years}\n",
    "data/units/session.yml": "zh: 次\nen: {one: session, other: sessions}\n",
}


@pytest.mark.parametrize(("amount", "anchor", "said"), table("evidence.txt"))
def test_an_anchor_must_say_the_value_the_qualifier_and_no_other_unit(
    small: Project, amount: str, anchor: str, said: str
) -> None:
    figure = FIGURE.format(amount=amount, anchor=f"'{anchor}'")
    content, problems = load(small(UNITS | {"data/indicators/one.yml": figure}))
    assert problems == []
    messages = mistakes(check(content))
    if said == "yes":
        assert messages == []
    else:
        column = figure.splitlines()[-1].index("at: ") + len("at: ") + 1
        assert places(messages) == [f"data/indicators/one.yml:6:{column} [anchor-says-otherwise]"]
        assert_in_both_languages(messages[0])
        assert f"`{anchor}`" in messages[0].en
        assert f"“{anchor}”" in messages[0].zh


HOURS = {
    "another start": ("start: 08:00", "start: 08:30"),
    "another end": ("end: 09:00", "end: 09:30"),
    "the other half of the day": ("{start: 08:00, end: 09:00", "{start: 20:00, end: 21:00"),
    "an end that is not there": ("上午8:00至9:00", "上午8:00"),
    "another street's hours": ("上午8:00至9:00", "下午4:00至5:00"),
}


@pytest.mark.parametrize(("old", "new"), HOURS.values(), ids=HOURS)
def test_an_anchor_must_say_the_start_and_the_end_of_daily_hours(small: Project, old: str, new: str) -> None:
    root = small({})
    assert mistakes(check(load(root)[0])) == []
    edit(root, LINE, old, new)
    [message] = mistakes(check(load(root)[0]))
    text = (root / LINE).read_text(encoding="utf-8")
    column = text.splitlines()[5].index("at: ") + len("at: ") + 1
    assert places([message]) == [f"{LINE}:6:{column} [anchor-says-other-hours]"]
    assert_in_both_languages(message)
    (root / LINE).write_text(pasted(text, message), encoding="utf-8")
    assert mistakes(check(load(root)[0])) == []


def kinds_of(kind: type[Evidence]) -> set[type[Evidence]]:
    return {kind}.union(*map(kinds_of, kind.__subclasses__()))


def test_every_kind_of_value_with_an_anchor_is_held_against_it() -> None:
    says_nothing_in_numerals = {Evidence, Point}
    assert kinds_of(Evidence) - says_nothing_in_numerals == {Figure, DailyTime}


def test_an_anchor_that_stands_in_what_is_left_out_is_looked_for_too(small: Project) -> None:
    left_out = "left_out: [{at: 惠及近300户, reason: opinion, text: {zh: 甲, en: A}}]\n"
    root = archived(small, {})
    source = root / "data/sources/report.yml"
    source.write_text(source.read_text(encoding="utf-8") + left_out, encoding="utf-8")
    assert found(root) == []
    edit(root, "data/sources/report.yml", "惠及近", "惠及超")
    assert places(found(root)) == ["data/sources/report.yml:7:17 [anchor-not-in-archive]"]


def run(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), *arguments])


def verified(small: Project, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """The small project with all of it signed off, locked and proved."""
    root = archived(small, changes or {})
    assert run(root, "translated", "--all") == 0
    assert run(root, "lock") == 0
    assert run(root, "verify", "--archive", str(root / "archive")) == 0
    return root


def test_what_was_proved_is_recorded_with_its_place_and_lets_the_check_do_without_the_text(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = verified(small)
    assert "7 anchors of 1 sources" in capsys.readouterr().out
    assert (root / EVIDENCE_LOCK).read_text(encoding="utf-8").splitlines()[2:] == [
        "report:",
        f"  sha256: {sha256(NEWSPAPER)}",
        "  anchors:",
        '    "晚报": 1:1',
        '    "6月1日": 2:1',
        '    "上午8:00至9:00": 2:9',
        '    "下午4:00至5:00": 2:21',
        '    "187户": 2:39',
        '    "近300户": 2:46',
        '    "29分06秒": 2:56',
    ]
    (root / "archive/report.txt").unlink()
    assert run(root, "check", "--final") == 0


def unproved(root: Path) -> list[Diagnostic]:
    return [message for message in check(load(root)[0]) if message.code == "unproved-anchor"]


def test_an_anchor_that_was_not_proved_waits_and_fails_the_final_check(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = verified(small)
    edit(root, "data/services/music-line.yml", "at: 187户", "at: 商户187户")
    [message] = unproved(root)
    assert places([message]) == ["data/services/music-line.yml:4:53 [unproved-anchor]"]
    assert message.pending
    assert "商户187户" in message.zh
    assert_in_both_languages(message)
    assert run(root, "check") == 0
    assert run(root, "check", "--final") == 1
    assert "data/services/music-line.yml:4:53: [unproved-anchor]" in capsys.readouterr().err
    assert run(root, "verify", "--archive", str(root / "archive")) == 0
    assert run(root, "check", "--final") == 0


def test_another_text_proves_nothing_of_what_the_old_one_did(small: Project) -> None:
    root = verified(small)
    edit(root, "data/sources/report.yml", sha256(NEWSPAPER), "0" * 64)
    [message] = unproved(root)
    assert "7 anchor(s)" in message.en
    assert len({message.at, *message.also}) == 5


def test_nothing_is_recorded_of_an_archive_that_does_not_bear_everything_out(small: Project) -> None:
    root = verified(small)
    before = (root / EVIDENCE_LOCK).read_bytes()
    edit(root, "data/services/music-line.yml", "at: 187户", "at: 共187户")
    assert run(root, "verify", "--archive", str(root / "archive")) == 1
    assert (root / EVIDENCE_LOCK).read_bytes() == before


def test_an_anchor_may_hold_what_yaml_would_read_as_its_own(small: Project) -> None:
    odd = '他说："- 187户: #1 {x}"'
    term = "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
    typed = f"{term}evidence:\n  - source: report\n    at: '{odd}'\n"
    root = small({"data/glossary/one.yml": typed})
    text = NEWSPAPER + odd
    archived(
        small, {"archive/report.txt": text, "data/sources/report.yml": REPORT.format(sha256=sha256(text))}
    )
    assert run(root, "verify", "--archive", str(root / "archive")) == 0
    assert odd in load(root)[0].proofs[Ref("sources", "report")].places
    assert unproved(root) == []


def test_a_renamed_source_keeps_what_was_proved(small: Project) -> None:
    root = verified(small)
    assert run(root, "rename", "sources/report", "evening-report") == 0
    assert unproved(root) == []
    assert Ref("sources", "evening-report") in load(root)[0].proofs


@pytest.mark.parametrize(
    "text", ["report: 1\n", "report: {sha256: a}\n", "report: {sha256: a, anchors: {b: [c]}}\n"]
)
def test_an_evidence_lock_that_was_edited_by_hand_is_reported_not_a_crash(small: Project, text: str) -> None:
    _, problems = load(small({EVIDENCE_LOCK: text}))
    assert places(problems) == [f"{EVIDENCE_LOCK}:1:1 [evidence-lock]"]
    assert_in_both_languages(problems[0])


def test_a_source_without_an_archive_is_shown_as_not_proved_in_both_languages(small: Project) -> None:
    shown = {
        "zh/sources/report.md": "未核对",
        "en/sources/report.md": "no archive of this text is registered",
    }
    pages = render_site(small({})).markdown
    assert all(said in pages[page] for page, said in shown.items())
    pages = render_site(archived(small, {})).markdown
    assert not any(said in pages[page] for page, said in shown.items())


def test_the_command_fails_with_every_place_and_passes_a_good_archive(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = archived(small, {})
    asked = ("verify", "--archive", str(root / "archive"))
    assert run(root, *asked) == 0
    (root / "archive/report.txt").write_text("别的文字", encoding="utf-8")
    assert run(root, *asked) == 1
    assert f"{ARCHIVED_AT}: [archive-not-as-registered]" in capsys.readouterr().err
