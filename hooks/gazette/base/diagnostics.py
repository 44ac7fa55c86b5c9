"""A located message to an editor, and the report of all that were found."""

from __future__ import annotations

import errno
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from gazette.base.bounds import MOST_BYTES
from gazette.base.messages import Message, say
from gazette.base.personal_data import masked
from gazette.base.source_line import pointed_at

_LONGEST, _LONGEST_FORM = 300, 5_000
"""The most characters of what was typed, and of a right form, that a message has."""


@dataclass(frozen=True)
class Position:
    """A place in a text file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    @property
    def file(self) -> str:
        """Its path as it is told: without personal data."""
        return masked(self.path)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One mistake in the content: where it is, and which of messages.yml tells of it, with the values it needs.

    `also` are further places that share the cause; `right_form` takes the place of that of messages.yml. A `pending` one stops no build; it must be settled
    before the content is final, on main.
    """

    at: Position
    code: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    also: tuple[Position, ...] = ()
    pending: bool = False
    right_form: str = ""

    @property
    def message(self) -> Message:
        """What is wrong and how to mend it, without personal data; the right form, where there is one that is not too long to paste."""
        example = self.right_form or say(self.code, **self.values).example
        zh, en, _ = say(self.code, **{name: _shortened(value) for name, value in self.values.items()})
        return Message(masked(zh), masked(en), example if len(example) <= _LONGEST_FORM else "")

    @property
    def zh(self) -> str:
        return self.message.zh

    @property
    def en(self) -> str:
        return self.message.en

    @property
    def example(self) -> str:
        return self.message.example

    def __str__(self) -> str:
        return self.told()

    def told(self, shown: Iterable[str] = ()) -> str:
        """The place, the lines of the file that are `shown` of it, what is wrong, the right form."""
        zh, en, example = self.message
        lines = [f"{self.at}: [{self.code}]", *shown, f"  {zh}", f"  {en}"]
        if example:
            lines.append(f"  {say('right-form').on_one_line}:")
            lines += [f"    {line}" for line in example.splitlines()]
        if self.also:
            lines.append(f"  {say('also-at').on_one_line}: " + ", ".join(map(str, self.also)))
        return "\n".join(lines)


_REASONS: tuple[tuple[type[OSError], str], ...] = (
    (PermissionError, "no-permission"),
    (IsADirectoryError, "folder-for-file"),
    (NotADirectoryError, "file-for-folder"),
    (FileNotFoundError, "no-such-file"),
)
_NUMBERED = {
    errno.EDQUOT: "disk-full",
    errno.EIO: "disk-broken",
    errno.ENOSPC: "disk-full",
    errno.EROFS: "read-only",
}


def file_fault(error: OSError, path: str = "") -> Diagnostic:
    """A file that the system does not let us read or write; `path` is its own where it is not the error's."""
    numbered = _NUMBERED.get(error.errno or 0)
    code = numbered or next((code for kind, code in _REASONS if isinstance(error, kind)), None)
    reason = say(code) if code else say("system-refused", reason=error)
    return Diagnostic(Position(path or str(error.filename or ".")), "file-unusable", {"reason": reason})


def _shortened(value: object) -> object:
    """A text of which the beginning says which it is."""
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value


class ContentError(Exception):
    """The content of the project at `root` cannot be published; carries every Diagnostic of the run."""

    def __init__(self, diagnostics: Iterable[Diagnostic], root: Path) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(report(self.diagnostics, root))

    @property
    def counts(self) -> dict[str, int]:
        """How many mistakes there are, in how many files."""
        return {"errors": len(self.diagnostics), "files": len({found.at.path for found in self.diagnostics})}


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line and column; a message said twice is kept once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.at.path, d.at.line, d.at.column, d.code, d.en)))


def report(diagnostics: Iterable[Diagnostic], root: Path) -> str:
    """Every mistake as `by_file` has it, then how many there are, ready to print."""
    found = in_order(diagnostics)
    files = {diagnostic.at.path for diagnostic in found}
    return f"{by_file(found, root)}\n\n{say('errors', errors=len(found), files=len(files)).on_one_line}"


def by_file(diagnostics: Iterable[Diagnostic], root: Path) -> str:
    """The messages under the name of their file, each with the line it is about, read from the project at `root`."""
    parts = []
    for path, found in groupby(in_order(diagnostics), key=lambda diagnostic: diagnostic.at.path):
        lines = dict(enumerate(_lines(root / path), 1))
        parts.append(f"── {masked(path)}")
        for diagnostic in found:
            line, column = diagnostic.at.line, diagnostic.at.column
            parts.append(diagnostic.told(pointed_at(lines[line], line, column) if line in lines else ()))
    return "\n\n".join(parts)


def _lines(file: Path) -> list[str]:
    """The lines of a text; none of what cannot be read, or is no text or too large, or no file but a link or a pipe."""
    with suppress(OSError, ValueError):
        state = file.lstat()
        if stat.S_ISREG(state.st_mode) and state.st_size <= MOST_BYTES:
            text = file.read_text(encoding="utf-8-sig", errors="replace")
            return [] if "\0" in text else text.split("\n")
    return []
