"""What an editor is told: every message is there in both languages, and a report shows the line it is about."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator

import pytest

from gazette.base.diagnostics import ContentError, Diagnostic, Position, by_file, file_fault, report
from gazette.base.messages import Message, Refused, messages, say
from gazette.base.source_line import pointed_at
from tests.conftest import Project
from tests.expectations import ROOT

PACKAGE = ROOT / "hooks" / "gazette"
MESSAGES = messages()
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
TAKES_CODE = {"Diagnostic": 1, "say": 0, "wrong": 0, "stage": 0, "_issued": 1, "_message": 1}
"""The calls that name a message, and the place of its code among their arguments."""


def codes(node: ast.expr) -> Iterator[str]:
    """The codes that an argument may be: a text, or one of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*codes(node.body), *codes(node.orelse))


def named() -> Iterator[tuple[str, set[str]]]:
    """Each code that a call names, with the names of the values it gives, where they stand in the call."""
    nodes = [node for tree in TREES for node in ast.walk(tree)]
    refusals = [
        node.name
        for node in nodes
        if isinstance(node, ast.ClassDef) and "Refused" in [getattr(base, "id", "") for base in node.bases]
    ]
    places = TAKES_CODE | dict.fromkeys(refusals, 0)
    for node in nodes:
        if not isinstance(node, ast.Call):
            continue
        place = places.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
        if place is None or len(node.args) <= place:
            continue
        given = {word.arg for word in node.keywords if word.arg} - {"also", "pending", "right_form"}
        for argument in node.args[place + 1 :]:
            if isinstance(argument, ast.Dict):
                given |= {str(key.value) for key in argument.keys if isinstance(key, ast.Constant)}
        yield from ((code, given) for code in codes(node.args[place]))


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def test_every_message_that_code_names_is_there() -> None:
    found = {code for code, _ in named()}
    assert len(found) > 100
    assert found <= MESSAGES.keys(), found - MESSAGES.keys()


