"""What search engines and the inspection of public sites read of a small site, with an address and without."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests import head_rules
from tests.head_rules import Read
from tests.site.test_photos import illustrate
from tests.zones import Zone, adopt

ADDRESS = "https://record.example/zone/"
RENOVATION = """\
title: {zh: 改街, en: Street works}
summary: {zh: 街道改造。, en: The street was renewed.}
place: well
started: {date: 2030-04, basis: inferred}
completed: {date: 2030-05-06, basis: stated}
evidence: [{source: gazette, at: 改街}]
"""
PLACE = """\
title: {zh: 古井, en: Old Well}
summary: {zh: 一口井。, en: A well.}
kind: place
english: working
evidence: [{source: gazette, at: 古井}]
"""


def enriched(root: Path) -> Zone:
    """The small zone with a record of each kind of thing that search engines know."""
    zone = adopt(root)
    for path, text in {
        "data/renovations/street.yml": RENOVATION,
        "data/glossary/well.yml": PLACE,
        "docs/zh/figures.md": "---\ntitle: 全部数据\nsummary: 每一个数据。\nlayout: figures\n---\n",
        "docs/en/figures.md": "---\ntitle: All figures\nsummary: Every figure.\n---\n",
        "docs/zh/data.md": "---\ntitle: 开放数据\nsummary: 供下载的数据。\n---\n",
        "docs/en/data.md": "---\ntitle: Open data\nsummary: Data to download.\n---\n",
    }.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return zone


@pytest.fixture(scope="module", params=[ADDRESS, ""], ids=["addressed", "without an address"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Zone, str]:
    zone = enriched(tmp_path_factory.mktemp("site") / "zone")
    build = zone.build(SITE_URL=request.param)
    assert build.status == 0, build.said
    return zone, request.param


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    zone = enriched(tmp_path_factory.mktemp("site") / "zone")
    assert zone.build(SITE_URL=ADDRESS).status == 0
    return zone


def read(zone: Zone, url: str) -> Read:
    return Read(url, zone.page(url))


def test_every_page_has_one_title_one_description_and_no_tag_that_is_empty(built: tuple[Zone, str]) -> None:
    pages = list(head_rules.pages(built[0].root / "site"))
    assert len(pages) > 24
    for page in pages:
        head_rules.check_head(page)


def test_the_structured_data_of_every_page_is_on_the_page(built: tuple[Zone, str]) -> None:
    for page in head_rules.pages(built[0].root / "site"):
        head_rules.check_structured_data(page, built[1])


def test_every_page_has_the_tags_of_its_kind(built: tuple[Zone, str]) -> None:
    for page in head_rules.pages(built[0].root / "site"):
        head_rules.check_tags(page, built[1])


def test_every_page_names_its_address_and_its_languages_and_they_name_it(addressed: Zone) -> None:
    pages = {page.url: page for page in head_rules.pages(addressed.root / "site")}
    for page in pages.values():
        head_rules.check_addresses(page, ADDRESS, pages)


def test_the_sitemap_keeps_to_its_schema_and_names_what_there_is(addressed: Zone) -> None:
    head_rules.check_sitemap(addressed.root / "site", ADDRESS)
    assert "unfinished" not in (addressed.root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert "404" not in (addressed.root / "site/sitemap.xml").read_text(encoding="utf-8")


def test_without_an_address_there_is_no_sitemap_and_nothing_whole(zone: Zone) -> None:
    assert zone.build().status == 0
    assert not list((zone.root / "site").glob("sitemap*"))
    assert (zone.root / "site/robots.txt").read_text(encoding="utf-8") == "User-agent: *\nAllow: /\n"
    page = read(zone, "en/alliances/tea/")
    assert not page.links("canonical")
    assert page.alternates == {
        "zh": "../../../alliances/tea/",
        "en": "./",
        "x-default": "../../../alliances/tea/",
    }
    assert not {"SiteDomain", "Url", "Image"} & page.tags.keys()


def commit(root: Path, day: str, *paths: str) -> None:
    """Commit files as if on a day; all that there are where none are named."""
    when = {"GIT_AUTHOR_DATE": f"{day}T12:00:00Z", "GIT_COMMITTER_DATE": f"{day}T12:00:00Z"}
    who = ["-c", "user.name=e", "-c", "user.email=e@example.org"]
    for arguments in (["init", "-q"], ["add", *(paths or ["."])], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *arguments], cwd=root, env={**os.environ, **when}, check=True)


def test_lastmod_is_when_the_page_or_what_it_lists_last_changed_and_never_when_it_is_about(
    zone: Zone,
) -> None:
    assert zone.build(SITE_URL=ADDRESS).status == 0
    undated = head_rules.entries(zone.root / "site")
    assert not [loc for loc, entry in undated.items() if entry.findtext(f"{head_rules.SITEMAP}lastmod")]

    commit(zone.root, "2031-01-02", "data", "docs")
    zone.edit("data/alliances/tea.yml", "定期开会。", "按时开会。")
    commit(zone.root, "2031-03-04", "data/alliances/tea.yml")
    assert zone.build(SITE_URL=ADDRESS).status == 0
    dated = {
        loc.removeprefix(ADDRESS): entry.findtext(f"{head_rules.SITEMAP}lastmod")
        for loc, entry in head_rules.entries(zone.root / "site").items()
    }
    assert dated["alliances/tea/"] == dated["en/alliances/tea/"] == "2031-03-04"
    assert dated["alliances/"] == dated["en/alliances/"] == "2031-03-04"
    assert dated["alliances/silk/"] == dated["news/2030/"] == dated["en/news/tea-meets/"] == "2031-01-02"
    article = read(zone, "en/news/tea-meets/")
    assert '<meta property="article:modified_time" content="2031-01-02">' in article.html
    assert article.nodes("NewsArticle")[0]["dateModified"] == "2031-01-02"


def test_a_corrected_figure_changes_its_page_on_the_day_of_the_correction(zone: Zone) -> None:
    path = zone.root / "data/corrections/kiln.yml"
    path.parent.mkdir()
    path.write_text(
        "figure: startup_records/kiln.duration\nwas: {value: 42m00s}\nnow: {value: 41m07s}\n"
        "why: {zh: 抄错。, en: Miscopied.}\ndate: {date: 2031-05-06, basis: stated}\n",
        encoding="utf-8",
    )
    build = zone.build(SITE_URL=ADDRESS)
    assert build.status == 0, build.said
    found = head_rules.entries(zone.root / "site")
    dated = {
        loc.removeprefix(ADDRESS): entry.findtext(f"{head_rules.SITEMAP}lastmod")
        for loc, entry in found.items()
    }
    assert dated["startup-records/kiln/"] == dated["en/startup-records/kiln/"] == "2031-05-06"
    assert dated["alliances/tea/"] is None


def test_an_article_claims_the_date_its_source_states_and_as_much_of_it(zone: Zone) -> None:
    zone.build(SITE_URL=ADDRESS)
    page = read(zone, "news/tea-meets/")
    (article,) = page.nodes("NewsArticle")
    assert article["headline"] == "茶业联盟开会"
    assert article["inLanguage"] == "zh"
    assert article["datePublished"] == "2030-02"
    assert page.tags["PubDate"] == "2030-02"
    assert page.tags["ContentSource"] == "样例日报"
    assert article["isBasedOn"] == [
        {
            "@type": "Article",
            "name": "样例公报",
            "datePublished": "2030-03",
            "publisher": {"@type": "Organization", "name": "样例日报"},
        }
    ]
    assert article["publisher"] == {"@type": "Organization", "name": "样例纪事", "url": ADDRESS}
    assert [article["image"]] == [[page.tags["Image"]]]
    assert "article:published_time" not in page.html

    zone.edit(
        "docs/zh/news/tea-meets.md", "{date: 2030-02, basis: stated}", "{date: 2030-02-03, basis: stated}"
    )
    zone.build(SITE_URL=ADDRESS)
    page = read(zone, "en/news/tea-meets/")
    assert '<meta property="article:published_time" content="2030-02-03">' in page.html
    assert page.tags["PubDate"] == page.nodes("NewsArticle")[0]["datePublished"] == "2030-02-03"

    zone.edit("docs/zh/news/tea-meets.md", "basis: stated", "basis: inferred")
    zone.build(SITE_URL=ADDRESS)
    page = read(zone, "en/news/tea-meets/")
    assert (page.tags["PubDate"], page.tags["PubDateBasis"]) == ("2030-02-03", "inferred")
    assert "datePublished" not in page.nodes("NewsArticle")[0]
    assert "article:published_time" not in page.html


def test_the_image_of_an_article_is_its_photograph(zone: Zone) -> None:
    illustrate(zone)
    assert zone.build(SITE_URL=ADDRESS).status == 0
    page = read(zone, "news/tea-meets/")
    images = page.nodes("NewsArticle")[0]["image"]
    assert len(images) == 2
    assert page.tags["Image"] == images[0]
    for image in images:
        path = image.removeprefix(ADDRESS)
        assert (zone.root / "site" / path).is_file()
        assert f'src="../../{path}"' in page.html


def test_nothing_without_an_address_and_a_stated_day_is_said_to_be_an_event(addressed: Zone) -> None:
    for page in head_rules.pages(addressed.root / "site"):
        assert '"Event"' not in page.html, page.url
        assert "startDate" not in page.html, page.url


def test_data_is_described_in_as_many_words_as_search_engines_take(zone: Zone) -> None:
    """However short or long what its page says of it is."""
    for summary in ("短", "长" * 6000):
        for locale in ("zh", "en"):
            words = {"zh": summary, "en": "Long" * len(summary)}[locale]
            for name, layout in (("data", ""), ("figures", "layout: figures\n" if locale == "zh" else "")):
                zone.write(
                    f"docs/{locale}/{name}.md", f"---\ntitle: 数据 Data\nsummary: {words}\n{layout}---\n"
                )
        assert zone.build(SITE_URL=ADDRESS).status == 0
        for url in ("data/", "figures/", "en/data/", "en/figures/"):
            (dataset,) = read(zone, url).nodes("Dataset")
            assert 50 <= len(dataset["description"]) <= 5000, (url, len(dataset["description"]))
            assert dataset["description"][0] in "短长L"


def test_the_pages_of_data_are_datasets_whose_files_are_there(addressed: Zone) -> None:
    for url, name in (("figures/", "全部数据"), ("en/figures/", "All figures"), ("en/data/", "Open data")):
        (dataset,) = read(addressed, url).nodes("Dataset")
        assert dataset["name"] == name
    kinds = {file["contentUrl"]: file["encodingFormat"] for file in dataset["distribution"]}
    assert kinds[f"{ADDRESS}data/figures.csv"] == "text/csv"
    assert kinds[f"{ADDRESS}data/figures.json"] == "application/json"
    assert kinds[f"{ADDRESS}data/figures.xlsx"].endswith("spreadsheetml.sheet")
    for address in kinds:
        assert (addressed.root / "site" / address.removeprefix(ADDRESS)).is_file()


def test_a_column_is_named_described_and_typed_in_the_page_s_language(addressed: Zone) -> None:
    assert read(addressed, "alliances/").tags == {
        "SiteName": "样例纪事",
        "SiteDomain": "record.example",
        "ColumnName": "联盟",
        "ColumnDescription": "联盟",
        "ColumnKeywords": "联盟,丝绸联盟,茶业联盟",
        "ColumnType": "概况信息",
    }
    year = read(addressed, "en/news/2030/").tags
    assert year["ColumnName"] == "News: 2030"
    assert year["ColumnType"] == "News"


def test_the_path_of_a_section_that_has_its_first_page_s_name_shows_it_once(zone: Zone) -> None:
    zone.edit("mkdocs.yml", "work: 工作", "work: 联盟")
    zone.build(SITE_URL=ADDRESS)
    page = read(zone, "alliances/tea/")
    assert page.path == ["首页", "联盟"]
    head_rules.check_structured_data(page, ADDRESS)


def test_hostile_words_end_no_script_and_no_attribute(zone: Zone) -> None:
    hostile = """'"></script <script src=x & <!-- <b"""
    zone.edit("data/alliances/tea.yml", "en: Tea Alliance", f"en: '{hostile.replace(chr(39), chr(39) * 2)}'")
    assert zone.build(SITE_URL=ADDRESS).status == 0
    page = read(zone, "en/alliances/tea/")
    assert "<script src=x" not in page.html
    assert page.tags["ArticleTitle"] == hostile
    assert page.nodes("BreadcrumbList")[0]["itemListElement"][-1]["name"] == hostile


