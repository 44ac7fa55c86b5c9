"""What the page sends with a request; what is not as the page sends it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, request

from gazette.desk.entries import Data, Place, place_of
from gazette.desk.guard import LARGEST
from gazette.records.values import LOCALES, Localised

_DEEPEST = 12
"""So many lists and groups may stand in one another."""


def sent() -> dict[str, Any]:
    """The JSON of a request."""
    if (request.content_length or 0) > LARGEST:
        abort(413)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    return sent


def text(name: str) -> str:
    """A text that a request sends, "" where it sends none."""
    value = sent().get(name, "")
    return value.strip() if isinstance(value, str) else abort(400)


def why() -> Localised | None:
    """The reason that a request gives in both languages, if it does."""
    given = sent().get("why")
    words = given if isinstance(given, dict) else {}
    said = [words.get(locale) for locale in LOCALES]
    if not all(isinstance(one, str) and one.strip() for one in said):
        return None
    return Localised(zh=str(said[0]), en=str(said[1]))


def place(file: str) -> Place:
    place = place_of(file)
    return place if place else abort(400)


def given() -> tuple[Place, Data, Mapping[str, str]]:
    """What a form sends: what it is of, what it holds, and the hashes of the files that it was opened from."""
    data = sent().get("data")
    if not isinstance(data, dict) or not is_plain(data):
        abort(400)
    return place(text("file")), data, hashes()


def texts() -> Mapping[str, str]:
    """The texts of files that a request sends, by path."""
    found = sent().get("texts")
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        abort(400)
    return found


def hashes() -> Mapping[str, str]:
    """The hashes of the files that what is sent was opened from."""
    found = sent().get("hashes") or {}
    return found if isinstance(found, dict) else abort(400)


def is_plain(value: object, depth: int = 0) -> bool:
    if isinstance(value, str):
        return True
    if depth > _DEEPEST:
        return False
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(item, depth + 1) for key, item in value.items())
    return isinstance(value, list) and all(is_plain(item, depth + 1) for item in value)
