"""What is typed for digits within a number and is none: Chinese numerals, circled and raised digits, letters that look like one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CHINESE = "〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖㈠㈡㈢㈣㈤㈥㈦㈧㈨㊀㊁㊂㊃㊄㊅㊆㊇㊈⓿"
_LETTERS = {"O": "0", "o": "0", "l": "1", "I": "1"}
_MEANT = {
    **{c: str(int(unicodedata.numeric(c))) for c in _CHINESE},
    **{
        c: str(unicodedata.digit(c))
        for c in map(chr, (*range(0xB2, 0xBA), *range(0x2070, 0x2793)))
        if unicodedata.digit(c, 10) < 10
    },
    "幺": "1",
    **_LETTERS,
}
_ANY = "".join(_MEANT)
_NUMBER = re.compile(rf"[{_ANY}0-9](?:[ ·—-]{{0,3}}[{_ANY}0-9]){{4,}}")
"""No number of a person has fewer digits: those of a licence plate are the fewest."""


def disguised(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each number of a text may stand that is not all digits, and the digits that are meant, as many characters."""
    for found in _NUMBER.finditer(text):
        digits = "".join(_MEANT.get(c, c) for c in found[0])
        if digits != found[0]:
            yield *found.span(), digits
        if found[0][0] in _CHINESE:  # It may end the name before the number, such as 张三.
            yield found.start() + 1, found.end(), digits[1:]
