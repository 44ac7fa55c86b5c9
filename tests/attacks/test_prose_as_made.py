"""What a text becomes once its calls are made and its comments are gone is what the check has seen of it."""

from __future__ import annotations

import re

import pytest

from gazette.base.diagnostics import ContentError
from gazette.build.markdown_parser import body_without_links, parser_of
from gazette.build.settings import load_settings
from gazette.site.model import load_checked
from gazette.templates.renderer import Renderer, render_site
from tests.attacks.test_prose_calls import page
from tests.conftest import Project

WORDS = (
    '甲\n{{ plain("===") }}', '甲\n{{ plain(":   乙") }}', '{{ plain("    乙") }}', '{{ plain("1") }}. 甲', '1{{ plain(". 甲") }}', '1{{ plain("2") }}. 甲',
    '{{ plain("1") }}{{ plain("0") }}. 甲', '-{{ plain(" 甲") }}', '*{{ plain(" 甲") }}*', '甲\n\n:{{ plain("   乙") }}', '&#{{ plain("8238") }};', '&{{ plain("shy") }};', '{{ plain("1) 甲") }}',
)  # fmt: skip
"""Calls that would begin a list, code, a heading or a definition, or end an entity."""


def written(root_of: Project, text: str) -> Project:
    root = root_of({})
    for locale in ("zh", "en"):
        (root / f"docs/{locale}/about.md").write_bytes(page(text))
    return root


@pytest.mark.parametrize("text", WORDS)
def test_what_a_call_makes_is_words(small: Project, text: str) -> None:
    root = written(small, text)
    site_model = render_site(root)
    rendered = Renderer(site_model).render(site_model.pages["zh/about.md"])
    html = body_without_links(parser_of(load_settings(root)), rendered.text)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "em"}
    assert not re.search("&(?:#8238|shy);", html)


@pytest.mark.parametrize("text", ['The year is {{ plain("2021") }}. A', '{{ plain("2021") }} and 3. A'])
def test_a_number_within_a_line_is_as_it_is_typed(small: Project, text: str) -> None:
    site_model = render_site(written(small, text))
    assert "2021" in "".join(Renderer(site_model).render(site_model.pages["en/about.md"]).text)


@pytest.mark.parametrize("name", ["Search", "__search", "source-1"])
def test_no_call_names_a_heading_like_a_place_of_the_page(small: Project, name: str) -> None:
    root = written(small, f'正文。\n\n## {{{{ plain("{name}") }}}}')
    with pytest.raises(ContentError) as told:
        render_site(root)
    assert {(found.code, found.at.line) for found in told.value.diagnostics} == {("markup-id", 8)}


def test_a_heading_in_code_names_nothing(small: Project) -> None:
    assert render_site(written(small, '```\n# search\n```\n\n{{ plain("甲") }}'))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<b title="&#8203">甲</b>', "invisible-character"), ("<p>甲&shy乙</p>", "invisible-character"), ("甲&#82{# 乙 #}03;丙", "invisible-escape"),
        ("[甲](about.md{# 乙 #}x)", "broken-link"), ('<a href="./{# 乙 #}x/">甲</a>', "broken-html-link"),
    ],
)  # fmt: skip
def test_what_a_comment_or_a_missing_mark_hides_is_told(small: Project, text: str, code: str) -> None:
    with pytest.raises(ContentError) as told:
        load_checked(written(small, text))
    assert {found.code for found in told.value.diagnostics} == {code}


@pytest.mark.parametrize(
    "text", ["[甲](about.md){# 乙 #}", "A&amp;B{# 乙 #}", '<a href="./?a=1&amp;b=2">甲</a>']
)
def test_what_is_right_with_a_comment_is_right(small: Project, text: str) -> None:
    assert load_checked(written(small, text))
