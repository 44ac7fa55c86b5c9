"""What editors wrote is parsed, what templates made is not; the headings of both have one set of ids."""

from __future__ import annotations

import re

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from gazette.build.markdown_parser import MarkdownParser
from gazette.build.settings import load_settings
from gazette.site.pages import Page
from gazette.templates.renderer import PageText
from tests.expectations import ROOT

SOURCES = '<h2>Sources</h2>\n\n<ol>\n<li id="source-1">*one* [two](three.md)</li>\n\n</ol>\n'


@pytest.fixture
def config() -> MkDocsConfig:
    return load_settings(ROOT)


def parsed(config: MkDocsConfig, *texts: PageText) -> list[tuple[str, list[str], list[str]]]:
    """Of each text in turn, by one parser: body, ids of its headings, files linked to."""
    files = {
        uri: File(uri, None, config.site_dir, use_directory_urls=True)
        for uri in ("en/here.md", "en/far/away.md")
    }
    asked: list[str] = []
    parser = MarkdownParser(config, Files([*files.values()]), asked.append)
    found = []
    for text in texts:
        body = parser.body(Page("en", "here", "", "", "prose", ""), text)
        found.append((body, re.findall(r'^<h2 id="(.*?)"', body, re.MULTILINE), asked[:]))
        asked.clear()
    return found


def test_html_of_templates_stays_as_it_is_but_for_blank_lines_and_ids(config: MkDocsConfig) -> None:
    whole = f"<p>*a*\n\n  {{: .b }}</p>\n{SOURCES}"
    body = (
        '<p>*a*\n  {: .b }</p>\n<h2 id="sources">Sources</h2>\n'
        '<ol>\n<li id="source-1">*one* [two](three.md)</li>\n</ol>'
    )
    assert parsed(config, (whole,), (whole,)) == [(body, ["sources"], [])] * 2


JOINED = {
    "甲方\n乙方": "<p>甲方乙方</p>",
    "好，\n**乙**\n丙": "<p>好，<strong>乙</strong>丙</p>",
    "说“好”\n“行”……\n——再·\n见": "<p>说“好”“行”……——再·见</p>",
    "𠮷\n𡃁：\n①丙": "<p>𠮷𡃁：①丙</p>",
    "该“ABC”\n公司": "<p>该“ABC”公司</p>",
    "- 甲\n  乙\n- 丙\n丁": "<ul>\n<li>甲乙</li>\n<li>丙丁</li>\n</ul>",
    "> 甲\n> 乙": "<blockquote>\n<p>甲乙</p>\n</blockquote>",
    "甲<b>乙</b>\n[丙](b.md)\n丁": '<p>甲<b>乙</b><a href="b.md">丙</a>丁</p>',
    "甲<sup>[1]</sup>\n乙": "<p>甲<sup>[1]</sup>乙</p>",
    "甲  \n乙": "<p>甲<br />\n乙</p>",
    "the “one”\n“two”…\nthree": "<p>the “one”\n“two”…\nthree</p>",
    "甲\nabc\n乙": "<p>甲\nabc\n乙</p>",
    "한국\n어": "<p>한국\n어</p>",
    "    甲\n    乙": "<pre><code>甲\n乙\n</code></pre>",
}


@pytest.mark.parametrize("text", JOINED)
def test_a_paragraph_over_lines_has_no_space_between_chinese_characters(
    config: MkDocsConfig, text: str
) -> None:
    [(body, *_)] = parsed(config, ("", text))
    assert body == JOINED[text]


def test_a_heading_of_a_template_gives_way_to_one_that_an_editor_wrote(config: MkDocsConfig) -> None:
    [(body, ids, asked)] = parsed(
        config, ("<p>a</p>", "## Sources\n\nMore[^1] in [b](far/away.md#c).\n\n[^1]: A note.\n", SOURCES)
    )
    assert ids == ["sources", "sources_1"]
    assert (
        body.index("<p>a</p>") < body.index('<h2 id="sources">') < body.index("More") < body.index("source-1")
    )
    assert '<a href="../far/away/#c">b</a>' in body
    assert "A note." in body[body.index("source-1") :]
    assert asked == ["en/far/away.md"]


def test_a_heading_keeps_its_id_and_one_within_a_block_is_none_of_the_page(config: MkDocsConfig) -> None:
    headings = '<h2 id="mine">One &#42;</h2>\n<section><h2 id="within">Two</h2>\n</section>'
    [(body, ids, _)] = parsed(config, (headings,))
    assert ids == ["mine"]
    assert '<h2 id="mine">One &#42;</h2>' in body
    assert '<section><h2 id="within">Two</h2>' in body


def test_what_stands_for_html_is_taken_out_of_what_an_editor_wrote(config: MkDocsConfig) -> None:
    [(body, *_)] = parsed(config, ("<p>a</p>", "b\x01c\n\n\x01\n", "<p>d</p>"))
    assert [line for line in body.splitlines() if line] == ["<p>a</p>", "<p>bc</p>", "<p>d</p>"]
