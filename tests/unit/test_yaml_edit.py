"""Values change in an editor's file as an editor would change them: what is read is what was meant, all else is as typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic
from gazette.base.line_ends import lines_of
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Document, Location, Plain
from gazette.content.front_matter import split
from gazette.editing.markdown_edit import with_body
from gazette.editing.yaml_edit import at, changed, new_file

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("data/*/*.yml"), *ROOT.glob("docs/??/**/*.md")])
WORDS = (
    "甲",
    "It is",
    ": ",
    "#",
    " #",
    "'",
    '"',
    "\\",
    "- ",
    "{",
    "}",
    ", ",
    "5",
    "~",
    "“乙”",
    "|",
    "!",
    "&x",
    "。",
    "a: b",
    "no",
)
TEXTS = st.lists(st.sampled_from(WORDS), max_size=4).map("".join)
VALUES = (
    TEXTS
    | st.dictionaries(st.sampled_from(("zh", "en", "at")), TEXTS, max_size=3)
    | st.lists(TEXTS, max_size=3)
)
ODD = """\
# head: of the file
title: 一个题目

  分两行写
quoted: "with: colon"   
single: 'it''s'

# about the block
literal: |
  A line
    and more

folded: >-
    some text
    that goes on
list:
- one
- two: 2
  three:   3
# within the list
-   - nested
    - items
empty:
braces: {a: [x, "y, z",], b: {c: d}}
over: {a: 1,
  b: [2,
    3]}
"odd key": last
# below
"""  # noqa: W291


def read(text: str) -> Document:
    raw = text.encode("utf-8")
    if text.removeprefix("\ufeff").startswith("---"):
        problems: list[Diagnostic] = []
        document = split(raw, "sample.md", problems)[0]
    else:
        document, problems = strict_yaml.read(raw, "sample.yml")
    assert not problems
    return document


def paths(data: Plain, path: Location = ()) -> Iterator[Location]:
    """Every path that there is, and for each list its next."""
    if path:
        yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from paths(value, (*path, number))
        yield (*path, len(data))


def meant(data: Plain, path: Location, value: Plain | None) -> Plain:
    """The data with one edit."""
    if len(path) > 1:
        step = path[0]
        part = meant(data[step], path[1:], value)  # type: ignore[index,call-overload]
        pairs = data.items() if isinstance(data, dict) else enumerate(data)
        made = {key: part if key == step else old for key, old in pairs}
        return made if isinstance(data, dict) else list(made.values())  # type: ignore[return-value]
    if isinstance(data, list):
        number = int(path[0])
        return [*data[:number], *([] if value is None else [value]), *data[number + 1 :]]
    assert isinstance(data, dict)
    rest = {key: old for key, old in data.items() if key != path[0] or value is not None}
    return rest if value is None else {**rest, path[0]: value}  # type: ignore[dict-item]


def lines_of_entry(document: Document, path: Location, count: int) -> tuple[int, int]:
    """The first line of an entry, and that of the next which is not within it; lines of the file, from 0.

    Of the next of a list and of the only part of something, those of the list or the whole.
    """
    siblings = at(document.data, path[:-1])
    assert isinstance(siblings, (list, dict))
    if path[-1] == len(siblings) or len(siblings) == 1:
        path = path[:-1]
    first = document.position(path, of_key=True).line - 1
    others = [
        document.position(other, of_key=True).line - 1
        for other in paths(document.data)
        if other[: len(path)] != path
    ]
    return first, min((line for line in others if line > first), default=count)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A real file or an odd one, with line ends of any kind."""
    file = draw(st.sampled_from([None, *FILES]))
    text = file.read_text(encoding="utf-8") if file else ODD
    ends = draw(st.sampled_from((["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"])))
    lines = text.split("\n")
    mixed = "".join(f"{line}{ends[number % len(ends)]}" for number, line in enumerate(lines[:-1])) + lines[-1]
    if draw(st.booleans()) and file not in FILES:
        mixed = mixed.rstrip("\r\n")
    return draw(st.sampled_from(["", "\ufeff"])) + mixed


@given(st.data(), files())
def test_what_is_changed_reads_as_meant_and_all_else_is_as_typed(data: st.DataObject, text: str) -> None:
    document = read(text)
    path = data.draw(st.sampled_from(sorted(paths(document.data), key=str)))
    value = data.draw(VALUES | st.none())
    made = changed(text, document, {path: value})
    again = read(made)
    assert again.data == meant(document.data, path, value)
    before, after = lines_of(text), lines_of(made)
    first, following = lines_of_entry(document, path, len(before))
    if text != made:
        assert before[:first] == after[:first]
        rest = len(before) - following
        # What follows the first key of an item takes its place beside the dash.
        kept = [[line.lstrip(" -") for line in lines[len(lines) - rest :]] for lines in (before, after)]
        assert kept[0] == kept[1]


