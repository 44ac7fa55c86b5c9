"""What stands in a value: characters nobody sees, digits of other scripts, more of anything than a file may have."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.base.diagnostics import ContentError
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.content.proofs import EVIDENCE_LOCK
from gazette.site.model import load_checked
from tests.attacks.checking import Changes, changed, outcome_of
from tests.attacks.tally import Outcome, Tally, sampled
from tests.expectations import TESTS

SMALL = TESTS / "zones/small"
KILN, LINE, SHOPS, TERM = (
    f"data/{name}.yml"
    for name in ("startup_records/kiln", "services/music-line", "indicators/shops", "glossary/daily")
)
PAGE, ENGLISH, ARTICLE = "docs/zh/about.md", "docs/en/about.md", "docs/zh/news/line-opens.md"
SAMPLE = 40

HIDDEN = sorted(
    {*range(9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0), 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, *range(0x200B, 0x2010)}
    | {*range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x2800, 0x3164, 0xFEFF, *range(0xFDD0, 0xFDF0), *range(0xFFF0, 0xFFFC), 0xFFFD}
    | {plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)}
    | {0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0x1D173, *range(0xE0001, 0xE0080), 0xE01F0, 0xE0FFF}
)  # fmt: skip
"""Controls, marks of direction, tags, what has no width or no form that all see, what is no character."""
SHORT = {0: "0", 7: "a", 8: "b", 0xB: "v", 0xC: "f", 0x1B: "e", 0x85: "N", 0x2028: "L", 0x2029: "P"}


def text_of(path: str, old: str, new: str) -> str:
    """A file of the small zone with one text of it replaced."""
    text = (SMALL / path).read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


def spellings(code: int) -> Iterator[str]:
    """A character as it can be written in a text between double quotes, and as it is."""
    yield chr(code)
    if code in SHORT:
        yield f"\\{SHORT[code]}"
    if code < 0x100:
        yield f"\\x{code:02x}"
    if code < 0x10000:
        yield f"\\u{code:04X}"
    yield f"\\U{code:08x}"


PLACES: dict[str, Callable[[str], Changes]] = {
    "text": lambda s: {KILN: text_of(KILN, "zh: 窑炉项目", f'zh: "窑{s}炉项目"')},
    "text of two languages": lambda s: {KILN: text_of(KILN, "en: Kiln project", f'en: "Kiln {s}project"')},
    "key": lambda s: {KILN: text_of(KILN, "scope:", f'"sco{s}pe":')},
    "anchor": lambda s: {LINE: text_of(LINE, "at: 187户", f'at: "187{s}户"')},
    "id": lambda s: {LINE: text_of(LINE, "unit: shop", f'unit: "shop{s}"')},
    "number": lambda s: {LINE: text_of(LINE, "value: 187", f'value: "187{s}"')},
    "date": lambda s: {LINE: text_of(LINE, "date: 2021-06-01", f'date: "2021-06-01{s}"')},
    "caption": lambda s: {
        KILN: text_of(
            KILN, "title:", f'photos:\n  - {{file: a.jpg, caption: {{zh: "甲{s}", en: A}}}}\ntitle:'
        )
    },
    "title of a page": lambda s: {PAGE: text_of(PAGE, "title: 关于", f'title: "关{s}于"')},
    "tag": lambda s: {ARTICLE: text_of(ARTICLE, "tags: [daily]", f'tags: ["daily{s}"]')},
    "locked figure": lambda s: {LOCK: f'"indicators/shops.figure": "300{s} shop nearly"\n'},
    "locked id": lambda s: {IDS_LOCK: f'ids: ["about{s}"]\n'},
    "proof": lambda s: {EVIDENCE_LOCK: f'"report{s}": {{sha256: "{"0" * 64}", anchors: {{}}}}\n'},
    "call": lambda s: {PAGE: text_of(PAGE, "正文。", f'见{{{{ plain("甲{s}乙") }}}}。')},
}
RAW: dict[str, Callable[[str], Changes]] = {
    "body": lambda s: {PAGE: text_of(PAGE, "正文。", f"正{s}文。")},
    "heading": lambda s: {PAGE: text_of(PAGE, "正文。", f"## 正{s}文\n\n正文。")},
    "name of a record": lambda s: {f"data/glossary/dai{s}ly.yml": (SMALL / TERM).read_bytes()},
    "name of a page": lambda s: {f"docs/zh/a{s}b.md": (SMALL / PAGE).read_bytes(), f"docs/en/a{s}b.md": (SMALL / ENGLISH).read_bytes()},
    "name of an attachment": lambda s: {f"docs/zh/a{s}b.pdf": b"%PDF-1.7\n%%EOF\n"},
}  # fmt: skip


def hidden() -> Iterator[tuple[str, Callable[[], Changes]]]:
    """Each way to hide a character in a value, with the change that does it."""
    for number, code in enumerate(HIDDEN):
        # Each in a text, and every eighth wherever a value stands.
        for place, change in PLACES.items() if number % 8 == 0 else [("text", PLACES["text"])]:
            for spelling in spellings(code):
                yield f"{place}: {spelling!a}", lambda change=change, spelling=spelling: change(spelling)
        for place, change in RAW.items() if number % 8 == 1 else [("body", RAW["body"])]:
            if code and not (place.startswith("name") and 0xD800 <= code < 0xE000):
                yield f"{place}: {chr(code)!a}", lambda change=change, code=code: change(chr(code))
        yield f"entity: {code:x}", lambda code=code: RAW["body"](f"&#x{code:x};")
    for octal in ("\\33", "\\177", "\\200", "\\N{ZERO WIDTH SPACE}", "\\N{RIGHT-TO-LEFT OVERRIDE}"):
        yield f"call: {octal}", lambda octal=octal: PLACES["call"](octal)


def test_what_nobody_sees_stands_in_no_value(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    attempts = sampled([*hidden()], SAMPLE, pytestconfig)
    tally("hidden characters", ((name, outcome_of(root, change())) for name, change in attempts))


def test_a_selector_of_a_form_chooses_one(root: Path, tally: Tally) -> None:
    def outcomes(texts: tuple[str, ...], right: Callable[[object], bool] | None) -> list[tuple[str, Outcome]]:
        return [
            (f"{text!a}", outcome_of(root, {PAGE: text_of(PAGE, "正文。", f"正{text}文。")}, right))
            for text in texts
        ]

    hidden = outcomes(("A\ufe0f", "甲\ufe0f\ufe0f", " \ufe0f", "a\U000e0101b", "。\U000e0100\ufe0e"), None)
    seen = outcomes(("❤\ufe0f", "葛\U000e0100", "1\ufe0f\u20e3"), lambda _: True)
    tally("selectors of forms", (*hidden, *seen))
    assert [outcome for _, outcome in seen] == [Outcome.ACCEPTED] * len(seen)


SCRIPTS = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Nd" and unicodedata.decimal(chr(code)) == 0][1:]  # fmt: skip
"""The nought of every script but ASCII's."""
NUMBERS: dict[str, Callable[[Callable[[str], str]], Changes]] = {
    "300": lambda d: {SHOPS: text_of(SHOPS, "value: 300", f"value: {d('300')}")},
    "29m06s": lambda d: {KILN: text_of(KILN, "29m06s", f"{d('29')}m{d('06')}s")},
    "2021-06-01": lambda d: {LINE: text_of(LINE, "2021-06-01", f"{d('2021')}-{d('06')}-{d('01')}")},
    "2021-Q2": lambda d: {LINE: text_of(LINE, "2021-06-01", f"{d('2021')}-Q{d('2')}")},
    "08:00": lambda d: {LINE: text_of(LINE, "start: 08:00", f"start: {d('08')}:{d('00')}")},
    "12": lambda d: {KILN: text_of(KILN, "title:", f"order: {d('12')}\ntitle:")},
    "report": lambda d: {KILN: text_of(KILN, "source: report", f"source: report{d('2')}")},
}


