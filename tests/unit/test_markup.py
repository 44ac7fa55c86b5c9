"""HTML in the text of a page: what may stand there, and where what may not is reported."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.build.settings import load_settings
from gazette.checks.markdown.markup import refused_in
from gazette.checks.markdown.outline import EXTENSIONS, SETTINGS
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import ROOT, Case, assert_as_expected, cases, name


def reported(small: Project, text: str) -> list[Diagnostic]:
    content, problems = load(small({"docs/zh/about.md": text}))
    assert problems == []
    return list(refused_in(content.prose["about"].bodies["zh"]))


@pytest.mark.parametrize("case", cases("markup"), ids=name)
def test_what_a_page_may_not_say_in_html_is_reported_where_it_stands(small: Project, case: Case) -> None:
    assert_as_expected(case, reported(small, case.text), "docs/zh/about.md")


def test_a_page_is_read_as_the_site_reads_it() -> None:
    """MkDocs adds `tables`, `toc` and `fenced_code` by itself."""
    config = load_settings(ROOT)
    assert {*config["markdown_extensions"]} == {*EXTENSIONS}
    assert config["mdx_configs"] == SETTINGS
