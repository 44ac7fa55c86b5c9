"""A whole small site: built, edited, rebuilt, broken, mended."""

from __future__ import annotations

import re
import shutil
from html import unescape

import pytest

from gazette.base import cache_folder
from tests.zones import Zone


def hrefs(html: str) -> list[str]:
    """Every address a page links to, as written."""
    return [unescape(href) for href in re.findall(r'<a\b[^>]*?href="([^"]*)"', html)]


def text(html: str) -> str:
    """A page's words."""
    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"(?s)<(script|style)\b.*?</\1>", " ", html)))


def test_an_adopted_zone_builds_without_a_warning(zone: Zone) -> None:
    build = zone.build()
    assert build.status == 0, build.said
    assert "WARNING" not in build.said
    assert "ERROR" not in build.said


def test_both_languages_stand_at_matching_addresses(zone: Zone) -> None:
    zone.build()
    pages = {path for path in zone.published() if path.endswith("index.html")}
    chinese = {path for path in pages if not path.startswith("en/")}
    assert {f"en/{path}" for path in chinese} == pages - chinese
    assert "alliances/tea/index.html" in chinese


@pytest.mark.parametrize(
    ("url", "lang", "title", "label", "other"),
    [
        ("alliances/tea", "zh", "茶业联盟 - 样例纪事", "来源写到的内容", "../../en/alliances/tea/"),
        (
            "en/alliances/tea",
            "en",
            "Tea Alliance - The Sample Record",
            "What the source reports",
            "../../../alliances/tea/",
        ),
        ("", "zh", "样例纪事 - 一个样例", "最新动态", "en/"),
        ("en", "en", "The Sample Record - A sample", "Latest news", "../"),
    ],
)
def test_a_page_is_in_its_language_throughout(
    zone: Zone, url: str, lang: str, title: str, label: str, other: str
) -> None:
    zone.build()
    html = zone.page(url)
    assert f'<html lang="{lang}"' in html
    assert f"<title>{title}</title>" in html
    assert label in text(html)
    assert re.search(rf'<a class="switch language" href="{re.escape(other)}"', html)


def test_a_figure_is_said_in_each_language_form(zone: Zone) -> None:
    zone.build()
    assert "41分07秒" in text(zone.page(""))
    assert "41 min 07 s" in text(zone.page("en"))


def test_relations_link_both_ways(zone: Zone) -> None:
    zone.build()
    assert "../../alliances/tea/" in hrefs(zone.page("startup-records/kiln"))
    assert "../../startup-records/kiln/" in hrefs(zone.page("alliances/tea"))
    assert "../../news/tea-meets/" in hrefs(zone.page("en/alliances/tea"))


def test_a_record_page_links_to_its_file_and_its_source(zone: Zone) -> None:
    zone.build()
    links = hrefs(zone.page("alliances/tea"))
    assert "https://git.example/zone/edit/main/data/alliances/tea.yml" in links
    assert "../../sources/gazette/" in links


def test_a_page_links_to_the_original_of_a_source_that_has_an_address(zone: Zone) -> None:
    address = "https://paper.example/a_b?c=1&d=2"
    zone.edit("data/sources/gazette.yml", "outlet:", f"url: {address}\noutlet:")
    assert zone.build().status == 0
    assert address in hrefs(zone.page("startup-records/kiln"))
    assert address in hrefs(zone.page("en/sources/gazette"))


def test_previous_and_next_stay_in_the_language(zone: Zone) -> None:
    zone.build()
    turned = re.findall(r'<a class="turn__\w+"[^>]*href="([^"]*)"', zone.page("en/method"))
    assert turned == ["../alliances/", "../news/"]


def test_a_draft_is_nowhere_in_the_published_site(zone: Zone) -> None:
    zone.build()
    assert not [path for path in zone.published() if "unfinished" in path]
    assert "还没写完" not in zone.page("alliances/tea")
    assert "Not yet finished" not in zone.page("en/news")


def test_what_is_not_stated_is_said_to_be_so(zone: Zone) -> None:
    zone.build()
    assert "来源未载明" in text(zone.page("alliances/silk"))
    assert "Not stated in the source" in text(zone.page("en/alliances/silk"))


def test_an_edited_figure_changes_everywhere_on_rebuild(zone: Zone) -> None:
    zone.build()
    zone.edit("data/startup_records/kiln.yml", "41m07s", "39m58s")
    zone.edit("data/startup_records/kiln.yml", "41分07秒", "39分58秒")
    assert zone.build().status == 0
    for url, words in (("", "39分58秒"), ("en", "39 min 58 s"), ("en/startup-records/kiln", "39 min 58 s")):
        assert words in text(zone.page(url))
    everything = "".join(
        zone.page(url) for url in ("", "en", "startup-records/kiln", "en/startup-records/kiln")
    )
    assert "41分07" not in everything
    assert "41 min" not in everything


