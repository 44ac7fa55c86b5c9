"""Addresses in both languages; values, links and escapes in prose; mistakes in prose, located in the .md file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from urllib.parse import urljoin

import markdown
import pytest

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.build.page_frame import Place
from gazette.content.loader import load
from gazette.site.model import build_model
from gazette.site.pages import Page, url_of
from gazette.templates.renderer import Renderer, render_site
from gazette.templates.view import View, safe, view_of
from tests.conftest import TESTS, Project
from tests.expectations import Case, assert_as_expected, cases, lines, name, places, table

SITE = "https://example.org/record/"
KILN = "zones/small/data/startup_records/kiln.yml"
CHINESE = "---\ntitle: 关于\nsummary: 关于。\n---\n\n"
ENGLISH = "---\ntitle: About\nsummary: About.\n---\n\n"


def about(body: str) -> dict[str, str | bytes | None]:
    """The page "about" with the same body in both languages."""
    return {"docs/zh/about.md": CHINESE + body, "docs/en/about.md": ENGLISH + body}


def shown(text: str) -> str:
    """What a reader sees of a page's Markdown, its white space evened."""
    html = markdown.markdown(text, extensions=["attr_list", "def_list", "footnotes", "tables", "md_in_html"])
    words = re.sub(r"<[^>]*>", " ", re.sub(r"</?(a|span)\b[^>]*>", "", html))
    return " ".join(unescape(words).split())


def before_sources(text: str) -> str:
    """What a reader sees of a page above its sources."""
    return re.split(" (?:出处|Sources) ", shown(text), maxsplit=1)[0]


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
    site_model = render_site(small({}))
    assert site_model.pages
    for page in site_model.pages.values():
        other = site_model.pages[f"{'en' if page.locale == 'zh' else 'zh'}/{page.path}.md"]
        assert urljoin(SITE + page.url, view_of(site_model, page).translation()) == SITE + other.url
        assert urljoin(SITE + other.url, view_of(site_model, other).translation()) == SITE + page.url


def test_titles_and_sources_are_those_of_the_page_s_language(small: Project) -> None:
    pages = render_site(small({})).pages
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
    assert not [src_uri for src_uri in pages if src_uri.endswith("news/2021.md")]


def test_the_news_of_a_year_have_a_page_where_there_is_a_page_of_news(small: Project) -> None:
    page = "---\ntitle: {}\nsummary: {}\n---\n"
    news = {
        "docs/zh/news/index.md": page.format("动态", "动态。"),
        "docs/en/news/index.md": page.format("News", "News."),
    }
    pages = render_site(small(news)).pages
    assert described(pages["zh/news/2021.md"])[0] == "动态：2021年"
    assert described(pages["en/news/2021.md"])[0] == "News: 2021"


def described(page: Page) -> tuple[str, str, str]:
    return page.title, page.summary, page.source


def test_links_are_relative_or_from_the_site_s_root(small: Project) -> None:
    site_model = render_site(small({}))
    page = site_model.pages["en/services/music-line.md"]
    assert view_of(site_model, page).href("index") == "../../"
    assert view_of(site_model, page).href("services/music-line") == "./"
    assert view_of(site_model, page).href("startup-records/kiln") == "../../startup-records/kiln/"
    for place, kiln, home, asset in (
        (Place("en", "/record/", None), "/record/en/startup-records/kiln/", "/record/en/", "/record/a.svg"),
        (Place("en", "../../../", None), "../../startup-records/kiln/", "../../", "../../../a.svg"),
        (Place("en", "../", None), "startup-records/kiln/", "./", "../a.svg"),
        (Place("zh", "../../", None), "../../startup-records/kiln/", "../../", "../../a.svg"),
    ):
        view = view_of(site_model, replace(page, locale=place.locale), place.locate)
        assert (view.href("startup-records/kiln"), view.href("index")) == (kiln, home)
        assert place.locate("a.svg") == asset


@pytest.mark.parametrize(("asked", "zh", "en"), table("prose.txt"))
def test_prose_says_values_in_its_language(small: Project, asked: str, zh: str, en: str) -> None:
    site_model = render_site(small(about(f"【{{{{ {asked} }}}}】\n")))
    mark = " [1] " if asked.startswith("figure(") else ""
    assert before_sources(site_model.markdown["zh/about.md"]) == f"【{zh}{mark}】"
    assert before_sources(site_model.markdown["en/about.md"]) == f"【{en}{mark}】"


def linked(text: str) -> Mapping[str, str]:
    return {words: address for address, words in re.findall(r'<a[^>]* href="([^"]*)"[^>]*>([^<]*)</a>', text)}


