"""Mistakes as beginners make them, pasted from Excel, WeChat or Word: each is told once, at its place, and its right form passes there."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.site.model import load_checked
from tests.expectations import EXPECT, ROOT, TESTS, assert_in_both_languages, pasted, places
from tests.zones import ZONES


class Mistake(NamedTuple):
    """A file of tests/cases/mistakes: where its text goes and in which encoding, the message expected, the text."""

    path: str
    encoding: str
    code: str
    place: str
    words: str
    text: str

    def bytes(self) -> bytes:
        marked = "\ufeff" if self.encoding == "utf-16-be" else ""
        return (marked + self.text).encode(self.encoding)


def read(file: Path) -> Mistake:
    place, expected, text = file.read_bytes().decode().split("\n", 2)
    path, _, encoding = place.removeprefix("# ").partition(" in ")
    return Mistake(path, encoding or "utf-8", *EXPECT.findall(expected)[0], text)


MISTAKES = {file.stem: read(file) for file in sorted((TESTS / "cases/mistakes").iterdir())}
REMOVED_OR_SAVED = {
    "duplicate-key",
    "empty-file",
    "encoding",
    "front-matter-line",
    "id-in-file",
    "invisible-character",
    "markup-in-field",
    "one-language",
    "same-name",
    "stray-data-file",
}
"""The messages that ask for something to be deleted, added or saved otherwise, where there is nothing to paste."""


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small zone, whose files each test puts back."""
    root = tmp_path_factory.mktemp("zone")
    shutil.copytree(ZONES / "small", root, dirs_exist_ok=True)
    for folder in ("records", "charts"):
        shutil.copytree(ROOT / "overrides" / folder, root / "overrides" / folder)
    return root


def told(root: Path, path: str, content: bytes) -> Sequence[Diagnostic]:
    """What is said of a zone with one file more, or another; the file is put back."""
    file = root / path
    before = file.read_bytes() if file.exists() else None
    made = next((folder for folder in reversed(file.parents) if not folder.exists()), None)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    try:
        load_checked(root)
    except ContentError as error:
        return error.diagnostics
    finally:
        file.unlink() if before is None else file.write_bytes(before)
        if made:
            shutil.rmtree(made)
    return ()


def mended(text: str, found: Diagnostic) -> Iterator[str]:
    """The text with a right form pasted: over the key or the value that it is of, over its line or lines, before its line."""
    form, first = found.example, found.at.line - 1
    lines = text.split("\n")
    if found.code == "unknown-key" and not form.startswith(" "):
        line = lines[first].replace(str(found.values["name"]), form, 1)
        yield "\n".join([*lines[:first], line, *lines[first + 1 :]])
    begin, head, end, body = "", text, "", ""
    if text.startswith("---\n"):
        head, end, body = text[3:].partition("\n---\n")
        begin = "---"
    with suppress(yaml.YAMLError, AttributeError):
        yield begin + pasted(head, found) + end + body
    yield "\n".join([*lines[:first], lines[first][: found.at.column - 1] + form, *lines[first + 1 :]])
    for count in (form.count("\n") + 1, 1, 0):
        yield "\n".join([*lines[:first], form, *lines[first + count :]])


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_once_and_its_right_form_passes(mistake: Mistake, zone: Path) -> None:
    [found] = told(zone, mistake.path, mistake.bytes())
    path = found.at.path if mistake.path.startswith(found.at.path) else mistake.path
    assert places([found]) == [f"{path}:{mistake.place} [{mistake.code}]"]
    assert mistake.words in str(found)
    assert_in_both_languages(found)
    if not found.example:
        assert mistake.code in REMOVED_OR_SAVED
        return
    if found.example.startswith(("data/", "docs/")):
        right = found.example.split("\n")[0]
        moved = f"{right}{mistake.path.rpartition('/')[2]}" if right.endswith("/") else right
        left = told(zone, moved, mistake.bytes()) if moved.startswith("data/") else ()
        assert [str(message) for message in left] == []
        return
    tries = mended(mistake.text, found)
    assert any(not told(zone, mistake.path, text.encode()) for text in tries), found.example


def test_there_are_a_hundred_of_them() -> None:
    assert len(MISTAKES) >= 100
