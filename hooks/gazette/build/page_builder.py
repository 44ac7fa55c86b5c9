"""Takes a page from its record to its file: writes, prints and keeps it."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from gazette.base.diagnostics import Diagnostic
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.output import PreviousOutput
from gazette.build.page_cache import CachedPage, PageCache
from gazette.build.page_context import PageContexts, Share
from gazette.build.settings import Settings
from gazette.outputs.publication import write
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.renderer import Renderer


@dataclass(frozen=True)
class BuiltPage:
    """A page that was worked on: `kept`, or its `faults`; neither where another process must print it."""

    uri: str
    kept: CachedPage | None
    faults: Sequence[Diagnostic] = ()


@dataclass
class PageBuilder:
    """The renderer and the HTML renderer of one process; finished pages go into `folder`, unless the site that `stands` has them."""

    renderer: Renderer
    html_renderer: HtmlRenderer
    cache: PageCache
    folder: Path
    previous: PreviousOutput
    warnings: _Warnings = field(default_factory=lambda: _Warnings())

    @cached_property
    def content_digest(self) -> str:
        """The hash of all content that this process has read."""
        return hashlib.sha256(
            repr(sorted(self.renderer.site_model.content.digests.items())).encode()
        ).hexdigest()

    def print(self, uri: str) -> BuiltPage:
        """Work on a page, by its src_uri."""
        page, tracker = self.renderer.site_model.pages[uri], self.renderer.tracker
        written = self.renderer.render(page)
        if written.faults:
            return BuiltPage(uri, None, written.faults)
        tracker.start(written.asked)
        with self.warnings:
            printed = self.html_renderer.print(page, written.text)
        asked = tracker.asked()
        # A page that is kept says nothing again: one that had something to say is not kept.
        key = "" if self.warnings.count else tracker.key(page, asked)
        kept = self.cache.put(uri, key, asked, map(str, written.figures), printed)
        if not self.previous.has(file_of(page), kept.digest):
            write([(file_of(page), printed.html.encode())], self.folder)
        return BuiltPage(uri, kept)

    def known(self, page: Page) -> CachedPage | None:
        """What the cache has of a page, if it would come out the same."""
        kept = self.cache.get(page.src_uri)
        return kept if kept and kept.key == self.renderer.tracker.key(page, kept.asked) else None


def page_builder(
    site_model: SiteModel,
    config: MkDocsConfig,
    files: Files,
    templates: jinja2.Environment,
    settings: Settings,
    views: Mapping[str, MkDocsConfig],
    navs: Mapping[str, Navigation],
    shares: Mapping[str, Share],
    cache: PageCache,
    previous: PreviousOutput,
) -> PageBuilder:
    """The page builder of this process, which prints into the folder that MkDocs writes into."""
    renderer = Renderer(site_model)
    page_contexts = PageContexts(
        tracked_model(renderer), settings.identities, settings.filings, views, navs, shares
    )
    html_renderer = HtmlRenderer(config, files, navs, templates, page_contexts, renderer.tracker.linked)
    return PageBuilder(renderer, html_renderer, cache, Path(config.site_dir), previous)


def tracked_model(renderer: Renderer) -> SiteModel:
    """The site model of a renderer as the frame of a page is to ask it."""
    tracker = renderer.tracker
    return replace(renderer.site_model, content=tracker.content, lists=tracker.lists, dataset=tracker.dataset)


def file_of(page: Page) -> str:
    """The file of a page, relative to the site's root."""
    return f"{page.url}index.html"


class _Warnings(logging.Handler):
    """Counts what MkDocs says of a page while it is printed; what other threads say meanwhile is not of the page."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0
        self._thread = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Count."""
        self.count += threading.get_ident() == self._thread

    def __enter__(self) -> None:
        self.count, self._thread = 0, threading.get_ident()
        logging.getLogger("mkdocs").addHandler(self)

    def __exit__(self, *failure: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
