"""What a record or page refers to must be there: ids, figures, pages that Markdown links to; every record has evidence."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator, Mapping, Set
from itertools import islice
from typing import NamedTuple

from gazette.base.bounds import MOST_TOLD
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import NOTHING, listed, say
from gazette.base.strict_yaml import Location
from gazette.content.front_matter import markdown_file
from gazette.content.links import HtmlLink, Link, address_of, html_links, links, relative_address
from gazette.content.model import Content, Owner
from gazette.records import near_misses, page_path
from gazette.records.front_matter import QUESTIONS
from gazette.records.integrity import Correction
from gazette.records.model_fields import field_at
from gazette.records.record import Entry, answers, parts, references
from gazette.records.sources import Source
from gazette.records.terms import Term, Unit
from gazette.records.values import FieldRef, Model, Ref


def dangling_references(content: Content) -> Iterator[Diagnostic]:
    """One message for each missing record, with every place that names it."""
    known = {*content.records, *content.units, *content.unread}
    places: dict[Ref, list[Position]] = {}
    whole: dict[Ref, str] = {}
    for owner in _owners(content):
        matter = content.matter(owner)
        if isinstance(matter, Entry) and known.issuperset(matter.refs):
            continue
        missing = ((location, ref) for location, ref in references(matter) if ref not in known)
        for location, ref in islice(missing, MOST_TOLD):
            places.setdefault(ref, []).append(content.position(owner, location))
            whole.setdefault(ref, _as_typed(matter, location, ref))
    names = [str(ref) for ref in known]
    for ref, found in places.items():
        file = f"docs/zh/news/{ref.id}.md" if ref.collection == "news" else f"data/{ref}.yml"
        first, *others = sorted(found, key=lambda place: (place.path, place.line, place.column))
        # Where a field takes the ids of one collection only, no other is meant.
        among = (
            names
            if str(ref) in whole[ref]
            else [name for name in names if name.startswith(f"{ref.collection}/")]
        )
        near = content.successor(str(ref)) or near_misses.name(str(ref), among)
        right = whole[ref].replace(str(ref), near).replace(ref.id, near.rpartition("/")[2]) if near else ""
        values = {"record": ref, "hint": content.meant(str(ref), among), "file": file, "right": right}
        code = "no-such-unit" if ref.collection == Unit.collection and not near else "dangling-id"
        yield Diagnostic(first, code, values, also=tuple(others))


def _as_typed(matter: Model, location: Location, ref: Ref) -> str:
    """A reference as it is typed at its place: with its key, with its collection where the field takes any."""
    _, field = field_at(type(matter), location)
    text = str(ref) if field and field.examples and "/" in str(field.examples[0]) else ref.id
    return text if isinstance(location[-1], int) else f"{location[-1]}: {text}"


def missing_fields(content: Content) -> Iterator[Diagnostic]:
    """A reference to a field of a record that holds no figure, or in which nothing answers a question."""
    for owner in _owners(content):
        # Only a correction is of one value of several; all else asks for a figure as it is.
        of_values = isinstance(owner, Correction)
        figures = content.values if of_values else content.figures
        for location, value in parts(content.matter(owner), FieldRef):
            record = content.records.get(value.record)
            if record is None:
                continue
            if location[0] == QUESTIONS:
                code, name, fields = "no-such-answer", value.field, answers(record)
                is_there = name in fields
            else:
                code, name = "no-such-figure", value.key
                is_there = value in content.figures or (of_values and content.value_ref(value) in figures)
                fields = () if is_there else tuple(ref.key for ref in figures if ref.record == value.record)
            if not is_there:
                hint = say("there-is", names=listed(fields)) if fields else NOTHING
                right = f"{value.record}.{fields[0]}" if fields else ""
                values = {"record": value.record, "field": name, "hint": hint, "right": right}
                yield Diagnostic(content.position(owner, location), code, values)


def broken_links(content: Content) -> Iterator[Diagnostic]:
    """A link or a picture that is no page of the same language, and no file of docs/; they are relative to their own file."""
    pages = {page_path(name) for name in content.names}
    retired = {page_path(retirement.was): retirement.was for retirement in content.retirements}
    for prose in content.prose.values():
        for locale, body in prose.bodies.items():
            home = f"docs/{locale}"
            folder = posixpath.dirname(body.path)
            known = _Known(f"{home}/", pages, content.media)
            for link in links(body):
                file = link.file(folder)
                if not link.path or (file in known and link.path[0] != "/"):
                    continue
                page = file.removeprefix(f"{home}/").removesuffix(".md")
                successor = content.successor(retired.get(page, ""))
                near = (
                    f"{home}/{page_path(successor)}.md"
                    if successor
                    else known.nearest(_meant(link, file, home))
                )
                right = link.to(posixpath.relpath(near, folder).replace(" ", "%20")) if near else ""
                yield Diagnostic(link.position, "broken-link", {"target": link.written, "right": right})


class _Known(NamedTuple):
    """What a page of one language may lead to, by its path in the project."""

    home: str
    pages: Set[str]
    media: Mapping[str, str]

    def __contains__(self, file: object) -> bool:
        name = str(file)
        own = name.removeprefix(self.home)
        if name.endswith(".md"):
            return own != name and own.removesuffix(".md") in self.pages
        return name.removeprefix("docs/") in self.media

    def nearest(self, file: str) -> str:
        """The one whose name is most like a path's; "" where none is."""
        files = [*(f"{self.home}{page}.md" for page in self.pages), *(f"docs/{name}" for name in self.media)]
        by_name = {name.casefold(): name for name in files}
        base = posixpath.basename(file).casefold()
        same = [name for name in by_name if posixpath.basename(name) == base]
        if file.casefold() in by_name or len(same) == 1:
            return by_name.get(file.casefold()) or by_name[same[0]]
        return next((by_name[name] for name in difflib.get_close_matches(file.casefold(), by_name, 1)), "")


