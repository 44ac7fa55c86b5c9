"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.grouping import grouped
from gazette.base.messages import language
from gazette.base.strict_yaml import Location
from gazette.checks.name_index import NameIndex, any_of, spaced
from gazette.content.calls import calls, without_calls
from gazette.content.front_matter import Markdown
from gazette.content.model import Content, Owner, Prose, pages_of
from gazette.records.record import Entry, parts
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.records.values import LOCALES, Localised, Model


class Text(NamedTuple):
    """A text in one language, how to find an offset of it again, and the body that it is of, where it is one."""

    words: str
    place: Callable[[int], Position]
    body: Markdown | None = None

    def links_to(self, term: Term) -> bool:
        """Whether it names a term by a link."""
        found = calls(self.body) if self.body else ()
        return any(call.name == "link" and call.argument == str(term.ref) for call, _ in found)


def wrong_names(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used, wherever it stands."""
    terms = _terms(content)
    meant = {
        locale: {spaced(name.lower()): term for term in terms for name in getattr(term.never, locale)}
        for locale in LOCALES
    }
    indexes = {locale: NameIndex(names) for locale, names in meant.items()}
    for pair in texts(content, owners, _is_cited):
        for locale, text in pair.items():
            said = indexes[locale].said_in(text.words)
            if not said:
                continue
            # Where two begin together the glossary's first is meant.
            for found in any_of(name for name in meant[locale] if name in said).finditer(text.words):
                name = " ".join(found[0].split())
                title = meant[locale][spaced(name.lower())].title
                values = {"name": name, "term": title.zh, "right": title.to(locale)}
                yield Diagnostic(text.place(found.start()), "wrong-name", values)


def one_sided_names(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A name of the glossary that one language of a text says in full and the other calls something else.

    The other may use a short form (`also`); a short form alone, such as "the zone", asks for nothing.
    """
    terms = _terms(content)
    forms = {
        locale: [{term.title.to(locale), *getattr(term.also, locale)} for term in terms] for locale in LOCALES
    }
    indexes = {locale: NameIndex(set().union(*forms[locale])) for locale in LOCALES}
    titled = {
        locale: grouped((term.title.to(locale), number) for number, term in enumerate(terms))
        for locale in LOCALES
    }
    for pair in texts(content, owners, _is_cited):
        said = {locale: indexes[locale].said_in(text.words) for locale, text in pair.items()}
        for locale, other in (("zh", "en"), ("en", "zh")):
            for number in sorted(number for name in said[locale] for number in titled[locale].get(name, ())):
                term, title = terms[number], terms[number].title
                if not said[other].isdisjoint(forms[other][number]) or pair[other].links_to(term):
                    continue
                if found := any_of([title.to(locale)]).search(pair[locale].words):
                    name, right = title.to(locale), title.to(other)
                    values = {"name": name, "language": language(other), "right": right}
                    also = (pair[locale].place(found.start()),)
                    yield Diagnostic(pair[other].place(0), "one-sided-name", values, also)


def _terms(content: Content) -> list[Term]:
    return [term for term in content.collection("glossary") if isinstance(term, Term)]


def _is_cited(matter: Model, location: Location) -> bool:
    """Whether it is of the fields of a source that stand as it prints them."""
    return isinstance(matter, Source) and location[0] in ("title", "byline", "sections")


def texts(
    content: Content, owners: Iterable[Owner], is_left_out: Callable[[Model, Location], bool]
) -> Iterator[Mapping[str, Text]]:
    """Every text in both languages: the body of each page, each value of a record or front matter that is not left out."""
    for prose in pages_of(owners):
        bodies = prose.bodies.items()
        yield {locale: Text(without_calls(body.text), body.position, body) for locale, body in bodies}
    for owner in owners:
        matter = content.matter(owner)
        for location, value in parts(matter, Localised):
            if not is_left_out(matter, location):
                place = partial(_place_of_value, content, owner)
                yield {
                    locale: Text(value.to(locale), partial(place, (*location, locale))) for locale in LOCALES
                }


def _place_of_value(content: Content, owner: Entry | Prose, location: Location, _offset: int) -> Position:
    return content.position(owner, location)
