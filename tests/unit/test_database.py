"""A database of the cache holds what was put there, or is made anew."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from gazette.base import database

SCHEMA = "CREATE TABLE IF NOT EXISTS names (name TEXT);"


def names(connection: sqlite3.Connection) -> list[str]:
    return ["" + name for (name,) in connection.execute("SELECT name FROM names")]


def found(file: Path, schema: str = SCHEMA) -> list[str]:
    connection, read = database.opened(file, schema, names)
    connection.close()
    return read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "deep" / "names.sqlite"
    connection, _ = database.opened(file, SCHEMA, names)
    with closing(connection), connection:
        connection.execute("INSERT INTO names VALUES ('专线')")
    return file


def test_what_was_put_is_there_the_next_time(file: Path) -> None:
    assert found(file) == ["专线"]


@pytest.mark.parametrize("length", [0, 50, 5_000])
def test_a_file_that_is_cut_short_or_is_no_database_is_made_anew(file: Path, length: int) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:length])
    assert found(file) == []
    file.write_bytes(b"no database at all" * 1_000)
    assert found(file) == []


def test_other_tables_are_made_anew(file: Path) -> None:
    other = f"{SCHEMA} CREATE TABLE IF NOT EXISTS ages (age INTEGER);"
    assert found(file, other) == []


def test_what_reading_finds_damaged_is_made_anew(file: Path) -> None:
    def refuse(connection: sqlite3.Connection) -> None:
        if names(connection):
            raise sqlite3.DatabaseError("not as it was written")

    connection, _ = database.opened(file, SCHEMA, refuse)
    connection.close()
    assert found(file) == []
