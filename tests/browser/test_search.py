"""The search box as it is used: by keys, pointer and input method, without results, narrowed down, in care mode, linked to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, Route, expect

from gazette.outputs.search.normal_form import bucket
from tests.browser.serving import Served
from tests.browser.sweep import DESKTOP, KEEP_CARE_ON, PHONE
from tests.browser.test_accessibility import AXE, EVERYTHING, objections

NOTHING = "龘龘龘"
WORD = "党建"
INPUT = "input[name=words]"


def start(context: BrowserContext, served: Served, url: str = "") -> Page:
    page = context.new_page()
    page.goto(served.address + url)
    return page


def ask(page: Page, query: str) -> None:
    page.wait_for_selector(".has-search", state="attached")
    page.keyboard.press("/")
    page.keyboard.type(query)
    expect(page.locator(".found__meta")).not_to_be_empty()


def read(page: Page) -> list[str]:
    """The addresses of the index's files that the page asks for from now on."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if "/search/" in request.url:
            asked.append(request.url.rpartition("/search/")[2])

    page.on("request", note)
    return asked


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
def test_the_open_box_moves_nothing_of_the_header(
    desktop: BrowserContext, served: Served, care: bool
) -> None:
    """A long name stays in its line: the box lies over the tools beside it."""
    page = desktop.new_page()
    if care:
        page.add_init_script(KEEP_CARE_ON)
    page.goto(f"{served.address}en/")
    page.wait_for_selector(".has-search", state="attached")
    page.evaluate(
        """() => { document.querySelector(".md-header__topic .md-ellipsis").textContent = "A Name of Thirty-two Letters Here" }"""
    )
    places = "() => [...document.querySelectorAll('.md-header__title, .md-header .md-ellipsis, .tools > *')].map(part => ({...part.getBoundingClientRect().toJSON()}))"
    before = page.evaluate(places)
    page.locator(INPUT).click()
    expect(page.locator(".found__sections")).to_be_visible()
    assert page.evaluate(places) == before
    box = page.locator(".md-search__inner").bounding_box()
    assert box
    assert box["width"] > 300
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")


def test_keys_open_move_follow_and_close(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, WORD)
    links = page.locator(".found a")
    expect(links.nth(1).locator("mark").first).to_have_text(WORD)
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(INPUT)).to_be_focused()
    page.keyboard.press("Escape")
    expect(links.first).not_to_be_visible()
    page.keyboard.press("Control+k")
    expect(page.locator(INPUT)).to_be_focused()
    first = links.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(str(first))


