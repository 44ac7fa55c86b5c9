"""Addresses in both languages; values, links and escapes in prose; mistakes in prose, located in the .md file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urljoin

import markdown
import pytest

from gazette.diagnostics import ContentError
from gazette.edition import prepare
from gazette.pages import Page, url_of
from gazette.view import View
from tests.conftest import Project
from tests.expectations import Case, assert_as_expected, cases, lines, name, places, table

SITE = "https://example.org/record/"
ENGLISH = "---\ntitle: About\nsummary: About.\n---\n\n"


def shown(text: str) -> str:
    """What a reader sees of a page's Markdown, its white space evened."""
    html = markdown.markdown(text, extensions=["attr_list", "def_list", "footnotes", "tables", "md_in_html"])
    words = re.sub(r"<[^>]*>", " ", re.sub(r"</?(a|span)\b[^>]*>", "", html))
    return " ".join(unescape(words).split())


@pytest.mark.parametrize(
    ("path", "zh", "en"),
    [
        ("index", "", "en/"),
        ("about", "about/", "en/about/"),
        ("alliances/index", "alliances/", "en/alliances/"),
        ("alliances/tea", "alliances/tea/", "en/alliances/tea/"),
        ("news/2021", "news/2021/", "en/news/2021/"),
    ],
)
def test_a_page_stands_at_the_root_in_chinese_and_under_en_in_english(path: str, zh: str, en: str) -> None:
    assert url_of(path, "zh") == zh
    assert url_of(path, "en") == en


def test_every_page_links_to_its_translation_and_back(small: Project) -> None:
    edition = prepare(small({}))
    assert edition.pages
    for page in edition.pages.values():
        other = edition.pages[f"{page.other_locale}/{page.path}.md"]
        assert urljoin(SITE + page.url, edition.view(page).translation()) == SITE + other.url
        assert urljoin(SITE + other.url, edition.view(other).translation()) == SITE + page.url


def test_titles_and_sources_are_those_of_the_page_s_language(small: Project) -> None:
    pages = prepare(small({})).pages
    assert described(pages["zh/about.md"]) == ("关于", "关于本站。", "docs/zh/about.md")
    assert described(pages["en/about.md"]) == ("About", "About this site.", "docs/en/about.md")
    assert described(pages["zh/startup-records/kiln.md"])[::2] == (
        "窑炉项目",
        "data/startup_records/kiln.yml",
    )
    assert described(pages["en/startup-records/kiln.md"])[::2] == (
        "Kiln project",
        "data/startup_records/kiln.yml",
    )
    assert described(pages["en/news/2021.md"])[0] == "News of 2021"


def described(page: Page) -> tuple[str, str, str]:
    return page.title, page.summary, page.source


def test_links_are_relative_or_from_the_site_s_root(small: Project) -> None:
    edition = prepare(small({}))
    page = edition.pages["en/services/music-line.md"]
    assert edition.view(page).href("index") == "../../"
    assert edition.view(page).href("services/music-line") == "./"
    assert edition.view(page).href("startup-records/kiln") == "../../startup-records/kiln/"
    assert edition.view(page, "/record/").href("startup-records/kiln") == "/record/en/startup-records/kiln/"


@pytest.mark.parametrize(("asked", "zh", "en"), table("prose.txt"))
def test_prose_says_values_in_its_language(small: Project, asked: str, zh: str, en: str) -> None:
    edition = prepare(
        small(
            {
                "docs/zh/about.md": f"---\ntitle: 关于\nsummary: 关于。\n---\n\n【{{{{ {asked} }}}}】\n",
                "docs/en/about.md": f"{ENGLISH}【{{{{ {asked} }}}}】\n",
            }
        )
    )
    assert shown(edition.markdown["zh/about.md"]) == f"【{zh}】"
    assert shown(edition.markdown["en/about.md"]) == f"【{en}】"


def linked(text: str) -> Mapping[str, str]:
    return {words: address for address, words in re.findall(r'<a[^>]* href="([^"]*)">([^<]*)</a>', text)}


