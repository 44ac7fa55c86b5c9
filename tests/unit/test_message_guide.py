"""What a code means: in the terminal and on a page of the handbook; and the commands that messages and documents name."""

from __future__ import annotations

import re

import click
import pytest

from gazette import cli
from gazette.base.messages import LAUNCHER, messages, say
from gazette.cli import commands
from gazette.outputs import message_guide
from tests.expectations import EXPECT, ROOT, TESTS

CODES = [code for codes in message_guide.sections().values() for code in codes]
NAMED = re.compile(
    r"(?:\{gazette\}|gazette(?:\.sh|\.cmd|\.exe\")?) ([a-z]+)((?: (?:--[a-z-]+|[A-Z\[][^\s`]*))*)"
)
"""A command as it is named, and the options after it."""
"""What start.cmd opens, beside the commands that are there."""


def test_the_page_of_all_messages_is_up_to_date() -> None:
    page = (ROOT / message_guide.FILE).read_text(encoding="utf-8")
    assert page == message_guide.render(), "run `gazette fields`"
    anchors = re.findall(r"^### (\S+)$", page, re.MULTILINE)
    assert anchors == CODES
    assert len(anchors) == len({*anchors})


def test_every_code_that_a_mistake_is_told_by_is_explained() -> None:
    files = [file for folder in ("mistakes", "records", "strict_yaml", "pages") for file in (TESTS / "cases" / folder).iterdir()]  # fmt: skip
    told = {code for file in files for code, _, _ in EXPECT.findall(file.read_bytes().decode())}
    assert told - {*CODES} == set()


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_leaves_nothing_open(code: str) -> None:
    said = message_guide.explained(code)
    assert said.startswith(f"[{code}]\n")
    assert "{gazette}" not in said
    assert not re.search(r"(?<!\{)\{[a-z_]+\}(?!\})", said)


def test_a_longer_word_is_of_a_message_and_in_both_languages() -> None:
    for code, more in message_guide._explanations().items():
        assert code in CODES
        assert re.search("[\u4e00-\u9fff]{2}", more["zh"])
        assert re.search("[a-z]+ [a-z]+", more["en"])
        assert ("typed" in more) == ("right" in more)


def test_explain_says_it_in_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["explain", "full-width-mark"]) == 0
    said = capsys.readouterr().out
    assert "    title: {zh: 甲, en: A}\n" in said
    assert "Chinese keyboard" in said


def test_an_unknown_code_is_told_the_nearest(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["explain", "[not-a-dat]"]) == 1
    assert "是不是“not-a-date”？" in capsys.readouterr().err


def test_a_message_names_the_command_as_it_is_called_here() -> None:
    assert f"运行 {LAUNCHER} lock" in say("unlocked-id", count=1, names="a").zh
    assert (ROOT / LAUNCHER).is_file()


TEXTS = {
    "messages": "\n".join(text for message in messages().values() for text in message),
    **{
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for pattern in (
            "*.md",
            "handbook/*.md",
            "*.cmd",
            "*.sh",
            "Makefile",
            ".github/*.md",
            ".github/workflows/*",
        )
        for path in ROOT.glob(pattern)
        if path.name != "CHANGELOG.md"
    },
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_command_that_is_named_exists_with_its_options(text: str) -> None:
    for name, options in NAMED.findall(text):
        found = commands.gazette.commands.get(name)
        if found is None:
            assert not options.strip(" []"), name
            continue
        known = {option for each in found.params if isinstance(each, click.Option) for option in each.opts}
        assert {*re.findall(r"--[a-z-]+", options)} <= known | {"--help"}, name
