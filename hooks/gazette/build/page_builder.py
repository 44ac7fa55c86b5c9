"""Builds a page, from its record to its file: renders it, keeps it in the page cache, writes it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from gazette.base.diagnostics import Diagnostic
from gazette.build.engine import ENGINE
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.output import NOTHING, PreviousOutput
from gazette.build.page_cache import CachedPage, ContentState, HtmlPage, PageCache, hash_of
from gazette.build.render_context import RenderContext
from gazette.content.model import Content
from gazette.outputs.publication import write
from gazette.records.front_matter import Article
from gazette.site.pages import Page
from gazette.templates.renderer import Renderer


class RenderedPage(NamedTuple):
    """A page as it was `made`, and what the page cache is told of it; where it is not, its `faults`."""

    uri: str
    made: HtmlPage | None
    key: str = ""
    dependencies: str = ""
    figures: tuple[str, ...] = ()
    files: str = ""
    faults: Sequence[Diagnostic] = ()


@dataclass(frozen=True)
class BuiltPage:
    """A page that was worked on: what is `cached` of it, or its `faults`; neither where another process must build it."""

    uri: str
    cached: CachedPage | None
    faults: Sequence[Diagnostic] = ()


class PageBuilder:
    """Builds the pages of one context in one process; those that the `previous` output lacks go into `folder`."""

    def __init__(
        self, context: RenderContext, cache: PageCache, folder: Path, previous: PreviousOutput = NOTHING
    ) -> None:
        self.site_model, self.cache = context.site_model, cache
        self._folder, self._previous = folder, previous
        self.renderer = Renderer(context.site_model)
        self.html_renderer = HtmlRenderer(context, self.renderer)
        self._warnings = _Warnings()

    @cached_property
    def content_state(self) -> Callable[[], ContentState]:
        """A function that tells the content that the pages are made of, as `content_states` has it."""
        return content_states(self.renderer)

    @cached_property
    def inputs_hash(self) -> str:
        """The hash of all that this process has read and shows: content, the days of its changes, and what is no content."""
        days = sorted((page.src_uri, page.changed) for page in self.site_model.pages.values())
        hashes = sorted(self.site_model.content.hashes.items())
        return hash_of(repr((self.cache.environment, hashes, days)))

    def build(self, uri: str) -> BuiltPage:
        """Build a page, by its src_uri, into the output folder."""
        return self.keep(self.render(uri))

    def render(self, uri: str) -> RenderedPage:
        """Render a page, by its src_uri; nothing of it is kept."""
        page, tracker = self.site_model.pages[uri], self.renderer.tracker
        rendered = self.renderer.render(page)
        if rendered.faults:
            return RenderedPage(uri, None, faults=rendered.faults)
        tracker.start(rendered.dependencies)
        with self._warnings:
            made = self.html_renderer.render(page, rendered.text)
        dependencies = tracker.dependencies()
        # A page that is kept says nothing again: one that had something to say is not kept.
        key = "" if self._warnings.count else tracker.key(page, dependencies)
        files = tracker.files(page, dependencies) if key else ""
        return RenderedPage(uri, made, key, dependencies, tuple(map(str, rendered.figures)), files)

    def keep(self, rendered: RenderedPage) -> BuiltPage:
        """Put a page that was rendered into the page cache and the output folder."""
        uri, made, key, dependencies, figures, files, faults = rendered
        if not made:
            return BuiltPage(uri, None, faults)
        address = file_of(self.site_model.pages[uri])
        cached = self.cache.put(uri, made, key, dependencies, figures, files)
        if not self._previous.has(address, cached.html_hash):
            write([(address, made.html.encode())], self._folder)
        return BuiltPage(uri, cached)

    def missing(self, pages: Iterable[Page]) -> list[str]:
        """The src_uris of those pages that the cache has not as they would come out; the others stand where they belong."""
        current = current_page(self.cache, self.renderer, self.content_state())
        return [page.src_uri for page in pages if not self._reused(page, current(page))]

    def _reused(self, page: Page, cached: CachedPage | None) -> bool:
        """Whether the page stands in the previous output, or could be framed and written."""
        if not cached:
            return False
        if self._previous.has(file_of(page), cached.html_hash):
            return True
        body = self.cache.body(page.src_uri)
        write([(file_of(page), self.html_renderer.frame(page, body).encode())], self._folder)
        return True


def current_page(
    cache: PageCache, renderer: Renderer, now: ContentState
) -> Callable[[Page], CachedPage | None]:
    """A function that finds what is cached of a page, if the page would come out the same of the content as it is `now`."""
    unaffected = cache.unaffected(now)
    key = renderer.tracker.key

    def find(page: Page) -> CachedPage | None:
        cached = cache.get(page.src_uri)
        current = cached and (page.src_uri in unaffected or cached.key == key(page, cached.dependencies))
        return cached if current else None

    return find


def content_states(renderer: Renderer) -> Callable[[], ContentState]:
    """A function that tells the content that the pages are made of, and where figures have appeared by then.

    A page may show when a file was last changed.
    """
    site_model = renderer.site_model
    changed = {page.source: page.changed for page in site_model.pages.values()}
    hashes = site_model.content.hashes
    files = {path: f"{content_hash} {changed.get(path)}" for path, content_hash in hashes.items()}
    structure = _structure_hash(site_model.content)

    def now() -> ContentState:
        appear = [(ref, [page.src_uri for page in pages]) for ref, pages in renderer.appearances.items()]
        return ContentState(structure, files, hash_of(repr(appear)))

    return now


def _structure_hash(content: Content) -> str:
    """The hash of all content but the words of records and the text of pages: of what there is, in which order, at which dates."""
    said = {
        path: entry.structure_hash for entry in content.records.values() for path in content.files_of(entry)
    }
    for prose in content.prose.values():
        if not isinstance(prose.matter, Article):
            said |= dict.fromkeys(content.files_of(prose), repr(prose.matter))
    others = (sorted(content.names), sorted(content.locked.items()), sorted(content.media.items()))
    told = [(path, said.get(path) or content.hashes[path]) for path in sorted(content.hashes)]
    return hash_of(repr((told, others, content.originals)))


def file_of(page: Page) -> str:
    """The file of a page, relative to the site's root."""
    return f"{page.url}index.html"


class _Warnings(logging.Handler):
    """Counts what MkDocs says of a page while it is rendered; what other threads say meanwhile is not of the page."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0
        self._thread = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Count."""
        self.count += threading.get_ident() == self._thread

    def __enter__(self) -> None:
        self.count, self._thread = 0, threading.get_ident()
        logging.getLogger(ENGINE).addHandler(self)

    def __exit__(self, *failure: object) -> None:
        logging.getLogger(ENGINE).removeHandler(self)
