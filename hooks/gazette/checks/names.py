"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from gazette.calls import calls, without_calls
from gazette.content import Content, Markdown, Prose
from gazette.diagnostics import Diagnostic, Position
from gazette.records.base import Entry, parts
from gazette.records.evidence import Source
from gazette.records.language import Term
from gazette.records.values import LOCALES, Localised, Model
from gazette.strict_yaml import Location

_CITED = ("title", "byline", "sections")
"""The fields of a source that stand as it prints them."""


class _Text(NamedTuple):
    """A text in one language, how to find an offset of it again, and the records that it names by a link."""

    words: str
    place: Callable[[int], Position]
    linked: frozenset[str] = frozenset()


def wrong_names(content: Content) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used, wherever it stands."""
    meant = {
        locale: {
            _spaced(name.lower()): term for term in _terms(content) for name in getattr(term.never, locale)
        }
        for locale in LOCALES
    }
    patterns = {locale: _any_of(names) for locale, names in meant.items()}
    for pair in _pairs(content):
        for locale, text in pair.items():
            for found in patterns[locale].finditer(text.words):
                said = " ".join(found[0].split())
                yield _message(text.place(found.start()), said, meant[locale][_spaced(said.lower())], locale)


def one_sided_names(content: Content) -> Iterator[Diagnostic]:
    """A name of the glossary that one language of a text says in full and the other calls something else.

    The other may use a short form (`also`); a short form alone, such as "the zone", asks for nothing.
    """
    terms = _terms(content)
    full = {locale: [_any_of([term.title.to(locale)]) for term in terms] for locale in LOCALES}
    any_form = {
        locale: [_any_of([term.title.to(locale), *getattr(term.also, locale)]) for term in terms]
        for locale in LOCALES
    }
    some_name = {locale: _any_of(term.title.to(locale) for term in terms) for locale in LOCALES}
    for pair in _pairs(content):
        for locale, other in (("zh", "en"), ("en", "zh")):
            if not some_name[locale].search(pair[locale].words):
                continue  # Most texts name nothing: a glossary of a thousand terms is not gone through for them.
            for number, term in enumerate(terms):
                found = full[locale][number].search(pair[locale].words)
                if found and not (
                    any_form[other][number].search(pair[other].words) or str(term.ref) in pair[other].linked
                ):
                    zh, en = ("英文", "English") if other == "en" else ("中文", "Chinese")
                    yield Diagnostic(
                        pair[other].place(0),
                        "name",
                        f"另一种语言写了“{term.title.to(locale)}”，这里的{zh}应写“{term.title.to(other)}”。",
                        f"The other language says `{term.title.to(locale)}`; the {en} here must say `{term.title.to(other)}`.",
                        term.title.to(other),
                        also=(pair[locale].place(found.start()),),
                    )


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, in either case, hyphenated or not, also broken over two lines.

    An English one must stand as whole words; its plural, which follows it, is not part of the match.
    """
    return re.compile("|".join(map(_pattern, names)) or "(?!)", re.IGNORECASE)


def _pattern(name: str) -> str:
    words = r"[\s-]+".join(map(re.escape, _spaced(name).split()))
    return rf"(?<![A-Za-z]){words}(?=(?:e?s)?(?![A-Za-z]))" if name.isascii() else words


def _spaced(name: str) -> str:
    """A name with one space for each space or hyphen."""
    return " ".join(re.split(r"[\s-]+", name))


def _terms(content: Content) -> list[Term]:
    return [term for term in content.collection("glossary") if isinstance(term, Term)]


def _pairs(content: Content) -> Iterator[Mapping[str, _Text]]:
    """Every text of the site in both languages: the body of each page, each value of a record or front matter."""
    for prose in content.prose.values():
        yield {locale: _body(body) for locale, body in prose.bodies.items()}
    for owner in (*content.owners(), *content.sums, *content.corrections, *content.retirements):
        yield from _values(content, owner)


def _body(body: Markdown) -> _Text:
    words = without_calls(body.text)
    linked = frozenset(call.argument for call in calls(body) or () if call.name == "link")
    return _Text(words, body.position, linked)


def _values(content: Content, owner: Entry | Prose) -> Iterator[Mapping[str, _Text]]:
    matter: Model = owner.matter if isinstance(owner, Prose) else owner
    for location, value in parts(matter):
        if isinstance(value, Localised) and not (isinstance(matter, Source) and location[0] in _CITED):
            yield {
                locale: _Text(value.to(locale), partial(_place_of_value, content, owner, (*location, locale)))
                for locale in LOCALES
            }


def _place_of_value(content: Content, owner: Entry | Prose, location: Location, _offset: int) -> Position:
    return content.position(owner, location)


def _message(at: Position, name: str, term: Term, locale: str) -> Diagnostic:
    return Diagnostic(
        at,
        "name",
        f"不用“{name}”：名称与术语定为“{term.title.to(locale)}”（{term.title.zh}）。",
        f"Do not write `{name}`: the glossary's name for {term.title.zh} is `{term.title.to(locale)}`.",
        term.title.to(locale),
    )
