"""The text of a finished page as a reader sees it, block by block."""

from __future__ import annotations

from html.parser import HTMLParser

_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "small",
    "span", "strong", "sub", "time", "u", "var", "wbr",
))  # fmt: skip
_SILENT = frozenset(
    ("script", "style", "template", "form", "button", "svg", "noscript", "sup", "h1", "footer")
)
"""What is not the page's text: code, what a reader operates, marks of notes; and what search has from elsewhere or needs not."""


def blocks(page: str) -> list[str]:
    """The text of the article of a page between one block's edge and the next, in order; the title is left out."""
    reader = _Reader()
    reader.feed(page[page.find("<article") : page.find("</article>")])
    reader.close()
    return [text for block in reader.found if (text := " ".join("".join(block).split()))]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = [[]]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        if tag in _SILENT:
            self._silent += 1
        elif tag not in _INLINE:
            self.found.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag not in _INLINE:
            self.found.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found[-1].append(data)
