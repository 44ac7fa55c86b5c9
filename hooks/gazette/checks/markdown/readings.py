"""Markdown that two parsers read in two ways is refused, with both readings in words and the form that both read alike."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from difflib import SequenceMatcher
from itertools import islice, zip_longest
from typing import NamedTuple

from gazette.base.bounds import MOST_TOLD
from gazette.base.diagnostics import Diagnostic, Position
from gazette.checks.markdown.block_names import in_words
from gazette.checks.markdown.html_text import Typed, typed_in_html
from gazette.checks.markdown.markup import refused_in
from gazette.checks.markdown.outline import Block, Reading, Unreadable, common_mark, html_of, published
from gazette.checks.markdown.rewriting import paragraph, rewritten, unchanged
from gazette.checks.markdown.unread_marks import unread_marks
from gazette.checks.markdown.unwanted_blocks import unwanted
from gazette.content.calls import CALLED, TextOfMarkdown, pieces, with_words, without_calls
from gazette.content.front_matter import Markdown
from gazette.content.model import Content, Owner, pages_of

_TOLD = 10
"""So many places with two readings are told; the others when these are mended."""
_COMPARED = 40_000
_TRIED = 4_000
"""So many pairs of blocks are compared, and so many lines are read anew to find the right form of a place."""
_READ = 300_000
"""So many characters of Markdown and HTML are read anew for all places of a body: lists within lists are few lines and much HTML."""
_LONGEST = 16
"""So much of a text is quoted."""

_TEXT = r"[^\n<>\\`|{}\[\]&!^~]+"
_LINE = rf"(?![ \t#>|+*\-=~`:_=]|\d+[.)、．）]|[•●○◦▪■·・]){_TEXT}"
_PLAIN = re.compile(
    rf"\n*(?:(?:\#{{2,6}}[ ](?![^\n]*\#){_LINE}|{_LINE}(?:\n{_LINE})*|-[ ]{_LINE}(?:\n-[ ]{_LINE})*)(?:\n(?:[ \t]*\n)+|\s*\Z))*"
)
_LINK = re.compile(r"\[([^\[\]\n`<\\!]*)\]\([\w./#-]*\)")


class Difference(NamedTuple):
    """Where the readings of a text part: a line of it, counted from 0, and what each has there."""

    line: int
    published: Sequence[Block]
    other: Sequence[Block]


def misread_text(_: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """Markup that no page may have; blocks that CommonMark reads otherwise; marks and lines that are not read as they were meant."""
    for prose in pages_of(owners):
        for body in prose.bodies.values():
            try:
                yield from _of_body(body)
            except Unreadable:
                yield Diagnostic(body.position(_unreadable(body)), "unreadable-markdown")


def _of_body(body: Markdown) -> list[Diagnostic]:
    refused = [*refused_in(body)]
    broken = any(found.code in ("markup-unclosed", "markup-broken") for found in refused)
    misread = [] if broken else [*_misread(body)]  # It would follow from what is broken.
    if any(found.code in ("second-title", "underlined-heading") for found in misread):
        refused = [found for found in refused if found.values["tag"] != "h1"]  # Markdown's, which is told.
    lines = {found.at.line for found in misread}
    return misread + [found for found in refused if found.at.line not in lines]


def _unreadable(body: Markdown) -> int:
    """Where the first line begins up to which the text cannot be read."""
    lines = without_calls(body.text).split("\n")

    def breaks(number: int) -> bool:
        try:
            html_of("\n".join(lines[: number + 1]))
        except Unreadable:
            return True
        return False

    number = bisect_left(range(len(lines) - 1), True, key=breaks)
    return len("\n".join(lines[:number])) + bool(number)


def _misread(body: Markdown) -> Iterator[Diagnostic]:
    made = _with_words(body)
    if made is None:
        return
    found: list[Diagnostic] = []
    last: Version | None = None
    told = set[int]()
    if not is_plain(made.text):
        for typed, diagnostic in _in_html(body, made) if "<" in made.text else ():
            yield diagnostic  # What else is said of these lines follows from it.
            told.update(made.position(place).line for place in range(typed.start, typed.end))
        last, found = _told_apart(body)
        found += [
            Diagnostic(
                last.place(one.line),
                one.code,
                {**one.values, "right": last.as_typed(one.right_form, last.line_start(one.first))},
            )
            for one in islice(unwanted(last.made.text, last.reading), MOST_TOLD)
        ]
    unread = [*unread_marks(body)]
    if last and unread:
        code = _indented_code(last)
        unread = [diagnostic for diagnostic in unread if diagnostic.at.line not in code]
    for diagnostic in (*found, *unread):
        if diagnostic.at.line not in told:
            yield diagnostic
        told.add(diagnostic.at.line)


def _indented_code(version: Version) -> Set[int]:
    """The lines of the file that are code by their indent, where every mark is text."""
    made = version.made
    starts = [0, *(end.end() for end in re.finditer("\n", made.text))]
    blocks = [token.map for token in version.reading.tokens if token.type == "code_block" and token.map]
    typed = [made.position(start).line - 1 for block in blocks for start in starts[slice(*block)]]
    return {version.typed.first_line + version.origins[line] for line in typed}


def _in_html(body: Markdown, made: TextOfMarkdown) -> Iterator[tuple[Typed, Diagnostic]]:
    """What is said of Markdown that HTML leaves as typed."""
    version = _version(body, body.text, range(body.text.count("\n") + 1))
    assert version is not None
    for typed in typed_in_html(made.text, version.reading, body.path):
        mark = made.text[typed.mark :].split("\n")[0][:_LONGEST]
        right = version.as_typed(typed.right_form, typed.start)
        values = {"mark": version.as_typed(mark, typed.mark), "right": right}
        yield typed, Diagnostic(made.position(typed.mark), "markdown-in-html", values)


def is_plain(text: str) -> bool:
    """Whether it holds nothing but paragraphs, headings, simple lists and links, which have one reading; most texts do."""
    return bool(_PLAIN.fullmatch(_LINK.sub(r"\1", text)))


def _differences(text: str, reading: Reading) -> list[Difference]:
    """Where what is published and what CommonMark reads part, in reading order."""
    ours, other = published(text), reading.blocks
    said, otherwise = [block.said for block in ours], [block.said for block in other]
    if said == otherwise:
        return []
    found: list[Difference] = []
    for a, b, c, d in _parts(said, otherwise):
        near = other[c:d]
        if len(near) > 1 and a < b and ours[a].path == near[0].path and ours[a].text.startswith(near[0].text):
            del near[0]  # What follows it was published as one with it.
        line = _parting(text, ours[a:b], near)
        if not found or found[-1].line != line:
            found.append(Difference(line, ours[a:b], near))
    return found


def _parts(ours: Sequence[object], other: Sequence[object]) -> list[tuple[int, int, int, int]]:
    """Where two lists part: from here to there in one, from here to there in the other. Of long parts it is not asked where in them."""
    same = unchanged(ours, other)
    ours, other = ours[same:], other[same:]
    if len(ours) * len(other) > _COMPARED:
        return [(same, same + len(ours), same, same + len(other))]
    codes = SequenceMatcher(None, ours, other, autojunk=False).get_opcodes()
    return [(same + a, same + b, same + c, same + d) for kind, a, b, c, d in codes if kind != "equal"]


def _parting(text: str, ours: Sequence[Block], other: Sequence[Block]) -> int:
    """The line on which two readings part: what only one has is found by its first words."""
    if not other:
        words = re.split(r"[\s*_&]", "".join(block.text for block in ours))[0]
        return text.count("\n", 0, max(text.find(words), 0))
    line, lines = other[0].line, text.split("\n")
    if ours and ours[0].path == other[0].path:
        pairs = zip_longest(ours[0].text, other[0].text)
        left = next((place for place, (one, two) in enumerate(pairs) if one != two), 0)
        while line + 1 < len(lines) and left >= len(lines[line].strip()):
            left -= len(lines[line].strip()) + 1
            line += 1
    return line


class Version(NamedTuple):
    """A body as it was typed, or with some of it written otherwise; which line of what was typed each of its lines is."""

    typed: Markdown
    made: TextOfMarkdown
    reading: Reading
    differences: Sequence[Difference]
    origins: Sequence[int]
    size: int
    """How many characters it has, with those of its HTML."""

    @property
    def left(self) -> tuple[int, int]:
        """How much of it is not yet known to have one reading: so many lines at its end, with so many differences."""
        lines = self.made.text.count("\n") + 1
        return (lines - self.differences[0].line if self.differences else 0), len(self.differences)

    def place(self, line: int) -> Position:
        """Where a line of the text stands in the file as it was typed."""
        at = _place(self.made, line)
        typed, now = self.typed.text.split("\n"), self.made.body.text.split("\n")
        origin = self.origins[at.line - 1]
        indent = len(typed[origin]) - len(typed[origin].lstrip())
        column = at.column if typed[origin] == now[at.line - 1] else indent + 1
        return Position(at.path, self.typed.first_line + origin, column)

    def as_typed(self, form: str, offset: int) -> str:
        """Words from this place of the text on, with the calls that stand in them."""
        typed = self.made.body.text
        calls = [typed[piece.start : piece.end] for piece in pieces(typed) if piece.call]
        left = iter(calls[self.made.text[:offset].count(CALLED) :])
        return re.sub(CALLED, lambda _: next(left, CALLED), form)

    def line_start(self, line: int) -> int:
        """Where a line of the text begins."""
        return sum(len(before) + 1 for before in self.made.text.split("\n")[:line])

    def rewritten(self, text: str) -> Version | None:
        """The body with another text; None where that cannot be read."""
        before, after = self.made.body.text.split("\n"), text.split("\n")
        same, more = unchanged(before[:-1], after), len(after) - len(before)
        origins = [*self.origins[:same], *[self.origins[same]] * more, *self.origins[same:]]
        with suppress(Unreadable):
            return _version(self.typed, text, origins)
        return None


def _version(typed: Markdown, text: str, origins: Sequence[int]) -> Version | None:
    """A text of a body; None where a call in it is not right. Raises Unreadable."""
    made = _with_words(Markdown(typed.path, text, 1))
    if made is None:
        return None
    reading = common_mark(made.text)
    size = len(made.text) + len(html_of(made.text)[0])
    return Version(typed, made, reading, _differences(made.text, reading), origins, size)


def _told_apart(body: Markdown) -> tuple[Version, list[Diagnostic]]:
    """What is said of each place with two readings, and the body without them.

    The first is mended before the next is looked for: what only follows from it is not told.
    """
    version = _version(body, body.text, range(body.text.count("\n") + 1))
    assert version is not None
    found: list[Diagnostic] = []
    left = _READ
    while version.differences and len(found) < _TOLD:
        first = version.differences[0]
        mended, right, tried = _mended(
            version, _place(version.made, first.line).line - 1, left // version.size
        )
        left -= tried * version.size
        values = {"published": in_words(first.published), "other": in_words(first.other)}
        found.append(Diagnostic(version.place(first.line), "two-readings", {**values, "right": right}))
        if mended is None:
            break
        version = mended
    return version, found


def _mended(version: Version, number: int, most: int) -> tuple[Version | None, str, int]:
    """The body with its line `number` and those around it written so that it has one reading, what to show of that, and of how many tries.

    Where nothing helps, those lines are left out and nothing is shown. No more than `most` are tried.
    """
    lines = version.made.body.text.split("\n")
    first, last = paragraph(lines, number)
    best, right, tried = version, "", 0
    for text, shown in islice(rewritten(version.made.body.text, number), min(most, _TRIED // len(lines))):
        again, tried = version.rewritten(text), tried + 1
        if again and again.left < best.left:
            best, right = again, shown
            if again.left[0] <= len(lines) - last:
                break
    if best is version and tried < most:
        tried += 1
        best = version.rewritten("\n".join([*lines[:first], *[""] * (last - first), *lines[last:]])) or best
    return (best if best.left < version.left else None), right, tried


def _with_words(body: Markdown) -> TextOfMarkdown | None:
    return with_words(body, f"\n\n{CALLED}\n\n", CALLED)


def _place(made: TextOfMarkdown, line: int) -> Position:
    lines = made.text.split("\n")
    start = sum(len(before) + 1 for before in lines[:line])
    indent = len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
    return made.position(min(start + indent, len(made.text)))
