"""The shipped content passes the check after each thing that a command does to it, and is as it was when that is undone."""

from __future__ import annotations

from pathlib import Path

from gazette import cli

WHY = ("--why-zh", "样例原因。", "--why-en", "A sample reason.")
COVERED = "indicators/enterprises-covered"
CHANGES = (
    ("correct", COVERED, "value=150", "at=企业150家", *WHY),
    ("update", COVERED, "value=163", "source=qlwb-dual-pairing", "at=企业163家", "--as-of", "2022"),
    ("remove", "news/sign-renewal", *WHY),
)


def test_each_command_leaves_content_that_passes_and_is_undone(copy: Path) -> None:
    files = [file for file in copy.rglob("*") if file.is_file()]
    before = {file: file.read_bytes() for file in files}
    for change in CHANGES:
        assert cli.main(["--root", str(copy), *change]) == 0
        assert cli.main(["--root", str(copy), "check"]) == 0
        assert {file: file.read_bytes() for file in files if file.is_file()} != before
        assert cli.main(["--root", str(copy), "undo"]) == 0
        assert {file: file.read_bytes() for file in files} == before
