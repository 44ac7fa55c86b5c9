"""The page beside the form, in Chromium: it shows what is typed, and `gazette edit` shows it from its start to Ctrl+C."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import Desk, Editor, desk_of
from tests.zones import adopt

LANE, ARTICLE = "data/renovations/lane.yml", "docs/zh/news/tea-meets.md"
PATIENCE = 120_000
"""Milliseconds until the first page is there."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_of(adopt(tmp_path_factory.mktemp("desk") / "zone", "full").root) as served:
        yield served


@pytest.fixture
def editor(desk: Desk, browser: Browser) -> Iterator[Editor]:
    context = browser.new_context(viewport={"width": 1600, "height": 800})
    at_desk = Editor(desk, context.new_page())
    yield at_desk
    assert at_desk.faults == []
    context.close()


def files(root: Path) -> dict[str, bytes]:
    """What an editor's files hold."""
    found = (path for folder in ("data", "docs") for path in (root / folder).rglob("*"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found if path.is_file()}


def test_what_is_typed_is_shown_and_no_file_is_written(editor: Editor) -> None:
    before = files(editor.desk.root)
    editor.open(LANE)
    shown = editor.shown()
    expect(shown.locator("h1")).to_have_text("柳荫街牌匾更换")
    editor.type("柳荫街牌匾的更换", "title", "zh")
    expect(shown.locator("h1")).to_have_text("柳荫街牌匾的更换")
    # It is a page of the site, with the styles and pictures of the site.
    assert shown.locator("h1").evaluate("e => getComputedStyle(e).fontFamily").count("serif")
    picture = shown.locator("img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") > 0
    editor.page.click("#preview-language")
    editor.type("Sample signs of Willow Street", "title", "en")
    expect(shown.locator("h1")).to_have_text("Sample signs of Willow Street")
    # Its links lead to other pages, which know what is typed too.
    shown.locator("nav.path a, .breadcrumbs a, nav[aria-label] a").filter(
        has_text="Renovations"
    ).first.click()
    expect(shown.locator("main")).to_contain_text("Sample signs of Willow Street")
    assert files(editor.desk.root) == before


def test_while_there_is_a_mistake_the_last_good_page_stays_and_says_so(editor: Editor) -> None:
    editor.open(LANE)
    expect(editor.shown().locator("h1")).to_have_text("柳荫街牌匾更换")
    state = editor.page.locator("#preview-state")
    expect(state).to_have_text("预览显示的是正在填写的内容。")
    editor.field("title", "zh").fill("柳荫街另一个标题")
    editor.type("", "title", "en")
    expect(state).to_contain_text("有错误")
    expect(editor.shown().locator("h1")).to_have_text("柳荫街牌匾更换")
    editor.type("Another title of Willow Street", "title", "en")
    expect(editor.shown().locator("h1")).to_have_text("柳荫街另一个标题")
    expect(state).to_have_text("预览显示的是正在填写的内容。")


def test_the_page_stays_where_it_was_scrolled_to(editor: Editor) -> None:
    editor.open(ARTICLE)
    shown = editor.shown()
    expect(shown.locator("h1")).to_be_visible()
    scrolled = shown.locator("html").evaluate("e => { scrollTo(0, 200); return scrollY }")
    assert scrolled > 100
    text = editor.field("body", "zh").input_value()
    editor.type(f"{text}\n样本段落。\n", "body", "zh")
    expect(shown.locator("main")).to_contain_text("样本段落。")
    assert shown.locator("html").evaluate("() => scrollY") == scrolled


def test_a_page_that_is_previewed_runs_no_script(editor: Editor) -> None:
    editor.open(LANE)
    expect(editor.shown().locator("h1")).to_be_visible()
    address = editor.page.locator(".preview iframe.shown").evaluate("e => e.contentWindow.location.href")
    page = editor.page.context.new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.className").find("has-") == -1
    assert page.locator("script").count() > 0


def test_a_new_entry_is_shown_before_it_is_saved(editor: Editor) -> None:
    file = "data/glossary/sample-term.yml"
    editor.page.evaluate("file => { location.hash = file }", file)
    editor.page.wait_for_selector(f"#form[data-file='{file}'][data-state=checked]")
    editor.field("title", "zh").fill("样本词")
    editor.field("title", "en").fill("Sample term")
    editor.field("summary", "zh").fill("样本。")
    editor.field("kind").select_option("term")
    editor.field("english").select_option("working")
    editor.field("summary", "en").fill("A sample.")
    editor.give_evidence()
    assert editor.codes() == []
    expect(editor.shown().locator("h1")).to_have_text("样本词")
    assert not (editor.desk.root / file).exists()
    assert editor.save() == "已保存。"
    frame = editor.page.locator(".preview iframe.shown")
    expect(editor.shown().locator("h1")).to_have_text("样本词")
    address = frame.evaluate("e => e.contentWindow.location.href")
    assert editor.page.request.get(address).status == 200
    editor.page.click("#preview-language")
    expect(editor.shown().locator("h1")).to_have_text("Sample term")
    (editor.desk.root / file).unlink()


def test_the_command_shows_it_from_its_start_until_it_is_ended(tmp_path: Path, browser: Browser) -> None:
    root = adopt(tmp_path / "zone", "full").root
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gazette.cli",
        "--root",
        str(root),
        "edit",
        "--no-browser",
        "--port",
        str(port),
    ]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as desk,
        ExitStack() as ending,
    ):
        ending.callback(desk.kill)
        page = ending.enter_context(closing(browser.new_page()))
        assert desk.stdout is not None
        found = re.search(r"http://\S+token=[\w-]+", desk.stdout.readline())
        assert found
        page.set_default_timeout(PATIENCE)
        page.goto(f"{found[0]}#{LANE}")
        page.evaluate("file => { location.hash = file }", LANE)
        shown = page.frame_locator(".preview iframe.shown")
        expect(shown.locator("h1")).to_have_text("柳荫街牌匾更换", timeout=PATIENCE)
        page.fill('[data-control=\'["title","zh"]\']', "柳荫街牌匾的更换")
        expect(shown.locator("h1")).to_have_text("柳荫街牌匾的更换", timeout=PATIENCE)
        page.click("#save")
        page.wait_for_selector("#form[data-state=saved]", state="attached")
        assert "柳荫街牌匾的更换" in (root / LANE).read_text(encoding="utf-8")
        desk.send_signal(signal.SIGINT)
        assert desk.wait(30) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port))
