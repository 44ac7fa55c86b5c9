"""A thing has one name in each language: the glossary's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazette.calls import without_calls
from gazette.content import Content
from gazette.diagnostics import Diagnostic, Position
from gazette.records.base import parts
from gazette.records.language import Term
from gazette.records.values import LOCALES, Localised


def wrong_names(content: Content) -> Iterator[Diagnostic]:
    """A name that the glossary says must not be used, wherever it stands."""
    terms = [term for term in content.collection("glossary") if isinstance(term, Term)]
    banned = {
        locale: [(name, term) for term in terms for name in getattr(term.never, locale)] for locale in LOCALES
    }
    patterns = {
        locale: re.compile("|".join(re.escape(name) for name, _ in names) or "(?!)", re.IGNORECASE)
        for locale, names in banned.items()
    }
    for locale in LOCALES:
        meant = {name.lower(): term for name, term in banned[locale]}
        for prose in content.prose.values():
            body = prose.bodies[locale]
            text = without_calls(body.text)
            for found in patterns[locale].finditer(text):
                line = body.first_line + text.count("\n", 0, found.start())
                column = found.start() - text.rfind("\n", 0, found.start())
                yield _message(Position(body.path, line, column), found[0], meant[found[0].lower()], locale)
        for record in content.records.values():
            for location, value in parts(record):
                if isinstance(value, Localised):
                    for found in patterns[locale].finditer(value.to(locale)):
                        at = content.position(record, (*location, locale))
                        yield _message(at, found[0], meant[found[0].lower()], locale)


def _message(at: Position, name: str, term: Term, locale: str) -> Diagnostic:
    return Diagnostic(
        at,
        "name",
        f"不用“{name}”：名称与术语定为“{term.title.to(locale)}”（{term.title.zh}）。",
        f"Do not write `{name}`: the glossary's name for {term.title.zh} is `{term.title.to(locale)}`.",
        term.title.to(locale),
    )
