"""What editors wrote, and the answers to what the other rooms ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypeAlias, TypeVar

from gazette.base import strict_yaml
from gazette.base.diagnostics import Position
from gazette.base.messages import Message, did_you_mean, say
from gazette.base.strict_yaml import Document, Location
from gazette.content.figure_index import FigureIndex
from gazette.content.front_matter import Markdown, locate_in_pair, markdown_file, split
from gazette.content.links import address_of
from gazette.content.photographs import Original
from gazette.language import wording
from gazette.records import near_misses, page_path
from gazette.records.front_matter import Article, PlainPage, is_draft
from gazette.records.integrity import BaseLocks, Retirement, Sum
from gazette.records.record import Entry, Record, photos
from gazette.records.sources import Proof
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Amount, FieldRef, Ref


@dataclass(frozen=True)
class Prose:
    """A pair of Markdown files, `docs/zh/<path>.md` and `docs/en/<path>.md`."""

    path: str
    matter: PlainPage | Article
    bodies: Mapping[str, Markdown]


E = TypeVar("E", bound=Entry)
Owner: TypeAlias = Entry | Prose
"""What has words of its own."""


@dataclass(frozen=True)
class Content(FigureIndex):
    """All records and prose, indexed; the originals of photographs by file name.

    A name is what has a page: `collection/id`, or the path of a prose page. `names` are those that have a file,
    `locked_names` those once published with their places in the lock, `retirements` those given up, oldest first.
    `unread` are the references whose file exists but could not be read: links to them are not dangling.
    `hashes` has the hash of each file of a record or page by its path, `media` the address of each file of `docs/`
    that is published as it is, by its path there, `proofs` what was found in the archived text of each source. `base` is what
    was published before the change, where that is asked; `unsaved` what files are to hold that are not written yet;
    `public_numbers` are the telephone numbers and addresses that the site means to publish.
    """

    root: Path
    units: Mapping[Ref, Unit]
    sums: tuple[Sum, ...]
    locked: Mapping[FieldRef, str]
    names: frozenset[str]
    locked_names: Mapping[str, Position]
    retirements: tuple[Retirement, ...]
    prose: Mapping[str, Prose]
    originals: Mapping[str, Original]
    unread: frozenset[Ref] = field(default=frozenset())
    hashes: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, Original] = field(default_factory=dict)
    proofs: Mapping[Ref, Proof] = field(default_factory=dict)
    base: BaseLocks | None = None
    unsaved: Mapping[str, bytes] = field(default_factory=dict)
    public_numbers: Set[str] = frozenset()

    def succession(self, name: str) -> tuple[Retirement, ...]:
        """The retirements of a name, of the one that took its place, and so on; where they run in a circle, once round."""
        found: dict[str, Retirement] = {}
        while name not in found and (retirement := self._retired.get(name)):
            found[name] = retirement
            name = retirement.now or ""
        return tuple(found.values())

    def successor(self, name: str) -> str | None:
        """What a retired name leads to in the end; None where it is not retired or leads to nothing that there is."""
        last = self.succession(name)[-1:]
        return last[0].now if last and last[0].now in self.names else None

    def original(self, ref: Ref) -> Ref:
        """The oldest id that leads to a record, its own where it had no other; of several the first given up."""
        name, seen = str(ref), {str(ref)}
        while before := next((r.was for r in self.retirements if r.now == name and r.was not in seen), None):
            name = before
            seen.add(name)
        return Ref(*name.split("/", 1)) if "/" in name else ref

    def meant(self, name: str, among: Iterable[str]) -> Message:
        """A hint at what was meant by a name that is not there; NOTHING where none is near."""
        if successor := self.successor(name):
            return say("it-is-now", name=successor)
        near = near_misses.name(name, among)
        return did_you_mean([near] if near else [])

    def in_words(self, figure: Amount) -> Message:
        """A figure as each language says it; as it is typed where its unit is not there."""
        unit = self.units.get(figure.unit) if figure.unit else None
        if figure.unit and not unit:
            return Message(str(figure), str(figure))
        return Message(wording.in_words(figure, unit, "zh"), wording.in_words(figure, unit, "en"))

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The file of docs/ that the site has at each address, as seen from its root and without the slash at its end."""
        pages = (markdown_file(locale, page_path(name)) for name in self.names for locale in LOCALES)
        others = {address: f"docs/{name}" for name, address in self.media.items()}
        return {**others, **{address_of(file): file for file in pages}}

    @cached_property
    def published_names(self) -> frozenset[str]:
        """The names of what is no draft."""
        return self.names - {str(ref) for ref in self._drafts}

    @cached_property
    def _drafts(self) -> frozenset[Ref]:
        return frozenset(ref for ref, record in self.records.items() if is_draft(record))

    @cached_property
    def _retired(self) -> Mapping[str, Retirement]:
        return {retirement.was: retirement for retirement in reversed(self.retirements)}

    def owners(self) -> Iterator[Record | Prose]:
        """Everything that is written in two languages: each page of prose, each record that is not one."""
        yield from self.prose.values()
        yield from (record for record in self.records.values() if not isinstance(record, Article))

    def texts(self) -> Iterator[Owner]:
        """Everything that has words: each page of prose, each record that is not one, and sums, corrections and retirements."""
        yield from self.owners()
        yield from (*self.sums, *self.corrections, *self.retirements)

    @staticmethod
    def matter(owner: E | Prose) -> E | PlainPage | Article:
        """The fields of a record, or the front matter of a page."""
        return owner.matter if isinstance(owner, Prose) else owner

    def published(self) -> Content:
        """The same content without its drafts and without the photographs that only they show.

        Where there are none it is this one, and what it has worked out is not worked out again.
        """
        records = {ref: record for ref, record in self.records.items() if ref not in self._drafts}
        looked_at = records.values() if self.originals else ()
        shown = {photo.file for record in looked_at for _, photo in photos(record)}
        originals = {name: original for name, original in self.originals.items() if name in shown}
        if not self._drafts and len(originals) == len(self.originals):
            return self
        prose = {path: page for path, page in self.prose.items() if not is_draft(page.matter)}
        return replace(self, records=records, names=self.published_names, originals=originals, prose=prose)

    @staticmethod
    def files_of(owner: Entry | Prose) -> tuple[str, ...]:
        """The file, or the pair of files, that a record or page was read from."""
        if not isinstance(owner, (Prose, Article)):
            return (owner.path,)
        path = f"news/{owner.id}" if isinstance(owner, Article) else owner.path
        return tuple(markdown_file(locale, path) for locale in LOCALES)

    def hash_of(self, owner: Entry | Prose) -> str:
        """The hash of what a record or page was read from."""
        return "".join(self.hashes[path] for path in self.files_of(owner))

    def position(self, owner: Entry | Prose, location: Location) -> Position:
        """Where a part of a record or of a page's front matter stands.

        The file is parsed again: positions are wanted for messages only, and only the last files' are kept.
        """
        if isinstance(owner, Article):
            owner = self.prose[f"news/{owner.id}"]
        if isinstance(owner, Prose):
            names = {locale: markdown_file(locale, owner.path) for locale in LOCALES}
            pair = {locale: _document(self.raw(name), name) for locale, name in names.items()}
            return locate_in_pair(pair)(location, False)
        return _document(self.raw(owner.path), owner.path).position(location)

    def raw(self, path: str) -> bytes:
        """What a file holds, or is to hold."""
        return self.unsaved[path] if path in self.unsaved else (self.root / path).read_bytes()


@lru_cache(8)
def _document(raw: bytes, path: str) -> Document:
    """What a file says, with its places."""
    return split(raw, path)[0] if path.endswith(".md") else strict_yaml.read(raw, path)[0]


def pages_of(owners: Iterable[Owner]) -> Iterator[Prose]:
    """The pages of prose among some that have words."""
    return (owner for owner in owners if isinstance(owner, Prose))
