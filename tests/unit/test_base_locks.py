"""What the commit that a change goes into has published: no line of its locks, no correction and no archive goes in silence."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.base.source_files import SourceFiles
from gazette.checks import check
from gazette.content.loader import load
from gazette.content.locks import IDS_LOCK, LOCK
from tests.conftest import Project
from tests.expectations import TESTS, assert_in_both_languages, edit, mistakes, pasted, places

LINE = "data/services/music-line.yml"
REACH = "services/music-line.reach: 187 shop exact\n"


def git(root: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def run(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), *arguments])


@pytest.fixture
def published(small: Project) -> Path:
    """The small project, signed off, locked and committed to main."""
    root = small({})
    assert run(root, "translated", "--all") == 0
    assert run(root, "lock") == 0
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "data", "docs", "mkdocs.yml")
    git(root, "commit", "-q", "-m", "published")
    return root


def found(root: Path) -> list[Diagnostic]:
    content, problems = load(root, SourceFiles(root, since="main"))
    assert problems == []
    return mistakes(check(content))


def hand(root: Path, **changes: tuple[str, str]) -> None:
    """Change one text in the figures' lock, the ids' lock, or the record of the line."""
    for name, (old, new) in changes.items():
        edit(root, {"figures": LOCK, "ids": IDS_LOCK, "record": LINE}[name], old, new)


def raised(root: Path) -> None:
    """The reach of the line, and what its source prints, as another number."""
    edit(root, LINE, "value: 187", "value: 188")
    edit(root, LINE, "at: 187户", "at: 188户")


def corrected(root: Path) -> None:
    file = root / "data/corrections/reach.yml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        "figure: services/music-line.reach\nwas: {value: 187, unit: shop}\nnow: {value: 188, unit: shop}\n"
        "why: {zh: 更正, en: Corrected}\ndate: {date: 2026-11-23, basis: stated}\n",
        encoding="utf-8",
    )


def test_what_is_as_it_was_published_is_in_order(published: Path) -> None:
    assert found(published) == []
    assert run(published, "check", "--since", "main", "--final") == 0


BY_HAND = {
    "a line dropped": ({"figures": (REACH, "")}, f"{LOCK}:4:1"),
    "the last line dropped": (
        {"figures": ("startup_records/kiln.duration: 29m06s exact\n", "")},
        f"{LOCK}:4:1",
    ),
    "a line changed": ({"figures": ("187 shop exact", "188 shop exact")}, f"{LOCK}:4:1"),
    "a qualifier changed": ({"figures": ("300 shop nearly", "300 shop exact")}, f"{LOCK}:3:1"),
    "an id dropped": ({"ids": ("  - services/music-line\n", "")}, f"{IDS_LOCK}:9:5"),
    "an id changed": ({"ids": ("services/music-line\n", "services/music-lane\n")}, f"{IDS_LOCK}:10:5"),
}


@pytest.mark.parametrize(("changes", "place"), BY_HAND.values(), ids=BY_HAND)
def test_a_line_changed_or_dropped_by_hand_is_reported_where_it_stood(
    published: Path, changes: dict[str, tuple[str, str]], place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    hand(published, **changes)
    messages = [message for message in found(published) if message.code != "lost-id"]
    assert places(messages) == [f"{place} [changed-lock]"]
    assert "lock --since main" in messages[0].zh
    assert_in_both_languages(messages[0])
    assert run(published, "check", "--since", "main") == 1
    assert f"{place}: [changed-lock]" in capsys.readouterr().err


def test_a_lock_put_right_as_the_message_says_is_in_order(published: Path) -> None:
    before = [(published / path).read_bytes() for path in (LOCK, IDS_LOCK)]
    hand(published, figures=("187 shop exact", "188 shop exact"), ids=("  - services/music-line\n", ""))
    assert run(published, "lock", "--since", "main") == 0
    assert [(published / path).read_bytes() for path in (LOCK, IDS_LOCK)] == before


def test_a_figure_changed_together_with_its_line_is_a_silent_change(published: Path) -> None:
    raised(published)
    hand(published, figures=("187 shop exact", "188 shop exact"))
    assert mistakes(check(load(published)[0])) == []  # The lock alone does not know.
    [message] = found(published)
    assert places([message]) == [f"{LINE}:4:8 [silent-change]"]
    assert "`187 shop exact`" in message.en


@pytest.mark.parametrize("relocked", [False, True])
def test_a_figure_with_its_correction_may_change_its_line(published: Path, relocked: bool) -> None:
    raised(published)
    corrected(published)
    if relocked:
        assert run(published, "lock") == 0
    assert found(published) == []


def test_an_entry_dropped_together_with_its_lines_is_reported(published: Path) -> None:
    (published / "data/startup_records/kiln.yml").unlink()
    hand(
        published,
        figures=("startup_records/kiln.duration: 29m06s exact\n", ""),
        ids=("  - startup_records/kiln\n", ""),
    )
    assert [(message.code, message.at.path) for message in found(published)] == [
        ("silent-change", LOCK),
        ("lost-id", IDS_LOCK),
    ]


def test_an_entry_that_was_renamed_keeps_its_figures_and_may_lose_its_lines(published: Path) -> None:
    assert run(published, "rename", "services/music-line", "song-line") == 0
    assert found(published) == []
    assert run(published, "lock") == 0
    assert found(published) == []
    hand(published, ids=("  - services/music-line\n", ""))
    assert found(published) == []


def test_what_was_locked_on_a_branch_only_may_still_change(published: Path) -> None:
    new = "data/services/other-line.yml"
    text = (TESTS / "zones/small" / LINE).read_text(encoding="utf-8").replace("Music Line", "Other Line")
    (published / new).write_text(text.replace("音乐专线", "另一专线"), encoding="utf-8")
    assert run(published, "lock") == 0
    edit(published, new, "value: 187", "value: 189")
    edit(published, new, "at: 187户", "at: 189户")
    [message] = found(published)
    assert places([message]) == [f"{new}:4:8 [silent-change]"]
    assert "lock --since main" in message.en
    assert run(published, "lock", "--since", "main") == 0
    assert "services/other-line.reach: 189 shop exact" in (published / LOCK).read_text(encoding="utf-8")
    assert found(published) == []
    (published / new).unlink()
    assert run(published, "lock", "--since", "main") == 0
    assert "other-line" not in (published / IDS_LOCK).read_text(encoding="utf-8")
    assert found(published) == []


def test_locking_anew_what_was_published_is_refused_and_changes_nothing(published: Path) -> None:
    raised(published)
    hand(published, figures=("187 shop exact", "188 shop exact"))
    before = [(published / path).read_bytes() for path in (LOCK, IDS_LOCK)]
    assert run(published, "lock", "--since", "main") == 1
    assert [(published / path).read_bytes() for path in (LOCK, IDS_LOCK)] == before


def test_what_was_published_since_on_main_is_not_missed_on_an_older_branch(published: Path) -> None:
    git(published, "checkout", "-q", "-b", "older")
    git(published, "checkout", "-q", "main")
    new = published / "data/services/other-line.yml"
    text = (TESTS / "zones/small" / LINE).read_text(encoding="utf-8").replace("Music Line", "Other Line")
    new.write_text(text.replace("音乐专线", "另一专线"), encoding="utf-8")
    assert run(published, "lock") == 0
    git(published, "add", "data")
    git(published, "commit", "-q", "-m", "another line")
    git(published, "checkout", "-q", "older")
    assert found(published) == []
    raised(published)
    hand(published, figures=("187 shop exact", "188 shop exact"))
    assert [message.code for message in found(published)] == ["silent-change"]


@pytest.mark.parametrize("command", ["check", "lock"])
@pytest.mark.parametrize("commit", ["no-such-branch", "0" * 40, "main:data"])
def test_a_missing_base_is_an_error_and_changes_nothing(
    published: Path, command: str, commit: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (published / LOCK).read_bytes()
    assert run(published, command, "--since", commit) == 1
    said = capsys.readouterr().err
    assert f"no commit `{commit}`" in said
    assert "没有提交" in said
    assert (published / LOCK).read_bytes() == before


def test_a_shallow_clone_says_how_to_fetch_the_base(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=published, capture_output=True, check=True, text=True
    )
    git(published, "commit", "-q", "--allow-empty", "-m", "newer")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", published.as_uri(), str(clone))
    assert run(clone, "check", "--since", old.stdout.strip()) == 1
    said = capsys.readouterr().err
    assert "git fetch --unshallow" in said
    assert "fetch-depth" in said


def test_a_base_without_locks_had_published_nothing(small: Project) -> None:
    root = small({LOCK: None, IDS_LOCK: None})
    git(root, "init", "-q", "-b", "main")
    for path in (LOCK, IDS_LOCK):
        (root / path).unlink(missing_ok=True)
    git(root, "add", "data", "docs", "mkdocs.yml")
    git(root, "commit", "-q", "-m", "begun")
    assert run(root, "lock") == 0
    assert found(root) == []


@pytest.mark.parametrize(
    ("path", "text"), [(LOCK, "music-line.reach: 187 shop exact\n"), (IDS_LOCK, "ids: 1\n")]
)
def test_a_base_whose_locks_cannot_be_read_is_told_with_its_commit(
    published: Path, path: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = (published / path).read_bytes()
    (published / path).write_text(text, encoding="utf-8")
    git(published, "commit", "-q", "-a", "-m", "broken")
    (published / path).write_bytes(kept)
    assert run(published, "check", "--since", "main") == 1
    assert f"main:{path}:1:" in capsys.readouterr().err


def test_an_indicator_s_line_is_held_by_its_values_over_time(published: Path) -> None:
    path = "data/indicators/shops.yml"
    old = (published / path).read_text(encoding="utf-8")
    newer = old.replace(
        "{value: 300, unit: shop, qualifier: nearly, source: report, at: 近300户}",
        "{value: 310, unit: shop, source: report, at: 310户}",
    )
    newer = newer.replace("as_of: {date: 2021, basis: inferred}", "as_of: {date: 2022, basis: inferred}\nobservations:\n"
        "  - figure: {value: 300, unit: shop, qualifier: nearly, source: report, at: 近300户}\n    as_of: {date: 2021, basis: inferred}")  # fmt: skip
    (published / path).write_text(newer, encoding="utf-8")
    assert found(published) == []
    assert run(published, "lock") == 0
    assert found(published) == []
    hand(published, figures=("indicators/shops.figure@2021: 300 shop nearly\n", ""))
    assert [message.code for message in found(published)] == ["changed-lock"]


CORRECTION = "data/corrections/reach.yml"


@pytest.fixture
def with_correction(published: Path) -> Path:
    """The same after a correction of the line's reach was published and locked."""
    raised(published)
    corrected(published)
    assert run(published, "lock") == 0
    git(published, "add", "data")
    git(published, "commit", "-q", "-m", "corrected")
    return published


