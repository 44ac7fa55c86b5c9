"""Values as YAML text, as an editor would write them: plain where that reads back the same, else in quotes or as a block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from gazette.base import strict_yaml
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Plain

_WIDTH = 100
"""How long a map in one line may be; one of words by language is shorter."""
_WIDTH_OF_WORDS = 40


@lru_cache(maxsize=1024)  # Of one record each is asked for several times.
def scalar(value: str, style: str | None = None, indent: int = 2, in_flow: bool = False) -> str:
    """A text, in a style that YAML has (`"`, `'`, `|`, `>`, none) where that holds it; the lines of a block are indented.

    Raises Refused for a text that no style holds.
    """
    for typed in _forms(value, style or "", " " * indent):
        document, faults = strict_yaml.parse(f"k: [{typed}]" if in_flow else f"k: {typed}\n", "")
        if not faults and document.data["k"] == ([value] if in_flow else value):
            return typed
    raise Refused("text-not-in-yaml", text=value)


def _forms(value: str, style: str, indent: str) -> Iterator[str]:
    """The text in the style that is asked for, then in all others, the likeliest first."""
    quotes = "'\"" if '"' in value or "\\" in value else "\"'"
    for form in (style, *("" if value else ()), "", *quotes, "|"):
        if form == '"':
            yield json.dumps(value, ensure_ascii=False)
        elif form == "'":
            yield "'" + value.replace("'", "''") + "'"
        elif form:
            body = value.rstrip("\n")
            left = value[len(body) :]
            lines = (body.replace("\n", "\n\n") if form == ">" else body).split("\n")
            head = form + ("+" if left[1:] else "" if left else "-")
            yield "\n".join([head, *(line and indent + line for line in lines)]) + left[1:]
        elif value:
            yield value


def flow(value: Plain) -> str:
    """A value in one line, with braces and brackets."""
    if isinstance(value, str):
        return scalar(value, in_flow=True)
    if isinstance(value, list):
        return f"[{', '.join(map(flow, value))}]"
    return "{" + ", ".join(f"{flow(key)}: {flow(part)}" for key, part in value.items()) + "}"


def block(value: Plain, indent: int) -> str:
    """A list or map in lines of its own, but for the indent of the first."""
    if isinstance(value, dict):
        entries = [f"{flow(key)}:{after(part, indent)}" for key, part in value.items()]
    else:
        entries = [f"-{after(part, indent, of_list=True)}" for part in value]
    return ("\n" + " " * indent).join(entries)


def after(value: Plain, indent: int, of_list: bool = False) -> str:
    """What follows a key's colon, or the dash of an item, that stands at `indent`."""
    if isinstance(value, str):
        return f" {scalar(value, indent=indent + 2)}"
    if _in_one_line(value):
        return f" {flow(value)}"
    return (" " if of_list else "\n" + " " * (indent + 2)) + block(value, indent + 2)


def _in_one_line(value: Plain) -> bool:
    """Whether an editor would write it in braces: a short map of words, such as a date, a figure or evidence."""
    if not value:
        return True
    if not isinstance(value, dict) or not all(
        isinstance(part, str) and "\n" not in part for part in value.values()
    ):
        return False
    return len(flow(value)) <= (_WIDTH_OF_WORDS if "zh" in value else _WIDTH)
