"""Values of a figure over time: one for each date, the newest on top; what a dated article cites stays as it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.strict_yaml import Location
from gazette.content.calls import calls
from gazette.content.locks import value_now
from gazette.content.model import Content
from gazette.content.observations import value_position
from gazette.records.dates import PartialDate
from gazette.records.front_matter import Article
from gazette.records.sources import Indicator, Observation, held
from gazette.records.values import FieldRef, Ref

_NAMED = re.compile(rf"{Indicator.collection}/([a-z0-9-]+)")


def misplaced_observations(content: Content) -> Iterator[Diagnostic]:
    """An earlier value that is not earlier than the newest, of a date that has one already, or in another unit."""
    for indicator in _indicators(content):
        newest, dates = indicator.observed[0], {indicator.as_of.typed}
        units = {one.figure.unit for one in indicator.observed if one.figure.value is not None}
        for place, one in enumerate(indicator.observations):
            at: Location = ("observations", place, "as_of")
            date, top = one.as_of.typed, indicator.as_of.typed
            if date in dates:
                yield Diagnostic(content.position(indicator, at), "observed-twice", {"date": date})
            elif one.as_of.sort_key >= newest.as_of.sort_key:
                values = {"date": date, "newest": top}
                yield Diagnostic(content.position(indicator, at), "newer-observation", values)
            dates.add(date)
        if len(units) > 1:
            yield Diagnostic(content.position(indicator, ("observations",)), "observed-in-units")


def shifted_citations(content: Content) -> Iterator[Diagnostic]:
    """A published article with a date that would cite another value of a figure than it did, for one that is new."""
    locked = {value_now(content, ref, published) for ref, published in content.locked.items()}
    known = {
        indicator.ref: [one for one in indicator.observed if _value_ref(indicator, one) in locked]
        for indicator in _indicators(content)
        if indicator.observations
    }
    grown = {
        ref: found
        for ref, found in known.items()
        if 0 < len(found) < len(content.observations(FieldRef(ref, "figure")))
    }
    for article, date, named in _dated(content) if grown else ():
        published = {str(article.ref), str(content.original(article.ref))} & content.locked_names.keys()
        for ref in named & grown.keys() if published else ():
            indicator = content.records[ref]
            assert isinstance(indicator, Indicator)
            was, now = held(grown[ref], date), held(indicator.observed, date)
            if was is not now and (places := _places(content, article, ref)):
                values = {"figure": ref, "was": was.as_of.typed, "now": now.as_of.typed}
                also = (*places[1:], value_position(content, _value_ref(indicator, now)))
                yield Diagnostic(places[0], "cited-otherwise", values, also)


def early_citations(content: Content) -> Iterator[Diagnostic]:
    """An article that cites a figure of which there was no value yet: it is given the earliest."""
    earliest = {indicator.ref: indicator.observed[-1].as_of for indicator in _indicators(content)}
    for article, date, named in _dated(content):
        for ref in named & earliest.keys():
            if date.last < earliest[ref].first and (places := _places(content, article, ref)):
                values = {"figure": ref, "date": date.typed, "earliest": earliest[ref].typed}
                yield Diagnostic(places[0], "cited-before", values, places[1:], pending=True)


def _indicators(content: Content) -> Iterator[Indicator]:
    found = content.collection(Indicator.collection)
    return (record for record in found if isinstance(record, Indicator))


def _value_ref(indicator: Indicator, one: Observation) -> FieldRef:
    return FieldRef(indicator.ref, "figure", one.as_of.typed)


def _dated(content: Content) -> Iterator[tuple[Article, PartialDate, Set[Ref]]]:
    """Each article with a date, and the indicators that its text may cite."""
    for article in content.collection(Article.collection):
        if isinstance(article, Article) and article.date:
            text = content.prose[f"news/{article.id}"].bodies["zh"].text
            yield article, article.date, {Ref(Indicator.collection, id_) for id_ in _NAMED.findall(text)}


def _places(content: Content, article: Article, ref: Ref) -> tuple[Position, ...]:
    """Where an article cites a figure without saying of which date."""
    bodies = content.prose[f"news/{article.id}"].bodies.values()
    return tuple(
        position
        for body in bodies
        for call, position in calls(body)
        if call.name == "figure" and call.argument in (str(ref), f"{ref}.figure")
    )
