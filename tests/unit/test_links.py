"""What a page, or the navigation, leads to is there, or the check says where it is not and what was probably meant."""

from __future__ import annotations

import re

import pytest

from gazette import cli
from tests.conftest import Project
from tests.pictures import drawn, saved

PAGE = "---\ntitle: {0}\nsummary: {0}\n---\n\n## 办法 {{#method}}\n\n{1}\n"
PDF = {
    "docs/zh/files/a b.pdf": b"%PDF-1.4\n%%EOF\n",
    "docs/assets/images/Map.png": saved(drawn(90, 60), "PNG"),
    "docs/zh/办法.pdf": b"%PDF-1.4\n%%EOF\n",
}


FROM_ENGLISH = {"../en": "..", "../assets": "../../assets"}
"""Addresses in HTML as the English page has them, where they are others."""


def said(small: Project, text: str, capsys: pytest.CaptureFixture[str], name: str = "about") -> str:
    """What the check says of a page in both languages, with some files beside it."""
    english = re.sub(r"\.\./(?:en|assets)(?=[^)]*>)", lambda found: FROM_ENGLISH[found[0]], text)
    pages = {"zh": PAGE.format("关于", text), "en": PAGE.format("About", english)}
    files = {f"docs/{locale}/{name}.md": page for locale, page in pages.items()}
    files |= {path.replace("/zh/", "/en/"): body for path, body in PDF.items()} | PDF
    root = small(files)
    cli.main(["--root", str(root), "check"])
    out = capsys.readouterr()
    return out.err if "[" in out.err else ""


RIGHT = [
    "[甲](files/a%20b.pdf)",
    "[甲](<files/a%20b.pdf>)",
    "[甲](%E5%8A%9E%E6%B3%95.pdf)",
    "![甲](../assets/images/Map.png)",
    "[甲](services/music-line.md#source-1)",
    "[甲](services/music-line.md#%73ource-1)",
    "[甲](#method)",
    "[甲](#出处) <b id='出处'>乙</b>",
    "[甲](#%E5%87%BA%E5%A4%84) <b id='出处'>乙</b>",
    "[甲](about.md#%6Dethod)",
    "[甲][1]\n\n[1]: about.md",
    "[甲](https://example.org/no.md#place)",
    "[甲](tel:12345)",
    "写作 `[甲](nowhere.md)`。",
    "```\n[甲](nowhere.md)\n```",
    "甲[^1]。\n\n[^1]: 见 [甲](about.md)。",
    '<a href="../services/music-line/#source-1">甲</a>',
    "<a href='../services/music-line'>甲</a>",
    '<a href="../en/about/index.html">甲</a>',
    '<a href="#method">甲</a> <a href="./#method">乙</a> <a href="../about/?a=b#%6Dethod">丙</a>',
    '<div><a title="href=>" href="../files/a%20b.pdf">甲</a></div>',
    '<img alt="甲" src="../assets/images/Map.png">',
    '<a href="https://example.org/no.md">甲</a>',
    '写作 `<a href="nowhere.md">甲</a>`。',
]


