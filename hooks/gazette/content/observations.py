"""Figures with several values, one for each date: where each is typed, and which of them add up."""

from __future__ import annotations

from gazette.base.diagnostics import Position
from gazette.base.strict_yaml import Location
from gazette.content.model import Content
from gazette.records.integrity import Sum
from gazette.records.sources import Indicator
from gazette.records.values import FieldRef


def value_position(content: Content, ref: FieldRef) -> Position:
    """Where a value of a figure is typed; of one that is not there, where its figure is."""
    return content.position(content.records[ref.record], value_place(content, ref))


def value_place(content: Content, ref: FieldRef) -> Location:
    """The keys that lead to a value in its file."""
    record = content.records[ref.record]
    earlier = record.observations if isinstance(record, Indicator) else ()
    dates = [one.as_of.typed for one in earlier]
    return ("observations", dates.index(ref.as_of), "figure") if ref.as_of in dates else (ref.field,)


def entry_ref(content: Content, ref: FieldRef) -> FieldRef:
    """What the entry of a value is named by: the newest of a figure needs no date."""
    return ref._replace(as_of="") if ref == content.observations(ref)[0] else ref


def sides(content: Content, total: Sum) -> tuple[tuple[FieldRef, ...], ...]:
    """The total of a sum and its parts, for each date at which all of them have a value, the newest first.

    Records are counted as they are now. A figure that is no indicator has one value, which holds at any date.
    """
    refs = (total.total, *total.parts)
    if total.records_of:
        return ((content.observations(total.total)[0],),)
    dated = {
        ref: {content.as_of(one): one for one in content.observations(ref)}
        for ref in refs
        if ref.record.collection == Indicator.collection
    }
    found = [{as_of.typed: one for as_of, one in values.items() if as_of} for values in dated.values()]
    shared = [day for day in found[0] if all(day in other for other in found)] if found else [""]
    values = dict(zip(dated, found, strict=True))
    return tuple(tuple(values[ref][day] if ref in values else ref for ref in refs) for day in shared)
