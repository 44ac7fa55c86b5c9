"""Records what content each page reads: while that is unchanged, the page need not be rendered again.

A dependency is a text such as `content.related record:alliances/tea`: what is read, and of what.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from types import NoneType
from typing import Any, cast

from gazette.content.model import Content, Prose
from gazette.records.front_matter import Article
from gazette.records.record import Entry, Record
from gazette.records.values import FieldRef, Ref, field_ref
from gazette.site.lists import Listing, Lists
from gazette.site.model import SiteModel
from gazette.site.pages import Page, above
from gazette.site.pagination import Part
from gazette.site.tables.dataset import Dataset

Appearances = Mapping[FieldRef, Iterable[Page]]

EVERY = "*"
"""Stands for all files: what a page reads of the whole content, or of other pages, is always looked at."""

APPEARANCES = "appearances"
"""Stands, among files, for where figures appear, which any page may change that shows one."""

_UNTRACKED = ("figure_ref", "meant")
"""What is read of a value that is itself tracked, and what only words a mistake: such a page is not kept."""


class DependencyTracker:
    """One site model as its pages are to read it.

    `content`, `lists`, `dataset` and `appearances` (the pages on which each figure appears) record what is read of them.
    """

    def __init__(self, site_model: SiteModel, appearances: Appearances) -> None:
        content, pages = site_model.content, site_model.pages
        self._content, self._pages = content, pages
        self._dependencies: dict[str, None] = {}
        self._hashes: dict[str, bytes] = {}
        self._files: dict[str, tuple[str, ...]] = {}
        self._shapes: dict[int, tuple[Any, frozenset[str]]] = {}
        self._met: set[str] = set()
        self._subjects: Mapping[str, Any] = {
            "content": content,
            "lists": site_model.lists,
            "dataset": site_model.dataset,
            APPEARANCES: appearances,
            "file": lambda path: path in pages or path in content.media,
        }
        self.content = cast(Content, _Tracked("content", content, self._add))
        self.lists = cast(Lists, _Tracked("lists", site_model.lists, self._add))
        self.dataset = cast(Dataset, _Whole("dataset", site_model.dataset, self._add))
        self.appearances = cast(Appearances, _TrackedMapping(APPEARANCES, appearances, self._add))

    def start(self, dependencies: str = "") -> None:
        """From here on what is read is read by one page, which has read these `dependencies` before."""
        self._dependencies = dict.fromkeys(dependencies.split("\n")) if dependencies else {}

    def dependencies(self) -> str:
        """What has been read since the start, a dependency a line."""
        return "\n".join(self._dependencies)

    def key(self, page: Page, dependencies: str) -> str:
        """The hash of a page and of all that it reads, a dependency a line."""
        hashes, lines = self._hashes, dependencies.split("\n") if dependencies else []
        try:
            values = b"".join([hashes[line] for line in lines])
        except KeyError:
            values = b"".join(map(self._hash, lines))
        of_page = repr(self._of_page(page)).encode()
        return hashlib.blake2b(of_page + values, digest_size=16).hexdigest()

    def files(self, page: Page, dependencies: str) -> str:
        """The files whose words a page that has its key may show, a line each; APPEARANCES, or EVERY where any may be."""
        lines = dependencies.split("\n") if dependencies else []
        if any(" " not in line for line in lines):
            return EVERY
        self._met = {page.source}
        if any(line.startswith(f"{APPEARANCES} ") for line in lines):
            self._met.add(APPEARANCES)
        self._of_page(page)
        return "\n".join(sorted(self._met.union(*(self._files[line] for line in lines))))

    def add_link(self, path: str) -> None:
        """Record that a page's text links to a page or a file of docs/, by its path there: whether there is one matters."""
        self._add(f"file {_written(path)}")

    def _add(self, dependency: str) -> None:
        self._dependencies[dependency] = None

    def _hash(self, dependency: str) -> bytes:
        """The hash of what is read, worked out once."""
        if dependency not in self._hashes:
            self._met = set()
            try:
                plain = repr(self._plain(self._read(dependency)))
            except LookupError:
                plain = "gone"
            self._hashes[dependency] = hashlib.blake2b(plain.encode(), digest_size=16).digest()
            self._files[dependency] = tuple(self._met)
        return self._hashes[dependency]

    def _read(self, dependency: str) -> Any:
        """What a dependency names, as it is now."""
        path, _, of = dependency.partition(" ")
        subject, _, name = path.partition(".")
        found: Any = self._subjects[subject]
        if name:
            found = getattr(found, name)
        if not of:
            return found
        kind, _, value = of.partition(":")
        argument = _ARGUMENTS[kind](value)
        record = self._content.records.get(argument.record if kind == "figure" else argument)
        if record:
            self._met.update(self._content.files_of(record))
        if kind == "record":
            argument = record
            if argument is None:
                return None
        return found.get(argument) if isinstance(found, Mapping) else found(argument)

    def _of_page(self, page: Page) -> Any:
        """A page as its own template sees it, and the titles of the pages above it."""
        listing = page.listing
        return (
            *(page.locale, page.path, page.title, page.summary, page.layout, page.source, page.changed),
            *(page.empty, page.figures, page.questions, page.body and (page.body.text, page.body.first_line)),
            page.record and self._plain(page.record),
            listing and (listing.of, listing.to and self._plain(listing.to)),
            page.part and self._plain(page.part),
            *((higher.path, higher.title) for higher in above(page, self._pages)),
            self._navigation,
        )

    @cached_property
    def _navigation(self) -> str:
        """What navigation and tabs may show on every page: the titles of the pages of prose."""
        titles = [
            (path, prose.matter.title.zh, prose.matter.title.en)
            for path, prose in self._content.prose.items()
            if not isinstance(prose.matter, Article)
        ]
        return hashlib.sha256(repr(titles).encode()).hexdigest()

    def _plain(self, value: Any) -> Any:
        """A value as something whose `repr` tells it from every other; a record is told by its file."""
        return _kind(type(value))(self, value)  # type: ignore[arg-type]

    def _of_part(self, part: Part[Any]) -> Any:
        """What a page can tell of a list: what stands on it, and how it goes on."""
        if id(part) not in self._shapes:  # Parts live as long as the lists.
            before, self._met = self._met, set()
            plain = (_shape(part), self._plain(part.items), part.previous, part.next)
            self._shapes[id(part)], self._met = (plain, frozenset(self._met)), before
        plain, files = self._shapes[id(part)]
        self._met |= files
        return plain

    def _of_owner(self, owner: Entry | Prose) -> str:
        self._met.update(self._content.files_of(owner))
        return self._content.hash_of(owner)