def test_escape_gives_the_focus_back_to_the_button_on_a_phone(phone: BrowserContext, served: Served) -> None:
    page = start(phone, served)
    button = page.locator(".search-switch")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    page.keyboard.type(WORD)
    expect(page.locator(".found a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator(INPUT)).not_to_be_visible()


def test_nothing_is_loaded_before_a_reader_searches(desktop: BrowserContext, served: Served) -> None:
    page = desktop.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served.address)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/search/" in url]
    ask(page, WORD)
    expect(page.locator(".found a").first).to_be_visible()
    assert [url for url in asked if "/search/zh/" in url]
    assert all(url.startswith(served.address) for url in asked)


def test_no_result_says_so_and_offers_the_sections(phone: BrowserContext, served: Served) -> None:
    page = start(phone, served, "en/")
    ask(page, NOTHING)
    expect(page.locator(".found__meta")).to_contain_text("No page")
    expect(page.locator(".found__sections a").first).to_be_visible()
    page.locator(".found__sections a").nth(1).click()
    page.wait_for_url("**/en/**")
    assert page.locator("h1").inner_text()


def test_a_result_tells_its_title_section_and_place_and_a_search_is_narrowed_down(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    ask(page, WORD)
    found = page.locator(".found > li")
    expect(found.first.locator(".found__title")).not_to_be_empty()
    expect(found.first.locator("mark").first).to_have_text(WORD)
    every = page.locator(".found__meta").inner_text()
    option = page.locator("select[name=section] option").nth(2)
    section, words = option.get_attribute("value"), option.inner_text()
    page.select_option("select[name=section]", section)
    expect(page.locator(".found__meta")).not_to_have_text(every)
    for facts in page.locator(".found__facts").all_inner_texts():
        assert facts.startswith(words)


def test_more_results_come_six_at_a_time(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, "来源")
    found = page.locator(".found > li")
    expect(found).to_have_count(6)
    page.locator(".found__more").click()
    expect(found).to_have_count(12)
    expect(found.nth(6).locator("a")).to_be_focused()


def test_the_slash_key_can_be_switched_off(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    page.keyboard.press("/")
    page.locator("input[name=key]").uncheck()
    page.keyboard.press("Escape")
    page = start(desktop, served)
    page.keyboard.press("/")
    expect(page.locator(INPUT)).not_to_be_focused()


def test_a_search_can_be_linked_to(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served, f"?q={WORD}")
    expect(page.locator(".found a").first).to_be_visible()


@pytest.mark.parametrize("care", [False, True], ids=["plain", "care"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_axe_objects_to_nothing_in_the_open_search(
    browser: Browser, served: Served, size: dict[str, int], care: bool
) -> None:
    context = browser.new_context(viewport=size)
    if care:
        context.add_init_script(KEEP_CARE_ON)
    for url in ("", "en/"):
        page = start(context, served, url)
        for query in (WORD if not url else "Party", NOTHING):
            page.keyboard.press("/")
            page.locator(INPUT).fill(query)
            expect(
                page.locator(".found__sections a" if query == NOTHING else ".found a").first
            ).to_be_visible()
            page.evaluate(AXE)
            assert not list(objections(page, "search", EVERYTHING)), f"/{url} {query}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_one_character_finds_titles_and_asks_for_one_more(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, WORD[0])
    expect(page.locator(".found__meta")).to_contain_text("再输入一个字")
    titles = page.locator(".found__title").all_inner_texts()
    assert titles
    assert all(WORD[0] in title for title in titles)


def test_punctuation_is_no_query(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, WORD)
    asked = read(page)
    for query in ("'", "，。", ". - ~ * ^", "“”", "   ", "\u200b"):
        page.locator(INPUT).fill(WORD)
        expect(page.locator(".found a").first).to_be_visible()
        asked.clear()
        page.locator(INPUT).fill(query)
        expect(page.locator(".found a")).to_have_count(0)
        expect(page.locator(".found__meta")).to_be_empty()
        expect(page.locator(".found__sections a").first).to_be_visible()
        assert asked == [], query


def test_the_box_takes_a_hundred_characters_however_they_come(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served, f"?q={WORD * 100}")
    expect(page.locator(INPUT)).to_have_value(WORD * 50)
    page.locator(INPUT).fill("")
    page.locator(INPUT).press_sequentially("a" * 120, delay=0)
    expect(page.locator(INPUT)).to_have_value("a" * 100)
    expect(page.locator(".found__meta")).to_contain_text("没有找到")


def test_a_result_names_its_section_and_says_the_sentence_that_has_the_words(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served, "en/")
    ask(page, "exchange")
    found = page.locator(".found > li")
    expect(found.first).to_be_visible()
    for number in range(found.count()):
        url = str(found.nth(number).locator("a").get_attribute("href"))
        facts = found.nth(number).locator(".found__facts")
        if url.count("/en/") and url.partition("/en/")[2].count("/") > 1:
            assert not facts.inner_text().startswith("Other pages")
            assert facts.inner_text()
        marked = found.nth(number).locator("mark").all_inner_texts()
        assert marked, url
        assert all(re.fullmatch("exchang(e|es|ed|ing)", word.lower()) for word in marked)


@pytest.mark.parametrize("how", ["abort", "missing", "offline"])
def test_a_part_of_the_index_that_cannot_be_fetched_is_said_as_such_and_the_next_query_works(
    desktop: BrowserContext, served: Served, how: str
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=404) if how == "missing" else route.abort()

    page = start(desktop, served)
    page.keyboard.press("/")
    page.wait_for_load_state("networkidle")
    pattern = "**/search/zh/**" if how == "offline" else "**/search/zh/keys/**"
    page.route(pattern, refuse)
    page.keyboard.type(WORD)
    expect(page.locator(".found__meta")).to_contain_text("没有取到")
    expect(page.locator(".found__meta")).not_to_contain_text("没有找到")
    retry = page.locator(".found__retry")
    expect(retry).to_be_visible()
    retry.click()
    expect(page.locator(".found__meta")).to_contain_text("没有取到")
    page.unroute(pattern)
    retry.click()
    expect(page.locator(".found a").first).to_be_visible()
    expect(retry).not_to_be_visible()
    page.locator(INPUT).fill("来源")
    expect(page.locator(".found mark").first).to_have_text("来源")


def test_a_page_of_results_that_cannot_be_fetched_is_said_as_such(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    page.route("**/search/zh/pages/**", lambda route: route.abort())
    ask(page, WORD)
    expect(page.locator(".found__meta")).to_contain_text("没有取到")
    page.unroute("**/search/zh/pages/**")
    page.locator(".found__retry").click()
    expect(page.locator(".found a").first).to_be_visible()


def test_a_large_part_of_the_index_is_not_read_where_a_small_one_tells_of_the_same_words(
    desktop: BrowserContext, served: Served
) -> None:
    query, small = "柳荫街牌匾更换", "牌匾"

    def sized(route: Route) -> None:
        answer = route.fetch()
        index = answer.json()
        sizes = ["9"] * index["buckets"]
        sizes[bucket(small, index["buckets"])] = "1"
        route.fulfill(response=answer, json={**index, "sizes": "".join(sizes)})

    page = start(desktop, served)
    ask(page, query)
    expect(page.locator(".found a").first).to_be_visible()
    said = page.locator(".found__meta").inner_text()
    page = start(desktop, served)
    page.route("**/search/zh/index.json", sized)
    asked = read(page)
    ask(page, query)
    expect(page.locator(".found__meta")).to_have_text(said)
    expect(page.locator(".found mark").first).to_have_text(query)
    assert len([file for file in asked if "/keys/" in file]) == 1


def test_an_index_that_another_program_reads_asks_for_a_reload(
    desktop: BrowserContext, served: Served
) -> None:
    def newer(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "format": 999})

    page = start(desktop, served)
    page.route("**/search/zh/index.json", newer)
    ask(page, WORD)
    expect(page.locator(".found__meta")).to_contain_text("请刷新")
    expect(page.locator(".found a")).to_have_count(0)
    expect(page.locator(".found__retry")).not_to_be_visible()


def composing(page: Page, text: str) -> CDPSession:
    """An input method's session in which this is composed, and nothing entered yet."""
    wire = page.context.new_cdp_session(page)
    wire.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )
    return wire


def test_what_an_input_method_is_composing_is_left_to_it(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served)
    ask(page, "来源")
    expect(page.locator(".found a").first).to_be_visible()
    address, shown = page.url, page.locator(".found__title").all_inner_texts()
    page.locator(INPUT).evaluate("input => input.setSelectionRange(0, input.value.length)")
    asked = read(page)
    wire = composing(page, "dang'jian")
    page.wait_for_timeout(600)
    assert asked == []
    for key in ("ArrowDown", "Enter", "Escape", "ArrowUp", "/"):
        left = page.locator(INPUT).evaluate(
            """(input, key) => input.dispatchEvent(new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true, cancelable: true}))""",
            key,
        )
        assert left, key
    page.locator("form[name=find]").evaluate("form => form.requestSubmit()")
    page.wait_for_timeout(300)
    expect(page.locator(INPUT)).to_be_focused()
    assert page.url == address
    assert page.locator(".found__title").all_inner_texts() == shown
    wire.send("Input.insertText", {"text": WORD})
    expect(page.locator(".found mark").first).to_have_text(WORD)
    expect(page.locator(INPUT)).to_have_value(WORD)


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    page.keyboard.press("/")
    page.wait_for_load_state("networkidle")
    waiting: list[Route] = []
    late = True
    page.route("**/search/zh/keys/**", lambda route: waiting.append(route) if late else route.continue_())
    page.keyboard.type("龘龘龘")
    page.wait_for_timeout(500)
    assert waiting
    late = False
    page.locator(INPUT).fill("来源")
    for route in waiting:
        page.wait_for_timeout(300)
        route.continue_()
    expect(page.locator(".found mark").first).to_have_text("来源")
    page.wait_for_timeout(300)
    expect(page.locator(".found mark").first).to_have_text("来源")


def test_the_switch_of_the_slash_key_shows_where_there_are_keys(browser: Browser, served: Served) -> None:
    for touch in (True, False):
        context = browser.new_context(viewport=PHONE if touch else DESKTOP, has_touch=touch, is_mobile=touch)
        page = start(context, served)
        page.locator(".search-switch").click() if touch else page.keyboard.press("/")
        expect(page.locator("select[name=section]")).to_be_visible()
        expect(page.locator(INPUT.replace("words", "key"))).to_be_visible(visible=not touch)
        context.close()


def test_the_tab_key_goes_through_the_box_in_order_and_out_of_it(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    ask(page, "来源")
    expect(page.locator(".found > li")).to_have_count(6)
    stops = []
    for _ in range(13):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.name || document.activeElement.classList[0]"))
    assert stops == [
        "md-search__close", "section", "year", "key", *["found__link"] * 6, "found__more", *stops[-2:],
    ]  # fmt: skip
    expect(page.locator(".found a").first).not_to_be_visible()


def test_a_search_is_narrowed_down_by_section_and_year_together(
    desktop: BrowserContext, served: Served
) -> None:
    page = start(desktop, served)
    ask(page, "来源")
    counted = re.compile(r"\d+")

    def count() -> int:
        expect(page.locator(".found__meta")).to_have_text(counted)
        return int(counted.findall(page.locator(".found__meta").inner_text())[0])

    every = count()
    seen = 0
    for option in page.locator("select[name=section] option").all()[1:]:
        page.select_option("select[name=section]", option.get_attribute("value"))
        page.wait_for_timeout(400)
        seen += count() if "没有找到" not in page.locator(".found__meta").inner_text() else 0
    assert seen == every
    page.select_option("select[name=section]", "")
    year = page.locator("select[name=year] option").nth(1).get_attribute("value")
    page.select_option("select[name=year]", year)
    page.wait_for_timeout(400)
    assert 0 < count() < every


@pytest.mark.parametrize(("url", "query"), [("no/such/page/", WORD), ("en/no/such/page/", "Party")])
def test_a_page_that_does_not_exist_has_the_search_of_its_language(
    desktop: BrowserContext, served: Served, url: str, query: str
) -> None:
    page = start(desktop, served, url)
    ask(page, query)
    found = page.locator(".found a")
    expect(found.first.locator("mark").first).to_have_text(query, ignore_case=True)
    assert all(("/en/" in link.get_attribute("href")) == url.startswith("en/") for link in found.all())
    found.first.click()
    page.wait_for_load_state()
    expect(page.locator("h1")).to_be_visible()


PROGRAMS = (
    "constructor",
    "__proto__",
    "toString",
    "title:",
    "foo*",
    "(",
    "[a-",
    "\\",
    ".*",
    "%E5%85",
    "<b>",
    "a:b~c^d",
)


def test_what_means_something_to_a_program_is_text(desktop: BrowserContext, served: Served) -> None:
    page = start(desktop, served, "en/")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.keyboard.press("/")
    for query in PROGRAMS:
        page.locator(INPUT).fill(query)
        page.wait_for_timeout(400)
        expect(page.locator(".found__retry")).not_to_be_visible()
        assert not faults, query
