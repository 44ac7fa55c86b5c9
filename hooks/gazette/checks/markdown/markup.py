"""What a page may say in HTML: an allow-list; all else that would run, load or cover something is refused.

A body is read twice, as Markdown makes it and as nh3 would leave it: where the two differ, something is not allowed.
What templates make, such as charts, is not judged; words stand in for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from importlib import resources
from itertools import islice, zip_longest
from typing import NamedTuple

import nh3
import yaml

from gazette.base.addresses import is_web, is_well_formed, misleads
from gazette.base.diagnostics import Diagnostic
from gazette.base.messages import listed
from gazette.checks.markdown.outline import html_of
from gazette.content.calls import CALLED, TextOfMarkdown, with_words
from gazette.content.front_matter import Markdown as Body

_ALLOWED = yaml.safe_load(
    resources.files("gazette.checks").joinpath("markup.yml").read_text(encoding="utf-8")
)
TAGS = set(_ALLOWED["tags"])
ATTRIBUTES = {tag: set(names) for tag, names in _ALLOWED["attributes"].items()}
SCHEMES = set(_ALLOWED["schemes"])
_CLASSES = re.compile("|".join(_ALLOWED["classes"]))
OWN_PLACES = re.compile("|".join(_ALLOWED["ids"]))
"""The ids of the page itself, which nothing in its text may have."""
_QUOTED = 80
"""So much of what is refused is quoted in a message."""
_TOLD = 10
"""So many kinds of mistakes of a body are told, and so many places of each; the others when these are mended."""
_READ = 150_000
"""So many characters of Markdown and HTML are read anew to find where the mistakes of a body stand."""
_ALIGNED = re.compile(r"text-align: (?:left|center|right);")
"""The one style there is: what Markdown gives the cells of an aligned column."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)
"""The beginning of an address that is not of this site, once it has none of the white space that browsers leave out."""
_OF_WORD = re.compile(
    r"tag [a-z]\w*:|attribute .*\b(?:Mso|mso-|WordSection)|comment +(?:\[|\w*Fragment)", re.DOTALL
)
"""What the formatting is known by that Word puts beside the words which are copied from it."""

_ORDINARY_LINK = re.compile(rf"\]\((?!/)(?:(?!{CALLED})[\w./#-])*\)")
_PLACE_NAMES = "|".join(name.replace("-", r"[\s-]+") for name in _ALLOWED["ids"])
_MARKED = re.compile(
    rf"[<{{`]|~~~|\]\(|\]:|\[[^\[\]]*[.．@&\\]|^(?: {{4}}|\t)|^#+(?:.*[*_&\\[]|[ \t]*(?:{_PLACE_NAMES})\W*$)",
    re.MULTILINE | re.IGNORECASE,
)
"""What HTML, attributes, code, a link of other words and addresses and a heading named like a place of the page begin with.

A text without it needs no second look, and most are.
"""


class Piece(NamedTuple):
    """A piece of HTML: a tag, one of its attributes with its value, a comment, or text."""

    kind: str
    name: str
    value: str = ""


