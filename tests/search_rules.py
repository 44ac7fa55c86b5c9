"""What a search must find, by a plain scan of the finished pages: nothing here is shared with the index."""

from __future__ import annotations

import itertools
import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from lxml.html import HtmlElement
from playwright.sync_api import Page

from tests.expectations import lines

_WITHIN = (
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
    ),
    *("small", "span", "strong", "sub", "time", "u", "var", "wbr"),
)
"""Elements that stand within a line: the text on both sides of their edges is one."""
_APART = (
    ".//h1 | .//*[@class='kicker'] | .//footer | .//nav | .//form | .//button | .//*[local-name()='svg'] | .//sup"
    " | .//script | .//style | .//template | .//noscript | .//ol[@class='sources'] | .//div[@class='related']"
    " | .//h2[following-sibling::*[1][self::ol[@class='sources'] or self::div[@class='related']]]"
)
"""What is not a page's text: its title (known by itself), navigation, what a reader operates, notes' marks, what it cites."""

_QUOTATION_MARKS = "“”„‟«»‘’‚‛‹›「」『』\"'′"
_INVISIBLE = {
    chr(code)
    for code in (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF)
}


class Text(NamedTuple):
    """A page as it is searched: its title and other names, and the blocks of its article."""

    names: Sequence[str]
    blocks: Sequence[str]


class Term(NamedTuple):
    """What a query asks for, in the form in which it is compared; `quoted` where it stands in quotation marks."""

    form: str
    quoted: bool


class Answer(NamedTuple):
    """The pages that a search must find, and those that it may find beside them."""

    must: set[str]
    may: set[str]


