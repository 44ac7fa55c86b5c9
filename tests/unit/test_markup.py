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

ABOUT = "---\ntitle: 关于\nsummary: 关于本站。\n---\n"


def reported(small: Project, text: str) -> list[Diagnostic]:
    content, problems = load(small({"docs/zh/about.md": text}))
    assert problems == []
    return list(refused_in(content.prose["about"].bodies["zh"]))


@pytest.mark.parametrize("case", cases("markup"), ids=name)
def test_what_a_page_may_not_say_in_html_is_reported_where_it_stands(small: Project, case: Case) -> None:
    assert_as_expected(case, reported(small, case.text), "docs/zh/about.md")


@pytest.mark.parametrize("case", [case for case in cases("markup") if "# expect" in case.text], ids=name)
def test_the_right_form_of_a_message_passes_when_it_is_pasted(small: Project, case: Case) -> None:
    examples = [message.example for message in reported(small, case.text)]
    assert all(examples)
    assert reported(small, ABOUT + "\n\n".join(examples)) == []


def test_a_page_is_read_as_the_site_reads_it() -> None:
    """MkDocs adds `tables`, `toc` and `fenced_code` by itself."""
    config = load_settings(ROOT)
    assert {*config["markdown_extensions"]} == {*EXTENSIONS}
    assert {name: given for name, given in config["mdx_configs"].items() if name != "toc"} == SETTINGS
