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

from gazette.diagnostics import Diagnostic
from gazette.edition import Desk, Edition
from gazette.mkdocs_site.frames import Frames, Share
from gazette.mkdocs_site.press import Press
from gazette.mkdocs_site.setup import Setup
from gazette.mkdocs_site.swap import Standing
from gazette.page_cache import Kept, PageCache
from gazette.pages import Page
from gazette.publish.publication import write


@dataclass(frozen=True)
class Done:
    """A page that was worked on: `kept`, or its `faults`; neither where another process must print it."""

    uri: str
    kept: Kept | None
    faults: Sequence[Diagnostic] = ()


@dataclass
class Shop:
    """The desk and the press of one process; finished pages go into `folder`, unless the site that `stands` has them."""

    desk: Desk
    press: Press
    cache: PageCache
    folder: Path
    stands: Standing
    warnings: _Warnings = field(default_factory=lambda: _Warnings())

    @cached_property
    def content_digest(self) -> str:
        """The hash of all content that this process has read."""
        return hashlib.sha256(repr(sorted(self.desk.edition.content.digests.items())).encode()).hexdigest()

    def print(self, uri: str) -> Done:
        """Work on a page, by its src_uri."""
        page, tracer = self.desk.edition.pages[uri], self.desk.tracer
        written = self.desk.write(page)
        if written.faults:
            return Done(uri, None, written.faults)
        tracer.start(written.asked)
        with self.warnings:
            printed = self.press.print(page, written.text)
        asked = tracer.asked()
        # A page that is kept says nothing again: one that had something to say is not kept.
        key = "" if self.warnings.count else tracer.key(page, asked)
        kept = self.cache.put(uri, key, asked, map(str, written.figures), printed)
        if not self.stands.has(file_of(page), kept.digest):
            write([(file_of(page), printed.html.encode())], self.folder)
        return Done(uri, kept)

    def known(self, page: Page) -> Kept | None:
        """What the cache has of a page, if it would come out the same."""
        kept = self.cache.get(page.src_uri)
        return kept if kept and kept.key == self.desk.tracer.key(page, kept.asked) else None


def shop(
    edition: Edition,
    config: MkDocsConfig,
    files: Files,
    templates: jinja2.Environment,
    setup: Setup,
    views: Mapping[str, MkDocsConfig],
    navs: Mapping[str, Navigation],
    shares: Mapping[str, Share],
    cache: PageCache,
    stands: Standing,
) -> Shop:
    """The shop of this process, which prints into the folder that MkDocs writes into."""
    desk = Desk(edition)
    frames = Frames(traced(desk), setup.identities, setup.filings, views, navs, shares)
    press = Press(config, files, navs, templates, frames, desk.tracer.linked)
    return Shop(desk, press, cache, Path(config.site_dir), stands)


def traced(desk: Desk) -> Edition:
    """The edition of a desk as the frame of a page is to ask it."""
    tracer = desk.tracer
    return replace(desk.edition, content=tracer.content, lists=tracer.lists, dataset=tracer.dataset)


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
