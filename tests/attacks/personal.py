"""Makes numbers and addresses as persons have them, in the ways in which they are typed, and look-alikes that are none."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from stdnum import luhn
from stdnum.cn import ric, uscc

Maker = Callable[[random.Random], str]
_REGIONS = ("110105", "120101", "310104", "370102", "370112", "440305", "510104", "654201")
_AREAS = ("010", "021", "020", "0531", "0532", "0755", "0898", "0991")
_NAMES = ("zhangsan", "li.si", "wang_wu88", "liu-liu")
_HOSTS = ("qq.com", "163.com", "jinan.gov.cn", "mail.example.org")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _born(rng: random.Random) -> str:
    return f"{date(1930, 1, 1) + timedelta(days=rng.randrange(29000)):%Y%m%d}"


def resident(rng: random.Random) -> str:
    body = rng.choice(_REGIONS) + _born(rng) + _digits(rng, 3)
    return body + ric.calc_check_digit(body + "0")


def old_resident(rng: random.Random) -> str:
    return rng.choice(_REGIONS) + _born(rng)[2:] + _digits(rng, 3)


def mobile(rng: random.Random) -> str:
    return f"1{rng.choice('3456789')}{_digits(rng, 9)}"


def landline(rng: random.Random) -> str:
    return f"{rng.choice(_AREAS)}-{rng.choice('345678')}{_digits(rng, 7)}"


def card(rng: random.Random) -> str:
    begin, length = rng.choice((("622202", 19), ("621700", 19), ("622848", 16), ("4367", 16), ("5187", 16)))
    body = begin + _digits(rng, length - 1 - len(begin))
    return body + luhn.calc_check_digit(body)


def passport(rng: random.Random) -> str:
    return rng.choice(
        (f"E{_digits(rng, 8)}", f"G{_digits(rng, 8)}", f"E{rng.choice('ABCDEFGHJK')}{_digits(rng, 7)}")
    )


def email(rng: random.Random) -> str:
    return f"{rng.choice(_NAMES)}@{rng.choice(_HOSTS)}"


def plate(rng: random.Random) -> str:
    place = rng.choice("京鲁粤沪川") + rng.choice(_LETTERS[:8])
    new = (f"D{_digits(rng, 5)}", f"F{rng.choice(_LETTERS)}{_digits(rng, 4)}", f"{_digits(rng, 5)}D")
    return (
        place
        + rng.choice(("·", ""))
        + rng.choice((*new, _digits(rng, 5), f"{_digits(rng, 4)}{rng.choice(_LETTERS)}"))
    )


PERSONAL: Mapping[str, Maker] = {
    "resident identity": resident,
    "old resident identity": old_resident,
    "mobile": mobile,
    "landline": landline,
    "bank card": card,
    "passport": passport,
    "e-mail": email,
    "plate": plate,
}

_FULL_WIDTH = {ord("!") + at: chr(0xFF01 + at) for at in range(94)}


def _grouped(between: str) -> Callable[[str], str]:
    """Spread over groups as people read numbers out; what is no long number stays."""

    def spread(number: str) -> str:
        if not number.replace("X", "").isdigit():
            return number
        sizes = {11: (3, 4, 4), 15: (6, 6, 3), 18: (6, 4, 4, 4)}.get(len(number), (4, 4, 4, 4, 3))
        places = [sum(sizes[:count]) for count in range(len(sizes) + 1)]
        return between.join(number[a:b] for a, b in pairwise(places) if number[a:b])

    return spread


def _in_all_digits(between: str) -> Callable[[str], str]:
    """The same between all characters of a number of a person; what is no long number stays."""
    return lambda number: (
        between.join(number) if len(number) in (11, 18) and number[:-1].isdigit() else number
    )


def _translated(digits: str) -> Callable[[str], str]:
    """With these in place of the digits of a number; an address and a plate are no numbers."""
    return lambda number: (
        number
        if "@" in number or not number.isascii()
        else number.translate(str.maketrans("0123456789", digits))
    )


WAYS: Mapping[str, Callable[[str], str]] = {
    "plain": str,
    "spaces": _grouped(" "),
    "wide spaces": _grouped("\u3000"),
    "hyphens": _grouped("-"),
    "Chinese dashes": _grouped("——"),
    "dots in the middle": _grouped("·"),
    "full width": lambda number: number.translate(_FULL_WIDTH),
    "hard spaces": _grouped("\u00a0"),
    "no width": _grouped("\u200b"),
    "every digit": _in_all_digits(" "),
    "bold within": _grouped("**"),
    "tags within": _grouped("</b><b>"),
    "entities": _grouped("&nbsp;"),
    "over two lines": _grouped("\n  "),
    "a link within": _grouped("](about.md)"),
    "many spaces": _grouped(" " * 9),
    "comments of templates": _grouped("{# 甲 #}"),
    "a line that YAML joins": _grouped("\\\n  "),
    "forms of characters": _grouped("\ufe0f"),
    "Chinese numerals": _translated("〇一二三四五六七八九"),
    "Chinese numerals of cheques": _translated("零壹贰叁肆伍陆柒捌玖"),
    "in circles": _translated("⓪①②③④⑤⑥⑦⑧⑨"),
    "raised": _translated("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "letters": _translated("OI23456789"),
    "small letters": _translated("ol23456789"),
    "entities of digits": lambda number: re.sub("[0-9]", lambda digit: f"&#{ord(digit[0])};", number),
}
BESIDE = ("{}", "联系人张三{}。", "（{}）", "call {}, please", "{}、", "ID:{}", "“{}”")


def _uscc(rng: random.Random) -> str:
    body = "91" + rng.choice(_REGIONS) + _digits(rng, 9)
    return body + uscc.calc_check_digit(body)


def _other_check(rng: random.Random) -> str:
    """Eighteen digits like a resident's but for the last."""
    right = resident(rng)
    return right[:-1] + str((int(right[-1].replace("X", "10")) + 1) % 10)


