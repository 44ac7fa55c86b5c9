"""The way out: the site as plain Markdown says all that the site says, and other builders make it without a warning."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import markdown
import pytest
import yaml
from lxml import html

from gazette import cli
from gazette.build import engine
from gazette.build.markdown_export import EXTENSIONS
from gazette.outputs.link_check import follow
from gazette.outputs.markdown import page_markdown
from gazette.records.values import LOCALES
from tests.expectations import ROOT
from tests.zones import Zone, adopt

ZENSICAL = ROOT / ".venv-zensical" / ("Scripts" if os.name == "nt" else "bin") / "zensical"
IN_PAGE_ONLY = ".//form | .//svg | .//script | .//*[@hidden] | .//*[contains(@class, 'page-foot')]"


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    """The full zone, which has a page of every kind, with a record that was renamed."""
    made = adopt(tmp_path_factory.mktemp("full"), "full")
    made.write("docs/root/proof.txt", "proof")
    return made


@pytest.fixture(scope="module")
def exported(zone: Zone, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "markdown"
    assert cli.main(["--root", str(zone.root), "export", "--markdown", str(folder)]) == 0
    return folder


def built(exported: Path, folder: Path, command: Sequence[str]) -> Path:
    """The site that a builder makes of a copy of exported Markdown, without a warning."""
    shutil.copytree(exported, folder)
    told = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=told, capture_output=True, text=True, encoding="utf-8", check=False
    )
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "WARNING" not in said.upper(), said
    return folder / "site"


def said_by(article: html.HtmlElement) -> str:
    """All that an article says, but for what works in the page only; of a drawing its words. Spaces do not count."""
    for element in article.xpath(IN_PAGE_ONLY):
        element.drop_tree()
    for drawing in article.xpath(".//*[@role='img']"):
        words = drawing.get("aria-label")
        drawing.clear(keep_tail=True)
        drawing.text = words
    for link in article.xpath(".//a[@class='headerlink']"):
        link.drop_tree()
    pictures = [f"[{image.get('alt')}]" for image in article.xpath(".//img")]
    return re.sub(r"\s", "", article.text_content()) + "".join(pictures)


def articles(site: Path) -> dict[str, str]:
    """What each page of a site says, by its address."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        page = html.document_fromstring(file.read_bytes(), html.HTMLParser(encoding="utf-8"))
        for article in page.xpath("//article[contains(@class, 'md-content__inner')]"):
            found[file.relative_to(site).as_posix()] = said_by(article)
    return found


def assert_nothing_is_lost(zone: Zone, site: Path) -> None:
    """Every page says the same at the same address, and its links lead somewhere."""
    before = articles(zone.root / "site")
    assert len(before) > 50
    assert {*map(Path, before)} >= {
        Path(f"{'' if locale == 'zh' else 'en/'}about/index.html") for locale in LOCALES
    }
    assert articles(site) == before
    assert [str(message) for message in follow(site, "").dead] == []


def test_stock_mkdocs_builds_it_and_every_page_says_the_same(
    zone: Zone, exported: Path, tmp_path: Path
) -> None:
    settings = yaml.safe_load((exported / "mkdocs.yml").read_text(encoding="utf-8"))
    assert not {"hooks", "plugins", "extra_css", "extra_javascript"} & settings.keys()
    command = (sys.executable, "-m", engine.ENGINE, "build", "--strict")
    assert_nothing_is_lost(zone, built(exported, tmp_path / "out", command))


@pytest.mark.whole
def test_zensical_builds_it_and_every_page_says_the_same(zone: Zone, exported: Path, tmp_path: Path) -> None:
    command = (str(ZENSICAL), "build", "--strict")
    assert_nothing_is_lost(zone, built(exported, tmp_path / "out", command))


def test_what_pages_lead_to_comes_along(zone: Zone, exported: Path) -> None:
    docs = exported / "docs"
    old = [*docs.rglob("index.html")]
    assert (docs / "proof.txt").read_text(encoding="utf-8") == "proof"
    assert {*docs.glob("data/*.csv")}
    assert {*docs.glob("assets/photos/*.webp")}
    assert [file.relative_to(docs).parent.name for file in old] == ["leaf", "leaf"]


def test_the_same_site_is_the_same_markdown(zone: Zone, exported: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert cli.main(["--root", str(zone.root), "export", "--markdown", str(again)]) == 0

    def files(folder: Path) -> dict[str, bytes]:
        there = (file for file in folder.rglob("*") if file.is_file())
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in there}

    assert files(again) == files(exported)


def test_a_folder_with_something_in_it_is_left_alone(
    zone: Zone, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert cli.main(["--root", str(zone.root), "export", "--markdown", str(tmp_path)]) == 1
    assert str(tmp_path) in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("folder", ["docs/out", "data/out", "site/out", "overrides/x/../out", ".cache/out"])
def test_a_folder_that_a_build_reads_or_replaces_is_none_to_write_into(
    zone: Zone, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(zone.root), "export", "--markdown", str(zone.root / folder)]) == 1
    assert "folder of the project's own" in capsys.readouterr().err
    assert not (zone.root / folder).exists()


