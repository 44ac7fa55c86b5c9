"""Every id that a record or page names must be that of a record."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from gazette.content import Content, Prose
from gazette.diagnostics import Diagnostic, Position
from gazette.records.base import Record, references
from gazette.records.prose import Page
from gazette.records.values import Model, Ref


def dangling_references(content: Content) -> Iterator[Diagnostic]:
    """One message for each missing record, with every place that names it."""
    known = {*content.records, *content.units, *content.unread}
    places: dict[Ref, list[Position]] = {}
    owners: list[tuple[Model, Record | Prose]] = [(record, record) for record in content.records.values()]
    owners += [(prose.matter, prose) for prose in content.prose.values() if isinstance(prose.matter, Page)]
    for matter, owner in owners:
        for location, ref in references(matter):
            if ref not in known:
                places.setdefault(ref, []).append(content.position(owner, location))
    names = [str(ref) for ref in known]
    for ref, found in places.items():
        close = difflib.get_close_matches(str(ref), names, 1)
        first, *others = sorted(found, key=lambda place: (place.path, place.line, place.column))
        yield Diagnostic(
            first,
            "dangling-id",
            f"没有“{ref}”这条记录。"
            + (f"是不是“{close[0]}”？" if close else "")
            + f"若已删除，请去掉对它的引用，或恢复 data/{ref}.yml。",
            f"There is no record `{ref}`. "
            + (f"Do you mean `{close[0]}`? " if close else "")
            + f"If it was deleted, remove the references to it or restore data/{ref}.yml.",
            also=tuple(others),
        )
