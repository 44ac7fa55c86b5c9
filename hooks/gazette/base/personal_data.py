"""Finds personal data in a text: numbers of residents, bank cards, telephones and passports, e-mail addresses, licence plates.

Spaces, hyphens, tags, comments, escapes, and what is typed for digits are seen through.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from stdnum import luhn
from stdnum.cn import ric

from gazette.base.disguised_digits import disguised

_UNREAD = re.compile(
    r"&(?:#0{0,9}\d{1,7};?|#[xX]0{0,9}[0-9a-fA-F]{1,6};?|[A-Za-z]{2,8};)|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
    r"|</?[A-Za-z](?:[^<>@0-9]|[0-9]{1,6}(?![0-9]))*>|<!--[^<>@]{0,200}-->|\{#[^{}@]{0,200}#\}|\]\((?:https?://)?(?:[^()\s:@0-9]|[0-9]{1,6}(?![0-9])){0,200}\)|\[(?=[0-9])|\](?<=[0-9]\])|\\(?:\n[ \t]*|(?=[^\w\s]))|\*+|`+|~~"
    r"|[\u200b-\u200f\u2060\ufeff\u00ad\u0300-\u036f\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef]+"
    r"|%(?<![0-9]%)[2-7][0-9A-Fa-f](?:%[2-7][0-9A-Fa-f])*|[^\D0-9]|[＋（）．＠﹫：Ａ-Ｚａ-ｚ]"
)
"""What stands for another character, or for none."""

_BLANK = r" \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_BETWEEN = rf"[{_BLANK}\-‐‑‒–—―−－﹣_·•・]"
_GAP = rf"(?:\0*(?:{_BETWEEN}\0*){{0,12}}|\0*-?[{_BLANK}]*\n[{_BLANK}]*)"
"""What may stand between two digits of a number: some spaces or hyphens, or the end of a line."""
_RUN = re.compile(rf"[0-9](?:{_GAP}[0-9]){{6,}}")
_LONGEST = 19
"""No number of a person has more digits without anything between them."""
_MARGIN = 32
"""The characters beside a run of digits that may tell what it is."""

_BEGIN = r"(?:(?<![0-9A-Za-z])(?<![0-9]\.)|(?<=[G-Zg-z])|(?<=(?i:phone))|(?<=(?i:mobile))|(?<=(?i:id)))"
"""A word may stand right before a number, but no letter that is a digit of a hash."""
_END = r"(?![0-9A-Za-z]|\.[0-9]|,[0-9]{3}(?![0-9]))"
_COUNTRY = rf"(?:\+|(?<![0-9])00)\(?86\)?{_GAP}"
_AREA = r"(?:1\0*0|2\0*[0-57-9]|(?![48]\0*0\0*0)[3-9](?:\0*[0-9]){2})"
_LOCAL = rf"[2-8]\0*(?:[0-9]\0*){{2,3}}{_GAP}[0-9](?:\0*[0-9]){{3}}"
_PROVINCE = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"

_HELD = re.compile(r"(?:value|translated|sha256): *[\"']?$")
"""The fields that hold a number or a hash and nothing else."""
_MONEY = re.compile(r"(?:[¥￥$€]|RMB|CNY|USD|人民币)\s?$", re.IGNORECASE)
_MEASURED = re.compile(
    r"\s?[万亿]?(?:元(?!旦)|人次|人民币|平方|立方|公里|千米|千瓦|[%％‰]|(?i:yuan|rmb|cny|usd)\b"
    r"|[万亿人户家个名件项次条位吨](?![\u4e00-\u9fff]))"
)
_DATE = re.compile(
    r"(?<![0-9])(?:19|20)[0-9]{2}([-./]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
_YEAR = re.compile(rf"(?:18|19|20)[0-9]{{2}}{_BETWEEN}")
_FILE_ENDING = r"(?i:css|gif|html|jpe?g|js|md|pdf|png|svg|webp|xlsx|ya?ml)(?![A-Za-z0-9])"


@dataclass(frozen=True)
class PersonalData:
    """Personal data from `start` to `end` of a text: its kind, and the number or address without what stood in between."""

    kind: str
    start: int
    end: int
    number: str


def _digits(number: int, *ends: int) -> str:
    """So many digits, between which a gap may stand anywhere, or after those that are numbered only."""
    gaps = (_GAP if not ends or place in ends else r"\0*" for place in range(1, number))
    return "[0-9]" + "".join(f"{gap}[0-9]" for gap in gaps)


def _is_resident(number: str) -> bool:
    return number[-1].upper() == ric.calc_check_digit(number.upper()) and _is_of_person(
        number[:6], number[6:14]
    )


def _is_old_resident(number: str) -> bool:
    return _is_of_person(number[:6], f"19{number[6:12]}")


def _is_of_person(region: str, born: str) -> bool:
    return re.match("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]", region) is not None and bool(
        _DATE.fullmatch(born)
    )


def _is_card(number: str) -> bool:
    """Whether it has the length and the beginning of a card of UnionPay, Visa, Mastercard or JCB, and its check digit."""
    forms = "62[0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|35[0-9]{14}"
    return re.fullmatch(forms, number) is not None and luhn.is_valid(number)


def _is_no_date(number: str) -> bool:
    return not _DATE.search(number[-8:])


def _always(_number: str) -> bool:
    return True


_Right = Callable[[str], bool]
_FORMS: tuple[tuple[str, re.Pattern[str], _Right], ...] = (
    ("resident-id", re.compile(rf"{_BEGIN}{_digits(17)}{_GAP}[0-9Xx]{_END}"), _is_resident),
    *(
        ("bank-card", re.compile(f"{_BEGIN}{form}{_END}"), _is_card)
        for length in range(19, 15, -1)
        for form in (_digits(length, 4, 8, 12, 16), _digits(length, 6), _digits(length, 4, 10))
    ),
    ("resident-id", re.compile(f"{_BEGIN}{_digits(15, 6, 8, 10, 12)}{_END}"), _is_old_resident),
    (
        "mobile-number",
        re.compile(rf"(?:{_COUNTRY}|{_BEGIN}(?:86{_GAP})?)(1{_GAP}[3-9]{_GAP}{_digits(9)}){_END}"),
        _always,
    ),
    (
        "telephone-number",
        re.compile(rf"(?:{_COUNTRY}\(?0?|(?:{_BEGIN}\(?|(?<=\())0)\0*({_AREA}\)?{_GAP}{_LOCAL}){_END}"),
        _is_no_date,
    ),
    (
        "telephone-number",
        re.compile(
            rf"(?i:电话|座机|固话|传真|(?<![a-z])(?:tel|phone|fax)\.?)(?:号码)?[:为是(\0{_BLANK}]{{0,4}}(?P<said>{_LOCAL}){_END}"
        ),
        _is_no_date,
    ),
    ("telephone-number", re.compile(rf"(\+[1-79]{_GAP}{_digits(9)}(?:{_GAP}[0-9]){{0,5}}){_END}"), _always),
    (
        "passport-number",
        re.compile(rf"(?<![0-9A-Za-z])(?:[EG]{_GAP}[0-9]|E[A-HJ-NP-Z]|PE|DE|SE){_GAP}{_digits(7)}{_END}"),
        _is_no_date,
    ),
    (
        "passport-number",
        re.compile(
            rf"(?i:护照|通行证|台胞证|passport|permit)[^\n0-9A-Z]{{0,12}}(?P<said>[A-Z]{{1,2}}{_GAP}{_digits(7)}(?:[0-9]{{1,3}})?){_END}"
        ),
        _always,
    ),
)
"""Each kind of number, the form that it has in a text, and what must hold of its digits; of two in one place the first is meant."""

_MAIL_HOST = r"(?=(?:qq|163|126|139|gmail|foxmail|sina|outlook|hotmail|yeah|aliyun|sohu)\b)"
_AT = (
    rf"(?=[ @(\[【#])(?:@| @ ?{_MAIL_HOST}|@ {_MAIL_HOST}| ?[(\[【] ?(?:(?i:at)|@|艾特) ?[)\]】] ?|#(?=(?:qq|163|126)\.)"
    rf"| (?i:at) {_MAIL_HOST})"
)
_DOT = r"(?:\.| ?[(\[【] ?(?:(?i:dot)|点) ?[)\]】] ?| (?i:dot) |[。点](?=(?:com|cn|net|org)\b))"
_EMAIL = re.compile(
    rf"(?<![A-Za-z0-9_.%+])[A-Za-z0-9][A-Za-z0-9_.%+\0-]*(?P<at>{_AT})"
    rf"(?P<host>\0*(?:[A-Za-z0-9][A-Za-z0-9\0-]*{_DOT}\0*)+(?!{_FILE_ENDING})(?:[A-Za-z]\0*){{2,}})(?![A-Za-z0-9_-])"
)
_PLATE = re.compile(
    rf"[{_PROVINCE}使]\0*[·•・]?[A-HJ-NP-Za-hj-np-z]\0*(?:{_BETWEEN}|\.){{0,3}}\0*"
    r"(?P<rest>[DF]\0*[A-HJ-NP-Z0-9](?:\0*[0-9]){4}|(?:[0-9]\0*){5}[DF]|(?:[A-HJ-NP-Z0-9]\0*){4}[A-HJ-NP-Z0-9挂学警港澳领])(?![0-9A-Za-z])"
)
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")

_WIDE = r"(?:\n?[^0-9A-Za-z\n]{1,6}|\n)"
_SPLIT: tuple[tuple[str, re.Pattern[str], _Right], ...] = (
    (
        "resident-id",
        re.compile(
            rf"(?<![0-9A-Za-z])[1-8][0-9]{{5}}{_WIDE}(?:19|20)[0-9]{{2}}(?:{_WIDE})?[0-9]{{4}}{_WIDE}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])"
        ),
        _is_resident,
    ),
    (
        "mobile-number",
        re.compile(
            r"(?<![0-9A-Za-z.])1[3-9][0-9]([./~+])(?!19|20)[0-9]{4}\1(?!19|20)[0-9]{4}(?![0-9A-Za-z]|\.[0-9])"
        ),
        _always,
    ),
    (
        "bank-card",
        re.compile(
            r"(?<![0-9A-Za-z.])[0-9]{4}([./~_])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?(?![0-9A-Za-z])"
        ),
        _is_card,
    ),
)
"""Numbers in the groups in which they are said, with what else may stand between these: a check digit proves them, or it is the same each time."""


def personal_data(text: str) -> Iterator[PersonalData]:
    """The personal data of a text in the order in which it stands there."""
    found = _as_typed(text)
    taken = {at for one in found for at in range(one.start, one.end)}
    for start, end, digits in disguised(text):
        before = text[max(0, start - _MARGIN) : start]
        for one in _as_typed(f"{before}{digits}{text[end : end + _MARGIN]}"):
            place = start - len(before)
            moved = replace(one, start=one.start + place, end=one.end + place)
            if taken.isdisjoint(range(moved.start, moved.end)):
                found.add(moved)
    return iter(sorted(found, key=lambda one: one.start))


def _as_typed(text: str) -> set[PersonalData]:
    """The personal data of a text whose digits are digits."""
    plain = _UNREAD.sub(_read, text)
    found = [*_emails(plain), *_plates(plain)]
    addresses = [match.span() for match in _WEB_ADDRESS.finditer(plain)]

    def is_in_address(match: re.Match[str]) -> bool:
        return any(start <= match.start() < end for start, end in addresses)

    for run in _RUN.finditer(plain):
        is_long = len(run[0]) > _LONGEST and run[0].isdigit()
        if not is_long and not _DATE.fullmatch(run[0]) and not is_in_address(run):
            found += _numbers(plain, run)
    for kind, form, is_right in _SPLIT:
        for match in form.finditer(plain):
            number = re.sub("[^0-9A-Za-z]", "", match[0])
            if is_right(number) and not is_in_address(match):
                found.append(PersonalData(kind, *match.span(), number.upper()))
    return {*found}


def masked(text: str) -> str:
    """A text with asterisks in place of most of its personal data; as long as it was."""
    hidden = {
        at
        for one in personal_data(text)
        for at in range(one.start + (1 if one.kind == "email-address" else 3), one.end - 2)
    }
    return "".join("*" if at in hidden and c.isalnum() else c for at, c in enumerate(text))


def _numbers(text: str, run: re.Match[str]) -> list[PersonalData]:
    """The numbers of persons in a run of digits and what stands beside it."""
    start, end = max(0, run.start() - _MARGIN), run.end() + _MARGIN
    found: list[PersonalData] = []
    taken: set[int] = set()
    for kind, form, is_right in _FORMS:
        for match in form.finditer(text, start, end):
            span = match.span("said" if "said" in form.groupindex else 0)
            number = re.sub("[^0-9A-Za-z]", "", match[match.lastindex or 0])
            is_free = is_right(number) and taken.isdisjoint(range(*span))
            if is_free and (len(number) == 18 or not _is_amount(text, match)):
                taken.update(range(*span))
                found.append(PersonalData(kind, *span, number.upper()))
    return found


def _is_amount(text: str, found: re.Match[str]) -> bool:
    """Whether a number says how much or how many, or is a series of numbers, or holds a date or a range of years."""
    before, said = text[max(0, found.start() - _MARGIN) : found.start()], found[0]
    groups = re.findall("[0-9]+", said)
    is_series = len(groups) > 6 and any(len(group) > 1 for group in groups)
    is_dated = any(_DATE.finditer(said)) and not said.isalnum()
    return bool(
        is_dated
        or is_series
        or _HELD.search(before)
        or _MONEY.search(before)
        or _YEAR.match(said)
        or _MEASURED.match(text, found.end())
    )


def _emails(text: str) -> Iterator[PersonalData]:
    is_possible = any(sign in text.lower() for sign in ("@", "at", "#", "艾特"))
    for match in _EMAIL.finditer(text) if is_possible else ():
        if not match[0].startswith("git@"):
            name, host = text[match.start() : match.start("at")], re.sub(_DOT, ".", match["host"])
            address = f"{name}@{host}".replace("\0", "").lower()
            yield PersonalData("email-address", *match.span(), address)


def _plates(text: str) -> Iterator[PersonalData]:
    for match in _PLATE.finditer(text):
        if sum(c.isdigit() for c in match["rest"]) >= 3:
            yield PersonalData("licence-plate", *match.span(), re.sub(r"[^\w]|_", "", match[0]))


def _read(found: re.Match[str]) -> str:
    """What a piece of text is read as, in as many characters: those that say nothing are zeros."""
    piece = found[0]
    if piece[0] == "&":
        read = html.unescape(piece)
    elif piece[0] == "\\" and piece[1:2].isalpha():
        code = int(piece[2:], 16)
        read = chr(code) if code < 0x110000 else ""
    elif piece[0] == "%":
        read = unquote(piece)
    elif piece.isdecimal():
        read = str(unicodedata.decimal(piece))
    else:
        is_wide = "\ufe60" < piece < "\uff5f" and piece.isprintable()
        read = unicodedata.normalize("NFKC", piece) if is_wide else ""
    return read[: len(piece)].ljust(len(piece), "\0")
