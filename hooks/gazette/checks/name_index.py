"""Which of many names a text says, found in one reading of the text however many names there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

_GAP = re.compile(r"[\s-]+")
_PLURAL = r"(?=(?:e?s)?(?![A-Za-z]))"
_PLURAL_FOLLOWS = re.compile(_PLURAL)


def any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, in either case, hyphenated or not, also broken over two lines.

    An English one must stand as whole words; its plural, which follows it, is not part of the match.
    """
    return re.compile("|".join(map(_pattern, names)) or "(?!)", re.IGNORECASE)


def _pattern(name: str) -> str:
    words = _GAP.pattern.join(map(re.escape, spaced(name).split()))
    return rf"(?<![A-Za-z]){words}{_PLURAL}" if name.isascii() else words


def spaced(name: str) -> str:
    """A name with one space for each space or hyphen."""
    return _GAP.sub(" ", name)


class NameIndex:
    """Names by their letters, and the lengths of those that begin alike.

    A pattern of all of them tries each at every place of a text; a glossary grows with its site.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[str]] = {}
        self._lengths: dict[str, set[int]] = {}
        beginnings: dict[bool, set[str]] = {True: set(), False: set()}
        for name in names:
            if letters := spaced(name.lower()).strip():
                self._names.setdefault(letters, []).append(name)
                self._lengths.setdefault(letters[:2], set()).add(len(letters))
                beginnings[name.isascii()].add(re.escape(letters[0]))
        words, others = ("".join(sorted(beginnings[is_ascii])) for is_ascii in (True, False))
        found = [rf"(?<![a-z])[{words}]"] * bool(words) + [f"[{others}]"] * bool(others)
        self._beginning = re.compile("|".join(found) or "(?!)")

    def said_in(self, text: str) -> frozenset[str]:
        """The names that stand in a text as `any_of` would find them, one within another among them."""
        text = spaced(text.lower())
        said: set[str] = set()
        for start in (beginning.start() for beginning in self._beginning.finditer(text)):
            lengths = (self._lengths.get(text[start : start + shown], ()) for shown in (1, 2))
            for length in chain(*lengths):
                for name in self._names.get(text[start : start + length], ()):
                    if not name.isascii() or _is_whole(text, start, start + length):
                        said.add(name)
        return frozenset(said)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter stands before `start`, and at `end` none but those of a plural."""
    before = text[start - 1 : start]
    return not (before.isascii() and before.isalpha()) and _PLURAL_FOLLOWS.match(text, end) is not None
