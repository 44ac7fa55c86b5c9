"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import language
from gazette.base.strict_yaml import Location
from gazette.checks.name_index import NameIndex, any_of, spaced
from gazette.content.calls import CODE, calls, without_calls
from gazette.content.front_matter import Markdown
from gazette.content.links import page_links
from gazette.content.model import Content, Owner, Prose, pages_of
from gazette.records.record import Entry, parts
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.records.values import LOCALES, Localised, Model

_UNSPOKEN = re.compile(
    r"(?<=\])\([^)\n]*\)|</?[A-Za-z][^<>]*>|https?://[!-~]+|(?m:^ *\[(?!\^)[^\]\n]+\]:.*$)|\[\^[^\]\n]+\]:?|\{[:#][^}\n]*\}"
)
"""What stands in Markdown and is not said: addresses, tags, attributes, the names of notes; what a note says is."""
_CODE = re.compile(CODE, re.DOTALL | re.MULTILINE)


_RUNS_IN, _RUNS_ON = re.compile(r"\w*$"), re.compile(r"\w{0,2}")


class Text(NamedTuple):
    """A text in one language, how to find an offset of it again, the body that it is of and what that links to, or the matter."""

    words: str
    place: Callable[[int], Position]
    body: Markdown | None = None
    links: Callable[[], frozenset[str]] = frozenset
    matter: Model | None = None


def wrong_names(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used; one that a language says in full and the other calls something else."""
    glossary = {locale: _Glossary(_terms(content), locale) for locale in LOCALES}
    for pair in _texts(content, owners):
        said = {locale: glossary[locale].known.said_in(text.words) for locale, text in pair.items()}
        for locale, other in (("zh", "en"), ("en", "zh")):
            yield from _unwanted(glossary[locale], pair[locale], said[locale])
            yield from _one_sided(glossary[locale], glossary[other], pair, said)


class _Glossary:
    """The glossary in one language."""

    def __init__(self, terms: Sequence[Term], locale: str) -> None:
        self.terms, self.locale = terms, locale
        self.known = NameIndex(_known(terms, locale))
        # Of two terms with the same wrong name the glossary's first is meant.
        self.unwanted = {name: term for term in reversed(terms) for name in getattr(term.never, locale)}
        self.titled = grouped((term.title.to(locale), number) for number, term in enumerate(terms))
        self.forms = [{term.title.to(locale), *getattr(term.also, locale)} for term in terms]


def _unwanted(glossary: _Glossary, text: Text, said: Set[str]) -> Iterator[Diagnostic]:
    """The names in a text that must not be used."""
    for wrong in sorted(said & glossary.unwanted.keys()):
        term = glossary.unwanted[wrong]
        for found in _places(wrong, text.words, said):
            name, right = " ".join(found[0].split()), term.title.to(glossary.locale)
            values = {"name": name, "term": term.title.zh, "right": right, "file": term.path}
            yield Diagnostic(text.place(found.start()), "wrong-name", values)


def _one_sided(
    glossary: _Glossary, other: _Glossary, pair: Mapping[str, Text], said: Mapping[str, Set[str]]
) -> Iterator[Diagnostic]:
    """The names in full of one language of a text for which the other has no form.

    The other may use a short form (`also`); a short form alone, such as "the zone", asks for nothing.
    """
    text, opposite = pair[glossary.locale], pair[other.locale]
    names = said[glossary.locale]
    for number in sorted(number for name in names for number in glossary.titled.get(name, ())):
        term = glossary.terms[number]
        if not said[other.locale].isdisjoint(other.forms[number]) or str(term.ref) in opposite.links():
            continue
        name, right = term.title.to(glossary.locale), term.title.to(other.locale)
        if found := next(_places(name, text.words, names), None):
            values = {"name": name, "language": language(other.locale), "right": right}
            values |= {"around": _around(found, text.words), "file": term.path}
            start = len(opposite.words) - len(opposite.words.lstrip())
            yield Diagnostic(opposite.place(start), "one-sided-name", values, (text.place(found.start()),))


def _known(terms: Iterable[Term], locale: str) -> set[str]:
    """The words that the glossary knows: names, other forms, wrong names, and longer words that are none of them."""
    known = {term.title.to(locale) for term in terms}
    return known.union(
        *(getattr(of, locale) for term in terms for of in (term.also, term.never, term.not_in))
    )


def _around(found: re.Match[str], text: str) -> str:
    """What was found in a text with the two characters on each side that run into it."""
    before, after = _RUNS_IN.search(text[: found.start()][-2:]), _RUNS_ON.match(text, found.end())
    return "".join(match[0] for match in (before, found, after) if match)


def _places(name: str, text: str, said: Iterable[str]) -> Iterator[re.Match[str]]:
    """Where a text says a name, and not within a longer one of the words `said` in it."""
    letters = spaced(name.lower())
    longer = [word for word in said if letters in spaced(word.lower()) and len(word) > len(name)]
    if longer:
        text = any_of(longer).sub(lambda found: "\0" * len(found[0]), text)
    return any_of([name]).finditer(text)


def _terms(content: Content) -> list[Term]:
    return [term for term in content.collection("glossary") if isinstance(term, Term)]


def _is_cited(matter: Model, location: Location) -> bool:
    """Whether it is of the fields of a source that stand as it prints them."""
    return isinstance(matter, Source) and location[0] in ("title", "byline", "sections")


def _texts(content: Content, owners: Iterable[Owner]) -> Iterator[Mapping[str, Text]]:
    """Every text that is in the site's own words, without its code: an identifier names nothing."""
    for pair in texts(content, owners, _is_cited):
        yield {
            locale: text._replace(words=_CODE.sub(_blank, text.words)) if "`" in text.words else text
            for locale, text in pair.items()
        }


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def texts(
    content: Content, owners: Iterable[Owner], is_left_out: Callable[[Model, Location], bool]
) -> Iterator[Mapping[str, Text]]:
    """Every text in both languages: the body of each page, each value of a record or front matter that is not left out."""
    for prose in pages_of(owners):
        bodies = prose.bodies.items()
        yield {
            locale: Text(_spoken(body.text), body.position, body, partial(_links, prose, body))
            for locale, body in bodies
        }
    for owner in owners:
        matter = content.matter(owner)
        for location, value in parts(matter, Localised):
            if not is_left_out(matter, location):
                place = partial(_place_of_value, content, owner)
                yield {
                    locale: Text(
                        without_calls(value.to(locale)), partial(place, (*location, locale)), matter=matter
                    )
                    for locale in LOCALES
                }


def _spoken(text: str) -> str:
    """The text of a body without its calls and what else of it is not said; all of it stays at its place."""
    return _UNSPOKEN.sub(_blank, without_calls(text))


def _links(prose: Prose, body: Markdown) -> frozenset[str]:
    """What a body links to by a call or by a Markdown link, as `collection/id`."""
    called = {call.argument for call, _ in calls(body) if call.name == "link"}
    folder = posixpath.dirname(prose.path)
    return frozenset(called.union(link.file(folder).removesuffix(".md") for link in page_links(body)))


def _place_of_value(content: Content, owner: Entry | Prose, location: Location, _offset: int) -> Position:
    return content.position(owner, location)
