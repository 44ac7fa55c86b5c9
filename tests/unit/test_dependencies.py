"""The key of a page: it changes with whatever the page asked the content, and with nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from gazette.content.loader import load
from gazette.site.model import build_model
from gazette.templates.dependencies import DependencyTracker
from gazette.templates.renderer import Renderer, in_render_order
from tests.conftest import Project

ALLIANCE = (
    "title: {zh: 某联盟, en: Some alliance}\nsummary: {zh: 某某。, en: Something.}\n"
    "industry: {zh: 茶业, en: Tea}\nfounded: {date: 2021-06-01, basis: stated}\n"
    "points: [{text: {zh: 某某。, en: Something.}, source: report, at: 晚报}]\n"
)


def renderer(root: Path) -> tuple[Renderer, Mapping[str, str]]:
    """The renderer of a project with every page written, and what each page asked."""
    content, _ = load(root)
    site_model, _ = build_model(content)
    found, asked = Renderer(site_model), {}
    for turn in in_render_order(site_model.pages.values()):
        for page in turn:
            written = found.render(page)
            assert not written.faults
            found.appear(page, written.figures)
            asked[page.src_uri] = written.dependencies
    return found, asked


def keys(of: Renderer, asked: Mapping[str, str]) -> Mapping[str, str]:
    """The key of each page that there still is, had it asked what it asked before."""
    pages = of.site_model.pages
    return {uri: of.tracker.key(pages[uri], questions) for uri, questions in asked.items() if uri in pages}


def changed(small: Project, edit: Mapping[str, tuple[str, str]]) -> set[str]:
    """The pages whose key is another once words in files are replaced by others, without their language."""
    root = small({})
    first, asked = renderer(root)
    before = keys(first, asked)
    for path, (old, new) in edit.items():
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    after = keys(renderer(root)[0], asked)
    return _in_both({uri for uri, key in before.items() if after[uri] != key})


def _in_both(uris: set[str]) -> set[str]:
    """Pages without their language; they are to be the same in both."""
    found = [{uri.partition("/")[2] for uri in uris if uri.startswith(locale)} for locale in ("zh", "en")]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("path", "old", "new", "pages"),
    [
        # The source names all that rests on it.
        (
            "data/startup_records/kiln.yml",
            "开办用时",
            "用了多久",
            {"startup-records/kiln.md", "sources/report.md"},
        ),
        # The article names the service, the service the article.
        (
            "docs/zh/news/line-opens.md",
            "title: 专线开通",
            "title: 专线",
            {"news/line-opens.md", "services/music-line.md", "glossary/daily.md", "sources/report.md"},
        ),
        (
            "data/services/music-line.yml",
            "Music Line",
            "Singing Line",
            {"services/music-line.md", "news/line-opens.md", "sources/report.md"},
        ),
    ],
    ids=["own file", "article", "related record"],
)
def test_a_file_changes_the_pages_that_ask_for_it(
    small: Project, path: str, old: str, new: str, pages: set[str]
) -> None:
    assert changed(small, {path: (old, new)}) == pages


def test_an_outlet_changes_every_page_that_gives_its_report_as_evidence(small: Project) -> None:
    records = {"glossary/daily", "indicators/shops", "services/music-line", "sources/report"}
    found = changed(small, {"data/glossary/daily.yml": ("晚报, en: Evening", "早报, en: Morning")})
    assert found == {f"{record}.md" for record in {*records, "startup-records/kiln", "news/line-opens"}}


def test_a_unit_changes_the_pages_that_print_it(small: Project) -> None:
    found = changed(small, {"data/units/shop.yml": ("other: shops", "other: stores")})
    assert found == {"indicators/shops.md", "services/music-line.md", "sources/report.md"}


def test_the_title_of_a_page_of_prose_changes_all_for_navigation_shows_it(small: Project) -> None:
    titles = {"docs/zh/about.md": ("title: 关于", "title: 说明")}
    root = small({})
    assert changed(small, titles) == {
        path.removeprefix("zh/") for path in renderer(root)[0].site_model.pages if path.startswith("zh/")
    }


def test_the_text_of_a_page_of_prose_changes_that_page_alone(small: Project) -> None:
    texts = {
        f"docs/{locale}/about.md": (old, "Other.") for locale, old in (("zh", "正文。"), ("en", "Text."))
    }
    assert changed(small, texts) == {"about.md"}


def test_nothing_changed_is_no_other_key(small: Project) -> None:
    assert changed(small, {}) == set()


def test_a_record_that_rests_on_no_page_s_record_changes_no_key(small: Project) -> None:
    root = small({})
    first, asked = renderer(root)
    before = keys(first, asked)
    small({"data/mechanisms/bare.yml": ALLIANCE.partition("industry")[0]})
    later, more = renderer(root)
    assert {*more} - {*asked} == {"zh/mechanisms/bare.md", "en/mechanisms/bare.md"}
    assert keys(later, asked) == before


def test_a_record_more_changes_the_pages_that_list_what_it_is_related_to(small: Project) -> None:
    root = small({})
    first, asked = renderer(root)
    before = keys(first, asked)
    small({"data/alliances/some.yml": ALLIANCE})
    after = keys(renderer(root)[0], asked)
    assert _in_both({uri for uri, key in before.items() if after[uri] != key}) == {"sources/report.md"}


def test_a_record_that_is_no_more_makes_another_key_and_no_failure(small: Project) -> None:
    root = small({})
    first, asked = renderer(root)
    before = keys(first, asked)
    (root / "data/startup_records/kiln.yml").unlink()
    after = keys(renderer(root)[0], asked)
    assert _in_both({*before} - {*after}) == {"startup-records/kiln.md"}
    assert _in_both({uri for uri in after if after[uri] != before[uri]}) == {"sources/report.md"}


def tracker(root: Path) -> DependencyTracker:
    return renderer(root)[0].tracker


def test_a_file_that_a_text_links_to_changes_the_key_when_it_comes_and_when_it_goes(small: Project) -> None:
    root = small({})
    found, _ = renderer(root)
    page = found.site_model.pages["zh/about.md"]
    found.tracker.start()
    found.tracker.add_link("zh/line.csv")
    asked = found.tracker.dependencies()
    without = found.tracker.key(page, asked)
    small({"docs/zh/line.csv": "a,b\n"})
    assert tracker(root).key(page, asked) != without
    (root / "docs/zh/line.csv").unlink()
    assert tracker(root).key(page, asked) == without


def test_what_one_page_asks_is_not_charged_to_the_next(small: Project) -> None:
    found = tracker(small({}))
    found.start()
    found.add_link("zh/one.csv")
    first = found.dependencies()
    found.start()
    assert found.dependencies() == ""
    found.add_link("zh/other.csv")
    assert "one" not in found.dependencies()
    found.start(first)
    found.add_link("zh/other.csv")
    assert found.dependencies().splitlines() == ["file text:zh/one.csv", "file text:zh/other.csv"]


def test_to_ask_for_all_is_a_question_about_all(small: Project) -> None:
    root = small({})
    found, _ = renderer(root)
    page = found.site_model.pages["zh/about.md"]
    found.tracker.start()
    assert len(found.tracker.content.records) == len(found.site_model.content.records)
    asked = found.tracker.dependencies()
    before = found.tracker.key(page, asked)
    small({"data/mechanisms/bare.yml": ALLIANCE.partition("industry")[0]})
    assert tracker(root).key(page, asked) != before
