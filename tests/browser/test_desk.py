"""The editor's desk in Chromium: what an editor types is checked as the command checks it, and written as it was meant."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from gazette.base.diagnostics import ContentError
from gazette.build.content_check import check_content
from gazette.content import locks
from gazette.content.loader import load
from gazette.desk.entries import opened, place_of
from gazette.editing import sign_off
from tests.browser.desk import Desk, Editor, desk_of
from tests.expectations import ROOT
from tests.zones import ZONES, adopt

ARTICLE, VISITED, COVERED, LANE, BELL = (
    "docs/zh/news/tea-meets.md",
    "data/indicators/firms-visited.yml",
    "data/indicators/sessions.yml",
    "data/renovations/lane.yml",
    "data/services/bell-line.yml",
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
    assert message.inner_text() == "这一项要填。"
    assert editor.field("title", "en").get_attribute("aria-invalid") == "true"
    assert editor.save().startswith("有错误，没有保存")
    assert (editor.desk.root / LANE).read_bytes() == before
    editor.type("Shop signs of Willow Street", "title", "en")
    assert editor.codes() == []
    assert editor.page.inner_text("#status") == "没有错误。"


MISTAKES = [
    (LANE, "2031-13", "started", "date"),
    (LANE, "181", "duration", "value"),
    (LANE, "days", "duration", "unit"),
    (LANE, "no-such-street", "place"),
    (LANE, '{{ figure("x") }}', "summary", "en"),
    (LANE, "<b>Signs</b>", "summary", "en"),
    (LANE, "services/bell", "related", 0),
    (VISITED, "", "figure", "at"),
    (VISITED, "2031-Q5", "as_of", "date"),
    (ARTICLE, "", "summary", "zh"),
    (ARTICLE, "", "title", "en"),
]


def test_what_the_desk_says_is_what_the_command_says(editor: Editor) -> None:
    """For mistakes of many kinds: the command refuses the written file for what was shown while typing."""
    root = editor.desk.root
    for file, text, *path in MISTAKES:
        editor.open(file)
        editor.type(text, *path)
        shown = editor.codes()
        assert shown, (file, text)
        draft = json.loads(editor.page.evaluate("file => localStorage.getItem('desk-draft:' + file)", file))
        place = place_of(file)
        assert place is not None
        for name, raw in opened(root, place).edited(draft["data"]).items():
            (root / name).write_bytes(raw)
        assert sorted(shown) == sorted(command_says(root)), (file, text)
        git(root, "checkout", "--quiet", "data", "docs")
        editor.drop()


def test_a_new_entry_says_at_its_fields_what_has_to_be_filled_in(editor: Editor) -> None:
    page, file = editor.page, "data/indicators/sample-shops.yml"
    editor.open(file)
    needed = page.locator("[data-control][aria-required=true]").evaluate_all(
        "all => all.map(e => JSON.parse(e.dataset.control).join('.'))"
    )
    assert {"title.zh", "title.en", "summary.zh", "summary.en", "group", "period"} <= {*needed}
    assert page.inner_text("#form h2") == "新建：关键数据"
    assert editor.codes() == []
    assert page.inner_text("#status") == "还有 6 处要填"
    editor.save()
    assert page.inner_text("#status").startswith("有错误，没有保存")
    told = page.locator("#form .message").evaluate_all(
        "all => all.map(e => [JSON.parse(e.closest('[data-path]').dataset.path)[0], e.innerText])"
    )
    names = ("title", "summary", "group", "figure", "period", "as_of")
    assert told == [[name, "这一项要填。"] for name in names]
    red = page.locator("[data-control][aria-invalid=true]").evaluate_all(
        "all => all.map(e => JSON.parse(e.dataset.control).join('.'))"
    )
    assert red == needed
    assert not (editor.desk.root / file).exists()


def test_the_fields_of_an_entry_of_its_own_kind_come_after_its_summary(editor: Editor) -> None:
    editor.open("data/renovations/sample-road.yml")
    names = "all => all.map(e => JSON.parse(e.dataset.path)[0])"
    shown = editor.page.locator("#form > div > [data-path]").evaluate_all(names)
    folded = editor.page.locator("#form .more > [data-path]").evaluate_all(names)
    assert shown[:2] == ["title", "summary"]
    assert shown.index("started") < shown.index("duration") < shown.index("points") < shown.index("evidence")
    assert {"photos", "order"} <= {*folded}
    editor.open(LANE)  # What is filled in is not folded away.
    assert editor.field("comparisons", 0, "before", "file").is_visible()


def test_what_is_to_be_typed_is_shown_as_it_is_typed(editor: Editor) -> None:
    editor.open(LANE)
    editor.type("180天", "duration", "value")
    message = editor.page.locator('[data-path=\'["duration","value"]\'] > .messages .message')
    assert message.locator("pre").inner_text() == "正确写法 180"
    assert "写在单位编号（unit）" in message.inner_text()


def test_the_search_finds_figures_and_words_and_enter_opens_the_first(editor: Editor) -> None:
    page = editor.page
    page.fill("#search", "147")
    page.wait_for_selector(".entry[data-file='data/indicators/firms-covered.yml']")
    assert "147" not in page.locator(".entry").first.inner_text()
    page.fill("#search", "did not INTERRUPT business")
    page.press("#search", "Enter")
    page.wait_for_selector(f"#form[data-file='{LANE}'][data-state=checked]", state="attached")
    assert page.locator(".entry").count() == 1
    page.fill("#search", "no such words")
    page.press("#search", "Enter")
    page.wait_for_selector("#found:has-text('没有找到')")


def test_a_dialog_says_what_is_missing_or_wrong_in_it(editor: Editor) -> None:
    page = editor.page
    page.click("#hand-in")
    page.fill("#ask-hand_in_what", "  ")
    page.click("#dialog .main")
    assert page.locator("#dialog .message").all_inner_texts() == ["这一项要填。"]
    assert page.get_attribute("#ask-hand_in_what", "aria-describedby") == page.get_attribute(
        "#dialog .message", "id"
    )
    page.keyboard.press("Escape")
    page.click("#new")
    for typed, said in (
        ("", "这一项要填。"),
        ("Sample Road", "编号只用小写英文字母"),
        ("index", "编号只用小写英文字母"),
        ("bricks", "这个编号已经有了"),
    ):
        page.fill("#ask-id", typed)
        page.click("#dialog .main")
        assert page.locator("#dialog .message").count() == 1
        assert page.inner_text("#dialog .message").startswith(said)
        assert page.evaluate("document.activeElement.id") == "ask-id"
    page.click("#dialog button[value=no]")
    assert page.locator("#dialog[open]").count() == 0
    editor.open(COVERED)
    editor.field("figure", "value").fill("21")
    editor.type("21余次", "figure", "at")
    page.click(".message button >> nth=0")
    page.click("#dialog .main")
    assert page.locator("#dialog .message").count() == 2
    page.keyboard.press("Escape")
    page.click("#form .message button >> nth=1")
    page.fill("#ask-as_of", "2032年1月")
    page.click("#dialog .main")
    assert page.inner_text("#dialog .message").startswith("这不是日期")
    page.keyboard.press("Escape")


def test_a_draft_outlives_a_crash(editor: Editor) -> None:
    editor.open(LANE)
    editor.type("An unsaved summary.", "summary", "en")
    devtools = editor.page.context.new_cdp_session(editor.page)
    devtools.on("Target.targetCrashed", lambda _: None)
    page = editor.page.context.new_page()
    with pytest.raises(Exception, match="crash"):
        editor.page.goto("chrome://crash")
    again = Editor(editor.desk, page)
    assert again.page.locator(".unsaved").count() == 1
    again.open(LANE)
    assert again.field("summary", "en").input_value() == "An unsaved summary."
    assert "上次没有保存" in again.page.inner_text(".notice")
    again.page.click(".notice button")
    again.page.wait_for_selector(".notice", state="detached")
    assert again.field("summary", "en").input_value().startswith("The shop signs")
    assert again.page.locator(".unsaved").count() == 0


def test_a_file_that_was_changed_elsewhere_is_not_overwritten_unseen(editor: Editor) -> None:
    file = editor.desk.root / LANE
    editor.open(LANE)
    editor.type("Mine of Willow Street.", "summary", "en")
    theirs = file.read_text(encoding="utf-8").replace(
        "The shop signs on both sides of", "Theirs and the signs of"
    )
    file.write_text(theirs, encoding="utf-8", newline="\n")
    editor.save()
    versions = editor.page.inner_text(".versions")
    assert "Mine of Willow Street." in versions
    assert "Theirs and the signs of" in versions
    assert file.read_text(encoding="utf-8") == theirs
    editor.page.click("#keep-mine")
    editor.page.wait_for_selector("#form[data-state=saved]", state="attached")
    assert "en: Mine of Willow Street.}" in file.read_text(encoding="utf-8")


def test_what_was_changed_elsewhere_in_other_fields_is_kept_unasked(editor: Editor) -> None:
    file = editor.desk.root / LANE
    editor.open(LANE)
    editor.type("Mine of Willow Street.", "summary", "en")
    theirs = file.read_text(encoding="utf-8").replace("工程没有打断营业。", "工程没有打断任何营业。")
    theirs = theirs.replace("title: {zh: 柳荫街牌匾更换", "title: {zh: 柳荫街牌匾的更换")
    file.write_text(theirs, encoding="utf-8", newline="\n")
    assert editor.save() == "已保存；文件在别处的改动也保留了。"
    assert file.read_text(encoding="utf-8") == theirs.replace(
        theirs[theirs.index("en: The shop signs") :].partition("}")[0], "en: Mine of Willow Street."
    )
    assert editor.field("title", "zh").input_value() == "柳荫街牌匾的更换"
    # Where both changed a field, that alone is asked about; the rest of the form stays as it was typed.
    editor.field("title", "en").fill("My signs of Willow Street")
    editor.type("Mine again of Willow Street.", "summary", "en")
    now = file.read_text(encoding="utf-8").replace("Mine of Willow Street", "Theirs of Willow Street")
    file.write_text(now, encoding="utf-8", newline="\n")
    editor.save()
    assert editor.page.locator(".versions tbody tr").count() == 1
    editor.page.click("#keep-theirs")
    editor.page.wait_for_selector("#form[data-state=saved]", state="attached")
    said = file.read_text(encoding="utf-8")
    assert "en: My signs of Willow Street}" in said
    assert "en: Theirs of Willow Street.}" in said


def test_a_file_that_cannot_be_read_is_mended_in_its_text(editor: Editor) -> None:
    root, page = editor.desk.root, editor.page
    good = (root / LANE).read_text(encoding="utf-8")
    (root / LANE).write_text(good.replace("title: {", 'title: {zh: "', 1), encoding="utf-8", newline="\n")
    page.evaluate("file => { location.hash = file }", LANE)
    page.wait_for_selector(f"#form[data-file='{LANE}'] .message")
    assert f"{LANE}:1" in page.inner_text(".messages--all")
    area = page.locator(f"[id='text-{LANE}']")
    area.fill(good.replace("title: {", "title: {{", 1))
    page.click("#save")
    page.wait_for_selector("#status:has-text('没有保存')")
    assert "title: {{" not in (root / LANE).read_text(encoding="utf-8")
    area.fill(good)
    page.click("#save")
    page.wait_for_selector(f"#form[data-file='{LANE}'][data-state=checked]", state="attached")
    assert (root / LANE).read_text(encoding="utf-8") == good
    assert editor.field("title", "zh").input_value() == "柳荫街牌匾更换"
    assert page.inner_text("#status") == "已保存。"


DROP = """(room, [name, bytes]) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], name));
  for (const kind of ["dragenter", "dragover", "drop"])
    room.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
}"""


def test_a_photograph_is_dropped_and_shown_before_it_is_saved(editor: Editor) -> None:
    root, page = editor.desk.root, editor.page
    picture = (ZONES / "full/data/photos/lane-after.jpg").read_bytes()
    editor.open(BELL)
    page.locator("[data-path='[\"photos\"]'] button.add").evaluate(
        "e => { e.closest('details')?.setAttribute('open', ''); e.click() }"
    )
    room = page.locator('[data-path=\'["photos",0,"file"]\']')
    room.evaluate(DROP, ["Notes.txt.jpg", [*b"no picture"]])
    room.locator(".message").wait_for()
    small = BytesIO()
    Image.new("RGB", (64, 64)).save(small, "PNG")
    room.evaluate(DROP, ["small.png", [*small.getvalue()]])
    expect(room.locator(".message").last).to_contain_text("640")
    room.evaluate(DROP, ["The Bell.JPG", [*picture]])
    page.wait_for_selector("img[src='/api/photo?name=the-bell.jpg']")
    for name in ("alt", "caption", "credit", "licence"):
        editor.field("photos", 0, name, "zh").fill(f"样本{name}")
        editor.type(f"Sample {name}", "photos", 0, name, "en")
    assert editor.codes() == []
    expect(editor.shown().locator("img[alt='样本alt']")).to_have_count(1)
    assert not (root / "data/photos/the-bell.jpg").exists()
    assert editor.save() == "已保存。"
    assert (root / "data/photos/the-bell.jpg").read_bytes() == picture


def test_without_a_remote_the_changed_files_are_downloaded(editor: Editor) -> None:
    page = editor.page
    editor.open(LANE)
    editor.type("A sample of Willow Street.", "summary", "en")
    editor.save()
    page.click("#hand-in")
    page.fill("#ask-hand_in_what", "Its summary")
    page.click("#dialog .main")
    with page.expect_download() as started:
        page.click("#dialog a.button")
    assert started.value.suggested_filename == f"{editor.desk.root.name}-2032-01-01.zip"
    with ZipFile(started.value.path()) as packed:
        assert packed.namelist() == [LANE]
        assert packed.read(LANE) == (editor.desk.root / LANE).read_bytes()
        assert b"A sample of Willow Street." in packed.read(LANE)


def test_nothing_is_checked_or_saved_while_an_input_method_composes(editor: Editor) -> None:
    editor.open(LANE)
    asked: list[str] = []
    editor.page.on("request", lambda request: asked.extend(re.findall("/api/(.+)", request.url)))
    devtools = editor.page.context.new_cdp_session(editor.page)
    editor.field("summary", "zh").focus()
    editor.page.keyboard.press("End")
    for text in ("ni", "nihao"):
        devtools.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    editor.page.keyboard.press("Control+s")
    editor.page.wait_for_timeout(600)
    assert asked == []
    devtools.send("Input.insertText", {"text": "你好"})
    editor.checked()
    assert asked == ["check"]
    assert editor.field("summary", "zh").input_value().endswith("你好")


def test_the_keyboard_alone_finds_edits_and_saves(editor: Editor) -> None:
    keys = editor.page.keyboard
    keys.press("/")
    keys.type("willow")
    editor.page.wait_for_selector("[data-file='data/glossary/willow-street.yml']")
    names = []
    for _ in range(12):
        keys.press("Tab")
        names.append(editor.page.evaluate("document.activeElement.dataset.file || ''"))
        if names[-1] == LANE:
            break
    keys.press("Enter")
    editor.page.wait_for_selector(f"#form[data-file='{LANE}'][data-state=checked]", state="attached")
    keys.press("Tab")
    assert editor.page.evaluate("document.activeElement.dataset.control") == '["title","zh"]'
    keys.press("Tab")
    keys.press("End")
    keys.type(" again")
    keys.press("Control+s")
    editor.page.wait_for_selector("#form[data-state=saved]", state="attached")
    assert "en: Shop signs of Willow Street again}" in (editor.desk.root / LANE).read_text(encoding="utf-8")
    # Items are added, moved and removed, and the focus stays with what was moved.
    editor.page.locator("[data-path='[\"not_stated\"]'] button.add").focus()
    keys.press("Enter")
    assert editor.page.evaluate("document.activeElement.dataset.control") == '["not_stated",1,"zh"]'
    keys.type("样本")
    keys.press("Tab")
    keys.type("Sample.")
    keys.press("Tab")
    keys.press("Enter")
    editor.checked()
    keys.press("Control+s")
    editor.page.wait_for_selector("#form[data-state=saved]", state="attached")
    assert changed_lines(editor.desk.root)[1:] == [
        "+title: {zh: 柳荫街牌匾更换, en: Shop signs of Willow Street again}",
        "+  - {zh: 样本, en: Sample.}",
    ]


def test_a_new_record_with_a_photograph_is_made_undone_and_handed_in(editor: Editor, tmp_path: Path) -> None:
    root, page = editor.desk.root, editor.page
    page.click("#new")
    page.select_option("#ask-collection", "honours")
    page.fill("#ask-english_name", "Sample Honour")
    assert page.input_value("#ask-id") == "sample-honour"
    page.click("#dialog .main")
    file = "data/honours/sample-honour.yml"
    page.wait_for_selector(f"#form[data-file='{file}'][data-state=checked]", state="attached")
    assert editor.codes() == []
    for text, *path in (
        ("样本荣誉", "title", "zh"),
        ("A sample honour", "title", "en"),
        ("样本。", "summary", "zh"),
        ("A sample.", "summary", "en"),
        ("2031", "edition", "date"),
    ):
        editor.field(*path).fill(text)
    editor.field("edition", "basis").select_option("stated")
    editor.checked()
    editor.save()
    assert "no-evidence" in editor.codes()
    editor.give_evidence()
    page.click(".more > summary")
    page.locator("[data-path='[\"photos\"]'] button.add").click()
    picture = tmp_path / "New Photo.JPG"
    shutil.copyfile(ZONES / "full/data/photos/lane-after.jpg", picture)
    editor.field("photos", 0, "file").set_input_files(picture)
    page.wait_for_selector("img[src='/api/photo?name=new-photo.jpg']")
    for name in ("alt", "caption", "credit", "licence"):
        editor.field("photos", 0, name, "zh").fill(f"样本{name}")
        editor.type(f"Sample {name}", "photos", 0, name, "en")
    assert editor.save() == "已保存。"
    assert (
        (root / file)
        .read_text(encoding="utf-8")
        .startswith(
            "title: {zh: 样本荣誉, en: A sample honour}\nsummary: {zh: 样本。, en: A sample.}\nedition: {date: 2031, basis: stated}\n"
        )
    )
    assert (root / "data/photos/new-photo.jpg").read_bytes() == picture.read_bytes()
    assert command_says(root) == []

    git(root, "init", "--quiet", "--bare", str(tmp_path / "remote"))
    git(root, "remote", "add", "origin", str(tmp_path / "remote"))
    page.click("#hand-in")
    page.fill("#ask-hand_in_what", "A sample honour")
    page.click("#dialog .main")
    page.wait_for_selector("#dialog[open] :has-text('edit-2032-01-01')")
    pushed = git(tmp_path / "remote", "show", "--name-only", "--format=%s", "edit-2032-01-01")
    assert pushed.split("\n") == ["A sample honour", "", file, "data/photos/new-photo.jpg", ""]

    page.click("#dialog button:not(.main)")
    editor.type("A sample, again.", "summary", "en")
    assert editor.save() == "已保存。"
    page.click("#undo")
    page.wait_for_selector("#status:has-text('已撤销')")
    assert git(root, "status", "--porcelain", "data", "docs") == ""
    assert editor.field("summary", "en").input_value() == "A sample."
    # The next changes are of another kind: they begin on the main branch.
    editor.type("A sample, at last.", "summary", "en")
    editor.save()
    page.click("#hand-in")
    page.fill("#ask-hand_in_what", "Its summary")
    page.click("#dialog .main")
    page.click("#dialog[open] .main:has-text('回到主分支')")
    page.wait_for_selector("#choose:visible")
    page.wait_for_selector("#status:visible:text-is('已回到主分支。')")
    assert git(root, "branch", "--show-current").strip() == "main"
    assert not (root / file).exists()
    assert page.locator(f".entry[data-file='{file}']").count() == 0
    git(root, "remote", "remove", "origin")
    git(root, "branch", "--quiet", "-D", "edit-2032-01-01")


def test_a_published_figure_is_corrected_or_updated_where_it_was_changed(editor: Editor) -> None:
    root, page = editor.desk.root, editor.page
    editor.open(COVERED)
    editor.field("figure", "value").fill("21")
    editor.type("21余次", "figure", "at")
    assert editor.codes() == ["changed-figure"]
    page.click(".message button >> nth=1")
    page.fill("#ask-as_of", "2032")
    page.select_option("#ask-basis", "stated")
    page.click("#dialog .main")
    page.wait_for_selector("#form[data-state=saved]", state="attached")
    text = (root / COVERED).read_text(encoding="utf-8")
    assert "figure: {value: 21, unit: session, qualifier: more_than, source: zone-report, at: 21余次}" in text
    assert "observations:" in text
    assert command_says(root) == []
    git(root, "checkout", "--quiet", "data", "docs")

    editor.open(LANE)
    editor.field("duration", "value").fill("181")
    editor.type("181天", "duration", "at")
    assert editor.codes() == ["silent-change"]
    page.click(".message button")
    editor.give_reason()
    page.wait_for_selector("#form[data-state=saved]", state="attached")
    made = (root / "data/corrections/lane-duration-2032-01-01.yml").read_text(encoding="utf-8")
    assert "figure: renovations/lane.duration" in made
    assert "A sample reason." in made
    assert command_says(root) == []


def test_a_record_is_renamed_and_removed(editor: Editor) -> None:
    root, page = editor.desk.root, editor.page
    editor.open("data/honours/best-park.yml")
    page.click("#rename")
    page.fill("#ask-id", "finest-park")
    page.click("#dialog .main")
    page.wait_for_selector(
        "#form[data-file='data/honours/finest-park.yml'][data-state=checked]", state="attached"
    )
    assert not (root / "data/honours/best-park.yml").exists()
    assert "now: honours/finest-park" in (root / "data/retired/honours-best-park.yml").read_text(
        encoding="utf-8"
    )
    page.click("#remove")
    page.click("#dialog .main")
    page.wait_for_selector(".messages--all .message")
    assert "docs/zh/honours/index.md:7:" in page.inner_text(".messages--all")
    assert (root / "data/honours/finest-park.yml").exists()

    editor.open("data/policies/ten-measures.yml")
    page.click("#remove")
    editor.give_reason()
    page.wait_for_selector("#choose:visible")
    assert not (root / "data/policies/ten-measures.yml").exists()
    assert "A sample reason." in (root / "data/retired/policies-ten-measures.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk of this checkout's own content."""
    root = tmp_path_factory.mktemp("own") / "project"
    root.mkdir()
    for name in ("data", "docs", "overrides", "hooks/main.py", "mkdocs.yml"):
        (shutil.copytree if (ROOT / name).is_dir() else _copy)(ROOT / name, root / name)
    for arguments in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "--message=Start")):
        git(root, *arguments)
    with desk_of(root) as served:
        yield served


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def test_edits_of_what_is_published_change_their_lines_and_no_others(
    own: Desk, browser: Browser, request: pytest.FixtureRequest
) -> None:
    """Of some collections one each, in all thirty: a word is put at the end of the English summary."""
    editor = Editor(own, browser.new_context().new_page())
    listed = editor.page.evaluate("fetch('/api/entries').then(answer => answer.json())")["entries"]
    titled = [
        entry for entry in listed if entry["collection"] not in ("units", "sums", "corrections", "retired")
    ]
    groups: dict[str, list[str]] = {}
    for entry in titled:
        groups.setdefault(entry["collection"], []).append(entry["file"])
    turns = [files[turn] for turn in range(30) for files in groups.values() if turn < len(files)]
    for file in turns[:30] if request.config.getoption("sweep") == "all" else turns[: len(groups) : 4]:
        editor.open(file)
        before = editor.field("summary", "en").input_value()
        editor.type(f"{before} Sample", "summary", "en")
        assert editor.codes() == [], file
        assert editor.save() == "已保存。", file
        gone, come = changed_lines(own.root)
        assert come[1:] == gone[1:].replace(before, f"{before} Sample"), file
        git(own.root, "commit", "--quiet", "--all", "--message=Edit")
    assert command_says(own.root) == []
    assert editor.faults == []
    editor.page.context.close()
