"""What the body of a Markdown page asks for: its `{{ figure(…) }}` and other calls."""

from __future__ import annotations

import ast
import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import did_you_mean, listed
from gazette.content.front_matter import Markdown

PAGE_CALLS: Mapping[str, str] = {
    "figure": '"indicators/enterprises-covered"',
    "plain": '"…"',
    "date": '"services/music-line.since"',
    "times": '"services/music-line.timetable"',
    "link": '"alliances/services"',
    "get": '"alliances/services"',
    "label": '"related"',
    "chart": '"parts", "sums/instructors"',
    "photo": '"sign-renewal.jpg"',
}
"""What the text of a page may call, each with a right form of what it is given; of what `get` finds it may show a field."""

CALLED = "calledhere"
"""A word that may stand in a text for what a call makes."""

MAKES_BLOCKS = ("chart", "photo")
"""What makes blocks of its own, and ends the paragraph that it stands in."""

CODE = r"""^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??(?P=fence)[ ]*$|\\`|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)"""
_OWN_LINE = r"(?:^[ \t]*\{#\s(?:(?!\{#\s).)*?#\}[ \t]*\n)"
_COMMENT = rf"{_OWN_LINE}|\{{#\s(?:(?!\{{#\s).)*?#\}}"
_CALL = r"""(?<![{｛])\{\{(?![{｛])(?P<said>(?:[^{}｛｝"']|"[^"\n]*"|'[^'\n]*')*)\}\}(?![}｝])"""
_NEARLY = r"[{｛]{1,3}\s*[A-Za-z_]\w*\s*[(（][^{}｛｝\n]*[)）][\w.]*\s*(?:[}｝]{1,3}|(?=[^}｝]|\Z))"
_PIECES = re.compile(
    rf"(?=[`~\\\\{{}}%#｛｝ \t])(?:(?P<code>{CODE})|(?P<comment>{_COMMENT})|(?P<call>{_CALL})|(?P<statement>\{{%(?:(?!\{{%).)*?%\}})"
    rf"|(?P<nearly>{_NEARLY})|(?P<mark>\{{\{{|\}}\}}|\{{%|%\}}|\{{#\s|\{{#[^{{}}\n]*#\}}|#\}}|[｛｝]{{2}}))",
    re.DOTALL | re.MULTILINE,
)
"""What is not Markdown's in a text, or would be if it were written right; and code, where everything is text."""
_ASCII = str.maketrans("“”„‟「」『』‘’‚‛、", '"' * 8 + "'" * 4 + ",")
_LONGEST = 1000
"""No call has more characters: what is longer is not parsed."""
_QUOTED = 60
"""So much of what is wrong is quoted in a message."""
_TOLD = 20
"""So many mistakes of a body are told; the others when these are mended."""
_WIDE = re.compile("[\u2018-\u201f\u3000-\u3002\u300c-\u300f\uff00-\uff60]")


class Call(NamedTuple):
    """A call: `name("argument", …, word="…").field`; all that it is given are words."""

    name: str
    arguments: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()

    @property
    def argument(self) -> str:
        """What it is of; of a chart all arguments count, for the first is only its kind.

        A figure's is its reference, with the date of the value that is asked for: `indicators/alliances@2021`.
        """
        if self.name == "chart":
            return '", "'.join(self.arguments)
        dates = [value for word, value in self.words if word == "as_of"] or self.arguments[2:]
        return f"{self.arguments[0]}@{dates[0]}" if self.name == "figure" and dates else self.arguments[0]


class Fault(NamedTuple):
    """What is wrong with a piece: the code of a message, its values and right form, and how far into the piece it is."""

    code: str
    values: Mapping[str, object]
    right_form: str = ""
    offset: int = 0


class Piece(NamedTuple):
    """A part of a text that is the template's: a call, a comment (which has none), or what is wrong."""

    start: int
    end: int
    call: Call | None = None
    fault: Fault | None = None


