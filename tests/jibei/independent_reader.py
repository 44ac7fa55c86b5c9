"""What HTML, Markdown and a record say, read without what the site is built with: HTML by lxml, Markdown by what is no letter in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

import yaml
from lxml.html import HtmlElement, document_fromstring, fragment_fromstring

from gazette.base.yaml_loader import AS_TYPED

MARK = "⟦⟧"
"""Stands in for what a call makes, in the page and in what was written."""


def letters(text: str) -> str:
    """What a text says, without white space and the signs that Markdown has."""
    return re.sub(r"[\s*_`#|~\[\](){}<>\\+=:!.^\-/\"'&;]", "", text)


def read_html(html: str) -> str:
    """What the HTML of a page says, with the numbers of its lists; of a whole page what is in its article."""
    if "<article" in html:
        [top] = document_fromstring(html).iter("article")
    else:
        top = fragment_fromstring(html, create_parent="div")
    said: list[str] = []

    def read(element: HtmlElement) -> None:
        if element.get("class") in ("footnote-backref", "footnote-ref"):
            said.append(element.tail or "")
            return
        parent = element.getparent()
        if (
            element.tag == "li"
            and parent is not None
            and parent.tag == "ol"
            and not parent.xpath("ancestor::div[@class='footnote']")
        ):
            items = [item for item in parent if item.tag == "li"]
            said.append(str(int(parent.get("start", "1")) + items.index(element)))
        if element.tag == "img":
            said.append(element.get("alt", ""))
        said.append(element.text or "")
        for inner in element:
            read(inner)
        said.append(element.tail or "")

    read(top)
    return letters("".join(said))


CODE = re.compile(
    r"^(```+|~~~+)[^\n]*\n(.*?)^\1[ ]*$|(?<![`\\])(`+)(?!`)((?:(?!\n\s*\n).)+?)(?<!`)\3(?!`)",
    re.DOTALL | re.MULTILINE,
)


INDENTED = re.compile(
    r"(\A\n*|^(?![ \t]*(?:[-+*]|\d+\.)[ ])[^ \t\n][^\n]*\n(?:[ \t]*\n)+)((?:(?: {4}|\t)[^\n]*\n)+)",
    re.MULTILINE,
)
"""Code by its indent: after an empty line, and not in a list."""


def body_of(source: str) -> str:
    """A Markdown file without its front matter."""
    return re.split(r"^---[^\S\n]*\n", source, maxsplit=2, flags=re.MULTILINE)[2]


def read_markdown(text: str) -> str:
    """What a Markdown text says, as far as it can be told without parsing it."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[2] or found[4] or "")
        return f"\ue000{len(kept) - 1}\ue001"

    text = CODE.sub(keep, text)
    text = INDENTED.sub(lambda found: found[1] + keep(re.match("()(?s:(.*))", found[2])), text)  # type: ignore[arg-type]
    text = re.sub(r"\{#\s.*?#\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", MARK, text, flags=re.DOTALL)
    text = re.sub(r"\[([^\[\]]*)\]\(\s*[^()\s]*(?:\s+\"[^\"\n]*\")?\s*\)", r"\1", text)
    text = re.sub(r"\{:?[ ]*(?:[#.]\w|\w+=)[^{}\n]*\}", "", text)
    text = re.sub(r"^\[(?!\^)[^\]\n]+\]:.*$", "", text, flags=re.MULTILINE)
    for note in re.findall(r"^\[\^[^\]\n]+\](?=:)", text, flags=re.MULTILINE):  # A note is read at the end.
        text = re.sub(rf"^({re.escape(note)}:)(.*\n?)((?s:.*))", r"\3\n\2", text, flags=re.MULTILINE)
        text = text.replace(note, "")
    text = re.sub(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", "", text)
    text = unescape(text)
    while "\ue000" in text:  # A span may stand in code by its indent.
        text = re.sub("\ue000(\\d+)\ue001", lambda found: kept[int(found[1])], text)
    return letters(text)


def read_record(source: str, locale: str) -> Iterator[str]:
    """The words of a record that its page shows as they are."""
    record = yaml.load(source, Loader=AS_TYPED)
    values = [
        record.get("summary"),
        *(point.get("text") for point in record.get("points") or ()),
        *(record.get("not_stated") or ()),
    ]
    return (letters(value[locale]) for value in values if value)


def says(page: str, written: str) -> bool:
    """Whether a page says what was written, in its order, around what calls made and what it adds at one place: its list, or its sources."""
    parts = written.split(MARK)
    return _in_order(page, parts) or any(
        _in_order(page, [*parts[:number], part[:at], part[at:], *parts[number + 1 :]])
        for number, part in enumerate(parts)
        for at in range(1, len(part))
    )


def _in_order(page: str, parts: Iterable[str]) -> bool:
    end = 0
    for part in parts:
        start = page.find(part, end)
        if start < 0:
            return False
        end = start + len(part)
    return True
