"""A file of the cache is what was written under its name, or is not there at all."""

from __future__ import annotations

from pathlib import Path

from gazette.base.cache_folder import read_checked, write_checked


def test_files_that_were_swapped_are_not_taken_for_each_other(tmp_path: Path) -> None:
    for name in ("before.webp", "after.webp"):
        write_checked(tmp_path, name, name.encode())
    assert read_checked(tmp_path / "before.webp") == b"before.webp"
    (tmp_path / "before.webp").replace(tmp_path / "held")
    (tmp_path / "after.webp").replace(tmp_path / "before.webp")
    (tmp_path / "held").replace(tmp_path / "after.webp")
    assert [read_checked(file) for file in tmp_path.iterdir()] == [None, None]
