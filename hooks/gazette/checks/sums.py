"""The sums declared in data/sums must hold, and a structure has as many links as its figure says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import listed
from gazette.content.model import Content
from gazette.records import PAGED
from gazette.records.integrity import Sum
from gazette.records.party import Mechanism
from gazette.records.values import FieldRef, Qualifier, typed


def broken_sums(content: Content) -> Iterator[Diagnostic]:
    """A sum whose sides differ, or that adds what cannot be added."""
    for total in content.sums:
        yield from _broken(content, total)


def miscounted_links(content: Content) -> Iterator[Diagnostic]:
    """A structure whose links are of no collection, or not as many as the figure that counts them."""
    for mechanism in content.collection(Mechanism.collection):
        assert isinstance(mechanism, Mechanism)
        if mechanism.structure is None:
            continue
        collection, count = mechanism.structure.links.each_of, mechanism.structure.links.count
        if collection not in PAGED:
            at = content.position(mechanism, ("structure", "links", "each_of"))
            yield _unknown_collection(at, "each_of", collection)
            continue
        figure = content.figures.get(count)
        number = len(content.collection(collection))
        if figure is not None and figure.value != number:
            at = content.position(mechanism, ("structure", "links", "count"))
            values = {
                "collection": collection,
                "number": number,
                "figure": count,
                "value": typed(figure.value),
            }
            yield Diagnostic(at, "miscounted-links", values, also=(_position(content, count),))


def _unknown_collection(at: Position, key: str, name: str) -> Diagnostic:
    return Diagnostic(at, "unknown-collection", {"name": name, "names": listed(PAGED), "key": key})


def _position(content: Content, ref: FieldRef) -> Position:
    return content.position(content.records[ref.record], (ref.field,))


def _broken(content: Content, total: Sum) -> Iterator[Diagnostic]:
    refs = (total.total, *total.parts)
    if not all(ref in content.figures for ref in refs):
        return  # The references check has said so.
    whole, *parts = (content.figures[ref] for ref in refs)
    if total.records_of is not None and total.records_of not in PAGED:
        yield _unknown_collection(content.position(total, ("records_of",)), "records_of", total.records_of)
        return
    if len(parts) > 1 and len({str(figure.unit) for figure in (whole, *parts)}) > 1:
        yield Diagnostic(content.position(total, ("parts",)), "sum-units")
        return
    at = content.position(total, ("total",))
    exact = all(figure.qualifier is Qualifier.EXACT for figure in (whole, *parts))
    numbers = [figure.value for figure in parts if isinstance(figure.value, Decimal)]
    if not exact or not isinstance(whole.value, Decimal) or len(numbers) < len(parts):
        yield Diagnostic(at, "sum-values")
        return
    made = sum(numbers, Decimal(0)) if parts else Decimal(len(content.collection(total.records_of or "")))
    if made != whole.value:
        said = " + ".join(typed(value) for value in numbers) if parts else f"{total.records_of}: {made}"
        values = {"sum": said, "total": typed(whole.value), "figure": total.total}
        yield Diagnostic(at, "broken-sum", values, also=tuple(_position(content, ref) for ref in refs))
