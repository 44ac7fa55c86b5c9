"""Lists the files of the folders that people write in: no link is followed, and nothing but a plain file is read."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gazette.base.bounds import MOST_BYTES
from gazette.base.diagnostics import Diagnostic, Position, file_fault
from gazette.base.file_names import MOST_PATH
from gazette.base.invisible import invisible, named

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
    paths: list[str] = []
    refused: list[Diagnostic] = []
    for folder in folders:
        if is_link(root / folder):
            refused.append(Diagnostic(Position(folder), "link"))
        elif (root / folder).is_dir():
            paths += _below(root / folder, folder, refused)
    return FileList(tuple(paths), tuple(refused))


def is_link(path: Path) -> bool:
    """Whether a path is a symbolic link, or a junction of Windows."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def _below(folder: Path, name: str, refused: list[Diagnostic]) -> Iterator[str]:
    """The path of each file below a folder; a message for each thing that is none is added to `refused`."""
    alike: dict[str, str] = {}
    try:  # The folder itself says which of its entries are files; of a Path each would be asked.
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        refused.append(file_fault(error, name))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.lower() in _MADE_BY_WINDOWS:
            continue
        path = f"{name}/{entry.name}"
        other = alike.setdefault(unicodedata.normalize("NFC", entry.name).casefold(), entry.name)
        if other != entry.name:
            first, second = sorted((entry.name, other))  # Capitals come first.
            refused.append(Diagnostic(Position(f"{name}/{first}"), "same-name", {"other": second}))
        if hidden := next(invisible(entry.name), None):
            refused.append(Diagnostic(Position(path), "invisible-in-name", {"character": named(hidden[1])}))
        elif len(path) > MOST_PATH:
            refused.append(
                Diagnostic(Position(path), "path-too-long", {"length": len(path), "most": MOST_PATH})
            )
        elif entry.is_file(follow_symlinks=False):
            yield path
        elif is_link(folder / entry.name):
            refused.append(Diagnostic(Position(path), "link"))
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name, path, refused)
        else:
            refused.append(Diagnostic(Position(path), "not-a-file"))


def write_all(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Write files of the project at `root`, by path, and remove those that are None: all of them, or none."""
    with written(root, files):
        pass


@contextmanager
def written(root: Path, files: Mapping[str, bytes | None]) -> Iterator[None]:
    """Files as `write_all` writes them; what they were before is put back where that fails, or the block does."""
    before = {path: held(root / path) for path in files}
    try:
        for path, words in files.items():
            _put(root / path, words)
        yield
    except BaseException:
        for path, words in before.items():
            if held(root / path) != words:
                _put(root / path, words)
        raise


def held(file: Path) -> bytes | None:
    """What a file holds; None where there is none."""
    return file.read_bytes() if file.exists() else None


def _put(file: Path, words: bytes | None) -> None:
    if words is None:
        file.unlink(missing_ok=True)
    else:
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(words)


def read_bytes(root: Path, path: str, problems: list[Diagnostic], most: int = MOST_BYTES) -> bytes | None:
    """What a file of at most so many bytes holds; None where it cannot be read, or has more."""
    try:
        if (size := (root / path).stat().st_size) > most:
            kilobytes = {"size": -(-size // 1024), "most": most // 1024}
            problems.append(Diagnostic(Position(path), "file-too-large", kilobytes))
            return None
        return (root / path).read_bytes()
    except OSError as error:
        problems.append(file_fault(error, path))
        return None
