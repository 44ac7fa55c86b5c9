"""Rules across records, and that one run reports the mistakes of all rules and files together."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.checks import check
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.locks import IDS_LOCK
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, mistakes, places

ABOUT = "---\ntitle: 关于\nsummary: 关于。\nrelated: [{related}]\n---\n"
TERM = "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"


def found(small: Project, changes: dict[str, str | bytes | None]) -> list[Diagnostic]:
    """The mistakes of the small project as changed; what only waits is left aside."""
    content, problems = load(small(changes))
    assert problems == []
    return mistakes(check(content))


def test_a_sound_project_has_nothing_to_mend_and_nothing_that_waits(small: Project) -> None:
    content, problems = load(small({IDS_LOCK: locks.render_ids(load(small({}))[0])}))
    assert (check(content), problems) == ([], [])


def test_an_id_of_no_record_is_reported_once_with_every_place_that_names_it(small: Project) -> None:
    evidence = "evidence: [{source: report, at: 晚报}]\n"
    [message] = found(
        small,
        {
            "docs/zh/about.md": ABOUT.format(related="services/music-lines"),
            "data/glossary/one.yml": TERM + evidence + "related: [glossary/daily, services/music-lines]\n",
            "data/glossary/two.yml": TERM + evidence + "related:\n  - services/music-lines\n",
        },
    )
    assert places([message]) == ["data/glossary/one.yml:6:27 [dangling-id]"]
    assert [str(place) for place in message.also] == ["data/glossary/two.yml:7:5", "docs/zh/about.md:4:11"]
    assert_in_both_languages(message)
    assert "Do you mean `services/music-line`?" in message.en
    assert "是不是“services/music-line”" in message.zh


def test_a_source_and_a_unit_that_do_not_exist_are_reported_where_they_are_named(small: Project) -> None:
    time = "duration: {value: 2, unit: shopp, source: reprot, at: 2户}\n"
    oven = "title: {zh: 甲, en: A}\nsummary: {zh: 甲, en: A}\nscope: {zh: 甲, en: A}\n" + time
    messages = found(small, {"data/startup_records/oven.yml": oven})
    assert sorted(places(messages)) == [
        "data/startup_records/oven.yml:4:28 [dangling-id]",
        "data/startup_records/oven.yml:4:43 [dangling-id]",
    ]
    assert {"units/shop", "sources/report"} == {
        message.en.split("Do you mean `")[1].split("`")[0] for message in messages
    }


def test_an_id_unlike_any_other_gets_no_suggestion(small: Project) -> None:
    [message] = found(small, {"docs/zh/about.md": ABOUT.format(related="honours/zzzz")})
    assert places([message]) == ["docs/zh/about.md:4:11 [dangling-id]"]
    assert "Do you mean" not in message.en


def test_a_field_of_one_collection_is_told_no_id_of_another(small: Project) -> None:
    of_paper = "evidence: [{source: daily, at: 晚报}]\n"
    [message] = found(small, {"data/glossary/one.yml": TERM + of_paper})
    assert places([message]) == ["data/glossary/one.yml:5:21 [dangling-id]"]
    assert message.example == ""
    assert "Do you mean" not in message.en


def test_a_publication_waits_for_its_first_source(small: Project) -> None:
    paper = TERM.replace("kind: term", "kind: publication")
    root = small({"data/glossary/one.yml": paper})
    waiting = [one for one in check(load(root)[0]) if one.code == "no-evidence"]
    assert [(one.at.path, one.pending) for one in waiting] == [("data/glossary/one.yml", True)]


def test_an_article_that_does_not_exist_is_missed_where_articles_are(small: Project) -> None:
    [message] = found(small, {"docs/zh/about.md": ABOUT.format(related="news/zzzz")})
    assert "docs/zh/news/zzzz.md" in message.en


def test_a_record_that_could_not_be_read_is_not_missing_as_well(small: Project) -> None:
    locked = locks.render_ids(load(small({}))[0])
    content, problems = load(small({"data/services/music-line.yml": "title: [", IDS_LOCK: locked}))
    assert places(problems) == ["data/services/music-line.yml:1:9 [brackets]"]
    assert check(content) == []


def test_an_article_that_could_not_be_read_is_not_missing_as_well(small: Project) -> None:
    changes = {
        "docs/zh/about.md": ABOUT.format(related="news/line-opens"),
        "docs/zh/news/line-opens.md": "---\ntitle: 专线开通\n---\n",
    }
    content, problems = load(small(changes))
    assert [problem.code for problem in problems] == ["missing"]
    assert mistakes(check(content)) == []


def test_a_record_without_evidence_is_reported_and_a_source_needs_none(small: Project) -> None:
    [message] = found(small, {"data/glossary/one.yml": TERM})
    assert places([message]) == ["data/glossary/one.yml:1:1 [no-evidence]"]
    assert_in_both_languages(message)
    assert message.example.startswith("evidence:")


def test_every_mistake_of_a_run_is_reported_together_and_in_order(small: Project) -> None:
    root = small(
        {
            "data/units/shop.yml": "zh: 户\nen: shop\n",
            "data/glossary/one.yml": TERM + "order: x\norder: 1\n",
            "data/glossary/two.yml": TERM + "related: [glossary/nobody]\n",
            "docs/en/about.md": None,
        }
    )
    with pytest.raises(ContentError) as caught:
        render_site(root)
    assert places(caught.value.diagnostics) == [
        "data/glossary/one.yml:6:1 [duplicate-key]",
        "data/glossary/two.yml:1:1 [no-evidence]",
        "data/glossary/two.yml:5:11 [dangling-id]",
        "data/units/shop.yml:2:5 [not-fields]",
        "docs/zh/about.md:1:1 [one-language]",
    ]
    said = str(caught.value)
    for message in caught.value.diagnostics:
        assert all(part in said for part in (f"{message.at}: [{message.code}]", message.zh, message.en))
    assert "5 处错误，在 4 个文件里 / 5 error(s) in 4 file(s)" in said


def test_a_sound_project_is_rendered_page_by_page_without_its_drafts(small: Project) -> None:
    draft = "---\ntitle: 草稿\nsummary: 草稿。\ndraft: true\nevidence: [{source: report, at: 晚报}]\n---\n"
    root = small(
        {"docs/zh/news/plan.md": draft, "docs/en/news/plan.md": "---\ntitle: Plan\nsummary: A plan.\n---\n"}
    )
    published, previewed = render_site(root), render_site(root, drafts=True)
    assert previewed.pages.keys() - published.pages.keys() == {"zh/news/plan.md", "en/news/plan.md"}
    assert published.markdown.keys() == published.pages.keys()
    assert {src_uri.removeprefix("zh/") for src_uri in published.pages if src_uri.startswith("zh/")} == {
        "index.md",
        "about.md",
        "news/line-opens.md",
        "sources/report.md",
        "glossary/daily.md",
        "services/music-line.md",
        "indicators/shops.md",
        "startup-records/kiln.md",
    }


def test_a_link_to_a_draft_is_reported_when_publishing_and_not_in_preview(small: Project) -> None:
    draft = "---\ntitle: 草稿\nsummary: 草稿。\ndraft: true\nevidence: [{source: report, at: 晚报}]\n---\n"
    english = "---\ntitle: Plan\nsummary: A plan.\n---\n"
    linking = '\n{{ link("news/plan") }}\n'
    root = small(
        {
            "docs/zh/news/plan.md": draft,
            "docs/en/news/plan.md": english,
            "docs/zh/about.md": "---\ntitle: 关于\nsummary: 关于。\n---\n" + linking,
            "docs/en/about.md": english + linking,
        }
    )
    with pytest.raises(ContentError) as caught:
        render_site(root)
    assert places(caught.value.diagnostics) == [
        "docs/en/about.md:6:1 [no-such-record]",
        "docs/zh/about.md:6:1 [no-such-record]",
    ]
    previewed = render_site(root, drafts=True).markdown
    assert "../news/plan/" in previewed["en/about.md"]
    assert "../news/plan/" in previewed["zh/about.md"]
