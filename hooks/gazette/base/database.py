"""SQLite databases in `.cache`: a build that is killed, or two at once, leave them whole; a damaged one is made anew.

Every table has a column with the checksum of its row, and of the name of its file: `checksum INTEGER CHECK (checksum IS row_checksum(…))`.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from gazette.base.cache_folder import FOLDER

_PATIENCE = 60
"""Seconds to wait for another build that is writing."""
_ERRORS = {
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_CORRUPT: errno.EIO,
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""What the system would say of what SQLite was refused."""


def opened(file: Path, schema: str) -> sqlite3.Connection:
    """A connection to the database in `file`; one that is not as it was written, or has the tables of another `schema`, is made anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(file, schema)
    except (
        sqlite3.DatabaseError,
        ValueError,
    ) as error:  # SQLite's own words may quote bytes that are no text.
        if "locked" in str(error) or not file.exists():
            raise
    remove(file)
    return _opened(file, schema)


def _opened(file: Path, schema: str) -> sqlite3.Connection:
    connection = _connected(file)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # A power cut costs the cache, no more.
        if not _tables(connection):
            connection.executescript(f"BEGIN IMMEDIATE; {schema} COMMIT")
        _refuse_damage(connection, schema)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_damage(connection: sqlite3.Connection, schema: str) -> None:
    """Raises DatabaseError where a database has other tables than those of `schema`, or a row is not as it was written."""
    with closing(_connected(":memory:")) as other:
        other.executescript(schema)
        if _tables(connection) != _tables(other):
            raise sqlite3.DatabaseError("other tables")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("damaged")


def _connected(file: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
    of_file = zlib.crc32(Path(file).name.encode())
    connection.create_function("row_checksum", -1, partial(_row_checksum, of_file), deterministic=True)
    return connection


def _tables(connection: sqlite3.Connection) -> list[tuple[str]]:
    return connection.execute("SELECT sql FROM sqlite_schema ORDER BY name").fetchall()


def _row_checksum(found: int, *values: str | bytes | int | None) -> int:
    for value in values:
        data = value if isinstance(value, bytes) else str(value).encode()
        found = zlib.crc32(data, zlib.crc32(b"%d " % len(data), found))
    return found


def remove(file: Path) -> None:
    """Remove a database, unless another build has it open on Windows."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with suppress(OSError):
            file.with_name(name).unlink(missing_ok=True)


@contextmanager
def as_system_errors() -> Iterator[None]:
    """Within the block, what the system refuses SQLite is raised as an OSError, as it is where files are written."""
    try:
        yield
    except sqlite3.Error as error:
        number = _ERRORS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if number is None:
            raise
        raise OSError(number, os.strerror(number), FOLDER) from error
