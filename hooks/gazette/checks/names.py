"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import language
from gazette.base.strict_yaml import Location
from gazette.checks.name_index import NameIndex, any_of, spaced
from gazette.content.calls import CODE, calls, page_links, without_calls
from gazette.content.front_matter import Markdown
from gazette.content.model import Content, Owner, Prose, pages_of
from gazette.records.record import Entry, parts
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.records.values import LOCALES, Localised, Model

_UNSPOKEN = re.compile(
    r"(?<=\])\([^)\n]*\)|</?[A-Za-z][^<>]*>|https?://[!-~]+|(?m:^ *\[[^\]\n]+\]:.*$)|\{[:#][^}\n]*\}"
)
"""What stands in Markdown and is not said: addresses, tags, attributes."""
_CODE = re.compile(CODE, re.DOTALL | re.MULTILINE)


_RUNS_IN, _RUNS_ON = re.compile(r"\w*$"), re.compile(r"\w{0,2}")


class Text(NamedTuple):
    """A text in one language, how to find an offset of it again, the body that it is of, where it is one, and what that links to."""

    words: str
    place: Callable[[int], Position]
    body: Markdown | None = None
    links: Callable[[], frozenset[str]] = frozenset


def wrong_names(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used, wherever it stands."""
    terms = _terms(content)
    known = {locale: NameIndex(_known(terms, locale)) for locale in LOCALES}
    # Of two terms with the same wrong name the glossary's first is meant.
    meant = {
        locale: {name: term for term in reversed(terms) for name in getattr(term.never, locale)}
        for locale in LOCALES
    }
    for pair in _texts(content, owners):
        for locale, text in pair.items():
            said = known[locale].said_in(text.words)
            for wrong in sorted(said & meant[locale].keys()):
                term = meant[locale][wrong]
                for found in _places(wrong, text.words, said):
                    name = " ".join(found[0].split())
                    right, file = term.title.to(locale), term.path
                    values = {"name": name, "term": term.title.zh, "right": right, "file": file}
                    yield Diagnostic(text.place(found.start()), "wrong-name", values)


def one_sided_names(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A name of the glossary that one language of a text says in full and the other calls something else.

    The other may use a short form (`also`); a short form alone, such as "the zone", asks for nothing.
    """
    terms = _terms(content)
    forms = {
        locale: [{term.title.to(locale), *getattr(term.also, locale)} for term in terms] for locale in LOCALES
    }
    known = {locale: NameIndex(_known(terms, locale)) for locale in LOCALES}
    titled = {
        locale: grouped((term.title.to(locale), number) for number, term in enumerate(terms))
        for locale in LOCALES
    }
    for pair in _texts(content, owners):
        said = {locale: known[locale].said_in(text.words) for locale, text in pair.items()}
        for locale, other in (("zh", "en"), ("en", "zh")):
            for number in sorted(number for name in said[locale] for number in titled[locale].get(name, ())):
                term, title = terms[number], terms[number].title
                if not said[other].isdisjoint(forms[other][number]) or str(term.ref) in pair[other].links():
                    continue
                words = pair[locale].words
                if found := next(_places(title.to(locale), words, said[locale]), None):
                    name, right = title.to(locale), title.to(other)
                    values = {"name": name, "language": language(other), "right": right}
                    values |= {"around": _around(found, words), "file": term.path}
                    also = (pair[locale].place(found.start()),)
                    yield Diagnostic(pair[other].place(0), "one-sided-name", values, also)


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
                    locale: Text(without_calls(value.to(locale)), partial(place, (*location, locale)))
                    for locale in LOCALES
                }


def _spoken(text: str) -> str:
    """The text of a body without its calls and what else of it is not said; all of it stays at its place."""
    return _UNSPOKEN.sub(_blank, without_calls(text))


def _links(prose: Prose, body: Markdown) -> frozenset[str]:
    """What a body links to by a call or by a Markdown link, as `collection/id`."""
    called = {call.argument for call, _ in calls(body) if call.name == "link"}
    folder = posixpath.dirname(prose.path)
    pages = (posixpath.normpath(posixpath.join(folder, target)) for target, _ in page_links(body))
    return frozenset(called.union(page.removesuffix(".md") for page in pages))


def _place_of_value(content: Content, owner: Entry | Prose, location: Location, _offset: int) -> Position:
    return content.position(owner, location)
