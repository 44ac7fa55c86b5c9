"""What an editor meant by a value in a form that is refused: the same in the right form, as far as it can be told."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from datetime import date as calendar_day

_QUOTES = "“”‘’\"'`「」『』 "
_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}  # fmt: skip
_QUARTER = re.compile(r"(\d{4})年?[-\s]*(?:第?([一二三四1-4])季度?|Q([1-4]))", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?")
_AFTERNOON = re.compile("下午|晚上|傍晚|pm|p\\.m", re.IGNORECASE)
_DURATION = re.compile(
    r"(?:(\d+)\s*(?:个?小时|时|h(?:ours?)?))?\s*(?:(\d+)\s*(?:分钟?|min(?:utes?)?|m|′|'))?\s*(?:(\d+)\s*(?:秒钟?|s(?:ec(?:onds?)?)?|″|\"))?"
)

KEYS = {
    **dict.fromkeys(("标题", "题目", "名字"), "title"),
    **dict.fromkeys(("摘要", "简介", "description", "excerpt", "abstract"), "summary"),
    **dict.fromkeys(("时间", "day", "time"), "date"),
    **dict.fromkeys(("标签", "categories", "category"), "tags"),
    **dict.fromkeys(("数字", "number", "amount"), "value"),
    **dict.fromkeys(("限定", "限定词"), "qualifier"),
    **dict.fromkeys(("链接", "link"), "url"),
}
"""What is typed for a key, beside what the descriptions of the fields say of them."""


_LONGEST = 200
"""Nobody means a date, a number or a word by more characters."""


def plain(text: str) -> str:
    """A text in ASCII where it has full-width forms or digits of other scripts, without quotes, a closing mark and a comment around it."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).partition("#")[0]
    text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return text.strip().strip(_QUOTES).rstrip(",;。、 ").strip(_QUOTES)


def date(text: str) -> str:
    """A date as it is written here; "" where a text holds none."""
    typed = plain(text)
    if (quarter := _QUARTER.fullmatch(typed)) and int(quarter[1]):
        number = quarter[3] or quarter[2]
        return f"{quarter[1]}-Q{'一二三四'.find(number) + 1 or number}"
    month = next((number for name, number in _MONTHS.items() if re.search(rf"\b{name}", typed, re.IGNORECASE)), 0)  # fmt: skip
    digits = [int(part) for part in re.findall(r"\d+", typed)]
    if compact := re.fullmatch(r"(\d{4})(\d\d)(\d\d)?", typed):
        digits = [int(part) for part in compact.groups() if part]
    years = [number for number in digits if 1000 <= number <= 2999]
    if len(years) != 1 or (not month and digits[0] != years[0]):
        return ""
    others = [number for number in digits if number != years[0]][: 1 if month else 2]
    parts = [*years, month, *others] if month else [*years, *others]
    with suppress(ValueError):
        calendar_day(*[*parts, 1, 1][:3])
        return "-".join(f"{part:02}" for part in parts)
    return ""


def time(text: str) -> str:
    """A time on the 24-hour clock; "" where a text holds none."""
    typed = plain(text)
    found = _CLOCK.search(typed)
    if not found:
        return ""
    hour, minute = int(found[1]), 30 if found[2] == "半" else int(found[2] or 0)
    hour += 12 if hour < 12 and _AFTERNOON.search(typed) else 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def quantity(text: str) -> str:
    """Digits, or a duration like 29m06s; "" where a text holds neither, or a range of them."""
    typed = plain(text)
    if clock := re.fullmatch(r"(?:(\d+):)?(\d{1,2}):(\d\d)", typed):
        return (f"{clock[1]}h" if clock[1] else "") + f"{clock[2]}m{clock[3]}s"
    duration = _DURATION.fullmatch(typed)
    if typed and duration:
        hours, minutes, seconds = duration.groups()
        if int(seconds or 0) >= 60 or (hours and int(minutes or 0) >= 60):
            return ""
        ending = f"{int(seconds):02}s" if seconds else ""
        return (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "") + ending
    numbers = re.findall(r"\d[\d,\s]*(?:\.\d+)?[万亿]?", typed)
    return re.sub(r"[,\s]", "", numbers[0]) if len(numbers) == 1 else ""


def whole_number(text: str) -> str:
    """A whole number in ASCII digits; "" where a text is none."""
    found = re.fullmatch(r"[+-]?\d{1,4}", plain(text).replace(",", ""), re.ASCII)
    return str(int(found[0])) if found else ""


def reference(text: str) -> str:
    """An id, or one after its collection, in small letters and ASCII digits; "" where a text is none, or was so already."""
    found = re.fullmatch(r"([a-z_]+/)?[a-z][a-z0-9]*(-[a-z0-9]+)*", plain(text).lower(), re.ASCII)
    return found[0] if found and found[0] != text.strip() else ""


def fitting(text: str, pattern: str) -> str:
    """A text as it fits a pattern: plain, in small letters, with the protocol of an address; "" where none fits."""
    typed, before = plain(text), plain(re.split(r"[（\s]", text.strip())[0])
    tries = (before, typed.lower(), f"https://{before}")
    return next((one for one in tries if one and re.search(pattern, one)), "")


def name(text: str, names: Iterable[str]) -> str:
    """The one of some names, `collection/id`, that a text is or nearly is, by its id: of its own collection where that has any; "" where none is near."""
    collection, _, id_ = text.rpartition("/")
    known = list(names)
    own = [one for one in known if collection and one.rpartition("/")[0] == collection]
    by_id: dict[str, list[str]] = {}
    for one in own or known:
        by_id.setdefault(one.rpartition("/")[2], []).append(one)
    near = [id_] if id_ in by_id else difflib.get_close_matches(id_, by_id, 1)
    return by_id[near[0]][0] if near and len(by_id[near[0]]) == 1 else ""


def choice(text: str, choices: Iterable[str]) -> str:
    """The one of some words that a text is, but for capitals, hyphens and marks; "" where it is none."""
    typed = re.sub(r"[\s-]+", "_", plain(text).lower())
    typed = "stated" if re.match("[载写注]明|明确", typed) else typed
    return next((word for word in choices if word == typed), "")


def truth(text: str) -> str:
    """`true` or `false`, where a text says either."""
    words = {
        "是": "true",
        "真": "true",
        "对": "true",
        "否": "false",
        "不": "false",
        "假": "false",
        "不是": "false",
    }
    typed = plain(text).lower()
    return words.get(typed) or next(iter(difflib.get_close_matches(typed, ("true", "false"), 1)), "")


def items(text: str) -> list[str]:
    """The ids that a text names, one after the other; none where it holds anything else."""
    parts = [plain(part).lstrip("- ") for part in re.split(r"[,，、;；\n]|\s-\s", text.strip("[]【】［］ "))]
    is_ids = all(re.fullmatch(r"[a-z0-9_./@-]+", part) for part in parts)
    return parts if is_ids else []
