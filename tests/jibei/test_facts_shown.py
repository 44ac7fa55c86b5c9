"""The facts a reader comes for stand on the site, in both languages, each in its language's form."""

from __future__ import annotations

import re
from html import unescape

import pytest

from gazette.site.model import SiteModel
from gazette.templates.view import view_of

SHOWN = {
    "enterprises covered": ("indicators/enterprises-covered", "147家", "147 enterprises"),
    "enterprises visited": ("indicators/enterprises-visited", "近300家", "nearly 300 enterprises"),
    "guidance sessions": ("indicators/guidance-sessions", "20余次", "more than 20 sessions"),
    "enterprises with instructors": ("indicators/enterprises-with-instructors", "120家", "120 enterprises"),
    "instructors": ("indicators/instructors", "75名", "75 people"),
    "instructors from the administration": ("indicators/instructors-office", "25名", "25 people"),
    "instructors from enterprises": ("indicators/instructors-enterprise", "50名", "50 people"),
    "joint branches": ("indicators/joint-branches", "5个", "5 branches"),
    "applicants": ("indicators/party-applicants", "27人", "27 people"),
    "probationary members": ("indicators/probationary-members", "3人", "3 people"),
    "rewarded firms": ("indicators/reward-firms", "4家", "4 enterprises"),
    "reward funds": ("indicators/reward-funds", "1544万元", "RMB 15.44 million"),
    "registered SMEs": ("indicators/sme-register", "48家", "48 enterprises"),
    "provincial R&D institution": ("indicators/rd-provincial", "1家", "1 institution"),
    "municipal R&D institution": ("indicators/rd-municipal", "1家", "1 institution"),
    "technology contracts": ("indicators/tech-contracts", "1.28亿元", "RMB 128 million"),
    "record time": ("startup-records/taiwen-precision-machinery", "29分06秒", "29 min 06 s"),
    "honour": ("honours/top-ten-park-2020", "2020年", "2020"),
    "sign renewal": ("renovations/shop-sign-renewal", "180天", "180 days"),
    "length of the line": ("services/music-line", "1公里", "1 km"),
    "shops on the line": ("services/music-line", "187户", "187 shops"),
    "opening of the line": (
        "services/music-line",
        "2021年6月1日（年份为推断）",
        "1 June 2021 (year inferred)",
    ),
    "hours of the line": (
        "services/music-line",
        "上午8:00至9:00和下午4:00至5:00",
        "08:00–09:00 and 16:00–17:00",
    ),
    "measures for industry": ("policies/industry-17", "17条", "17 measures"),
    "measures for sci-tech": ("policies/sci-tech-10", "10条", "10 measures"),
    "measures for talent": ("policies/talent-10", "10条", "10 measures"),
    "sorting coverage": ("indicators/sorting-coverage", "全覆盖", "full coverage"),
}


def words(site_model: SiteModel, path: str) -> str:
    """A page's text without its mark-up."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", site_model.markdown[f"{path}.md"])).split())


@pytest.mark.parametrize("name", SHOWN)
def test_a_fact_stands_on_its_page_in_both_languages(site_model: SiteModel, name: str) -> None:
    path, zh, en = SHOWN[name]
    assert re.search(rf"(?<!\d){re.escape(zh)}", words(site_model, f"zh/{path}"))
    assert re.search(rf"(?<!\d){re.escape(en)}(?!\w)", words(site_model, f"en/{path}"))


def test_the_visit_of_16_june_is_dated_with_its_year_inferred(site_model: SiteModel) -> None:
    visit = "news/organization-department-visit"
    for locale, said in (("zh", "2021年6月16日（年份为推断）"), ("en", "16 June 2021 (year inferred)")):
        page = site_model.pages[f"{locale}/{visit}.md"]
        assert page.record is not None
        assert view_of(site_model, page).when(page.record) == said


def test_the_parts_of_the_instructors_stand_beside_their_sum(site_model: SiteModel) -> None:
    assert re.search(r"75名.*25名.*50名", words(site_model, "zh/model"))
    assert re.search(r"75.*25.*50", words(site_model, "en/model"))


def test_full_coverage_is_never_a_percentage(site_model: SiteModel) -> None:
    # Where a chart places a bar is no statement.
    said = {src_uri: re.sub("<svg.*?</svg>", "", text) for src_uri, text in site_model.markdown.items()}
    assert not [src_uri for src_uri, text in said.items() if re.search(r"100\s*[%％]", text)]
