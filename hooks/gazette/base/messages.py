"""What is said to an editor, in Chinese and English, by code: messages.yml, read and filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import yaml

LAUNCHER = "gazette.cmd" if os.name == "nt" else "./gazette.sh"
"""The command as it is called in the project's folder on this system."""
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Message(NamedTuple):
    """One thing said in Chinese and in English; where there is one, the right form of what is wrong."""

    zh: str
    en: str
    example: str = ""

    def __str__(self) -> str:
        return f"{self.zh}\n{self.en}"

    @property
    def on_one_line(self) -> str:
        """Both languages, for a heading or a line of a log."""
        return f"{self.zh} / {self.en}"


class Refused(Exception):
    """What cannot be done and has no place in a file: the code of a message, and its values."""

    def __init__(self, code: str, *details: str, **values: object) -> None:
        """`details` are what a program said of it, in its own words."""
        super().__init__(code)
        self.code, self.details, self.values = code, details, values

    def __str__(self) -> str:
        return "\n".join([str(say(self.code, **self.values)), *self.details])


@cache
def messages() -> Mapping[str, Message]:
    """Every message by its code, its {placeholders} not yet filled."""
    text = resources.files("gazette.base").joinpath("messages.yml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    return {code: Message(**said) for code, said in yaml.load(text, Loader=loader).items()}


def say(code: str, /, **values: object) -> Message:
    """The message `code` filled in; KeyError where there is none, or it lacks a value.

    A value that differs by language is itself a Message.
    """
    return filled(messages()[code], values)


def filled(message: Message, values: Mapping[str, object]) -> Message:
    """A message with its placeholders filled; KeyError where it lacks a value."""
    return Message(*(_filled(text, number, values) for number, text in enumerate(message)))


def value_names(code: str) -> set[str]:
    """The names of the values that a message takes."""
    return {name for text in messages()[code] for name in _PLACEHOLDER.findall(text)}


def listed(names: Iterable[str]) -> Message:
    """Names in a row, as a value of a message."""
    found = list(names)
    return Message("、".join(found), ", ".join(found))


def language(locale: str) -> Message:
    return say("chinese" if locale == "zh" else "english")


def did_you_mean(near: Sequence[str]) -> Message:
    """A hint at the first of the names that are near to one that is not there; NOTHING where none is."""
    return say("did-you-mean", name=near[0]) if near else NOTHING


NOTHING = Message("", "")
"""The value of a message that has nothing to add."""


def _filled(text: str, number: int, values: Mapping[str, object]) -> str:
    """`text` with its values, of those that are Messages the part of that `number`: Chinese, English, right form."""

    def value(name: re.Match[str]) -> str:
        found = LAUNCHER if name[1] == "gazette" and name[1] not in values else values[name[1]]
        return found[number] if isinstance(found, Message) else str(found)

    return _PLACEHOLDER.sub(value, text)
