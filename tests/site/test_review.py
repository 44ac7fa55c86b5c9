"""What a reviewer is told of a change: figures, pages, feeds and addresses, before and after, and nothing that did not change."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from markdown_it import MarkdownIt

from gazette.base import cache_folder
from gazette.build import engine
from gazette.build.base_site import base_site
from tests.site.test_feeds import commit, correct
from tests.zones import Zone, adopt

KILN, NEWS = "data/startup_records/kiln.yml", "docs/zh/news/tea-meets.md"
HOSTILE = "联盟 | @someone #12 a*b 5 < 6"
GIVEN_UP = """\
was: alliances/silk
why: {zh: 公报撤回了说法。, en: The gazette took it back.}
date: {date: 2031-05-06, basis: stated}
"""


class Review(NamedTuple):
    """What the command printed, and the document that it wrote."""

    summary: str
    document: html.HtmlElement

    def rows(self, heading: str) -> list[list[str]]:
        """The cells of each row of a table of the summary, as GitHub shows them."""
        part = self.summary.partition(f" / {heading} (")[2].partition("\n\n## ")[0].partition("\n")[2]
        table = html.fromstring(MarkdownIt("commonmark").enable("table").render(part))
        return [[cell.text_content() for cell in row.findall("td")] for row in table.findall(".//tbody/tr")]


def run(zone: Zone, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gazette.cli", "review", *arguments]
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=zone.root, env=told, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Of a change that corrects a figure, writes what Markdown would read into a summary, and removes a record."""
    zone = adopt(tmp_path_factory.mktemp("review") / "zone")
    zone.edit(
        KILN,
        "{value: 41m07s, source: gazette, at: 41分07秒}",
        "{value: 42m00s, source: gazette, at: 42分00秒}",
    )
    commit(zone, "2031-01-01")
    zone.edit(
        KILN,
        "{value: 42m00s, source: gazette, at: 42分00秒}",
        "{value: 41m07s, source: gazette, at: 41分07秒}",
    )
    correct(zone)
    zone.edit(NEWS, "summary: 茶业联盟开会", f"summary: '{HOSTILE}'")
    (zone.root / "data/alliances/silk.yml").unlink()
    zone.write("data/retired/silk.yml", GIVEN_UP)
    done = run(zone, "HEAD", "--output", "review.html")
    assert done.returncode == 0, done.stderr
    return Review(done.stdout, html.parse(zone.root / "review.html").getroot())


def test_a_corrected_figure_is_told_before_and_after_in_both_languages(review: Review) -> None:
    [(name, before, after)] = review.rows("Figures")
    assert "改动 / changed: 窑厂项目：办照 / Kiln project: registration" in name
    assert "startup_records/kiln.duration" in name
    for said, words in ((before, ("42分00秒", "42 min")), (after, ("41分07秒", "41 min 07 s"))):
        assert all(word in said for word in words)
    [(_, nothing, corrected)] = review.rows("Corrections")
    assert nothing == ""
    assert "公报更正 <1>。" in corrected
    assert "The gazette corrected it <1>." in corrected


def test_pages_and_addresses_are_told_as_added_changed_or_removed(review: Review) -> None:
    names = [row[0] for row in review.rows("Pages")]
    for path, kind in (("startup-records/kiln", "改动 / changed"), ("alliances/silk", "撤下 / removed")):
        [name] = [name for name in names if name.endswith(f"{path}/index.html")]
        assert name.startswith(kind)
    assert not [name for name in names if "method" in name]
    [(name, _, why)] = review.rows("Ids and addresses given up")
    assert "alliances/silk" in name
    assert "公报撤回了说法。" in why


def test_what_an_editor_wrote_is_shown_and_never_read_as_markdown(review: Review) -> None:
    assert HOSTILE in str(review.rows("Feed entries"))
    assert not re.search(r"@someone|(?<!&)#12|\*|5 <", review.summary)


def test_the_checklist_names_what_is_to_be_looked_at(review: Review) -> None:
    points = re.findall(r"^- \[ \] .* / (.*)$", review.summary, re.MULTILINE)
    for wanted in (
        "1 changed figure(s)",
        "1 correction(s)",
        "change in one language only",
        "Addresses given up",
    ):
        assert any(wanted in point for point in points), wanted
    assert [
        point.text_content().strip().partition(" / ")[2]
        for point in review.document.findall(".//ul/li/label")
    ] == points


def test_the_document_stands_by_itself_and_marks_what_differs(review: Review) -> None:
    document = review.document
    assert not [
        each for each in document.iter() for name, value in each.items()
        if (name in ("src", "href") and not value.startswith(("#", "data:"))) or name.startswith("on")
    ]  # fmt: skip
    assert not document.findall(".//script")
    before, after = document.find_class("before"), document.find_class("after")
    assert {side.get("lang") for side in (*before, *after)} >= {"zh", "en"}
    marked = {side: [each.text_content().strip() for each in of] for side, of in (
        ("before", [each for side in before for each in side.find_class("differs")]),
        ("after", [each for side in after for each in side.find_class("differs")]),
    )}  # fmt: skip
    assert any("42分00秒" in text for text in marked["before"])
    assert any("41分07秒" in text for text in marked["after"])
    assert not any(text == "办照" for text in marked["after"])


def test_the_site_of_a_commit_is_built_once_and_the_newest_alone_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zone = adopt(tmp_path / "zone")
    commit(zone, "2031-01-01")
    built: list[str] = []

    def build(project: Path, *, cached: bool) -> int:
        built.append((project / KILN).read_text(encoding="utf-8"))
        (project / "site").mkdir()
        (project / "site/index.html").write_text(built[-1], encoding="utf-8")
        return 0

    def of(base: str) -> str:
        return (base_site(zone.root, base) / "index.html").read_text(encoding="utf-8")

    monkeypatch.setattr(engine, "build", build)
    first = (zone.root / KILN).read_text(encoding="utf-8")
    zone.edit(KILN, "title:", "# changed\ntitle:")
    assert [of("HEAD"), of("HEAD")] == [first, first]
    assert len(built) == 1
    commit(zone, "2031-01-02")
    assert of("HEAD") == "# changed\n" + first
    assert len(built) == 2
    monkeypatch.setattr(cache_folder, "code_hash", lambda: "of other code")
    assert of("HEAD") == "# changed\n" + first
    assert len(built) == 3
    (kept,) = [*(zone.root / ".cache/base").glob("*/")]
    (kept / "index.html").write_text("spoilt", encoding="utf-8")
    assert of("HEAD") == "# changed\n" + first
    assert len(built) == 4
    monkeypatch.setattr("gazette.build.base_site.is_shallow", lambda _: True)
    of("HEAD")
    assert len(built) == 5, "without dates, which the whole history has"


def test_a_commit_that_is_not_there_is_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    zone = adopt(tmp_path_factory.mktemp("none") / "zone")
    commit(zone, "2031-01-01")
    done = run(zone, "nowhere")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert done.stdout == ""