FILINGS = """\
  filings:
    site_id_code: "3701000001"
    icp: 鲁ICP备12345678号-1
    public_security: 鲁公网安备 37011202000123号
"""


def test_filings_are_shown_and_lead_to_their_registers_once_they_are_issued(zone: Zone) -> None:
    zone.build(SITE_URL=ADDRESS)
    for url in ("", "en/", "alliances/tea/"):
        assert "beian" not in zone.page(url)
        assert "SiteIDCode" not in zone.page(url)
    zone.edit("mkdocs.yml", "extra:\n", f"extra:\n{FILINGS}")
    assert zone.build(SITE_URL=ADDRESS).status == 0
    for url in ("", "en/", "alliances/tea/"):
        page = read(zone, url)
        assert page.tags["SiteIDCode"] == "3701000001"
        shown = {link.get_text(): link["href"] for link in page.soup.select("footer a[lang=zh]")}
        assert shown == {
            "鲁ICP备12345678号-1": "https://beian.miit.gov.cn/",
            "鲁公网安备 37011202000123号": "https://beian.mps.gov.cn/#/query/webSearch?code=37011202000123",
        }
    for name in ("404.html", "en/404.html"):
        assert "鲁ICP备12345678号-1" in (zone.root / "site" / name).read_text(encoding="utf-8")