@pytest.mark.parametrize("text", RIGHT)
def test_what_leads_somewhere_passes(small: Project, capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert said(small, text, capsys) == ""


WRONG = {
    "[甲](aboot.md)": ("8:5: [broken-link]", "[…](about.md)"),
    "[甲](About.md)": ("8:5: [broken-link]", "[…](about.md)"),
    "[甲](about)": ("8:5: [broken-link]", "[…](about.md)"),
    "[甲](about/)": ("8:5: [broken-link]", "[…](about.md)"),
    "[甲](/about/)": ("8:5: [broken-link]", "[…](about.md)"),
    "[甲](/services/music-line/)": ("8:5: [broken-link]", "[…](services/music-line.md)"),
    "[甲](../../README.md)": ("8:5: [broken-link]", ""),
    "![甲](../assets/images/map.png)": ("8:6: [broken-link]", "[…](../assets/images/Map.png)"),
    "![甲](/assets/images/Map.png)": ("8:6: [broken-link]", "[…](../assets/images/Map.png)"),
    "![甲](Map.png)": ("8:6: [broken-link]", "[…](../assets/images/Map.png)"),
    "[甲](files/a%20c.pdf)": ("8:5: [broken-link]", "[…](files/a%20b.pdf)"),
    "[甲][1]\n\n[1]: aboot.md": ("10:6: [broken-link]", "[…](about.md)"),
    '[甲](about.md){: title=b href="aboot.md" }': ("8:31: [broken-link]", "[…](about.md)"),
    "[甲](about.md){href=#methods}": ("8:20: [place-not-on-page]", "[…](#method)"),
    "[甲](#methods)": ("8:5: [place-not-on-page]", "[…](#method)"),
    "[甲](about.md#methods)": ("8:5: [place-not-on-page]", "[…](about.md#method)"),
    "[甲](services/music-line.md#source-11)": (
        "8:5: [place-not-on-page]",
        "[…](services/music-line.md#source-1)",
    ),
    "[甲](#%E5%87%BA%E5%A4%84)": ("8:5: [place-not-on-page]", ""),
}
TYPED = {
    '<a href="about.md">甲</a>': ("8:10: [broken-html-link]", '<a href="./">…</a>'),
    '<a href="services/music-line.md">甲</a>': (
        "8:10: [broken-html-link]",
        '<a href="../services/music-line/">…</a>',
    ),
    "<div><a title='b' href=music-line/>甲</a></div>": ("8:24: [broken-html-link]", ""),
    '<a href="../services/musik-line/">甲</a>': (
        "8:10: [broken-html-link]",
        '<a href="../services/music-line/">…</a>',
    ),
    '<a href="/about/">甲</a>': ("8:10: [broken-html-link]", '<a href="./">…</a>'),
    '<a href="../../../about/">甲</a>': ("8:10: [broken-html-link]", '<a href="./">…</a>'),
    '<img alt="甲" src="../assets/images/map.png">': (
        "8:19: [broken-html-link]",
        '<img src="../assets/images/Map.png" alt="…">',
    ),
    '<a href="#methods">甲</a>': ("8:10: [place-not-on-page]", '<a href="#method">…</a>'),
    '<a href="../services/music-line/#source-11">甲</a>': (
        "8:10: [place-not-on-page]",
        '<a href="../services/music-line/#source-1">…</a>',
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_leads_nowhere_is_told_at_its_place_with_what_was_meant(
    small: Project, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    place, right = WRONG[text]
    told = said(small, text, capsys)
    assert told.count("]\n") == 2
    for locale in ("zh", "en"):
        assert f"docs/{locale}/about.md:{place}" in told
    assert right in told
    if right:
        assert said(small, text.replace(text[text.index("[甲]") :], right.replace("…", "甲")), capsys) == ""


@pytest.mark.parametrize("text", TYPED)
def test_a_link_typed_as_html_that_leads_nowhere_is_told_too(
    small: Project, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    place, right = TYPED[text]
    told = said(small, text, capsys)
    assert f"docs/zh/about.md:{place}" in told
    assert right in told
    if right:
        assert said(small, right, capsys) == ""


@pytest.mark.parametrize(
    ("entry", "right"),
    [("abuot.md", "about.md"), ("About.md", "about.md"), ("about", "about.md"), ("services/nothing.md", "")],
)
def test_an_entry_of_the_navigation_is_a_page(
    small: Project, capsys: pytest.CaptureFixture[str], entry: str, right: str
) -> None:
    root = small({})
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("nav:\n", f"nav:\n  - about: {entry}\n", 1), encoding="utf-8")
    assert cli.main(["--root", str(root), "check"]) == 1
    told = capsys.readouterr().err
    line = text[: text.index("nav:")].count("\n") + 2
    assert f"mkdocs.yml:{line}:12: [lost-page]" in told
    assert not right or f"right form:\n    {right}\n" in told


@pytest.mark.parametrize("name", ["notes.yml", "tea.yaml", "figures.lock.yaml", "list.csv"])
def test_a_file_beside_the_folders_of_data_is_told(
    small: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli.main(["--root", str(small({f"data/{name}": "x"})), "check"]) == 1
    assert f"data/{name}:1:1: [stray-data-file]" in capsys.readouterr().err
