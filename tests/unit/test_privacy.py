"""Personal data: what is recognised, what is shown of it, and what a site means to publish."""

from __future__ import annotations

import pytest

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.personal_data import masked, personal_data
from gazette.checks import check
from gazette.content import public_contacts
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import ROOT, assert_in_both_languages

NUMBERS = [
    ("居民 370112199001011234。", "resident-id", "370112199001011234"),
    ("11010519491231002x", "resident-id", "11010519491231002X"),
    ("370112850101123", "resident-id", "370112850101123"),
    ("138-1234-5678", "mobile-number", "13812345678"),
    ("+86 138 1234 5678", "mobile-number", "13812345678"),
    ("微信wx13812345678", "mobile-number", "13812345678"),
    ("13812345678户主万先生", "mobile-number", "13812345678"),
    ("手机13812345678万先生", "mobile-number", "13812345678"),
    ("138**1234**5678", "mobile-number", "13812345678"),
    (r"\u0031\u0033812345678", "mobile-number", "13812345678"),
    ("13812345678,13912345678", "mobile-number", "13812345678"),
    ("（0531）8888 8888", "telephone-number", "53188888888"),
    ("电话：88881234", "telephone-number", "88881234"),
    ("+44 20 7946 0958", "telephone-number", "442079460958"),
    ("6222 0212 3456 7890 128", "bank-card", "6222021234567890128"),
    ("E12345678", "passport-number", "E12345678"),
    ("通行证号 C12345678", "passport-number", "C12345678"),
    ("zhang＠qq．com", "email-address", "zhang@qq.com"),
    ('<a href="mailto:Zhang@example.cn">', "email-address", "zhang@example.cn"),
    ("zhang@163.com.png", "email-address", "zhang@163.com"),
    ("一三八 一二三四 五六七八", "mobile-number", "13812345678"),
    ("手机：①③⑧①②③④⑤⑥⑦⑧", "mobile-number", "13812345678"),
    ("l38O2345678", "mobile-number", "13802345678"),
    ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "mobile-number", "13812345678"),
    ("138.1234.5678", "mobile-number", "13812345678"),
    ("138{# 甲 #}12345678", "mobile-number", "13812345678"),
    ('"138\\\n    12345678"', "mobile-number", "13812345678"),
    ("[打](tel:%31%33812345678)", "mobile-number", "13812345678"),
    ("&#49&#0000051&#x0038;12345678", "mobile-number", "13812345678"),
    ("&#48;&#53;&#51;&#49;-88881234", "telephone-number", "53188881234"),
    ("叁柒〇壹壹贰壹玖玖〇〇壹〇壹壹贰叁肆", "resident-id", "370112199001011234"),
    ("| 370112 | 19900101 | 1234 |", "resident-id", "370112199001011234"),
    ("370112\n- 19900101\n- 1234", "resident-id", "370112199001011234"),
    ("zhang [at] example [dot] cn", "email-address", "zhang@example.cn"),
    ("zhang at qq dot com", "email-address", "zhang@qq.com"),
    ("zhang@qq。com", "email-address", "zhang@qq.com"),
    ("鲁A·12345", "licence-plate", "鲁A12345"),
    ("鲁AD12345", "licence-plate", "鲁AD12345"),
]
NONE = [
    "12345-12345",
    "+86 400 820 8820",
    "电话费 4500000元",
    "0531",
    "统一书号 978-7-111-12345-6",
    "18000000000 人民币",
    "人民币13812345678",
    "15800000000户，18000000000 万元",
    "150 2021-06-01",
    "1949-1978 132",
    "translated: 053188888888",
    "git@github.com:example/record.git",
    "logo@2x.png",
    "沪A50ETF",
    "二〇二一年六月一日，一九四九年至二〇二一年",
    "①2021年②2022年③2023年；一二三四五六七八九十",
    "1 3 5 7 9 11 13 15 17 19 21",
    "| 138 | 1234 | 5678 |",
    "138/2021/2022",
    "济办发〔2021〕15号，第12345期，CN37-0001，GB 11643-1999",
    "117.12012345,36.65123456",
    "look at the dot com boom",
    "IOIOIOIOIOI，增长50%20个",
]
SETTINGS = "site_name: 样例\nextra:\n  public_contacts:\n    - {contact: %s, reason: 对外公布的值班电话}\n"
CONTACTS = ("0531-88880000", "desk@record.example", "13812345678")