def refused_in(body: Body) -> Iterator[Diagnostic]:
    """Tags, attributes, addresses and comments that no page may have; calls where what they make would be torn apart."""
    # What a block makes may or may not be followed by more on its line: both ways to read on are judged.
    for block in (f"\n\n{CALLED}\n\n", f"\n\n{CALLED}\n\n{CALLED}"):
        made = with_words(body, block, CALLED)
        if made is None or not _MARKED.search(_ORDINARY_LINK.sub("] ", made.text)):
            return  # There is nothing in it but words, calls, lists, tables, and links to pages.
        if faults := _faults(made.text):
            tries = _READ // (len(made.text) + len(_html(made.text)))
            told = [*islice(faults, max(1, min(_TOLD, tries // 3)))]
            for fault in told:
                for offset in _places(made, fault, max(1, min(_TOLD, tries // len(told)))):
                    yield _message(made, offset, fault)
            return


def _faults(text: str) -> Counter[Piece]:
    """What is in the HTML of a text that is not allowed there."""
    html = _html(text)
    cleaned = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, attribute_filter=_kept, url_schemes=SCHEMES, link_rel=None
    )
    given, left = _pieces(html), _pieces(cleaned)
    gone = Counter(given) - Counter(left)
    refused = {piece.name for piece in gone if piece.kind == "tag"}

    def counts(piece: Piece) -> bool:
        """The attributes of a tag that is refused go with it."""
        alone = piece.kind == "attribute" and piece.name.partition(" ")[0] not in refused
        return not _is_torn(piece) and (alone or piece.kind in ("tag", "comment"))

    faults = Counter({piece: count for piece, count in gone.items() if counts(piece)})
    faults.update(Piece("call", piece.kind, piece.value) for piece in given if _is_torn(piece))
    faults.update(Piece("call", "text") for piece in given if piece.kind == "text" and "{{" in piece.value)
    faults.update(_misleading(given))
    faults.update(_repeated(given))
    if not faults and given != left:
        apart = next(a for pair in zip_longest(given, left) if pair[0] != pair[1] for a in pair if a)
        faults[Piece("broken", apart.name if apart.kind in ("tag", "end") else "")] = 1
    return faults


def _repeated(pieces: list[Piece]) -> Iterator[Piece]:
    """The ids that another piece has already, but for those that are refused by themselves."""
    had = set[str]()
    for piece in pieces:
        if piece.kind == "attribute" and piece.name.endswith(" id") and _kept("", "id", piece.value):
            if piece.value in had:
                yield Piece("repeated", "", piece.value)
            had.add(piece.value)


def _misleading(pieces: list[Piece]) -> Iterator[Piece]:
    """The links whose words are the address of another place than they lead to."""
    said, address = list[str](), ""
    for piece in pieces:
        match piece:
            case ("tag", "a", _):
                said, address = [], ""
            case ("attribute", "a href", address):
                pass
            case ("attribute", "a title" | "img alt", value):
                said.append(f"\n{value}\n")
            case ("text" | "code", _, value):
                said.append(value)
            case ("end", "a", _) if _is_right(address) and any(
                misleads(words, address) for words in "".join(said).split("\n")
            ):
                yield Piece("link", "a", address)


def _is_torn(piece: Piece) -> bool:
    """Whether there is a call in code, in a tag or in its attributes: what it makes is no part of them."""
    return piece.kind in ("attribute", "code", "tag") and CALLED in piece.name + piece.value


def _html(text: str) -> str:
    html, addresses = html_of(text)
    # A definition is a link wherever its name stands, be it in what a call makes.
    return html + "".join(f'<a href="{escape(address)}"></a>' for address in addresses)


def _kept(_: str, name: str, value: str) -> str | None:
    """An attribute's value, or None where it may not have that one."""
    refused = {
        "style": not _ALIGNED.fullmatch(value),
        "class": not all(map(_CLASSES.fullmatch, value.split())),
        "href": not _is_right(value),
        "id": bool(OWN_PLACES.fullmatch(value)) or not _is_name(value),
        "src": bool(_ELSEWHERE.match("".join(value.split()))),
    }
    return None if refused.get(name) else value


def _is_name(place: str) -> bool:
    """Whether a place can be linked to by this id."""
    return bool(re.fullmatch(r"\S+", place))


def _is_right(address: str) -> bool:
    """Whether an address is well formed, where it is one of the web."""
    return not is_web(address) or is_well_formed(address.strip())


class _Reader(HTMLParser):
    """Reads HTML into its pieces; white space and what HTML5 adds or leaves out by itself are left aside."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.in_code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tbody":
            return
        self.pieces.append(Piece("tag", tag))
        self.pieces += sorted(Piece("attribute", f"{tag} {name}", value or "") for name, value in attrs)
        self.in_code += tag in ("code", "pre")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.in_code -= tag in ("code", "pre")

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("tbody", "br", "hr", "img", "wbr"):
            self.pieces.append(Piece("end", tag))
        self.in_code -= tag in ("code", "pre")

    def handle_data(self, data: str) -> None:
        kind = "code" if self.in_code > 0 else "text"
        self.pieces += [Piece(kind, "", word) for word in data.split()]

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece("comment", "", data))

    handle_pi = unknown_decl = handle_comment

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)


def _pieces(html: str) -> list[Piece]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.pieces


def _places(made: TextOfMarkdown, fault: Piece, most: int) -> list[int]:
    """Where in the text a fault stands: where it is no longer there once its word is another; else its block's beginning."""
    faults = _faults(made.text)
    found = []
    word = re.escape(_word(fault))
    if fault.kind == "repeated":
        word = rf"(?<=[#\"'\s=]){word}(?=[\"'\s}}>])"
    for match in islice(re.finditer(word, made.text, re.IGNORECASE), most):
        other = "x" * len(match[0])
        if _faults(made.text[: match.start()] + other + made.text[match.end() :])[fault] < faults[fault]:
            found.append(match.start())
            if fault.kind == "broken":
                break
    if fault.kind == "repeated":  # The first may stay.
        found = found[1:] or found
    return found or [_line(made.text, fault)]


def _word(fault: Piece) -> str:
    """What a fault is written with."""
    tag, _, attribute = fault.name.partition(" ")
    match fault.kind:
        case "call":
            return "{{" if fault.name == "text" else CALLED
        case "link" | "repeated":
            return fault.value.strip()
        case "attribute" if attribute in ("class", "href", "id", "src"):
            return fault.value.strip() or attribute
        case "attribute":
            return attribute
        case "comment":
            return f"<!--{fault.value}"
    return f"<{tag}"


def _line(text: str, fault: Piece) -> int:
    """Where the line begins with which a fault is there; the text's beginning where there is no such line."""
    ends = [*(end.start() for end in re.finditer("\n", text)), len(text)]
    line = bisect_left(ends, True, key=lambda end: _faults(text[:end])[fault] > 0)
    return ends[line - 1] + 1 if 0 < line < len(ends) else 0


def _message(made: TextOfMarkdown, offset: int, fault: Piece) -> Diagnostic:
    tag, _, attribute = fault.name.partition(" ")
    code = _CODES.get(f"{fault.kind} {attribute}") or _CODES.get(fault.kind)
    code = code or ("markup-unclosed" if tag else "markup-broken")
    if code == "markup-link" and is_web(fault.value):
        code = "markup-address"
    if code == "markup-id" and not _is_name(fault.value):
        code = "markup-id-form"
    if _OF_WORD.match(f"{fault.kind} {fault.name} {fault.value}"):
        code = "markup-of-word"
    value = fault.value if len(fault.value) <= _QUOTED else f"{fault.value[:_QUOTED]}…"
    values = {"tag": tag, "attribute": attribute, "value": value, "schemes": listed(sorted(SCHEMES))}
    return Diagnostic(made.position(offset), code, values)


_CODES = {
    "attribute class": "markup-class",
    "attribute id": "markup-id",
    "attribute href": "markup-link",
    "attribute src": "markup-image",
    "tag": "markup-tag",
    "attribute": "markup-attribute",
    "comment": "markup-comment",
    "link": "misleading-link",
    "repeated": "markup-id-twice",
    "call": "markup-call",
}
"""What is said of a fault: by its kind and attribute, else by its kind."""
