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
from gazette.records.values import Qualifier, typed


def broken_sums(content: Content) -> Iterator[Diagnostic]:
    """A sum whose sides differ, or that adds what cannot be added."""
    for total in content.sums:
        yield from _check(content, total)


def miscounted_links(content: Content) -> Iterator[Diagnostic]:
    """A structure whose links are of no collection, or not as many as the figure that counts them."""
    for mechanism in content.collection(Mechanism.collection):
        assert isinstance(mechanism, Mechanism)
        if mechanism.structure is None:
            continue
        links = mechanism.structure.links
        place = ("structure", "links")
        if links.each_of not in PAGED:
            yield _unknown_collection(
                content.position(mechanism, (*place, "each_of")), "each_of", links.each_of
            )
            continue
        figure = content.figures.get(links.count)
        number = len(content.collection(links.each_of))
        if figure is not None and figure.value != number:
            yield Diagnostic(
                content.position(mechanism, (*place, "count")),
                "miscounted-links",
                {
                    "collection": links.each_of,
                    "number": number,
                    "figure": links.count,
                    "value": typed(figure.value),
                },
                also=(content.position(content.records[links.count.record], (links.count.field,)),),
            )


def _unknown_collection(at: Position, key: str, name: str) -> Diagnostic:
    return Diagnostic(at, "unknown-collection", {"name": name, "names": listed(PAGED), "key": key})


def _check(content: Content, total: Sum) -> Iterator[Diagnostic]:
    figures = [content.figures.get(ref) for ref in (total.total, *total.parts)]
    if any(figure is None for figure in figures):
        return  # The references check has said so.
    whole, *parts = [figure for figure in figures if figure is not None]
    if total.records_of is not None and total.records_of not in PAGED:
        yield _unknown_collection(content.position(total, ("records_of",)), "records_of", total.records_of)
        return
    uneven = {str(figure.unit) for figure in (whole, *parts)}
    if len(parts) > 1 and len(uneven) > 1:
        yield Diagnostic(content.position(total, ("parts",)), "sum-units")
        return
    values = [figure.value for figure in parts]
    exact = all(figure.qualifier is Qualifier.EXACT for figure in (whole, *parts))
    if not exact or not all(isinstance(value, Decimal) for value in (whole.value, *values)):
        yield Diagnostic(content.position(total, ("total",)), "sum-values")
        return
    numbers = [value for value in values if isinstance(value, Decimal)]
    made = sum(numbers, Decimal(0)) if parts else Decimal(len(content.collection(total.records_of or "")))
    if made != whole.value:
        said = " + ".join(typed(value) for value in numbers) if parts else f"{total.records_of}: {made}"
        yield Diagnostic(
            content.position(total, ("total",)),
            "broken-sum",
            {"sum": said, "total": typed(whole.value), "figure": total.total},
            also=tuple(
                content.position(content.records[ref.record], (ref.field,))
                for ref in (total.total, *total.parts)
            ),
        )
