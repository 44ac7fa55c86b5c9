"""Figures in sentences, with the marks of their sources, and the sources at the end of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from gazette.base.messages import listed
from gazette.language import wording
from gazette.records.front_matter import Article
from gazette.records.record import Record
from gazette.records.sources import Indicator, held
from gazette.records.values import FieldRef, Figure, Ref
from gazette.templates.view.entries import Entries
from gazette.templates.view.records import typed_ref
from gazette.templates.view.words import PageProblem, safe

_MARK = r'<sup class="mark"><a href="(#source-\d+)">\[\d+\]</a></sup>'
_END = r"""[。！？!?|]|\.["'”’)*_]*\s|\n\s*(?:\n|[-*+>#]|\d+\.)|<(?!/?(?:a|b|em|i|span|strong|sup)\b)"""
"""Where a sentence ends in Markdown, and a line, a cell or a block with it."""
_MARKED_AGAIN = re.compile(
    rf'{_MARK}(?=(?:(?!<sup class="mark">|{_END}).)*<sup class="mark"><a href="\1">)', re.DOTALL
)


class Figures(Entries):
    """What a page cites, and the sources of that."""

    def figure(self, reference: str | FieldRef, form: str = "words", as_of: str = "") -> Markup:
        """A figure in a sentence, linked to its entry, with a mark that leads to its source below.

        `form` is "words", "number", "long" or "clock". Of several values `as_of` names one; without it an article with
        a date has the one that held then, any other page the newest. On its own record's page a figure needs no link.
        """
        ref = self._value_ref(typed_ref(reference), as_of)
        figure = self._content.values[ref]
        said = self._in_form(figure, form, ref)
        if self.page.record and self.page.record.ref == ref.record:
            return Markup(f'<span class="figure">{safe(said)}</span>')
        self._cited[ref] = None
        number = self._number(figure.source)
        note = list(self._cited).index(ref) + 1
        return Markup(
            f'<span class="cited"><a class="figure" href="{self.entry(ref)}" aria-describedby="note-{note}">{safe(said)}</a>'
            f'<sup class="mark"><a href="#source-{number}">[{number}]</a></sup></span>'
        )

    def source_number(self, source: Record) -> int:
        """The number of a source among those at the end of the page, where it is listed from now on."""
        return self._number(source.ref)

    def _number(self, source: Ref) -> int:
        self._sources[source] = None
        return list(self._sources).index(source) + 1

    def _value_ref(self, ref: FieldRef, as_of: str) -> FieldRef:
        """Which value of a figure is meant."""
        self.field(ref, Figure)
        record, article = self.get(ref.record), self.page.record
        dates = {self._date_of(one): one for one in self._content.observations(ref)}
        if as_of := as_of or ref.as_of:
            if as_of not in dates:
                plain = ref._replace(as_of="")
                values = {"figure": plain, "as_of": as_of, "names": listed(dates), "right": next(iter(dates))}
                raise PageProblem("no-such-observation", **values)
            return dates[as_of]
        if isinstance(record, Indicator) and isinstance(article, Article) and article.date:
            return dates[held(record.observed, article.date).as_of.typed]
        return next(iter(dates.values()))

    def _date_of(self, ref: FieldRef) -> str:
        as_of = self._content.as_of(ref)
        return as_of.typed if as_of else self.label("date_not_stated")

    def _in_form(self, figure: Figure, form: str, reference: FieldRef) -> str:
        words = self.text(figure)
        if form == "words":
            return words
        if form == "number":
            return self.number(figure)
        if form in ("long", "clock") and isinstance(figure.value, timedelta):
            return wording.duration(figure.value, self.locale, form)
        raise PageProblem("figure-form", form=form, figure=reference)

    def sources(self) -> tuple[Mapping[str, Any], ...]:
        """The sources of the page, those of cited figures first and in the order of their marks.

        Each has the notes of the figures cited from it, and the anchors of the record's other evidence.
        """
        cited = self.cited(self.page.record) if self.page.record else {}
        own = {source.ref: anchors for source, anchors in cited.items()}
        notes = [{"note": f"note-{number}", **self._entry(ref)} for number, ref in enumerate(self._cited, 1)]
        return tuple(
            {
                "source": self._content.records[ref],
                "notes": [note for note in notes if note["source"].ref == ref],
                "anchors": own.get(ref, ()),
            }
            for ref in dict.fromkeys([*self._sources, *own])
        )


def marked_once(text: str) -> str:
    """A text in which, of figures of one source that follow each other in a sentence, only the last has its mark.

    The others lead to their notes by themselves.
    """
    return _MARKED_AGAIN.sub("", text)