@lru_cache(10_000)
def pieces(text: str) -> tuple[Piece, ...]:
    """The calls, comments and mistakes of a text in reading order; in code spans and fences there are none."""
    return tuple(_pieces(text)) if re.search(r"[{}｛｝]", text) else ()


def _pieces(text: str) -> Iterator[Piece]:
    for found in _PIECES.finditer(text):
        if found["code"]:
            continue
        call: Call | Fault | None = None
        if found["call"]:
            call = parsed(found["said"])
            if isinstance(call, Fault) and call.offset:
                call = call._replace(offset=call.offset + found.start("said") - found.start())
        elif not found["comment"] and not (call := _not_a_call(found)):
            continue
        own = (None, call) if isinstance(call, Fault) else (call, None)
        yield Piece(found.start(), found.end(), *own)


def faults(body: Markdown) -> Iterator[Diagnostic]:
    """What is wrong with the calls of a body as they are written, and with where they stand."""
    return islice(_faults(body), _TOLD)


def _faults(body: Markdown) -> Iterator[Diagnostic]:
    for piece in pieces(body.text):
        if fault := piece.fault:
            at = body.position(piece.start + fault.offset)
            yield Diagnostic(at, fault.code, fault.values, right_form=fault.right_form)
        elif piece.call and piece.call.name in MAKES_BLOCKS:
            before = body.text[body.text.rfind("\n", 0, piece.start) + 1 : piece.start]
            if before:
                values, right = {"name": piece.call.name}, body.text[piece.start : piece.end]
                yield Diagnostic(body.position(piece.start), "call-within-line", values, right_form=right)


def calls(body: Markdown) -> list[tuple[Call, Position]]:
    """The calls of a body in reading order, and where they stand."""
    return [(piece.call, body.position(piece.start)) for piece in pieces(body.text) if piece.call]


@lru_cache(10_000)
def parsed(said: str) -> Call | Fault:
    """The call that stands between `{{` and `}}`, or what is wrong with it."""
    node = _expression(said)
    if node is None:
        return _malformed(said, _repaired(said))
    fields: list[str] = []
    while isinstance(node, ast.Attribute):
        fields.insert(0, node.attr)
        node = node.value
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return _not_for_pages(said)
    name = node.func.id
    if name not in PAGE_CALLS:
        near = get_close_matches(name, PAGE_CALLS, 1)
        return Fault(
            "no-such-call",
            {"name": _quoted(name), "hint": did_you_mean(near), "calls": listed(PAGE_CALLS)},
            _repaired(said),
        )
    given = [*node.args, *(word.value for word in node.keywords)]
    constants = [value.value for value in given if isinstance(value, ast.Constant)]
    names = [word.arg for word in node.keywords if word.arg]
    if len(constants) < len(given) or len(names) < len(node.keywords):
        return _not_for_pages(said)
    values = [value for value in constants if isinstance(value, str)]
    if not node.args or len(values) < len(given) or len({*names}) < len(names):
        return Fault("call-arguments", {"name": name, "example": example(name)})
    words = zip(names, values[len(node.args) :], strict=True)
    return Call(name, tuple(values[: len(node.args)]), tuple(words), tuple(fields))


def example(name: str) -> str:
    """A right form of a call."""
    return f"{{{{ {name}({PAGE_CALLS[name]}){'.summary' if name == 'get' else ''} }}}}"


