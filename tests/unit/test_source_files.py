"""What was read of the editors' files before is taken only where a file is as it was."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gazette import checks
from gazette.base import source_files
from gazette.base.source_files import KEPT, SourceFiles
from gazette.checks import name_index
from gazette.content import file_reader
from gazette.content.loader import load
from gazette.content.model import Content
from tests.conftest import Project
from tests.expectations import mistakes, places

KILN = "data/startup_records/kiln.yml"


def read(root: Path) -> Content:
    content, problems = load(root, SourceFiles(root, keep=True))
    assert problems == []
    return content


@pytest.fixture(autouse=True)
def fine_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of this file system tells any two writings apart, so that a test need not wait."""
    monkeypatch.setattr(source_files, "_TICK", 0)


def test_a_file_that_is_as_it_was_is_neither_hashed_nor_parsed_again(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small({})
    first = read(root)

    def refuse(*_: object) -> None:
        raise AssertionError

    for owner, name in ((source_files, "_hash"), (file_reader, "_load_entry"), (file_reader, "_load_prose")):
        monkeypatch.setattr(owner, name, refuse)
    again = read(root)
    assert again == first
    assert again.hashes == first.hashes


@pytest.mark.parametrize("same_times", [False, True])
def test_an_edit_of_the_same_length_is_noticed(small: Project, same_times: bool) -> None:
    root = small({})
    before = read(root)
    old = (root / KILN).stat()
    text = (root / KILN).read_text(encoding="utf-8")
    (root / KILN).write_text(
        text.replace("Kiln", "Klin").replace("kiln", "klin"), encoding="utf-8", newline="\n"
    )
    assert (root / KILN).stat().st_size == old.st_size
    if same_times:
        os.utime(root / KILN, ns=(old.st_atime_ns, old.st_mtime_ns))
    after = read(root)
    assert after.hashes[KILN] != before.hashes[KILN]
    assert after.records != before.records


def test_a_file_written_just_now_is_hashed_again(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_files, "_TICK", 10**12)
    root = small({})
    hashed: list[Path] = []
    once = source_files._hash
    monkeypatch.setattr(source_files, "_hash", lambda file: (hashed.append(file), once(file))[1])
    for times in (1, 2):
        assert SourceFiles(root, keep=True).hashes[KILN]
        assert hashed.count(root / KILN) == times


def test_a_file_is_known_again_after_others_came_and_went(small: Project) -> None:
    root = small({})
    read(root)
    for number in range(3):
        (root / f"data/units/unit{number}.yml").write_text(
            "zh: 间\nen: {one: room, other: rooms}\n", encoding="utf-8"
        )
        assert read(root).units == load(root)[0].units
        assert read(root).records == load(root)[0].records
    for number in range(3):
        (root / f"data/units/unit{number}.yml").unlink()
    assert read(root).units == load(root)[0].units


@pytest.mark.parametrize("spoilt", [b"", b"\x80\x05", b"not what was written", b"{}"])
def test_what_is_kept_may_be_spoilt(small: Project, spoilt: bytes) -> None:
    root = small({})
    first = read(root)
    for file in (root / KEPT).iterdir():
        file.write_bytes(spoilt)
    assert read(root) == first


def test_a_mistake_is_told_each_time(small: Project) -> None:
    root = small({KILN: "title: 窑\n"})
    told = [places(load(root, SourceFiles(root, keep=True))[1]) for _ in range(2)]
    assert told[0] == told[1] != []


def test_a_text_is_looked_at_again_when_it_or_what_it_goes_by_changed(
    small: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small({})
    kept = root / checks.KEPT
    asked: list[str] = []
    said_in = name_index.NameIndex.said_in
    monkeypatch.setattr(
        name_index.NameIndex, "said_in", lambda self, text: (asked.append(text), said_in(self, text))[1]
    )
    assert mistakes(checks.check(read(root), kept)) == []
    assert asked
    asked.clear()
    assert mistakes(checks.check(read(root), kept)) == []
    assert asked == []
    term = "title: {zh: 窑, en: Oven}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
    (root / "data/glossary/oven.yml").write_text(
        f"{term}never: {{zh: [小店], en: [shop]}}\nevidence: [{{source: report, at: 晚报}}]\n",
        encoding="utf-8",
    )
    found = [problem.code for problem in mistakes(checks.check(read(root), kept))]
    assert found == [problem.code for problem in mistakes(checks.check(read(root)))]
    assert asked
