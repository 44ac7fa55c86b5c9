"""One build of the site, from the editor's files to the output folder."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from gazette.base.diagnostics import ContentError, Diagnostic, file_fault
from gazette.base.git import without_git
from gazette.base.messages import Refused, say
from gazette.base.source_files import SourceFiles
from gazette.build import anchors, build_lock, engine, output, page_cache, preview
from gazette.build.input_hash import environment_hash, input_hash
from gazette.build.page_builder import PageBuilder, content_state, file_of
from gazette.build.page_cache import PageCache
from gazette.build.private_names import has_warnings, leave_nothing_to_do
from gazette.build.progress import Progress
from gazette.build.quick_preview import QuickPreview, source_states
from gazette.build.render_context import render_context
from gazette.build.settings import read_settings
from gazette.build.site_size import near_limit
from gazette.build.workers import Workers, build_pages, start_workers
from gazette.content.examples import in_own_names
from gazette.outputs import share_images
from gazette.outputs.publication import File, HashedFile, Publication, write
from gazette.outputs.publishers import PUBLISHERS
from gazette.records.values import LOCALES, field_ref
from gazette.site.model import load_site
from gazette.templates.renderer import in_render_order

log = logging.getLogger("gazette")

_ALLOCATIONS = 200_000
"""So many more objects than were freed before garbage is looked for."""


def stand_aside(config: MkDocsConfig) -> Path:
    """Keep MkDocs, which empties `site_dir` before it builds, away from the site; returns the folder of the site.

    Raises PluginError where it is MkDocs that runs and ProperDocs that is installed: workers would be of the other.
    """
    if not engine.is_running():
        raise PluginError(str(say("other-engine", engine=engine.ENGINE)))
    target = Path(config.site_dir)
    config.site_dir = str(output.beside(target, "none"))
    return target


def build_site(config: MkDocsConfig, target: Path, *, drafts: bool) -> None:
    """Build the site into the folder `target`.

    Raises PluginError that tells every mistake; the last good site then stays as it was.
    """
    root = Path(config.config_file_path).parent
    with ExitStack() as ending:
        ending.enter_context(_told_by_mkdocs(root))
        ending.enter_context(_rare_garbage_collection())
        ending.callback(leave_nothing_to_do, config)
        # What was there before.
        ending.enter_context(build_lock.held(root, target))
        output.recover(target)
        ending.callback(output.discard, target)
        staged = output.staging(target)
        config.site_dir = str(staged)
        settings, problems = read_settings(config)
        if not drafts:  # An editor's preview does without dates.
            problems += without_git(root)
        edited = source_states(root) if drafts else {}
        environment = environment_hash(config, settings, drafts=drafts)
        kept = None if os.environ.get(engine.NO_CACHE) else root / page_cache.KEPT
        sources = SourceFiles(root, keep=kept is not None)
        inputs = input_hash(sources, environment)
        previous = output.read_previous(root, target)
        if kept is None:
            previous = output.PreviousOutput("", {}, previous.states)
        if not problems and previous.made_of(inputs):
            log.info(say("nothing-changed").on_one_line)
            return

        # Read and check the content.
        progress = ending.enter_context(closing(Progress()))
        progress.stage("reading-content")
        cache = ending.enter_context(closing(PageCache(kept, environment)))
        workers = start_workers(config, staged, cache, sources.listed, drafts=drafts)
        if workers:
            ending.enter_context(closing(workers))
        address = config.site_url or ""
        site_model = load_site(
            sources,
            drafts=drafts,
            problems=problems,
            address=address,
            licence=settings.licence,
            prune=True,
        )

        # Build the pages.
        context = render_context(config, settings, site_model)
        builder = PageBuilder(context, cache, staged, previous)
        build_all_pages(builder, workers, progress)
        if workers:
            workers.close()  # Each holds all content.
        linked = {uri: found for uri in site_model.pages if (found := cache.known(uri).anchors)}
        anchors.check(linked, cache.body, config.validation.links.anchors)
        cache.flush()

        # Write all that is not a page.
        progress.stage("writing-outputs")
        context.files.copy_static_files()
        write([*builder.html_renderer.interface_scripts.values(), *_error_pages(builder)], staged)
        text_hashes = {uri: cache.known(uri).text_hash for uri in site_model.pages}
        html_hashes = {uri: cache.known(uri).html_hash for uri in site_model.pages}
        publication = Publication(
            *(site_model, settings.identities, address, cache.body, cache.text, text_hashes),
            *(settings.palette, html_hashes),
        )
        hashes = {file_of(page): html_hashes[uri] for uri, page in site_model.pages.items()}
        stays = set(hashes)
        pictures = share_images.files(context.cards, settings.font, root / share_images.KEPT)
        for made in chain(pictures, *(files(publication) for files in PUBLISHERS)):
            if isinstance(made, HashedFile):
                hashes[made.address] = made.hash
                if previous.has(made.address, made.hash):
                    stays.add(made.address)
                    continue
            write([made], staged)

        # Put the site in the place of the last one, unless MkDocs is to refuse it for a warning.
        if has_warnings():
            return
        progress.stage("putting-in-place")
        states = output.replace_site(target, previous.states, stays)
        if large := near_limit(states):
            log.info(large)  # A warning would end a strict build.
        silent = config.strict and all(cache.known(uri).key for uri in site_model.pages)
        output.record_output(root, target, states, hashes, inputs if silent else "")
        cache.prune(site_model.pages)
        cache.record_content(content_state(site_model))
        if drafts:
            preview.built(QuickPreview(context, target, edited))
            gc.collect()  # What the build before left behind.


def build_all_pages(builder: PageBuilder, workers: Workers | None, progress: Progress) -> None:
    """Build every page that the cache has not; raises ContentError with every mistake of the pages and their templates."""
    faults: list[Diagnostic] = []
    for turn in in_render_order(builder.site_model.pages.values()):
        missing = [page.src_uri for page in turn if not builder.reuse(page)]
        if missing:
            builder.cache.record_content(None)
        progress.stage("rendering-pages", len(missing))
        for built in build_pages(builder, missing, workers):
            faults += built.faults
            progress.step()
        if faults:
            content = builder.site_model.content
            raise ContentError(in_own_names(faults, content), content.root)
        for page in turn:
            builder.renderer.appear(page, map(field_ref, builder.cache.known(page.src_uri).figures))


def _error_pages(builder: PageBuilder) -> Iterator[File]:
    """The pages for an address that the site does not have, one a language."""
    for locale in LOCALES:
        name = "404.html" if locale == LOCALES[0] else f"{locale}/404.html"
        yield name, builder.html_renderer.error_page(locale).encode()


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """Garbage is looked for among all records each time, and there is next to none."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _told_by_mkdocs(root: Path) -> Iterator[None]:
    """Mistakes in the content, and what the system refuses, as the error that MkDocs prints without a traceback."""
    try:
        yield
    except (ContentError, Refused, OSError) as error:
        told = ContentError([file_fault(error)], root) if isinstance(error, OSError) else error
        raise PluginError(f"\n\n{told}\n{say('site-left-alone').on_one_line}\n") from error