@pytest.mark.parametrize(("text", "kind", "number"), NUMBERS)
def test_personal_data_is_recognised_as_what_it_is(text: str, kind: str, number: str) -> None:
    first = next(personal_data(text))
    assert (first.kind, first.number) == (kind, number)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_personal_data_is_left_alone(text: str) -> None:
    assert [*personal_data(text)] == []
    assert masked(text) == text


def test_of_personal_data_a_part_is_shown() -> None:
    said = "手机 13812345678、邮箱 zhang@qq.com、车 鲁A·12345"
    assert masked(said) == "手机 138******78、邮箱 z****@**.*om、车 鲁A·***45"


def test_what_is_told_never_has_a_number_whole() -> None:
    found = Diagnostic(
        Position("data/photos/a-13812345678.jpg"), "personal-data", {"kind": "", "masked": "13812345678"}
    )
    assert "13812345678" not in str(found)
    assert_in_both_languages(found)


@pytest.mark.parametrize("contact", CONTACTS)
def test_a_contact_that_the_site_names_is_published(small: Project, contact: str) -> None:
    page = {
        "docs/zh/about.md": f"---\ntitle: 关于\nsummary: 关于。\n---\n\n请联系{contact}，不要找 wang@qq.com。\n"
    }
    settings = (ROOT / "tests/zones/small/mkdocs.yml").read_text(encoding="utf-8")
    named = settings.replace(
        "extra:\n", f"extra:\n  public_contacts: [{{contact: {contact}, reason: 值班}}]\n"
    )
    assert named != settings
    told = []
    for text in (settings, named):
        content, _ = load(small({**page, "mkdocs.yml": text}))
        found = [one for one in check(content, content.root / "kept") if one.code == "personal-data"]
        told.append([one.at.column for one in found])
    assert told == [[4, 9 + len(contact)], [9 + len(contact)]]


def test_a_contact_that_the_site_names_no_more_is_told(small: Project) -> None:
    settings = (ROOT / "tests/zones/small/mkdocs.yml").read_text(encoding="utf-8")
    named = settings.replace(
        "extra:\n", "extra:\n  public_contacts: [{contact: 13812345678, reason: 值班}]\n"
    )
    page = "---\ntitle: 关于\nsummary: 关于。\n---\n\n请联系13812345678。\n"
    codes = []
    for text in (named, settings):
        content, _ = load(small({"docs/zh/about.md": page, "mkdocs.yml": text}))
        codes.append([one.code for one in check(content, content.root / "kept") if not one.pending])
        assert (content.root / "kept").exists()
    assert codes == [[], ["personal-data"]]


def test_a_number_without_its_area_is_the_same_contact() -> None:
    (found,) = personal_data("电话：88880000")
    assert public_contacts.is_public(found, {"53188880000"})
    assert not public_contacts.is_public(found, {"53188880001"})


@pytest.mark.parametrize("contact", ["12345", "联系我们", "13812345678、13912345678", '""'])
def test_a_contact_must_be_one_number_that_is_recognised(contact: str) -> None:
    found, (problem,) = public_contacts.read(SETTINGS % contact)
    assert found == ()
    assert problem.at.line == 4
    assert_in_both_languages(problem)


def test_a_contact_needs_its_reason() -> None:
    _, (problem,) = public_contacts.read("extra:\n  public_contacts: [{contact: desk@record.example}]\n")
    assert "reason" in problem.en
