"""The site in engines that readers still have: Chromium 78 and 88 themselves, and 78 without what Safari 12 lacks too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.devtools import Tab, running
from tests.browser.engines import binary
from tests.browser.serving import Served
from tests.floor.newer import NEWER

pytestmark = pytest.mark.whole

BOTH = pytest.mark.parametrize("locale", ["", "en/"])
"""In both languages."""
RECORD = "startup-records/loom/"
PHONE = (360, 740)
WITHOUT = """(({globals, members}) => {
  globals.forEach(name => { delete window[name] })
  Object.getOwnPropertyNames(window).forEach(name => {
    const owner = window[name]
    const owners = typeof owner === "function" ? [owner, owner.prototype] : []
    owners.forEach(one => members.forEach(member => { if (one) delete one[member] }))
  })
})"""
"""Takes from an engine what is newer than the floor."""


@pytest.fixture(params=["78", "88", "78 as the floor"])
def tab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tab]:
    version, _, floor = str(request.param).partition(" ")
    browser = binary(int(version))
    assert browser.is_file(), f"no {browser}: make test-all puts it there, or python -m tests.browser.engines"
    with running(browser, tmp_path) as found:
        if floor:
            lacks = {kind: [*NEWER[kind]] for kind in ("globals", "members")}
            found.before(f"{WITHOUT}({json.dumps(lacks)})")
        yield found


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
def test_no_page_has_an_error_or_asks_another_host(tab: Tab, served: Served, size: tuple[int, int]) -> None:
    paths = ("", RECORD, "news/", "figures/", "timeline/", "services/bell-line/", "data/", "no/such/page/")
    for url in (locale + path for locale in ("", "en/") for path in paths):
        tab.open(served.address + url, *size)
        tab.wait("document.documentElement.classList.contains('has-search')")
        asked = tab.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
        assert not [address for address in asked if not address.startswith(served.address)]
    assert [fault for fault in tab.faults if not ("404" in fault and "no/such/page" in fault)] == []


@BOTH
def test_the_drawer_opens_and_closes_and_leads_on(tab: Tab, served: Served, locale: str) -> None:
    tab.open(served.address + locale + RECORD, *PHONE)
    tab.click(".drawer-switch")
    tab.wait("document.getElementById('__drawer').checked")
    tab.wait("document.querySelector('.md-sidebar--primary').getBoundingClientRect().left === 0")
    tab.press("Escape")
    tab.wait("!document.getElementById('__drawer').checked")
    assert tab.evaluate("document.querySelector('.md-sidebar--primary a[href]').href").startswith("http")
    assert tab.faults == []


@BOTH
def test_a_page_is_light_where_the_system_says_nothing_and_turns_dark(
    tab: Tab, served: Served, locale: str
) -> None:
    scheme = "document.body.dataset.mdColorScheme"
    tab.open(served.address + locale)
    tab.wait(f"{scheme} === 'default' && document.querySelector('.scheme-switch')")
    icon = "getComputedStyle(document.querySelector('.scheme-switch')).getPropertyValue('--icon')"
    first = tab.evaluate(icon)
    for _ in range(2):  # from light, or from as the system has it
        if tab.evaluate(scheme) == "default":
            tab.click(".scheme-switch")
    assert tab.evaluate(scheme) == "slate"
    assert tab.evaluate(icon) != first
    tab.open(served.address + locale + RECORD)
    assert tab.evaluate(scheme) == "slate"
    assert tab.faults == []


@BOTH
def test_care_mode_is_switched_on_and_remembered(tab: Tab, served: Served, locale: str) -> None:
    tab.open(served.address + locale)
    size = "parseFloat(getComputedStyle(document.querySelector('.lead')).fontSize)"
    plain = tab.evaluate(size)
    tab.click(".care-switch")
    tab.wait(f"{size} > {plain}")
    tab.open(served.address + locale + RECORD)
    assert tab.evaluate("document.documentElement.dataset.care") == "on"
    assert tab.faults == []


@BOTH
def test_the_language_is_switched_on_the_same_page(tab: Tab, served: Served, locale: str) -> None:
    other, lang = ("", "zh") if locale else ("en/", "en")
    tab.open(served.address + locale + RECORD)
    tab.click(f"a.switch[hreflang={lang}]")
    tab.wait(
        f"location.href === {json.dumps(served.address + other + RECORD)} && document.readyState === 'complete'"
    )
    assert tab.evaluate("document.documentElement.lang") == lang
    assert tab.faults == []


@BOTH
def test_a_list_is_filtered(tab: Tab, served: Served, locale: str) -> None:
    tab.open(f"{served.address}{locale}news/")
    shown = "[...document.querySelectorAll('[data-item]')].filter(item => item.offsetParent).length"
    everything = tab.evaluate(shown)
    tab.click(".filters [name=q]")
    tab.type("没有这样的字")
    tab.wait(f"{shown} === 0")
    tab.open(f"{served.address}{locale}news/?topic=bell-line")
    tab.wait(f"{shown} > 0 && {shown} < {everything}")
    assert tab.faults == []


@BOTH
def test_the_figures_are_filtered_and_sorted(tab: Tab, served: Served, locale: str) -> None:
    tab.open(f"{served.address}{locale}figures/")
    values = "[...document.querySelectorAll('tbody tr:not([hidden]) td[data-value]')].map(cell => Number(cell.dataset.value))"
    tab.click("th[data-type=number] button")
    found = tab.evaluate(values)
    assert found == sorted(found)
    assert len(found) > 2
    tab.click(".filters [name=q]")
    tab.type("187")
    tab.wait(f"{values}.length === 1")
    assert tab.faults == []


@BOTH
def test_a_figure_shows_its_note(tab: Tab, served: Served, locale: str) -> None:
    tab.open(f"{served.address}{locale}model/")
    tab.evaluate("document.querySelector('a.figure').focus()")
    tab.wait("document.querySelector('.note-card').offsetParent && document.querySelector('.note-card q')")
    assert tab.faults == []


@BOTH
def test_two_pictures_are_compared_with_a_slider(tab: Tab, illustrated: str, locale: str) -> None:
    tab.open(f"{illustrated}{locale}renovations/lane/", *PHONE)
    cut = "getComputedStyle(document.querySelector('.comparison__side--before')).clipPath"
    middle = tab.evaluate(cut)
    tab.evaluate(
        "(slider => { slider.value = 20; slider.dispatchEvent(new Event('input')) })(document.querySelector('.comparison__slider'))"
    )
    assert tab.evaluate(cut) != middle
    assert "80%" in tab.evaluate(cut)
    assert tab.faults == []


@BOTH
def test_the_table_of_a_chart_is_printed_and_folded_again(tab: Tab, served: Served, locale: str) -> None:
    opened = "Array.from(document.querySelectorAll('.chart .folded'), details => details.open)"
    tab.before(f"window.addEventListener('afterprint', () => {{ window.printed = {opened} }})")
    tab.open(f"{served.address}{locale}services/bell-line/")
    assert set(tab.evaluate(opened)) == {False}
    tab.call("Page.printToPDF")
    assert set(tab.evaluate("window.printed")) == {True}
    assert set(tab.evaluate(opened)) == {False}


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
@pytest.mark.parametrize(("locale", "words"), [("", "党建联盟"), ("en/", "alliance")])
def test_words_find_pages(tab: Tab, served: Served, size: tuple[int, int], locale: str, words: str) -> None:
    tab.open(served.address + locale, *size)
    tab.press("/")
    tab.wait("document.activeElement === document.querySelector('[name=words]')")
    tab.type(words)
    tab.wait("document.querySelector('#search .found a mark')")
    assert words in tab.evaluate("document.querySelector('.found').textContent.toLowerCase()")
    first = tab.evaluate("document.querySelector('.found a').href")
    tab.press("Enter")
    tab.wait(f"location.href === {json.dumps(first)} && document.readyState === 'complete'")
    assert tab.faults == []


def test_punctuation_alone_is_no_query(tab: Tab, served: Served) -> None:
    tab.open(served.address)
    tab.click("[name=words]")
    tab.type("'，。")
    tab.evaluate("new Promise(done => setTimeout(done, 1000))")
    assert tab.evaluate("document.querySelectorAll('.found a').length") == 0
    assert tab.faults == []
