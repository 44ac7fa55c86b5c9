"""HTML, links and pasted formatting in the text of a page: what the guide does not allow is refused at its place, not stripped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.checks import TEXT_CHECKS
from gazette.checks.markdown.outline import html_of
from gazette.checks.references import broken_links
from gazette.content.calls import with_made
from gazette.content.file_reader import prose_of
from gazette.content.loader import load
from gazette.content.model import Content, Prose
from tests.attacks import markup_vectors
from tests.attacks.bounds import TookTooLong, bounded
from tests.attacks.policy import violations
from tests.attacks.tally import Outcome, Tally, sampled
from tests.conftest import Project

FOR_THE_SAMPLE = 150


def page(text: str) -> bytes:
    return f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n{text}\n".encode("utf-8", "surrogatepass")


def checked(content: Content, text: str) -> tuple[list[Diagnostic], Prose | None]:
    """What is said of a page of this text in both languages; and the page, where it can be read."""
    problems: list[Diagnostic] = []
    files = {f"docs/{locale}/about.md": page(text) for locale in ("zh", "en")}
    prose = prose_of("about", files, problems)
    if prose is None:
        return problems, None
    content = replace(content, prose={**content.prose, "about": prose})
    told = [found for rule in TEXT_CHECKS for found in rule(content, [prose])]
    return [*told, *broken_links(content)], prose


def published(prose: Prose) -> str:
    """The body of a page without calls as the site has it."""
    return html_of(with_made(prose.bodies["zh"], lambda _, __: "").text)[0]


def outcome(content: Content, text: str) -> Outcome:
    """What becomes of a text: where it passes, another parser must find nothing in it that runs, loads or covers."""
    try:
        with bounded():
            told, prose = checked(content, text)
            if told:
                located = all(found.at.path.endswith("/about.md") and found.zh and found.en for found in told)
                return Outcome.REFUSED if located else Outcome.CRASHED
            return Outcome.THROUGH if prose is None or [*violations(published(prose))] else Outcome.ACCEPTED
    except TookTooLong:
        return Outcome.HUNG
    except Exception:
        return Outcome.CRASHED


def content_of(root: Path) -> Content:
    content, problems = load(root)
    assert problems == []
    outcome(content, "甲<b>乙</b>")  # What is imported and compiled once is no attempt's.
    return content


def test_html_that_would_run_load_or_cover_is_refused(
    small: Project, tally: Tally, request: pytest.FixtureRequest
) -> None:
    content = content_of(small({}))
    tried = sampled(markup_vectors.prose(), FOR_THE_SAMPLE, request.config)
    tally("HTML in prose", [(text[:120], outcome(content, text)) for text in tried])


def test_a_page_has_one_title(small: Project) -> None:
    content = content_of(small({}))
    for text, code in (
        ("<h1>甲</h1>", "markup-tag"),
        ("# 甲\n\n<b>乙</b>", "second-title"),
        ("甲\n===\n\n<b>乙</b>", "underlined-heading"),
    ):
        assert [found.code for found in checked(content, text)[0]] == [code, code]


ALLOWED = (
    "甲<b>乙</b><i>丙</i><em>丁</em><strong>戊</strong>", "H<sub>2</sub>O、m<sup>2</sup>", "甲<br>乙", '<abbr title="甲乙">甲</abbr>', '<span lang="en">street</span>',
    "<details>\n<summary>甲</summary>\n<p>乙</p>\n</details>", "<table>\n<tr><th scope=\"row\">甲</th><td colspan=\"2\">乙</td></tr>\n</table>", "| 甲 | 乙 |\n| :-- | --: |\n| 1 | 2 |",
    "[甲](https://example.org/)、<https://example.org/>、<me@example.org>", "甲[^1]\n\n[^1]: 注。", "```python\n<script>\n```", "`<script>`", "5 < 6 & 7 > 3", "<kbd>Ctrl</kbd>", "<ruby>济<rt>jǐ</rt></ruby>",
    "## 甲 {#a}\n\n[乙](#a)", "<ul>\n<li>甲</li>\n</ul>", "甲<wbr>乙<small>丙</small><mark>丁</mark><del>戊</del><ins>己</ins><q>庚</q>",
)  # fmt: skip
"""What the guide allows."""


@pytest.mark.parametrize("text", ALLOWED)
def test_what_the_guide_allows_passes(small: Project, text: str) -> None:
    assert outcome(content_of(small({})), text) is Outcome.ACCEPTED


@pytest.mark.parametrize(
    "html",
    ["<script>a</script>", "<b onclick=a>b</b>", '<a href="java&#9;script:a">b</a>', '<img src="//a.example/b">', "<!-- a -->", '<p style="color:red">a</p>'],
)  # fmt: skip
def test_the_second_reading_finds_what_may_not_be_there(html: str) -> None:
    assert [*violations(html)]


@pytest.mark.parametrize(
    ("text", "place", "code"),
    [
        ('<b id="">甲</b>', "1:4", "markup-id-form"),
        ('甲\n\n<b id="a b">甲</b>', "3:8", "markup-id-form"),
        ('## 甲 {: id="a b" }', "1:13", "markup-id-form"),
        ("## 甲 {#a}\n\n## 乙 {#a}", "3:8", "markup-id-twice"),
        ('<b id="a">甲</b><i id="a">乙</i>', "1:23", "markup-id-twice"),
        ('## 甲\n\n<b id="甲">乙</b>', "3:8", "markup-id-twice"),
        ('甲[^1]\n\n<b id="fn:1">乙</b>\n\n[^1]: 丙', "3:8", "markup-id-twice"),
    ],
)
def test_a_place_has_a_name_of_its_own(small: Project, text: str, place: str, code: str) -> None:
    told = checked(content_of(small({})), text)[0]
    assert {(f"{found.at.line - 5}:{found.at.column}", found.code) for found in told} == {(place, code)}


@pytest.mark.parametrize(
    "text", ["## 甲\n\n## 甲", "## 甲 {#a}\n\n## a\n\n<b id='b'>乙</b>", "甲[^1]乙[^1]\n\n[^1]: 丙"]
)
def test_names_that_the_site_keeps_apart_pass(small: Project, text: str) -> None:
    assert checked(content_of(small({})), text)[0] == []
