"""What the desk does to an entry beside saving it: another id, removal, a correction, a newer value; each as files to write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from gazette.content.locks import value_now
from gazette.content.unsaved import with_unsaved
from gazette.desk.entries import Data, Opened, Place
from gazette.desk.project import Files, Project
from gazette.desk.saving import Draft, drafted
from gazette.editing.correcting import correction
from gazette.editing.removing import remove, remove_page
from gazette.editing.renaming import renamed
from gazette.editing.updating import update
from gazette.records.record import Record
from gazette.records.values import Amount, FieldRef, Localised, Ref


def ref_of(place: Place) -> Ref:
    return Ref(place.collection, place.id)


def with_id(project: Project, place: Place, id_: str, today: date) -> tuple[Files, str]:
    """The files to write that give a record another id, and its file then. Raises Refused."""
    files = renamed(project.content, ref_of(place), id_, today)
    return files, place.file.replace(f"/{place.id}.", f"/{id_}.")


def without(project: Project, place: Place, now: str, why: Localised | None, today: date) -> Files:
    """The files to write that take an entry away. Raises Refused."""
    if issubclass(place.model, Record):
        return remove(project.content, ref_of(place), now, why, today)
    if place.page in project.content.prose:
        return remove_page(project.content, place.page, now, why, today)
    return dict.fromkeys(place.files)


def corrected(project: Project, draft: Draft, why: Localised, today: date) -> Files:
    """The files of a draft, and of a correction of each published figure that it changes."""
    content, ref = project.content, ref_of(draft.read.place)
    edited, _ = with_unsaved(content, draft.files, draft.originals)
    published = {value_now(content, one, said) for one, said in content.locked.items()}
    files = dict(draft.files)
    for one, was in content.values.items():
        now = edited.values.get(one)
        if one.record == ref and one in published and now and str(now) != str(was):
            amount = Amount(**{name: getattr(now, name) for name in Amount.model_fields})
            files |= correction(content, one, was, amount, (why, today), files)
    return files


def updated(project: Project, now: Opened, data: Data, as_of: Mapping[str, str]) -> Draft:
    """What saving `data` would write where its figure has changed since: the value before stays, with its date. Raises Refused."""
    ref = FieldRef(ref_of(now.place), "figure")
    figure = cast(Mapping[str, str], data.get("figure") or {})
    files = update(project.content, ref, figure, as_of)
    first = Opened(
        now.place, {**now.raw, **{path: raw for path, raw in files.items() if raw and path in now.raw}}
    )
    kept: Data = {key: first.data[key] for key in ("figure", "as_of", "observations") if key in first.data}
    draft = drafted(project, first, {**data, **kept})
    return Draft({**files, **draft.files}, draft.originals, draft.read)