def _shape(part: Part[Any]) -> Any:
    return part.steps, part.count, [_shape(below) for below in part.parts]


@functools.cache
def _kind(kind: type[Any]) -> Callable[[DependencyTracker, Any], Any]:
    """How values of a type are made plain."""
    if issubclass(kind, (str, int, Ref, FieldRef, NoneType)):
        return lambda _, value: value
    if issubclass(kind, (Entry, Prose)):
        return DependencyTracker._of_owner
    if issubclass(kind, Page):
        return lambda _, page: (page.src_uri, page.title)
    if issubclass(kind, Part):
        return DependencyTracker._of_part
    if issubclass(kind, Listing):
        return lambda tracker, listing: (
            *(listing.of, listing.to and listing.to.ref),
            tracker._of_part(listing.whole),
        )
    if issubclass(kind, Dataset):
        return lambda _, dataset: (dataset.files, dataset.version, dataset.licence)
    if issubclass(kind, Mapping):
        return lambda tracker, value: [
            (tracker._plain(key), tracker._plain(one)) for key, one in value.items()
        ]
    if issubclass(kind, (tuple, list)):
        return lambda tracker, value: [tracker._plain(one) for one in value]
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda tracker, value: [tracker._plain(getattr(value, name)) for name in names]
    return lambda _, value: repr(value)


_ARGUMENTS: Mapping[str, Callable[[str], Any]] = {
    "record": lambda text: Ref(*text.split("/", 1)),
    "ref": lambda text: Ref(*text.split("/", 1)),
    "figure": field_ref,
    "text": str,
}


def _written(argument: Any) -> str:
    """An argument as text."""
    if isinstance(argument, Record):
        return f"record:{argument.ref}"
    if isinstance(argument, Ref):
        return f"ref:{argument}"
    if isinstance(argument, FieldRef):
        return f"figure:{argument}"
    assert isinstance(argument, str), argument
    return f"text:{argument}"


class _Tracked:
    """An object whose attributes, mappings and methods of one argument are recorded when they are read."""

    def __init__(self, name: str, subject: Any, add: Callable[[str], None]) -> None:
        self._name, self._subject, self._add = name, subject, add

    def __getattr__(self, attribute: str) -> Any:
        found, dependency = getattr(self._subject, attribute), f"{self._name}.{attribute}"
        if attribute in _UNTRACKED:
            return found
        if isinstance(found, Mapping):
            found = _TrackedMapping(dependency, found, self._add)
        elif callable(found):
            found = _tracked(dependency, found, self._add)
        else:
            self._add(dependency)
            return found
        self.__dict__[attribute] = found
        return found


class _Whole(_Tracked):
    """An object of which nothing can be read without reading all of it."""

    def __getattr__(self, attribute: str) -> Any:
        self._add(self._name)
        return getattr(self._subject, attribute)


def _tracked(dependency: str, method: Callable[..., Any], add: Callable[[str], None]) -> Callable[..., Any]:
    def read(argument: Any) -> Any:
        add(f"{dependency} {_written(argument)}")
        return method(argument)

    return read


class _TrackedMapping(Mapping[Any, Any]):
    def __init__(self, dependency: str, subject: Mapping[Any, Any], add: Callable[[str], None]) -> None:
        self._dependency, self._subject, self._add = dependency, subject, add

    def __getitem__(self, key: Any) -> Any:
        self._add(f"{self._dependency} {_written(key)}")
        return self._subject[key]

    def __iter__(self) -> Iterator[Any]:
        self._add(self._dependency)
        return iter(self._subject)

    def __len__(self) -> int:
        self._add(self._dependency)
        return len(self._subject)
