"""Processes that build pages beside this one, each from the files as this one is: on Windows as elsewhere."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import gazette
from gazette.base.files import FileList
from gazette.build.engine import ENGINE
from gazette.build.page_builder import BuiltPage, PageBuilder
from gazette.build.page_cache import PageCache
from gazette.build.render_context import render_context
from gazette.build.settings import read_settings
from gazette.content.loader import load
from gazette.records.values import field_ref
from gazette.site.model import build_model

_BATCH = 40
"""Pages that a process is given at a time."""
_AT_MOST = 3
"""Each worker holds all content: more would cost more memory than they save time."""
_WORTH_IT = 400
"""So many files are read and rendered sooner by two processes, although a second has to start."""

Appearances = Mapping[str, Sequence[str]]
"""The src_uris of the pages that show each figure."""


@dataclass(frozen=True)
class Workers:
    """The processes started for one build."""

    pool: ProcessPoolExecutor
    count: int

    def close(self) -> None:
        """Let them go."""
        self.pool.shutdown(cancel_futures=True)


def start_workers(
    config: MkDocsConfig, folder: Path, cache: PageCache, written: FileList, *, drafts: bool
) -> Workers | None:
    """Workers, if there is as much to do; they set themselves up while this process reads and checks the content.

    None where that will be refused: MkDocs, which lists docs/ in each of them, would follow links.
    """
    count = min((os.cpu_count() or 1) - 1, _AT_MOST)
    if not count or len(cache) or written.refused or len(written.paths) < _WORTH_IT:
        return None
    pages = (cache.folder, cache.environment)
    order = (config.config_file_path, config.site_url or "", drafts, folder, pages)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _start_worker, order)
    # A worker finds this package, and no other, where this process has it.
    own = str(Path(gazette.__file__).parents[1])
    sys.path.insert(0, own)
    try:
        for _ in range(count):
            pool.submit(os.getpid)
    finally:
        sys.path.remove(own)
    return Workers(pool, count)


def build_pages(own: PageBuilder, uris: Sequence[str], workers: Workers | None) -> Iterator[BuiltPage]:
    """Build pages here and in the workers; where one fails, its pages are built here."""
    batches = deque(uris[start : start + _BATCH] for start in range(0, len(uris), _BATCH))
    running: dict[Future[tuple[str, list[BuiltPage]]], Sequence[str]] = {}
    expected = own.content_hash if workers else ""
    appearances = {
        str(ref): [page.src_uri for page in pages] for ref, pages in own.renderer.appearances.items()
    }
    while batches or running:
        while workers and batches and len(running) < 2 * workers.count:
            batch = batches.pop()
            try:
                running[workers.pool.submit(_build, batch, appearances)] = batch
            except BrokenProcessPool:
                workers = None
                batches.append(batch)
        if batches:
            yield from map(own.build, batches.popleft())
        else:
            wait(running, return_when=FIRST_COMPLETED)
        for future in [future for future in running if future.done()]:
            batch = running.pop(future)
            read, done = "", list[BuiltPage]()
            with suppress(Exception):  # Whatever stops a worker must not stop the build.
                read, done = future.result()
            if read != expected:
                done = [BuiltPage(uri, None) for uri in batch]
            for page in done:
                if page.cached:
                    own.cache.adopt(page.uri, page.cached)
                yield page if page.cached or page.faults else own.build(page.uri)


_page_builder: PageBuilder
"""That of a worker."""


def _start_worker(
    config_file: str, site_url: str, drafts: bool, folder: Path, pages: tuple[Path, str]
) -> None:
    """Read the project and make a page builder, as the build itself does: with its settings, for its folder and page cache."""
    global _page_builder
    # What a page makes MkDocs say is said by the build itself, which builds that page again.
    logging.getLogger(ENGINE).addHandler(logging.NullHandler())
    config = load_config(config_file, site_url=site_url)
    config.site_dir = str(folder)
    settings, _ = read_settings(config)
    content, _ = load(settings.root)
    address = config.site_url or ""
    site_model, _ = build_model(content, drafts=drafts, address=address, identities=settings.identities)
    context = render_context(config, settings, site_model, previewing=drafts)
    _page_builder = PageBuilder(context, PageCache(*pages), folder)


def _build(uris: Sequence[str], appearances: Appearances) -> tuple[str, list[BuiltPage]]:
    """Build pages in a worker; returns the hash of the content that it has read, too."""
    builder = _page_builder
    pages = builder.site_model.pages
    builder.renderer.appearances.clear()
    for ref, found in appearances.items():
        builder.renderer.appearances[field_ref(ref)] = [pages[uri] for uri in found]
    built = [builder.build(uri) for uri in uris]
    builder.cache.flush()
    # What MkDocs said of a page is lost here: the build itself builds that page again.
    silent = [
        page if page.faults or (page.cached and page.cached.key) else BuiltPage(page.uri, None)
        for page in built
    ]
    return builder.content_hash, silent