def test_a_figure_and_a_link_in_prose_lead_to_their_record_in_the_same_language(small: Project) -> None:
    body = '{{ figure("indicators/shops") }} {{ link("services/music-line") }}\n'
    edition = prepare(small({"docs/en/about.md": ENGLISH + body}))
    about = SITE + edition.pages["en/about.md"].url
    links = linked(edition.markdown["en/about.md"])
    assert urljoin(about, links["nearly 300 shops"]) == SITE + "en/indicators/shops/"
    assert urljoin(about, links["Music Line"]) == SITE + "en/services/music-line/"


def test_a_figure_on_its_own_record_s_page_is_no_link(small: Project) -> None:
    text = prepare(small({})).markdown["en/startup-records/kiln.md"]
    assert "29′06″" in shown(text)
    assert "29′06″" not in linked(text)


def test_a_date_that_no_source_states_is_said_not_to_be_stated(small: Project) -> None:
    edition = prepare(small({}))
    assert "注册日期 来源未载明" in shown(edition.markdown["zh/startup-records/kiln.md"])
    assert "Date of registration Not stated in the source" in shown(
        edition.markdown["en/startup-records/kiln.md"]
    )


@pytest.mark.parametrize("case", cases("pages"), ids=name)
def test_a_mistake_in_prose_is_reported_on_its_line_of_the_file(small: Project, case: Case) -> None:
    root = small({"docs/zh/about.md": case.text})
    try:
        prepare(root)
    except ContentError as error:
        assert_as_expected(case, error.diagnostics, "docs/zh/about.md")
    else:
        assert_as_expected(case, [], "docs/zh/about.md")


def test_mistakes_on_several_pages_are_reported_together(small: Project) -> None:
    wrong = ENGLISH + "{{ nothing }}\n"
    with pytest.raises(ContentError) as caught:
        prepare(small({"docs/en/about.md": wrong, "docs/en/news/line-opens.md": wrong}))
    assert places(caught.value.diagnostics) == [
        "docs/en/about.md:6:1 [template]",
        "docs/en/news/line-opens.md:6:1 [template]",
    ]


def test_a_headline_figure_of_no_field_is_reported_in_the_home_page(small: Project) -> None:
    home = "---\ntitle: 首页\nsummary: 首页。\nlayout: home\nfigures:\n  - services/music-line.raech\n---\n"
    with pytest.raises(ContentError) as caught:
        prepare(small({"docs/zh/index.md": home}))
    assert [str(found.at) for found in caught.value.diagnostics] == ["docs/zh/index.md:6:5"]


@pytest.mark.parametrize("text", lines("texts.txt"), ids=str)
def test_text_of_a_record_is_shown_as_typed_whatever_marks_it_has(small: Project, text: str) -> None:
    quoted = text.replace("'", "''")
    term = (
        f"title: {{zh: '{quoted}', en: '{quoted}'}}\nsummary: {{zh: 甲, en: A}}\nkind: term\nenglish: working\n"
        f"points: [{{text: {{zh: '{quoted}', en: '{quoted}'}}, source: report, at: 晚报}}]\n"
    )
    body = (
        ENGLISH
        + '## {{ get("glossary/marks").title }}\n\n{{ link("glossary/marks") }} {{ get("glossary/marks").title }}\n'
    )
    edition = prepare(small({"data/glossary/marks.yml": term, "docs/en/about.md": body}))
    said = " ".join(text.split())
    assert shown(edition.markdown["en/about.md"]) == f"{said} {said} {said}"
    assert f"What the source reports {said} Sources" in shown(edition.markdown["en/glossary/marks.md"])
    assert "<script" not in edition.markdown["en/glossary/marks.md"]


def test_a_view_in_the_other_language_speaks_it(small: Project) -> None:
    edition = prepare(small({}))
    view: View = edition.view(edition.pages["zh/about.md"])
    assert view.label("related") == "相关条目"
    assert view.in_locale("en").label("related") == "Related"
