"""A figure that has changed since it was published: another value with its date, the newest on top of its record."""

from __future__ import annotations

from collections.abc import Mapping

from gazette.base.messages import Refused
from gazette.base.strict_yaml import Location, Plain
from gazette.content.model import Content
from gazette.editing.correcting import Files, opened, typed_as, value_of
from gazette.editing.yaml_edit import changed
from gazette.records.sources import Indicator, Observation
from gazette.records.values import FieldRef

_ORDER = ("figure", "period", "as_of", "observations")


def update(content: Content, ref: FieldRef, figure: Mapping[str, str], as_of: Mapping[str, str]) -> Files:
    """The files to write, by path, that give an indicator the value `figure` of a date; its unit need not be said again.

    Corrections of what was its only value name that value's date from then on. Raises Refused.
    """
    ref = value_of(content, ref if ref.as_of or not (known := content.observations(ref)) else known[0])
    record = content.records[ref.record]
    if not isinstance(record, Indicator):
        raise Refused("not-an-indicator", figure=ref)
    said = {**({"unit": record.figure.unit.id} if record.figure.unit else {}), **figure}
    new: dict[str, Plain] = {
        "figure": {key: said[key] for key in sorted(said, key=_place) if said[key]},
        "as_of": {**{"date": "", "basis": "stated"}, **as_of},
    }
    made = typed_as(Observation, new)
    if made.as_of.typed in (one.as_of.typed for one in record.observed):
        raise Refused("value-of-date-there", figure=ref._replace(as_of=""), date=made.as_of.typed)
    text, document = opened(content.root, record.path, {})
    earlier = document.data.get("observations") or []
    assert isinstance(earlier, list)
    if made.as_of.sort_key > record.as_of.sort_key:
        old: Plain = {key: document.data[key] for key in ("figure", "as_of")}
        edits: dict[Location, Plain | None] = {(key,): value for key, value in new.items()}
        edits[("observations",)] = [old, *earlier]
    else:
        place = sum(one.as_of.sort_key >= made.as_of.sort_key for one in record.observations)
        edits = {("observations",): [*earlier[:place], new, *earlier[place:]]}
    files: Files = {record.path: changed(text, document, edits, _ORDER).encode("utf-8")}
    for correction in content.corrected(record.ref):
        if not correction.figure.as_of:
            dated = correction.figure._replace(as_of=record.as_of.typed)
            text, document = opened(content.root, correction.path, files)
            files[correction.path] = changed(text, document, {("figure",): str(dated)}).encode("utf-8")
    return files


def _place(key: str) -> int:
    """Where editors write a key of a figure; one that it does not have stands last, and is refused."""
    keys = ("value", "unit", "qualifier", "source", "at")
    return keys.index(key) if key in keys else len(keys)
