"""How located messages are printed: as text, as JSON for other programs, or as annotations of a pull request on GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from gazette.base.diagnostics import ContentError, Diagnostic, Position, by_file, in_order
from gazette.base.messages import say
from gazette.cli import usage

STYLES = ("text", "json", "github")
_MOST = 10
"""The annotations of one kind that GitHub shows of a step."""


class Report:
    """What a command tells of the project at `root`; its mistakes go to the terminal's errors where the style is text."""

    def __init__(self, style: str, root: Path) -> None:
        self.style, self.root = style, root
        self.warnings: list[Diagnostic] = []

    def warn(self, found: Sequence[Diagnostic]) -> None:
        """Tell what stops nothing."""
        self.warnings += in_order(found)
        if self.style == "text":
            for message in in_order(found):
                print(f"{message}\n")

    def done(self, said: object, errors: Sequence[Diagnostic] = ()) -> None:
        """Tell everything, and what else is `said`."""
        if self.style == "json":
            levels = (("error", errors), ("warning", self.warnings))
            told = [
                {"level": level, **as_json(found)} for level, those in levels for found in in_order(those)
            ]
            print(json.dumps(told, ensure_ascii=False, indent=1))
            return
        if self.style == "github":
            for level, those in (("error", errors), ("warning", self.warnings)):
                for line in marks(level, in_order(those), self.root):
                    print(line)
            print(by_file([*errors, *self.warnings], self.root))
        print(said)


def reported(function: Callable[..., None]) -> Callable[..., int | None]:
    """A command that is given a report in which to tell what it finds, and takes the style of it as an option."""

    @click.option(
        "--format",
        "style",
        type=usage.Choice(STYLES),
        default=STYLES[0],
        help="怎样写出消息，github 会标在拉取请求的文件上 / how messages are printed; github marks them in the files of a pull request",
    )
    @wraps(function)
    def run(root: Path, style: str, **options: Any) -> int | None:
        report = Report(style, root)
        try:
            function(root, report, **options)
        except ContentError as error:
            if style == "text":
                raise
            report.done(say("errors", **error.counts).on_one_line, error.diagnostics)
            return 1
        return None

    return run


def as_json(found: Diagnostic) -> dict[str, Any]:
    """A message as plain data."""
    zh, en, right = found.message
    also = [_place(place) for place in found.also]
    return {"code": found.code, **_place(found.at), "zh": zh, "en": en, "right_form": right, "also": also}


def _place(at: Position) -> dict[str, Any]:
    return {"file": at.file, "line": at.line, "column": at.column}


def marks(level: str, found: Sequence[Diagnostic], root: Path) -> Iterator[str]:
    """The commands that mark the messages in their files, as many as GitHub shows: the first of each file before its others."""
    paths: dict[str, int] = {}
    turns = []
    for message in found:
        turns.append(paths.setdefault(message.at.path, 0))
        paths[message.at.path] += 1
    chosen = [message for _, message in sorted(zip(turns, found, strict=True), key=lambda pair: pair[0])]
    for message in chosen[:_MOST]:
        zh, en, right = message.message
        text = "\n".join([zh, en, *([f"{say('right-form').on_one_line}: {right}"] if right else [])])
        place = {
            "file": (root / message.at.file).as_posix(),
            "line": message.at.line,
            "col": message.at.column,
        }
        properties = ",".join(
            f"{name}={_property(value)}" for name, value in {**place, "title": message.code}.items()
        )
        yield f"::{level} {properties}::{_data(text)}"
    if len(chosen) > _MOST:
        yield say("more-in-the-log", count=len(chosen) - _MOST).on_one_line


def _data(text: object) -> str:
    """A text as a workflow command has it."""
    return str(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