def _meant(link: Link, file: str, home: str) -> str:
    """The file that a link probably means: an address of the site by the page that has it, a page without its ending."""
    path = link.path
    if path[0] == "/":
        top = path.strip("/").partition("/")[0]
        file = posixpath.join("docs" if top == "assets" else home, path.strip("/").removeprefix("en/"))
    return file if posixpath.splitext(file)[1] else f"{file}.md"


def broken_html_links(content: Content) -> Iterator[Diagnostic]:
    """A link or a picture typed as HTML at whose address the site has no page and no file of docs/."""
    for prose in content.prose.values():
        for body in prose.bodies.values():
            own = address_of(body.path)
            for link in html_links(body):
                if link.path and (link.path[0] == "/" or not link.file(own, content.addresses)):
                    near = _meant_in_html(link, body.path, content)
                    right = link.to(relative_address(near, body.path).replace(" ", "%20")) if near else ""
                    values = {"target": link.written, "right": right}
                    yield Diagnostic(link.position, "broken-html-link", values)


def _meant_in_html(link: HtmlLink, own: str, content: Content) -> str:
    """The file that a link in HTML probably means, which may be named as Markdown names it; "" where none is near."""
    files = set(content.addresses.values())
    named = posixpath.normpath(posixpath.join(posixpath.dirname(own), link.path))
    if named in files:
        return named
    address = posixpath.normpath(posixpath.join("/", address_of(own), link.path)).strip("/")
    locale = "en" if address.startswith("en/") else "zh"
    retired = {page_path(retirement.was): retirement.was for retirement in content.retirements}
    if successor := content.successor(retired.get(address.removeprefix("en/"), "")):
        return markdown_file(locale, page_path(successor))
    names, meant = (files, named) if posixpath.splitext(named)[1] else (content.addresses, address)
    close = difflib.get_close_matches(meant, names, 1)
    return content.addresses.get(close[0], close[0]) if close else ""


def unsourced_records(content: Content) -> Iterator[Diagnostic]:
    """A record with no evidence at all; sources themselves need none.

    A publication is named before the first source that it published, which is its evidence: until then it waits.
    """
    for record in content.records.values():
        if not isinstance(record, Source) and not record.cited:
            is_outlet = isinstance(record, Term) and record.kind == "publication"
            yield Diagnostic(Position(record.path), "no-evidence", pending=is_outlet)


def _owners(content: Content) -> Iterator[Owner]:
    """Everything that may refer to records; where a correction withdraws a figure, that may be gone."""
    return (owner for owner in content.texts() if not isinstance(owner, Correction) or owner.now)
