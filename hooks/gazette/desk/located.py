"""Messages at the fields of a form: the place in a file that a message points at, as the field that holds it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import Refused, say
from gazette.base.strict_yaml import Document, Location, Plain
from gazette.desk.entries import BODY, Opened, Place
from gazette.desk.form_messages import worded
from gazette.desk.forms import form
from gazette.records.front_matter import QUESTIONS, WORDS
from gazette.records.validation import validate
from gazette.records.values import LOCALES

_PARTS = {"no-evidence": "evidence", "figure-without-value": "value", "figure-without-unit": "unit"}
"""The field that is to be filled in, where a message is said of what it belongs to."""


def told(found: Iterable[Diagnostic], opened: Opened) -> list[dict[str, Any]]:
    """Each message with the field of the form that it is about; of another file, with that file's name."""
    return [_told(each, opened) for one in found for each in _of_fields(one, opened)]


def _of_fields(found: Diagnostic, opened: Opened) -> Iterable[Diagnostic]:
    """A message; of a file with nothing in it one for each field that has to be filled in."""
    if found.code != "empty-file" or found.at.path not in opened.documents:
        return [found]
    return validate(opened.place.model, {}, opened.place.id, lambda *_: found.at)[1]


def told_in_files(found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Each message with the file and the line that it is about."""
    return [
        {**_made(each), "field": None, "line": 0, "file": f"{each.at.path}:{each.at.line}"} for each in found
    ]


def told_of(refused: Refused, data: Plain, place: Place) -> dict[str, Any]:
    """Why something cannot be written, at the text of the form that it is about."""
    field = next((at for at, text in _texts(data, ()) if text.strip() == refused.values.get("text")), ())
    said = worded(refused.code, refused.values, "", field, form(place.model))
    return {"code": refused.code, **said, "pending": False, "field": list(field), "line": 0, "file": ""}


def _texts(data: Plain, at: Location) -> Iterator[tuple[Location, str]]:
    """Every text of a form with its field."""
    if isinstance(data, str):
        yield at, data
        return
    for step, item in data.items() if isinstance(data, dict) else enumerate(data):
        yield from _texts(item, (*at, step))


def _told(found: Diagnostic, opened: Opened) -> dict[str, Any]:
    here = next((at for at in (found.at, *found.also) if at.path in opened.documents), None)
    if here is None:
        return told_in_files([found])[0]
    field, line = _field(found, here, opened)
    said = worded(found.code, found.values, found.right_form, field, form(opened.place.model))
    return {**_made(found), **said, "field": list(field), "line": line, "file": ""}


def _made(found: Diagnostic) -> dict[str, Any]:
    zh, en, example = found.message
    right = dict.fromkeys(LOCALES, example) if example else ""
    return {"code": found.code, "zh": zh, "en": en, "example": right, "pending": found.pending}


def _field(found: Diagnostic, at: Position, opened: Opened) -> tuple[Location, int]:
    """The field, and within a text the line that is meant, counted from 1; else 0."""
    body = opened.bodies.get(at.path)
    locale = "en" if opened.place.page and at.path == opened.place.files[1] else "zh"
    if body and at.line >= body.first_line > 1:
        before = len(body.text) - len(body.text.lstrip("\n"))
        return (BODY, locale), max(1, at.line - body.first_line - before + 1)
    field = location_at(opened.documents[at.path], at)
    if found.code == "missing":  # It has no place of its own: the message names what it belongs to.
        where = found.values["where"]
        parent = "" if where == say("here") else str(where).rpartition("\n")[2].strip("`")
        steps = (int(step) if step.isdecimal() else step for step in filter(None, parent.split(".")))
        field = (*steps, str(found.values["name"]))
    if part := _PARTS.get(found.code):
        field = (*field, part)
    if opened.place.page and field[:1] and field[0] in WORDS:
        field = (field[0], locale)
    if opened.place.page and field[:1] == (QUESTIONS,) and (locale == "en" or field[2:] == ("ask",)):
        field = (*field[:2], "ask", locale) if len(field) > 1 else field
    return field, 0


def location_at(document: Document, at: Position) -> Location:
    """The innermost part of a document that stands at a place; () where it is said of the whole."""
    place = (at.line - document.first_line, at.column - 1)
    if place <= (0, 0):
        return ()
    node: yaml.Node | None = document.node
    location: Location = ()
    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)):
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(item, item) for item in node.value]
        begun = [number for number, (key, _) in enumerate(pairs) if _start(key) <= place]
        if not begun:
            break
        key, value = pairs[begun[-1]]
        location = (*location, key.value if isinstance(node, yaml.MappingNode) else begun[-1])
        if _start(value) > place:
            break
        node = value
    return location


def _start(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column
