"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from gazette.calls import without_calls
from gazette.content import Content, Markdown, Prose
from gazette.diagnostics import Diagnostic, Position
from gazette.records.base import Record, parts
from gazette.records.language import Term
from gazette.records.values import LOCALES, Localised, Model
from gazette.strict_yaml import Location

_NAMED = ("organisation", "place", "publication")
"""The kinds whose names are proper: where one language says the name, the other must."""


class _Text(NamedTuple):
    """A text in one language and how to find an offset of it again."""

    words: str
    place: Callable[[int], Position]


def wrong_names(content: Content) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used, wherever it stands."""
    for locale in LOCALES:
        meant = {name.lower(): term for term in _terms(content) for name in getattr(term.never, locale)}
        pattern = re.compile("|".join(map(re.escape, meant)) or "(?!)", re.IGNORECASE)
        for pair in _pairs(content):
            text = pair[locale]
            for found in pattern.finditer(text.words):
                yield _message(text.place(found.start()), found[0], meant[found[0].lower()], locale)


def one_sided_names(content: Content) -> Iterator[Diagnostic]:
    """A proper name that one language of a text says in full and the other calls something else.

    The other may use a short form (`also`); a short form alone, such as "the zone", asks for nothing.
    """
    terms = [term for term in _terms(content) if term.kind in _NAMED]
    patterns = {
        locale: [
            re.compile(
                "|".join(map(re.escape, (term.title.to(locale), *getattr(term.also, locale)))), re.IGNORECASE
            )
            for term in terms
        ]
        for locale in LOCALES
    }
    for pair in _pairs(content):
        for number, term in enumerate(terms):
            for locale, other in (("zh", "en"), ("en", "zh")):
                start = pair[locale].words.find(term.title.to(locale))
                if start >= 0 and not patterns[other][number].search(pair[other].words):
                    zh, en = ("英文", "English") if other == "en" else ("中文", "Chinese")
                    yield Diagnostic(
                        pair[other].place(0),
                        "name",
                        f"另一种语言写了“{term.title.to(locale)}”，这里的{zh}应写“{term.title.to(other)}”。",
                        f"The other language says `{term.title.to(locale)}`; the {en} here must say `{term.title.to(other)}`.",
                        term.title.to(other),
                        also=(pair[locale].place(start),),
                    )


def _terms(content: Content) -> list[Term]:
    return [term for term in content.collection("glossary") if isinstance(term, Term)]


def _pairs(content: Content) -> Iterator[Mapping[str, _Text]]:
    """Every text of the site in both languages: the body of each page, each value of a record or front matter."""
    for prose in content.prose.values():
        yield {locale: _body(body) for locale, body in prose.bodies.items()}
        yield from _values(content, prose.matter, prose)
    for record in content.records.values():
        if record.collection != "news":
            yield from _values(content, record, record)


def _body(body: Markdown) -> _Text:
    words = without_calls(body.text)

    def place(offset: int) -> Position:
        line = body.first_line + words.count("\n", 0, offset)
        return Position(body.path, line, offset - words.rfind("\n", 0, offset))

    return _Text(words, place)


def _values(content: Content, matter: Model, owner: Record | Prose) -> Iterator[Mapping[str, _Text]]:
    for location, value in parts(matter):
        if isinstance(value, Localised):
            yield {
                locale: _Text(value.to(locale), partial(_place_of_value, content, owner, (*location, locale)))
                for locale in LOCALES
            }


def _place_of_value(content: Content, owner: Record | Prose, location: Location, _offset: int) -> Position:
    return content.position(owner, location)


def _message(at: Position, name: str, term: Term, locale: str) -> Diagnostic:
    return Diagnostic(
        at,
        "name",
        f"不用“{name}”：名称与术语定为“{term.title.to(locale)}”（{term.title.zh}）。",
        f"Do not write `{name}`: the glossary's name for {term.title.zh} is `{term.title.to(locale)}`.",
        term.title.to(locale),
    )
