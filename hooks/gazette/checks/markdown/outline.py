"""The blocks of a text as two parsers of Markdown read it: the one that publishes it, and one of CommonMark with line numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, NamedTuple

import markdown
from markdown.extensions.toc import slugify_unicode

from gazette.content.calls import CODE

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

EXTENSIONS = ("attr_list", "def_list", "fenced_code", "footnotes", "sane_lists", "tables", "toc")
"""How the site's Markdown is read, with these settings."""
SETTINGS: Mapping[str, dict[str, Any]] = {
    "footnotes": {"USE_DEFINITION_ORDER": False},
    "toc": {"slugify": slugify_unicode},
}

BLOCK_TAGS = frozenset(
    [
        "blockquote",
        "caption",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BREAKS = frozenset({"p", "tbody", "tfoot", "thead"})
"""Blocks that end what stands before them and are nothing by themselves: a paragraph is text of what it stands in."""
_SHOWN = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre"})
"""Blocks that are there by their text only."""
_MARKS = re.compile(r"[*_]+")
"""Emphasis beside Chinese punctuation is the one place where CommonMark is the worse reader."""
_WORD = r"""[#.][\w-]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s"'}]+)"""
_ATTRIBUTES = re.compile(
    rf"(?P<code>{CODE})|\{{:?[ ]*(?:{_WORD})(?:[ ]+(?:{_WORD}))*[ ]*\}}", re.DOTALL | re.MULTILINE
)
_LINE = re.compile(r"line (\d+)")


class Block(NamedTuple):
    """A block: the blocks that it stands in and itself, outermost first, and its text; `line` counts from 0."""

    path: tuple[str, ...]
    text: str
    line: int

    @property
    def said(self) -> tuple[tuple[str, ...], str]:
        """All that two readings must agree about."""
        return self.path, self.text


class Reading(NamedTuple):
    """What CommonMark makes of a text: its blocks, its tokens, the definitions of links by their names, the names of notes,
    and the lines of definitions whose name has one already, counted from 0."""

    blocks: list[Block]
    tokens: list[Token]
    definitions: Mapping[str, Any]
    notes: Set[str]
    repeated: Sequence[int]


class Unreadable(Exception):
    """A text on which the parser that publishes breaks down."""


def published(text: str) -> list[Block]:
    """The blocks of a text as they are published. Raises Unreadable."""
    return _outline(html_of(text)[0])


def html_of(text: str) -> tuple[str, Sequence[str]]:
    """A text as HTML, and the addresses that its definitions give names to. Raises Unreadable."""
    return _converted(text)[:2]


@lru_cache(8)
def _converted(text: str) -> tuple[str, Sequence[str], Sequence[str]]:
    """What `html_of` and `html_blocks` tell: each rule asks for the same text again. Raises Unreadable."""
    parser = _publisher().reset()
    try:
        html = parser.convert(text)
    except Exception as error:  # Whatever a parser may end in that was not made for all texts.
        raise Unreadable(str(error)) from error
    addresses = [address for address, _ in parser.references.values()]
    return html, addresses, [html for html in parser.htmlStash.rawHtmlBlocks if isinstance(html, str)]


def common_mark(text: str) -> Reading:
    """The blocks of a text in CommonMark, with their lines and the numbers of items as they were typed."""
    parser, environment = _parser(), dict[str, Any]()
    tokens = parser.parse(_without_attributes(text), environment)
    for token in tokens:
        if token.type == "html_block" and token.map:
            token.content = f"<!--line {token.map[0]}-->{token.content}"
        elif token.map:
            token.attrSet("data-line", str(token.map[0]))
        if token.type == "list_item_open" and token.info:
            token.attrSet("data-number", token.info)
    html = parser.renderer.render(tokens, parser.options, environment)
    notes = {name.removeprefix(":") for name in environment.get("footnotes", {}).get("refs", {})}
    repeated = [found["map"][0] for found in environment.get("duplicate_refs", [])]
    return Reading(_outline(html), tokens, environment.get("references", {}), notes, repeated)


def place_of(heading: str) -> str:
    """The id that a heading of this Markdown has by its words."""
    return slugify_unicode(unescape(re.sub("<[^>]*>", "", heading)), "-")


def in_common_mark(part: str, reading: Reading) -> str:
    """The HTML that CommonMark makes of a part of a text by itself."""
    return str(_parser().render(_without_attributes(part), {"references": dict(reading.definitions)}))


def _without_attributes(text: str) -> str:
    """A text without what Python-Markdown takes for attributes."""
    return _ATTRIBUTES.sub(lambda found: found["code"] or "", text)


def html_blocks(text: str) -> Sequence[str]:
    """The HTML of a text that is published as it was typed, and what the parser makes before it reads Markdown. Raises Unreadable."""
    return _converted(text)[2]


@cache
def _publisher() -> markdown.Markdown:
    """The parser of Markdown that publishes."""
    return markdown.Markdown(extensions=EXTENSIONS, extension_configs=SETTINGS)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable("table").use(deflist_plugin).use(footnote_plugin)
    parser.validateLink = lambda url: bool(url)  # type: ignore[method-assign]  # Whatever it leads to, it is a link.
    return parser


def _outline(html: str) -> list[Block]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    """Reads HTML into blocks; marks within a line are left aside."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._path: list[str] = []
        self._numbers: list[int] = []
        self._said: list[str] = []
        self._line = 0
        self._ended: tuple[str, ...] = ()
        self._note = ("", "")

    def end_block(self) -> None:
        """What was said so far is a block."""
        text, self._said = "".join(self._said), []
        if "pre" in self._path:  # Tabs are not the same spaces to both.
            text = "\n".join(" ".join(line.split()) for line in text.rstrip().split("\n"))
        else:
            text = " ".join(_MARKS.sub("", text).split())
        if text:
            self._add(text)

    def _add(self, text: str = "") -> None:
        self._ended = ()
        self.blocks.append(Block(tuple(self._path), text, self._line))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCK_TAGS:
            self.end_block()
        self._line = int(given.get("data-line", self._line))
        kind = given.get("class", "")
        if kind in ("footnote-ref", "footnote-backref"):
            self._note = (tag, kind)
        elif tag == "img":
            self._said.append(given.get("alt", ""))
        elif tag == "br":
            self._said.append("\n")
        elif tag == "hr":
            if kind != "footnotes-sep" and self._path[-1:] != ["footnotes"]:
                self._path.append("hr")
                self._add()
                self._path.pop()
        elif tag in BLOCK_TAGS - _BREAKS:
            self._open("footnotes" if kind in ("footnote", "footnotes") else tag, given)

    handle_startendtag = handle_starttag

    def _open(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "ol":
            self._numbers.append(int(given.get("start", "1")))
        elif tag == "li" and self._path[-1:] == ["ol"]:
            tag = f"li {given.get('data-number', self._numbers[-1])}"
            self._numbers[-1] += 1
        goes_on = tag == "ul" and self._ended == (*self._path, "ul")
        self._path.append(tag)
        if tag not in _SHOWN and not goes_on:
            self._add()

    def handle_endtag(self, tag: str) -> None:
        if tag == self._note[0]:
            self._note = ("", "")
        if tag not in BLOCK_TAGS:
            return
        self.end_block()
        names = [name.partition(" ")[0] for name in self._path]
        tag = "footnotes" if tag in ("div", "section") and names[-1:] == ["footnotes"] else tag
        if tag in names:
            place = len(names) - 1 - names[::-1].index(tag)
            self._ended = tuple(self._path[: place + 1])
            if "ol" in names[place:]:
                del self._numbers[len(self._numbers) - names[place:].count("ol") :]
            del self._path[place:]

    def handle_data(self, data: str) -> None:
        kind = self._note[1]
        if kind != "footnote-backref":
            self._said.append(re.sub(r"[\[\]]|:\d+", "", data) if kind else data)

    def handle_comment(self, data: str) -> None:
        if found := _LINE.fullmatch(data):
            self.end_block()
            self._line = int(found[1])
