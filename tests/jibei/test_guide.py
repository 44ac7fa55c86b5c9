"""The guide: whoever follows it, in either language, comes through, and nothing of it is among what is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.guide_pictures import GUIDE, IMAGES, MOST_BYTES, follow, steps

from gazette import cli
from tests.expectations import ROOT

ENGLISH = "handbook/guide.md"


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_each_command_of_the_guide_passes_on_the_files_that_it_shows(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = 0
    for step in steps(read(GUIDE)):
        assert follow(step, copy) == 0, (step, *capsys.readouterr())
        done += not step.path
    assert done >= 20
    assert cli.main(["--root", str(copy), "check"]) == 0


@pytest.mark.parametrize("guide", [GUIDE, ENGLISH])
def test_each_command_that_the_guide_names_is_there_with_its_options(
    guide: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = re.findall(r"gazette ([a-z]+)([^`\n]*)", read(guide))
    assert {"review", "verify", "status", "share"} <= {command for command, _ in named}
    for command, rest in named:
        assert cli.main([command, "--help"]) == 0, command
        known = capsys.readouterr().out
        assert all(option in known for option in re.findall(r"--[a-z-]+", rest)), (command, rest)


def test_both_languages_show_the_same_files_and_commands() -> None:
    assert [*steps(read(GUIDE))] == [*steps(read(ENGLISH))]


def test_what_the_guide_shows_is_a_sample_and_not_published() -> None:
    for step in steps(read(GUIDE)):
        if step.path:
            assert "sample" in step.path
            assert re.search("示例|Sample", step.text)
            assert not (ROOT / step.path).exists()


def test_each_picture_of_the_guide_is_there_and_small() -> None:
    shown = {name: re.findall(r"!\[[^\]]+\]\(images/(\S+)\)", read(name)) for name in (GUIDE, ENGLISH)}
    assert shown[GUIDE] == shown[ENGLISH]
    assert {file.name for file in IMAGES.iterdir()} == {*shown[GUIDE]}
    assert all(file.stat().st_size <= MOST_BYTES for file in IMAGES.iterdir())
