"""Parses what editors wrote to the HTML of a page's body, and joins it with the HTML that templates made."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from itertools import chain, zip_longest

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from gazette.base.line_breaks import joined_in_html
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
        self._parser = parser_of(config)
        self._files = files

        def find(path: str) -> File | None:
            note(path)
            return files.get_file_from_path(path)

        self._links = LinkResolver(self._parser, config, find)
        # Pages without a text of their own have few sets of headings among them.
        self._parse_headings = lru_cache(self._parse)

    def body(self, page: Page, text: PageText) -> str:
        """The body of a page."""
        if len(text) == 1:
            return _joined(text, self._parse_headings)
        file = self._files.get_file_from_path(page.src_uri)
        assert file is not None
        self._links.start(file)
        return _joined(text, self._parse)

    def _parse(self, source: str) -> list[str]:
        return _parsed(self._parser, source)


def parser_of(config: MkDocsConfig) -> markdown.Markdown:
    """A parser with the settings of mkdocs.yml; it takes as long to make as a page takes to parse.

    A cell says its alignment in `align`: the policy of a page allows no `style`.
    """
    configs = {**(config["mdx_configs"] or {}), "tables": {"use_align_attribute": True}}
    return markdown.Markdown(extensions=[*config["markdown_extensions"]], extension_configs=configs)


def body_without_links(parser: markdown.Markdown, text: PageText) -> str:
    """The body of a page, its links to files as they were written."""
    return _joined(text, partial(_parsed, parser))


def _joined(text: PageText, parse: Callable[[str], list[str]]) -> str:
    source, html = _in_markdown(text)
    return "".join(chain(*zip_longest(parse(source), html, fillvalue=""))).strip()


def _parsed(parser: markdown.Markdown, source: str) -> list[str]:
    """What stands before, between and after the places of HTML."""
    return _PLACE.split(joined_in_html(parser.reset().convert(source)))


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
