"""A Markdown file's front matter and body, and where the keys of a pair of files stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.invisible import in_entities, invisible
from gazette.base.strict_yaml import Document, Location
from gazette.records.front_matter import QUESTIONS, TRANSLATED, WORDS
from gazette.records.validation import Locate

MOST_CHARACTERS = 100_000
MOST_LINES = 2_000
MOST_MARKS = 1000
MOST_DIGITS = 20_000
MOST_INDENT = 64
"""So much the body of a page may hold, so many lines, so many of one mark and so many digits, and so much may stand before the text of a line,
be it white space or marks of lists and quotes: what parsers make of more takes them minutes."""
_MARKS = "[]<>`{}｛｝*_~:&#!\\+=^|"
_DEEP = re.compile(rf"^(?:[ \t>]|[-+*](?=[ \t])|\d[.)]|\d(?=\d*[.)])){{{MOST_INDENT + 1},}}", re.MULTILINE)

_KEY = re.compile(r"\w+ *[:：]")
_DASHES = re.compile("[-－—–_=]{2,}")
"""A line that may be meant for the `---` at the beginning or the end of front matter."""


@dataclass(frozen=True)
class Markdown:
    """The body of one Markdown file and the line of the file on which it begins."""

    path: str
    text: str
    first_line: int

    def position(self, offset: int) -> Position:
        """Where the character at `offset` of the text stands in the file."""
        return strict_yaml.place_of(offset, self.text, self.path, self.first_line)


def markdown_file(locale: str, path: str) -> str:
    """The file of a prose page in one language, relative to the project."""
    return f"docs/{locale}/{path}.md"


def split(raw: bytes, name: str, problems: list[Diagnostic] | None = None) -> tuple[Document, Markdown]:
    """A Markdown file's front matter and body; its mistakes are added to `problems`."""
    faults: list[Diagnostic] = []
    document = Document(name, {}, None)
    body = Markdown(name, "", 1)
    text, undecodable = strict_yaml.decode(raw, name)
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if undecodable:
        faults = undecodable
    elif lines[0].rstrip() != "---" or end is None:
        faults = [_no_front_matter(lines, name)]
    else:
        document, faults = strict_yaml.parse("\n".join(lines[1:end]), name, first_line=2)
        body = Markdown(name, "\n".join(lines[end + 1 :]), end + 2)
        faults += _too_much(body)
        faults += strict_yaml.unseen((*invisible(body.text), *in_entities(body.text)), body.position)
    if problems is not None:
        problems += faults
    return document, body


def _too_much(body: Markdown) -> Iterator[Diagnostic]:
    """That a body is longer than a page may be, deeper, or has more of one mark; nothing else is then said of it."""
    counts = {mark: body.text.count(mark) for mark in _MARKS} if len(body.text) > MOST_MARKS else {}
    if len(body.text) > MOST_CHARACTERS:
        at = body.position(MOST_CHARACTERS)
        yield Diagnostic(at, "page-too-long", {"count": len(body.text), "most": MOST_CHARACTERS})
    elif (lines := body.text.count("\n")) > MOST_LINES:
        at = Position(body.path, body.first_line + MOST_LINES)
        yield Diagnostic(at, "page-of-too-many-lines", {"count": lines, "most": MOST_LINES})
    elif deep := _DEEP.search(body.text):
        yield Diagnostic(body.position(deep.start()), "line-too-deep", {"most": MOST_INDENT})
    elif (digits := sum(map(str.isdecimal, body.text))) > MOST_DIGITS:
        values = {"mark": "0-9", "count": digits, "most": MOST_DIGITS}
        yield Diagnostic(body.position(0), "too-many-marks", values)
    elif mark := next((mark for mark, count in counts.items() if count > MOST_MARKS), None):
        place = next(islice(re.finditer(re.escape(mark), body.text), MOST_MARKS, None)).start()
        values = {"mark": mark, "count": counts[mark], "most": MOST_MARKS}
        yield Diagnostic(body.position(place), "too-many-marks", values)


def _no_front_matter(lines: Sequence[str], name: str) -> Diagnostic:
    """The message for a file without front matter, or with a line of it that is not `---` as it should be."""
    if not any(_KEY.match(line) for line in lines[:4]):
        return Diagnostic(Position(name), "front-matter")
    is_begun = lines[0].rstrip() == "---"
    dashes = [number for number, line in enumerate(lines) if _DASHES.fullmatch(line.strip())]
    wrong = [number for number in dashes if lines[number].rstrip() != "---"]
    if not is_begun and not lines[0].strip() and dashes:
        return Diagnostic(Position(name), "front-matter-line", {"right": ""})  # After an empty line.
    if wrong and (is_begun or wrong[0] == 0):
        return Diagnostic(Position(name, wrong[0] + 1), "front-matter-line", {"right": "---"})
    ends = (
        number for number, line in enumerate(lines) if number and not (_KEY.match(line) or line[:1] in " -")
    )
    missing = next(ends, len(lines) - 1) if is_begun else 0
    right = f"---\n{lines[missing]}".rstrip()
    return Diagnostic(Position(name, missing + 1), "front-matter-line", {"right": right})


def locate_in_pair(documents: Mapping[str, Document]) -> Locate:
    """Positions in a merged pair: words in the file of their language, all else in the Chinese one."""

    def locate(location: Location, of_key: bool) -> Position:
        typed = typed_in_pair(location)
        english = typed[:1] == (TRANSLATED,) or (typed != location and location[-1] == "en")
        return documents["en" if english else "zh"].position(typed, of_key)

    return locate


def typed_in_pair(location: Location) -> Location:
    """A location of a merged pair as it is in its own file: words without their language, English questions as items."""
    if location[:1] == (QUESTIONS,) and location[2:3] == ("ask",):
        return location[:2] if location[3:] == ("en",) else location[:3]
    return location[:1] if location[:1] in [(word,) for word in WORDS] else location
