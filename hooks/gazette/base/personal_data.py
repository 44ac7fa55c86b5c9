"""Finds personal data in a text: numbers of residents, bank cards, telephones and passports, e-mail addresses, licence plates.

Spaces, hyphens, tags, escapes and full-width digits within a number are seen through.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import luhn
from stdnum.cn import ric

_UNREAD = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});|\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})"
    r"|</?[A-Za-z](?:[^<>@0-9]|[0-9]{1,6}(?![0-9]))*>|\\(?=[^\w\s])|\*+|`+|~~|[\u200b-\u200f\u2060\ufeff\u00ad]+"
    r"|[^\D0-9]|[＋（）．＠：Ａ-Ｚａ-ｚ]"
)
"""What stands for another character, or for none."""

_BLANK = r" \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_BETWEEN = rf"[{_BLANK}\-‐‑‒–—―−－﹣_·•・]"
_GAP = rf"(?:\0*(?:{_BETWEEN}\0*){{0,3}}|\0*-?[{_BLANK}]*\n[{_BLANK}]*)"
"""What may stand between two digits of a number: up to three spaces or hyphens, or the end of a line."""
_RUN = re.compile(rf"[0-9](?:{_GAP}[0-9]){{6,}}")
_MARGIN = 32
"""The characters beside a run of digits that may tell what it is."""

_BEGIN = r"(?:(?<![0-9A-Za-z])(?<![0-9]\.)|(?<=[G-Zg-z])|(?<=(?i:phone))|(?<=(?i:mobile))|(?<=(?i:id)))"
"""A word may stand right before a number, but no letter that is a digit of a hash."""
_END = r"(?![0-9A-Za-z]|\.[0-9]|,[0-9]{3}(?![0-9]))"
_COUNTRY = rf"(?:\+|(?<![0-9])00)\(?86\)?{_GAP}"
_AREA = r"(?:10|2[0-57-9]|(?![48]00)[3-9][0-9]{2})"
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
        re.compile(rf"(?:{_COUNTRY}\(?0?|(?:{_BEGIN}\(?|(?<=\())0)({_AREA}\)?{_GAP}{_LOCAL}){_END}"),
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

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.%+])[A-Za-z0-9][A-Za-z0-9_.%+\0-]*(?:@| ?[(\[【] ?(?i:at) ?[)\]】] ?|#(?=(?:qq|163|126)\.))"
    rf"(?P<host>\0*(?:[A-Za-z0-9][A-Za-z0-9\0-]*\.\0*)+(?!{_FILE_ENDING})[A-Za-z]{{2,}})(?![A-Za-z0-9_-])"
)
_PLATE = re.compile(
    rf"[{_PROVINCE}使]\0*[A-HJ-NP-Z]\0*(?:{_BETWEEN}|\.){{0,3}}\0*"
    r"(?P<rest>[DF][A-HJ-NP-Z0-9][0-9]{4}|[0-9]{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领])(?![0-9A-Za-z])"
)
_WEB_ADDRESS = re.compile(r"https?://[!-~]+")


def personal_data(text: str) -> Iterator[PersonalData]:
    """The personal data of a text in the order in which it stands there."""
    plain = _UNREAD.sub(_read, text)
    found = [*_emails(plain), *_plates(plain)]
    addresses = [match.span() for match in _WEB_ADDRESS.finditer(plain)]
    for run in _RUN.finditer(plain):
        if not _DATE.fullmatch(run[0]) and not any(a <= run.start() < b for a, b in addresses):
            found += _numbers(plain, run)
    return iter(sorted({*found}, key=lambda one: one.start))


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
    for kind, form, is_right in _FORMS:
        for match in form.finditer(text, start, end):
            span = match.span("said" if "said" in form.groupindex else 0)
            number = re.sub("[^0-9A-Za-z]", "", match[match.lastindex or 0])
            is_taken = any(one.start < span[1] and span[0] < one.end for one in found)
            if is_right(number) and not is_taken and (len(number) == 18 or not _is_amount(text, match)):
                found.append(PersonalData(kind, *span, number.upper()))
    return found


def _is_amount(text: str, found: re.Match[str]) -> bool:
    """Whether a number says how much or how many, or holds a date or a range of years."""
    before, said = text[max(0, found.start() - _MARGIN) : found.start()], found[0]
    is_dated = any(_DATE.finditer(said)) and not said.isalnum()
    return bool(
        is_dated
        or _HELD.search(before)
        or _MONEY.search(before)
        or _YEAR.match(said)
        or _MEASURED.match(text, found.end())
    )


def _emails(text: str) -> Iterator[PersonalData]:
    for match in _EMAIL.finditer(text) if "@" in text or "at" in text.lower() or "#" in text else ():
        if not match[0].startswith("git@"):
            name = re.split(r"[@#(\[【 ]", match[0])[0]
            yield PersonalData(
                "email-address", *match.span(), f"{name}@{match['host']}".replace("\0", "").lower()
            )


def _plates(text: str) -> Iterator[PersonalData]:
    for match in _PLATE.finditer(text):
        if sum(c.isdigit() for c in match["rest"]) >= 3:
            yield PersonalData("licence-plate", *match.span(), re.sub(r"[^\w]|_", "", match[0]))


def _read(found: re.Match[str]) -> str:
    """What a piece of text is read as, in as many characters: those that say nothing are zeros."""
    piece = found[0]
    if piece[0] == "&":
        read = html.unescape(piece)
    elif piece[0] == "\\" and len(piece) > 1:
        code = int(piece[2:], 16)
        read = chr(code) if code < 0x110000 else ""
    elif piece.isdecimal():
        read = str(unicodedata.decimal(piece))
    else:
        read = unicodedata.normalize("NFKC", piece) if "\uff00" < piece < "\uff5f" else ""
    return read[: len(piece)].ljust(len(piece), "\0")
