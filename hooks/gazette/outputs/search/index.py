"""The search index of a language: buckets of keys with the pages that hold them, and packs of pages as results show them.

It is kept in `.cache/search`, a SQLite database a language. A build compares each page with the one indexed, and writes
again only the buckets of keys that came or went and the packs of pages that changed: the same as if made from nothing.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazette.base import database
from gazette.outputs.search.document import Document, Kind
from gazette.outputs.search.normal_form import FACET, bucket, bucket_name, keys, single_characters
from gazette.outputs.search.postings import decode, encode

_ROOM = 8
"""So many numbers for each page: few pages then have to take the next number to that of their path."""
PACK = 32
"""Numbers whose pages are in one pack: two to four pages."""
_BUCKET = 2_000
"""Pages that the keys of a bucket name, at most, on average: 4 KB when compressed."""

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS pages (
        number INTEGER PRIMARY KEY, hash TEXT, checksum INTEGER CHECK (checksum IS row_checksum(number, hash))
    );
    CREATE TABLE IF NOT EXISTS files (
        address TEXT PRIMARY KEY, hash TEXT, body BLOB,
        checksum INTEGER CHECK (checksum IS row_checksum(address, hash, body))
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS layouts (
        makers TEXT, space INTEGER, buckets INTEGER, named INTEGER,
        checksum INTEGER CHECK (checksum IS row_checksum(makers, space, buckets, named))
    );
"""


@dataclass(frozen=True)
class Source:
    """A page to be indexed: the hash of what search knows of it, and that itself, as JSON, when it is asked for."""

    path: str
    kind: Kind
    hash: str
    read: Callable[[], str]


@dataclass(frozen=True)
class Layout:
    """How an index is divided: numbers are below `space` for each kind of page, keys are in so many `buckets`."""

    makers: str
    space: int
    buckets: int
    named: int
    """How many pages all keys name together."""

    def pack(self, number: int) -> str:
        """The address of the pack that has a page."""
        return f"pages/{number % self.space // PACK}.json"

    def bucket(self, key: str, locale: str) -> str:
        """The address of the bucket that has a key."""
        return f"keys/{bucket(bucket_name(key, locale), self.buckets)}.json"


