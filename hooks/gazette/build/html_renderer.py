"""Renders a page's text to a page of HTML: to a body, and the body into its frame."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import escape

from gazette.build.files import versioned
from gazette.build.markdown_parser import MarkdownParser
from gazette.build.page_cache import HtmlPage
from gazette.build.page_context import PageContexts
from gazette.build.page_frame import PageFrames, Place
from gazette.build.private_names import render_all
from gazette.build.render_context import RenderContext
from gazette.language import wording
from gazette.outputs import search
from gazette.outputs.publication import File
from gazette.records.values import LOCALES
from gazette.site.pages import Page, url_of
from gazette.templates.renderer import PageText, Renderer

_CONTENT = {"home": "home.html", "not_found": "404.html"}
"""The templates of what these layouts show; the others have one together."""


class HtmlRenderer:
    """Renders the pages of one context with one parser; `renderer` is told of every file that a page's text links to."""

    def __init__(self, context: RenderContext, renderer: Renderer) -> None:
        self._contexts = PageContexts(context, renderer.tracked_model)
        # What a frame shows of the content is in the key of every page.
        self._template = context.templates.get_template
        frame = self._template("main.html")
        self._interface_scripts = {locale: self._interface_script(locale) for locale in LOCALES}
        self._frames = PageFrames(
            lambda place: frame.render(
                self._contexts.frame(place),
                interface_script=versioned(*self._interface_scripts[place.locale]),
            )
        )
        self._parser = MarkdownParser(context.config, context.files, renderer.tracker.add_link)

    def render(self, page: Page, text: PageText) -> HtmlPage:
        """A page whose text is `text`."""
        body = self._parser.body(page, text)
        place = self._contexts.place(page)
        context = self._contexts.parts(page, place, body)
        parts = self._parts(page, context)
        section = context["trail"][-1][0] if context["trail"] else ""
        found = search.document(context["view"], parts["content"], section)
        return HtmlPage(self._frames.join(place, parts), body, found)

    def frame(self, page: Page, body: str) -> str:
        """The whole page that has this body."""
        place = self._contexts.place(page)
        return self._frames.join(place, self._parts(page, self._contexts.parts(page, place, body)))

    def shared_files(self) -> Iterator[File]:
        """What a language has beside its pages: its interface script, and the page at an address where there is none."""
        for locale in LOCALES:
            yield self._interface_scripts[locale]
            missing = Page(locale, "404", wording.label("not_found", locale), "", "not_found", "")
            yield f"{url_of('index', locale)}404.html", self.frame(missing, "").encode()

    def _interface_script(self, locale: str) -> File:
        """The script that brings to the pages of a language what they have alike."""
        context = self._contexts.frame(Place(locale, "{base}/", None))
        script = self._template("partials/interface.html").render(context).encode()
        return f"assets/javascripts/interface-{locale}.js", script

    def _parts(self, page: Page, context: dict[str, Any]) -> dict[str, str]:
        """What a page has of its own in its frame."""
        names = (
            "partials/head.html",
            _CONTENT.get(page.layout, "partials/content.html"),
            "partials/turn.html",
        )
        head, content, turn = render_all(map(self._template, names), context)
        return {
            "head": head,
            "title": str(escape(page.title)),
            "translation": str(
                escape(context["view"].translation("index" if page.layout == "not_found" else None))
            ),
            "content": content,
            "turn": turn,
        }
