"""Personal data is not published by mistake: not in what is written, not in names of files, not in what pictures carry along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from gazette.base.bounds import MOST_TOLD
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import say
from gazette.base.personal_data import PersonalData, masked, personal_data
from gazette.base.strict_yaml import decode, place_of
from gazette.content import attachment_texts
from gazette.content.attachment_texts import attachment_text
from gazette.content.calls import Call, Piece, with_made
from gazette.content.model import Content, Owner, pages_of
from gazette.content.picture_texts import PICTURES, picture_text
from gazette.content.public_contacts import is_public
from gazette.records.photos import PHOTOS

_PART = 20_000
"""So many characters of a long text are read before it is asked whether enough was told."""
_PLAIN = "plain("


def _words_of(_: Piece, call: Call) -> str:
    """What a call makes of words alone, which may be put together of several; of others something that is no number."""
    return "".join(call.arguments) if call.name == "plain" else "□"


def personal_data_in_texts(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """Personal data in the files of records and pages, wherever it stands in them."""
    told_at: set[tuple[str, int]] = set()
    owners = [*owners]
    for owner in owners:
        for path in content.files_of(owner):
            for found in _in_file(content, path):
                told_at.add((path, found.at.line))
                yield found
    for page in pages_of(owners):
        for body in page.bodies.values():
            if _PLAIN in body.text:
                made = with_made(body, _words_of)
                for one, said in _private(content, made.text):
                    at = made.position(one.start)
                    if (at.path, at.line) not in told_at:
                        yield told("personal-data", at, one, said)


def personal_data_beside(content: Content) -> Iterator[Diagnostic]:
    """Personal data in the names of files, in what is published as it is, and in units."""
    media = [f"docs/{name}" for name in content.media]
    originals = [f"data/{PHOTOS}/{name}" for name in content.originals]
    for path in (*content.hashes, *media, *originals):
        for found, said in _private(content, path):
            yield told("personal-data-in-name", Position(path), found, said)
    for path in media:
        ending = PurePosixPath(path).suffix.lower()
        if ending in PICTURES:
            for found, said in _private(content, picture_text(content.root / path)):
                yield told("personal-data-in-picture", Position(path), found, said)
        elif ending in attachment_texts.READ:
            for found, said in _private(content, attachment_text(content.root / path)):
                yield told("personal-data-in-attachment", Position(path), found, said)
        else:
            yield from _in_file(content, path)
    for unit in content.units.values():
        yield from _in_file(content, unit.path)


def private_in_value(content: Content, name: str, value: str, at: Position) -> Iterator[Diagnostic]:
    """Personal data in a value that is not written yet, such as that of a cell; a field that holds a number says so by its name."""
    for found, said in _private(content, f"{name}: {value}"):
        yield told("personal-data", at, found, said)


def told(code: str, at: Position, found: PersonalData, said: str) -> Diagnostic:
    return Diagnostic(at, code, {"kind": say(found.kind), "masked": said})


def _in_file(content: Content, path: str) -> Iterator[Diagnostic]:
    text, _ = decode(content.raw(path), path)
    place = partial(place_of, text=text, path=path, first_line=1)
    for found, said in _private(content, text):
        yield told("personal-data", place(found.start), found, said)


def _private(content: Content, text: str) -> Iterator[tuple[PersonalData, str]]:
    """The personal data of a text that no contact of the site is, and how it may be shown; of a long list only the first."""
    start = told = 0
    while start < len(text) and told < MOST_TOLD:
        end = text.find("\n", start + _PART) + 1 or len(text)
        part = text[start:end]
        found = [one for one in personal_data(part) if not is_public(one, content.public_numbers)]
        shown = masked(part) if found else ""
        for one in found[:MOST_TOLD]:
            said = " ".join(shown[one.start : one.end].split())
            yield replace(one, start=one.start + start, end=one.end + start), said
        start, told = end, told + len(found)
