"""The finished site takes the place of the last one, or leaves it as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from gazette.mkdocs_site import _replace


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    site, new = tmp_path / "site", tmp_path / ".site.new"
    for folder, words in ((site, "old"), (new, "new")):
        folder.mkdir()
        (folder / "index.html").write_text(words, encoding="utf-8")
    return site, new


def test_the_new_site_replaces_the_old(folders: tuple[Path, Path]) -> None:
    site, new = folders
    _replace(site, new)
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_swap_that_fails_half_way_puts_the_old_site_back(
    folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    site, new = folders
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == new:
            raise PermissionError("in use")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PluginError, match="close the programs that use it"):
        _replace(site, new)
    assert (site / "index.html").read_text(encoding="utf-8") == "old"
