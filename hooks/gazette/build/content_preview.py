"""The pages of content in memory, each rendered as a build renders it once it is asked for; no site is written."""

from __future__ import annotations

from functools import cached_property

from mkdocs.structure.files import File

from gazette.base.diagnostics import Diagnostic
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.page_builder import file_of
from gazette.build.render_context import render_context
from gazette.build.settings import load_settings, read_settings
from gazette.content import photographs
from gazette.content.examples import in_own_names
from gazette.content.model import Content
from gazette.records.values import LOCALES
from gazette.site.model import build_model
from gazette.site.pages import url_of
from gazette.templates.renderer import Renderer


class ContentPreview:
    """The site that some content, drafts among it, would make.

    On which pages a figure appears is not told: that is known once all of them are rendered.
    """

    def __init__(self, content: Content) -> None:
        config = load_settings(content.root)
        settings, _ = read_settings(config)
        photographs.make(content.originals.values(), content.root / photographs.KEPT)
        address, identities = config.site_url or "", settings.identities
        site_model, _ = build_model(content, drafts=True, address=address, identities=identities, keep=True)
        self._context = render_context(config, settings, site_model, previewing=True)
        self._renderer = Renderer(site_model)
        self._pages = {file_of(page): page for page in site_model.pages.values()}

    def faults(self, path: str) -> list[Diagnostic]:
        """What is wrong with what a page asks for, in either language; only its rendering tells that."""
        pages = (self._pages.get(f"{url_of(path, locale)}index.html") for locale in LOCALES)
        found = [fault for page in pages if page for fault in self._renderer.render(page).faults]
        return in_own_names(found, self._context.site_model.content)

    def file(self, address: str) -> bytes | None:
        """A page, or what pages show beside their text; None where there is neither, or the page cannot be rendered."""
        if page := self._pages.get(address):
            rendered = self._renderer.render(page)
            return None if rendered.faults else self._html.render(page, rendered.text).html.encode()
        found = self._files.get(address)
        return found.content_bytes if found else None

    @cached_property
    def _html(self) -> HtmlRenderer:
        return HtmlRenderer(self._context, self._renderer)

    @cached_property
    def _files(self) -> dict[str, File]:
        return {file.dest_uri: file for file in self._context.files}
