"""Search on a site that is published anew while a page of it is open, and of texts that are hard to find."""

from __future__ import annotations

import functools
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import MOUNT, Handler, Served
from tests.zones import Zone, adopt

ARTICLE = "---\ntitle: {title}\nsummary: {title}\n{more}---\n\n{text}\n"
MORE = "date: {date: 2030-03, basis: stated}\nevidence: [{source: gazette, at: 丝绸联盟}]\n"
HARD = (
    """𠮷野家在𠀋镇开业，台稳项目用时{{ plain("29′06″") }}，投资{{ plain("1544万元") }}；“双包联”模式。甲"""
    + "𠮷" * 300
)
NEW = 60
FIND = """async queries => {
  window.asked = window.asked || openSearch(new URL(document.getElementById("search").dataset.index, location), document.documentElement.lang)
  const found = {}
  for (const query of queries) {
    const answer = await asked.find(query, [])
    const pages = answer ? await answer.next(99) : []
    found[query] = {pages: pages.map(page => page.url).sort(), simplified: answer.simplified, near: (answer.near || []).map(page => page.title)}
  }
  return found
}"""


def write(zone: Zone, name: str, zh: str, en: str, text: str) -> None:
    zone.write(f"docs/zh/news/{name}.md", ARTICLE.format(title=zh, more=MORE, text=text))
    zone.write(f"docs/en/news/{name}.md", ARTICLE.format(title=en, more="", text=f"{en} is told of."))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A site, and the same when many articles have come and one is gone."""
    zone = adopt(tmp_path_factory.mktemp("renewed") / "zone")
    write(zone, "hard", "台稳项目开工", "Taiwen starts a project", HARD)
    write(zone, "gone", "不久就没有了", "Soon to be gone", "鼋鼍龟鳖。")
    build = zone.build()
    assert not build.status, build.said
    before = zone.root / "before"
    shutil.copytree(zone.root / "site", before)
    for locale in ("zh", "en"):
        (zone.root / f"docs/{locale}/news/gone.md").unlink()
    for number in range(NEW):
        write(
            zone,
            f"new-{number}",
            f"第{number}篇",
            f"Number {number}",
            "".join(chr(0x5000 + number * 99 + at) for at in range(99)) + "。蜃景",
        )
    build = zone.build()
    assert not build.status, build.said
    return before, zone.root / "site"


@pytest.fixture
def served(tmp_path: Path, built: tuple[Path, Path]) -> Iterator[Served]:
    """The first of the two, where the other can take its place."""
    shutil.copytree(built[0], tmp_path / MOUNT)
    handler = functools.partial(Handler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Served(tmp_path / MOUNT, f"http://127.0.0.1:{server.server_port}/{MOUNT}/")
        server.shutdown()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    page = browser.new_page()
    page.goto(served.address)
    yield page
    page.close()


def renew(served: Served, site: Path) -> None:
    shutil.rmtree(served.folder)
    shutil.copytree(site, served.folder)


def layout(site: Path) -> tuple[int, int]:
    told = json.loads((site / "search/zh/index.json").read_text(encoding="utf-8"))
    return told["space"], told["buckets"]


def test_a_site_that_was_published_anew_is_searched_as_it_is_now(
    page: Page, served: Served, built: tuple[Path, Path]
) -> None:
    before, after = map(layout, built)
    assert before[0] < after[0]
    assert before[1] < after[1]
    assert page.evaluate(FIND, ["鼋鼍", "蜃景", "开工"])["鼋鼍"]["pages"] == ["news/gone/"]
    renew(served, built[1])
    found = page.evaluate(FIND, ["蜃景", "鼋鼍", "开工"])
    assert found["蜃景"]["pages"] == sorted(f"news/new-{number}/" for number in range(NEW))
    assert found["鼋鼍"]["pages"] == []
    assert "news/hard/" in found["开工"]["pages"]


def test_it_is_noticed_in_the_open_box(page: Page, served: Served, built: tuple[Path, Path]) -> None:
    page.keyboard.press("/")
    page.keyboard.type("蜃景")
    expect(page.locator(".found__meta")).to_contain_text("没有找到")
    renew(served, built[1])
    page.keyboard.press("Backspace")
    page.keyboard.type("景")
    expect(page.locator(".found__meta")).to_have_text(f"找到 {NEW} 个页面")
    expect(page.locator(".found mark").first).to_have_text("蜃景")


def test_more_of_an_answer_whose_pages_were_published_anew_is_no_silent_nothing(
    page: Page, served: Served, built: tuple[Path, Path]
) -> None:
    renew(served, built[1])
    page.keyboard.press("/")
    page.keyboard.type("蜃景")
    expect(page.locator(".found > li")).to_have_count(6)
    renew(served, built[0])
    for _ in range(NEW // 6):
        if page.locator(".found__more").is_visible():
            page.locator(".found__more").click()
            page.wait_for_timeout(500)
    expect(page.locator(".found__meta")).to_contain_text("没有取到")
    page.locator(".found__retry").click()
    expect(page.locator(".found__meta")).to_contain_text("没有找到")


@pytest.mark.parametrize(
    ("query", "simplified"),
    [
        ("𠮷野家", False), ("𠮷野", False), ("野家在𠀋", False), ("在𠀋镇开业，台稳项目", False), ("在𠀋", False),
        ("29'06\"", False), ("29′06″", False), ("用时２９＇０６", False), ("1544", False), ("“双包联”模式", False),
        ("雙包聯模式", True), ("臺穩項目用時", True), ("“雙包聯” 投資", True), ("在𠀋鎮開業", True),
    ],
)  # fmt: skip
def test_what_is_hard_to_type_or_to_keep_is_found(page: Page, query: str, simplified: bool) -> None:
    found = page.evaluate(FIND, [query])[query]
    assert found["pages"] == ["news/hard/"]
    assert bool(found["simplified"]) == simplified


def test_traditional_characters_are_said_to_be_searched_for_as_simplified(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("/")
    page.locator("input[name=words]").fill(
        "双包联"
    )  # At once: what is half typed may be on no page, which asks for the table.
    expect(page.locator(".found mark").first).to_have_text("双包联")
    assert not [url for url in asked if url.endswith("traditional.json")]
    page.locator("input[name=words]").fill("雙包聯")
    expect(page.locator(".found__meta")).to_contain_text("双包联")
    expect(page.locator(".found mark").first).to_have_text("双包联")


def test_a_character_of_two_halves_is_shown_whole(page: Page) -> None:
    page.keyboard.press("/")
    for query in ("甲𠮷", "双包联", "在𠀋"):
        page.locator("input[name=words]").fill(query)
        expect(page.locator(".found mark").first).to_contain_text(query)
        said: Any = page.locator(".found__text").first.text_content()
        assert not [letter for letter in said if 0xD800 <= ord(letter) < 0xE000 or letter == "\ufffd"], said


def test_another_name_is_offered_and_does_not_answer(browser: Browser, served: Served) -> None:
    page = browser.new_page()
    page.goto(served.address + "en/")
    page.keyboard.press("/")
    page.keyboard.type("Taiwan")
    expect(page.locator(".found__meta")).to_contain_text("No page")
    expect(page.locator(".found a")).to_have_count(0)
    near = page.locator(".found__near a")
    expect(near.first).to_have_text("Taiwen starts a project")
    near.first.click()
    page.wait_for_url("**/en/news/hard/")
    page.close()
