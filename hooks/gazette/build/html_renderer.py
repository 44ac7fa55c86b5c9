"""Renders a page's text to a page of HTML: to a body, and the body into the theme's template."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import escape
from mkdocs.structure.pages import Page as MkDocsPage

from gazette.build.markdown_parser import MarkdownParser
from gazette.build.page_cache import HtmlPage
from gazette.build.page_context import error_context, page_context
from gazette.build.private_names import page_outside_navigation
from gazette.build.render_context import RenderContext
from gazette.outputs import search
from gazette.site.pages import Page, above
from gazette.templates.renderer import PageText, Renderer

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
"""The parts of the theme's page that a layout does without."""


class HtmlRenderer:
    """Renders the pages of one context with one parser; `renderer` is told of every file that a page's text links to."""

    def __init__(self, context: RenderContext, renderer: Renderer) -> None:
        self._context = replace(context, site_model=renderer.tracked_model)
        self._parser = MarkdownParser(context.config, context.files, renderer.tracker.add_link)

    def render(self, page: Page, text: PageText) -> HtmlPage:
        """A page whose text is `text`."""
        mkdocs_page = self._mkdocs_page(page)
        body, anchors = self._parser.body(mkdocs_page, text)
        mkdocs_page.content = body
        mkdocs_page.active = True
        try:
            context = page_context(self._context, page, mkdocs_page)
            html = self._context.templates.get_template(str(mkdocs_page.meta["template"])).render(context)
        finally:
            mkdocs_page.active = False
        return HtmlPage(html, body, tuple(search.blocks(html)), anchors)

    def error_page(self, template: str, locale: str) -> str:
        """The page that is shown at an address where there is none."""
        return self._context.templates.get_template(template).render(error_context(self._context, locale))

    def _mkdocs_page(self, page: Page) -> MkDocsPage:
        """The page as MkDocs and the theme see it; one that the navigation does not have is made for as long as it is rendered."""
        file = self._context.files.get_file_from_path(page.src_uri)
        assert file is not None
        found = file.page
        if found is None:
            found = page_outside_navigation(escape(page.title), file, self._context.config)
            if higher := next(above(page, self._context.site_model.pages), None):
                found.parent = self._mkdocs_page(higher)  # type: ignore[assignment]
        found.update_date = page.changed or NEVER
        # Material's templates do not escape them.
        found.meta = {
            "title": escape(page.title),
            "description": escape(page.summary),
            "template": "home.html" if page.layout == "home" else "main.html",
            "hide": _WITHOUT.get(page.layout, []),
        }
        return found
