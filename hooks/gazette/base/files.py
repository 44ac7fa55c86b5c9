"""Lists the files of the folders that people write in: no link is followed, and nothing but a plain file is read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from gazette.base.diagnostics import Diagnostic, Position

EDITED = ("data", "docs")
"""The folders of a project that its editors write in."""
WRITTEN = (*EDITED, "overrides")
"""Those, and that of the templates which an editor's page may name."""

_MADE_BY_WINDOWS = {"thumbs.db", "desktop.ini"}
_JUNCTION = 0xA0000003
"""What Windows marks a folder with that stands for another; `stat` names it on Windows only."""


@dataclass(frozen=True)
class FileList:
    """The files of some folders by their paths in the project, a folder's in order of name; and what is refused there."""

    paths: tuple[str, ...]
    refused: tuple[Diagnostic, ...]

    def below(self, folder: str) -> Iterator[str]:
        """Those of a folder."""
        return (path for path in self.paths if path.startswith(f"{folder}/"))


def list_files(root: Path, folders: Iterable[str]) -> FileList:
    """Every plain file below `folders` of the project at `root`; one that is not there has none.

    What is hidden, and what Windows and macOS put beside the files, is neither listed nor refused.
    """
    found: list[str | Diagnostic] = []
    for folder in folders:
        if is_link(root / folder):
            found.append(_link(folder))
        elif (root / folder).is_dir():
            found += _below(root / folder, folder)
    return FileList(
        tuple(one for one in found if isinstance(one, str)),
        tuple(one for one in found if isinstance(one, Diagnostic)),
    )


def is_link(path: Path) -> bool:
    """Whether a path is a symbolic link, or a junction of Windows."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _below(folder: Path, name: str) -> Iterator[str | Diagnostic]:
    """The path of each file below a folder, and a message for each thing that is none."""
    alike: dict[str, str] = {}
    # The folder itself says which of its entries are files; of a Path each would be asked.
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith(".") or entry.name.lower() in _MADE_BY_WINDOWS:
            continue
        path = f"{name}/{entry.name}"
        other = alike.setdefault(unicodedata.normalize("NFC", entry.name).casefold(), entry.name)
        if other != entry.name:
            yield _same_name(name, *sorted((entry.name, other)))  # Capitals come first.
        if entry.is_file(follow_symlinks=False):
            yield path
        elif is_link(folder / entry.name):
            yield _link(path)
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name, path)
        else:
            yield _no_file(path)


def _link(path: str) -> Diagnostic:
    return Diagnostic(
        Position(path),
        "link",
        "这是一个链接，网站不跟随链接：请删除它，把它所指的文件或文件夹本身放在这里。",
        "This is a link, and no link is followed: delete it, and put the file or folder that it leads to here.",
    )


def _no_file(path: str) -> Diagnostic:
    return Diagnostic(
        Position(path),
        "no-file",
        "这不是普通文件，而是管道、设备之类：请删除。",
        "This is no plain file but a pipe, a device or the like: delete it.",
    )


def _same_name(folder: str, name: str, other: str) -> Diagnostic:
    return Diagnostic(
        Position(f"{folder}/{name}"),
        "same-name",
        f"与“{other}”只差大小写，在 Windows 和 macOS 上是同一个名字：请改名。",
        f"Windows and macOS take this for `{other}`, whose name differs in capitals only: give it another name.",
    )
