"""Which of many names a text says, found in one reading of the text however many names there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeAlias

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


_Node: TypeAlias = "dict[str, _Node]"
"""A place in the tree of names: what may come next by its letter; the names that end here are the keys below ""."""


class NameIndex:
    """Names by their letters, the beginnings they share kept once.

    A pattern of all of them tries each at every place of a text; a glossary grows with its site.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._root: _Node = {}
        self._longest = 0
        beginnings: dict[bool, set[str]] = {True: set(), False: set()}
        for name in names:
            letters = spaced(name.lower()).strip()
            if not letters:
                continue
            node = self._root
            for letter in letters:
                node = node.setdefault(letter, {})
            node.setdefault("", {})[name] = {}
            self._longest = max(self._longest, len(letters))
            beginnings[name.isascii()].add(re.escape(letters[0]))
        words, others = ("".join(sorted(beginnings[is_ascii])) for is_ascii in (True, False))
        found = [rf"(?<![a-z])[{words}]"] * bool(words) + [f"[{others}]"] * bool(others)
        self._beginning = re.compile("|".join(found) or "(?!)")

    def said_in(self, text: str) -> frozenset[str]:
        """The names that stand in a text as `any_of` would find them, one within another among them."""
        text = spaced(text.lower())
        said: set[str] = set()
        for beginning in self._beginning.finditer(text):
            start, node = beginning.start(), self._root
            for end, letter in enumerate(text[start : start + self._longest], start + 1):
                if letter not in node:
                    break
                node = node[letter]
                if "" in node:
                    whole = _is_whole(text, start, end)
                    said.update(name for name in node[""] if whole or not name.isascii())
        return frozenset(said)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter stands before `start`, and at `end` none but those of a plural."""
    before = text[start - 1 : start]
    return not (before.isascii() and before.isalpha()) and _PLURAL_FOLLOWS.match(text, end) is not None