def texts(site: Path, locale: str, also: Mapping[str, Sequence[str]]) -> Mapping[str, Text]:
    """Each page of a language in a built site by its address; `also` has the other names of some."""
    found = {}
    for file in sorted(site.rglob("index.html")):
        page = html.fromstring(file.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
        if page.get("lang") == locale and not page.xpath("//meta[@name='robots'][@content='noindex']"):
            url = file.parent.relative_to(site).as_posix()
            url = "" if url == "." else f"{url}/"
            names, blocks = text(page)
            found[url] = Text([*names, *also.get(url, ())], blocks)
    return found


def text(page: HtmlElement) -> Text:
    """What a page says."""
    (article,) = page.xpath("//article")
    (title,) = article.xpath(".//h1")
    names = [" ".join(title.text_content().split())]
    for part in article.xpath(_APART):
        if part.getparent() is not None:
            part.drop_tree()
    blocks = "".join(_told(article)).split("\n")
    return Text(names, [clean for block in blocks if (clean := " ".join(block.split()))])


def _told(element: HtmlElement) -> Iterator[str]:
    edge = "" if element.tag in _WITHIN else "\n"
    yield edge
    if isinstance(element.tag, str):
        yield (element.text or "").replace("\n", " ")
        for child in element:
            yield from _told(child)
            yield (child.tail or "").replace("\n", " ")
    yield edge


def form(text: str, locale: str) -> str:
    """A text with its width, case, quotation marks, spaces and invisible characters put aside.

    A prime between digits stays; so does, in Chinese, a space between two characters of ASCII.
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join("'" if one in _QUOTATION_MARKS else one for one in text if one not in _INVISIBLE)
    text = re.sub("(?<=[0-9])'+(?=[0-9])", "\N{PRIME}", text).replace("'", "")
    text = " ".join(text.split())
    return re.sub("(?<![!-~]) | (?![!-~])", "", text) if locale == "zh" else text


def words(form: str) -> Sequence[str]:
    """The words of an English text: a run of Chinese, a figure whole, letters and digits that follow each other."""
    runs = [("".join(run), kind) for kind, run in itertools.groupby(form, _kind)]
    found: list[str] = []
    for place, (run, kind) in enumerate(runs):
        before = [run for run, _ in runs[max(0, place - 2) : place]]
        if re.fullmatch("[0-9]+\0[.,:\N{PRIME}]\0[0-9]+", "\0".join([*before, run])):
            found[-1] += before[1] + run
        elif kind:
            found.append(run)
    return found


def _kind(letter: str) -> str:
    han = re.match("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]", letter)
    return "han" if han else "word" if unicodedata.category(letter)[0] in "LN" else ""


def same(one: str, other: str) -> bool | None:
    """Whether two words are forms of one; None where the list does not know one of them, and they begin alike."""
    groups, known = _forms()
    if one == other:
        return True
    if (one in known and other in known) or not (one + other).isalpha():
        return one in groups and groups[one] == groups.get(other)
    return None if one[:2] == other[:2] else False


@cache
def _forms() -> tuple[Mapping[str, int], set[str]]:
    """The words that have other forms, each with the number of its group; and all words that the list knows."""
    groups, _, alone = "\n".join(lines("search/forms.txt")).partition("\n\n")
    found = {word: number for number, line in enumerate(groups.splitlines()) for word in line.split()}
    return found, {*found, *alone.split()}


def terms(query: str, locale: str) -> Sequence[Term]:
    """What a query asks for: what spaces part, and what quotation marks hold together."""
    query = "".join(one for one in query if one not in _INVISIBLE)
    parts = re.findall(r'"[^"]+"(?=\s|$)|\S+', re.sub("[“”„‟＂]", '"', query))
    found = [Term(form(part, locale), len(part) > 1 and part[0] == part[-1] == '"') for part in parts]
    return [term for term in found if any(map(_kind, term.form))]


class Pages:
    """The pages of a language, to be asked."""

    def __init__(self, pages: Mapping[str, Text], locale: str) -> None:
        self._locale = locale
        self._names = _Blocks({url: page.names for url, page in pages.items()}, locale)
        self._all = _Blocks({url: [*page.names, *page.blocks] for url, page in pages.items()}, locale)

    def answer(self, query: str) -> Answer | None:
        """The pages on which each term of a query stands in one block; single characters of Chinese, in a name."""
        asked = terms(query, self._locale)
        if not asked:
            return None
        single = all(len(form) == 1 and (self._locale == "zh" or _kind(form) == "han") for form, _ in asked)
        held = [(self._names if single else self._all).holding(term) for term in asked]
        may = set(held[0]).intersection(*held[1:])
        return Answer({url for url in may if all(pages[url] for pages in held)}, may)


class _Blocks:
    """Blocks of pages in the form in which they are compared, with the places of each word of English."""

    def __init__(self, pages: Mapping[str, Sequence[str]], locale: str) -> None:
        self._forms = {url: [form(block, locale) for block in blocks] for url, blocks in pages.items()}
        self._words: list[tuple[str, Sequence[str]]] = []
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        if locale == "en":
            self._words = [(url, words(told)) for url, blocks in self._forms.items() for told in blocks]
        for number, (_, told) in enumerate(self._words):
            for place, word in enumerate(told):
                self._places[word].append((number, place))
        self._found: dict[Term, Mapping[str, bool | None]] = {}

    def holding(self, term: Term) -> Mapping[str, bool | None]:
        """The pages that have a term in a block; with None those of which the list of forms does not tell."""
        if term not in self._found:
            self._found[term] = self._spoken(term) if self._words else self._written(term.form)
        return self._found[term]

    def _written(self, asked: str) -> Mapping[str, bool | None]:
        return {url: True for url, blocks in self._forms.items() if any(asked in block for block in blocks)}

    def _spoken(self, term: Term) -> Mapping[str, bool | None]:
        asked = words(term.form)
        found: dict[str, bool | None] = {}
        first = (
            word for word in self._places if _stands(asked[:1], [word], term.quoted, len(asked)) is not False
        )
        for number, place in itertools.chain.from_iterable(map(self._places.__getitem__, first)):
            url, told = self._words[number]
            stands = _stands(asked, told[place : place + len(asked)], term.quoted, len(asked))
            if stands is not False and not found.get(url):
                found[url] = stands
        return found


def _stands(asked: Sequence[str], here: Sequence[str], quoted: bool, size: int) -> bool | None:
    """Whether these words, of `size` in the query, are those; where the query begins or ends with Chinese, the page may go on."""
    if len(asked) != len(here):
        return False
    found: set[bool | None] = set()
    for place, (one, other) in enumerate(zip(asked, here, strict=True)):
        if _kind(one[0]) == "han":
            before, after = ".*" if place == 0 else "", ".*" if place == size - 1 else ""
            found.add(bool(re.fullmatch(f"{before}{one}{after}", other)))
        else:
            found.add(one == other if quoted else same(one, other))
    return False if False in found else None if None in found else True


def runs(said: Mapping[str, Text], locale: str, count: int) -> Iterator[str]:
    """Runs of 2 to 12 characters from anywhere in a text; in English by turns cut anywhere, whole words, words in quotes."""
    chance = random.Random(20211208)
    blocks = [text for page in said.values() for text in (*page.names, *page.blocks) if len(text) > 1]
    for number in range(count):
        text = chance.choice(blocks)
        size = min(len(text), chance.randint(2, 12))
        start = chance.randrange(len(text) - size + 1)
        run = text[start : start + size]
        if locale == "en" and number % 3:
            start = text.rfind(" ", 0, start + 1) + 1
            run = text[start : start + 12]
            run = run if start + 12 >= len(text) else run.rpartition(" ")[0] or run
        yield f'"{run}"' if locale == "en" and number % 3 == 2 else run


FIND = """async queries => {
  const search = openSearch(new URL(document.getElementById("search").dataset.index, location), document.documentElement.lang)
  const found = []
  for (const query of queries) {
    const answer = await search.find(query, [])
    if (!answer) { found.push(null); continue }
    await answer.confirm()
    const [count, certain, pages] = [answer.count(), answer.certain(), []]
    while (answer.left()) for (const page of await answer.next(50)) pages.push(page.url)
    found.push({pages, count, certain, otherwise: Boolean(answer.simplified || answer.terms.some(term => term.begins))})
  }
  return found
}"""
"""What a page of the site runs to answer queries: of each the pages, their number, whether it is certain."""


def wrong(page: Page, pages: Pages, queries: Sequence[str]) -> Mapping[str, Any]:
    """The queries that are not answered exactly: what is missing, what is too much, a number that is not right.

    Where no page says it, what is offered in its place (words that begin so, simplified characters) is no answer to it.
    """
    faults: dict[str, Any] = {}
    for query, found in zip(queries, page.evaluate(FIND, queries), strict=True):
        right = pages.answer(query)
        if found is None or right is None:
            if (found is None) != (right is None):
                faults[query] = (right, found)
            continue
        shown = set() if found["otherwise"] else {*found["pages"]}
        missing, too_much = right.must - shown, shown - right.may
        if missing or too_much or len(found["pages"]) > len({*found["pages"]}):
            faults[query] = ("missing", missing, "too much", too_much)
        elif found["certain"] and found["count"] != len(found["pages"]):
            faults[query] = (found["count"], "counted", len(found["pages"]), "shown")
    return faults
