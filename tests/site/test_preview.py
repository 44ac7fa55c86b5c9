"""`mkdocs serve`: a saved file reloads the page, a broken one keeps the last good pages and says why."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import pictures
from tests.expectations import ENGINE
from tests.processes import end
from tests.zones import Zone

pytestmark = pytest.mark.slow

PATIENCE = 60
"""Seconds after which a preview that shows nothing new has failed."""


@dataclass(frozen=True)
class Preview:
    """A running `mkdocs serve` of a zone, and what it says."""

    zone: Zone
    address: str
    log: Path

    def page(self, path: str) -> str:
        """The HTML at a path, "" where there is none."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def said(self) -> str:
        """Everything the preview has printed."""
        return self.log.read_text(encoding="utf-8")


def until(happens: Callable[[], bool], preview_log: Path) -> None:
    """Wait for something to happen; fail with the preview's log when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline, preview_log.read_text(encoding="utf-8")
        time.sleep(0.05)


@pytest.fixture
def preview(zone: Zone, tmp_path: Path) -> Iterator[Preview]:
    with started(zone, tmp_path) as found:
        until(lambda: "茶业联盟" in found.page("alliances/tea/"), found.log)
        yield found


@contextmanager
def started(zone: Zone, tmp_path: Path) -> Iterator[Preview]:
    """A preview of a zone for as long as the block lasts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "serve.log"
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", ENGINE, "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=zone.root,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    found = Preview(zone, f"http://127.0.0.1:{port}/", log)
    try:
        yield found
    finally:
        end(server)


def test_saving_reloads_and_a_mistake_keeps_the_last_good_pages(preview: Preview) -> None:
    zone = preview.zone
    zone.edit("data/alliances/tea.yml", "茶业联盟", "新茶联盟")
    until(lambda: "新茶联盟" in preview.page("alliances/tea/"), preview.log)
    # That page is shown first; the others follow.
    until(lambda: "新茶联盟" in preview.page("method/"), preview.log)

    zone.edit("docs/en/method.md", "## Method", "## The way")
    until(lambda: "The way" in preview.page("en/method/"), preview.log)

    zone.edit("overrides/records/alliances/list.md", "{{ parts.cards", "一览 {{ parts.cards")
    until(lambda: "一览" in preview.page("alliances/"), preview.log)

    zone.edit("data/alliances/silk.yml", "industry:", "\tindustry:")
    until(lambda: "silk.yml:3:1: [tab-indent]" in preview.said(), preview.log)
    assert "Traceback" not in preview.said()
    assert "新茶联盟" in preview.page("alliances/tea/")
    assert "丝绸联盟" in preview.page("alliances/silk/")

    zone.edit("data/alliances/silk.yml", "\tindustry:", "industry:")
    zone.edit("data/alliances/silk.yml", "丝绸联盟,", "锦缎联盟,")
    until(lambda: "锦缎联盟" in preview.page("alliances/silk/"), preview.log)


