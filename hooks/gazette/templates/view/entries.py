"""Figures as tables show them: each value with what it counts, its source, its history, and the sums that they make."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from gazette.base.messages import did_you_mean
from gazette.content.observations import entry_ref, sides
from gazette.language import wording
from gazette.records.dates import PartialDate
from gazette.records.integrity import Sum
from gazette.records.record import Record
from gazette.records.values import Amount, FieldRef, Figure, Ref
from gazette.site.lists import RELATED
from gazette.site.pages import figure_id, list_path
from gazette.site.pagination import BOUND
from gazette.templates.view.listings import Listings
from gazette.templates.view.records import typed_ref
from gazette.templates.view.words import PageProblem


class Entries(Listings):
    """Every figure with what it counts, its source and its history."""

    def number(self, figure: Figure) -> str:
        """A figure without its unit word; an English currency stays."""
        return wording.number_only(figure, self._unit(figure), self.locale)

    def spoken(self, figure: Amount) -> wording.Spoken:
        """An amount in the pieces that a display sets apart."""
        if isinstance(figure, Figure):
            self.printed[self._content.figure_ref(figure)] = None
        return wording.spoken(figure, self._unit(figure), self.locale)

    def figure_entry(self, reference: str | FieldRef) -> Mapping[str, Any]:
        """A figure with what it counts, its record, its source and the address of its entry."""
        ref = typed_ref(reference)
        self.field(ref, Figure)
        return self._entry(ref)

    def questions(self) -> tuple[Mapping[str, Any], ...]:
        """What this page asks, each with what answers it: words, an address and, of a figure, what it counts."""
        return tuple(
            {"ask": ask, "answers": tuple(self._answer(ref) for ref in refs)}
            for ask, refs in self.page.questions
        )

    def _answer(self, ref: FieldRef | Ref) -> Mapping[str, str]:
        if isinstance(ref, Ref):
            return {"words": self.text(self.get(ref).title), "href": self.href(ref), "counts": ""}
        value = getattr(self.get(ref.record), ref.field)
        if isinstance(value, Ref):
            return self._answer(value)
        counts = self._counted(ref) if isinstance(value, Figure) else ""
        return {"words": self.text(value), "href": self.href(ref.record), "counts": counts}

    def newest(self) -> str | None:
        """The latest date that a figure of this site is of, in words."""
        newest = self._content.newest
        return self.text(newest) if newest else None

    def entry(self, ref: FieldRef) -> str:
        """The address of a figure's entry: on the page of all figures or its part of them, else on its record's page.

        What it was before stands on its record's page.
        """
        ref = entry_ref(self._content, ref)
        if ref.as_of:
            return f"{self.href(ref.record)}#{figure_id(ref)}"
        if "figures" in self._content.prose:
            path = list_path(self._lists.main["figures"], self._lists.figure_steps[ref])
            return f"{self.href(path)}#{figure_id(ref)}"
        return self.href(ref.record)

    def passage(self, ref: FieldRef) -> str:
        """The address of what a figure rests on: its row on its source's page, or that page where it has too many."""
        newest = self._content.observations(ref)[0]
        source = self._content.values[newest].source
        shown = self._content.figures_from(source)[:BOUND]
        return self.href(source) + (f"#{figure_id(ref)}" if newest in shown else "")

    def entries(self, refs: Iterable[FieldRef] | None = None) -> tuple[Mapping[str, Any], ...]:
        """Figures, or every one, as their entries show them, with pages in this language that show each: its record's first."""
        found = self._content.figures if refs is None else refs
        return tuple({**self._entry(ref), **self._pages_with(ref)} for ref in found)

    def entries_from(self, source: Record) -> tuple[Mapping[str, Any], ...]:
        """The figures that rest on a source, as many as its page shows."""
        return tuple(self._entry(ref) for ref in self._content.figures_from(source.ref)[:BOUND])

    def count_from(self, source: Record) -> int:
        return len(self._content.figures_from(source.ref))

    def observations(self, record: Record) -> tuple[Mapping[str, Any], ...]:
        """Every value of an indicator, the newest first."""
        return tuple(map(self._entry, self._content.observations(FieldRef(record.ref, "figure"))))

    def _entry(self, ref: FieldRef) -> Mapping[str, Any]:
        """A value of a figure; where none is named, the newest."""
        among = self._content.observations(ref)
        ref = ref if ref.as_of else among[0]
        figure = self._content.values[ref]
        record = self._content.records[ref.record]
        return {
            "id": figure_id(entry_ref(self._content, ref)),
            "ref": ref,
            "several": len(among) > 1,
            "earlier": len(among) - 1 - among.index(ref),
            "figure": figure,
            "record": record,
            "counts": wording.counted(record, ref.field, self.locale),
            "as_of": self._content.as_of(ref),
            "source": self._content.records[figure.source],
            "entry": self.entry(ref),
            "history": self._content.history(ref),
        }

    def _pages_with(self, ref: FieldRef) -> Mapping[str, Any]:
        record = self._content.records[ref.record]
        own = {"title": record.title.to(self.locale), "href": self.href(record)}
        pages = [page for page in self._appearances.get(ref, ()) if page.locale == self.locale]
        others = [page for page in pages if page.title != own["title"]]
        shown = [{"title": page.title, "href": self._relative(page.url)} for page in others[:RELATED]]
        return {"pages": [own, *shown], "page_count": 1 + len(others)}

    def _counted(self, ref: FieldRef) -> str:
        record = self._content.records.get(ref.record)
        return wording.counted(record, ref.field, self.locale) if record else str(ref.record)

    def shared_date(self, dates: Iterable[PartialDate | None]) -> PartialDate | None:
        """The date that most of some rows have."""
        found = list(dates)
        for date, count in Counter(found).most_common(1):
            return date if 2 * count > len(found) > 1 else None
        return None

    def sort_value(self, figure: Figure) -> str:
        """What a table sorts a figure by: its number, or its seconds; -1 where it has no value."""
        value = figure.value
        return str(-1 if value is None else value.total_seconds() if isinstance(value, timedelta) else value)

    def corrections(self, record: Record | None = None) -> tuple[Mapping[str, Any], ...]:
        """The corrections of a record's figures, or of all that stand on this page, newest first."""
        found = self._content.corrected(record.ref) if record else self.listed("corrections").items
        return tuple(
            {
                "id": correction.id,
                "figure": (ref := self._content.value_ref(correction.figure)),
                "counts": self._counted(ref),
                "as_of": ref.as_of
                and (self._content.as_of(ref) if ref in self._content.values else ref.as_of),
                "of": self._entry(ref) if ref in self._content.values else None,
                "was": self.text(correction.was),
                "now": correction.now and self.text(correction.now),
                "why": correction.why,
                "date": correction.date,
            }
            for correction in found
        )

    def sum(self, reference: str) -> Sum:
        """A sum of data/sums, `sums/id`."""
        found = {str(total.ref): total for total in self._content.sums}
        if reference not in found:
            close = difflib.get_close_matches(reference, found, 1)
            raise PageProblem("no-such-sum", reference=reference, hint=did_you_mean(close))
        return found[reference]

    def sums(self) -> tuple[Mapping[str, Any], ...]:
        """The sums that hold: what each says, its parts and its total in words, of the newest date that all of them have."""
        return tuple(
            {
                "title": total.title,
                "parts": [self._entry(ref) for ref in parts],
                "records_of": total.records_of,
                "count": len(self.records(total.records_of)) if total.records_of else None,
                "total": self._entry(whole),
                "as_of": self.sum_date((whole, *parts)),
            }
            for total in self._content.sums
            for whole, *parts in [self.sides(total)]
        )

    def sum_date(self, refs: Iterable[FieldRef]) -> PartialDate | None:
        """The date of which a sum is, where its figures have values of several."""
        return next((self._content.as_of(ref) for ref in refs if ref.as_of), None)

    def sides(self, total: Sum) -> tuple[FieldRef, ...]:
        """The total of a sum and its parts, of the newest date that all of them have."""
        return sides(self._content, total)[0]
