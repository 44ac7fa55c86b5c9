"""The editor's desk without a browser: its forms, its checks, what it writes, and whom it lets in."""

from __future__ import annotations

import re
import shutil
import socket
import sys
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from io import BytesIO
from pathlib import Path
from posixpath import normpath
from typing import Any
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gazette.base.diagnostics import ContentError
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Location, Plain
from gazette.cli import main
from gazette.content import locks
from gazette.content.loader import load
from gazette.desk import handing_in
from gazette.desk.entries import Opened, opened, place_of
from gazette.desk.forms import form
from gazette.desk.guard import HEADER, Guard
from gazette.desk.located import told
from gazette.desk.project import Project
from gazette.desk.saving import checked, drafted, write
from gazette.desk.web import create_app
from gazette.desk.words import words
from gazette.records import DATA_FOLDERS
from gazette.records.front_matter import Article, PlainPage
from tests.expectations import ROOT
from tests.zones import ZONES, adopt

DESK = ROOT / "hooks/gazette/desk"
LANE, ARTICLE, VISITED = (
    "data/renovations/lane.yml",
    "docs/zh/news/tea-meets.md",
    "data/indicators/firms-visited.yml",
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is only read."""
    return Project(adopt(tmp_path_factory.mktemp("desk") / "zone", "full").root)


def at(project: Project, file: str) -> Opened:
    place = place_of(file)
    assert place is not None
    return opened(project.root, place)


def edited(now: Opened, location: Location, value: Plain) -> Any:
    """What the form has with another value at a place."""
    data = deepcopy(now.data)
    held: Any = data
    for step in location[:-1]:
        held = held[step]
    held[location[-1]] = value
    return data


def typed(project: Project, now: Opened, data: Any) -> list[dict[str, Any]]:
    """The messages that are shown once this was typed."""
    done = checked(project, drafted(project, now, data))
    return told(done.found, done.draft.read)


FILES = sorted(
    path.relative_to(ZONES / "full").as_posix()
    for folder in ("data", "docs/zh")
    for path in (ZONES / "full" / folder).rglob("*.*")
    if place_of(path.relative_to(ZONES / "full").as_posix())
)


def test_every_entry_and_page_is_written_as_it_was_read(project: Project) -> None:
    assert len(FILES) > 60
    for file in FILES:
        now = at(project, file)
        assert now.edited(now.data) == {}, file


@pytest.mark.parametrize(
    "model", [*DATA_FOLDERS.values(), Article, PlainPage], ids=lambda model: model.__name__
)
def test_a_form_has_every_field_with_a_name_in_both_languages(model: type[Any]) -> None:
    fields = form(model)
    assert {field["name"] for field in fields} == {*model.model_fields} - {"id", "translated"}

    def look(fields: list[dict[str, Any]]) -> None:
        for field in fields:
            assert field["label"]["zh"] != field["label"]["en"], field
            for _, said in field.get("choices", ()):
                assert all(said.values())
            look(field.get("fields", []))

    look(fields)


def test_references_are_picked_from_what_they_may_name() -> None:
    def targets(model: type[Any]) -> dict[str, str]:
        return {field["name"]: field.get("target", "") for field in form(model)}

    assert targets(DATA_FOLDERS["services"])["place"] == "glossary"
    assert targets(DATA_FOLDERS["mechanisms"]) | {"part_of": "mechanisms", "related": "any"} == targets(
        DATA_FOLDERS["mechanisms"]
    )
    assert targets(DATA_FOLDERS["sums"])["parts"] == "figures"
    figure = next(field for field in form(DATA_FOLDERS["indicators"]) if field["name"] == "figure")
    assert {field["name"]: field.get("target") for field in figure["fields"]} == {
        "value": None, "unit": "units", "qualifier": None, "source": "sources", "at": None
    }  # fmt: skip


MISTAKES: dict[str, tuple[str, Location, Plain, Location]] = {
    "missing": (LANE, ("title", "en"), "", ("title", "en")),
    "not-a-date": (LANE, ("started", "date"), "2031-13", ("started", "date")),
    "anchor-says-otherwise": (LANE, ("duration", "value"), "181", ("duration", "at")),
    "dangling-id": (LANE, ("place",), "no-such-street", ("place",)),
    "no-photo-file": (
        LANE,
        ("comparisons", 0, "before", "file"),
        "lane.jpg",
        ("comparisons", 0, "before", "file"),
    ),
    "not-a-choice": (VISITED, ("period",), "today", ("period",)),
    "markup-in-field": (LANE, ("points", 1, "text", "en"), "<b>Works</b>", ("points", 1, "text", "en")),
    "no-evidence": ("data/honours/best-park.yml", ("evidence",), [], ("evidence",)),
}


RIGHT_FORMS: list[tuple[str, Location, Plain, str, str]] = [
    (LANE, ("duration", "value"), "180天", "180", "180"),
    (LANE, ("duration", "unit"), "days", "day", "day"),
    (LANE, ("started", "date"), "2031年3月", "2031-03", "2031-03"),
    (LANE, ("related",), ["services"], "alliances/bricks", "alliances/bricks"),
    (VISITED, ("period",), "today", "截至报道时", "Up to the time of the report"),
    (VISITED, ("figure", "qualifier"), "almost", "近", "nearly"),
    ("data/services/bell-line.yml", ("timetable", 0, "start"), "9点", "09:00", "09:00"),
    ("data/units/shop.yml", ("en",), {"one": "x"}, "单数：enterprise\n复数：enterprises", "singular: enterprise\nplural: enterprises"),
    ("data/honours/best-park.yml", ("evidence",), [], "来源编号：street-report\n原文中的几个字：五大联盟", "id of the source: street-report\nthe few characters that hold the fact, copied exactly: 五大联盟"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "location", "value", "zh", "en"), RIGHT_FORMS)
def test_a_right_form_is_what_is_typed_into_the_field(
    project: Project, file: str, location: Location, value: Plain, zh: str, en: str
) -> None:
    now = at(project, file)
    assert typed(project, now, edited(now, location, value))[0]["example"] == {"zh": zh, "en": en}


def test_a_key_stands_beside_the_name_of_its_field(project: Project) -> None:
    now = at(project, LANE)
    said = typed(project, now, edited(now, ("duration", "value"), "unit"))[0]
    assert "写在单位编号（unit），近、约、余等写在限定词（qualifier）" in said["zh"]
    assert said["zh"].startswith("“unit”不是数值")  # What was typed is no key.
    assert "under `qualifier` (how far it is exact)" in said["en"]
    figure = typed(project, at(project, VISITED), edited(at(project, VISITED), ("period",), "today"))[0]
    assert figure["zh"].startswith("“统计时段（period）”不能是“today”，只能是：截至报道时、")
    new = at(
        project, "data/corrections/new.yml"
    )  # Its date is told by its own name, not by that of what is in it.
    date = next(one for one in typed(project, new, new.data) if one["field"] == ["date"])
    assert "更正日期，须写到日（date）" in date["zh"]


def test_a_new_entry_lacks_what_has_to_be_filled_in(project: Project) -> None:
    for file in (f"data/{name}/new.yml" for name in DATA_FOLDERS):
        now = at(project, file)
        needed = {(field["name"],) for field in form(now.place.model) if field["required"]}
        said = typed(project, now, now.data)
        assert {(*one["field"],) for one in said} == needed, file
        assert {one["code"] for one in said} == {"missing"}
    now = at(project, "docs/zh/news/new.md")
    sides = [(name, locale) for name in ("title", "summary") for locale in ("zh", "en")]
    assert sorted((*one["field"],) for one in typed(project, now, now.data)) == sorted(sides)


@pytest.mark.parametrize("code", MISTAKES)
def test_a_message_stands_at_the_field_that_it_is_about(project: Project, code: str) -> None:
    file, location, value, field = MISTAKES[code]
    now = at(project, file)
    shown = typed(project, now, edited(now, location, value))
    assert [each["code"] for each in shown] == [code]
    assert shown[0]["field"] == [*field]


def test_what_no_file_can_hold_is_told_at_its_field(client: FlaskClient) -> None:
    data = ask(client, f"/api/entry?file={LANE}").get_json()["data"]
    data["points"][1]["text"]["zh"] = "样本\u200b"
    (message,) = ask(client, "/api/check", body={"file": LANE, "data": data}).get_json()["messages"]
    assert message["field"] == ["points", 1, "text", "zh"]
    assert "看不见" in message["zh"]


def test_a_mistake_in_a_text_tells_its_line(project: Project) -> None:
    now = at(project, ARTICLE)
    text = now.data["body"]
    assert isinstance(text, dict)
    lines = f"{text['zh']}\n最后一行 {{{{ figure('no/figure') }}}}。\n"
    shown = typed(project, now, edited(now, ("body", "zh"), lines))
    assert {(*each["field"], each["line"]) for each in shown} == {
        ("body", "zh", lines.rstrip().count("\n") + 1)
    }


def test_a_mistake_that_an_edit_brings_elsewhere_is_told_with_its_file(project: Project) -> None:
    now = at(project, "data/glossary/willow-street.yml")
    assert typed(project, now, edited(now, ("title", "zh"), "柳树街")) == []


def test_only_what_is_edited_has_a_place() -> None:
    names = (
        "data/figures.lock.yml", "data/services/../x.yml", "data/services/UP.yml", "data/none/x.yml", "data/services/index.yml",
        "docs/zh/../../mkdocs.md", "docs/en/about.md", "docs/zh/news/UP.md", "/etc/passwd", "mkdocs.yml", "docs/zh/a b.md", "",
        "docs\\zh\\about.md", "data/services/x.yml\n", "docs/zh/.hidden.md",
    )  # fmt: skip
    assert [name for name in names if place_of(name)] == []


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    root = adopt(tmp_path_factory.mktemp("desk") / "zone", "full").root
    return create_app(Project(root), KEYS, date(2032, 1, 1)).test_client(use_cookies=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project of a test's own."""
    return adopt(tmp_path / "zone", "full").root


@pytest.fixture
def own(root: Path) -> FlaskClient:
    return create_app(Project(root), KEYS, date(2032, 1, 1)).test_client(use_cookies=False)


KEYS = Guard(8010, "sample-token", "sample-csrf")


def ask(client: FlaskClient, path: str, *, body: Any = None, **changed: str | None) -> TestResponse:
    """A request as the page makes it, but for the headers that are `changed`; one that is None is left out."""
    headers: dict[str, str | None] = {"Host": "127.0.0.1:8010", "Cookie": f"{KEYS.cookie}={KEYS.token}"}
    if body is not None:
        headers |= {"Origin": KEYS.origin, HEADER: KEYS.csrf}
    headers |= {name.replace("_", "-"): value for name, value in changed.items()}
    sent = {name: value for name, value in headers.items() if value is not None}
    if body is None:
        return client.get(path, headers=sent)
    return client.post(path, headers=sent, json=body)


def test_who_has_the_token_is_let_in_and_sees_nothing_of_other_hosts(client: FlaskClient) -> None:
    entered = ask(client, "/?token=sample-token", Cookie=None)
    assert entered.status_code == 302
    assert entered.headers["Location"] == "/"
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    page = ask(client, "/")
    assert page.status_code == 200
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "http" not in policy


CHECK = {"file": LANE, "data": {}}
REFUSED: dict[str, tuple[str, Any, dict[str, str | None], int]] = {
    "no token": ("/", None, {"Cookie": None}, 403),
    "a wrong token": ("/?token=other", None, {"Cookie": None}, 403),
    "another host, as by rebinding": ("/", None, {"Host": "example.org:8010"}, 403),
    "another port": ("/", None, {"Host": "127.0.0.1:8011"}, 403),
    "a page of another site that reads": ("/api/entries", None, {"Origin": "https://example.org"}, 403),
    "a page of another site that writes": ("/api/save", CHECK, {"Origin": "https://example.org"}, 403),
    "a page in a sandbox that writes": ("/api/save", CHECK, {"Origin": "null"}, 403),
    "a preview without a token": ("/preview/1/", None, {"Cookie": None}, 403),
    "a preview by another host": ("/preview/1/", None, {"Host": "example.org:8010"}, 403),
    "a preview for another site": ("/preview/1/", None, {"Origin": "https://example.org"}, 403),
    "a preview that is not there": ("/preview/99/", None, {}, 404),
    "a file that no page shows": ("/preview/1/../../mkdocs.yml", None, {}, 404),
    "a form without an origin": ("/api/save", CHECK, {"Origin": None}, 403),
    "without the header of the page": ("/api/save", CHECK, {HEADER: None}, 403),
    "a path out of the folders": ("/api/save", {**CHECK, "file": "data/services/../../mkdocs.yml"}, {}, 400),
    "a file that is no entry": ("/api/save", {**CHECK, "file": "data/figures.lock.yml"}, {}, 400),
    "what is no form": ("/api/save", {"file": LANE, "data": [1]}, {}, 400),
    "a number among texts": ("/api/check", {"file": LANE, "data": {"order": 1}}, {}, 400),
    "a photograph of another folder": ("/api/photo?name=../../mkdocs.yml", None, {}, 404),
    "too much": ("/api/check", {"file": LANE, "data": {"x": "x" * 1_000_000}}, {}, 413),
}


@pytest.mark.parametrize(("path", "body", "changed", "status"), REFUSED.values(), ids=REFUSED)
def test_what_the_page_does_not_send_is_refused(
    client: FlaskClient, path: str, body: Any, changed: dict[str, str | None], status: int
) -> None:
    assert ask(client, path, body=body, **changed).status_code == status


def test_the_same_request_of_the_page_is_answered(client: FlaskClient) -> None:
    entry = ask(client, f"/api/entry?file={LANE}").get_json()
    assert entry["messages"] == []
    assert entry["page"] == "renovations/lane/"
    answer = ask(client, "/api/check", body={"file": LANE, "data": entry["data"]}).get_json()
    assert answer == {"messages": [], "preview": entry["preview"] + 1}


def test_what_is_typed_is_previewed_in_both_languages_and_nothing_is_written(client: FlaskClient) -> None:
    data = ask(client, f"/api/entry?file={LANE}").get_json()["data"]
    data["title"] = {"zh": "柳荫街牌匾的更换", "en": "New signs of Willow Street"}
    answer = ask(client, "/api/check", body={"file": LANE, "data": data}).get_json()
    assert answer["messages"] == []
    number = answer["preview"]
    zh, en = (ask(client, f"/preview/{number}/{folder}renovations/lane/") for folder in ("", "en/"))
    assert re.search("<h1[^>]*>柳荫街牌匾的更换</h1>", zh.text)
    assert re.search("<h1[^>]*>New signs of Willow Street</h1>", en.text)
    assert "New signs" in ask(client, f"/preview/{number}/en/renovations/").text
    assert "New signs" not in ask(client, f"/preview/{number - 1}/en/renovations/").text
    policy = zh.headers["Content-Security-Policy"]
    assert "sandbox allow-same-origin" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    sheet = re.search(r'href="([^"]*record\.css[^"]*)"', zh.text)
    assert sheet
    style = ask(client, normpath(f"/preview/{number}/renovations/lane/{sheet[1]}"))
    assert style.mimetype == "text/css"
    assert len(style.data) > 10_000
    data["title"]["en"] = ""
    assert ask(client, "/api/check", body={"file": LANE, "data": data}).get_json()["preview"] is None


def test_what_only_a_page_itself_tells_is_told_at_its_field(project: Project) -> None:
    now = at(project, ARTICLE)
    data: Any = deepcopy(now.data)
    for locale in data["body"]:
        data["body"][locale] += "\n{{ get('alliances/tea').nothing }}\n"
    shown = typed(project, now, data)
    assert {(each["code"], *each["field"]) for each in shown} == {
        ("no-such-field", "body", "zh"),
        ("no-such-field", "body", "en"),
    }


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    root, elsewhere = adopt(tmp_path / "zone", "full").root, tmp_path / "elsewhere.yml"
    shutil.move(root / LANE, elsewhere)
    before = elsewhere.read_bytes()
    (root / LANE).symlink_to(elsewhere)
    with pytest.raises(ContentError) as raised:
        write(Project(root), {LANE: b"title: 1\n"})
    assert [found.code for found in raised.value.diagnostics] == ["link"]
    assert elsewhere.read_bytes() == before


BROKEN = {
    "a quote that never ends": ('title: {zh: "柳荫街牌匾更换', "title: {zh: 柳荫街牌匾更换", "\n"),
    "a colon in a value": ("started: at: {date", "started: {date", "\n"),
    "a key twice, in a file of Windows": ("title: {zh: 甲, en: A}\ntitle: {zh", "title: {zh", "\r\n"),
}


@pytest.mark.parametrize(("broken", "right", "end"), BROKEN.values(), ids=BROKEN)
def test_a_file_that_no_form_can_show_is_mended_as_text(
    own: FlaskClient, root: Path, broken: str, right: str, end: str
) -> None:
    file = root / LANE
    good = file.read_bytes()
    text = good.decode("utf-8").replace(right, broken, 1)
    assert text.encode() != good
    file.write_bytes(text.replace("\n", end).encode("utf-8"))
    entry = ask(own, f"/api/entry?file={LANE}").get_json()
    assert (entry["readable"], entry["texts"]) == (False, {LANE: text.replace("\n", end)})
    assert entry["messages"][0]["file"].startswith(f"{LANE}:")
    sent = {"file": LANE, "texts": {LANE: text.replace("\r\n", "\n")}, "hashes": entry["hashes"]}
    refused = ask(own, "/api/mend", body=sent)
    assert (refused.status_code, refused.get_json()["messages"]) == (422, entry["messages"])
    sent["texts"] = {LANE: good.decode("utf-8"), "mkdocs.yml": "site_name: other\n"}
    changed = ask(own, "/api/mend", body={**sent, "hashes": {LANE: "other"}})
    assert (changed.status_code, changed.get_json()["hashes"]) == (409, entry["hashes"])
    assert ask(own, "/api/mend", body=sent).get_json() == {"file": LANE, "undo": True}
    assert file.read_bytes() == good.replace(b"\n", end.encode())
    assert ask(own, f"/api/entry?file={LANE}").get_json()["readable"]


def test_a_file_of_an_older_windows_is_shown_in_its_characters(own: FlaskClient, root: Path) -> None:
    file = root / LANE
    good = file.read_bytes()
    file.write_bytes(good.decode("utf-8").encode("gb18030"))
    entry = ask(own, f"/api/entry?file={LANE}").get_json()
    assert not entry["readable"]
    assert entry["texts"] == {LANE: good.decode("utf-8")}
    sent = {"file": LANE, "texts": entry["texts"], "hashes": entry["hashes"]}
    assert ask(own, "/api/mend", body=sent).status_code == 200
    assert file.read_bytes() == good


def test_a_page_is_removed_with_its_navigation_and_leads_on(own: FlaskClient, root: Path) -> None:
    locks.write(load(root)[0])
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    sent = {"file": "docs/zh/about.md", "now": "", "why": {}}
    assert "about" in ask(own, "/api/remove", body=sent).get_json()["en"]
    assert (root / "docs/zh/about.md").is_file()
    assert ask(own, "/api/remove", body={**sent, "now": "model"}).get_json() == {"gone": True, "undo": True}
    assert not (root / "docs/zh/about.md").exists()
    assert not (root / "docs/en/about.md").exists()
    assert (root / "mkdocs.yml").read_text(encoding="utf-8") == settings.replace("  - about.md\n", "")
    assert "was: about\nnow: model\n" in (root / "data/retired/about.yml").read_text(encoding="utf-8")
    assert [retired.was for retired in load(root)[0].retirements if retired.now == "model"] == ["about"]


def test_a_page_that_others_link_to_stays_and_they_are_named(own: FlaskClient, root: Path) -> None:
    home = root / "docs/zh/index.md"
    home.write_text(f"{home.read_text(encoding='utf-8')}\n[样本](model.md)\n", encoding="utf-8", newline="\n")
    line = home.read_text(encoding="utf-8").count("\n")
    said = ask(own, "/api/remove", body={"file": "docs/zh/model.md", "now": "index", "why": {}}).get_json()
    assert f"docs/zh/index.md:{line}:" in said["en"]
    assert (root / "docs/zh/model.md").is_file()


def test_english_is_signed_off(client: FlaskClient) -> None:
    file = "data/alliances/tea.yml"
    assert ask(client, f"/api/entry?file={file}").get_json()["stale"]
    assert ask(client, "/api/sign", body={"file": file}).get_json() == {"file": file}
    assert not ask(client, f"/api/entry?file={file}").get_json()["stale"]


def test_the_desk_has_every_word_that_it_uses_and_uses_every_word_that_it_has() -> None:
    used = set()
    for path in (*DESK.glob("static/*.js"), *DESK.glob("templates/*.html"), *DESK.glob("*.py")):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"[\"'`.]([a-z_]+)(?=[\"'`}.])", text))
    named = {
        f"{field['name']}_{value}"
        for model in (*DATA_FOLDERS.values(), Article, PlainPage)
        for field in _all(form(model))
        for value, _ in field.get("choices", ())
    }
    assert words().keys() - used - named - DATA_FOLDERS.keys() == set()
    asked = {
        key
        for path in DESK.glob("static/*.js")
        for key in re.findall(
            r"\b(?:word|button|help|asked)\(\"([a-z_]+)\"", path.read_text(encoding="utf-8")
        )
    }
    assert asked - words().keys() == set()
    for key, said in words().items():
        assert re.search("[\u4e00-\u9fff]", said["zh"] + said["en"]), key
        assert said.keys() == {"zh", "en"}


