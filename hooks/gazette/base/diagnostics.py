"""A located message to an editor, in Chinese and English: what is wrong, where, and a right example."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Position:
    """A place in a text file; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Diagnostic:
    """One mistake in the content.

    `zh` and `en` say what is wrong and how to mend it; `example`, where there is one, is the right form;
    `also` are further places that share the cause. A `pending` one stops no build; it must be settled
    before the content is final, on main.
    """

    at: Position
    code: str
    zh: str
    en: str
    example: str = ""
    also: tuple[Position, ...] = ()
    pending: bool = False

    def __str__(self) -> str:
        lines = [f"{self.at}: [{self.code}]", f"  {self.zh}", f"  {self.en}"]
        if self.example:
            lines.append("  正确写法 / right form:")
            lines += [f"    {line}" for line in self.example.splitlines()]
        if self.also:
            lines.append("  另见 / also at: " + ", ".join(str(place) for place in self.also))
        return "\n".join(lines)


def file_fault(error: OSError, path: str = "") -> Diagnostic:
    """A file that the system does not let us read or write; `path` is its own where it is not the error's."""
    reasons = {
        PermissionError: (
            "没有权限，或另一个程序正在使用它",
            "no permission, or another program is using it",
        ),
        IsADirectoryError: ("这里应是文件，却是文件夹", "a folder stands where a file should"),
        NotADirectoryError: ("这里应是文件夹，却是文件", "a file stands where a folder should"),
        FileNotFoundError: ("没有这个文件", "it is not there"),
    }
    zh, en = next((found for kind, found in reasons.items() if isinstance(error, kind)), (str(error),) * 2)
    return Diagnostic(
        Position(path or str(error.filename or ".")),
        "file",
        f"不能读写这个文件：{zh}。改好后再试。",
        f"This file cannot be read or written: {en}. Put that right and try again.",
    )


class ContentError(Exception):
    """The content cannot be published; carries every Diagnostic of the run."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = in_order(diagnostics)
        super().__init__(report(self.diagnostics))


class Refused(Exception):
    """Why a command does not do what it was asked to, in both languages, where no place in a file is to blame."""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by file, line and column; a message said twice is kept once."""
    return tuple(sorted(set(diagnostics), key=lambda d: (d.at.path, d.at.line, d.at.column, d.code, d.en)))


def report(diagnostics: Iterable[Diagnostic]) -> str:
    """Every message, then their count, ready to print."""
    messages = [str(diagnostic) for diagnostic in diagnostics]
    count = f"{len(messages)} 处错误 / {len(messages)} error(s)"
    return "\n\n".join([*messages, count])