def test_every_message_is_named_by_code() -> None:
    texts = {
        node.value
        for tree in TREES
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert texts >= MESSAGES.keys(), MESSAGES.keys() - texts


def test_a_call_gives_a_message_only_values_that_it_has_a_place_for() -> None:
    for code, given in named():
        assert given <= placeholders("".join(MESSAGES[code])) | {"often"}, code


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_in_both_languages(code: str) -> None:
    zh, en, _ = MESSAGES[code]
    assert re.fullmatch("[a-z]+(-[a-z]+)*", code)
    assert placeholders(zh) | {"reason"} == placeholders(en) | {"reason"}
    assert re.search("[\u4e00-\u9fff]", zh) or placeholders(zh)
    assert re.search("[a-z]", re.sub(r"\{\w+\}", "", en)) or placeholders(en)
    assert not re.search("[\u3000-\u303f\uff00-\uffef]", en), "Chinese punctuation"
    assert "  " not in zh + en


@pytest.mark.parametrize("code", [code for code in MESSAGES if "{reason}" in MESSAGES[code].en])
def test_what_a_program_says_of_a_mistake_is_not_in_the_chinese(code: str) -> None:
    values = dict.fromkeys(placeholders("".join(MESSAGES[code])), "")
    assert "expecting" in say(code, **{**values, "reason": "expecting a name"}).en
    if code != "file-unusable":  # Its reasons are messages.
        assert "expecting" not in say(code, **{**values, "reason": "expecting a name"}).zh


def test_what_the_system_says_of_a_file_is_not_in_the_chinese() -> None:
    told = file_fault(OSError(5000, "No such thing on this system", "data/a.yml"))
    assert "No such thing" in told.en
    assert not re.search("[A-Za-z]", told.zh)


WRITTEN = ("cli", "outputs/data_guide.py", "outputs/message_guide.py")
"""What prints sums, or writes files for editors in both languages: its sentences are no messages."""


def test_no_sentence_for_an_editor_stands_in_code() -> None:
    for path in PACKAGE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if path.relative_to(PACKAGE).as_posix().startswith(WRITTEN):
            continue
        examples = {
            node
            for call in ast.walk(tree)
            if isinstance(call, ast.keyword) and call.arg == "examples"
            for node in ast.walk(call)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in examples:
                assert not re.search("[\u4e00-\u9fff”）]。", node.value), f"{path}:{node.lineno}"


def test_a_message_is_filled_in_each_language_with_its_own_words() -> None:
    said = say("one-language", language=say("english"), file="docs/en/{language}.md")
    assert said.zh == "这一页缺少英文版：请添加 docs/en/{language}.md。"
    assert said.en == "This page has no English version: add docs/en/{language}.md."
    with pytest.raises(KeyError):
        say("one-language", file="docs/en/a.md")


def test_a_diagnostic_is_made_of_values_and_may_be_compared_kept_and_sent() -> None:
    made = [
        Diagnostic(
            Position("a.yml"), "no-such-sum", {"reference": name, "hint": Message("", "")}, pending=True
        )
        for name in ("sums/a", "sums/a", "sums/b")
    ]
    assert len(set(made)) == 2
    assert pickle.loads(pickle.dumps(made)) == made
    assert made[0].zh == "没有“sums/a”这个等式。"
    problem = Refused("new-id-taken", "Details.", record="sums/a")
    assert str(pickle.loads(pickle.dumps(problem))) == str(problem)
    assert str(problem).endswith("an id is never reused.\nDetails.")


LINES = {
    "the first character": ("title: x", 1, "title: x", 0),
    "past the end": ("ab", 3, "ab", 2),
    "after Chinese": ("名称: x", 5, "名称: x", 6),
    "after full-width marks and quotes": ("（“甲”）x", 6, "（“甲”）x", 8),
    "after a tab": ("\ta\tb", 4, "    a    b", 9),
    "at a tab": ("\tb", 1, "    b", 0),
    "at what a terminal would obey": ("a\x1b[31mb", 2, "a\ufffd[31mb", 1),
    "after an accent of its own": ("e\u0301x", 3, "e\u0301x", 1),
    "far into a long line": ("甲" * 100 + "x" + "乙" * 100, 101, "…" + "甲" * 20 + "x" + "乙" * 17 + "…", 41),
    "at the start of a long line": ("x" + "乙" * 100, 1, "x" + "乙" * 37 + "…", 0),
    "at the end of a long line": ("a" * 100, 101, "…" + "a" * 40, 41),
}


@pytest.mark.parametrize(("line", "column", "shown", "before"), LINES.values(), ids=LINES)
def test_the_caret_stands_under_the_column(line: str, column: int, shown: str, before: int) -> None:
    assert pointed_at(line, 12, column) == [f"   12 | {shown}", f"      | {' ' * before}^"]


def empty(path: str, line: int, column: int = 1) -> Diagnostic:
    return Diagnostic(Position(path, line, column), "empty-text", {"name": "zh", "example": "zh: 茶"})


def test_a_report_is_grouped_by_file_with_the_lines_and_one_summary(project: Project) -> None:
    root = project({"data/a.yml": "\ufefftitle:\r\n  zh: \r\n", "data/b.yml": "en: ''\n"})
    found = [empty("data/b.yml", 1, 5), empty("data/a.yml", 2, 7), empty("data/a.yml", 1)]
    said = report([*found, found[0]], root)
    assert said == str(ContentError(found, root))
    assert said.splitlines()[:10] == [
        "── data/a.yml",
        "",
        "data/a.yml:1:1: [empty-text]",
        "    1 | title:",
        "      | ^",
        "  “zh”是空的。",
        "  `zh` must not be empty.",
        "  正确写法 / right form:",
        "    zh: 茶",
        "",
    ]
    assert "\n    2 |   zh:\n      |       ^\n" in said
    assert re.findall("^── .*", said, re.MULTILINE) == ["── data/a.yml", "── data/b.yml"]
    assert said.splitlines()[-1] == "3 处错误，在 2 个文件里 / 3 error(s) in 2 file(s)"
    assert said.count("error(s)") == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [("data/a.yml", 9), ("data/gone.yml", 1), ("data", 1), ("photo.jpg", 1), ("no\0name", 1)],
    ids=["past the end", "no such file", "a folder", "no text", "no name"],
)
def test_what_cannot_be_shown_is_left_out(project: Project, path: str, line: int) -> None:
    root = project({"data/a.yml": "a: b\n", "photo.jpg": b"\xff\xd8\x00\x10"})
    said = by_file([empty(path, line)], root)
    assert " | " not in said
    assert f"{path}:{line}:1: [empty-text]" in said
    assert "`zh` must not be empty." in said


def test_text_in_another_encoding_is_shown_as_far_as_it_can_be(project: Project) -> None:
    root = project({"data/a.yml": "zh: 茶".encode("gbk")})
    assert "    1 | zh: \ufffd" in by_file(
        [Diagnostic(Position("data/a.yml", 1, 5), "encoding", {"found": "GBK"})], root
    )


def test_no_code_names_two_messages() -> None:
    text = (PACKAGE / "base/messages.yml").read_text(encoding="utf-8")
    found = re.findall(r"^([a-z0-9-]+):", text, re.MULTILINE)
    assert sorted(found) == sorted(MESSAGES)
