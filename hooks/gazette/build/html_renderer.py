"""Prints pages: Markdown to a body, the body into the frame of the theme."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

import jinja2
import markdown
from markdown.extensions import Extension
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc

from gazette.build import partial_cache
from gazette.build.page_cache import Anchor, HtmlPage
from gazette.build.page_context import PageContexts
from gazette.outputs import search
from gazette.site.pages import Page, above

NEVER = "1970-01-01"
"""MkDocs wants an ISO date of every page; this stands for one that has no commit yet."""

_WITHOUT = {
    "home": ["navigation", "toc", "path"],
    "section": ["toc"],
    "part": ["toc"],
    "figures": ["toc"],
    "timeline": ["toc"],
    "record": ["navigation", "toc"],
    "article": ["navigation", "toc"],
}
"""The parts of the frame that a layout does without."""


@dataclass
class HtmlRenderer:
    """Prints the pages of one build with one parser and one set of templates.

    `linked` is told of every file that a page's text links to.
    """

    config: MkDocsConfig
    files: Files
    navs: Mapping[str, Navigation]
    templates: jinja2.Environment
    page_contexts: PageContexts
    linked: Callable[[str], None]
    parser: markdown.Markdown = field(init=False)
    links: _RelativePathTreeprocessor = field(init=False)

    def __post_init__(self) -> None:
        # A parser takes as long to make as a page takes to parse.
        extensions: list[str | Extension] = [*self.config["markdown_extensions"]]
        self.parser = markdown.Markdown(
            extensions=extensions, extension_configs=self.config["mdx_configs"] or {}
        )
        home = next(iter(self.files))
        noted = cast(Files, _NotedFiles(self.files, self.linked))
        self.links = _RelativePathTreeprocessor(home, noted, self.config)
        self.links._register(self.parser)
        partial_cache.share(self.templates)

    def print(self, page: Page, text: str, page_contexts: PageContexts | None = None) -> HtmlPage:
        """A page whose Markdown is `text`, framed by the HTML renderer' own `frames` or others."""
        mkdocs_page = self._mkdocs_page(page)
        events = self.config.plugins
        mkdocs_page.markdown = events.on_page_markdown(
            text, page=mkdocs_page, config=self.config, files=self.files
        )
        body, anchors = self._body(mkdocs_page)
        mkdocs_page.content = events.on_page_content(
            body, page=mkdocs_page, config=self.config, files=self.files
        )
        mkdocs_page.active = True
        try:
            nav = self.navs[page.locale]
            context = (page_contexts or self.page_contexts).of_page(page, mkdocs_page)
            context = events.on_page_context(context, page=mkdocs_page, config=self.config, nav=nav)
            html = self.templates.get_template(str(mkdocs_page.meta["template"])).render(context)
            html = events.on_post_page(html, page=mkdocs_page, config=self.config)
        finally:
            mkdocs_page.active = False
        return HtmlPage(html, body, tuple(search.blocks(html)), anchors)

    def _body(self, mkdocs_page: MkDocsPage) -> tuple[str, tuple[Anchor, ...]]:
        self.parser.reset()
        self.links.file = mkdocs_page.file
        self.links.links_to_anchors = {}
        body = self.parser.convert(mkdocs_page.markdown or "")
        mkdocs_page.toc = get_toc(getattr(self.parser, "toc_tokens", []))
        anchors = (
            (file.src_uri, anchor, link)
            for file, found in self.links.links_to_anchors.items()
            for anchor, link in found.items()
        )
        return body, tuple(anchors)

    def _mkdocs_page(self, page: Page) -> MkDocsPage:
        """The page as MkDocs and the theme see it; one that the navigation does not have is made for as long as it is printed."""
        file = self.files.get_file_from_path(page.src_uri)
        assert file is not None
        found = file.page
        if found is None:
            found = MkDocsPage(escape(page.title), file, self.config)
            file.page = None
            if higher := next(above(page, self.page_contexts.site_model.pages), None):
                found.parent = self._mkdocs_page(higher)  # type: ignore[assignment]
        found.update_date = page.changed or NEVER
        # Material prints both as they are.
        found.meta = {
            "title": escape(page.title),
            "description": escape(page.summary),
            "template": "home.html" if page.layout == "home" else "main.html",
            "hide": _WITHOUT.get(page.layout, []),
        }
        return found


class _NotedFiles:
    """The files that links are looked up in; what is looked up is noted."""

    def __init__(self, files: Files, note: Callable[[str], None]) -> None:
        self._files, self._note = files, note

    def get_file_from_path(self, path: str) -> File | None:
        """As Files has it."""
        self._note(path)
        return self._files.get_file_from_path(path)
