"""Which of many names a text says, found in one reading of the text however many names there are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from operator import add

from gazette.base.grouping import grouped

_GAP = re.compile(r"[\s-]+")
_PLURAL = re.compile(r"(?=(?:e?s)?(?![A-Za-z]))")
_FEW = 100
"""So many pairs are looked for one by one, in less time than all those of a text take to be listed."""


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, in either case, hyphenated or not, also broken over two lines.

    An English one must stand as whole words; its plural, which follows it, is not part of the match.
    """
    return re.compile("|".join(map(_pattern, names)) or "(?!)", re.IGNORECASE)


def _pattern(name: str) -> str:
    words = _GAP.pattern.join(map(re.escape, spaced(name).split()))
    return rf"(?<![A-Za-z]){words}{_PLURAL.pattern}" if name.isascii() else words


def spaced(name: str) -> str:
    """A name with one space for each space or hyphen."""
    return _GAP.sub(" ", name)


class NameIndex:
    """Names by the two letters of each that the fewest of them have.

    A pattern of all of them tries each at every place of a text; a glossary grows with its site.
    """

    def __init__(self, names: Iterable[str]) -> None:
        found = ((spaced(name.lower()).strip(), name) for name in names)
        alike = grouped((letters, name) for letters, name in found if letters)
        frequency = Counter(pair for letters in alike for pair in _pairs(letters))
        self._of_pair: dict[str, dict[str, tuple[str, ...]]] = {}
        for letters, same in alike.items():
            rarest = min(sorted(_pairs(letters)), key=frequency.__getitem__)
            self._of_pair.setdefault(rarest, {})[letters] = same
        self._single = {pair for pair in self._of_pair if len(pair) == 1}

    def said_in(self, text: str) -> frozenset[str]:
        """The names that stand in a text as `any_of` would find them, one within another among them."""
        text = spaced(text.lower())
        pairs = self._of_pair.keys()
        if len(pairs) < _FEW:
            there = {pair for pair in pairs if pair in text}
        else:  # A name of one letter is a pair of its own.
            there = pairs & _pairs(text) | {letter for letter in self._single if letter in text}
        found = chain.from_iterable(self._of_pair[pair].items() for pair in there)
        said = ((letters, names) for letters, names in found if letters in text)
        return frozenset(
            name
            for letters, names in said
            for name in names
            if not name.isascii() or _stands_whole(text, letters)
        )


def _pairs(letters: str) -> set[str]:
    """Every two letters that follow one another, or the only one."""
    return set(map(add, letters, letters[1:])) or {letters}


def _stands_whole(text: str, letters: str) -> bool:
    """Whether letters stand somewhere with no letter before them, and none after them but those of a plural."""
    start = text.find(letters)
    while start >= 0:
        before = text[start - 1 : start]
        if not (before.isascii() and before.isalpha()) and _PLURAL.match(text, start + len(letters)):
            return True
        start = text.find(letters, start + 1)
    return False
