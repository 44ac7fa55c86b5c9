"""Renders Markdown to a page of HTML: to a body, and the body into its frame."""

from __future__ import annotations

import markdown
from markdown.extensions import Extension
from markupsafe import escape
from mkdocs.structure.files import File

from gazette.build.page_cache import Anchor, HtmlPage
from gazette.build.page_context import PageContexts
from gazette.build.page_frame import PageFrames, Place
from gazette.build.private_names import LinkResolver, render_all
from gazette.build.render_context import RenderContext
from gazette.language import wording
from gazette.outputs import search
from gazette.site.pages import Page
from gazette.templates.renderer import Renderer

_CONTENT = {"home": "home.html", "not_found": "404.html"}
"""The templates of what these layouts show; the others have one together."""


class HtmlRenderer:
    """Renders the pages of one context with one parser; `renderer` is told of every file that a page's text links to."""

    def __init__(self, context: RenderContext, renderer: Renderer) -> None:
        self._files = context.files
        self._contexts = PageContexts(context, renderer.tracked_model)
        # What a frame shows of the content is in the key of every page.
        self._template = context.templates.get_template
        frame = self._template("main.html")
        self._frames = PageFrames(lambda place: frame.render(self._contexts.frame(place)))
        # A parser takes as long to make as a page takes to parse.
        extensions: list[str | Extension] = [*context.config["markdown_extensions"]]
        self._parser = markdown.Markdown(
            extensions=extensions, extension_configs=context.config["mdx_configs"] or {}
        )
        files, note = context.files, renderer.tracker.add_link

        def find(path: str) -> File | None:
            note(path)
            return files.get_file_from_path(path)

        self._links = LinkResolver(self._parser, context.config, find)

    def render(self, page: Page, text: str) -> HtmlPage:
        """A page whose Markdown is `text`."""
        body, anchors = self._body(page, text)
        place = self._contexts.place(page)
        parts = self._parts(page, place, body)
        return HtmlPage(
            self._frames.join(place, parts), body, tuple(search.blocks(parts["content"])), anchors
        )

    def frame(self, page: Page, body: str) -> str:
        """The whole page that has this body."""
        place = self._contexts.place(page)
        return self._frames.join(place, self._parts(page, place, body))

    def error_page(self, locale: str) -> str:
        """The page that is shown at an address where there is none."""
        return self.frame(Page(locale, "404", wording.label("not_found", locale), "", "not_found", ""), "")

    def _parts(self, page: Page, place: Place, body: str) -> dict[str, str]:
        """What a page has of its own in its frame."""
        context = self._contexts.parts(page, place, body)
        names = (
            "partials/head.html",
            _CONTENT.get(page.layout, "partials/content.html"),
            "partials/turn.html",
        )
        head, content, turn = render_all(map(self._template, names), context)
        translation = context["view"].translation("index" if page.layout == "not_found" else None)
        return {
            "head": head,
            "title": str(escape(page.title)),
            "translation": translation,
            "content": content,
            "turn": turn,
        }

    def _body(self, page: Page, text: str) -> tuple[str, tuple[Anchor, ...]]:
        file = self._files.get_file_from_path(page.src_uri)
        assert file is not None
        self._parser.reset()
        self._links.start(file)
        body = self._parser.convert(text)
        anchors = (
            (file.src_uri, anchor, link)
            for file, found in self._links.anchors.items()
            for anchor, link in found.items()
        )
        return body, tuple(anchors)