LOST = {
    "another day": ("date: 2026-11-23", "date: 2026-11-24"),
    "another value before": ("was: {value: 187,", "was: {value: 186,"),
    "another figure": ("services/music-line.reach", "indicators/shops"),
}


@pytest.mark.parametrize(("old", "new"), [("", ""), *LOST.values()], ids=["deleted", *LOST])
def test_a_published_correction_neither_goes_nor_changes(
    with_correction: Path, old: str, new: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = with_correction / CORRECTION
    before = file.read_text(encoding="utf-8")
    assert found(with_correction) == []
    if old:
        edit(with_correction, CORRECTION, old, new)
    else:
        file.unlink()
    [message] = [each for each in found(with_correction) if each.code != "contradicted-correction"]
    assert places([message]) == [f"{CORRECTION}:1:1 [lost-correction]"]
    assert_in_both_languages(message)
    assert "187 shop exact" in message.zh
    assert "188 shop exact" in message.en
    assert run(with_correction, "check", "--since", "main") == 1
    assert f"{CORRECTION}:1:1: [lost-correction]" in capsys.readouterr().err
    file.write_text(message.example + "\n", encoding="utf-8")
    assert found(with_correction) == []
    assert file.read_text(encoding="utf-8") == before


def test_a_correction_in_better_words_or_of_a_renamed_record_is_the_same(with_correction: Path) -> None:
    edit(with_correction, CORRECTION, "zh: 更正,", "zh: 按原文更正,")
    assert run(with_correction, "rename", "services/music-line", "song-line") == 0
    assert found(with_correction) == []
    (with_correction / CORRECTION).unlink()
    [message] = found(with_correction)
    (with_correction / CORRECTION).write_text(message.example + "\n", encoding="utf-8")
    assert found(with_correction) == []


def test_a_retirement_that_was_published_is_missed(published: Path) -> None:
    assert run(published, "rename", "services/music-line", "song-line") == 0
    assert run(published, "lock") == 0
    git(published, "add", "data", "docs")
    git(published, "commit", "-q", "-m", "renamed")
    (published / "data/retired/services-music-line.yml").unlink()
    hand(published, ids=("  - services/music-line\n", ""))
    [message] = found(published)
    assert (message.code, message.at.path) == ("lost-id", IDS_LOCK)
    file = published / "data/retired/services-music-line.yml"
    file.write_text(message.example.replace("now: …", "now: services/song-line") + "\n", encoding="utf-8")
    assert found(published) == []


SHOPS = "data/indicators/shops.yml"
OBSERVED = (
    "observations:\n  - figure: {value: 290, unit: shop, source: report, at: 290户}\n"
    "    as_of: {date: 2020, basis: inferred}\n"
)


def test_an_earlier_value_that_was_published_is_missed(published: Path) -> None:
    file = published / SHOPS
    before = file.read_text(encoding="utf-8")
    file.write_text(before + OBSERVED, encoding="utf-8")
    assert run(published, "lock") == 0
    git(published, "commit", "-q", "-a", "-m", "an earlier value")
    assert found(published) == []
    file.write_text(before, encoding="utf-8")
    hand(published, figures=("indicators/shops.figure@2020: 290 shop exact\n", ""))
    [message] = found(published)
    assert (message.code, message.at.path) == ("changed-figure", SHOPS)
    assert "`290 shop exact`" in message.en
    assert_in_both_languages(message)


ARCHIVE = "archive: {file: report.txt, sha256: " + "a" * 64 + "}\n"
REPORT = "data/sources/report.yml"


@pytest.fixture
def with_archive(published: Path) -> Path:
    """The same with an archive of its source, and another source without one."""
    report = (published / REPORT).read_text(encoding="utf-8")
    (published / REPORT).write_text(report + ARCHIVE, encoding="utf-8")
    (published / "data/sources/leaflet.yml").write_text(report, encoding="utf-8")
    assert run(published, "lock") == 0
    git(published, "add", "data")
    git(published, "commit", "-q", "-m", "archived")
    return published


def test_an_archive_that_was_published_is_missed(with_archive: Path) -> None:
    assert found(with_archive) == []
    edit(with_archive, REPORT, ARCHIVE, "")
    [message] = found(with_archive)
    assert places([message]) == [f"{REPORT}:1:1 [lost-archive]"]
    assert_in_both_languages(message)
    file = with_archive / REPORT
    file.write_text(file.read_text(encoding="utf-8") + message.example + "\n", encoding="utf-8")
    assert found(with_archive) == []


@pytest.mark.parametrize("path", [LINE, SHOPS])
def test_a_published_figure_does_not_come_to_rest_on_what_nobody_can_verify(
    with_archive: Path, path: str
) -> None:
    file = with_archive / path
    text = file.read_text(encoding="utf-8")
    value = "{value: 187, unit: shop" if path == LINE else "{value: 300, unit: shop, qualifier: nearly"
    edit(with_archive, path, f"{value}, source: report", f"{value}, source: leaflet")
    [message] = found(with_archive)
    assert (message.code, message.at.path) == ("lost-evidence", path)
    assert_in_both_languages(message)
    file.write_text(pasted(file.read_text(encoding="utf-8"), message), encoding="utf-8")
    assert found(with_archive) == []
    edit(with_archive, "data/sources/leaflet.yml", "title:", f"{ARCHIVE}title:")
    file.write_text(text.replace(f"{value}, source: report", f"{value}, source: leaflet"), encoding="utf-8")
    assert found(with_archive) == []
