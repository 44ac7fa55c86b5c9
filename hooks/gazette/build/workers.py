"""Processes that build pages beside this one, each from the files as this one is: on Windows as elsewhere."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

import gazette
from gazette.base.files import FileList
from gazette.base.git import History
from gazette.base.messages import say
from gazette.build.engine import ENGINE, SCHEDULER
from gazette.build.page_builder import BuiltPage, PageBuilder, RenderedPage
from gazette.build.page_cache import PageCache
from gazette.build.render_context import render_context
from gazette.build.settings import read_settings
from gazette.content.loader import load
from gazette.records.values import field_ref
from gazette.site.model import build_model

log = logging.getLogger("gazette")

_BATCH = 40
"""Pages that a process is given at a time."""
_AT_MOST = 3
"""Each worker holds all content: more would cost more memory than they save time."""
_WORTH_IT = 400
"""So many files are read and rendered sooner by two processes, although a second has to start."""
Appearances = Mapping[str, Sequence[str]]
"""The src_uris of the pages that show each figure."""

Batch = tuple[str, list[BuiltPage] | list[RenderedPage]]
"""The hash of what a worker has read, and the pages that it has built of it, or only rendered."""


@dataclass(frozen=True)
class Workers:
    """The workers of one build: what `executor` runs for a batch, and the first of what that is `given`.

    After `patience` seconds without an answer pages are taken back; None where the workers write them, as no two may do.
    """

    executor: Executor
    count: int
    build: Callable[..., Batch]
    given: tuple[object, ...]
    patience: float | None
    close: Callable[[], None]


@dataclass(frozen=True)
class Order:
    """What the pages are to be of: a project's settings file, what the build has set of it, whether with `drafts`."""

    config_file: str
    addresses: tuple[tuple[str, str], ...]
    drafts: bool

    def settings(self) -> MkDocsConfig:
        """The settings, as the build itself has them."""
        return load_config(self.config_file, **dict(self.addresses))


def start_workers(
    config: MkDocsConfig, folder: Path, cache: PageCache, written: FileList, *, drafts: bool
) -> Workers | None:
    """Workers, if there is as much to do; they set themselves up while this process reads and checks the content.

    Those of a cluster where one is named. None where the content will be refused: MkDocs, which lists docs/ in each of them,
    would follow links.
    """
    if written.refused:
        return None
    addresses = (("site_url", config.site_url or ""), ("repo_url", config.repo_url or ""))
    order = Order(str(config.config_file_path), addresses, drafts)
    if scheduler := os.environ.get(SCHEDULER):
        from gazette.build import cluster  # Few have one.

        return cluster.connect(scheduler, order, written, cache.environment)
    count = min((os.cpu_count() or 1) - 1, _AT_MOST)
    if not count or len(cache) or len(written.paths) < _WORTH_IT:
        return None
    pages = (cache.folder, cache.environment)
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, _start_worker, (order, folder, pages))
    # A worker finds this package, and no other, where this process has it.
    own = str(Path(gazette.__file__).parents[1])
    sys.path.insert(0, own)
    try:
        for _ in range(count):
            pool.submit(os.getpid)
    finally:
        sys.path.remove(own)
    return Workers(pool, count, _build, (), None, lambda: pool.shutdown(cancel_futures=True))


def build_pages(own: PageBuilder, uris: Sequence[str], workers: Workers | None) -> Iterator[BuiltPage]:
    """Build pages here and by the workers; where one of these fails, its pages are built here."""
    batches = deque(uris[start : start + _BATCH] for start in range(0, len(uris), _BATCH))
    running: dict[Future[Batch], Sequence[str]] = {}
    appearances = {
        str(ref): [page.src_uri for page in pages] for ref, pages in own.renderer.appearances.items()
    }
    failed, why = 0, object()
    patience = given = workers.patience if workers else None
    while batches or running:
        while workers and batches and len(running) < 2 * workers.count:
            batch = batches.pop()
            try:
                future = workers.executor.submit(workers.build, *workers.given, batch, appearances)
                running[future] = batch
            except Exception:  # Whatever stops a worker must not stop the build.
                workers = None
                batches.append(batch)
        if batches and not any(future.done() for future in running):
            yield from map(own.build, batches.popleft())
        elif wait(running, patience, FIRST_COMPLETED).done:
            patience = given
        else:
            future, batch = running.popitem()
            future.cancel()
            failed, why, patience = failed + len(batch), say("no-answer", seconds=given), 0
            yield from map(own.build, batch)
        for future in [future for future in running if future.done()]:
            batch = running.pop(future)
            made, reason = _made(own, future)
            failed += len(batch) if reason else 0
            why = reason or why
            for uri in batch:
                yield _taken(own, uri, made.get(uri))
    if failed:
        log.info(say("workers-failed", pages=failed, reason=why))


def _made(own: PageBuilder, future: Future[Batch]) -> tuple[Mapping[str, BuiltPage | RenderedPage], object]:
    """The pages that a worker has made, or why it has made none."""
    try:
        read, pages = future.result()
    except Exception as error:
        return {}, f"{type(error).__name__}: {error}"
    if read != own.inputs_hash:
        return {}, say("worker-read-other")
    return {page.uri: page for page in pages}, None


def _taken(own: PageBuilder, uri: str, page: BuiltPage | RenderedPage | None) -> BuiltPage:
    """A page as a worker has made it; one that it has not is built here."""
    if isinstance(page, RenderedPage):
        return own.keep(page)
    if page and page.cached:
        own.cache.adopt(uri, page.cached)
    return page or own.build(uri)


def page_builder(order: Order, cache: PageCache, folder: Path, known: History | None = None) -> PageBuilder:
    """The page builder of a worker, made as that of the build itself: with its settings, for its folder and page cache."""
    # What a page makes MkDocs say is said by the build itself, which builds that page again.
    logging.getLogger(ENGINE).addHandler(logging.NullHandler())
    config = order.settings()
    config.site_dir = str(folder)
    settings, _ = read_settings(config)
    content, _ = load(settings.root)
    site_model, _ = build_model(
        content,
        drafts=order.drafts,
        address=config.site_url or "",
        identities=settings.identities,
        known=known,
    )
    return PageBuilder(render_context(config, settings, site_model, previewing=order.drafts), cache, folder)


def show_appearances(builder: PageBuilder, appearances: Appearances) -> None:
    """Let the pages of a worker say on which pages a figure appears as those of the build do."""
    pages = builder.site_model.pages
    builder.renderer.appearances.clear()
    for ref, found in appearances.items():
        builder.renderer.appearances[field_ref(ref)] = [pages[uri] for uri in found]


_page_builder: PageBuilder
"""That of a worker."""


def _start_worker(order: Order, folder: Path, pages: tuple[Path, str]) -> None:
    """Read the project and make a page builder."""
    global _page_builder
    _page_builder = page_builder(order, PageCache(*pages), folder)


def _build(uris: Sequence[str], appearances: Appearances) -> Batch:
    """Build pages in a worker."""
    show_appearances(_page_builder, appearances)
    built = [_page_builder.build(uri) for uri in uris]
    _page_builder.cache.flush()
    # What MkDocs said of a page is lost here: the build itself builds that page again.
    silent = [page for page in built if page.faults or (page.cached and page.cached.key)]
    return _page_builder.inputs_hash, silent