def _all(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from _all(field.get("fields", []))


def test_without_its_parts_or_its_port_the_command_says_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = ZONES / "small"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["--root", str(root), "edit", "--no-browser", "--port", port]) == 1
    assert f"127.0.0.1:{port} 已被占用" in capsys.readouterr().err
    for name in [name for name in sys.modules if name.startswith("gazette.desk.")]:
        monkeypatch.delitem(sys.modules, name)
        monkeypatch.delattr(name, raising=False)
    monkeypatch.setitem(sys.modules, "flask", None)
    assert main(["--root", str(root), "edit", "--no-browser"]) == 1
    said = capsys.readouterr().err
    assert said.count("pip install -r requirements-edit.lock") == 2


def test_without_git_what_was_written_is_packed_to_send(tmp_path: Path) -> None:
    assert not handing_in.can_push(tmp_path)
    with pytest.raises(Refused, match="nothing to hand in"):
        handing_in.changes(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/a.yml").write_text("title: 样本\n", encoding="utf-8", newline="\n")
    handing_in.remember(tmp_path, ["data/a.yml"])
    handing_in.remember(tmp_path, ["data/gone.yml"])
    with ZipFile(BytesIO(handing_in.changes(tmp_path))) as packed:
        assert packed.namelist() == ["data/a.yml", "removed.txt"]
        assert packed.read("data/a.yml").decode() == "title: 样本\n"
        assert packed.read("removed.txt") == b"data/gone.yml\n"
