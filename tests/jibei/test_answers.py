"""What citizens, firms and reporters ask is answered within two steps of the home page, by its links and by search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import Served

pytestmark = pytest.mark.browser


class Question(NamedTuple):
    """Links to follow from the home page, or words to search for; the page they lead to, and what answers there.

    Search may find another page with the answer.
    """

    links: tuple[str, ...]
    words: str
    page: str
    answer: str
    found: str = ""


QUESTIONS = {
    "北张商业街的垃圾什么时候收？": Question(("垃圾分类“音乐专线”",), "收运垃圾", "services/music-line/", "上午8:00至9:00"),
    "注册一家公司最快多久？": Question(("助企服务",), "公司注册", "startup-records/", "29分06秒", "startup-records/taiwen-precision-machinery/"),
    "生物医药企业属于哪个联盟？": Question(("生物医药党建联盟",), "生物医药", "alliances/biomedicine/", "生物医药党建联盟"),
    "街上的牌匾换了多久？": Question(("街区更新",), "统一更换", "renovations/", "180天"),
    "技改奖补发了多少？": Question(("惠企政策与服务",), "奖补资金", "policies/", "1544万元", "indicators/reward-funds/"),
    "门前三包是谁定的？": Question(("门前三包",), "门前三包", "mechanisms/shopfront-responsibilities/", "回河街道订立“门前三包责任书”"),
    "147家数的是什么？": Question(("全部数据",), "147", "figures/", "党建联盟融合工程覆盖的非公企业"),
    "这些事实出自哪里？": Question(("资料来源",), "资料来源", "sources/", "齐鲁晚报"),
    "发现错误找谁？": Question(("报告错误",), "报告错误", "about/", "核实以后会改正"),
    "数据能下载吗？": Question(("开放数据",), "电子表格", "data/", "figures.xlsx"),
    "When is waste collected on Beizhang Commercial Street?": Question(
        ("Waste-sorting Music Line",), "collects waste", "en/services/music-line/", "08:00–09:00"
    ),
    "How fast was a firm registered?": Question(
        ("Business services",), "company registration", "en/startup-records/", "29 min 06 s", "en/startup-records/taiwen-precision-machinery/"
    ),
    "Which alliance is that of food firms?": Question(
        ("Food and Beverage Party-building Alliance",), "food beverage", "en/alliances/food-beverage/", "Food and Beverage"
    ),
    "How long did the shop signs take?": Question(("Streets",), "shop signs", "en/renovations/", "180 days", "en/renovations/shop-sign-renewal/"),
    "How much was paid for upgrading?": Question(
        ("Policies and business services",), "technological upgrading", "en/policies/", "RMB 15.44 million", "en/indicators/reward-funds/"
    ),
    "What is the dual-pairing model?": Question(("The dual-pairing model",), "dual pairing", "en/model/", "Branches with alliances"),
    "How many instructors are there?": Question(("All figures",), "instructors", "en/figures/", "75 people", "en/indicators/instructors/"),
    "What does the record rest on?": Question(("Sources",), "Qilu Evening News", "en/sources/", "Qilu Evening News", "en/glossary/qilu-evening-news/"),
    "Whom do I tell of an error?": Question(("Report an error",), "report an error", "en/about/", "put right"),
    "Where are the tables?": Question(("Open data",), "spreadsheet", "en/data/", "figures.xlsx"),
}  # fmt: skip


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[Page]:
    """A page that each question begins on anew: to open another takes longer than to answer."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_each_language_is_asked_ten_questions() -> None:
    english = [question for question, told in QUESTIONS.items() if told.page.startswith("en/")]
    assert (len(english), len(QUESTIONS)) == (10, 20)
    assert all(len(told.links) <= 2 for told in QUESTIONS.values())


def opened(home: Page, checkout: Served, told: Question) -> None:
    home.goto(checkout.address + ("en/" if told.page.startswith("en/") else ""))


@pytest.mark.parametrize("question", QUESTIONS)
def test_links_from_the_home_page_lead_to_the_answer(home: Page, checkout: Served, question: str) -> None:
    told = QUESTIONS[question]
    opened(home, checkout, told)
    for link in told.links:
        home.get_by_role("link", name=link, exact=True).locator("visible=true").first.click()
    expect(home).to_have_url(checkout.address + told.page)
    expect(home.locator("main").get_by_text(told.answer).locator("visible=true").first).to_be_visible()


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_search_leads_to_the_answer(home: Page, checkout: Served, question: str) -> None:
    told = QUESTIONS[question]
    opened(home, checkout, told)
    home.keyboard.press("/")
    home.locator("input[name=words]").fill(told.words)
    address = checkout.address + (told.found or told.page)
    expect(home.locator(".found__link").first).to_be_visible()
    results = home.locator(".found__link")
    found = [results.nth(place).evaluate("link => link.href") for place in range(results.count())]
    assert address in found, found
    results.nth(found.index(address)).click()
    expect(home).to_have_url(address)
    expect(home.locator("main").get_by_text(told.answer).locator("visible=true").first).to_be_visible()
