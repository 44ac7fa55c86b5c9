"""Every id that a record or page names must be that of a record, every figure that of a figure."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import NOTHING, listed, say
from gazette.content.model import Content, Prose
from gazette.records.front_matter import PlainPage
from gazette.records.record import Entry, figures, parts, references
from gazette.records.values import FieldRef, Model, Ref


def dangling_references(content: Content) -> Iterator[Diagnostic]:
    """One message for each missing record, with every place that names it."""
    known = {*content.records, *content.units, *content.unread}
    places: dict[Ref, list[Position]] = {}
    for matter, owner in _owners(content):
        if isinstance(matter, Entry) and known.issuperset(matter.refs):
            continue
        for location, ref in references(matter):
            if ref not in known:
                places.setdefault(ref, []).append(content.position(owner, location))
    names = [str(ref) for ref in known]
    for ref, found in places.items():
        file = f"docs/zh/news/{ref.id}.md" if ref.collection == "news" else f"data/{ref}.yml"
        first, *others = sorted(found, key=lambda place: (place.path, place.line, place.column))
        yield Diagnostic(
            first,
            "dangling-id",
            {"record": ref, "hint": content.meant(str(ref), names), "file": file},
            also=tuple(others),
        )


def missing_figures(content: Content) -> Iterator[Diagnostic]:
    """A reference to a field of a record that holds no figure."""
    for matter, owner in _owners(content):
        for location, value in parts(matter, FieldRef):
            if value.record not in content.records:
                continue
            fields = [str(place[0]) for place, _ in figures(content.records[value.record])]
            if value.field not in fields:
                yield Diagnostic(
                    content.position(owner, location),
                    "no-such-figure",
                    {
                        "record": value.record,
                        "field": value.field,
                        "hint": say("there-is", names=listed(fields)) if fields else NOTHING,
                        "right": f"{value.record}.{fields[0]}" if fields else "",
                    },
                )


def _owners(content: Content) -> Iterator[tuple[Model, Entry | Prose]]:
    """Everything that may refer to records, and what its positions are asked of."""
    yield from ((record, record) for record in content.records.values())
    yield from ((total, total) for total in content.sums)
    yield from ((correction, correction) for correction in content.corrections if correction.now)
    yield from (
        (prose.matter, prose) for prose in content.prose.values() if isinstance(prose.matter, PlainPage)
    )