def test_a_figure_and_a_link_in_prose_lead_to_their_record_in_the_same_language(small: Project) -> None:
    body = '{{ figure("indicators/shops") }} {{ link("services/music-line") }}\n'
    site_model = render_site(small(about(body)))
    for locale, figure, line in (("zh", "近300户", "音乐专线"), ("en", "nearly 300 shops", "Music Line")):
        here = SITE + site_model.pages[f"{locale}/about.md"].url
        links = linked(site_model.markdown[f"{locale}/about.md"])
        assert urljoin(here, links[figure]) == SITE + url_of("indicators/shops", locale)
        assert urljoin(here, links[line]) == SITE + url_of("services/music-line", locale)


def test_figures_in_prose_carry_the_numbers_of_their_sources_which_end_the_page(small: Project) -> None:
    other = "title: {zh: 二, en: Two}\nsummary: {zh: 二, en: Two}\noutlet: daily\nbyline: {zh: 甲, en: A}\n"
    kiln = (
        "title: {zh: 砖窑, en: Brick kiln}\nsummary: {zh: 用时。, en: Time.}\nscope: {zh: 全部, en: all}\n"
        "duration: {value: 8m00s, source: other, at: 8分}\n"
    )
    body = (
        '{{ figure("indicators/shops") }}、{{ figure("startup_records/brick.duration") }}、'
        '{{ figure("services/music-line.reach") }}、{{ figure("indicators/shops") }}。\n'
    )
    site_model = render_site(
        small(about(body) | {"data/sources/other.yml": other, "data/startup_records/brick.yml": kiln})
    )
    for locale in ("zh", "en"):
        text = site_model.markdown[f"{locale}/about.md"]
        assert re.findall(r'<sup class="mark"><a href="#source-(\d)">\[(\d)\]</a></sup>', text) == [
            ("1", "1"), ("2", "2"), ("1", "1")
        ]  # fmt: skip
        assert re.findall(r'aria-describedby="(.*?)"', text) == ["note-1", "note-2", "note-3", "note-1"]
        assert re.findall(r'<li id="(.*?)"', text) == ["source-1", "note-1", "note-3", "source-2", "note-2"]
    assert "sources" not in site_model.markdown["en/index.md"]


F, G = '{{ figure("indicators/shops") }}', '{{ figure("services/music-line.reach") }}'


@pytest.mark.parametrize(
    ("body", "marks"),
    [
        (f"有{F}，其中{G}。", 1),
        (f"有{F}。其中{G}。", 2),
        (f"{F}\nand {G}.", 1),
        (f"{F} (v1.5) and {G}.", 1),
        (f'{F}." Then {G}.', 2),
        (f"**{F}** and [a link](index.md) {G}.", 1),
        (f"{F}\n\n{G}", 2),
        (f"- {F}\n- {G}", 2),
        (f"| A | B |\n|---|---|\n| {F} | {G} |", 2),
    ],
)
def test_figures_of_one_source_in_a_sentence_have_one_mark_and_each_its_note(
    small: Project, body: str, marks: int
) -> None:
    for locale in ("zh", "en"):
        text = render_site(small(about(body + "\n"))).markdown[f"{locale}/about.md"]
        assert text.count('class="mark"') == marks
        assert before_sources(text).rstrip("。. ").endswith("[1]")
        assert re.findall('aria-describedby="(.*?)"', text) == re.findall('<li id="(note-.*?)"', text)


def test_a_note_says_what_the_figure_counts_its_value_date_source_and_anchor(small: Project) -> None:
    site_model = render_site(small(about('{{ figure("indicators/shops") }}\n')))
    assert shown(site_model.markdown["zh/about.md"]).endswith(
        "近300户 沿街商户 截至2021年（推断） 街区报道 近300户"
    )
    assert shown(site_model.markdown["en/about.md"]).endswith(
        "nearly 300 shops Shops along the street as of 2021 (inferred) A street report 近300户"
    )


def test_a_figure_on_its_own_record_s_page_is_no_link(small: Project) -> None:
    text = render_site(small({})).markdown["en/startup-records/kiln.md"]
    assert "29 min 06 s" in shown(text)
    assert "29 min 06 s" not in linked(text)


def test_a_record_time_stands_once_at_the_head_of_its_page(small: Project) -> None:
    made = render_site(small({})).markdown
    for path, said in (
        ("zh/startup-records/kiln.md", "29分06秒"),
        ("en/startup-records/kiln.md", "29 min 06 s"),
    ):
        assert re.findall('<p class="headline">.*?</p>', made[path]) == [
            f'<p class="headline"><span class="headline__number"><span class="figure">{said}</span></span></p>'
        ]


