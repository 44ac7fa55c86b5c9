"""Parses what editors wrote to the HTML of a page's body, and joins it with the HTML that templates made."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import chain, zip_longest

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from gazette.base.line_breaks import joined_in_html
from gazette.build.page_cache import Anchor
from gazette.build.private_names import LinkResolver
from gazette.site.pages import Page
from gazette.templates.renderer import PageText

_HTML = "\x01"
"""Stands in Markdown for a piece of HTML that templates made; taken out of what editors wrote."""

_PLACE = re.compile(f"<p>{_HTML}</p>|{_HTML}")
_HEADING = re.compile("^<h2([^>]*>.*)</h2>$", re.MULTILINE)
"""A heading of a template that is alone on its line: it is given an id that no other has."""

_BLANK_LINES = re.compile(r"\n\s*\n")


class MarkdownParser:
    """Parses the pages of a build, one at a time; `note` is told of every file that a page's text links to."""

    def __init__(self, config: MkDocsConfig, files: Files, note: Callable[[str], None]) -> None:
        # A parser takes as long to make as a page takes to parse.
        self._parser = markdown.Markdown(
            extensions=[*config["markdown_extensions"]], extension_configs=config["mdx_configs"] or {}
        )
        self._files = files

        def find(path: str) -> File | None:
            note(path)
            return files.get_file_from_path(path)

        self._links = LinkResolver(self._parser, config, find)
        # Pages without a text of their own have few sets of headings among them.
        self._parse_headings = lru_cache(self._parse)

    def body(self, page: Page, text: PageText) -> tuple[str, tuple[Anchor, ...]]:
        """The body of a page, and the places that its text links to."""
        source, html = _in_markdown(text)
        if len(text) == 1:
            between = self._parse_headings(source)
            anchors: tuple[Anchor, ...] = ()
        else:
            file = self._files.get_file_from_path(page.src_uri)
            assert file is not None
            self._links.start(file)
            between = self._parse(source)
            anchors = tuple(
                (file.src_uri, anchor, link)
                for file, found in self._links.anchors.items()
                for anchor, link in found.items()
            )
        return "".join(chain(*zip_longest(between, html, fillvalue=""))).strip(), anchors

    def _parse(self, source: str) -> list[str]:
        """What stands before, between and after the places of HTML."""
        return _PLACE.split(joined_in_html(self._parser.reset().convert(source)))


def _in_markdown(text: PageText) -> tuple[str, list[str]]:
    """A text as Markdown with a place for each piece of HTML, and these pieces. Headings of templates are Markdown's too."""
    source, html = [], []
    for number, part in enumerate(text):
        if number % 2:
            source.append(part.replace(_HTML, ""))
            continue
        for place, piece in enumerate(_HEADING.split(part)):
            if place % 2:
                attributes, _, words = piece.partition(">")
                source.append(f"## {words} {{:{attributes} }}" if attributes else f"## {words}")
            elif piece and not piece.isspace():
                source.append(_HTML)
                html.append(_BLANK_LINES.sub("\n", piece.strip()))
    return "\n\n".join(source), html
