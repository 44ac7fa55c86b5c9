"""The text of a finished page as plain Markdown: what has a mark there is marked, what a drawing shows is said in words and its table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import quoteattr

from lxml import etree
from lxml.html import HtmlElement

_BLOCKS = {
    "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
}  # fmt: skip
_LEFT_OUT = etree.XPath(
    ".//form | .//script | .//style | .//button | .//svg | .//*[@hidden] | .//*[contains(@class, 'page-foot')]"
)
"""What works only in the page, and what is said of the file that it was made from."""
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_KEPT = ("sup", "sub", "q", "s", "del", "ins", "abbr", "kbd", "mark", "u", "var", "ruby", "rt", "rp")
"""Elements that Markdown has no mark for, and that say something."""
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>|]|!$")
"""The last of these only before a link, which it would make a picture."""
_IN_CODE = re.compile(r"[^\w ]")
_AT_START = re.compile(r"^(?:([-+#:=~])|([0-9]+)([.)]))")
_SPACE = re.compile(r"\s+")
_INDENT = "    "


def page_markdown(article: HtmlElement, follow: Callable[[str], str]) -> str:
    """The text of a page from its element; `follow` gives the address of a link or a picture as it is from the page's file."""
    for element in _LEFT_OUT(article):
        element.drop_tree()
    for drawing in article.xpath(".//*[@role='img']"):
        words = drawing.get("aria-label")
        drawing.clear(keep_tail=True)
        drawing.tag, drawing.text = "p", words
    return "\n\n".join(_Writer(follow).blocks(article)) + "\n"


