"""What the site lists: by which date a record is placed, which lists are divided, where a figure's entry stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.loader import load
from gazette.records.values import Ref, field_ref
from gazette.site.lists import FEW, RELATED, Lists
from gazette.site.model import SiteModel
from gazette.site.pagination import BOUND
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages

Files = dict[str, str | bytes | None]


def record(title: str, rest: str = "") -> str:
    return f"title: {{zh: 第{title}号, en: Number {title}}}\nsummary: {{zh: 某某。, en: Something.}}\n{rest}"


def renovations(number: int, dates: str = "") -> Files:
    at = "evidence: [{source: report, at: 晚报}]\n"
    return {f"data/renovations/r{n:03}.yml": record(f"{n:03}", at + dates) for n in range(number)}


def lists(small: Project, files: Files) -> Lists:
    content, problems = load(small(files))
    assert problems == []
    return Lists(content)


def steps(found: Lists, of: str) -> list[str]:
    return ["/".join(step.value for step in part.steps) for part in found.main[of].whole.every()]


def test_a_record_stands_at_its_own_first_date(small: Project) -> None:
    dates = "started: {date: 2019-11, basis: stated}\ncompleted: {date: 2020-02-03, basis: stated}\n"
    found = lists(small, renovations(BOUND + 1, dates))
    assert steps(found, "renovations")[:3] == ["", "2019", "2019/11"]


def test_a_record_without_a_date_stands_at_that_of_its_report(small: Project) -> None:
    assert steps(lists(small, renovations(BOUND + 1)), "renovations")[:3] == ["", "2021", "2021/07"]


def test_fifty_of_a_collection_are_one_list_in_the_order_of_the_collection(small: Project) -> None:
    first = {"data/renovations/r049.yml": record("049", "order: 1\nevidence: [{source: report, at: 晚报}]\n")}
    found = lists(small, renovations(BOUND) | first)
    whole = found.main["renovations"].whole
    assert whole.items == found.content.collection("renovations")
    assert whole.items[0].id == "r049"
    assert whole.parts == ()


def test_news_have_their_years_from_the_first_article_and_a_pinned_one_stays_first(small: Project) -> None:
    page = "---\ntitle: {0}\nsummary: {0}\n{1}---\n"
    more = "date: {{date: {}, basis: stated}}\nevidence: [{{source: report, at: 晚报}}]\n"
    found = lists(
        small,
        {
            "docs/zh/news/pinned.md": page.format("甲", "order: 1\n" + more.format("2019-05")),
            "docs/en/news/pinned.md": page.format("A", ""),
        },
    )
    assert [article.id for article in found.main["news"].whole.items] == ["pinned", "line-opens"]
    assert steps(found, "news") == ["", "2021", "2019"]


def grown(small: Project, number: int) -> SiteModel:
    """The small project with so many renovations related to its street service, and a list page of theirs."""
    page = "---\ntitle: {0}\nsummary: {0}\n---\n"
    related = "related: [services/music-line]\n"
    return render_site(
        small(
            renovations(number, related)
            | {
                "docs/zh/renovations/index.md": page.format("更新"),
                "docs/en/renovations/index.md": page.format("Renovations"),
            }
        )
    )


def paths(site_model: SiteModel, start: str) -> list[str]:
    return [
        page.path for page in site_model.pages.values() if page.locale == "zh" and page.path.startswith(start)
    ]


@pytest.mark.parametrize(
    ("number", "pages"),
    [
        (RELATED, ["services/music-line"]),
        (RELATED + 1, ["services/music-line", "services/music-line/renovations"]),
        (
            BOUND + 1,
            [
                "services/music-line",
                "services/music-line/renovations",
                "services/music-line/renovations/2021",
                "services/music-line/renovations/2021/07",
                "services/music-line/renovations/2021/07/1",
                "services/music-line/renovations/2021/07/2",
            ],
        ),
    ],
)
def test_related_records_beyond_what_a_page_names_have_a_list(
    small: Project, number: int, pages: list[str]
) -> None:
    site_model = grown(small, number)
    assert sorted(paths(site_model, "services/music-line")) == pages
    text = site_model.markdown["en/services/music-line.md"]
    assert text.count('<li><a href="../../renovations/r') == min(number, RELATED)
    assert (f"Street renovations: all {number}" in text) == (number > RELATED)


def test_a_list_without_a_page_of_its_own_has_no_parts_to_lead_to(small: Project) -> None:
    body = "---\ntitle: {0}\nsummary: {0}\n---\n\n{0}\n"
    about: Files = {"docs/zh/about.md": body.format("关于"), "docs/en/about.md": body.format("About")}
    site_model = render_site(small(renovations(BOUND + 1) | about))
    assert paths(site_model, "renovations/2021") == []
    assert "renovations/2021" not in site_model.markdown["en/about.md"]


def test_many_figures_are_divided_by_collection_with_the_indicators_first(small: Project) -> None:
    more = "scope: {zh: 全部, en: all}\nduration: {value: 29m06s, source: report, at: 29分06秒}\n"
    files = {f"data/startup_records/s{n:03}.yml": record(f"{n:03}", more) for n in range(BOUND)}
    found = lists(small, {**files})
    whole = found.main["figures"].whole
    assert str(whole.items[0].record) == "indicators/shops"
    assert {part.steps[0].value for part in whole.parts} == {"indicators", "startup_records", "services"}
    entry = found.figure_steps[field_ref("startup_records/s000.duration")]
    assert [step.value for step in entry][:3] == ["startup_records", "2021", "07"]


def test_corrections_beyond_fifty_are_divided_by_the_day_they_were_made(small: Project) -> None:
    change = (
        "figure: indicators/shops\nwas: {value: 200, unit: shop}\nnow: {value: 300, unit: shop, qualifier: nearly}\n"
        "why: {zh: 更正。, en: Corrected.}\ndate: {date: 2022-01-05, basis: stated}\n"
    )
    content, problems = load(small({"data/corrections/one.yml": change}))
    assert problems == []
    many = Lists(replace(content, corrections=content.corrections * (BOUND + 1)))
    assert steps(many, "corrections")[:3] == ["", "2022", "2022/01"]


def test_a_source_names_what_rests_on_it_and_no_record_is_listed_twice(small: Project) -> None:
    found = lists(small, renovations(3))
    groups = found.related(found.content.records[Ref("sources", "report")])
    assert [record.id for record in groups["renovations"].whole.items] == ["r000", "r001", "r002"]
    for listing in groups.values():
        assert len(set(listing.whole.items)) == listing.whole.count


def test_those_of_a_collection_of_few_are_related_to_each_other_and_of_many_are_not(small: Project) -> None:
    for number, siblings in ((FEW, FEW - 1), (FEW + 1, 0)):
        found = lists(small, renovations(number))
        one = found.content.records[Ref("renovations", "r002")]
        mine = found.related(one).get("renovations")
        assert (mine.whole.count if mine else 0) == siblings


def test_a_record_stands_between_its_neighbours_in_the_list(small: Project) -> None:
    found = lists(small, renovations(9))
    beside = [found.neighbours(one) for one in found.content.collection("renovations")]
    assert [[one and one.id for one in pair] for pair in (beside[0], beside[4], beside[8])] == [
        [None, "r001"],
        ["r003", "r005"],
        ["r007", None],
    ]


def test_what_the_facts_of_a_record_lead_to_is_not_told_again_as_related(small: Project) -> None:
    street = (
        "title: {zh: 街, en: Street}\nsummary: {zh: 街。, en: A street.}\nkind: place\nenglish: working\n"
    )
    at = "evidence: [{source: report, at: 晚报}]\n"
    found = lists(
        small,
        {
            "data/glossary/street.yml": street,
            "data/renovations/works.yml": record("一", f"{at}place: street\nrelated: [glossary/daily]\n"),
            "docs/zh/news/works.md": "---\ntitle: 完工\nsummary: 完工。\ntags: [street]\n"
            f"related: [glossary/daily]\n{at}---\n\n完工。\n",
            "docs/en/news/works.md": "---\ntitle: Done\nsummary: Done.\n---\n\nDone.\n",
        },
    )
    for ref in (Ref("renovations", "works"), Ref("news", "works")):
        related = found.related(found.content.records[ref])
        assert [one.id for one in related["glossary"].whole.items] == ["daily"]


SECTION = "---\ntitle: {0}\nsummary: {0}\n{1}---\n{2}"


@pytest.mark.parametrize(
    ("path", "layout", "sign"),
    [
        ("services/index", "section", '<li class="card">'),
        ("figures", "figures", 'class="figures figures--all"'),
        ("timeline", "timeline", '<ol class="timeline">'),
        ("corrections", "page", 'class="empty"'),
        ("data", "page", "datapackage.json"),
    ],
)
def test_the_page_of_a_list_shows_it_by_itself_after_its_opening(
    small: Project, path: str, layout: str, sign: str
) -> None:
    body = "\n{0}\n\n## {1}\n\n{2}\n"
    site_model = render_site(
        small(
            {
                f"docs/zh/{path}.md": SECTION.format(
                    "一页", f"layout: {layout}\n", body.format("开头。", "其余", "结尾。")
                ),
                f"docs/en/{path}.md": SECTION.format("A page", "", body.format("Opening.", "Rest", "End.")),
            }
        )
    )
    for locale, opening, heading, end in (
        ("zh", "开头。", "## 其余", "结尾。"),
        ("en", "Opening.", "## Rest", "End."),
    ):
        text = site_model.markdown[f"{locale}/{path}.md"]
        places = [text.index(part) for part in (opening, sign, heading, end)]
        assert places == sorted(places)


def test_a_page_of_a_list_with_no_text_shows_it(small: Project) -> None:
    files = {
        "docs/zh/services/index.md": SECTION.format("服务", "layout: section\n", ""),
        "docs/en/services/index.md": SECTION.format("Services", "", ""),
    }
    assert '<li class="card">' in render_site(small(files)).markdown["en/services/index.md"]


def test_a_list_asked_for_on_its_own_page_is_refused_at_its_line(small: Project) -> None:
    call = '\n服务。\n\n{% include "records/services/list.md" %}\n'
    files = {
        "docs/zh/services/index.md": SECTION.format("服务", "layout: section\n", call),
        "docs/en/services/index.md": SECTION.format("Services", "", ""),
    }
    with pytest.raises(ContentError) as refused:
        render_site(small(files))
    (problem,) = refused.value.diagnostics
    assert (problem.code, str(problem.at)) == ("not-for-pages", "docs/zh/services/index.md:9:1")
    assert_in_both_languages(problem)
