"""What is read from data/ and docs/, in which order, with which links; and where each mistake is reported."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError
from gazette.base.strict_yaml import Location
from gazette.content.front_matter import typed_in_pair
from gazette.content.loader import load
from gazette.content.model import Content
from gazette.records.values import Ref
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, places

ARTICLE = "---\ntitle: 新闻\nsummary: 新闻。\nevidence: [{{source: report, at: 晚报}}]\n{extra}---\n"
ENGLISH = "---\ntitle: News\nsummary: News.\n---\n"
INDICATOR = (
    "title: {{zh: 甲, en: A}}\nsummary: {{zh: 甲, en: A}}\ngroup: street\nperiod: to_date\n"
    "figure: {{value: 1, unit: shop, source: report, at: 1户}}\nas_of: {{date: 2021, basis: inferred}}\n{extra}"
)


def article(id_: str, extra: str = "") -> dict[str, str]:
    return {f"docs/zh/news/{id_}.md": ARTICLE.format(extra=extra), f"docs/en/news/{id_}.md": ENGLISH}


def indicator(id_: str, extra: str = "") -> dict[str, str]:
    return {f"data/indicators/{id_}.yml": INDICATOR.format(extra=extra)}


def ids(content: Content, collection: str) -> list[str]:
    return [record.id for record in content.collection(collection)]


def test_a_sound_project_is_read_without_a_message(small: Project) -> None:
    content, problems = load(small({}))
    assert problems == []
    assert set(content.prose) == {"index", "about", "news/line-opens"}
    assert {str(ref) for ref in content.records} == {
        "sources/report",
        "glossary/daily",
        "services/music-line",
        "indicators/shops",
        "startup_records/kiln",
        "news/line-opens",
    }
    assert set(content.units) == {Ref("units", "shop")}


MISTAKES: dict[str, tuple[dict[str, str | bytes | None], list[str]]] = {
    "a page in Chinese only": ({"docs/en/about.md": None}, ["docs/zh/about.md:1:1 [one-language]"]),
    "a page in English only": ({"docs/zh/about.md": None}, ["docs/en/about.md:1:1 [one-language]"]),
    "a language-neutral key in English": (
        {"docs/en/about.md": "---\ntitle: About\nsummary: About.\nrelated: [services/music-line]\n---\n"},
        ["docs/en/about.md:4:1 [shared-key]"],
    ),
    "no front matter": ({"docs/en/about.md": "# About\n"}, ["docs/en/about.md:1:1 [front-matter]"]),
    "front matter without an end": (
        {"docs/en/about.md": "---\ntitle: About\n\nText.\n"},
        ["docs/en/about.md:4:1 [front-matter-line]"],
    ),
    "an empty page": ({"docs/en/about.md": ""}, ["docs/en/about.md:1:1 [front-matter]"]),
    "no English title": (
        {"docs/en/about.md": "---\nsummary: About.\n---\n"},
        ["docs/en/about.md:2:1 [missing]"],
    ),
    "no Chinese title": (
        {"docs/zh/about.md": "---\nsummary: 关于。\n---\n"},
        ["docs/zh/about.md:2:1 [missing]"],
    ),
    "an empty English title": (
        {"docs/en/about.md": "---\ntitle:\nsummary: About.\n---\n"},
        ["docs/en/about.md:2:7 [empty-text]"],
    ),
    "an unknown key in front matter": (
        {"docs/zh/about.md": "---\ntitle: 关于\nsummary: 关于。\nlayuot: page\n---\n"},
        ["docs/zh/about.md:4:1 [unknown-key]"],
    ),
    "a null for a title": (
        {"docs/en/about.md": "---\ntitle: ~\nsummary: About.\n---\n"},
        ["docs/en/about.md:2:8 [empty-text]"],
    ),
    "a null in a record": (
        {"data/units/shop.yml": "zh: null\nen: {one: shop, other: shops}\n"},
        ["data/units/shop.yml:1:5 [empty-text]"],
    ),
    "an empty item": (
        indicator("a", "related:\n  - \n"),
        ["data/indicators/a.yml:8:4 [incomplete-reference]"],
    ),
    "a comment in the words of front matter": (
        {"docs/en/about.md": "---\ntitle: Block #2\nsummary: About.\n---\n"},
        ["docs/en/about.md:2:14 [comment-beside-value]"],
    ),
    "an invisible character in a body": (
        {"docs/en/about.md": "---\ntitle: A\nsummary: A.\n---\n\nA\u200db\n\n`c\u200d`\n"},
        ["docs/en/about.md:6:2 [invisible-character]"],
    ),
    "marks over the lines around them": (
        {"docs/en/about.md": "---\ntitle: A\nsummary: A.\n---\n\nA\u0301\u0301\u0301\u0301\n"},
        ["docs/en/about.md:6:4 [invisible-character]"],
    ),
    "a direction override in a call": (
        {"docs/en/about.md": '---\ntitle: A\nsummary: A.\n---\n{{ plain("a\u202eb") }}\n'},
        ["docs/en/about.md:5:12 [invisible-character]"],
    ),
    "a form feed in a body": (
        {"docs/en/about.md": "---\ntitle: A\nsummary: A.\n---\nA\fb\n"},
        ["docs/en/about.md:5:2 [invisible-character]"],
    ),
    "an invisible character in a file's name": (
        {f"docs/{locale}/more\u200b.md": ENGLISH for locale in ("zh", "en")},
        ["docs/en/more\u200b.md:1:1 [invisible-in-name]", "docs/zh/more\u200b.md:1:1 [invisible-in-name]"],
    ),
    "an escape in a call": (
        {"docs/en/about.md": '---\ntitle: A\nsummary: A.\n---\n{{ plain("a\\u00ad") }} \\n\n'},
        ["docs/en/about.md:5:12 [invisible-escape]"],
    ),
    "an entity that nobody sees": (
        {"docs/en/about.md": "---\ntitle: A\nsummary: A.\n---\nAT&amp;T co&shy;op a&#8203;b\n"},
        ["docs/en/about.md:5:12 [invisible-character]", "docs/en/about.md:5:21 [invisible-character]"],
    ),
    "the ending .yaml": ({"data/units/day.yaml": "zh: 天"}, ["data/units/day.yaml:1:1 [not-a-data-file]"]),
    "a folder that is no collection": (
        {"data/alliance/tea.yml": ""},
        ["data/alliance:1:1 [unknown-folder]"],
    ),
    "capitals in a file's name": ({"data/units/Day.yml": ""}, ["data/units/Day.yml:1:1 [file-not-an-id]"]),
    "Chinese in a file's name": ({"data/units/天.yml": ""}, ["data/units/天.yml:1:1 [file-not-an-id]"]),
    "a space in a file's name": (
        {"data/units/day copy.yml": ""},
        ["data/units/day copy.yml:1:1 [file-not-an-id]"],
    ),
    "a digit first in a file's name": (
        {"data/units/1-day.yml": ""},
        ["data/units/1-day.yml:1:1 [file-not-an-id]"],
    ),
    "a record named index": (
        {"data/glossary/index.yml": ""},
        ["data/glossary/index.yml:1:1 [file-not-an-id]"],
    ),
    "capitals in an article's name": (
        {"docs/zh/news/Line.md": ENGLISH, "docs/en/news/Line.md": ENGLISH},
        ["docs/zh/news/Line.md:1:1 [file-not-an-id]"],
    ),
    "a record saved as GBK": (
        {"data/units/shop.yml": "zh: 店铺\n".encode("gbk")},
        ["data/units/shop.yml:1:5 [encoding]"],
    ),
    "a mistake in a record": ({"data/units/shop.yml": "zh: 户\n"}, ["data/units/shop.yml:1:1 [missing]"]),
    "a duplicate key in a record": (
        {"data/units/shop.yml": "zh: 户\nzh: 家\nen: {one: shop, other: shops}\n"},
        ["data/units/shop.yml:2:1 [duplicate-key]"],
    ),
}


@pytest.mark.parametrize(("changes", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_reported_in_the_file_that_has_it(
    small: Project, changes: dict[str, str | bytes | None], expected: list[str]
) -> None:
    _, problems = load(small(changes))
    assert places(problems) == expected
    assert_in_both_languages(problems[0])


@pytest.mark.parametrize("name", [".DS_Store", ".gitkeep"])
def test_hidden_files_beside_records_are_not_records(small: Project, name: str) -> None:
    assert load(small({f"data/units/{name}": b"\x00\xff"}))[1] == []


def test_a_project_without_data_and_docs_is_empty_and_lacks_its_home_page(project: Project) -> None:
    content, [message] = load(project({}))
    assert (dict(content.records), dict(content.prose)) == ({}, {})
    assert places([message]) == ["docs/zh/index.md:1:1 [no-home]"]
    assert_in_both_languages(message)


def test_drafts_are_read_but_not_published(small: Project) -> None:
    content, problems = load(small(article("plan", "draft: true\n")))
    assert problems == []
    assert ids(content, "news") == ["plan", "line-opens"]
    published = content.published()
    assert ids(published, "news") == ["line-opens"]
    assert "news/plan" not in published.prose
    assert published.records.keys() == content.records.keys() - {Ref("news", "plan")}


def test_content_without_drafts_is_published_as_it_is(small: Project) -> None:
    content, _ = load(small({}))
    assert content.published() is content


def test_lists_go_by_order_then_newest_first_then_by_id(small: Project) -> None:
    content, problems = load(
        small(
            article("b-undated")
            | article("a-undated")
            | article("old", "date: {date: 2020-12-31, basis: stated}\n")
            | article("new", "date: {date: 2021-12, basis: stated}\n")
            | article("later-that-month", "date: {date: 2021-12-02, basis: stated}\n")
            | article("second", "order: 2\n")
            | article("first", "order: 1\ndate: {date: 1999, basis: stated}\n")
        )
    )
    assert problems == []
    undated = ["a-undated", "b-undated"]  # As new as their source, of July 2021.
    assert ids(content, "news") == [
        "first",
        "second",
        "later-that-month",
        "new",
        *undated,
        "line-opens",
        "old",
    ]


def test_order_is_a_number_not_text(small: Project) -> None:
    content, _ = load(small(indicator("tenth", "order: 10\n") | indicator("ninth", "order: 9\n")))
    assert ids(content, "indicators") == ["ninth", "tenth", "shops"]


def test_related_records_link_both_ways_in_collection_order(small: Project) -> None:
    content, _ = load(small(indicator("ours", "related: [services/music-line, startup_records/kiln]\n")))
    ours, line = content.records[Ref("indicators", "ours")], content.records[Ref("services", "music-line")]
    assert [str(other.ref) for other in content.related(ours)] == [
        "startup_records/kiln",
        "services/music-line",
    ]
    assert [str(other.ref) for other in content.related(line)] == ["indicators/ours", "news/line-opens"]


def test_a_source_knows_what_rests_on_it_and_is_related_to_nothing(small: Project) -> None:
    content, _ = load(small({}))
    resting = [str(record.ref) for record in content.resting_on(Ref("sources", "report"))]
    assert resting == [
        "startup_records/kiln",
        "services/music-line",
        "indicators/shops",
        "glossary/daily",
        "news/line-opens",
    ]
    kiln = content.records[Ref("startup_records", "kiln")]
    assert content.related(kiln) == ()


def test_a_record_without_a_date_has_that_of_its_newest_source(small: Project) -> None:
    older = "title: {zh: 甲, en: A}\nsummary: {zh: 甲, en: A}\noutlet: daily\nbyline: {zh: 甲, en: A}\n"
    content, _ = load(
        small(
            {"data/sources/older.yml": older + "published: {date: 2019, basis: stated}\n"}
            | indicator("both", "evidence: [{source: older, at: 1户}]\n")
        )
    )

    def day(collection: str, id_: str) -> tuple[int, int, int]:
        found = content.date(content.records[Ref(collection, id_)])
        assert found is not None
        return found.sort_key

    assert day("news", "line-opens") == (2021, 6, 1)
    assert day("indicators", "both") == (2021, 7, 15)
    assert day("sources", "older") == (2019, 0, 0)


def test_a_record_whose_sources_have_no_date_has_none(small: Project) -> None:
    undated = "title: {zh: 甲, en: A}\nsummary: {zh: 甲, en: A}\noutlet: daily\nbyline: {zh: 甲, en: A}\n"
    content, _ = load(small({"data/sources/report.yml": undated}))
    assert content.date(content.records[Ref("startup_records", "kiln")]) is None


def test_positions_are_found_again_in_the_file_of_their_language(small: Project) -> None:
    content, _ = load(small({}))
    line = content.records[Ref("services", "music-line")]
    news = content.records[Ref("news", "line-opens")]
    assert str(content.position(line, ("timetable", 1, "start"))) == "data/services/music-line.yml:7:13"
    assert str(content.position(news, ("related", 0))) == "docs/zh/news/line-opens.md:6:11"
    assert str(content.position(news, ("title", "en"))) == "docs/en/news/line-opens.md:2:8"


def test_two_pages_cannot_have_one_address(small: Project) -> None:
    page = "---\ntitle: 甲\nsummary: 乙\n---\n"
    root = small({f"docs/{locale}/services/music-line.md": page for locale in ("zh", "en")})
    with pytest.raises(ContentError) as error:
        render_site(root)
    assert {str(d.at) for d in error.value.diagnostics if d.code == "same-address"} == {
        "data/services/music-line.yml:1:1"
    }


def test_text_typed_over_several_lines_is_one_line(small: Project) -> None:
    changed = INDICATOR.format(extra="").replace(
        "summary: {zh: 甲, en: A}\n",
        "summary:\n  zh: |\n    甲\n    乙，\n    丙 x\n  en: |\n    one\n    two\n",
    )
    record = load(small({"data/indicators/a.yml": changed}))[0].records[Ref("indicators", "a")]
    assert (record.summary.zh, record.summary.en) == ("甲乙，丙 x", "one two")


def test_an_optional_key_with_nothing_after_it_is_as_good_as_absent(small: Project) -> None:
    empty = "related:\norder:\nphotos: ~\nnot_stated: null\n"
    root = small(
        indicator("a", empty)
        | article("b", "date:\ntags:\ndraft:\n")
        | {f"docs/{locale}/about.md": "---\ntitle: A\nsummary: A.\nempty:\n---\n" for locale in ("zh", "en")}
    )
    content, problems = load(root)
    assert problems == []
    record = content.records[Ref("indicators", "a")]
    assert (record.related, record.order, record.photos) == ((), 0, ())
    assert not content.prose["news/b"].matter.draft
    assert content.prose["about"].matter.empty is None


def test_tabs_and_windows_line_ends_in_a_body_are_text(small: Project) -> None:
    raw = b"\xef\xbb\xbf---\r\ntitle: A\r\nsummary: A.\r\n---\r\n\r\n1.\tone\r\n"
    content, problems = load(small({"docs/en/about.md": raw}))
    assert problems == []
    assert content.prose["about"].bodies["en"].text == "\n1.\tone\n"


def test_what_windows_and_editors_leave_behind_is_passed_over(small: Project) -> None:
    leftovers = {
        "data/indicators/Thumbs.db": "x",
        "data/indicators/desktop.ini": "x",
        "data/.vscode/s.json": "{}",
    }
    assert load(small(leftovers))[1] == []


@pytest.mark.parametrize("folder", ["alliances", "services", "sources", "glossary"])
def test_a_record_in_the_folder_of_another_kind_is_told_once_with_its_right_place(
    small: Project, folder: str
) -> None:
    _, problems = load(small({f"data/{folder}/twelve.yml": INDICATOR.format(extra="")}))
    assert places(problems) == [f"data/{folder}/twelve.yml:1:1 [misfiled]"]
    assert problems[0].example == "data/indicators/twelve.yml"
    assert_in_both_languages(problems[0])


@pytest.mark.parametrize(("wrong", "right"), [("sumary", "summary"), ("titel", "title"), ("as-of", "as_of")])
def test_a_misspelt_key_is_told_once(small: Project, wrong: str, right: str) -> None:
    text = INDICATOR.format(extra="").replace(f"{right}:", f"{wrong}:")
    _, problems = load(small({"data/indicators/twelve.yml": text}))
    assert [problem.code for problem in problems] == ["unknown-key"]
    assert f"Do you mean `{right}`?" in problems[0].en


@pytest.mark.parametrize(
    ("location", "typed"),
    [
        (("title", "en"), ("title",)),
        (("questions", 1, "ask", "zh"), ("questions", 1, "ask")),
        (("questions", 1, "ask", "en"), ("questions", 1)),
        (("questions", 1, "answer", 0), ("questions", 1, "answer", 0)),
        (("points", 0, "text", "en"), ("points", 0, "text", "en")),
    ],
)
def test_what_a_pair_of_files_says_is_named_as_it_is_typed_in_its_own_file(
    location: Location, typed: Location
) -> None:
    assert typed_in_pair(location) == typed