def test_a_changed_photograph_has_a_new_name(preview: Preview) -> None:
    original = preview.zone.root / "data/photos/hall.jpg"
    original.parent.mkdir()
    original.write_bytes(pictures.jpeg(900, 1200))
    preview.zone.edit("data/alliances/tea.yml", "points:\n", pictures.photos("hall.jpg") + "points:\n")
    name = re.compile(r"assets/photos/hall-[0-9a-f]{8}-900\.webp")
    until(lambda: bool(name.search(preview.page("alliances/tea/"))), preview.log)
    (old,) = set(name.findall(preview.page("alliances/tea/")))
    original.write_bytes(pictures.jpeg(900, 1200, left="#000000"))
    until(lambda: old not in preview.page("alliances/tea/"), preview.log)
    (new,) = set(name.findall(preview.page("alliances/tea/")))
    with urllib.request.urlopen(preview.address + new, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "image/webp"


def test_drafts_are_previewed_and_marked_and_an_address_that_is_not_there_is_no_warning(
    preview: Preview,
) -> None:
    assert "还没写完" in preview.page("news/unfinished/")
    assert "草稿，未发布" in preview.page("news/unfinished/")
    assert "Draft, not published" in preview.page("en/news/")
    preview.zone.edit("data/alliances/tea.yml", "茶业联盟", "新茶联盟")
    until(lambda: not preview.page("nowhere/") and "新茶联盟" in preview.page("method/"), preview.log)
    assert "nowhere" in preview.said()
    assert "Aborted" not in preview.said()


def test_what_waits_has_a_page_that_the_terminal_names(preview: Preview) -> None:
    assert '<a href="../alliances/tea/">' in preview.page("status/")
    until(lambda: f"{preview.address}status/" in preview.said(), preview.log)


def test_a_file_of_the_root_is_previewed_and_a_link_is_refused(preview: Preview) -> None:
    zone = preview.zone
    zone.write("docs/root/proof.txt", "one")
    until(lambda: preview.page("proof.txt") == "one", preview.log)
    zone.write("docs/root/proof.txt", "two")
    until(lambda: preview.page("proof.txt") == "two", preview.log)
    (zone.root / "docs/zh/leak.pdf").symlink_to(zone.root / "mkdocs.yml")
    until(lambda: "docs/zh/leak.pdf:1:1: [link]" in preview.said(), preview.log)
    assert preview.page("leak.pdf") == ""
    assert preview.page("proof.txt") == "two"
    assert "Traceback" not in preview.said()


def test_a_preview_starts_on_a_mistake_shows_it_and_recovers(zone: Zone, tmp_path: Path) -> None:
    zone.edit("data/alliances/silk.yml", "industry:", "\tindustry:")
    with started(zone, tmp_path) as preview:
        for path in ("", "alliances/tea/"):
            until(
                lambda path=path: "silk.yml:3:1: [tab-indent]" in wrong_or_right(preview, path), preview.log
            )
        assert "内容有错误" in wrong_or_right(preview, "")
        zone.edit("data/alliances/silk.yml", "\tindustry:", "industri:")
        until(lambda: "[unknown-key]" in wrong_or_right(preview, ""), preview.log)
        zone.edit("data/alliances/silk.yml", "industri:", "industry:")
        until(lambda: "丝绸联盟" in preview.page("alliances/silk/"), preview.log)
        assert "[" not in wrong_or_right(preview, "").partition("<body")[2].partition("<script")[0]
    assert "Traceback" not in preview.said()


def wrong_or_right(preview: Preview, path: str) -> str:
    """The HTML that a browser is given at a path, be it that of a page that is not there."""
    try:
        return preview.page(path) or urllib.request.urlopen(preview.address + path, timeout=5).read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError:
        return ""


def test_a_mistake_stands_on_top_of_its_pages_and_is_said_again_when_it_is_made_again(
    preview: Preview,
) -> None:
    zone = preview.zone
    for count in (1, 2):
        zone.edit("docs/zh/method.md", "alliances/tea", "alliances/tae")
        until(lambda: "docs/zh/method.md:8:1: [one-sided-call]" in preview.page("method/"), preview.log)
        assert preview.said().count("docs/zh/method.md:8:1: [one-sided-call]") == count
        assert "docs/en/method.md:8:1: [one-sided-call]" in preview.page("en/method/")
        assert "docs/zh/method.md:8:1" not in preview.page("en/method/")
        zone.edit("docs/zh/method.md", "alliances/tae", "alliances/tea")
        until(lambda: "[one-sided-call]" not in preview.page("method/"), preview.log)
    zone.edit("data/alliances/silk.yml", "industry:", "industri:")
    until(lambda: "silk.yml:3:1: [unknown-key]" in preview.page("alliances/silk/"), preview.log)
    assert "silk.yml:3:1: [unknown-key]" in preview.page("en/alliances/silk/")
