"""What YAML has and an editor's file may not: tags, anchors, aliases, merge keys, comments beside a value, hidden escapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from gazette.base.invisible import escaped, named
from gazette.base.line_breaks import joined

_SUSPECT = re.compile(r"[!&*\t\\]|<<|\W#|[|>][-+]?\d")
"""What every extra is written with: most texts have none of it."""
_KINDS = {yaml.AliasToken: "yaml-alias", yaml.AnchorToken: "yaml-anchor", yaml.TagToken: "yaml-tag"}
_NUMBERED = re.compile(r"[|>][-+]?\d")
"""The head of a block of text that tells by how many spaces its lines are indented, as if it were `> 1`."""
_COMMENT = re.compile("#.*")
_LIKE_COMMENT = re.compile(r"(?<=\n) *(#.*)")
"""A line within a block of text that looks like a comment, and is text."""
_TAB = re.compile(r"(?<=\S) *(\t)(?=[ \t]*\S)")
"""A tab that is part of a value, and not of the white space around its lines."""


class Extra(NamedTuple):
    """Something that is refused: its offset, and the message that says so."""

    offset: int
    code: str
    values: Mapping[str, object]


def extras(text: str, loader: Any) -> Iterator[Extra]:
    """Everything in a YAML text that is refused; then the parser's own error, where it cannot be read."""
    if not _SUSPECT.search(text):
        return
    seen = _Seen(text)
    for token in yaml.scan(text, Loader=loader):
        start = token.start_mark.index
        for comment in _COMMENT.finditer(text, seen.end, start):
            if seen.is_block and token.start_mark.column > seen.column:
                yield seen.refused_in_block(comment.start(), comment[0])
            elif seen.cuts(comment.start(), token):
                yield seen.refused(comment)
        kind = _KINDS.get(type(token))
        if isinstance(token, yaml.ScalarToken):
            yield from _in_scalar(token, text)
            if token.plain and token.value == "<<":
                kind = "yaml-merge-key"
            elif _NUMBERED.match(text, start):
                kind = "yaml-block-number"
        if kind:
            said = text[start:].partition("\n")[0].strip()
            yield Extra(start, kind, {"text": said, "right": seen.as_text(start)})
        seen.add(token)
        if seen.is_block:
            for comment in _COMMENT.finditer(text, start, text.find("\n", start)):
                yield seen.refused(comment)
            for line in _LIKE_COMMENT.finditer(text, start, token.end_mark.index):
                yield seen.refused_in_block(line.start(1), line[1])


def _in_scalar(token: yaml.ScalarToken, text: str) -> Iterator[Extra]:
    """Tabs within a value, and escapes for what nobody would see."""
    start, end = token.start_mark.index, token.end_mark.index
    if "\t" in token.value and (tab := _TAB.search(text, start, end)):
        yield Extra(tab.start(1), "invisible-character", {"character": named("\t")})
    if token.style == '"' and "\\" in (quoted := text[start:end]):
        for offset, character in escaped(quoted):
            yield Extra(start + offset, "invisible-escape", {"character": named(character)})


@dataclass
class _Seen:
    """The text up to the last token: where that ends, the two last tokens, the column of the key or dash, the open brackets."""

    text: str
    end: int = 0
    last: yaml.Token | None = None
    before: yaml.Token | None = None
    column: int = 0
    brackets: int = 0

    def add(self, token: yaml.Token) -> None:
        self.end = max(self.end, token.end_mark.index)
        self.before, self.last = self.last, token
        if isinstance(token, (yaml.KeyToken, yaml.BlockEntryToken)):
            self.column = token.start_mark.column
        self.brackets += isinstance(token, (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken))
        self.brackets -= isinstance(token, (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken))

    @property
    def is_block(self) -> bool:
        """Whether the last token is a block of text, `|` or `>`."""
        return isinstance(self.last, yaml.ScalarToken) and self.last.style in ("|", ">")

    def refused_in_block(self, offset: int, comment: str) -> Extra:
        """The message for a comment among the lines of a block, which may be meant as text: with it above the block's key."""
        assert self.last
        first = self.last.start_mark.index
        above = self.text[self.text.rfind("\n", 0, first) + 1 : self.text.rfind("\n", 0, offset)]
        indent = above[: len(above) - len(above.lstrip())]
        values = {"comment": comment, "right": f"{indent}{comment}\n{above}"}
        return Extra(offset, "comment-in-block", values)

    def cuts(self, offset: int, following: yaml.Token) -> bool:
        """Whether a comment may be part of a value: beside something, or below unquoted text and indented like it, or what follows is."""
        indent = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        below = isinstance(self.last, yaml.ScalarToken) and self.last.style not in ("'", '"')
        goes_on = not self.brackets and following.start_mark.column > self.column
        return bool(indent.strip()) or (below and (goes_on or len(indent) > self.column))

    def as_text(self, start: int) -> str:
        """What begins at an offset as text in quotes; a block of text without its number; nothing where neither is meant."""
        rest = self.text[start:]
        said = re.split(r"[,\]}\n]" if self.brackets else "\n", rest, maxsplit=1)[0].strip()
        below = re.match(r".*\n+( *)\S", rest)
        if not self.brackets and below and len(below[1]) > self.column:
            return re.sub(r"\d+", "", said) if _NUMBERED.match(said) else ""
        return "" if re.match(r"<<\s*:", said) else json.dumps(said, ensure_ascii=False)

    def refused(self, comment: re.Match[str]) -> Extra:
        """The message for a comment: with what it was to be part of in quotes; where that is not known, on a line of its own."""
        first = self.last.start_mark.index if isinstance(self.last, yaml.ScalarToken) else comment.start()
        plain = isinstance(self.last, yaml.ScalarToken) and self.last.plain
        value = self.before if plain else self.last
        line = self.text[self.text.rfind("\n", 0, first) + 1 : first]
        words = " ".join(joined(self.text[first : comment.end()]).split())
        if self.brackets and plain:
            right = json.dumps(words.rstrip(" ,]}"), ensure_ascii=False)
        elif isinstance(value, (yaml.ValueToken, yaml.BlockEntryToken)):
            right = f"{line}{json.dumps(words, ensure_ascii=False)}"
        else:
            right = f"{' ' * self.column}{comment[0]}"
        return Extra(comment.start(), "comment-beside-value", {"comment": comment[0], "right": right})
