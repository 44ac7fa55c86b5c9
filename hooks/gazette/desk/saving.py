"""Saving what a form has: refused where the files have changed meanwhile, or where it brings a mistake anywhere on the site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from gazette.base.diagnostics import ContentError, Diagnostic, Position
from gazette.base.files import is_link
from gazette.build.content_check import check_content
from gazette.content.photographs import Original, examine
from gazette.desk import handing_in
from gazette.desk.entries import Data, Opened, Place, opened
from gazette.desk.photographs import held, named_photos
from gazette.desk.project import Files, Project
from gazette.editing.undo import undoable
from gazette.records.photos import PHOTOS
from gazette.records.record import photos


class Changed(Exception):
    """The files are not what they were when the form was opened: what they hold now."""

    def __init__(self, now: Opened) -> None:
        super().__init__(now.place.file)
        self.now = now


@dataclass(frozen=True)
class Draft:
    """The files that would be written, the photographs that come with them, and the files as they would read."""

    files: Files
    originals: Mapping[str, Original]
    read: Opened


def drafted(project: Project, now: Opened, data: Data) -> Draft:
    """What saving `data` would write, with the photographs that it names and the project does not have. Raises Refused."""
    files: dict[str, bytes | None] = {**now.edited(data)}
    read = Opened(now.place, {**now.raw, **{path: raw for path, raw in files.items() if raw is not None}})
    new = {name: file for name in named_photos(data) if (file := held(project.root, name))}
    files |= {f"data/{PHOTOS}/{name}": file.read_bytes() for name, file in new.items()}
    # A photograph that this was the last to name goes with its name.
    before = set(named_photos(now.data)) - set(named_photos(data))
    others = {
        photo.file
        for record in project.content.records.values()
        if record.path != now.place.file
        for _, photo in photos(record)
    }
    gone = {f"data/{PHOTOS}/{name}": None for name in before - others if name in project.content.originals}
    return Draft({**files, **gone}, {name: examine(file) for name, file in new.items()}, read)


@dataclass(frozen=True)
class Checked:
    """What would be wrong with a draft, and with others because of it; where nothing is, the number of its preview."""

    found: list[Diagnostic]
    draft: Draft
    preview: int | None = None


def checked(project: Project, draft: Draft) -> Checked:
    """What would be wrong once a draft is saved; nothing is written."""
    place = draft.read.place
    found, content = project.verdict(place, draft.files, draft.originals)
    if found:
        return Checked(found, draft)
    number, preview = project.previews.add(content)
    found = preview.faults(place.path) if place.path else []
    return Checked(found, draft, None if found else number)


def save(project: Project, place: Place, data: Data, hashes: Mapping[str, str]) -> Draft:
    """Write `data`; returns what was written.

    Raises Changed where the files are not as `hashes` say, ContentError where it would bring mistakes, or Refused; then
    nothing is written.
    """
    draft = drafted(project, unchanged(project, place, hashes), data)
    write_checked(project, place, draft.files, draft.originals)
    return draft


def text_of(raw: bytes) -> str:
    """The text of a file that may be in the encoding of an older Chinese Windows; without its mark of UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def mend(project: Project, place: Place, texts: Mapping[str, str], hashes: Mapping[str, str]) -> None:
    """Write the texts of files that no form can show, their line ends as they were. Raises as `save` does."""
    now = unchanged(project, place, hashes)
    files = {}
    for path, raw in now.raw.items():
        end = "\r\n" if b"\r\n" in raw else "\n"
        typed = texts.get(path, text_of(raw)).replace("\r\n", "\n")
        files[path] = typed.replace("\n", end).encode()
    write_checked(project, place, files)


def unchanged(project: Project, place: Place, hashes: Mapping[str, str]) -> Opened:
    """What the files of a place hold. Raises Changed where they are not as `hashes` say."""
    now = opened(project.root, place)
    if now.hashes != hashes:
        raise Changed(now)
    return now


def write_checked(
    project: Project, place: Place, files: Files, originals: Mapping[str, Original] | None = None
) -> None:
    """Write files of a place and others that go with them. Raises ContentError where they would bring mistakes."""
    found, _ = project.verdict(place, files, originals)
    if found:
        raise ContentError(found, project.root)
    write(project, files)


def write(project: Project, files: Files) -> None:
    """Write files, and take them back where the site would then have mistakes that it has not now. Raises ContentError."""
    if not files:
        return
    within = {
        folder.as_posix() for path in files for folder in (PurePosixPath(path), *PurePosixPath(path).parents)
    }
    if links := [
        Diagnostic(Position(path), "link") for path in sorted(within) if is_link(project.root / path)
    ]:
        raise ContentError(links, project.root)  # What it leads to may be anywhere.
    _ = project.content  # What is wrong before.
    with undoable(project.root, files):
        try:
            check_content(project.root)
        except ContentError as error:
            if brought := [
                each for each in error.diagnostics if each.at.path in files or project.brought(each)
            ]:
                raise ContentError(brought, project.root) from error
    handing_in.remember(project.root, files)
