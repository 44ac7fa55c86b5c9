"""The text of a page's HTML as a reader sees it, block by block."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "template", "form", "button", "svg", "noscript", "sup"))
"""What is not the page's text: code, what a reader operates, the marks of notes."""


def blocks(html: str) -> list[str]:
    """The text between one block's edge and the next, in order; no two are part of one line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [text for block in reader.found if (text := " ".join("".join(block).split()))]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = [[]]
        self._silent = 0
        self._edges: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # A span with a class is laid out as a piece of its own; without, it is part of a sentence.
        edge = tag not in _INLINE or (tag == "span" and any(name == "class" for name, _ in attrs))
        if tag in _SILENT:
            self._silent += 1
        if edge:
            self.found.append([])
        if tag == "span":
            self._edges.append(edge)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        edge = self._edges.pop() if tag == "span" and self._edges else tag not in _INLINE
        if edge:
            self.found.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found[-1].append(data)
