"""A figure in text is called from its record, never typed: stray numbers with a unit are reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import islice

from gazette.base.bounds import MOST_TOLD
from gazette.base.diagnostics import Diagnostic
from gazette.base.grouping import grouped
from gazette.base.messages import NOTHING, listed, say
from gazette.base.strict_yaml import Location
from gazette.checks.markdown.typed_marks import related_form
from gazette.checks.names import Text, texts
from gazette.content.model import Content, Owner
from gazette.content.observations import entry_ref
from gazette.language.numerals import Quantity, quantities
from gazette.records.front_matter import Article, PlainPage
from gazette.records.integrity import Retirement
from gazette.records.record import Entry, Record
from gazette.records.sources import Source
from gazette.records.terms import Term
from gazette.records.values import LOCALES, FieldRef, Figure, Model

_NUMBER = re.compile(r"\d+")
_MARKS = re.compile(r"(?:</?[A-Za-z][^<>]*>|\{#\s[^\n]*?#\}|\[\^[^\]\n]+\]|&#?\w+;|[*_])+")
"""What may stand in a page between a number and its unit, and not between them on the page."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def stray_numbers(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A numeral with a unit, or with 万, 亿, million or billion, in a page's text or a record's words.

    Names of records and terms are free, and so is `{{ plain("…") }}`; years, dates and ordinals have no unit.
    """
    owners = [owner for owner in owners if not isinstance(owner, Retirement)]
    known = {locale: (_units(content, locale), _numbered(content, locale)) for locale in LOCALES}
    for pair in texts(content, owners, _is_name):
        for locale, text in pair.items():
            for found in islice(_strays(text, locale, *known[locale]), MOST_TOLD):
                yield _message(content, text, found)


def _is_name(matter: Model, location: Location) -> bool:
    """A record's title is a name; a source's headings are cited as they stand."""
    if isinstance(matter, Article | PlainPage | Entry) and location[0] == "title":
        return isinstance(matter, Record) and not isinstance(matter, Article)
    return isinstance(matter, Source) and location[0] in ("sections", "byline")


def names_with_numbers(content: Content, locale: str) -> list[str]:
    """Every name of a record or term that holds a number."""
    names = {record.title.to(locale) for record in content.records.values()}
    for term in content.collection("glossary"):
        assert isinstance(term, Term)
        names.update(getattr(term.also, locale))
    return sorted(filter(_NUMBER.search, names))


def _numbered(content: Content, locale: str) -> Mapping[str, Sequence[str]]:
    """The same by each number in them."""
    names = names_with_numbers(content, locale)
    return grouped((number, name) for name in names for number in _NUMBER.findall(name))


def _units(content: Content, locale: str) -> re.Pattern[str]:
    """What may follow a number as its unit."""
    if locale == "zh":
        signs = "|".join(re.escape(unit.zh) for unit in content.units.values())
        return re.compile(rf"\W{{0,3}}(?:{signs})" if signs else "(?!)")
    words = {word for unit in content.units.values() for word in (unit.en.one, unit.en.other) if word}
    said = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    # A word or two may stand between: "147 non-public enterprises".
    return re.compile(rf"\W{{1,3}}(?:[a-z][\w-]* ){{0,2}}(?:{said})\b" if said else "(?!)")


def _strays(
    said_in: Text, locale: str, units: re.Pattern[str], names: Mapping[str, Sequence[str]]
) -> Iterator[Quantity]:
    text = said_in.words
    typed = said_in.body.text if said_in.body else text
    if not _NUMBER.search(text):  # What is written in digits is a stray, and most texts have none.
        return
    for found in quantities(text, locale):
        said = text[found.start : found.end]
        numbers = _NUMBER.findall(said)
        is_duration = isinstance(found.value, timedelta)
        marks = _MARKS.match(typed, found.end)
        has_unit = units.match(text, marks.end() if marks else found.end)
        measured = found.scaled or found.currency or found.unit or is_duration or has_unit
        free = text[: found.start].rstrip().endswith("第") or (locale == "en" and _YEAR.fullmatch(said))
        if numbers and measured and not free:
            known = (name for name in names.get(numbers[0], ()) if name in text)
            # Where the last name that could hold the quantity begins before it, it is part of the name.
            if not any(0 <= text.find(name, max(0, found.end - len(name))) <= found.start for name in known):
                yield found


def _message(content: Content, text: Text, found: Quantity) -> Diagnostic:
    """What is said of a typed number; in a value of a record or of front matter nothing can be called."""
    at, said = text.place(found.start), text.words[found.start : found.end]
    refs = [entry_ref(content, ref) for ref in _fitting(content, text.words, found)]
    if text.body is None:
        hint = say("probably", figure=listed(map(str, refs))) if refs else NOTHING
        right = related_form(at, text.matter, str(refs[0].record) if refs else "")
        return Diagnostic(at, "stray-number-in-field", {"number": said, "hint": hint, "right": right})
    if not refs:
        return Diagnostic(at, "stray-number-of-no-record", {"number": said})
    dated = f', as_of="{refs[0].as_of}"' if refs[0].as_of else ""
    right = f'{{{{ figure("{refs[0]._replace(as_of="")}"{dated}) }}}}'
    code = "stray-number" if len(refs) == 1 else "stray-number-of-several"
    return Diagnostic(at, code, {"number": said, "figures": listed(map(str, refs)), "right": right})


def _fitting(content: Content, text: str, found: Quantity) -> list[FieldRef]:
    """The figures that a number in a text may be: with its unit, and of these those with its qualifier; where none has it, all."""
    fitting = {ref: each for ref, each in content.values.items() if each.value == found.value}
    fitting = {ref: each for ref, each in fitting.items() if _has_unit(content, each, text, found)} or fitting
    return [ref for ref, each in fitting.items() if each.qualifier is found.qualifier] or [*fitting]


def _has_unit(content: Content, figure: Figure, text: str, found: Quantity) -> bool:
    """Whether the unit of a figure stands after a number in a text, or a currency before it."""
    if figure.unit is None:
        return True
    unit = content.units[figure.unit]
    if found.currency:
        return found.currency == unit.en.before
    if found.unit:
        return found.unit == unit.zh
    words = "|".join(map(re.escape, filter(None, (unit.zh, unit.en.one, unit.en.other))))
    return bool(re.compile(rf"\W{{0,3}}(?:[a-z][\w-]* ){{0,2}}(?:{words})(?![a-z])").match(text, found.end))
