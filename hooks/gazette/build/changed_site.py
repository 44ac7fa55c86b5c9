"""Builds a site of which something changed: its pages, all that is made beside them, and the folder they stand in."""

from __future__ import annotations

import gc
import logging
from contextlib import ExitStack, closing
from datetime import date
from itertools import chain
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from gazette.base import database
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.git import without_dates, without_git
from gazette.base.messages import say
from gazette.build import output, preview
from gazette.build.anchors import dead_places
from gazette.build.inputs import Inputs
from gazette.build.output import PreviousOutput
from gazette.build.page_builder import PageBuilder, file_of
from gazette.build.page_cache import PageCache
from gazette.build.private_names import has_warnings
from gazette.build.progress import Progress
from gazette.build.quick_preview import QuickPreview
from gazette.build.render_context import render_context
from gazette.build.settings import read_settings
from gazette.build.site_size import near_limit
from gazette.build.status_page import ADDRESS, status_page
from gazette.build.workers import Workers, build_pages, start_workers
from gazette.content.examples import in_own_names
from gazette.outputs import share_images
from gazette.outputs.publication import HashedFile, Publication, write
from gazette.outputs.publishers import PUBLISHERS
from gazette.records.values import field_ref
from gazette.site.model import load_site
from gazette.templates import compiled
from gazette.templates.renderer import in_render_order

log = logging.getLogger("gazette")


def build(
    config: MkDocsConfig, inputs: Inputs, target: Path, previous: PreviousOutput, *, drafts: bool
) -> None:
    """Build the site of `inputs` into the folder `target`, which has the `previous` output.

    Raises ContentError that tells every mistake, or PluginError; the last good site then stays as it was.
    """
    root, staged = inputs.sources.root, output.staging(target)
    with ExitStack() as ending:
        ending.enter_context(database.as_system_errors())
        # Read and check the content.
        settings, problems = read_settings(config)
        if not drafts:  # An editor's preview does without dates.
            problems += without_git(root)
            if undated := without_dates(root):
                log.info(undated)  # A warning would end a strict build.
        progress = ending.enter_context(closing(Progress()))
        progress.stage("reading-content")
        cache = ending.enter_context(closing(PageCache(inputs.pages, inputs.environment)))
        workers = start_workers(config, staged, cache, inputs.sources.listed, drafts=drafts)
        if workers:
            ending.enter_context(closing(workers))
        address = config.site_url or ""
        site_model = load_site(
            inputs.sources,
            drafts=drafts,
            problems=problems,
            address=address,
            identities=settings.identities,
            prune=True,
        )

        # Build the pages.
        context = render_context(config, settings, site_model, previewing=drafts)
        builder = PageBuilder(context, cache, staged, previous)
        build_all_pages(builder, workers, progress)
        if workers:
            workers.close()  # Each holds all content.
        cache.flush()
        if dead := [*dead_places(site_model.content, cache.body)]:
            raise ContentError(dead, root)

        # Write all that is not a page.
        progress.stage("writing-outputs")
        context.files.copy_static_files()
        write(builder.html_renderer.shared_files(), staged)
        text_hashes = {uri: cache.known(uri).text_hash for uri in site_model.pages}
        html_hashes = {uri: cache.known(uri).html_hash for uri in site_model.pages}
        publication = Publication(
            site_model,
            settings.identities,
            address,
            html=cache.body,
            text=cache.text,
            text_hashes=text_hashes,
            palette=settings.palette,
            versions=html_hashes,
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

        if drafts and (status := status_page(site_model, date.today())):
            made_page, count = status
            write([made_page], staged)
            log.info(say("status-page", count=count, address=f"{address}{ADDRESS}").on_one_line)

        # Put the site in the place of the last one, unless MkDocs is to refuse it for a warning: last, so that nothing fails after it.
        if has_warnings():
            return
        progress.stage("putting-in-place")
        changed = output.changes(target, previous.states, stays)
        if large := near_limit(changed.states):
            log.info(large)
        silent = config.strict and all(cache.known(uri).key for uri in site_model.pages)
        output.record_output(root, target, changed.states, hashes, inputs.hash if silent else "")
        cache.prune(site_model.pages)
        compiled.prune(root)
        cache.record_content(builder.content_state())
        output.replace_site(target, changed, at_once=not drafts)
        if drafts:
            preview.built(QuickPreview(context, target, inputs.edited))
            gc.collect()  # What the build before left behind.


def build_all_pages(builder: PageBuilder, workers: Workers | None, progress: Progress) -> None:
    """Build every page that the cache has not; raises ContentError with every mistake of the pages and their templates."""
    faults: list[Diagnostic] = []
    for turn in in_render_order(builder.site_model.pages.values()):
        missing = builder.missing(turn)
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
