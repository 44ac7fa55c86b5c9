"""Writes blocks as Markdown that both parsers read as the same text that Word shows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from gazette.base.invisible import CONTROL, FORMAT
from gazette.editing.word.blocks import Block, Paragraph, Picture, Table, Words, without_label
from gazette.editing.word.numbering import BULLET

_MARKS = {("strong",): "**", ("em",): "*", ("strong", "em"): "***"}
_UNSEEN = re.compile(rf"[{FORMAT}{CONTROL}]")
_SIGN = re.compile(
    r"(?P<half>\{(?=[{%#])|[}%#](?=\}))"
    r"|(?P<entity>[{}｛｝＊｀｜<]|&(?=#?\w+;)|[\]］】](?= ?[（(]))|[\\`*_\[\]#|]"
)
"""A sign of Markdown, HTML or a call; an entity where a backslash does not help, or where the check takes it for a mistyped sign.

The halves of what stands around a call are parted by a tag that shows nothing.
"""
_FIRST = re.compile(r"[:=•●○◦▪■·・＃＞]|~(?=~~)|[－＋–](?=[ \t\u3000])")
"""The same at the beginning of a line."""
_NUMBER = re.compile(r"(\d+)\.")


def body(blocks: Iterable[Block], top: int, photo: Callable[[Picture], str]) -> str:
    """Blocks as Markdown: headings of level `top` of Word as `##`; `photo` gives the line of a picture."""
    parts: list[str] = []
    for is_item, group in groupby(blocks, lambda block: isinstance(block, Paragraph) and _is_item(block)):
        if is_item:
            parts += _items([block for block in group if isinstance(block, Paragraph)])
            continue
        for block in group:
            match block:
                case Paragraph():
                    parts.append(_paragraph(block, top))
                case Table():
                    parts.append(_table(block))
                case Picture():
                    parts.append(photo(block))
    return "\n\n".join(filter(None, parts)) + "\n"


def notes(of: dict[str, tuple[Paragraph, ...]]) -> str:
    """The notes at the end of a text."""
    lines = (f"[^{number}]: {_said(paragraphs, ' ')}\n" for number, paragraphs in of.items())
    return "".join(f"\n{line}" for line in lines)


def plain(text: str) -> str:
    """Words as front matter holds them."""
    return " ".join(_UNSEEN.sub("", text).split())


def inline(words: Iterable[Words], line_break: str = "<br>") -> str:
    """Words with their marks and links; what Markdown would take for a sign is escaped."""
    found = _joined(words)
    said = []
    for number, word in enumerate(found):
        text = word.text
        before, inner, after = _around(text)
        if not inner:
            said.append(_escaped(before, line_break) + (f"[^{word.note}]" if word.note else ""))
            continue
        alone = not any(
            other.tags and not edge
            for other, edge in (
                (found[number - 1] if number else Words(""), before),
                (found[number + 1] if number + 1 < len(found) else Words(""), after),
            )
        )
        made = _marked(inner, word.tags, alone, line_break)
        if word.href:
            made = f"[{made}]({_address(word.href)})"
        said.append(f"{_escaped(before, line_break)}{made}{_escaped(after, line_break)}")
    text = re.sub(r"[ ]{2,}", " ", "".join(said)).strip()
    return re.sub(r"(?:^|\s)*(?:<br>)+$|^(?:<br>)+", "", text).strip()


def _joined(words: Iterable[Words]) -> list[Words]:
    """Words beside each other that are shown alike are one; white space is as those before it."""
    found: list[Words] = []
    for word in words:
        word = word._replace(text=_UNSEEN.sub("", re.sub(r"[^\S\n]", " ", word.text)))
        same = found and not (found[-1].note or word.note) and found[-1].href == word.href
        if same and (found[-1].tags == word.tags or not word.text.strip()):
            found[-1] = found[-1]._replace(text=found[-1].text + word.text)
        elif word.text or word.note:
            found.append(word)
    return found


def _around(text: str) -> tuple[str, str, str]:
    """White space before and after a text, and the text."""
    inner = text.strip()
    if not inner:
        return text, "", ""
    start = text.index(inner)
    return text[:start], inner, text[start + len(inner) :]


def _marked(text: str, tags: tuple[str, ...], alone: bool, line_break: str) -> str:
    """A text in its marks: those of Markdown where they cannot be read otherwise, else tags."""
    said = _escaped(text, line_break)
    tags = tuple(dict.fromkeys(tags))
    if tags in _MARKS and alone and text[0].isalnum() and text[-1].isalnum() and "\n" not in text:
        return _MARKS[tags] + said + _MARKS[tags]
    for tag in reversed(tags):
        said = f"<{tag}>{said}</{tag}>"
    return said


def _escaped(text: str, line_break: str) -> str:
    return re.sub(r" *\n *", line_break, _SIGN.sub(_as_text, text))


def _as_text(found: re.Match[str]) -> str:
    if found["half"]:
        return f"{_entity(found)}<wbr>"
    return _entity(found) if found["entity"] else f"\\{found[0]}"


def _address(href: str) -> str:
    return quote(href, safe="%:/?#@!$&'*+,;=~-._")


def _entity(found: re.Match[str]) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(found[0], f"&#{ord(found[0])};")


def _first_escaped(line: str) -> str:
    """A line that does not begin with what makes it a heading, item, quotation, rule or definition."""
    line = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)
    line = re.sub(r"^(?=[-+>])", r"\\", line)
    return _FIRST.sub(_entity, line, count=1) if _FIRST.match(line) else line


def _is_item(block: Paragraph) -> bool:
    return not block.level and (block.label == BULLET or bool(_NUMBER.fullmatch(block.label)))


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Items one after the other, as lists that are numbered in Markdown as in Word; an item that cannot be is a paragraph."""
    lines: list[str] = []
    levels: list[int] = []
    last: list[str] = []
    for item in paragraphs:
        while levels and levels[-1] > item.depth:
            levels.pop()
            last.pop()
        if levels == [item.depth] and (item.label == BULLET) != (last[0] == BULLET):
            yield "\n".join(lines)  # A list of the other kind.
            lines, levels, last = [], [], []
        is_new = not levels or levels[-1] < item.depth
        if is_new:
            levels.append(item.depth)
            last.append("")
        number = _NUMBER.fullmatch(item.label)
        before = _NUMBER.fullmatch(last[-1])
        follows = is_new or (
            int(number[1]) == int(before[1]) + 1 if number and before else item.label == last[-1]
        )
        if not follows or (is_new and number and number[1] != "1" and len(levels) > 1):
            yield "\n".join(lines)
            yield _first_escaped(inline(without_label(item).words))
            lines, levels, last = [], [], []
            continue
        last[-1] = item.label
        mark = "-" if item.label == BULLET else item.label
        said = _first_escaped(inline(item.words))
        lines.append(f"{'    ' * (len(levels) - 1)}{mark} {said}")
    yield "\n".join(lines)


def _paragraph(block: Paragraph, top: int) -> str:
    block = without_label(block)
    if not block.level:
        return _first_escaped(inline(block.words))
    words = [
        word._replace(tags=tuple(tag for tag in word.tags if tag in ("sup", "sub"))) for word in block.words
    ]
    return f"{'#' * min(block.level - top + 2, 6)} {inline(words, ' ')}"


def _table(table: Table) -> str:
    rows = [[_said(cell, "<br>") for cell in row] for row in table.rows]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _said(paragraphs: Iterable[Paragraph], between: str) -> str:
    return between.join(inline(without_label(one).words, "<br>") for one in paragraphs)
