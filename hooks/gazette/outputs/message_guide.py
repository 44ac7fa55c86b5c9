"""handbook/messages.md: every message that is told at a place in a file, with its right form; and one of them for a terminal."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from pathlib import Path

import yaml

from gazette.base.messages import LAUNCHER, Message, Refused, did_you_mean, say, value_names
from gazette.base.yaml_loader import AS_TYPED

FILE = "handbook/messages.md"
_OPEN = "…"
"""What stands for a value of a message, where it is told of no mistake."""
_HEAD = """# 检查消息 / Messages

本文件由 `gazette fields` 生成，请勿手改。检查时每条消息的位置后面有它的代码，如 `data/services/a.yml:4:16: [not-a-quantity]`；
`gazette explain not-a-quantity` 在终端里显示同样的内容。文中的“…”是消息里的具体内容。

This file is written by `gazette fields`; do not edit it by hand. A message has its code after its place, as in
`data/services/a.yml:4:16: [not-a-quantity]`; `gazette explain not-a-quantity` shows the same in a terminal. Here … stands for
what a message knows of the mistake.
"""


@cache
def sections() -> Mapping[str, list[str]]:
    """The codes of the messages that are told at a place, under the headings of messages.yml."""
    text = resources.files("gazette.base").joinpath("messages.yml").read_text(encoding="utf-8")
    made: dict[str, list[str]] = {}
    heading = ""
    for line in text.split("\n"):
        if line.startswith("# "):
            heading = line[2:] if " / " in line else ""
        elif heading and (code := re.fullmatch("([a-z-]+):", line)):
            made.setdefault(heading, []).append(code[1])
    return made


def explained(code: str) -> str:
    """What a message means, with a right form and a longer word where there is one; raises Refused, with what is near."""
    known = [code for codes in sections().values() for code in codes]
    if code not in known:
        near = difflib.get_close_matches(code.strip("[]").lower(), known, 1)
        raise Refused("no-such-message", name=code, hint=did_you_mean(near))
    message, more = _open(code, LAUNCHER), _explanations().get(code, {})
    lines = [f"[{code}]", message.zh, message.en]
    lines += [more["zh"], more["en"]] if more else []
    for name, form in _forms(message, more):
        lines += [f"{say(name).on_one_line}:", *(f"    {line}" for line in form.split("\n"))]
    return "\n".join(lines)


def render() -> str:
    """The page of all messages."""
    return "\n".join(
        [_HEAD, *(part for heading, codes in sections().items() for part in _section(heading, codes))]
    )


def write(root: Path) -> None:
    if (root / FILE).parent.is_dir():
        (root / FILE).write_text(render(), encoding="utf-8", newline="\n")


def _section(heading: str, codes: Iterable[str]) -> Iterator[str]:
    yield f"## {heading}\n"
    for code in codes:
        message, more = _open(code, "gazette"), _explanations().get(code, {})
        yield f"### {code}\n"
        yield f"{_plain(message.zh)}\n\n{_plain(message.en)}\n"
        if more:
            yield f"{_plain(more['zh'])}\n\n{_plain(more['en'])}\n"
        for name, form in _forms(message, more):
            yield f"{say(name).on_one_line}:\n\n```\n{form}\n```\n"


def _forms(message: Message, more: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong and what is right of it, each under the code of its name."""
    if more.get("typed"):
        yield from (("wrong-form", more["typed"]), ("right-form", more["right"]))
    elif message.example.replace(_OPEN, "").strip(" :\n"):
        yield "right-form", message.example


def _open(code: str, launcher: str) -> Message:
    """A message without what only a mistake would tell."""
    return say(code, **dict.fromkeys(value_names(code), _OPEN) | {"gazette": launcher})


def _plain(text: str) -> str:
    """A text of a message as Markdown prints it."""
    return text.replace("<", "&lt;").replace("{", "&lbrace;").replace("*", "\\*").replace("|", "\\|")


@cache
def _explanations() -> Mapping[str, Mapping[str, str]]:
    text = resources.files("gazette.outputs").joinpath("explanations.yml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=AS_TYPED)
    return found