def test_a_malformed_filing_is_located_beside_other_mistakes_and_leaves_the_old_site(zone: Zone) -> None:
    zone.build()
    before = zone.published()
    zone.edit("mkdocs.yml", "extra:\n", f"extra:\n{FILINGS.replace('37011202000123', '3701120200012')}")
    zone.edit("data/alliances/silk.yml", "industry:", "industri:")
    build = zone.build()
    assert build.status != 0
    assert "mkdocs.yml:11:22: [public-security-filing]" in build.said
    assert "鲁公网安备 37011202000123号" in build.said
    assert "silk.yml:3:1" in build.said
    assert "Traceback" not in build.said
    assert zone.published() == before


def test_an_empty_list_says_why_where_its_page_does(zone: Zone) -> None:
    for locale, why in (("zh", "来源没有写到荣誉。"), ("en", "The source names no honour.")):
        path = zone.root / f"docs/{locale}/honours/index.md"
        path.parent.mkdir()
        path.write_text(
            f"---\ntitle: {locale} 荣誉 Honours\nsummary: {why}\nempty: {why}\n---\n",
            encoding="utf-8",
        )
    assert zone.build().status == 0
    for url, why, generic in (
        ("honours/", "来源没有写到荣誉。", "本站只收录有出处的内容"),
        ("en/honours/", "The source names no honour.", "Only what a source states"),
    ):
        empty = read(zone, url).soup.find(class_="empty").get_text(" ")
        assert why in empty
        assert generic not in empty


def test_the_answers_to_a_wrong_address_name_the_site_and_claim_no_page(zone: Zone) -> None:
    zone.build(SITE_URL=ADDRESS)
    for name, site in (("404.html", "样例纪事"), ("en/404.html", "The Sample Record")):
        page = Read(name, (zone.root / "site" / name).read_text(encoding="utf-8"))
        assert page.tags == {"SiteName": site, "SiteDomain": "record.example"}
        assert dict(page.metas)["robots"] == "noindex"
        assert dict(page.metas)["description"]
        assert not page.links("canonical")
        assert not page.soup.find_all("script", type="application/ld+json")
