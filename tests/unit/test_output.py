"""The finished site takes the place of the last one, file by file."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.exceptions import PluginError

from gazette.build.output import file_states, recover, replace_site


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {
        "site/index.html": "old",
        "site/same/index.html": "same",
        "site/gone/deep/index.html": "gone",
        "site/stays/index.html": "stays",
        ".site.new/index.html": "new",
        ".site.new/same/index.html": "same",
        ".site.new/fresh/style.css": "fresh",
    }
    for path, words in pages.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words, encoding="utf-8")
    return tmp_path / "site"


def read(site: Path) -> dict[str, str]:
    files = (file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in files}


NEW = {
    "index.html": "new",
    "same/index.html": "same",
    "stays/index.html": "stays",
    "fresh/style.css": "fresh",
}


def test_the_new_site_takes_the_place_of_the_old(site: Path) -> None:
    replace_site(site, file_states(site), {"stays/index.html"})
    assert read(site) == NEW
    assert not (site / "gone").exists()
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_what_is_the_same_is_not_written_again(site: Path) -> None:
    same = site / "same/index.html"
    before = same.stat().st_mtime_ns, same.stat().st_ino
    replace_site(site, file_states(site), {"stays/index.html"})
    assert (same.stat().st_mtime_ns, same.stat().st_ino) == before


def test_an_exchange_that_fails_half_way_is_finished_by_the_next(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "index.html":
            raise PermissionError("in use")
        return replace(path, target)

    with monkeypatch.context() as held:
        held.setattr(Path, "replace", refuse)
        with pytest.raises(PluginError, match="close the programs that use it"):
            replace_site(site, file_states(site), {"stays/index.html"})
    # A page comes after what it refers to.
    assert read(site)["fresh/style.css"] == "fresh"
    assert read(site)["index.html"] == "old"
    recover(site)
    assert read(site) == NEW
    assert [path.name for path in site.parent.iterdir()] == ["site"]
