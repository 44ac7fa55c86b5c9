"""Messages for programs: as JSON, and as the commands by which GitHub marks them in the files of a pull request."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic, Position
from gazette.cli.reports import marks
from tests.conftest import Project

WRONG = {
    "data/glossary/seal.yml": "title: {zh: 印章, en: Seal}\nsummary: {zh: 一枚印章。, en: A seal.}\nkind: 术语\n"
    "english: working\nevidence: [{source: report, at: 晚报}]\nrelated: [services/nowhere, services/nowhere]\n",
}


def called(root: Path, *arguments: str) -> int:
    return cli.main(["--root", str(root), *arguments])


def test_json_is_one_list_with_all_that_a_message_knows(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(small(WRONG), "inspect", "--today", "2021-06-16", "--format", "json") == 1
    [found] = json.loads(capsys.readouterr().out)
    assert found.pop("zh").startswith("“kind”不能是“术语”")
    assert "`kind` cannot be `术语`" in found.pop("en")
    assert found == {
        "level": "error",
        "code": "not-a-choice",
        "file": "data/glossary/seal.yml",
        "line": 3,
        "column": 7,
        "right_form": "kind: term",
        "also": [],
    }


def test_json_has_the_further_places(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    twice = {path: text.replace("术语", "term") for path, text in WRONG.items()}
    assert called(small(twice), "inspect", "--format", "json") == 1
    [found] = json.loads(capsys.readouterr().out)
    assert found["code"] == "dangling-id"
    assert [place["column"] for place in found["also"]] == [29]


def test_warnings_stop_nothing(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(small({}), "inspect", "--today", "2020-06-16", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["level"] for one in told} == {"warning"}


def test_github_marks_each_message_and_has_the_text_in_the_log(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(WRONG)
    assert called(root, "inspect", "--format", "github") == 1
    mark, *log = capsys.readouterr().out.splitlines()
    place = f"file={root.as_posix()}/data/glossary/seal.yml,line=3,col=7,title=not-a-choice"
    assert mark.startswith(f"::error {place}::“kind”不能是“术语”")
    assert mark.endswith("%0A正确写法 / right form: kind: term")
    assert "── data/glossary/seal.yml" in log
    assert log[-1] == "1 处错误，在 1 个文件里 / 1 error(s) in 1 file(s)"


def test_what_ends_a_mark_or_a_property_of_it_is_written_in_percents() -> None:
    found = Diagnostic(Position("data/a,b: 100%.yml", 2, 3), "file-unusable", {"reason": "50%\r\n::error::"})
    [mark] = marks("warning", [found], Path())
    assert mark.startswith("::warning file=data/a%2Cb%3A 100%25.yml,line=2,col=3,title=file-unusable::")
    assert "50%25%0D%0A::error::" in mark
    assert "\n" not in mark


def test_of_many_messages_the_first_of_each_file_are_marked_and_the_rest_counted() -> None:
    places = [Position(f"data/{name}.yml", line) for name in "ab" for line in range(1, 9)]
    *told, rest = marks("error", [Diagnostic(place, "empty-file") for place in places], Path())
    assert len(told) == 10
    assert [re.findall(r"data/(\w).yml,line=(\d)", mark)[0] for mark in told[:2]] == [("a", "1"), ("b", "1")]
    assert "6 more" in rest


def test_text_stays_as_it_was(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(small(WRONG), "inspect") == 1
    out, said = capsys.readouterr()
    assert out == ""
    assert "data/glossary/seal.yml:3:7: [not-a-choice]" in said