def _hex(rng: random.Random) -> str:
    return "sha256: " + "".join(rng.choices("0123456789abcdef", k=64))


LOOK_ALIKES: Mapping[str, Maker] = {
    "social credit code": _uscc,
    "wrong check digit": _other_check,
    "old form without a day": lambda rng: rng.choice(_REGIONS) + "90133" + _digits(rng, 4),
    "hash": _hex,
    "hotline": lambda rng: rng.choice(
        ("12345", "110", "12315", "120", "96" + _digits(rng, 3), "95" + _digits(rng, 3))
    ),
    "400 number": lambda rng: f"{rng.choice(('400', '800'))}-{_digits(rng, 3)}-{_digits(rng, 4)}",
    "ICP filing": lambda rng: f"鲁ICP备{rng.randrange(10**7, 10**8)}号-1",
    "police filing": lambda rng: f"鲁公网安备 37011202{_digits(rng, 6)}号",
    "date": lambda rng: f"{date(1990, 1, 1) + timedelta(days=rng.randrange(13000))} 15:30",
    "span of years": lambda rng: f"19{rng.randrange(10, 99)}—20{rng.randrange(10, 30)} {_digits(rng, 3)}天",
    "sum": lambda rng: f"{mobile(rng)}元",
    "sum with commas": lambda rng: f"{rng.randrange(10**9, 10**12):,}",
    "decimal": lambda rng: f"1{_digits(rng, 2)}.{_digits(rng, 11)}",
    "figure": lambda rng: f"value: {mobile(rng)}",
    "web address": lambda rng: f"https://news.example/a/{mobile(rng)}.html?id={_digits(rng, 18)}",
    "page at a date": lambda rng: f"indicators/alliances@20{rng.randrange(10, 30)}",
    "picture of two sizes": lambda rng: f"logo-{_digits(rng, 3)}@2x.png",
    "number of a document": lambda rng: rng.choice(
        (
            f"济办发〔20{_digits(rng, 2)}〕{rng.randrange(1, 99)}号",
            f"第{_digits(rng, 5)}期（总第{_digits(rng, 4)}期）",
            f"GB/T {_digits(rng, 5)}-20{_digits(rng, 2)}",
            f"ISSN 1007-{_digits(rng, 4)}",
        )
    ),
    "Chinese date": lambda rng: f"二〇二{rng.choice('〇一二三')}年{rng.choice('一二三四五六七八九')}月",
    "place": lambda rng: f"东经117.{_digits(rng, 8)}，北纬36.{_digits(rng, 8)}",
    "row of a table": lambda rng: f"| {rng.randrange(130, 200)} | {_digits(rng, 4)} | {_digits(rng, 4)} |",
    "dated code": lambda rng: f"G{date(2000, 1, 1) + timedelta(days=rng.randrange(9000)):%Y%m%d}",
    "province in a sentence": lambda rng: rng.choice(("苏A级景区", "沪A50ETF", "鲁B2B平台", "津南区2021年")),
}


def made(makers: Mapping[str, Maker], each: int, seed: int) -> Sequence[tuple[str, str]]:
    """So many of each kind: its name, and what was made."""
    rng = random.Random(seed)
    return [(name, maker(rng)) for name, maker in makers.items() for _ in range(each)]
