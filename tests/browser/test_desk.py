"""The editor's desk in Chromium: what an editor types is checked as the command checks it, and written as it was meant."""

from __future__ import annotations

import difflib
import http.client
import io
import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from gazette.base.diagnostics import ContentError
from gazette.build.content_check import check_content
from gazette.content import locks
from gazette.content.loader import load
from gazette.editing import sign_off
from tests.browser.desk import Desk, Editor, desk_of
from tests.zones import adopt

ARTICLE, VISITED, LANE = (
    "docs/zh/news/tea-meets.md",
    "data/indicators/firms-visited.yml",
    "data/renovations/lane.yml",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of the zone with a page of every kind, which is published: signed off, locked, and committed."""
    root = adopt(tmp_path_factory.mktemp("desk") / "zone", "full").root
    content, _ = load(root)
    sign_off.sign(content, content.owners())
    locks.write(load(root)[0])
    for arguments in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "."),
        ("commit", "--quiet", "--message=Start"),
    ):
        git(root, *arguments)
    with desk_of(root) as served:
        yield served


def git(root: Path, *arguments: str) -> str:
    author = ("-c", "user.name=Sample", "-c", "user.email=sample@example.org")
    done = subprocess.run(
        ["git", *author, *arguments], cwd=root, capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout


@pytest.fixture
def editor(desk: Desk, browser: Browser) -> Iterator[Editor]:
    """An editor in a browser that has nothing kept; afterwards the project is as it was."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    at_desk = Editor(desk, context.new_page())
    yield at_desk
    assert at_desk.faults == []
    context.close()
    git(desk.root, "reset", "--quiet", "--hard", "main")
    git(desk.root, "clean", "--quiet", "--force", "-d", "data", "docs")


def changed_lines(root: Path) -> list[str]:
    """The lines that differ from what was committed, without their places."""
    lines = git(root, "diff", "--unified=0", "--", "data", "docs").splitlines()
    return [line for line in lines if line[:1] in "+-" and not line.startswith(("+++", "---"))]


def command_says(root: Path) -> list[str]:
    """The codes of what `gazette check` refuses."""
    try:
        check_content(root)
    except ContentError as error:
        return [found.code for found in error.diagnostics]
    return []


def test_a_value_is_changed_in_its_line_and_no_other(editor: Editor) -> None:
    editor.open(LANE)
    editor.type("Sample words.", "points", 1, "text", "en")
    assert editor.save() == "已保存。"
    assert changed_lines(editor.desk.root) == [
        "-  - text: {zh: 工程没有打断营业。, en: The works did not interrupt business.}",
        "+  - text: {zh: 工程没有打断营业。, en: Sample words.}",
    ]


def test_a_mistake_stands_at_its_field_and_is_not_saved(editor: Editor) -> None:
    before = (editor.desk.root / LANE).read_bytes()
    editor.open(LANE)
    editor.type("", "title", "en")
    message = editor.page.locator('[data-path=\'["title","en"]\'] > .messages .message')
    assert "title" in message.inner_text()
    assert editor.field("title", "en").get_attribute("aria-invalid") == "true"
    assert editor.save().startswith("有错误，没有保存")
    assert (editor.desk.root / LANE).read_bytes() == before
    editor.type("Shop signs of Willow Street", "title", "en")
    assert editor.codes() == []
    assert editor.page.inner_text("#status") == "没有错误。"


def test_what_the_desk_says_is_what_the_command_says(editor: Editor) -> None:
    """For mistakes of many kinds: the codes shown while typing are those that the command refuses the written file for."""
    root = editor.desk.root
    for file, text, *path in MISTAKES:
        editor.open(file)
        editor.type(text, *path)
        shown = editor.codes()
        state = json.loads(
            editor.page.evaluate(
                "localStorage.getItem('desk-draft:' + document.getElementById('form').dataset.file)"
            )
        )
        from gazette.editing.desk.entries import opened, place_of

        place = place_of(file)
        assert place is not None
        now = opened(root, place)
        for name, raw in now.edited(state["data"]).items():
            (root / name).write_bytes(raw)
        assert sorted(shown) == sorted(command_says(root)), (file, text)
        assert shown, (file, text)
        git(root, "checkout", "--quiet", ".")
        editor.page.evaluate("localStorage.clear()")


MISTAKES = [
    (LANE, "2031-13", "started", "date"),
    (LANE, "181", "duration", "value"),
    (LANE, "days", "duration", "unit"),
    (LANE, "no-such-street", "place"),
    (LANE, "统一 # 更换", "points", 0, "at"),
    (LANE, "旧街\u200b", "summary", "zh"),
    (LANE, '{{ figure("x") }}', "summary", "en"),
    (LANE, "<b>Signs</b>", "summary", "en"),
    (LANE, "services/bell", "related", 0),
    (LANE, "lane-befor.jpg", "comparisons", 0, "before", "file"),
    (VISITED, "", "figure", "at"),
    (VISITED, "2031-Q5", "as_of", "date"),
    (ARTICLE, "", "summary", "zh"),
    (ARTICLE, "", "title", "en"),
]