@given(st.data(), files())
def test_several_changes_are_made_at_once(data: st.DataObject, text: str) -> None:
    document = read(text)
    # Of keys with text each stands for itself.
    keys = sorted(path for path in paths(document.data) if len(path) == 1)
    edits = data.draw(st.dictionaries(st.sampled_from(keys), VALUES | st.none(), max_size=4))
    if {path[0] for path, value in edits.items() if value is None} != document.data.keys():
        expected: Plain = document.data
        for path, value in edits.items():
            expected = meant(expected, path, value)
        assert read(changed(text, document, edits)).data == expected


def test_a_new_file_reads_as_its_data() -> None:
    for file in FILES:
        data = read(file.read_text(encoding="utf-8")).data
        assert read(new_file(data)).data == data


@given(st.dictionaries(TEXTS.filter(bool), VALUES | st.lists(VALUES, max_size=2), min_size=1, max_size=3))
def test_a_new_file_of_any_words_reads_as_its_data(data: dict[str, Plain]) -> None:
    assert read(new_file(data)).data == data


def test_a_new_file_is_written_as_an_editor_writes() -> None:
    point = {"text": {"zh": "一条样例。", "en": "A sample: one."}, "source": "sample-report", "at": "样例"}
    data: dict[str, Plain] = {
        "title": {"zh": "样例记录", "en": "A sample record of some length, to be told apart"},
        "figure": {"value": "5", "unit": "enterprise", "source": "sample-report", "at": "样例5家"},
        "serves": {"zh": "商户", "en": "shops"},
        "points": [point],
        "also": {"zh": ["样例"], "en": ["sample"]},
        "note": "two lines\nof text",
        "said": 'a "word": one',
        "none": "",
    }
    assert new_file(data) == (
        "title:\n"
        "  zh: 样例记录\n"
        "  en: A sample record of some length, to be told apart\n"
        "figure: {value: 5, unit: enterprise, source: sample-report, at: 样例5家}\n"
        "serves: {zh: 商户, en: shops}\n"
        "points:\n"
        "  - text: {zh: 一条样例。, en: \"A sample: one.\"}\n"
        "    source: sample-report\n"
        "    at: 样例\n"
        "also:\n"
        "  zh:\n"
        "    - 样例\n"
        "  en:\n"
        "    - sample\n"
        "note: |-\n"
        "  two lines\n"
        "  of text\n"
        "said: 'a \"word\": one'\n"
        'none: ""\n'
    )  # fmt: skip


