"""A database of the cache holds what was put there, or is made anew."""

from __future__ import annotations

import errno
import os
import random
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gazette.base import database

SCHEMA = """
    CREATE TABLE IF NOT EXISTS names (
        name TEXT PRIMARY KEY, body BLOB, checksum INTEGER CHECK (checksum IS row_checksum(name, body))
    ) WITHOUT ROWID;
"""


def found(file: Path, schema: str = SCHEMA) -> list[tuple[str, bytes]]:
    with closing(database.opened(file, schema)) as connection:
        return connection.execute("SELECT name, body FROM names").fetchall()


PUT = [(f"专线{number}", bytes([number]) * 700) for number in range(60)]
PUT.sort()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "deep" / "names.sqlite"
    with closing(database.opened(file, SCHEMA)) as connection, connection:
        connection.executemany("INSERT INTO names VALUES (?1, ?2, row_checksum(?1, ?2))", PUT)
    return file


def test_what_was_put_is_there_the_next_time(file: Path) -> None:
    assert found(file) == PUT


@pytest.mark.parametrize("length", [0, 50, 5_000, 20_000])
def test_a_file_that_is_cut_short_or_is_no_database_is_made_anew(file: Path, length: int) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:length])
    assert found(file) == []
    file.write_bytes(b"no database at all" * 1_000)
    assert found(file) == []


def test_a_database_of_another_name_is_made_anew(file: Path) -> None:
    assert found(file.rename(file.with_name("other.sqlite"))) == []


def test_other_tables_are_made_anew(file: Path) -> None:
    other = f"{SCHEMA} CREATE TABLE IF NOT EXISTS ages (age INTEGER);"
    assert found(file, other) == []


def test_whatever_byte_is_another_nothing_else_is_read_than_what_was_put(file: Path) -> None:
    data, outcomes = file.read_bytes(), set[bool]()
    places = random.Random(0)
    for place in (*range(0, 100, 3), *places.sample(range(len(data)), 200)):
        spoilt = bytearray(data)
        spoilt[place] ^= 1 << places.randrange(8)
        file.write_bytes(spoilt)
        read = found(file)
        assert read in ([], PUT), place
        outcomes.add(read == PUT)
    assert outcomes == {True, False}, "some bytes are of no room that is used"


@pytest.mark.parametrize(
    ("asks", "number"),
    [
        ("PRAGMA max_page_count = 1; CREATE TABLE more (body BLOB)", errno.ENOSPC),
        ("PRAGMA query_only = 1; DELETE FROM names", errno.EROFS),
    ],
)
def test_what_the_system_refuses_sqlite_is_told_as_of_any_file(file: Path, asks: str, number: int) -> None:
    words = re.escape(os.strerror(number))
    with (
        closing(database.opened(file, SCHEMA)) as connection,
        pytest.raises(OSError, match=words),
        database.as_system_errors(),
    ):
        connection.executescript(asks)


def test_a_mistake_in_a_question_is_no_error_of_the_system(file: Path) -> None:
    with (
        closing(database.opened(file, SCHEMA)) as connection,
        pytest.raises(sqlite3.OperationalError),
        database.as_system_errors(),
    ):
        connection.execute("SELECT nothing FROM names")
