"""Every right form is right: what a message shows, pasted where the message points, leaves nothing to say there."""

from __future__ import annotations

import re
import socket
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate, chain
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.exceptions import PluginError

from gazette.base.cache_folder import FOLDER
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.messages import messages
from gazette.base.strict_yaml import parse, place_of
from gazette.build.content_check import check_content
from gazette.build.preview import need_free
from gazette.checks import inspection
from gazette.content.examples import in_own_names
from gazette.outputs.link_check import follow
from gazette.records import DATA_FOLDERS
from gazette.records.validation import validate
from tests.conftest import Project
from tests.expectations import EXPECT, TESTS, Case, cases, name, pasted
from tests.zones import ZONES, Zone, adopt_again


class Mark(NamedTuple):
    """A marked text: the file that has it, where it begins and ends there."""

    file: Path
    start: int
    end: int


Edits = Mapping[str, "str | bytes | tuple[str, ...] | None"]
"""A mistake in the full zone, by file: its whole text, texts of it each followed by what stands in its place, or None where
it is away.

The right form takes the place of the last text in ⟦…⟧; what else is in such brackets goes, and the message points into
the first.
"""

ABOUT = "docs/zh/about.md"
LINE, TERM, LOOM, INTEGRATION = (
    f"data/{name}.yml"
    for name in ("services/bell-line", "glossary/bell-line", "startup_records/loom", "mechanisms/integration")
)
VISITED = "data/indicators/firms-visited.yml"
LOCK, IDS = "data/figures.lock.yml", "data/ids.lock.yml"
DAY = date(2032, 1, 1)
HOME = b"---\ntitle: Home\nsummary: Home.\n---\n"
VISITED_CALL = '{{ figure("indicators/firms-visited") }}'
CALL = '{{ figure("indicators/alliances") }}'
IDENTITY = (ZONES / "full/identity.yml").read_text(encoding="utf-8")
NAV = IDENTITY[IDENTITY.index("nav:") :]
PICTURE = (ZONES / "full/data/photos/lane-after.jpg").read_bytes()
PHOTO = "{file: %s, alt: {zh: 甲, en: A}, caption: {zh: 甲, en: A}, credit: {zh: 甲, en: A}, licence: {zh: 甲, en: A}}"
EVIDENCE = "evidence: [{source: zone-report, at: 摇铃专线}]\n"
TEA = f"title: {{zh: 茶, en: Tea}}\nsummary: {{zh: 茶。, en: Tea.}}\nkind: term\nenglish: working\n{EVIDENCE}"
CORRECTED = "was: {value: 299, unit: firm}\nnow: {value: 280, unit: firm}\nwhy: {zh: 错了, en: Wrong}\n"
STATED = "date: {date: 2031-08-09, basis: stated}\n"


def page(zh: str, en: str = "Text.", path: str = "about", more: str = "") -> Edits:
    """A page with these texts, and with more in its front matter."""
    head = "---\ntitle: {0}\nsummary: {0}\n{1}---\n\n{2}\n"
    return {
        f"docs/zh/{path}.md": head.format("关于", more, zh),
        f"docs/en/{path}.md": head.format("About", "", en),
    }


def call(zh: str, en: str = CALL) -> Edits:
    """The page "about" with what is no call, in Chinese, and the right call in English."""
    return page(f"甲\n\n共⟦{zh}⟧个", en)


def article(zh: str, en: str, day: str = "2031-03-01", more: str = "") -> Edits:
    """A new article."""
    return page(zh, en, "news/new", f"date: {{date: {day}, basis: stated}}\n{EVIDENCE}{more}")


def both(text: str) -> Edits:
    """The page "about" with the same text in both languages."""
    return page(text, text)


def added(more: str) -> Edits:
    """A term with more lines."""
    return {TERM: ("title:", f"{more}\ntitle:")}


def observed(*values: tuple[str, str]) -> Edits:
    """The indicator of firms visited with these values, the newest first, each with its date; no article cites it."""
    made = [
        f"figure: {{value: {value}, unit: firm, source: zone-report, at: {value}家}}\n"
        f"as_of: {{date: {day}, basis: stated}}\n"
        for value, day in values
    ]
    before = "".join("  - " + one.replace("\n", "\n    ").rstrip(" ") for one in made[1:])
    return {
        VISITED: "title: {zh: 走访的企业, en: Firms visited}\nsummary: {zh: 走访。, en: Visits.}\n"
        f"group: alliances\nperiod: to_date\n{made[0]}observations:\n{before}",
        "docs/zh/news/firms-visited.md": None,
        "docs/en/news/firms-visited.md": None,
    }


