"""The one form in which texts and queries are compared, and the keys under which the index keeps a text.

find.js does the same in the browser; tests/cases/search/same_answers.json holds both to the same answers.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable

from gazette.base.invisible import FORMAT

GRAM = 3
"""Characters of Chinese that are kept together."""

_QUOTATION_MARK = "[“”„‟«»‘’‚‛‹›「」『』\"'′]"
_PRIME = "′"
_EDGE = "\1"
"""Parts two blocks, so that no key runs from one into the next."""
_QUOTES = re.compile("([0-9]?)'+(?=([0-9]?))")
_SPACES = re.compile(r"\s+")
_SPACE_IN_LATIN = re.compile("([\x21-\x7e]) (?=[\x21-\x7e])")
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_HAN}]+|[0-9]+(?:[.,:{_PRIME}][0-9]+)*(?![^\W_{_HAN}])|[^\W_{_HAN}]+")
_IS_HAN = re.compile(f"[{_HAN}]")
_VOWEL = re.compile("[aeiouy]")
_ION = re.compile("^(.{5,}[st])ion$")
_DOUBLED = re.compile(r"^(..+)([bdgmnprt])\2$")
_DOUBLED_L = re.compile("^(....+l)l$")
_SHORT = re.compile("^(?:[^aeiou]*[aeiouy][^aeiouwxys]|us|[a-z]i)$")
"""What is left of a word that ends in one silent e: `noted` is of `note`, not of `not`."""

_NO_FORMS = {
    *("always", "during", "evening", "evenings", "morning", "mornings", "news", "none", "nothing", "perhaps"),
    *("production", "series", "something", "species", "unite", "united"),
}
"""Words that end like a form of another, and are none."""


class _Characters(dict[int, str]):
    """The one form of each character, whatever its width, its case, its kind of quotation mark; none where it is invisible."""

    def __missing__(self, code: int) -> str:
        form = unicodedata.normalize("NFKC", chr(code)).lower()
        self[code] = re.sub(f"[{FORMAT}]", "", re.sub(_QUOTATION_MARK, "'", form))
        return self[code]


_CHARACTERS = _Characters()


def normal_form(text: str, locale: str) -> str:
    """A text without quotation marks, but for primes between digits; in Chinese with spaces only between Latin characters."""
    text = unicodedata.normalize("NFC", text).translate(_CHARACTERS)
    if "'" in text:
        text = _QUOTES.sub(lambda found: found[1] + (_PRIME if found[1] and found[2] else ""), text)
    text = _SPACES.sub(" ", text).strip()
    if locale == "zh" and " " in text:
        text = _SPACE_IN_LATIN.sub("\\1\0", text).replace(" ", "").replace("\0", " ")
    return text


def keys(blocks: Iterable[str], locale: str) -> set[str]:
    """The keys of blocks of text: in Chinese each three characters, and the last two of a block; in English each word.

    Chinese within English is kept as it is in Chinese.
    """
    text = normal_form(_EDGE.join(blocks), locale)
    if locale == "zh":
        return _grams(text)
    found = {*words(text)}
    chinese = {word for word in found if not word.isascii() and _IS_HAN.match(word)}
    return found - chinese | _grams(_EDGE.join(chinese))


def words(form: str) -> list[str]:
    """The words of an English text in its normal form: runs of Chinese, figures, words."""
    return _TOKEN.findall(form)


def single_characters(blocks: Iterable[str], locale: str) -> set[str]:
    """The characters by which a query of only one finds a title."""
    letters = {*normal_form(_EDGE.join(blocks), locale)}
    return {letter for letter in letters if letter.isalnum() and (locale == "zh" or _IS_HAN.match(letter))}


def _grams(text: str) -> set[str]:
    grams = {text[at : at + GRAM] for at in range(len(text) - 1)}
    over_edges = {gram for gram in grams if _EDGE in gram}
    return grams - over_edges | {gram[:-1] for gram in over_edges if gram.find(_EDGE) == GRAM - 1}


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """What the forms of an English word have in common: the plural, and those in -ed, -ing and -ion. Others are as they are."""
    if len(word) < 4 or not (word.isascii() and word.isalpha()) or word in _NO_FORMS:
        return word
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        word = word[:-3] + "y"
    else:
        for ending in ("ed", "ing"):
            left = word.removesuffix(ending)
            if left != word and len(left) > 1 and left[-1] != "e" and _VOWEL.search(left):
                word = f"{left}e" if _SHORT.match(left) else _DOUBLED.sub(r"\1\2", left)
        word = _DOUBLED_L.sub(r"\1", _ION.sub(r"\1", word))
    return word[:-1] if len(word) > 3 and word.endswith("e") and not _SHORT.match(word[:-1]) else word


def bucket_name(key: str, locale: str) -> str:
    """The part of a key by which its bucket is found: what is looked up together has it in common.

    Two characters of Chinese begin all grams that hold them; the forms of a word of English begin with the same letters.
    """
    if key.startswith(FACET):
        return key
    return key[:2] if locale == "zh" or _IS_HAN.match(key) else stem(key)[:4]


FACET = "\t"
"""How the key of a facet begins, which stands in no text."""


def bucket(name: str, count: int) -> int:
    """Which of `count` buckets, a power of two, has the keys of this name (FNV-1a over code points; the low bits of it, mixed)."""
    found = 0x811C9DC5
    for letter in name:
        found = (found ^ ord(letter)) * 0x01000193 & 0xFFFFFFFF
    return (found ^ found >> 15) % count
