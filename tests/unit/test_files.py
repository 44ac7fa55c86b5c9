"""Which files of an editor's folders are read: plain ones, and nothing that a link leads to."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from gazette import cli
from gazette.base import files
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.content.loader import load, reread
from gazette.templates.renderer import render_site
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, places

PAGE = "---\ntitle: 秘密\nsummary: 秘密。\n---\n"


def link(place: Path, target: Path) -> None:
    """Put a link where a file or folder may stand, which moves out of the project."""
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.rename(target)
    place.symlink_to(target)


def refused(root: Path) -> list[Diagnostic]:
    """What stops a project from being published."""
    with pytest.raises(ContentError) as error:
        render_site(root)
    for message in error.value.diagnostics:
        assert_in_both_languages(message)
    return [*error.value.diagnostics]


LINKS = [
    "docs/zh/leak.pdf",
    "docs/zh/about.md",
    "docs/en/news",
    "docs/zh",
    "docs/assets/images/leak.png",
    "docs/assets",
    "docs/root/leak.txt",
    "docs",
    "data/units/shop.yml",
    "data/units",
    "data/photos/leak.jpg",
    "data/photos",
    "data/figures.lock.yml",
    "data/ids.lock.yml",
    "data",
    "overrides/records/single.md",
]


@pytest.mark.parametrize("path", LINKS)
def test_a_link_is_refused_and_not_followed(
    small: Project, tmp_path_factory: pytest.TempPathFactory, path: str
) -> None:
    root = small({})
    outside = tmp_path_factory.mktemp("outside") / "target"
    if not (root / path).exists():
        outside.write_text("secret", encoding="utf-8")
    link(root / path, outside)
    assert places(refused(root)) == [f"{path}:1:1 [link]"]
    assert f"{path}:1:1 [link]" in places(load(root)[1])


def test_what_a_link_leads_to_is_no_part_of_the_content(small: Project, tmp_path: Path) -> None:
    root = small({"elsewhere/secret.md": PAGE, "elsewhere/secret.yml": "zh: 户\nen: {one: a, other: b}\n"})
    for locale in ("zh", "en"):
        (root / "docs" / locale / "linked").symlink_to(root / "elsewhere")
    (root / "data/units/secret.yml").symlink_to(root / "elsewhere/secret.yml")
    (root / "docs/zh/secret.pdf").symlink_to(root / "elsewhere/secret.yml")
    content, _ = load(root)
    assert "linked/secret" not in content.prose
    assert "secret" not in {unit.id for unit in content.units}
    assert not [path for path in content.media if "secret" in path]


def test_a_link_to_nothing_or_to_itself_is_refused(small: Project) -> None:
    root = small({})
    (root / "docs/zh/nowhere.png").symlink_to(root / "nowhere")
    (root / "docs/en/round").symlink_to(root / "docs")
    assert places(refused(root)) == ["docs/en/round:1:1 [link]", "docs/zh/nowhere.png:1:1 [link]"]


def test_a_junction_of_windows_is_a_link(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small({"docs/zh/joined/secret.md": PAGE})
    really = os.lstat

    def lstat(path: Path) -> os.stat_result | SimpleNamespace:
        if Path(path).name == "joined":
            return SimpleNamespace(st_mode=stat.S_IFDIR, st_reparse_tag=0xA0000003)
        return really(path)

    monkeypatch.setattr(files.os, "lstat", lstat)
    assert places(refused(root)) == ["docs/zh/joined:1:1 [link]"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
@pytest.mark.parametrize("path", ["docs/zh/pipe.png", "docs/zh/pipe.md", "data/units/pipe.yml"])
def test_a_pipe_is_refused_and_not_waited_for(small: Project, path: str) -> None:
    root = small({})
    os.mkfifo(root / path)
    assert places(refused(root)) == [f"{path}:1:1 [not-a-file]"]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("docs/assets/images/Map.png", "docs/assets/images/map.png"),
        ("docs/zh/News/a.png", "docs/zh/news/b.png"),
    ],
)
def test_names_that_windows_takes_for_one_are_refused(small: Project, path: str, other: str) -> None:
    root = small({path: b"1", other: b"2"})
    (message,) = refused(root)
    assert message.code == "same-name"
    assert path.startswith(message.at.path)
    assert not other.startswith(message.at.path)


def test_what_systems_leave_behind_is_neither_read_nor_refused(small: Project) -> None:
    root = small(
        {
            "docs/zh/Thumbs.db": b"\xff",
            "docs/assets/.DS_Store": b"\xff",
            "docs/root/desktop.ini": b"\xff",
            "data/photos/.DS_Store": b"\xff",
        }
    )
    (root / "docs/zh/.#about.md").symlink_to("nobody@nowhere")  # As Emacs marks a file that is open.
    content, problems = load(root)
    assert problems == []
    assert [*content.media] == []


def test_check_and_the_commands_that_write_refuse_a_link(
    small: Project, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({})
    outside = tmp_path_factory.mktemp("outside") / "mine.txt"
    outside.write_text("mine", encoding="utf-8")
    (root / "data/README.md").unlink(missing_ok=True)
    link(root / "data/README.md", outside)
    for command in ("check", "lock", "fields"):
        assert cli.main(["--root", str(root), command]) == 1
        assert "data/README.md:1:1: [link]" in capsys.readouterr().err
    assert outside.read_text(encoding="utf-8") == "mine"


def test_a_saved_file_that_is_no_record_and_no_page_is_not_read_again_as_one(small: Project) -> None:
    content, problems = load(small({"docs/root/about.txt": "x"}))
    assert problems == []
    assert reread(content, ["docs/zh/about.md"]) is not None
    assert reread(content, ["docs/root/about.txt"]) is None
    assert reread(content, ["data/figures.lock.yml"]) is None


def test_a_folder_that_cannot_be_listed_is_told(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    root, scandir = small({}), os.scandir

    def refusing(path: Path) -> object:
        if Path(path) == root / "data/units":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert ("data/units", "file-unusable") in [(found.at.path, found.code) for found in refused(root)]


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_name_that_is_no_unicode_is_told(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small({})
    Path(os.fsdecode(os.fsencode(root) + b"/docs/zh/a\xff.md")).write_text(PAGE, encoding="utf-8")
    assert cli.main(["--root", str(root), "check"]) == 1
    assert "docs/zh/a\\udcff.md:1:1: [invisible-in-name]" in "".join(capsys.readouterr())