@pytest.mark.parametrize(
    "options", [[], ["services", "--markdown", "out"], ["--markdown", "out", "--output", "a.csv"]]
)
def test_one_thing_is_exported_at_a_time(
    zone: Zone, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--root", str(zone.root), "export", *options]) == 1
    assert "--markdown" in capsys.readouterr().err


WRITTEN: list[tuple[str, str]] = [
    ("<p>1. a * b_c_ [d] &lt;e&gt; &amp; {f} |</p>", r"1\. a \* b\_c\_ \[d\] &lt;e&gt; &amp; \{f\} \|"),
    ("<p># a</p><p>- b</p><p>: c</p>", "&#35; a\n\n&#45; b\n\n&#58; c"),
    ('<h2 id="x">A</h2><h3>B</h3>', "## A {#x}\n\n### B"),
    (
        '<p><a href="../x/"><b>5</b> 个</a><sup><a href="#n">[1]</a></sup></p>',
        r"[**5** 个](../x/)<sup>[\[1\]](#n)</sup>",
    ),
    (
        '<ul><li id="n">a<ul><li>b</li></ul></li><li>c</li></ul>',
        '-   <span id="n"></span>a\n\n    -   b\n\n-   c',
    ),
    ('<ol start="3"><li>a</li><li>b</li></ol>', "3.  a\n4.  b"),
    ("<dl><div><dt>a</dt><dd>b</dd><dd>c</dd></div></dl>", "a\n:   b\n:   c"),
    (
        '<table><thead><tr><th>a|b</th></tr></thead><tbody><tr id="r"><td>1<br>2</td></tr></tbody></table>',
        '| a\\|b |\n| --- |\n| <span id="r"></span>1<br>2 |',
    ),
    (
        '<figure><figcaption>甲</figcaption><div role="img" aria-label="乙"><svg></svg></div></figure>',
        "**甲**\n\n乙",
    ),
    ("<figure><figcaption><b>a</b> b</figcaption></figure>", "**a** b"),
    ('<p><img src="a.webp" alt="甲"></p>', "![甲](a.webp)"),
    ("<details><summary>a</summary><p>b</p></details><form>c</form>", "**a**\n\nb"),
]


@pytest.mark.parametrize(("source", "written"), WRITTEN)
def test_html_becomes_the_markdown_that_says_the_same(source: str, written: str) -> None:
    follow_as_it_is: Callable[[str], str] = str
    assert (
        page_markdown(html.fragment_fromstring(source, create_parent="article"), follow_as_it_is)
        == f"{written}\n"
    )


KEPT = [
    "<pre><code>a\nb\n\n  c_d_ *e* &lt;f&gt;</code></pre>",
    "<ul><li><p>a</p><pre><code>x\ny</code></pre></li></ul>",
    "<p><code>a`b</code> <code>``</code> <code> c </code> <code>*d*</code></p>",
    "<p><ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby> <kbd>a</kbd> <mark>b</mark> <u>c</u> <var>d</var></p>",
    '<p><abbr title="a &amp; &quot;b&quot;">WHO</abbr></p>',
    '<p><a href="https://a.example/b_(c">d)</a> !<a href="https://a.example/">e</a></p>',
    '<ol start="3"><li>a</li><li>b</li></ol>',
    "<p>2021. a! **b** [c] ![d]</p>",
]


@pytest.mark.parametrize("source", KEPT)
def test_what_the_text_of_a_page_may_hold_is_there_again_when_its_markdown_is_read(source: str) -> None:
    article = html.fragment_fromstring(source, create_parent="article")
    read = markdown.markdown(page_markdown(article, str), extensions=[*EXTENSIONS], tab_length=4)
    there = html.fragment_fromstring(read, create_parent="article")
    whole = html.fragment_fromstring(source, create_parent="article")
    assert parts(there) == parts(whole)


def parts(article: html.HtmlElement) -> list[tuple[object, ...]]:
    """The elements of a text in order, their attributes and words, but for paragraphs that only hold others; around blocks spaces do not count."""
    return [
        (part.tag, dict(part.attrib), *((part.text or "", part.tail or "") if part.tag == "code" else
         ((part.text or "").strip(), (part.tail or "").strip())))
        for part in article.iterdescendants() if part.tag != "p" or (part.text or "").strip()
    ]  # fmt: skip


def test_a_cell_that_takes_up_several_pushes_no_other_aside() -> None:
    table = '<table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td colspan="2">4</td></tr></table>'
    written = page_markdown(html.fragment_fromstring(table, create_parent="article"), str)
    assert written.splitlines()[2:] == ["| 1 | 2 |", "|  | 3 |", "| 4 |  |"]