class Index:
    """The index of one language as it is kept in a database."""

    def __init__(self, connection: sqlite3.Connection, locale: str) -> None:
        self._database, self._locale = connection, locale

    def update(self, sources: Iterable[Source], makers: str) -> Layout:
        """Make the index that of these pages, all or nothing; `makers` is the hash of what makes it."""
        pages = numbered(sources)
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            layout = self._layout()
            if layout.makers != makers or layout.space != _space(len(pages)):
                layout = self._cleared(Layout(makers, _space(len(pages)), 1, 0))
            return self._updated(pages, layout)

    def files(self) -> Mapping[str, str]:
        """The hash of each file of the index, by its address."""
        return dict(self._database.execute("SELECT address, hash FROM files ORDER BY address"))

    def sizes(self, layout: Layout) -> str:
        """A digit for each bucket, the next for twice the size: what is rare is in a small one, and is asked for first."""
        found = dict(
            self._database.execute("SELECT address, length(body) FROM files WHERE address LIKE 'keys/%'")
        )
        sizes = (found[f"keys/{number}.json"].bit_length() - 6 for number in range(layout.buckets))
        return "".join(str(max(0, min(9, size))) for size in sizes)

    def body(self, address: str) -> bytes:
        """A file of the index."""
        found = self._database.execute("SELECT body FROM files WHERE address = ?", (address,)).fetchone()
        return found[0] if found else b"{}"

    def _layout(self) -> Layout:
        found = self._database.execute("SELECT makers, space, buckets, named FROM layouts").fetchone()
        return Layout(*found) if found else Layout("", 0, 1, 0)

    def _cleared(self, layout: Layout) -> Layout:
        for table in ("pages", "files"):
            self._database.execute(f"DELETE FROM {table}")
        return layout

    def _updated(self, pages: Mapping[int, Source], layout: Layout) -> Layout:
        indexed = dict(self._database.execute("SELECT number, hash FROM pages"))
        hashes = {number: page.hash for number, page in pages.items()}
        gone = {number for number, hash_ in indexed.items() if hashes.get(number) != hash_}
        come = {number for number, hash_ in hashes.items() if indexed.get(number) != hash_}
        old, new = _Keys(self._locale), _Keys(self._locale)
        for number in sorted(gone):
            old.add(number, self._read(layout.pack(number))[str(number)])
        documents = {}
        for number in sorted(come):
            documents[number] = pages[number].read()
            new.add(number, json.loads(documents[number]))
        named = layout.named - old.named + new.named
        buckets = 1 << (named // _BUCKET).bit_length()
        if buckets != layout.buckets and indexed:
            return self._updated(pages, self._cleared(Layout(layout.makers, layout.space, buckets, 0)))
        layout = Layout(layout.makers, layout.space, buckets, named)
        if not indexed:
            for number in range(buckets):  # A browser that is refused one knows that something is wrong.
                self._write(f"keys/{number}.json", "{}")
        self._write_packs(gone, documents, layout)
        self._write_buckets(old, new, layout)
        self._database.executemany("DELETE FROM pages WHERE number = ?", ((number,) for number in gone))
        self._database.executemany(
            "INSERT INTO pages VALUES (?1, ?2, row_checksum(?1, ?2))",
            ((number, hashes[number]) for number in come),
        )
        self._database.execute("DELETE FROM layouts")
        self._database.execute(
            "INSERT INTO layouts VALUES (?1, ?2, ?3, ?4, row_checksum(?1, ?2, ?3, ?4))",
            tuple(vars(layout).values()),
        )
        return layout

    def _write_packs(self, gone: Iterable[int], come: Mapping[int, str], layout: Layout) -> None:
        packs: dict[str, dict[int, str]] = defaultdict(dict)
        for number in gone:
            packs[layout.pack(number)].setdefault(number, "")
        for number, document in come.items():
            packs[layout.pack(number)][number] = document
        for address, changes in packs.items():
            before = self._read(address).items()
            found = {int(number): _json(document) for number, document in before} | changes
            told = [f'"{number}":{found[number]}' for number in sorted(found) if found[number]]
            if told:
                self._write(address, f"{{{','.join(told)}}}")
            else:
                self._database.execute("DELETE FROM files WHERE address = ?", (address,))

    def _write_buckets(self, old: _Keys, new: _Keys, layout: Layout) -> None:
        changed = {key for less, more in zip(old.pages, new.pages, strict=True) for key in {*less, *more}}
        buckets: dict[str, list[str]] = defaultdict(list)
        for key in changed:
            if old.of(key) != new.of(key):
                buckets[layout.bucket(key, self._locale)].append(key)
        for address, due in buckets.items():
            found = self._read(address)
            for key in due:
                lists = zip(_numbers(found.pop(key, "")), old.of(key), new.of(key), strict=True)
                holders = [sorted({*all_}.difference(less).union(more)) for all_, less, more in lists]
                if any(holders):
                    found[key] = " ".join(map(encode, holders)).rstrip()
            self._write(address, _json(dict(sorted(found.items()))))

    def _read(self, address: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body(address))
        return found

    def _write(self, address: str, told: str) -> None:
        body = told.encode()
        self._database.execute(
            "INSERT OR REPLACE INTO files VALUES (?1, ?2, ?3, row_checksum(?1, ?2, ?3))",
            (address, hashlib.blake2b(body, digest_size=8).hexdigest(), body),
        )


class _Keys:
    """The keys of pages that are added in the order of their numbers; `pages` has who holds each in its text alone, and in its names."""

    def __init__(self, locale: str) -> None:
        self._locale = locale
        self.pages: tuple[dict[str, list[int]], dict[str, list[int]]] = (defaultdict(list), defaultdict(list))
        self.named = 0

    def add(self, number: int, document: Document) -> None:
        """Add a page."""
        called = [document["title"], *document["also"]]
        facets = {FACET + facet for facet in document["facets"]}
        in_names = keys(called, self._locale) | single_characters(called, self._locale)
        in_text = keys(document["text"], self._locale) - in_names | facets
        for pages, found in zip(self.pages, (in_text, in_names), strict=True):
            for key in found:
                pages[key].append(number)
            self.named += len(found)

    def of(self, key: str) -> Sequence[Sequence[int]]:
        """Who holds a key."""
        return [pages.get(key, ()) for pages in self.pages]


def opened(file: Path) -> sqlite3.Connection:
    """The database of an index in a file."""
    return database.opened(file, _SCHEMA)


def numbered(sources: Iterable[Source]) -> Mapping[int, Source]:
    """Pages by their numbers: a hash of the path, or the next that is free in the order of paths; the kind above it."""
    pages = sorted(sources, key=lambda page: page.path)
    space = _space(len(pages))
    taken: set[int] = set()
    found = {}
    for page in pages:
        number = zlib.crc32(page.path.encode()) % space
        while number in taken:
            number = (number + 1) % space
        taken.add(number)
        found[page.kind * space + number] = page
    return found


def _space(pages: int) -> int:
    """A power of two, so that it stays the same for long."""
    return 1 << (_ROOM * pages).bit_length()


def _numbers(text: str) -> Sequence[Iterable[int]]:
    in_text, _, in_names = text.partition(" ")
    return decode(in_text), decode(in_names)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