CASES: Mapping[str, Edits] = {
    # Text and YAML.
    "number-too-large": added("⟦order: 10000⟧"),
    "number-too-small": added("⟦order: -10000⟧"),
    "comment-beside-value": added("not_stated:\n  - zh: 甲\n⟦    en: A # 1⟧"),
    "comment-in-block": added("not_stated:\n⟦  - zh: |\n      甲\n      # 乙⟧\n    en: A"),
    "text-needs-quotes": added("not_stated:\n⟦  - zh: 称赞: 方便⟧\n    en: Praise"),
    "tab-indent": added("never:\n⟦\tzh: [铃线]⟧"),
    "yaml-alias": added("not_stated:\n  - zh: ⟦*A 乙⟧\n    en: A"),
    "yaml-anchor": added("not_stated:\n  - zh: ⟦&A 乙⟧\n    en: A"),
    "yaml-tag": added("not_stated:\n  - zh: ⟦!A 乙⟧\n    en: A"),
    "yaml-merge-key": added("not_stated:\n  - zh: ⟦<<⟧\n    en: A"),
    "yaml-block-number": added("not_stated:\n  - zh: ⟦>1⟧\n      亿\n    en: A"),
    "item-in-text": added("related:\n  - services/bell-line\n⟦    - alliances/tea⟧"),
    "full-width-mark": {"data/units/tea.yml": "⟦zh：杯\nen：\n  one：cup\n  other：cups⟧\n"},
    # The files of a project.
    "not-a-data-file": {"data/glossary/tea.yaml": TEA},
    "not-a-photo-file": {
        "data/photos/标志.jpg": PICTURE,
        **article("甲", "A", more=f"photos: [{PHOTO % 'sign-renewal.jpg'}]\n"),
    },
    "not-a-page-file": {"docs/zh/tea.txt": page("甲")[ABOUT]},
    "file-not-an-id": {"data/glossary/茶.yml": TEA},
    "no-home": {"docs/zh/index.md": None, "docs/en/index.md": None},
    "not-an-address": {"docs/zh/Our Work.md": HOME},
    "odd-file-name": {"docs/zh/news/a#1.pdf": b"%PDF-1.7\n%%EOF\n"},
    "photo-wrong-ending": {"docs/zh/news/a.png": PICTURE},
    "not-an-asset": {"docs/assets/shops.txt": "x"},
    "not-a-root-file": {"docs/root/proof.js": "x"},
    "misplaced": {"docs/seal.jpg": PICTURE},
    "front-matter": {ABOUT: "⟦⟧\n正文。\n", "docs/en/about.md": page("", "")["docs/en/about.md"]},
    # Records held against each other and against what was published.
    "no-such-figure": {"docs/zh/index.md": ("services/bell-line.reach", "⟦services/bell-line.raech⟧")},
    "anchor-says-other-hours": {LINE: ("at: 上午8:00至9:00", "⟦at: 上午8:00至10:00⟧")},
    "no-such-answer": {
        "docs/zh/index.md": (
            "figures:",
            "questions:\n  - ask: 几点？\n    answer: [⟦services/bell-line.hours⟧]\nfigures:",
        ),
        "docs/en/index.md": ("title:", "questions:\n  - When?\ntitle:"),
    },
    "questions-unequal": {
        "docs/zh/index.md": (
            "figures:",
            "questions:\n  - ask: 几点？\n    answer: [services/bell-line]\nfigures:",
        ),
        "docs/en/index.md": ("title:", "⟦questions: []⟧\ntitle:"),
    },
    "no-evidence": {TERM: ("title:", "⟦⟧\ntitle:", EVIDENCE, "")},
    "no-such-unit": {VISITED: ("unit: firm", "⟦unit: lamppost⟧", "近300家", "近300")},
    "unknown-collection": {INTEGRATION: ("each_of: alliances", "⟦each_of: aliances⟧")},
    "cited-otherwise": {
        **observed(("310", "2031-06"), ("299", "2030"), ("200", "2029")),
        **article(f"⟦{VISITED_CALL}⟧", f"⟦{VISITED_CALL}⟧", "2030-03-01"),
        LOCK: "indicators/firms-visited.figure@2029: 200 firm exact\n",
        IDS: "ids:\n  - news/new\n",
    },
    "cited-before": {
        **observed(("310", "2031"), ("299", "2030")),
        **article(f"⟦{VISITED_CALL}⟧", f"⟦{VISITED_CALL}⟧", "2029-03-01"),
    },
    "no-such-observation": {
        **observed(("310", "2031"), ("299", "2030")),
        **both('⟦{{ figure("indicators/firms-visited", as_of="2020") }}⟧'),
    },
    "silent-change": {LOCK: "services/bell-line.reach: 188 shop exact\n"},
    "changed-figure": {LOCK: "indicators/firms-visited.figure: 200 firm nearly\n"},
    "correction-of-which": {
        **observed(("310", "2031"), ("280", "2030")),
        "data/corrections/visited.yml": f"⟦figure: indicators/firms-visited⟧\n{CORRECTED}{STATED}",
    },
    "lost-id": {IDS: "ids:\n  - services/bell\n"},
    # Records.
    "not-true-or-false": article("甲", "A", more="⟦draft: maybe⟧\n"),
    "photo-file-name": {
        "data/photos/sign-renewal.jpg": PICTURE,
        **article("甲", "A", more=f"photos: [{PHOTO.replace('file: %s', '⟦file: 照片.jpg⟧')}]\n"),
    },
    "correction-day": {
        "data/corrections/firms-covered.yml": (STATED, "⟦date: {date: 2031-08, basis: stated}⟧\n")
    },
    "retirement-day": {
        "data/retired/leaf.yml": (
            "date: {date: 2031-01-02, basis: stated}",
            "⟦date: {date: 2031-01, basis: stated}⟧",
        )
    },
    "retirement-unexplained": {"data/retired/cha.yml": f"⟦⟧was: alliances/cha\n{STATED}"},
    "not-a-page-name": {"data/retired/leaf.yml": ("now: alliances/tea", "now: ⟦茶 叶⟧")},
    # Texts.
    "broken-link": page("见⟦[甲](model.mdd)⟧。", "See [A](model.md)."),
    "broken-html-link": page('见⟦<a href="model.mdd">甲</a>⟧。'),
    "wrong-name": {
        **added("never: {zh: [响铃专线], en: []}"),
        **page("⟦响铃专线⟧开通。", "The Bell Line opens."),
    },
    "one-sided-name": page("⟦专线⟧开通。", "The Bell Line opens."),
    "stray-number": page("联盟覆盖⟦147家⟧。", 'It has {{ figure("indicators/firms-covered") }}.'),
    "stray-number-of-several": {
        "data/indicators/more.yml": "title: {zh: 另一项, en: Another}\nsummary: {zh: 甲。, en: A.}\ngroup: alliances\nperiod: to_date\n"
        "figure: {value: 147, unit: firm, source: zone-report, at: 147家}\nas_of: {date: 2031, basis: stated}\n",
        **page("联盟覆盖⟦147家⟧。", 'It has {{ figure("indicators/firms-covered") }}.'),
    },
    "stray-number-of-no-record": page("有⟦999家⟧。", "Text."),
    "stray-number-in-field": {
        LINE: ("以铃声", "以⟦147家⟧铃声", "related: [glossary/bell-line]", "⟦related: [glossary/bell-line]⟧")
    },
    "call-in-field": {
        TERM: ("以铃声", '\'以⟦{{ plain("1") }}⟧铃声', "收运专线。", "收运专线。'", EVIDENCE, f"{EVIDENCE}⟦⟧")
    },
    "one-sided-call": page(CALL, "⟦⟧\nText."),
    # Photographs.
    "no-photo-file": article(
        "甲", "A", more=f"photos: [{PHOTO.replace('file: %s', '⟦file: lane-aftr.jpg⟧')}]\n"
    ),
    "unused-photo": {"data/photos/new.jpg": PICTURE, **article("甲", "A", more="⟦⟧\n")},
    "photo-not-listed": article(
        '⟦{{ photo("new.jpg") }}⟧', '⟦{{ photo("new.jpg") }}⟧', more=f"photos: [{PHOTO % 'lane-after.jpg'}]\n"
    ),
    # Columns.
    "empty-column": {"data/honours/best-park.yml": None, **page("甲", "A", "honours/index")},
    "undated": {LOOM: ("title:", "⟦⟧\ntitle:", "date: {date: 2031-05-06, basis: stated}\n", "")},
    "inferred-date": {
        LOOM: ("date: {date: 2031-05-06, basis: stated}", "⟦date: {date: 2031-05-06, basis: inferred}⟧")
    },
    # Calls.
    "template-error": {"overrides/records/honours/single.md": "⟦{{ 1 / 0 }}⟧\n"},
    "wrong-collection": both('⟦{{ chart("progression", "services/bell-line") }}⟧'),
    "not-a-value": both('⟦{{ get("services/bell-line") }}⟧'),
    "figure-form": both('⟦{{ figure("indicators/alliances", "clock") }}⟧'),
    "no-such-chart": both('⟦{{ chart("daay", "services/bell-line") }}⟧'),
    "chart-of-nothing": both('⟦{{ chart("day") }}⟧'),
    "chart-of-several": both('⟦{{ chart("day", "services/bell-line", "services/bell-line") }}⟧'),
    "trend-of-no-number": both('⟦{{ chart("trend", "indicators/sorting") }}⟧'),
    "sum-without-parts": both('⟦{{ chart("parts", "sums/alliances") }}⟧'),
    "not-for-pages": call("{{ alliances }}"),
    "no-such-call": call("{{ count(alliances) }}"),
    "call-within-line": page(
        '⟦甲{{ chart("day", "services/bell-line") }}⟧', '{{ chart("day", "services/bell-line") }}'
    ),
    "call-arguments": call("{{ figure() }}"),
    "call-punctuation": call("{{ figure(“indicators/alliances”) }}"),
    "call-braces": call('{ figure("indicators/alliances") }'),
    "call-unclosed": call('{{ figure("indicators/alliances") '),
    "call-form": call('{{ figure "indicators/alliances" }}'),
    "comment-form": call("{#给编辑看的#}", "Text."),
    "plain-without-words": call('{{ plain(" ") }}', "Text."),
    # Markdown and HTML.
    "markup-tag": page("⟦<script>甲</script>⟧"),
    "markup-attribute": page('⟦## 甲 {: onclick="x" }⟧', "## A"),
    "markup-class": page("⟦## 甲 {: .note }⟧", "## A"),
    "markup-id": page("⟦## 甲 {: #__config }⟧", "## A"),
    "markup-id-form": page("⟦## 甲 {: id='a b' }⟧", "## A"),
    "markup-id-twice": page("## 乙 {: #a }\n\n⟦## 甲 {: #a }⟧", "## B\n\n## A"),
    "markup-link": page('⟦<a href="javascript:alert(1)">甲</a>⟧'),
    "markup-image": page("⟦![甲](https://example.org/a.png)⟧"),
    "markup-address": page("⟦[甲](//example.com)⟧"),
    "misleading-link": page("⟦[www.gov.cn](https://example.com)⟧"),
    "markup-comment": page("甲⟦<!-- 乙 -->⟧"),
    "markup-call": page('⟦<b class="{{ plain("甲") }}">乙</b>⟧'),
    "markup-unclosed": page("⟦<b>甲⟧\n\n乙"),
    "markup-broken": page("⟦</br></br>&lt⟧"),
    "markdown-in-html": page("<details><summary>⟦见[乙](index.md)⟧</summary>甲</details>"),
    "undefined-note": page("⟦甲[^1]⟧"),
    "two-readings": page("- 甲\n⟦  - 乙⟧\n- 丙"),
    "second-title": page("⟦# 甲⟧", "## A"),
    "underlined-heading": page("⟦甲\n---⟧", "## A"),
    "list-from-a-year": page("⟦2021. 年度⟧"),
    "unused-definition": page("⟦[注]: 说明⟧"),
    "cells-cut": page("| 甲 |\n| --- |\n⟦| 乙|丙 |⟧"),
    "run-on-item": page("⟦1、甲\n2、乙⟧"),
    "unread-mark": page("⟦＃＃ 甲⟧", "## A"),
    "mark-of-others": page("⟦~~甲~~⟧"),
    "place-not-on-page": page("## 甲 {#jia}\n\n⟦[乙](#jiaa)⟧", "## A {#jia}\n\n[B](#jia)"),
    # The identity of a site.
    "section-name": {
        "mkdocs.yml": (
            "sections: {home: 首页, party: 党建工作, business: 助企服务, streets: 街区更新, news: 动态, reference: 数据与资料}",
            "⟦sections: {home: 首页, news: 动态}⟧",
        )
    },
    "lost-page": {"mkdocs.yml": ("  - about.md", "  - ⟦abuot.md⟧")},
    "no-nav": {"mkdocs.yml": ("# A zone", "⟦⟧\n# A zone", NAV, "")},
    "filings-not-fields": {"mkdocs.yml": ("extra:\n", "extra:\n  ⟦filings: none⟧\n")},
    "report-address": {"mkdocs.yml": ("extra:\n", "extra:\n  report_errors: ⟦desk@record.example⟧\n")},
    "public-contacts-not-a-list": {"mkdocs.yml": ("extra:\n", "extra:\n  ⟦public_contacts: none⟧\n")},
    "not-a-contact": {
        "mkdocs.yml": ("extra:\n", "extra:\n  public_contacts: [{contact: ⟦12345⟧, reason: 热线}]\n")
    },
    "site-id-code": {"mkdocs.yml": ("extra:\n", "extra:\n  filings: {site_id_code: ⟦1⟧}\n")},
    "icp-filing": {"mkdocs.yml": ("extra:\n", "extra:\n  filings: {icp: ⟦1⟧}\n")},
    "public-security-filing": {"mkdocs.yml": ("extra:\n", "extra:\n  filings: {public_security: ⟦1⟧}\n")},
    "not-a-colour": {"mkdocs.yml": ("extra:\n", "extra:\n  palette: {light: {accent: ⟦red⟧}}\n")},
    "palette-not-fields": {"mkdocs.yml": ("extra:\n", "extra:\n  ⟦palette: red⟧\n")},
    "contrast": {"mkdocs.yml": ("extra:\n", 'extra:\n  palette: {light: {⟦accent: "#e08070"⟧}}\n')},
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which each test has its zone, one after the other, beside what a build of it has kept."""
    folder = tmp_path_factory.mktemp("place")
    zone = laid_out(folder)
    assert zone.build().status == 0
    return folder


def laid_out(place: Path) -> Zone:
    """The full zone without its draft, with which all pages would be looked at twice."""
    zone = adopt_again(place, "full", FOLDER)
    for draft in zone.root.glob("docs/*/news/unfinished.md"):
        draft.unlink()
    return zone


@pytest.mark.parametrize("code", CASES)
def test_the_right_form_of_a_message_passes_when_it_is_pasted_at_its_place(code: str, place: Path) -> None:
    root = laid_out(place).root
    marks = [mark for path, edit in CASES[code].items() for mark in written(root / path, edit)]
    found = [each for each in chain(*told(root)) if each.code == code]
    settled = set()
    for file in dict.fromkeys(mark.file for mark in marks) or [root]:
        message = next((each for each in found if root / each.at.path == file), found[0])
        paste(root, message, [mark for mark in marks if mark.file == file])
        settled.add(message.at.path)
    refused, waiting = told(root)
    assert [str(each) for each in refused] == []
    assert [str(each) for each in waiting if each.code == code and each.at.path in settled] == []


SINCE = ("lost-correction", "lost-archive", "lost-evidence")
"""The messages that only a commit to compare with brings; tests/unit/test_base_locks.py pastes their right forms."""

TITLE = "title: 关于\n"


@pytest.mark.parametrize("typed", ["⟦⟧", "⟦title: ~⟧\n", "⟦title: {zh: 甲, en: A}⟧\n", "⟦title: ''⟧\n"])
def test_a_word_of_a_page_is_named_as_its_file_has_it(typed: str, place: Path) -> None:
    root = laid_out(place).root
    edits = page("甲")
    marks = written(root / ABOUT, str(edits.pop(ABOUT)).replace(TITLE, typed))
    for path, edit in edits.items():
        written(root / path, edit)
    [message] = told(root)[0]
    paste(root, message, marks)
    assert [str(each) for each in told(root)[0]] == []


DEAD = {"dead-link": "alliances/tee/", "dead-anchor": "alliances/tea/#fact"}


@pytest.mark.parametrize("address", ["", "https://record.example/zone/"])
@pytest.mark.parametrize("code", DEAD)
def test_the_right_form_of_a_dead_link_leads_somewhere(project: Project, code: str, address: str) -> None:
    tea = {"alliances/tea/index.html": '<p id="facts">'}
    [found] = follow(project({**tea, "index.html": f'<a href="{DEAD[code]}">'}), address).dead
    assert found.code == code
    assert not follow(project({"index.html": f'<a href="{found.example}">'}), address).dead


def test_the_address_that_a_preview_is_told_to_take_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(PluginError) as refused:
        need_free(taken.getsockname())
    _, other = str(refused.value).rsplit("mkdocs serve --dev-addr ", 1)
    need_free(("127.0.0.1", int(other.removeprefix("127.0.0.1:"))))


def of_record(case: Case, text: str) -> list[Diagnostic]:
    """What is said of a record's text."""
    document, problems = parse(text, "a.yml")
    kind = DATA_FOLDERS[case.name.partition("--")[0]]
    return [*problems, *validate(kind, document.data, "a", document.position)[1]]


@pytest.mark.parametrize("case", cases("records"), ids=name)
def test_the_right_form_of_a_refused_field_passes_when_it_is_pasted_at_its_place(case: Case) -> None:
    told = of_record(case, case.text)
    for found in filter(lambda found: found.example, told):
        left = of_record(case, pasted(case.text, found))
        assert len(left) == len(told) - 1, (pasted(case.text, found), [str(message) for message in left])


def test_every_message_that_has_a_right_form_has_a_case() -> None:
    files = [*(TESTS / "cases/records").iterdir(), *(TESTS / "cases/mistakes").iterdir()]
    of_files = {code for file in files for code, _, _ in EXPECT.findall(file.read_bytes().decode())}
    have = {code for code, message in messages().items() if message.example}
    assert have - {*CASES, *SINCE, *DEAD, *of_files, "address-in-use"} == set()
    assert CASES.keys() - have == set()


def told(root: Path) -> tuple[Sequence[Diagnostic], Sequence[Diagnostic]]:
    """The mistakes of a project; where it has none, what no build is stopped for."""
    try:
        made = check_content(root)
    except ContentError as error:
        return error.diagnostics, ()
    columns = (*inspection.empty_columns(made.content), *inspection.warnings(made.content, DAY))
    return (), in_own_names((*made.pending, *columns), made.content)


def written(file: Path, edit: str | bytes | tuple[str, ...] | None) -> list[Mark]:
    """Change a file; the texts that are marked in it."""
    if edit is None:
        file.unlink()
        return []
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(edit, bytes):
        file.write_bytes(edit)
        return []
    text = edit if isinstance(edit, str) else file.read_text(encoding="utf-8")
    for old, new in zip(edit[::2], edit[1::2], strict=True) if isinstance(edit, tuple) else ():
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        text = text.replace(old, new)
    parts = re.split("[⟦⟧]", text)
    ends = [*accumulate(map(len, parts))]
    file.write_text("".join(parts), encoding="utf-8", newline="\n")
    return [Mark(file, *ends[number : number + 2]) for number in range(0, len(parts) - 1, 2)]


def paste(root: Path, message: Diagnostic, marks: Sequence[Mark]) -> None:
    """Do what a right form shows: fill the files that it names, give a file its name, or write what is marked otherwise."""
    form, at = message.example, root / message.at.path
    assert form
    if headed := re.split(r"^# ((?:data|docs)/.+)\n", form, flags=re.MULTILINE)[1:]:
        for path, text in zip(headed[::2], headed[1::2], strict=True):
            fill(root / path.replace("<编号 id>", "one"), text)
    elif all(re.fullmatch(r"(?:data|docs)/\S+", line) for line in form.splitlines()):
        moved = at.read_bytes() if at.exists() else HOME
        at.unlink(missing_ok=True)
        for path in form.splitlines():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(moved)
    else:
        text = marks[0].file.read_text(encoding="utf-8")
        if marks[0].file == at:
            first, last = (place_of(offset, text, message.at.path, 1) for offset in marks[0][1:])
            assert first.line <= message.at.line <= last.line
            assert message.at.column <= max(first.column, last.column)
        for mark in reversed(marks):
            new = "" if mark != marks[-1] else form if mark.end > mark.start else f"{form}\n"
            text = text[: mark.start] + new + text[mark.end :]
        marks[0].file.write_text(text, encoding="utf-8", newline="\n")


def fill(file: Path, text: str) -> None:
    """Write a new file, or more front matter into a page."""
    if file.suffix == ".md":
        text = file.read_text(encoding="utf-8").replace("---\n", f"---\n{text.rstrip()}\n", 1)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
