"""What is said while a page is printed counts as a warning of the page only if its own rendering said it."""

from __future__ import annotations

import logging
import threading

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from gazette.build.html_renderer import HtmlRenderer
from gazette.build.page_cache import HtmlPage
from gazette.site.pages import Page
from tests.expectations import ENGINE
from tests.site.conftest import Zone

PAGE = "zh/method.md"
render_page = HtmlRenderer.render


def built(zone: Zone) -> None:
    config = load_config(str(zone.root / "mkdocs.yml"), strict=True)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def test_progress_said_while_a_page_is_printed_leaves_the_next_build_nothing_to_do(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, ENGINE)
    reports = logging.getLogger("gazette").info
    others: list[threading.Thread] = []

    def print_while_another_thread_reports(html_renderer: HtmlRenderer, page: Page, text: str) -> HtmlPage:
        if page.src_uri == PAGE:
            others.append(threading.Thread(target=reports, args=["生成页面 / printing pages 1/9"]))
            others[-1].start()
            others[-1].join()
        return render_page(html_renderer, page, text)

    with monkeypatch.context() as patch:
        patch.setattr(HtmlRenderer, "render", print_while_another_thread_reports)
        built(zone)
    assert others
    assert "printing pages 1/9" in caplog.text
    caplog.clear()
    built(zone)
    assert "Nothing has changed" in caplog.text


def test_what_the_page_itself_says_is_said_again(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, ENGINE)

    def print_with_a_word(html_renderer: HtmlRenderer, page: Page, text: str) -> HtmlPage:
        if page.src_uri == PAGE:
            logging.getLogger(f"{ENGINE}.structure.pages").info("a link as MkDocs would rather not have it")
        return render_page(html_renderer, page, text)

    monkeypatch.setattr(HtmlRenderer, "render", print_with_a_word)
    for _ in range(2):
        caplog.clear()
        built(zone)
        assert "rather not" in caplog.text
