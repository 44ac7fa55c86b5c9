"""Charts at every width and in care mode: no words meet, none lie on a bar, each bar has its own, no last character stands alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.serving import Served, serving
from tests.browser.sweep import KEEP_CARE_ON
from tests.expectations import anchor
from tests.zones import adopt

WIDTHS = (320, 390, 768, 1280)

FAULTS = r"""() => {
  const found = []
  const meet = (a, b, slack) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack
  for (const details of document.querySelectorAll(".chart details")) details.open = true
  if (document.documentElement.scrollWidth > innerWidth) found.push(`wider than the screen: ${document.documentElement.scrollWidth}`)
  for (const chart of document.querySelectorAll(".chart")) {
    const box = chart.getBoundingClientRect()
    const texts = []
    const walk = document.createTreeWalker(chart, NodeFilter.SHOW_TEXT)
    for (let node; (node = walk.nextNode());) {
      if (!node.data.trim()) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) if (rect.width > 0) texts.push({ node, rect, said: node.data.trim() })
    }
    if (texts.length < 4) found.push("too few words are seen")
    texts.forEach((one, place) => {
      if (one.rect.left < box.left || one.rect.right > box.right + 1) found.push(`leaves the chart: ${one.said}`)
      for (const other of texts.slice(place + 1)) {
        const slack = 0.3 * Math.min(one.rect.height, other.rect.height)
        if (one.node !== other.node && meet(one.rect, other.rect, slack)) found.push(`meet: ${one.said} | ${other.said}`)
      }
      for (const bar of chart.querySelectorAll(".bars__track"))
        if (meet(one.rect, bar.getBoundingClientRect(), 3)) found.push(`lies on a bar: ${one.said}`)
    })
    for (const row of chart.querySelectorAll(".bars__row")) {
      const words = row.querySelector(".bars__words"), bar = row.querySelector(".bars__track")
      if (!bar) continue
      if (!words || !words.textContent.trim()) { found.push("a bar without words"); continue }
      const said = words.getBoundingClientRect(), drawn = bar.getBoundingClientRect()
      const beside = said.right <= drawn.left && said.top < drawn.bottom && drawn.top < said.bottom
      const above = said.bottom <= drawn.top + 1 && drawn.top - said.bottom < 12
      if (!beside && !above) found.push(`is not at its bar: ${words.textContent.trim()}`)
    }
    if (document.documentElement.lang.startsWith("zh")) {
      const labels = ".chart__title, .chart__picture + .chart__note, .bars__of, .bars__words b, .bars__more, .apart__counts, .tiers__core, .tiers__middle > span, .tiers__link > span, .number .figure, .number__more"
      for (const label of chart.querySelectorAll(labels)) {
        const tops = []
        const inside = document.createTreeWalker(label, NodeFilter.SHOW_TEXT)
        for (let node; (node = inside.nextNode());) for (let at = 0; at < node.length; at++) {
          if (!/[\p{L}\p{N}]/u.test(node.data[at])) continue
          const range = document.createRange()
          range.setStart(node, at)
          range.setEnd(node, at + 1)
          tops.push(range.getBoundingClientRect().bottom)
        }
        const [before, last] = tops.slice(-2)
        if (tops.length > 1 && Math.abs(last - before) > 4) found.push(`a last character alone: ${label.textContent.trim()}`)
      }
    }
  }
  return found
}"""


def faults(browser: Browser, served: Served, *, care: bool) -> list[str]:
    """What is wrong with any chart of a site at any width, and where."""
    context = browser.new_context()
    if care:
        context.add_init_script(KEEP_CARE_ON)
    page = context.new_page()
    found, seen = [], 0
    for url in (*served.urls("zh"), *served.urls("en")):
        if '<figure class="chart ' not in (served.folder / url / "index.html").read_text(encoding="utf-8"):
            continue
        seen += 1
        page.goto(served.address + url)
        assert (page.locator("html[data-care]").count() > 0) == care
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{url} at {width}: {fault}" for fault in page.evaluate(FAULTS)]
    context.close()
    assert seen > 8
    return found


@pytest.mark.parametrize("care", [False, True], ids=["usual", "care"])
def test_no_words_of_a_chart_meet_and_each_bar_has_its_own(
    browser: Browser, swept: Served, *, care: bool
) -> None:
    assert faults(browser, swept, care=care) == []


LONG = {
    "zh": "济水北岸高端装备与精密液压机械零部件协同制造基地",
    "en": "Internationalisation of interdisciplinary",
}


def hard(root: Path) -> None:
    """Make the charts of a zone hard to draw: near dates and hours, long names, values far apart."""
    for name in ("figures.lock.yml", "corrections/firms-covered.yml"):
        (root / "data" / name).unlink(missing_ok=True)
    line = root / "data/services/bell-line.yml"
    times = "".join(
        f"  - {{start: 08:{start:02}, end: 08:{start + 15}, source: street-report, at: 上午8:{start:02}至8:{start + 15}}}\n"
        for start in (0, 10, 20)
    )
    text = line.read_text(encoding="utf-8")
    line.write_text(text.replace("timetable:\n", f"timetable:\n{times}"), encoding="utf-8")
    for number in range(1, 11):
        (root / f"data/startup_records/near{number}.yml").write_text(
            f"title: {{zh: {LONG['zh']}{number}号, en: {LONG['en']} production {number}}}\n"
            "summary: {zh: 某某。, en: Something.}\nscope: {zh: 全部, en: all}\n"
            f"date: {{date: 2031-02-{number + 3:02}, basis: stated}}\n"
            f"duration: {{value: {50 - number}m00s, source: zone-report, at: {50 - number}分}}\n",
            encoding="utf-8",
        )
    dated = "".join(
        f"  - as_of: {{date: {2030 - number}, basis: stated}}\n"
        f"    figure: {{value: {value}, unit: firm, source: zone-report, at: {anchor(f'value: {value}')}家}}\n"
        for number, value in enumerate((999_999_999, 123_456, 1))
    )
    firms = root / "data/indicators/firms-covered.yml"
    text = (
        firms.read_text(encoding="utf-8")
        .replace("value: 147", "value: 1000000000")
        .replace("147家", "10亿家")
    )
    firms.write_text(f"{text}observations:\n{dated}", encoding="utf-8")


@pytest.fixture(scope="module")
def hard_cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("hard")
    zone = adopt(folder / "zone", "full")
    hard(zone.root)
    with serving(folder, zone.root) as served:
        yield served


@pytest.mark.parametrize("care", [False, True], ids=["usual", "care"])
def test_near_dates_and_hours_long_names_and_values_far_apart_are_told_apart(
    browser: Browser, hard_cases: Served, *, care: bool
) -> None:
    assert faults(browser, hard_cases, care=care) == []


def test_the_data_of_a_chart_are_downloaded_as_a_table(browser: Browser, served: Served) -> None:
    page = browser.new_page(accept_downloads=True)
    page.goto(served.address)
    with page.expect_download() as downloading:
        page.locator(".chart").first.locator("a[download]").click()
    assert b"mechanisms/integration" in Path(downloading.value.path()).read_bytes()
    page.close()


def test_how_to_cite_a_chart_unfolds(browser: Browser, served: Served) -> None:
    page = browser.new_page()
    page.goto(f"{served.address}en/")
    chart = page.locator(".chart").first
    cited = chart.get_by_text(served.address)
    expect(cited).to_be_hidden()
    chart.locator("summary").last.click()
    expect(cited).to_be_visible()
    title = chart.locator("figcaption").text_content()
    expect(cited).to_contain_text(f"“{title}”")
    page.close()