class _Writer:
    """Writes the elements of one page."""

    def __init__(self, follow: Callable[[str], str]) -> None:
        self._follow = follow

    def blocks(self, element: HtmlElement) -> list[str]:
        """The paragraphs, lists and tables of an element, in Markdown."""
        found: list[str] = []
        line = _escaped(element.text)
        for child in element.iterchildren(etree.Element):
            if child.tag in _BLOCKS:
                found += [*_paragraph(line), *self._block(child)]
                line = ""
            else:
                line += self._inline(child)
            line += _escaped(child.tail)
        return [*found, *_paragraph(line)]

    def _block(self, element: HtmlElement) -> list[str]:
        match element.tag:
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                return self._heading(element)
            case "ul" | "ol":
                return ["\n\n".join(self._items(element))]
            case "dl":
                return ["\n\n".join(self._definitions(element))]
            case "table":
                return self._table(element)
            case "blockquote":
                return [_indented("\n\n".join(self.blocks(element)), "> ", "> ")]
            case "pre":
                return [f"<pre>{_code(element.text_content().strip(chr(10)))}</pre>"]
            case "hr":
                return ["---"]
            case "summary" | "figcaption":
                return [_bold(self._words(element))]
            case _:
                anchor, found = _anchor(element), self.blocks(element)
                return (
                    [anchor + found[0], *found[1:]]
                    if anchor and found and found[0][0] not in "#-|"
                    else found
                )

    def _heading(self, element: HtmlElement) -> list[str]:
        level, words, id_ = int(str(element.tag)[1]), self._words(element), element.get("id")
        if any(parent.tag in ("li", "dd", "td") for parent in element.iterancestors()):
            return [_anchor(element) + (words if words.startswith("[") else _bold(words))]
        return [f"{'#' * level} {words}{f' {{#{id_}}}' if id_ and level > 1 else ''}"]

    def _items(self, element: HtmlElement) -> list[str]:
        found = []
        for number, item in enumerate(element.iterchildren("li"), int(element.get("start", "1"))):
            mark = "-" if element.tag == "ul" else f"{number}."
            words = _anchor(item) + "\n\n".join(self.blocks(item))
            found.append(_indented(words, f"{mark:<4}", _INDENT))
        # Items of a line each stand close together.
        return found if any("\n" in item for item in found) else ["\n".join(found)]

    def _definitions(self, element: HtmlElement) -> list[str]:
        groups = [*element.iterchildren("div")] or [element]
        found = []
        for group in groups:
            terms = [
                _anchor(group) * (not number) + self._words(term)
                for number, term in enumerate(group.iterchildren("dt"))
            ]
            said = [
                _indented("\n\n".join(self.blocks(each)) or "&nbsp;", ":   ", _INDENT)
                for each in group.iterchildren("dd")
            ]
            found.append("\n".join([*terms, *said]))
        return found

    def _table(self, element: HtmlElement) -> list[str]:
        caption = [_bold(self._words(each)) for each in element.iterchildren("caption")]
        rows = [*element.iter("tr")]
        if not rows:
            return caption
        cells = self._cells(rows)
        width = max(column for _, column in cells) + 1
        lines = [[cells.get((number, column), "") for column in range(width)] for number in range(len(rows))]
        for line, row in zip(lines, rows, strict=True):
            line[0] = _anchor(row) + line[0]
        if not element.xpath("./thead"):
            lines.insert(0, [""] * width)
        lines.insert(1, ["---"] * width)
        return [*caption, "\n".join(f"| {' | '.join(line)} |" for line in lines)]

    def _cells(self, rows: Sequence[HtmlElement]) -> dict[tuple[int, int], str]:
        """What the cells of a table say, by row and column; of one that takes up several, the first."""
        found: dict[tuple[int, int], str] = {}
        for number, row in enumerate(rows):
            column = 0
            for cell in row.iterchildren("th", "td"):
                while (number, column) in found:
                    column += 1
                for down in range(min(int(cell.get("rowspan", "1")), len(rows) - number)):
                    for right in range(int(cell.get("colspan", "1"))):
                        found[number + down, column + right] = ""
                found[number, column] = self._words(cell)
        return found

    def _words(self, element: HtmlElement) -> str:
        """All that an element says on one line."""
        words = _escaped(element.text)
        for child in element.iterchildren(etree.Element):
            if child.tag in _BLOCKS:
                said = self._words(child)
                words = f"{words.rstrip()}<br>{said}" if words.strip() and said else words + said
            else:
                words += self._inline(child)
            words += _escaped(child.tail)
        return _SPACE.sub(" ", words).strip()

    def _inline(self, element: HtmlElement) -> str:
        if element.tag == "br":
            return "<br>"
        if element.tag == "img":
            return f"![{_escaped(element.get('alt', ''))}]({self._follow(element.get('src', ''))})"
        if element.tag == "code":
            words = element.text_content()
            return _code(words) if "`" in words or words != words.strip() else f"`{words}`"
        words, anchor = self._words(element), _anchor(element)
        if not words:
            return anchor
        if element.tag == "a" and (address := element.get("href")):
            address = self._follow(address)
            return (
                f"{anchor}[{words}](<{address}>)"
                if set(address) & {*"() "}
                else f"{anchor}[{words}]({address})"
            )
        if element.tag in _KEPT:
            title = element.get("title")
            return f"{anchor}<{element.tag}{f' title={quoteattr(title)}' if title else ''}>{words}</{element.tag}>"
        mark = _MARKS.get(str(element.tag), "")
        # The spaces at its ends are those between it and its neighbours.
        before, after = (" " if edge.isspace() else "" for edge in _edges(element))
        return f"{before}{anchor}{mark}{words}{mark}{after}"


def _code(text: str) -> str:
    """Code as HTML on one line, in which nothing is a mark: within lists, Python-Markdown reads no block of it."""
    return f"<code>{_IN_CODE.sub(lambda found: f'&#{ord(found[0])};', text)}</code>"


def _bold(words: str) -> str:
    """Words that stand out, unless some of them do already."""
    return words if "**" in words else f"**{words}**"


def _edges(element: HtmlElement) -> tuple[str, str]:
    said = element.text_content()
    return said[:1], said[-1:]


def _anchor(element: HtmlElement) -> str:
    """The place of an element that links lead to."""
    id_ = element.get("id")
    return f'<span id="{id_}"></span>' if id_ else ""


def _escaped(text: str | None) -> str:
    words = _SPACE.sub(" ", text or "").replace("&", "&amp;")
    return _SPECIAL.sub(lambda found: {"<": "&lt;", ">": "&gt;"}.get(found[0], f"\\{found[0]}"), words)


def _paragraph(line: str) -> list[str]:
    """A line as a paragraph, so that its beginning is no mark; none where it says nothing."""
    words = line.strip()
    return [_AT_START.sub(lambda m: f"&#{ord(m[1])};" if m[1] else f"{m[2]}\\{m[3]}", words)] if words else []


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *(others + line if line or others.strip() else "" for line in lines[1:])]
    )
