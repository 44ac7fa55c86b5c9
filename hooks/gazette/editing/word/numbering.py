"""The numbers and bullets that Word draws before paragraphs, as text: no other program draws them the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = {100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i"}

Element = Any
"""An element of lxml."""


@dataclass(frozen=True)
class _Level:
    """How a level of a list is numbered: from which number, in which form, between which words."""

    form: str = "decimal"
    words: str = ""
    start: int = 1
    style: str = ""


@dataclass
class Numbering:
    """The lists of a document, by number; and which list and level a paragraph's style has."""

    lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
    styles: Mapping[str, tuple[str, int]]
    restarts: Mapping[str, Mapping[int, int]]
    _counts: dict[str, Counter[int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> tuple[int, str] | None:
        """The level and the number that Word draws before the next paragraph; None where it draws none."""
        number, depth = self._of(paragraph)
        if number not in self.lists:
            return None
        name, levels = self.lists[number]
        level = levels.get(depth, _Level())
        counts = self._counts.setdefault(name, Counter())
        if (number, depth) not in self._begun and depth in self.restarts.get(number, {}):
            counts[depth] = self.restarts[number][depth] - 1
            counts = self._counts[name] = Counter({d: n for d, n in counts.items() if d <= depth})
        elif depth not in counts:
            counts[depth] = level.start - 1
        self._begun.add((number, depth))
        counts[depth] += 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return depth, BULLET
        if level.form == "none" and "%" not in level.words:
            return (depth, level.words) if level.words else None
        words = level.words
        for other in range(9):
            of = levels.get(other, _Level())
            said = _numeral(counts.get(other, of.start), of.form)
            words = words.replace(f"%{other + 1}", said)
        return depth, words

    def _of(self, paragraph: Element) -> tuple[str, int]:
        """The list and level of a paragraph; list 0 is none."""
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        number, depth = self.styles.get(_value(style), ("0", 0))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            number = _value(own.find(f"{W}numId")) or number
            depth = int(_value(own.find(f"{W}ilvl")) or depth)
        return number, depth


def numbering(lists: Element | None, styles: Element | None) -> Numbering:
    """The lists of a document, of what numbering.xml and styles.xml say."""
    if lists is None:
        return Numbering({}, {}, {})
    abstract: dict[str, dict[int, _Level]] = {}
    linked: dict[str, str] = {}
    links: dict[str, str] = {}
    for one in lists.iter(f"{W}abstractNum"):
        name = one.get(f"{W}abstractNumId", "")
        abstract[name] = dict(_levels(one))
        linked[_value(one.find(f"{W}styleLink"))] = name
        links[name] = _value(one.find(f"{W}numStyleLink"))
    found: dict[str, tuple[str, Mapping[int, _Level]]] = {}
    restarts: dict[str, dict[int, int]] = {}
    for one in lists.iter(f"{W}num"):
        number, name = one.get(f"{W}numId", ""), _value(one.find(f"{W}abstractNumId"))
        name = linked.get(links.get(name, "") or "-", name)
        levels = dict(abstract.get(name, {}))
        for override in one.iter(f"{W}lvlOverride"):
            depth = int(override.get(f"{W}ilvl", "0"))
            levels.update(_levels(override))
            if start := _value(override.find(f"{W}startOverride")):
                restarts.setdefault(number, {})[depth] = int(start)
                levels[depth] = replace(levels.get(depth, _Level()), start=int(start))
        found[number] = name, levels
    return Numbering(found, dict(_styles(styles, found)), restarts)


def _levels(of: Element) -> Iterator[tuple[int, _Level]]:
    for one in of.iterchildren(f"{W}lvl"):
        form, words = _value(one.find(f"{W}numFmt")) or "decimal", _value(one.find(f"{W}lvlText"))
        start = int(_value(one.find(f"{W}start")) or 1)
        yield int(one.get(f"{W}ilvl", "0")), _Level(form, words, start, _value(one.find(f"{W}pStyle")))


def _styles(
    styles: Element | None, lists: Mapping[str, tuple[str, Mapping[int, _Level]]]
) -> Iterator[tuple[str, tuple[str, int]]]:
    """The list and level of each style that has one, its own or that of the style it is based on."""
    of = {one.get(f"{W}styleId"): one for one in styles.iter(f"{W}style")} if styles is not None else {}
    for name, style in of.items():
        seen = {name}
        while (found := style.find(f"{W}pPr/{W}numPr")) is None:
            base = _value(style.find(f"{W}basedOn"))
            if base in seen or base not in of:
                break
            seen.add(base)
            style = of[base]
        if found is not None:
            number = _value(found.find(f"{W}numId"))
            own = (depth for depth, level in lists.get(number, ("", {}))[1].items() if level.style in seen)
            yield name, (number, int(_value(found.find(f"{W}ilvl")) or next(own, 0)))


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _numeral(number: int, form: str) -> str:
    """A number in one of Word's forms; in digits where it is in none of these."""
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman"):
        roman, left = "", number
        for value, sign in _ROMAN.items():
            roman, left = roman + sign * (left // value), left % value
        return roman.upper() if form == "upperRoman" else roman
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x245F + number)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"):
        return _chinese(number, _DIGITS, "十")
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return _chinese(number, _FORMAL, "拾")
    return str(number)


def _chinese(number: int, digits: str, ten: str) -> str:
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    before = "" if tens == 1 and ten == "十" else digits[tens]
    return (before + ten if tens else "") + (digits[ones] if ones else "")


def parse(raw: bytes) -> Element:
    """A part of a .docx; the names of its Strict form are brought to those that Word writes by default."""
    raw = raw.replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode())
    raw = raw.replace(b"http://purl.oclc.org/ooxml/", b"http://schemas.openxmlformats.org/")
    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