def _expression(said: str) -> ast.expr | None:
    """The syntax tree of an expression, which is never compiled; None where it is none."""
    if len(said) > _LONGEST:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns of a backslash that means nothing to it.
        try:
            return ast.parse(f"({said})", mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _malformed(said: str, right: str, before: int = 0) -> Fault:
    """What is wrong with what stands between two braces and two, `before` characters into its piece, and is no call."""
    if wrong := _WIDE.search(said):
        return Fault("call-punctuation", {"mark": wrong[0]}, right, before + wrong.start())
    return Fault("call-form", {"said": _quoted(said)}, right)


def _not_for_pages(what: str) -> Fault:
    return Fault("not-for-pages", {"what": _quoted(what), "calls": listed(PAGE_CALLS)})


def _quoted(said: str) -> str:
    """What was written, on one line, as much of it as a message has room for."""
    words = " ".join(said.split())
    return words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"


def _not_a_call(found: re.Match[str]) -> Fault | None:
    """What is wrong with something that was meant as a call or comment and is none; None where it is text."""
    said = found[0]
    if found["statement"]:
        if re.match(r"\{%-?\s*(?:end|el)", said):
            return None  # It goes with the statement before it.
        return _not_for_pages(said)
    if "#" in said[:2]:
        return Fault("comment-form", {"mark": _quoted(said)})
    right = _repaired(said)
    if found["nearly"] and not right and not re.match("[{｛]{2}", said):
        return None
    if found["mark"] or (said.startswith("{{") and not said.rstrip().endswith("}")):
        return Fault("call-unclosed", {"mark": "{{" if found["nearly"] else said}, right)
    if said.startswith("{{") and said.endswith("}}") and not said.startswith("{{{"):
        return _malformed(said[2:-2], right, 2)
    return Fault("call-braces", {"said": _quoted(said)}, right)


def _repaired(said: str) -> str:
    """The call that was probably meant, as it is rightly written; empty where none can be told."""
    if len(said) > _LONGEST:
        return ""
    text = unicodedata.normalize("NFKC", said.translate(_ASCII)).strip("{} \n-")
    found = re.fullmatch(r"\s*([A-Za-z_]\w*)\s*\((.*)\)((?:\.\w+)*)\s*", text, re.DOTALL)
    near = get_close_matches(found[1], PAGE_CALLS, 1) if found else []
    if not found or not near:
        return ""
    arguments = [part.strip(" \n\"'()") for part in found[2].split(",")]
    written = ", ".join(f'"{part}"' for part in arguments if part) or PAGE_CALLS[near[0]]
    right = f"{near[0]}({written}){found[3]}"
    return f"{{{{ {right} }}}}" if _expression(right) else ""


def without_calls(text: str) -> str:
    """The text with every call, comment and mistake of one blanked out; lines and columns stay where they are."""
    parts, end = [], 0
    for piece in pieces(text):
        parts += [text[end : piece.start], re.sub(r"[^\n]", " ", text[piece.start : piece.end])]
        end = piece.end
    return "".join((*parts, text[end:]))


class TextOfMarkdown(NamedTuple):
    """The text that a body leaves to Markdown, with what is made of its calls."""

    text: str
    body: Markdown
    starts: tuple[tuple[int, int, bool], ...]
    """Where each part begins in `text` and in the body, and whether it is of the body."""

    def origin(self, offset: int) -> int:
        """Where the character at `offset` of the text stands in the body; of what a call makes, where the call stands."""
        last = bisect_right(self.starts, offset, key=lambda start: start[0]) - 1
        start, origin, is_own = self.starts[last]
        return origin + offset - start if is_own else origin

    def position(self, offset: int) -> Position:
        """Where the character at `offset` of the text stands in the file."""
        return self.body.position(self.origin(offset))


def with_made(body: Markdown, made_by: Callable[[Piece, Call], str]) -> TextOfMarkdown:
    """A body with what `made_by` makes of each call, and without comments; one alone on its line goes with it."""
    parts: list[str] = []
    starts: list[tuple[int, int, bool]] = []
    length = end = 0

    def add(part: str, origin: int, is_own: bool = True) -> None:
        nonlocal length
        parts.append(part)
        starts.append((length, origin, is_own))
        length += len(part)

    for piece in pieces(body.text):
        add(body.text[end : piece.start], end)
        add(made_by(piece, piece.call) if piece.call else "", piece.start, False)
        end = piece.end
    add(body.text[end:], end)
    return TextOfMarkdown("".join(parts), body, tuple(starts))


def with_words(body: Markdown, block: str, word: str) -> TextOfMarkdown | None:
    """A body with `word` for each call, `block` for what makes blocks of its own; None where a call is not right."""
    if any(piece.fault for piece in pieces(body.text)):
        return None
    return with_made(body, lambda _, call: block if call.name in MAKES_BLOCKS else word)
