"""What the page is told of an entry when it is opened or saved: its form, what it holds, what is wrong with it."""

from __future__ import annotations

from typing import Any

from gazette.desk import saving
from gazette.desk.entries import BODY, Opened, Place
from gazette.desk.forms import Field, form
from gazette.desk.located import told, told_in_files
from gazette.desk.project import Project
from gazette.desk.words import word
from gazette.records import COLLECTIONS
from gazette.records.front_matter import Article
from gazette.site.pages import url_of


def entry(project: Project, now: Opened) -> dict[str, Any]:
    """All that is told of an entry that is opened; of one that cannot be read only the texts of its files."""
    said = {**described(project, now), "hashes": now.hashes}
    if not now.raw:
        empty = saving.checked(project, saving.drafted(project, now, now.data))
        return {**said, "data": now.data, "messages": told(empty.found, empty.draft.read)}
    checked = saving.checked(project, saving.Draft(dict(now.raw), {}, now))
    if now.faults:
        return {**said, "data": {}, "texts": texts(now), "messages": told_in_files(checked.found)}
    return {**said, "data": now.data, "messages": told(checked.found, now), "preview": checked.preview}


def texts(now: Opened) -> dict[str, str]:
    """The texts of the files of a place."""
    return {path: saving.text_of(raw) for path, raw in now.raw.items()}


def described(project: Project, now: Opened) -> dict[str, Any]:
    """What the page is told of an entry beside what it holds."""
    place = now.place
    title = now.data.get("title")
    return {
        "file": place.file,
        "id": place.id,
        "collection": place.collection,
        "title": title.get("zh", "") if isinstance(title, dict) else "",
        "fields": _fields(place),
        "new": not now.raw,
        "record": place.collection in COLLECTIONS or place.model is Article,
        "readable": not now.faults,
        "page": place.path and url_of(place.path, "zh"),
        "stale": bool(now.raw) and project.is_stale(place),
    }


def _fields(place: Place) -> list[Field]:
    fields = form(place.model)
    if not place.page:
        return fields
    body: Field = {
        "name": BODY,
        "label": word("body"),
        "required": False,
        "list": False,
        "rare": False,
        "example": "",
        "kind": "localised",
        "long": True,
    }
    head = [field for field in fields if field["name"] in ("title", "summary")]
    return [*head, body, *(field for field in fields if field not in head)]
