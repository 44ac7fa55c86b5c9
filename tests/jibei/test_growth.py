"""The real site grows by records alone: every picture has them, with no code touched."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from tests.pictures import jpeg, photo, photos
from tests.unit.test_charts import alternative, bars, chart_of, rows

WORDS = "summary: {zh: 测试用。, en: For a test.}\n"
STARTUP = f"""\
title: {{zh: 合成企业项目, en: Synthetic firm project}}
{WORDS}scope: {{zh: 公司注册全部手续, en: all company-registration formalities}}
duration: {{value: 24m10s, source: qlwb-dual-pairing, at: 24分10秒}}
date: {{date: 2022-03-05, basis: stated}}
"""
ALLIANCE = f"""\
title: {{zh: 合成材料党建联盟, en: Synthetic Materials Party-building Alliance}}
{WORDS}industry: {{zh: 合成材料, en: Synthetic materials}}
order: 6
evidence: [{{source: qlwb-dual-pairing, at: 五大联盟为纽带}}]
"""
RENOVATION = f"""\
title: {{zh: 合成街道, en: Synthetic street}}
{WORDS}order: 3
started: {{date: 2022-01-10, basis: stated}}
duration: {{value: 234, unit: day, source: qlwb-huihe-street, at: 耗时234天}}
"""
WITH_PHOTOS = (
    RENOVATION.replace("合成街道", "合成广场")
    .replace("Synthetic street", "Synthetic square")
    .replace("order: 3", "order: 4")
    + photos("square.jpg", "corner.jpg")
    + f"comparisons:\n  - before: {photo('before.jpg')}\n    after: {photo('after.jpg')}\n"
)


@pytest.fixture
def grown(copy: Path) -> SiteModel:
    """The project with a second start-up record, a sixth alliance, a third renovation and a fourth with photographs."""
    (copy / "data/startup_records/synthetic-firm.yml").write_text(STARTUP, encoding="utf-8")
    (copy / "data/alliances/synthetic-materials.yml").write_text(ALLIANCE, encoding="utf-8")
    (copy / "data/renovations/synthetic-street.yml").write_text(RENOVATION, encoding="utf-8")
    (copy / "data/renovations/synthetic-square.yml").write_text(WITH_PHOTOS, encoding="utf-8")
    (copy / "data/photos").mkdir()
    for name in ("square", "corner", "before", "after"):
        (copy / f"data/photos/{name}.jpg").write_bytes(jpeg())
    # What must equal the number of alliances says six; nothing has been published yet.
    for name in ("alliances", "office-branches", "leading-industries"):
        file = copy / f"data/indicators/{name}.yml"
        text = re.sub("(figure:.*at: .*)[5五]", r"\1六", file.read_text(encoding="utf-8"))
        file.write_text(text.replace("value: 5", "value: 6"), encoding="utf-8")
    (copy / "data/figures.lock.yml").unlink()
    return render_site(copy)


def test_every_picture_shows_what_was_added(grown: SiteModel) -> None:
    steps = titled(grown, "企业开办纪录", "zh/startup-records/index.md")
    assert [row[0] for row in rows(steps)] == ["合成企业项目", "台稳精密机械项目"]
    assert bars(steps) == [("0", "100"), ("0", "83.05")]
    assert alternative(steps).endswith("2022年3月5日 24分10秒")

    for page in ("index", "model", "mechanisms/alliance-integration"):
        tiers = titled(grown, "Alliance Integration", f"en/{page}.md")
        assert tiers.count('<div class="tiers__branch">') == 6
        assert "Linked by 6 alliances" in tiers
        assert "Synthetic Materials Party-building Alliance" in alternative(tiers)

    works = titled(grown, "街区更新：用", "zh/renovations/index.md")
    assert [row[0] for row in rows(works)][2:] == ["合成街道", "合成广场"]
    assert [length for _, length in bars(works)] == ["76.92", "100", "100"]

    timeline = grown.markdown["en/timeline.md"]
    assert timeline.index("Synthetic firm project") < timeline.index("Synthetic square")


def test_a_renovation_with_photographs_shows_them_in_both_languages(grown: SiteModel) -> None:
    for locale, said in (("zh", "改造前"), ("en", "Before")):
        text = grown.markdown[f"{locale}/renovations/synthetic-square.md"]
        assert len(re.findall(r'<figure class="photo">', text)) == 2
        assert len(re.findall(r'<figure class="comparison"', text)) == 1
        assert said in text


def titled(grown: SiteModel, title: str, src_uri: str) -> str:
    """The chart of a page whose title begins so."""
    _, begin, rest = grown.markdown[src_uri].partition(f'<figcaption class="chart__title">{title}')
    return chart_of(f'<figure class="chart">{begin}{rest}')