def told_with(root: Path, changes: Changes, right: str) -> Outcome:
    """Whether a change is refused and the right form told."""
    with changed(root, changes):
        try:
            load_checked(root)
        except ContentError as error:
            return (
                Outcome.REFUSED
                if any(right in found.example for found in error.diagnostics)
                else Outcome.THROUGH
            )
    return Outcome.THROUGH


def test_digits_are_ascii_and_the_right_form_is_told(
    root: Path, tally: Tally, pytestconfig: pytest.Config
) -> None:
    def digits(nought: str) -> Callable[[str], str]:
        return lambda text: "".join(chr(ord(nought) + int(digit)) for digit in text)

    attempts = [(nought, right) for nought in SCRIPTS for right in NUMBERS]
    tally(
        "digits of other scripts",
        (
            (f"{right} from U+{ord(nought):X}", told_with(root, NUMBERS[right](digits(nought)), right))
            for nought, right in sampled(attempts, SAMPLE, pytestconfig)
        ),
    )


DATES = ("2021-00", "2021-06-00", "2021-06-31", "2021-02-29", "2021-13", "0000", "0001", "0999-01-01", "9999", "9999-12-31", "2021-Q0", "2021-Q5", "20210", "2021-6", "2021-06-1", "-2021", "1e3", "9" * 5000)  # fmt: skip
QUANTITIES = ("9" * 16, "9" * 5000, "99999999999亿", "1." + "3" * 9, "0." + "0" * 5000 + "1", "1e5", "0x10", "-1", "+1", "1_000", "NaN", "Infinity", "1,00", "99999h", "9" * 5000 + "h", "1h99m", "29m60s", "1h2h")  # fmt: skip
ORDERS = ("9" * 5000, "10000", "-10000", "1e3", "0x1", "NaN", "inf", "1.5", "true")
REFERENCES = (
    "a" * 5000,
    "../report",
    "sources/report",
    "report/",
    "",
    " ",
    "REPORT",
    "report.yml",
    "r" * 100_000,
)


def test_dates_and_numbers_have_bounds(root: Path, tally: Tally) -> None:
    attempts = {
        **{f"date {said[:20]}": {LINE: text_of(LINE, "2021-06-01", said)} for said in DATES},
        **{f"quantity {said[:20]}": {SHOPS: text_of(SHOPS, "value: 300", f"value: {said}")} for said in QUANTITIES},
        **{f"order {said[:20]}": {KILN: f"order: {said}\n{text_of(KILN, '', '')}"} for said in ORDERS},
        **{f"source {said[:20]}": {KILN: text_of(KILN, "source: report", f"source: '{said}'")} for said in REFERENCES},
    }  # fmt: skip
    tally("dates and numbers", ((name, outcome_of(root, changes)) for name, changes in attempts.items()))
