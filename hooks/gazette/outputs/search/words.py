"""Text as words for Pagefind, such that any run of characters can be found, wherever it begins and ends.

Pagefind finds words, by their beginnings; Chinese has none, and its segmentation misses some. So from each character
a gram of three begins, spelt in consonants of ASCII, which nothing divides or stems: a term of two characters is the
beginning of a gram, a longer one is grams at known distances. find.js spells a query alike.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

GRAM = 3
"""Characters in a gram."""
WIDTH = 4
"""Letters that spell one character: 19 to the power of 4 is more than the characters there are in use."""
MARK = "zzq"
"""How a gram begins, unlike any word of a language."""

EDGE = "|"
"""What stands at both ends of a number, which is found whole."""

_LETTERS = "bcdfghjklmnpqrtvwxz"
_QUOTES = re.compile("[“”„«»‘’\"']")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PRIMES = re.compile("[′″]")
_SPACE = re.compile(r"\s+")
_SPACE_IN_LATIN = re.compile(r"(?<=[\x21-\x7e]) (?=[\x21-\x7e])")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_ENDS = re.compile(r"^\W+|\W+$")


def words(blocks: Iterable[str], locale: str) -> list[str]:
    """What is indexed of blocks of text, a piece each: in Chinese the grams of every block.

    In English every word once, for where it stands is never asked; and the grams of numbers, of which there are too
    many different ones for words, between edges, and of what has Chinese characters in it.
    """
    texts = [_SPACE.sub(" ", block).strip() for block in blocks]
    if locale == "zh":
        return [grams(text) for text in texts]
    words = dict.fromkeys(word for text in texts for word in _PRIMES.sub(" ", text).split())
    english: dict[str, None] = {}
    runs: dict[str, None] = {}
    for word, in_grams in map(_indexed, words):
        (runs if in_grams else english)[word] = None
    return [" ".join(english), *map(grams, runs)]


@functools.lru_cache(maxsize=1 << 15)
def _indexed(word: str) -> tuple[str, bool]:
    """How a word of English is indexed, and whether in grams."""
    if _CHINESE.search(word):
        return word, True
    if _NUMBER.fullmatch(bare := _ENDS.sub("", word)):
        return f"{EDGE}{bare}{EDGE}", True
    return word.lower(), False


@functools.lru_cache(maxsize=1 << 12)  # Pages list each other, and share their labels.
def grams(text: str) -> str:
    """The gram that begins at each character of `text`: without quotation marks, spaces only within Latin script."""
    text = _SPACE_IN_LATIN.sub("\0", _QUOTES.sub("", text)).replace(" ", "").replace("\0", " ")
    spelt = unicodedata.normalize("NFKC", text).translate(_SPELT)
    return " ".join([MARK + spelt[at : at + GRAM * WIDTH] for at in range(0, len(spelt), WIDTH)])


class _Spelling(dict[int, str]):
    """Each code point in consonants, the same for a capital as for the small letter."""

    def __missing__(self, code: int) -> str:
        small = chr(code).lower()
        rest, letters = ord(small) if len(small) == 1 else code, ""
        for _ in range(WIDTH):
            rest, digit = divmod(rest, len(_LETTERS))
            letters = _LETTERS[digit] + letters
        self[code] = letters
        return letters


_SPELT = _Spelling()
