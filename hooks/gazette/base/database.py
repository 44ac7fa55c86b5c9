"""SQLite databases in `.cache`: a build that is killed, or two at once, leave them whole; a damaged one is made anew."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 60
"""Seconds to wait for another build that is writing."""


def opened(file: Path, schema: str, read: Callable[[sqlite3.Connection], T]) -> tuple[sqlite3.Connection, T]:
    """A connection to the database in `file`, and what `read` reads of it.

    One that is damaged, so that `read` fails, or has the tables of another `schema`, is made anew.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _opened(file, schema, read)
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:  # Of half a file SQLite may read nulls.
        if "locked" in str(error) or not file.exists():
            raise
    remove(file)
    return _opened(file, schema, read)


def _opened(file: Path, schema: str, read: Callable[[sqlite3.Connection], T]) -> tuple[sqlite3.Connection, T]:
    connection = sqlite3.connect(file, timeout=_PATIENCE, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # A power cut costs the cache, no more.
        _make_tables(connection, schema)
        return connection, read(connection)
    except BaseException:
        connection.close()
        raise


def _make_tables(connection: sqlite3.Connection, schema: str) -> None:
    """Make the tables where there are none; raises DatabaseError where there are others."""
    version = zlib.crc32(schema.encode()) >> 1
    if not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
        connection.executescript(f"BEGIN IMMEDIATE; {schema} PRAGMA user_version = {version}; COMMIT")
    if connection.execute("PRAGMA user_version").fetchone()[0] != version:
        raise sqlite3.DatabaseError("other tables")


def remove(file: Path) -> None:
    """Remove a database, unless another build has it open on Windows."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        with suppress(OSError):
            file.with_name(name).unlink(missing_ok=True)