CHANGES = (
    # A scalar keeps its style where it fits.
    ("a: 1\nb: 'x'\n", {("b",): "y"}, "a: 1\nb: 'y'\n"),
    ('a: "x"\n', {("a",): "it: is"}, 'a: "it: is"\n'),
    ("a: x\n", {("a",): "it: is"}, 'a: "it: is"\n'),
    ("a: x\n", {("a",): 'it: "is"'}, "a: 'it: \"is\"'\n"),
    ("a: one\n  two\nb: x\n", {("a",): "three"}, "a: three\nb: x\n"),
    ("a: |\n    x\n\n\n# b\nb: x\n", {("a",): "y\nz\n"}, "a: |\n    y\n    z\n\n\n# b\nb: x\n"),
    ("a: >-\n   x\n   y\nb: x\n", {("a",): "y\nz"}, "a: >-\n   y\n\n   z\nb: x\n"),
    ("a:\nb: x\n", {("a",): "y"}, "a: y\nb: x\n"),
    ("a: x", {("a",): "line\nline"}, "a: |-\n  line\n  line"),
    # What is in braces and brackets stays so.
    ("a: {b: x, c: y}\n", {("a", "b"): "1, 2"}, 'a: {b: "1, 2", c: y}\n'),
    ("a: {b: x, c: y}\n", {("a", "d"): {"e": "f"}}, "a: {b: x, c: y, d: {e: f}}\n"),
    ("a: {b: x, c: y}\n", {("a", "c"): None}, "a: {b: x}\n"),
    ("a: [x,\n    y]\n", {("a", 0): None}, "a: [y]\n"),
    ("a: [x, y]\n", {("a", 1): "z", ("a", 2): "w"}, "a: [x, z, w]\n"),
    # Items and keys come and go with their lines.
    ("a:\n- x\n# of y\n- y\n\nb: 1\n", {("a", 2): "z"}, "a:\n- x\n# of y\n- y\n- z\n\nb: 1\n"),
    ("a:\n  - x\n  - y\n  - z\n", {("a", 0): None, ("a", 2): None}, "a:\n  - y\n"),
    ("a:\n  - x\nb: 1\n", {("a", 0): None}, "a: []\nb: 1\n"),
    ("a: []\nb: 1\n", {("a", 0): {"t": "x\ny"}}, "a:\n  - t: |-\n      x\n      y\nb: 1\n"),
    ("a:\n  - t: 1\n    u: 2\n", {("a", 0, "t"): None}, "a:\n  - u: 2\n"),
    ("a:\n  - t: 1\n", {("a", 0, "u"): {"v": ["w"]}}, "a:\n  - t: 1\n    u:\n      v:\n        - w\n"),
    ("a: 1\nc: 3\n", {("b",): "2"}, "a: 1\nb: 2\nc: 3\n"),
    ("# head\nb: 1\n...\n", {("a",): "0"}, "# head\na: 0\nb: 1\n...\n"),
    ("a: 1", {("x", "y", "z"): "0"}, "a: 1\nx:\n  y: {z: 0}"),
    ("a: 1\r\nb: 2\r\n", {("a",): {"c": ["d"]}}, "a:\r\n  c:\r\n    - d\r\nb: 2\r\n"),
    # Of a whole list or map only what differs is written.
    ("a:\n  - 'x'\n  # of y\n  -   y\n", {("a",): ["x", "y", "z"]}, "a:\n  - 'x'\n  # of y\n  -   y\n  - z\n"),
    ("a:\n  - 'x'\n  # of y\n  -   y\n", {("a",): ["y"]}, "a:\n  # of y\n  -   y\n"),
    ("a:\n  - 'x'\n  # of y\n  -   y\n", {("a",): ["x", "z", "y"]}, "a:\n  - 'x'\n  # of y\n  - z\n  -   y\n"),
    ("a: ['x', \n  y]\n", {("a",): ["z", "x", "y"]}, "a: [z, 'x', \n  y]\n"),
    ("a: {b: 'x', c: y}\n", {("a",): {"b": "x", "d": "z"}}, "a: {b: 'x', d: z}\n"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "edits", "right"), CHANGES)
def test_a_change_is_what_an_editor_would_make(
    text: str, edits: dict[Location, Plain | None], right: str
) -> None:
    assert changed(text, read(text), edits, ("a", "b", "c")) == right


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("a: 1\n", ("a", "b"), "x"),  # A text has no parts.
        ("a: [x]\n", ("a", 2), "x"),  # An item is added after the last.
        ("a: 1\n", ("a",), None),  # A file is not left empty.
        ("a:\n  - t: 1\n    # of u\n    u: 2\n", ("a", 0, "t"), None),  # The comment would stand beside.
        ("a: 1\n", ("a",), "甲\n乙"),  # Chinese lines are joined.
        ("a: 1\n", ("a",), "x\u200b"),
    ],
)
def test_what_would_not_read_as_meant_is_refused(text: str, path: Location, value: Plain | None) -> None:
    with pytest.raises(Refused):
        changed(text, read(text), {path: value})


def test_front_matter_changes_and_the_body_stays() -> None:
    page = "\ufeff---\r\ntitle: x\r\n---\r\n\ntitle: x\r\n---\r"
    assert changed(page, read(page), {("title",): "y", ("tags",): ["a"]}) == (
        "\ufeff---\r\ntitle: y\r\ntags:\r\n  - a\r\n---\r\n\ntitle: x\r\n---\r"
    )


@pytest.mark.parametrize(
    ("body", "right"),
    [
        ("\none\ntwo\n", "\r\none\ntwo\r\n"),
        ("\none\nnew\ntwo", "\r\none\nnew\r\ntwo"),
        ("", ""),
    ],
)
def test_a_body_changes_and_the_front_matter_stays(body: str, right: str) -> None:
    head = "---\r\ntitle: 'x'\n--- \r\n"
    assert with_body(f"{head}\r\none\ntwo\r\n", body) == head + right


def test_a_body_is_put_below_front_matter_that_ends_its_file() -> None:
    assert with_body("---\ntitle: x\n---", "one\n") == "---\ntitle: x\n---\none\n"


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "a: !t 1\n", "- a\n", "", "a: 1 # beside\n"])
def test_a_file_that_is_itself_refused_is_not_changed(text: str) -> None:
    document, _ = strict_yaml.read(text.encode("utf-8"), "sample.yml")
    with pytest.raises(Refused):
        changed(text, document, {("a",): "2"})