def test_an_empty_collection_says_so(zone: Zone) -> None:
    for name in ("tea", "silk"):
        (zone.root / f"data/alliances/{name}.yml").unlink()
    for path in ("docs/zh/method.md", "docs/en/method.md"):
        zone.edit(path, '{{ link("alliances/tea") }}', "")
    for path in ("docs/zh/news/tea-meets.md", "docs/zh/news/unfinished.md", "data/startup_records/kiln.yml"):
        zone.edit(path, "related: [alliances/tea]\n", "")
    assert zone.build().status == 0
    assert "这一类目前没有记录" in text(zone.page("alliances"))
    assert "no records here yet" in text(zone.page("en/alliances"))


def test_two_builds_are_byte_identical(zone: Zone) -> None:
    zone.build(SITE_URL="https://record.example/zone/")
    assert "sitemap.xml" in zone.published()
    assert zone.built_from_nothing(SITE_URL="https://record.example/zone/") == zone.published()


def test_one_byte_left_to_chance_shows_in_a_build_from_nothing(zone: Zone) -> None:
    page_foot = zone.root / "overrides/partials/page-foot.html"
    with page_foot.open("a", encoding="utf-8") as file:
        file.write("<!-- {{ range(10 ** 9) | random }} -->")
    assert zone.build().status == 0
    first = zone.published()
    assert zone.build().status == 0
    assert zone.published() == first, "the unchanged build that follows tells nothing"
    fresh = zone.built_from_nothing()
    assert {path for path in first if fresh[path] != first[path]} >= {"index.html", "en/method/index.html"}


def test_not_found_pages_are_in_both_languages_with_absolute_links(zone: Zone) -> None:
    zone.build(SITE_URL="https://record.example/zone/")
    chinese = (zone.root / "site/404.html").read_text(encoding="utf-8")
    english = (zone.root / "site/en/404.html").read_text(encoding="utf-8")
    assert "没有找到这一页" in chinese
    assert "Page not found" in chinese
    assert '<html lang="en"' in english
    for html in (chinese, english):
        assert all(href.startswith(("/zone/", "#", "https://")) for href in hrefs(html)), hrefs(html)


BREAKAGES = {
    "a wrong id": (
        "data/startup_records/kiln.yml",
        "alliances/tea",
        "alliances/tee",
        "kiln.yml:5:11",
        "alliances/tea",
    ),
    "a tab": ("data/alliances/silk.yml", "industry: {", "industry:\n\tzh: {", "silk.yml:4:1", "Tab"),
    "an unknown key": ("data/alliances/silk.yml", "industry:", "industri:", "silk.yml:3:1", "industry"),
    "a missing page": (
        "docs/zh/method.md",
        "alliances/tea",
        "alliances/tae",
        "method.md:8:1",
        "alliances/tea",
    ),
    "a broken template": (
        "overrides/records/alliances/single.md",
        "{% set facts",
        "{% sett facts",
        "single.md:2:1",
        "sett",
    ),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_mistake_gives_one_located_message_and_leaves_the_old_site(zone: Zone, name: str) -> None:
    path, old, new, place, hint = BREAKAGES[name]
    zone.build()
    before = zone.published()
    zone.edit(path, old, new)
    build = zone.build()
    assert build.status != 0
    assert place in build.said, build.said
    assert hint in build.said
    assert "Traceback" not in build.said
    assert zone.published() == before
    zone.edit(path, new, old)
    assert zone.build().status == 0


def test_a_deleted_record_gives_one_message_naming_every_place(zone: Zone) -> None:
    (zone.root / "data/alliances/tea.yml").unlink()
    build = zone.build()
    assert build.said.count("[dangling-id]") == 1
    for place in ("kiln.yml:5:11", "tea-meets.md:5:11", "unfinished.md:5:11"):
        assert place in build.said


def test_a_page_in_one_language_fails_the_build(zone: Zone) -> None:
    (zone.root / "docs/en/method.md").unlink()
    build = zone.build()
    assert build.status != 0
    assert "docs/zh/method.md" in build.said
    assert "docs/en/method.md" in build.said


def test_a_broken_link_in_prose_leaves_the_old_site(zone: Zone) -> None:
    zone.build()
    before = zone.published()
    zone.edit("docs/en/index.md", "alliances/index.md", "alliances/indx.md")
    build = zone.build()
    assert build.status != 0
    assert "alliances/indx.md" in build.said
    assert zone.published() == before
    assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}


