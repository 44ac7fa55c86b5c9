"""A record under another id: its files, every reference to it, and the retirement of the old one."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from gazette.base.diagnostics import Position
from gazette.base.files import held
from gazette.base.line_ends import lines_of
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Location, Plain
from gazette.checks.integrity import retirement_file
from gazette.content.fingerprint import english_path, fingerprint
from gazette.content.front_matter import markdown_file, split
from gazette.content.links import HtmlLink, Link, address_of, html_links, page_links
from gazette.content.model import Content, Owner
from gazette.content.proofs import EVIDENCE_LOCK
from gazette.editing import sign_off, undo
from gazette.editing.adding import refuse_used
from gazette.editing.yaml_edit import new_file
from gazette.records import page_path
from gazette.records.front_matter import is_draft
from gazette.records.record import references
from gazette.records.values import LOCALES, Localised, Ref
from gazette.site.identity import FILE

_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)

Edit = tuple[Position, str, str]
"""Where something is written, a pattern of it, and what takes its place."""


def rename(content: Content, old: Ref, id_: str, today: date) -> list[str]:
    """Give the record `old` another id; returns the paths that were written or removed.

    Nothing stays changed where the content would be wrong then. Raises Refused or ContentError.
    """
    return undo.write(content.root, renamed(content, old, id_, today))


def renamed(content: Content, old: Ref, id_: str, today: date) -> Mapping[str, bytes | None]:
    """The files to write, by path, that give the record `old` another id; None for one to remove.

    All else in them stays as it is. What was never published leaves no retirement. Raises Refused.
    """
    new = Ref(old.collection, id_)
    _allow(content, old, new)
    texts: dict[str, str] = {}

    def text(path: str) -> str:
        if path not in texts:  # With their line ends and byte-order mark as they are.
            texts[path] = (content.root / path).read_bytes().decode("utf-8")
        return texts[path]

    edits = [*_references(content, old, new), *_links(content, old, new)]
    # The last of a line first: what stands before it stays where it is.
    for place, pattern, words in sorted(edits, key=lambda edit: edit[0].column, reverse=True):
        texts[place.path] = _edited(text(place.path), place, pattern, words)
    named = re.compile(rf"(['\"]){re.escape(str(old))}((?:\.\w+)?(?:@[\w-]+)?)\1")
    for prose in content.prose.values():
        for body in prose.bodies.values():
            words = text(body.path)
            texts[body.path] = _CALL.sub(lambda call: named.sub(rf"\g<1>{new}\g<2>\g<1>", call[0]), words)
        chinese = prose.bodies["zh"].path
        _, body = split(texts[chinese].encode("utf-8"), chinese)
        after = replace(prose, bodies={**prose.bodies, "zh": body})
        # What the Chinese refers to is part of its fingerprint, and it says what it said.
        if fingerprint(after) != fingerprint(prose) == prose.matter.translated:
            english = english_path(prose)
            texts[english] = sign_off.signed(texts[english].encode("utf-8"), after).decode("utf-8")
    if old in content.proofs:  # What was proved of a source stays so under its new id.
        texts[EVIDENCE_LOCK] = re.sub(rf"(?m)^{old.id}:", f"{new.id}:", text(EVIDENCE_LOCK))
    texts[FILE] = re.sub(nav_entry(old), f"{page_path(str(new))}.md", text(FILE))

    files: dict[str, bytes | None] = {}
    record = content.records[old]
    for path in content.files_of(record):
        there = Path(path).with_stem(new.id).as_posix()
        files |= {path: None, there: text(path).encode("utf-8")}
        del texts[path]
    files |= {path: words.encode("utf-8") for path, words in texts.items()}
    if not is_draft(record):
        files[retirement_file(str(old))] = retirement(str(old), str(new), None, today)
    root = content.root
    return {path: words for path, words in files.items() if words is None or words != held(root / path)}


def retirement(was: str, now: str, why: Localised | None, today: date) -> bytes:
    """The file that says what took the place of a name that is given up, or why nothing did."""
    said: dict[str, Plain] = {"now": now} if now else {}
    said |= {"why": {"zh": why.zh, "en": why.en}} if why else {}
    day: Plain = {"date": f"{today}", "basis": "stated"}
    return new_file({"was": was, **said, "date": day}).encode("utf-8")


def nav_entry(ref: Ref | str) -> str:
    """A pattern of the file of a page, or of a record's, as the navigation names it."""
    return rf"(?<![\w/-]){re.escape(page_path(str(ref)))}\.md(?![\w.-])"


def _allow(content: Content, old: Ref, new: Ref) -> None:
    if old not in content.records:
        hint = content.meant(str(old), map(str, content.records))
        raise Refused("no-record-to-rename", record=str(old).strip("/"), hint=hint)
    refuse_used(content, new)
    if (content.root / retirement_file(str(old))).exists():
        raise Refused("retirement-there", file=retirement_file(str(old)))


def _references(content: Content, old: Ref, new: Ref) -> Iterator[Edit]:
    """Every field of a record, a sum, a correction or a page that refers to `old`."""
    pattern = rf"(['\"]?(?:{old.collection}/)?){re.escape(old.id)}(?![a-z0-9-])"
    for owner, location in references_to(content, old):
        yield content.position(owner, location), pattern, rf"\g<1>{new.id}"


def references_to(content: Content, record: Ref) -> Iterator[tuple[Owner, Location]]:
    """Every field that refers to a record, by what has it and the keys that lead to it."""
    for owner in content.texts():
        for location, ref in references(content.matter(owner)):
            if ref == record:
                yield owner, location


def _links(content: Content, old: Ref, new: Ref) -> Iterator[Edit]:
    """Every link to the page of `old`."""
    for link in links_to(content, old):
        written = re.split("[#?]", link.written)[0]
        words = re.sub(rf"{re.escape(old.id)}(?=(?:\.md|/|/index\.html)?\Z)", new.id, written)
        yield link.position, re.escape(written), words


def links_to(content: Content, record: Ref | str) -> Iterator[Link | HtmlLink]:
    """Every link to a page, or to that of a record."""
    files = {markdown_file(locale, page_path(str(record))) for locale in LOCALES}
    for prose in content.prose.values():
        for body in prose.bodies.values():
            own = address_of(body.path)
            yield from (link for link in page_links(body) if link.file(posixpath.dirname(body.path)) in files)
            yield from (link for link in html_links(body) if link.file(own, content.addresses) in files)


def _edited(text: str, place: Position, pattern: str, words: str) -> str:
    """The text with the pattern replaced where it stands at a place, if it does."""
    lines = lines_of(text)
    column = place.column - 1 + (place.line == 1 and text.startswith("\ufeff"))
    line = lines[place.line - 1]
    lines[place.line - 1] = line[:column] + re.sub(rf"\A{pattern}", words, line[column:])
    return "".join(lines)
