"""What a build would refuse, told without building: a page that the page cache has as it would come out is in order.

Of a project that was not built the pages that were found in order are kept in a cache of their own, without their HTML.
"""

from __future__ import annotations

import os
from contextlib import closing
from functools import partial
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from gazette.base.database import as_system_errors
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.source_files import SourceFiles
from gazette.build.anchors import dead_places, linked_places
from gazette.build.engine import NO_CACHE
from gazette.build.inputs import PAGES, environment_hash
from gazette.build.markdown_parser import body_without_links, parser_of
from gazette.build.page_builder import content_states, current_page
from gazette.build.page_cache import HtmlPage, PageCache
from gazette.build.settings import Settings, load_settings, read_settings
from gazette.content.examples import in_own_names
from gazette.records.values import field_ref
from gazette.site.model import SiteModel, load_site
from gazette.site.pages import Page
from gazette.templates.renderer import RenderedPage, Renderer, in_render_order


@as_system_errors()
def check_content(root: Path, since: str | None = None) -> SiteModel:
    """The site model with drafts, where what is published does without them; raises ContentError with every mistake.

    What was published is also asked of the commit `since`.
    """
    config = load_settings(root)
    settings, problems = read_settings(config)
    keep = not os.environ.get(NO_CACHE)
    sources = SourceFiles(root, keep=keep, since=since)
    load = partial(load_site, sources, address=config.site_url or "", identities=settings.identities)
    published = load(problems=problems)
    _render(published, config, settings, drafts=False)
    if not published.left_out:
        return published
    everything = load(drafts=True)
    _render(everything, config, settings, drafts=True)
    return everything


def _render(site_model: SiteModel, config: MkDocsConfig, settings: Settings, *, drafts: bool) -> None:
    """Render each page that is not known to be in order; raises ContentError."""
    environment = environment_hash(config, drafts=drafts)
    folder = settings.root / PAGES
    built = (folder / f"{environment}.sqlite").is_file()
    pages, content = site_model.pages, site_model.content
    renderer, faults = Renderer(site_model), list[Diagnostic]()
    now = content_states(renderer)
    bodies: dict[str, str] = {}
    linked = {uri for _, uri, _ in linked_places(content)}
    parser = parser_of(config)
    kept = None if os.environ.get(NO_CACHE) else folder
    with closing(PageCache(kept, environment if built else f"{environment}-checked")) as cache:

        def body(uri: str) -> str:
            found = bodies.get(uri) or cache.body(uri)
            return found or body_without_links(parser, renderer.render(pages[uri]).text)

        for turn in in_render_order(pages.values()):
            current = current_page(cache, renderer, now())
            found = [(page, current(page)) for page in turn]
            if not built and not all(cached for _, cached in found):
                cache.record_content(None)
            for page, cached in found:
                if cached:
                    renderer.appear(page, map(field_ref, cached.figures))
                    continue
                rendered = renderer.render(page)
                renderer.appear(page, rendered.figures)
                faults += rendered.faults
                if rendered.faults:
                    continue
                if page.src_uri in linked:
                    bodies[page.src_uri] = body_without_links(parser, rendered.text)
                if not built:
                    _keep(cache, renderer, page, rendered)
        if not faults:
            faults += dead_places(content, body)
        if not faults and not built:
            cache.prune(pages)
            cache.record_content(now())
    if faults:
        raise ContentError(in_own_names(faults, content), settings.root)


def _keep(cache: PageCache, renderer: Renderer, page: Page, rendered: RenderedPage) -> None:
    """Keep that a page is in order as long as what it reads is as it is."""
    key = renderer.tracker.key(page, rendered.dependencies)
    files = renderer.tracker.files(page, rendered.dependencies)
    figures = tuple(map(str, rendered.figures))
    cache.put(page.src_uri, HtmlPage("", "", ""), key, rendered.dependencies, figures, files)
