"""How the command is called: what is wrong in a call is said in both languages, and its help is that of the project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gazette import cli
from gazette.cli import commands
from tests.conftest import Project

WRONG = {
    "no command": ([], "缺少命令", "The command is missing", "gazette"),
    "an unknown command": (["chek"], "没有“chek”这个命令。是不是“check”？", "Do you mean `check`?", "gazette"),
    "a command like no other": (["xyzzy"], "没有“xyzzy”这个命令。\n", "There is no command `xyzzy`.\n", "gazette"),
    "an unknown option": (["check", "--finl"], "没有“--finl”这个选项。是不是“--final”？", "Do you mean `--final`?", "gazette check"),
    "an unknown option before the command": (["--rot", "x"], "是不是“--root”？", "Do you mean `--root`?", "gazette"),
    "an unknown letter": (["check", "-x"], "没有“-x”这个选项", "There is no option `-x`", "gazette check"),
    "a missing argument": (["rename", "services/a"], "缺少 ID", "`ID` is missing", "gazette rename"),
    "no argument": (["rename"], "缺少 COLLECTION/ID", "`COLLECTION/ID` is missing", "gazette rename"),
    "an argument too many": (["lock", "it", "all"], "多出了“it all”", "`it all` is too much", "gazette lock"),
    "a missing value": (["links", "--site"], "--site 后面要写值", "`--site` needs a value", "gazette links"),
    "a missing value before the command": (["--root"], "--root 后面要写值", "`--root` needs a value", "gazette"),
    "a value where none is": (["check", "--final=yes"], "--final 后面不写值", "`--final` takes no value", "gazette check"),
    "a wrong choice": (["links", "--external", "chek"], "“chek”不在 list、check 之中。是不是“check”？", "`chek` is none of `list`, `check`. Do you mean `check`?", "gazette links"),
    "a day that is none": (["inspect", "--today", "2021-6-1"], "--today：“2021-6-1”不是日期", "--today: `2021-6-1` is no day", "gazette inspect"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "zh", "en", "path"), WRONG.values(), ids=WRONG)
def test_a_wrong_call_is_told_in_both_languages_beside_the_right_one(
    arguments: list[str], zh: str, en: str, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 2
    out, said = capsys.readouterr()
    assert out == ""
    usage, chinese, english, *_ = said.splitlines(keepends=True)
    assert usage.startswith(f"用法 / Usage: {path} [OPTIONS]")
    assert zh in chinese
    assert en in english
    assert not re.search("[\u4e00-\u9fff]", english)
    assert said.endswith(f"帮助 / Help: {path} --help\n")


@pytest.mark.parametrize("command", commands.gazette.commands)
def test_help_says_what_each_option_is_in_both_languages(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([command, "--help"]) == 0
    about, _, options = " ".join(capsys.readouterr().out.split()).partition("选项 / Options:")
    assert re.search(r"[\u4e00-\u9fff].* / [a-z]", about)
    described = re.split(r" (?=--[a-z])", options)[1:]
    assert described
    assert not [
        option for option in described if not re.fullmatch(r"--\S+ .*[\u4e00-\u9fff].* / [a-z].*", option)
    ]


def test_help_names_the_site_of_the_folder_and_a_record_of_its_own(
    small: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({"mkdocs.yml": IDENTITY + "theme: material\n"})
    monkeypatch.chdir(root)
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert "街区纪事：内容工具 / The Quarter Record: content tools" in said
    (path,) = re.findall(r"gazette translated (\S+)", said)
    assert (root / path).is_file()
    (record,) = re.findall(r"gazette rename (\S+) ", said)
    assert path == f"data/{record}.yml"


IDENTITY = """\
site_name: 街区纪事
extra:
  locales:
    zh: {site_name: 街区纪事, tagline: 一, site_description: 二, notice: 三, copyright: 四, sections: {home: 首页}}
    en: {site_name: The Quarter Record, tagline: a, site_description: b, notice: c, copyright: d, sections: {home: Home}}
nav:
  - home: index.md
"""


@pytest.mark.parametrize("mkdocs_yml", [None, "", "extra: [", "- a", "site_name: a", "extra: {locales: 1}"])
def test_help_is_given_where_no_project_or_a_broken_one_is(
    mkdocs_yml: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if mkdocs_yml is not None:
        (tmp_path / "mkdocs.yml").write_text(mkdocs_yml, encoding="utf-8")
    assert cli.main(["--root", str(tmp_path), "--help"]) == 0
    said = capsys.readouterr().out
    assert "content tools of a bilingual public-record site" in said
    assert "gazette rename" not in said


def test_outside_of_a_project_a_command_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--root", str(tmp_path), "check"]) == 1
    assert "no mkdocs.yml here" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--all", "docs/en/about.md"]])
def test_what_is_signed_off_is_named_or_all(
    arguments: list[str], small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(small({})), "translated", *arguments]) == 1
    assert "Name files, or only --all" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["status"], ["translated", "--all"], ["lock"], ["fields"]])
def test_a_page_that_cannot_be_rendered_does_not_keep_an_editor_from_what_needs_no_page(
    arguments: list[str], small: Project
) -> None:
    page = '---\ntitle: {0}\nsummary: {0}\n---\n{{{{ label("nothing") }}}}\n'
    root = small({"docs/zh/about.md": page.format("关于"), "docs/en/about.md": page.format("About")})
    assert cli.main(["--root", str(root), "check"]) == 1
    assert cli.main(["--root", str(root), *arguments]) == 0