def test_names_are_shown_as_typed_whatever_marks_they_hold(zone: Zone) -> None:
    hostile = '"q" </title><script>window.pwned=1</script> & {{ x }} *y*'
    named = '"q" & <ABC公司> </title {x} A*B'
    zone.edit("data/alliances/tea.yml", "en: Tea Alliance", f"en: '{named}'")
    zone.edit("mkdocs.yml", "site_name: The Sample Record", f"site_name: '{hostile}'")
    zone.edit("mkdocs.yml", "work: Work", f"work: '{hostile}'")
    assert zone.build().status == 0
    for url in ("en", "en/alliances", "en/alliances/tea"):
        html = zone.page(url)
        assert "<script>window.pwned" not in html
        assert "&amp;lt;" not in html
        assert "&amp;#" not in html
        assert hostile in text(html).replace("&#39;", "'")
    assert named in text(zone.page("en/alliances/tea"))


def test_tabs_are_named_by_the_nav_in_each_language(zone: Zone) -> None:
    zone.build()
    for url, names in (("", ["首页", "工作", "动态"]), ("en", ["Home", "Work", "News"])):
        listed = re.findall(r'<ul class="md-tabs__list">(?s:(.*?))</ul>', zone.page(url))
        tabs = re.findall(r"<a [^>]+>(.*?)</a>", *listed)
        assert tabs == names


def test_an_exchange_that_was_interrupted_is_finished_by_the_next_build(zone: Zone) -> None:
    zone.build()
    zone.edit("data/alliances/tea.yml", "茶业联盟", "新茶联盟")
    zone.build("--site-dir", "next")
    new, site = zone.root / ".site.new", zone.root / "site"
    shutil.move(zone.root / "next", new)
    # Half of it has been moved in.
    shutil.move(new / "alliances/tea/index.html", site / "alliances/tea/index.html")
    shutil.rmtree(site / "alliances/silk")
    cache_folder.write_checked(zone.root, ".site.order", b'["alliances/silk/index.html"]')
    zone.edit("data/alliances/tea.yml", "industry:", "industri:")
    assert zone.build().status != 0
    assert "新茶联盟" in zone.page("alliances/tea")
    assert "新茶联盟" in zone.page("alliances")
    zone.edit("data/alliances/tea.yml", "industri:", "industry:")
    assert zone.build().status == 0
    assert zone.page("alliances/silk")
    assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}


def test_what_a_build_that_was_killed_wrote_is_cleared_away(zone: Zone) -> None:
    zone.build()
    before = zone.published()
    (zone.root / ".site.new").mkdir()
    (zone.root / ".site.new/half.html").write_text("half", encoding="utf-8")
    shutil.rmtree(zone.root / "site")  # Where it stands, there is nothing to do.
    assert zone.build().status == 0
    assert zone.published() == before
    assert {path.name for path in zone.root.glob(".site.*")} <= {".site.spare"}


IDENTITY_MISTAKES = {
    "no tagline": ("      tagline: A sample\n", "", "mkdocs.yml:16:5: [missing]", "tagline"),
    "a misspelt key": (
        "      tagline: A sample",
        "      tag_line: A sample",
        "mkdocs.yml:18:7: [unknown-key]",
        "tagline",
    ),
    "a section without a name": (
        "sections: {home: Home, work: Work}",
        "sections: {home: Home}",
        "[section-name]",
        "work",
    ),
}


@pytest.mark.parametrize("name", IDENTITY_MISTAKES)
def test_a_mistake_in_the_identity_is_located_beside_those_in_the_data(zone: Zone, name: str) -> None:
    old, new, place, hint = IDENTITY_MISTAKES[name]
    zone.edit("mkdocs.yml", old, new)
    zone.edit("data/alliances/silk.yml", "industry:", "industri:")
    build = zone.build()
    assert place in build.said, build.said
    assert hint in build.said
    assert "silk.yml:3:1" in build.said
    assert "Traceback" not in build.said


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("docs/zh/draft.odt", "not-a-page-file"),
        ("docs/en/LOST.MD", "not-a-page-file"),
        ("docs/stray.md", "misplaced"),
    ],
)
def test_a_file_that_is_no_page_is_not_published_in_silence(zone: Zone, path: str, code: str) -> None:
    (zone.root / path).write_text("x", encoding="utf-8")
    build = zone.build()
    assert f"{path}:1:1: [{code}]" in build.said


def test_a_site_without_a_home_page_is_refused(zone: Zone) -> None:
    for locale in ("zh", "en"):
        (zone.root / f"docs/{locale}/index.md").unlink()
    zone.edit("mkdocs.yml", "  - home: index.md\n", "")
    assert "[no-home]" in zone.build().said
