"""Cases kept as files: what each expects, and whether the messages an editor got are those.

A case says what it expects in comments, `# expect: code line:column words`; the words, if any, must stand in
the message. A case without such a line expects no message.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from gazette.base.diagnostics import Diagnostic
from gazette.base.messages import say

TESTS = Path(__file__).parent
ROOT = TESTS.parent

ENGINE = os.environ.get("ENGINE", "mkdocs")
"""The engine that the suite is run against; `make test ENGINE=properdocs` is against the other."""

EXPECT = re.compile(r"^# expect: (\S+) (\d+:\d+) ?(.*)$", re.MULTILINE)


class Case(NamedTuple):
    """One file of tests/cases: its name without suffix, its text."""

    name: str
    text: str


def cases(folder: str) -> list[Case]:
    """The files of tests/cases/<folder>, for parametrize; their names serve as ids."""
    files = sorted((TESTS / "cases" / folder).iterdir())
    return [Case(file.stem, file.read_text(encoding="utf-8")) for file in files]


def name(case: Case) -> str:
    """The id of a parametrized case."""
    return case.name


def places(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Each message's file, line, column and code, as an editor reads them: `data/a/b.yml:3:1 [missing]`."""
    return [f"{found.at} [{found.code}]" for found in diagnostics]


def mistakes(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The messages that stop a build: those that only wait for a sign-off or a lock are left out."""
    return [found for found in diagnostics if not found.pending]


def assert_as_expected(case: Case, diagnostics: Iterable[Diagnostic], path: str) -> None:
    """The case's expectations and the messages are the same, in order, and each message is in both languages."""
    found = sorted(diagnostics, key=lambda message: (message.at.line, message.at.column))
    expected = EXPECT.findall(case.text)
    assert places(found) == [f"{path}:{place} [{code}]" for code, place, _ in expected]
    for message, (_, _, words) in zip(found, expected, strict=True):
        assert words in str(message)
        assert_in_both_languages(message)


def assert_in_both_languages(message: Diagnostic) -> None:
    """A message says what is wrong in Chinese and in English, with nothing left unfilled."""
    assert re.search("[\u4e00-\u9fff]{2}", message.zh)
    assert re.search("[a-z]+ [a-z]+", message.en)
    assert not re.search(r"\{\w+\}|None", message.zh + message.en)


def pasted(text: str, found: Diagnostic) -> str:
    """A YAML text with the right form of a message at its place: in that of what is wrong, or beside what lacks it."""
    form = found.example
    node, key, value = _at(yaml.compose(text), (found.at.line - 1, found.at.column - 1))
    column = key.start_mark.column if key else 0
    if found.code == "unknown-key" and key and not form.startswith(" "):
        return text[: key.start_mark.index] + form + text[key.end_mark.index :]
    keyed = key is not None and form.startswith(f"{key.value}:")
    if found.code == "missing" or (not keyed and re.match("[a-z_]+: ", form)):
        place = value if isinstance(value, yaml.MappingNode) else node
        if str(found.values.get("where")) == str(say("here")):
            place = yaml.compose(text)
        if place.flow_style:
            end = place.end_mark.index - 1
            return f"{text[:end]}, {form}{text[end:]}"
        first = place.value[0][0].start_mark
        return f"{text[: first.index]}{form}\n{' ' * first.column}{text[first.index :]}"
    start, end = (key if keyed else value).start_mark.index, value.end_mark.index
    return text[:start] + form.replace("\n", "\n" + " " * column) + text[end:]


def _at(node: yaml.Node, place: tuple[int, int]) -> tuple[yaml.Node, yaml.Node | None, yaml.Node]:
    """The innermost mapping or list around what begins at a line and column, its key, and itself."""
    found: tuple[yaml.Node, yaml.Node | None, yaml.Node] = (node, None, node)
    pairs = node.value if isinstance(node, yaml.MappingNode) else [(None, item) for item in node.value]
    for key, value in pairs:
        if place in [(mark.line, mark.column) for mark in (value.start_mark, (key or value).start_mark)]:
            found = node, key, value
        if isinstance(value, yaml.CollectionNode):
            inner = _at(value, place)
            if inner[2] is not value:
                found = inner
    return found


def lines(path: str) -> list[str]:
    """The lines of tests/cases/<path> after its heading."""
    return (TESTS / "cases" / path).read_text(encoding="utf-8").splitlines()[1:]


def table(path: str) -> list[list[str]]:
    """The rows of tests/cases/<path> after its heading: cells between bars."""
    return [[cell.strip() for cell in line.split("|")] for line in lines(path)]


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Change a text that stands once in a file, as an editor would."""
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path}"
    (root / path).write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def anchor(amount: str) -> str:
    """Characters that say an amount as it is typed in YAML: `value: 29m06s, qualifier: nearly` is said by 近29分06秒."""
    typed = dict(part.strip().split(": ") for part in amount.split(","))
    before = {"nearly": "近", "more_than": "超", "at_least": "至少", "full_coverage": "全覆盖"}
    words = typed.get("value", "").translate(str.maketrans({"h": "小时", "m": "分", "s": "秒"}))
    return before.get(typed.get("qualifier", ""), "") + words
