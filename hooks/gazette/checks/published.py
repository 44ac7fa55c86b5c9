"""What was published and has no lock: corrections, and the archives that published figures rest on; the base still has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import yaml

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import say
from gazette.base.strict_yaml import Plain
from gazette.checks.evidence import archives
from gazette.content.locks import value_now
from gazette.content.model import Content
from gazette.content.observations import value_position
from gazette.records.integrity import BaseEntry, Correction
from gazette.records.sources import Source
from gazette.records.validation import validate
from gazette.records.values import FieldRef, Ref, ref_to


def lost_corrections(content: Content) -> Iterator[Diagnostic]:
    """A published correction that is gone, or says something else than it did."""
    now = {correction.id: correction for correction in content.corrections}
    for id_, (text, document) in _entries(content, Correction.collection).items():
        was, _ = validate(Correction, document.data, id_, document.position)
        if was is None or was.ref in content.unread or (id_ in now and _is_same(content, was, now[id_])):
            continue
        followed = _followed(content, was.figure.record)
        values = {
            "figure": was.figure,
            "was": was.was,
            "now": was.now or say("withdrawn"),
            "right": text.replace(str(was.figure.record), str(followed), 1).strip(),
        }
        at = content.position(now[id_], ()) if id_ in now else Position(document.path)
        yield Diagnostic(at, "lost-correction", values)


def _is_same(content: Content, was: Correction, now: Correction) -> bool:
    """Whether a correction is what it was, be its record renamed, its figure named with a date, its reason in other words."""
    figure = was.figure._replace(
        record=_followed(content, was.figure.record), as_of=was.figure.as_of or now.figure.as_of
    )
    return (figure, was.was, was.now, was.date) == (now.figure, now.was, now.now, now.date)


def lost_archives(content: Content) -> Iterator[Diagnostic]:
    """A source that had an archive and names none any more."""
    for id_, (_, document) in _entries(content, Source.collection).items():
        record = content.records.get(_followed(content, ref_to(Source.collection, id_)))
        archive = document.data.get("archive")
        if isinstance(record, Source) and record.archive is None and isinstance(archive, dict):
            values = {"source": record.id, "right": f"archive: {_typed(archive)}"}
            yield Diagnostic(content.position(record, ()), "lost-archive", values)


def unarchived_figures(content: Content) -> Iterator[Diagnostic]:
    """A published figure that rested on a source with an archive, and now rests on one without."""
    kept = archives(content)
    for ref, published in content.base.figures.items() if content.base else ():
        now = value_now(content, ref, published)
        figure = content.values.get(now) if now else None
        if now is None or figure is None or figure.source in kept:
            continue
        for id_, (_, document) in _entries(content, ref.record.collection).items():
            before = _figure(document.data, ref)
            was = _followed(content, ref_to(Source.collection, str(before.get("source"))))
            is_of = _followed(content, ref_to(ref.record.collection, id_)) == ref.record
            if is_of and was in kept:
                values = {"figure": ref, "was": was.id, "now": figure.source.id, "right": _typed(before)}
                yield Diagnostic(value_position(content, now), "lost-evidence", values)


def _figure(entry: Mapping[str, Plain], ref: FieldRef) -> Mapping[str, Plain]:
    """A figure as it was typed in an entry; nothing where there was none."""
    earlier = entry.get("observations")
    for one in (entry, *(earlier if isinstance(earlier, list) else ())):
        match one:
            case {"as_of": {"date": str(date)}} if ref.as_of and date != ref.as_of:
                continue
            case {ref.field: dict(figure)}:
                return figure
    return {}


def _entries(content: Content, collection: str) -> Mapping[str, BaseEntry]:
    """The entries of a collection that are not as the base has them, as they are there, by id."""
    found = content.base.entries if content.base else {}
    return {ref.id: entry for ref, entry in found.items() if ref.collection == collection}


def _followed(content: Content, ref: Ref) -> Ref:
    """A record's reference; of one that was renamed its new one."""
    collection, _, id_ = (content.successor(str(ref)) or str(ref)).partition("/")
    return ref_to(collection, id_)


def _typed(values: Mapping[str, Plain]) -> str:
    """A mapping in braces."""
    return yaml.safe_dump(
        values, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6
    ).strip()
