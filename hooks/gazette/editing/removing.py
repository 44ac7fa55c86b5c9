"""A record or an article that is taken away: its files and photographs, the retirement of its id, its figures withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from gazette.base.diagnostics import Position
from gazette.base.line_ends import lines_of
from gazette.base.messages import Refused
from gazette.checks.integrity import retirement_file
from gazette.content.calls import calls
from gazette.content.locks import value_now
from gazette.content.model import Content
from gazette.content.proofs import renewed_lock
from gazette.editing.correcting import Files, correction
from gazette.editing.renaming import links_to, nav_entry, references_to, retirement
from gazette.records.integrity import Correction
from gazette.records.photos import PHOTOS
from gazette.records.record import photos
from gazette.records.values import Localised, Ref
from gazette.site.identity import FILE


def remove(content: Content, ref: Ref, now: str, why: Localised | None, today: date) -> Files:
    """The files to write, by path, that take a record away; None for one to remove.

    What was published is retired: `now` has taken its place, or `why` says why nothing did. Its published figures are
    withdrawn, for which a reason is needed too. Raises Refused, with the places that still refer to it.
    """
    if ref not in content.records:
        raise Refused(
            "no-record-to-remove",
            record=str(ref).strip("/"),
            hint=content.meant(str(ref), map(str, content.records)),
        )
    record = content.records[ref]
    own = content.files_of(record)
    places = {place for place in referring(content, ref) if place.path not in own}
    if places:
        ordered = sorted(places, key=lambda place: (place.path, place.line, place.column))
        raise Refused("still-referred-to", *map(str, ordered), record=ref)
    files: Files = dict.fromkeys(own)
    shown = {
        photo.file for other in content.records.values() if other is not record for _, photo in photos(other)
    }
    files |= {f"data/{PHOTOS}/{photo.file}": None for _, photo in photos(record) if photo.file not in shown}
    if ref in content.proofs:
        left = {source: proof for source, proof in content.proofs.items() if source != ref}
        files |= renewed_lock(content.root, left)
    locked = {one: said for one, said in content.locked.items() if one.record == ref}
    if str(ref) in content.locked_names:
        if not now and why is None:
            raise Refused("removal-unexplained", record=ref)
        file = retirement_file(str(ref))
        if (content.root / file).exists():
            raise Refused("retirement-there", file=file)
        files[file] = retirement(str(ref), now, why, today)
    for one, said in locked.items():
        stands = value_now(content, one, said)
        if why is None:
            raise Refused("withdrawal-unexplained", figure=one, value=said)
        if stands:
            files |= correction(content, one, content.values[stands], None, (why, today), files)
    return files


def remove_page(content: Content, path: str, now: str, why: Localised | None, today: date) -> Files:
    """The files to write that take a page of prose away, as `remove` does a record; the navigation loses its line."""
    own = content.files_of(content.prose[path])
    places = {link.position for link in links_to(content, path) if link.position.path not in own}
    left = []
    settings = (content.root / FILE).read_bytes().decode("utf-8")
    for number, line in enumerate(lines_of(settings), 1):
        entry = nav_entry(path)
        if not re.fullmatch(rf"\s*- (?:[^:]+: )?{entry}\s*", line):
            left.append(line)
            if found := re.search(entry, line):
                places.add(Position(FILE, number, found.start() + 1))
    if places:
        ordered = sorted(places, key=lambda place: (place.path, place.line, place.column))
        raise Refused("still-referred-to", *map(str, ordered), record=path)
    files: Files = dict.fromkeys(own)
    if "".join(left) != settings:
        files[FILE] = "".join(left).encode("utf-8")
    if path in content.locked_names:
        if not now and why is None:
            raise Refused("removal-unexplained", record=path)
        files[retirement_file(path)] = retirement(path, now, why, today)
    return files


def referring(content: Content, ref: Ref) -> Iterator[Position]:
    """Every place that refers to a record: fields, calls and links in text, the navigation."""
    for owner, location in references_to(content, ref):
        if not isinstance(owner, Correction) or owner.now:  # What withdraws a figure outlives it.
            yield content.position(owner, location)
    for prose in content.prose.values():
        for body in prose.bodies.values():
            for call, position in calls(body):
                if any(
                    re.fullmatch(rf"{re.escape(str(ref))}(\.\w+)?(@[\w-]+)?", said) for said in call.arguments
                ):
                    yield position
    for link in links_to(content, ref):
        yield link.position
    settings = (content.root / FILE).read_text(encoding="utf-8-sig")
    for number, line in enumerate(lines_of(settings), 1):
        if found := re.search(nav_entry(ref), line):
            yield Position(FILE, number, found.start() + 1)
