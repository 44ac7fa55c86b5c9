"""What became of each page's Markdown, kept under the hash of all that shapes the page: while that holds, it is not rendered again.

One file of `.cache/pages` has the pages of one environment: code, templates, theme, settings. It is a SQLite database,
which a build that is killed, or two at once, leave whole; each row holds for itself.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from gazette.base import database
from gazette.templates.dependencies import APPEARANCES, EVERY

_ENVIRONMENTS = 4
"""So many environments are cached, those used last: such as that of the build, of the preview, of the check, and of another branch."""
_BATCH = 500
"""Pages that are written together; no more are lost with a build that is killed."""
_SCHEMA = """
    CREATE TABLE IF NOT EXISTS pages (
        page TEXT PRIMARY KEY, key TEXT, dependencies TEXT, figures TEXT, html_hash TEXT, text_hash TEXT,
        files TEXT, packed BLOB, checksum INTEGER CHECK (
            checksum IS row_checksum(page, key, dependencies, figures, html_hash, text_hash, files, packed)
        )
    ) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS content (
        structure TEXT, files TEXT, appearances TEXT,
        checksum INTEGER CHECK (checksum IS row_checksum(structure, files, appearances))
    );
"""
_MARK = b"\0"


@dataclass(frozen=True)
class HtmlPage:
    """A finished page: the whole `html`, the `body` that the Markdown became, `text` as search knows it."""

    html: str
    body: str
    text: str


class CachedPage(NamedTuple):
    """What is known of a page that is kept: its `key`, its `dependencies`, a line each, the `figures` it shows.

    `html_hash` is the hash of its HTML, `text_hash` that of its text; `files` are those whose words it may show, a line each,
    APPEARANCES where it says on which pages a figure appears.
    """

    key: str
    dependencies: str
    figures: tuple[str, ...]
    html_hash: str
    text_hash: str
    files: str


class ContentState(NamedTuple):
    """The content that the pages were made of: the hash of its structure, of each file that has words in it, of where figures appear."""

    structure: str
    files: Mapping[str, str]
    appearances: str


class PageCache:
    """The pages of one environment, by src_uri: those of earlier builds as they were when this one began, and its own."""

    def __init__(self, folder: Path | None, environment: str = "") -> None:
        """Open the pages of `environment` in `folder`; without a folder nothing is kept when the build is over."""
        self._open = ExitStack()
        self.folder = folder or Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        self.environment = environment
        self._file = self.folder / f"{environment}.sqlite"
        self._writer = self._open.enter_context(closing(database.opened(self._file, _SCHEMA)))
        self._reader = self._open.enter_context(closing(_snapshot(self._file)))
        self._known = dict(_read(self._reader))
        self._own: dict[str, CachedPage] = {}
        self._waiting: list[tuple[object, ...]] = []

    def __len__(self) -> int:
        return len(self._known)

    def get(self, page: str) -> CachedPage | None:
        """What is known of a page; of one put in this build not what it was made from, which nobody asks for again."""
        return self._own.get(page) or self._known.get(page)

    def known(self, page: str) -> CachedPage:
        """What is known of a page of this build."""
        cached = self.get(page)
        assert cached is not None, page
        return cached

    def put(
        self, page: str, made: HtmlPage, key: str, dependencies: str, figures: tuple[str, ...], files: str
    ) -> CachedPage:
        """Keep a page: all of it but its frame. What is not `made` is as in a CachedPage."""
        hashes = hash_of(made.html), hash_of(made.text)
        self._own[page] = cached = CachedPage(key, "", figures, *hashes, "")
        # In one, because most of the text is in the body already.
        packed = zlib.compress(_MARK.join((made.body.encode(), made.text.encode())))
        self._waiting.append((page, key, dependencies, json.dumps(figures), *hashes, files, packed))
        if len(self._waiting) >= _BATCH:
            self.flush()
        return cached

    def adopt(self, page: str, cached: CachedPage) -> None:
        """Take note of a page that another process of this build has put."""
        self._own[page] = cached

    def body(self, page: str) -> str:
        """What the page's Markdown became."""
        return self._unpacked(page)[0].decode()

    def text(self, page: str) -> str:
        """What search knows of the page."""
        return self._unpacked(page)[1].decode()

    def flush(self) -> None:
        """Write what is waiting."""
        if not self._waiting:
            return
        with self._writer:
            marks = ", ".join(f"?{number}" for number in range(1, 9))
            row = f"{marks}, row_checksum({marks})"
            self._writer.executemany(f"INSERT OR REPLACE INTO pages VALUES ({row})", self._waiting)
        self._waiting.clear()

    def unaffected(self, now: ContentState) -> Collection[str]:
        """The pages that come out as they were because no words changed but those of files that they do not show."""
        found = self._reader.execute("SELECT structure, files, appearances FROM content").fetchone()
        if found is None or found[0] != now.structure:
            return ()
        before = json.loads(found[1])
        changed = {path for path, state in now.files.items() if before.get(path) != state} | {EVERY}
        if found[2] != now.appearances:
            changed.add(APPEARANCES)
        return {
            page
            for page, cached in self._known.items()
            if cached.key and changed.isdisjoint(cached.files.split("\n"))
        }

    def record_content(self, now: ContentState | None) -> None:
        """Record of which content all pages are; None while they are of more than one."""
        with self._writer:
            self._writer.execute("DELETE FROM content")
            if now:
                row = (now.structure, json.dumps(now.files), now.appearances)
                self._writer.execute("INSERT INTO content VALUES (?1, ?2, ?3, row_checksum(?1, ?2, ?3))", row)

    def prune(self, wanted: Collection[str]) -> None:
        """Forget the pages that are not `wanted`, and the environments that were not used lately."""
        gone = [(page,) for page in self._known if page not in wanted]
        with self._writer:
            self._writer.executemany("DELETE FROM pages WHERE page = ?", gone)
        self._file.touch()
        files = sorted(self.folder.glob("*.sqlite"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[_ENVIRONMENTS:]:
            database.remove(file)

    def close(self) -> None:
        """Write what is waiting; once closed, nothing more can be read."""
        self.flush()
        self._open.close()

    def _unpacked(self, page: str) -> list[bytes]:
        if own := page in self._own:
            self.flush()
        connection = self._writer if own else self._reader
        (packed,) = connection.execute("SELECT packed FROM pages WHERE page = ?", (page,)).fetchone()
        return zlib.decompress(packed).split(_MARK)


def _snapshot(file: Path) -> sqlite3.Connection:
    """A connection that sees nothing of what another build writes or prunes from its first question on."""
    reader = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    return reader


def _read(connection: sqlite3.Connection) -> Iterator[tuple[str, CachedPage]]:
    rows = connection.execute(
        "SELECT page, key, dependencies, figures, html_hash, text_hash, files FROM pages"
    )
    for page, key, dependencies, figures, *others in rows:
        shown = tuple(json.loads(figures)) if figures != "[]" else ()
        yield page, CachedPage(key, dependencies, shown, *others)


def hash_of(text: str) -> str:
    """A hash of half the usual length, for what is kept of many pages."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
