"""Renders a page's text to a page of HTML: to a body, and the body into its frame."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from markupsafe import escape

from gazette.build.markdown_parser import MarkdownParser
from gazette.build.page_cache import HtmlPage
from gazette.build.page_context import frame_context, not_found, part_context, place_of
from gazette.build.page_frame import PageFrames
from gazette.build.render_context import RenderContext
from gazette.outputs import search
from gazette.site.pages import Page
from gazette.templates.renderer import PageText, Renderer

_CONTENT = {"home": "home.html", "not_found": "404.html"}
"""The templates of the content of these layouts."""


class HtmlRenderer:
    """Renders the pages of one context with one parser; `renderer` is told of every file that a page's text links to."""

    def __init__(self, context: RenderContext, renderer: Renderer) -> None:
        self._context = replace(context, site_model=renderer.tracked_model)
        # What a frame shows of the content is in the key of every page.
        self._frames = PageFrames(lambda place: self._template("main.html", frame_context(context, place)))
        self._parser = MarkdownParser(context.config, context.files, renderer.tracker.add_link)

    def render(self, page: Page, text: PageText) -> HtmlPage:
        """A page whose text is `text`."""
        body, anchors = self._parser.body(page, text)
        place = place_of(self._context, page)
        context = part_context(self._context, page, place, body)
        parts = self._parts(page, context)
        found = search.document(context["view"], parts["content"], context["section"])
        return HtmlPage(self._frames.join(place, parts), body, found, anchors)

    def frame(self, page: Page, body: str) -> str:
        """The whole page that has this body."""
        place = place_of(self._context, page)
        return self._frames.join(place, self._parts(page, part_context(self._context, page, place, body)))

    def error_page(self, locale: str) -> str:
        """The page that is shown at an address where there is none."""
        return self.frame(not_found(locale), "")

    def _parts(self, page: Page, context: dict[str, Any]) -> dict[str, str]:
        """What a page has of its own in its frame."""
        return {
            "head": self._template("partials/head.html", context),
            "title": str(escape(page.title)),
            "translation": context["view"].translation("index" if page.layout == "not_found" else None),
            "content": self._template(_CONTENT.get(page.layout, "partials/content.html"), context),
            "turn": self._template("partials/turn.html", context),
        }

    def _template(self, name: str, context: dict[str, Any]) -> str:
        return self._context.templates.get_template(name).render(context)
