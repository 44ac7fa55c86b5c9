"""What a record or page refers to must be there: ids, figures, pages that Markdown links to; every record has evidence."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import NOTHING, listed, say
from gazette.content.calls import page_links
from gazette.content.model import Content, Owner
from gazette.records import page_path
from gazette.records.integrity import Correction
from gazette.records.record import Entry, parts, references
from gazette.records.sources import Source
from gazette.records.values import FieldRef, Ref


def dangling_references(content: Content) -> Iterator[Diagnostic]:
    """One message for each missing record, with every place that names it."""
    known = {*content.records, *content.units, *content.unread}
    places: dict[Ref, list[Position]] = {}
    for owner in _owners(content):
        matter = content.matter(owner)
        if isinstance(matter, Entry) and known.issuperset(matter.refs):
            continue
        for location, ref in references(matter):
            if ref not in known:
                places.setdefault(ref, []).append(content.position(owner, location))
    names = [str(ref) for ref in known]
    for ref, found in places.items():
        file = f"docs/zh/news/{ref.id}.md" if ref.collection == "news" else f"data/{ref}.yml"
        first, *others = sorted(found, key=lambda place: (place.path, place.line, place.column))
        values = {"record": ref, "hint": content.meant(str(ref), names), "file": file}
        yield Diagnostic(first, "dangling-id", values, also=tuple(others))


def missing_figures(content: Content) -> Iterator[Diagnostic]:
    """A reference to a field of a record that holds no figure."""
    for owner in _owners(content):
        for location, value in parts(content.matter(owner), FieldRef):
            if value.record not in content.records:
                continue
            # Only a correction is of one value of several; all else asks for a figure as it is.
            there = content.values if isinstance(owner, Correction) else content.figures
            if value not in content.figures and (
                there is content.figures or content.value_ref(value) not in there
            ):
                fields = [ref.key for ref in there if ref.record == value.record]
                hint = say("there-is", names=listed(fields)) if fields else NOTHING
                right = f"{value.record}.{fields[0]}" if fields else ""
                values = {"record": value.record, "field": value.key, "hint": hint, "right": right}
                yield Diagnostic(content.position(owner, location), "no-such-figure", values)


def broken_links(content: Content) -> Iterator[Diagnostic]:
    """A link to a `.md` file that is no page of the same language; links are relative to the file they stand in."""
    known = {page_path(name) for name in content.names}
    retired = {page_path(retirement.was): retirement.was for retirement in content.retirements}
    for prose in content.prose.values():
        for body in prose.bodies.values():
            for target, place in page_links(body):
                folder = posixpath.dirname(prose.path)
                path = posixpath.normpath(posixpath.join(folder, target.removesuffix(".md")))
                if path in known:
                    continue
                successor = content.successor(retired.get(path, ""))
                close = [page_path(successor)] if successor else difflib.get_close_matches(path, known, 1)
                right = f"[…]({posixpath.relpath(close[0], folder or '.')}.md)" if close else ""
                yield Diagnostic(place, "broken-link", {"target": target, "right": right})


def unsourced_records(content: Content) -> Iterator[Diagnostic]:
    """A record with no evidence at all; sources themselves need none."""
    for record in content.records.values():
        if not isinstance(record, Source) and not record.cited:
            yield Diagnostic(Position(record.path), "no-evidence")


def _owners(content: Content) -> Iterator[Owner]:
    """Everything that may refer to records; where a correction withdraws a figure, that may be gone."""
    return (owner for owner in content.texts() if not isinstance(owner, Correction) or owner.now)
