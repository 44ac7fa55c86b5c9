"""What a command writes into an editor's file, and that all else in it stays: line ends, comments, marks of an end."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gazette import cli
from gazette.base import strict_yaml
from gazette.base.files import write_all
from gazette.base.line_ends import renewed
from gazette.checks import check
from gazette.content.front_matter import split
from gazette.content.loader import load
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.editing.yaml_edit import changed
from tests.conftest import Project

ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENTRIES = (
    "title: {zh: 甲, en: A}", "summary:\n  zh: |\n    甲\n    乙\n\n  en: \"A\"", "list:\n- a\n- b", "# 注释", "related:",
    "text: >-\n  a\n  b", "points:\n  - text:\n      zh: 甲\n      # among them\n      en: A", "quoted: 'a\n  b'", "",
)  # fmt: skip
SIGNED = (
    "translated: 000000000000",
    'translated:  "000000000000"',
    "translated:",
    '"translated": 000000000000',
)
SIGNED_OFF = {("translated",): "0123456789ab"}
TAILS = ("", "# the last\n", "...\n", "...\n# after\n", "\n\n")


@st.composite
def files(draw: st.DrawFn) -> str:
    """A YAML file with any line ends, one key of its own or none, and something after it."""
    entries = [*draw(st.lists(st.sampled_from(ENTRIES[1:]), unique=True, max_size=5)), ENTRIES[0]]
    signed = draw(st.sampled_from((*SIGNED, "")))
    entries.insert(draw(st.integers(0, len(entries))), signed)
    text = "\n".join(entries) + "\n" + draw(st.sampled_from(TAILS))
    lines = text.removesuffix("\n" * draw(st.booleans())).split("\n")
    ends = [draw(ENDS) for _ in lines[1:]]
    return draw(st.sampled_from(["", "\ufeff"])) + "".join(
        line + end for line, end in zip(lines, [*ends, ""], strict=True)
    )


def others(text: str) -> str:
    """A text but for the line that a sign-off writes, and for a line end that the last may have been given."""
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("translated", '"translated'))).rstrip()


@given(files())
@example("title: A\r\n# 注释\r\nsummary: B")
def test_a_key_is_set_and_all_else_stays(text: str) -> None:
    document, problems = strict_yaml.read(text.encode(), "a.yml")
    assert problems == []
    made = changed(text, document, SIGNED_OFF)
    again, problems = strict_yaml.read(made.encode(), "a.yml")
    assert problems == []
    assert again.data == document.data | {"translated": "0123456789ab"}
    assert others(made) == others(text)
    assert changed(made, again, SIGNED_OFF) == made


@given(files(), ENDS)
def test_a_key_is_set_in_front_matter_and_the_body_stays(text: str, end: str) -> None:
    body = f"---{end}translated: here\r\n\n\rand\r\n"
    page = f"---{end}{text.removeprefix(chr(0xFEFF))}{end}{body}"
    document, _ = split(page.encode(), "a.md")
    made = changed(page, document, SIGNED_OFF)
    again, rest = split(made.encode(), "a.md")
    assert again.data == document.data | {"translated": "0123456789ab"}
    assert made.endswith(body)
    assert rest.text == "translated: here\n\n\nand\n"


def test_a_key_is_set_in_a_mapping_in_braces() -> None:
    text = "{title: {zh: 甲, en: A},\r\n}\n"
    made = changed(text, strict_yaml.read(text.encode(), "a.yml")[0], SIGNED_OFF)
    assert made == "{title: {zh: 甲, en: A}, translated: 0123456789ab,\r\n}\n"


LOCKED = ["# head", "# of two lines", "ids:", "  - a", "  - b", "  - c/d"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "# note", "  # note", "..."]), ENDS, ENDS), min_size=6, max_size=6
    )
)
def test_a_lock_keeps_line_ends_and_comments(typed: list[tuple[str, str, str]]) -> None:
    parts = [(f"{note}{end}" if note else "", f"{line}{ends}") for line, (note, end, ends) in zip(LOCKED, typed, strict=True)]  # fmt: skip
    text = "".join(note + line for note, line in parts)
    assert renewed(text, LOCKED) == text
    more = renewed(text, [*LOCKED[:4], "  - aa", *LOCKED[4:]])
    assert more.replace("  - aa" + (typed[3][2]), "", 1) == text
    less = renewed(text, LOCKED[:4] + LOCKED[5:])
    assert less == text.replace(parts[4][1], "", 1)


MIXED = (
    "# one\r\ntitle: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\r\nkind: term\renglish: working\r\n"
)
MIXED += "evidence: [{source: report, at: 晚报}]\nrelated:\r\n  - services/music-line\n  # two\r\n  - indicators/shops\n...\n# end\r\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "mixed"])
def test_commands_leave_a_file_its_line_ends_comments_and_end(
    small: Project, end: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "data/glossary/mixed.yml"
    plain = MIXED.replace("\r\n", "\n").replace("\r", "\n")
    typed = MIXED if end == "mixed" else plain.replace("\n", end)
    root = small({})
    assert cli.main(["--root", str(root), "lock"]) == 0
    (root / path).write_bytes(typed.encode())
    for lock in (LOCK, IDS_LOCK):
        held = (root / lock).read_text(encoding="utf-8").replace("\n", "\n# mine\n", 1)
        (root / lock).write_bytes(held.replace("\n", "\r\n" if end == "mixed" else end).encode())

    capsys.readouterr()
    assert cli.main(["--root", str(root), "translated", "--all"]) == 0
    said = capsys.readouterr().out
    assert path in said.splitlines()
    assert "English versions signed off: " in said
    signed = (root / path).read_bytes().decode()
    [line] = [line for line in signed.splitlines(keepends=True) if line.startswith("translated")]
    assert signed.replace(line, "") == typed

    assert cli.main(["--root", str(root), "lock"]) == 0
    said = capsys.readouterr().out
    assert f"{IDS_LOCK}\n" in said
    assert "newly locked: 0 figures, 1 ids" in said
    locked = (root / IDS_LOCK).read_bytes().decode()
    assert locked.splitlines()[1] == "# mine"
    if end != "mixed":
        assert set(locked.replace(end, "")) & {"\r", "\n"} == set()

    assert cli.main(["--root", str(root), "rename", "services/music-line", "song"]) == 0
    assert (root / path).read_bytes().decode() == signed.replace("music-line", "song")
    content, problems = load(root)
    assert [found for found in (*problems, *check(content)) if not found.pending] == []


def test_nothing_is_written_where_nothing_changes(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small({})
    for command in (["translated", "--all"], ["lock"]):
        assert cli.main(["--root", str(root), *command]) == 0
        before = {file: file.stat().st_mtime_ns for file in root.rglob("*") if file.is_file()}
        capsys.readouterr()
        assert cli.main(["--root", str(root), *command]) == 0
        assert {file: file.stat().st_mtime_ns for file in before} == before
        assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize(
    "command", [["translated", "--all"], ["lock"], ["rename", "services/music-line", "song"]]
)
def test_a_command_that_refuses_changes_nothing(small: Project, command: list[str]) -> None:
    root = small({"data/glossary/daily.yml": "title: Block #2\r\nx: y\n"})
    before = {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}
    assert cli.main(["--root", str(root), *command]) == 1
    assert {file: file.read_bytes() for file in root.rglob("*") if file.is_file()} == before


def test_of_several_files_all_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(OSError, match="a"):
        write_all(tmp_path, {"a": b"2", "b": b"2", "a/c": b"2"})
    assert (tmp_path / "a").read_bytes() == b"1"
    assert not (tmp_path / "b").exists()