def test_a_date_that_no_source_states_is_said_not_to_be_stated(small: Project) -> None:
    site_model = render_site(small({}))
    assert "来源未载明的内容（1项） 注册日期" in shown(site_model.markdown["zh/startup-records/kiln.md"])
    assert "Not stated in the source (1) Date of registration" in shown(
        site_model.markdown["en/startup-records/kiln.md"]
    )


@pytest.mark.parametrize(
    ("zh", "en"), [("注册日期。", "When it was registered."), ("哪一天注册。", "Date of registration.")]
)
def test_what_a_field_says_is_not_stated_is_not_said_again(small: Project, zh: str, en: str) -> None:
    kiln = (TESTS / KILN).read_text(
        encoding="utf-8"
    ) + f"not_stated:\n  - {{zh: {zh}, en: {en}}}\n  - {{zh: 公司全称。, en: Its full name.}}\n"
    made = render_site(small({"data/startup_records/kiln.yml": kiln})).markdown
    assert "来源未载明的内容（2项） 注册日期 公司全称。" in shown(made["zh/startup-records/kiln.md"])
    assert "Not stated in the source (2) Date of registration Its full name." in shown(
        made["en/startup-records/kiln.md"]
    )


@pytest.mark.parametrize("case", cases("pages"), ids=name)
def test_a_mistake_in_prose_is_reported_on_its_line_of_the_file(small: Project, case: Case) -> None:
    english = case.text.replace("title: 关于", "title: About").replace(
        "summary: 关于本站。", "summary: About."
    )
    reported: tuple[Diagnostic, ...] = ()
    try:
        render_site(small({"docs/zh/about.md": case.text, "docs/en/about.md": english}))
    except ContentError as error:
        reported = error.diagnostics
    for path in ("docs/zh/about.md", "docs/en/about.md"):
        assert_as_expected(case, [message for message in reported if message.at.path == path], path)


def test_mistakes_on_several_pages_are_reported_together(small: Project) -> None:
    wrong = ENGLISH + "{{ nothing }}\n"
    with pytest.raises(ContentError) as caught:
        render_site(small({"docs/en/about.md": wrong, "docs/en/news/line-opens.md": wrong}))
    assert places(caught.value.diagnostics) == [
        "docs/en/about.md:6:1 [not-for-pages]",
        "docs/en/news/line-opens.md:6:1 [not-for-pages]",
    ]


def test_a_headline_figure_of_no_field_is_reported_in_the_home_page(small: Project) -> None:
    home = "---\ntitle: 首页\nsummary: 首页。\nlayout: home\nfigures:\n  - services/music-line.raech\n---\n"
    with pytest.raises(ContentError) as caught:
        render_site(small({"docs/zh/index.md": home}))
    assert [str(found.at) for found in caught.value.diagnostics] == ["docs/zh/index.md:6:5"]


@pytest.mark.parametrize("text", lines("texts.txt"), ids=str)
def test_text_of_a_record_is_shown_as_typed_whatever_marks_it_has(small: Project, text: str) -> None:
    quoted = text.replace("'", "''")
    term = (
        f"title: {{zh: '{quoted}', en: '{quoted}'}}\nsummary: {{zh: 甲, en: A}}\nkind: term\nenglish: working\n"
        f"points: [{{text: {{zh: '{quoted}', en: '{quoted}'}}, source: report, at: 晚报}}]\n"
    )
    body = '## {{ get("glossary/marks").title }}\n\n{{ link("glossary/marks") }} {{ get("glossary/marks").title }}\n'
    # A check refuses most of them; a template escapes them all the same.
    content, problems = load(small(about(body) | {"data/glossary/marks.yml": term}))
    assert problems == []
    renderer = Renderer(build_model(content)[0])
    pages = renderer.site_model.pages
    made = {uri: "\n\n".join(renderer.render(pages[uri]).text) for uri in pages}
    said = " ".join(text.split())
    assert shown(made["en/about.md"]) == f"{said} {said} {said}"
    assert shown(made["zh/about.md"]) == f"{said} {said} {said}"
    assert f"What the source reports {said} Sources" in shown(made["en/glossary/marks.md"])
    assert "<script" not in made["en/glossary/marks.md"]


def test_a_view_in_the_other_language_speaks_it(small: Project) -> None:
    site_model = render_site(small({}))
    view: View = view_of(site_model, site_model.pages["zh/about.md"])
    assert view.label("related") == "相关条目"
    assert view.in_locale("en").label("related") == "Related"


def test_words_that_a_call_gives_over_lines_are_one_line() -> None:
    assert safe("甲“\n乙” a\r\nb") == "甲“乙” a  b"
