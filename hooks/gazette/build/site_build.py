"""One build of the bilingual site, event by event."""

from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from gazette.base import git
from gazette.base.diagnostics import ContentError, Diagnostic, file_fault
from gazette.build import anchors, build_lock, output, page_cache, preview
from gazette.build import files as site_files
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.input_hash import environment, inputs
from gazette.build.page_builder import file_of, page_builder
from gazette.build.page_cache import CachedPage, PageCache
from gazette.build.page_context import Share
from gazette.build.progress import Progress
from gazette.build.quick_preview import QuickPreview, sources
from gazette.build.settings import Settings, english, name_pages, read
from gazette.build.unchanged import UnchangedBuild
from gazette.build.workers import Workers, build_pages, start
from gazette.outputs import feeds, open_data, redirects, search, sitemap
from gazette.outputs.publication import File as PublishedFile
from gazette.outputs.publication import Folder, Publication, write
from gazette.records.values import LOCALES, field_ref
from gazette.site.model import SiteModel, load_site
from gazette.templates.renderer import in_render_order

NO_CACHE = "GAZETTE_NO_CACHE"
"""The environment variable that makes a build render every page, and keep none."""

_ALLOCATIONS = 200_000
"""So many more objects than were freed before garbage is looked for."""

_PUBLISHERS: tuple[Callable[[Publication], Iterable[PublishedFile | Folder]], ...] = (
    feeds.files,
    open_data.files,
    redirects.files,
    sitemap.files,
)
"""What makes files beside the pages, each from the whole publication; beside search."""


def begin(config: MkDocsConfig, *, drafts: bool) -> SiteBuild | UnchangedBuild:
    """Read and check everything before MkDocs touches the last good site.

    From here on MkDocs writes into a folder beside `site_dir`, which takes its place when all is done.
    Raises PluginError that tells every mistake.
    """
    with ExitStack() as ending:
        target = Path(config.site_dir)
        ending.enter_context(build_lock.held(Path(config.config_file_path).parent, target))
        output.recover(target)
        ending.callback(output.discard, target)
        ending.enter_context(_garbage_left())
        settings, problems = read(config)
        if not drafts:  # An editor's preview does without dates.
            problems += git.without_git(settings.root)
        edited = sources(settings.root) if drafts else {}
        shaped = environment(config, settings, drafts=drafts)
        uncached = os.environ.get(NO_CACHE)
        previous = output.recall(settings.root, target)
        if uncached:
            previous = output.PreviousOutput("", {}, previous.states)
        read_all = inputs(settings.root, shaped)
        if not problems and previous.made_of(read_all):
            return UnchangedBuild.begin(config, target, ending.pop_all())
        progress = ending.enter_context(closing(Progress()))
        progress.stage("读取和检查内容 / reading and checking the content")
        cache = PageCache(None if uncached else settings.root / page_cache.KEPT, shaped)
        ending.enter_context(closing(cache))
        workers = start(config, output.staging(target), cache, drafts=drafts)
        if workers:
            ending.enter_context(closing(workers))
        try:
            site_model = load_site(
                settings.root,
                drafts=drafts,
                problems=problems,
                address=config.site_url or "",
                licence=settings.licence,
                prune=True,
            )
        except ContentError as error:
            raise _refused(error) from error
        views = settings.views(config)
        config.site_dir = str(output.staging(target))
        config.nav = views["zh"].nav
        site = SiteBuild(
            target, settings, views, site_model, cache, workers, progress, previous, read_all, edited
        )
        site.ending = ending.pop_all()
        return site


@dataclass
class SiteBuild:
    """One build of the site.

    `stands` tells what of the last site is as it was left; `inputs` is the hash of all that this build has read,
    `edited` in a preview the states of the files that an editor writes. `ending` leaves the process as it was, and
    lets the next build begin, however this one ends.
    """

    target: Path
    settings: Settings
    views: Mapping[str, MkDocsConfig]
    site_model: SiteModel
    cache: PageCache
    workers: Workers | None
    progress: Progress
    previous: output.PreviousOutput
    inputs: str
    edited: Mapping[str, output.State]
    navs: dict[str, Navigation] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)
    html_renderer: HtmlRenderer | None = None
    ending: ExitStack = field(default_factory=ExitStack)

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the files of the site model, and make the English navigation."""
        site_files.add(files, config, self.site_model)
        site_files.add_share_images(files, config, self.site_model, self.settings)
        self.shares = site_files.shares(self.site_model, self.settings)
        self.navs["en"] = english(files, config, self.views["en"])
        return files

    def add_navs(self, nav: Navigation, files: Files) -> None:
        """One navigation a language from the one `nav`."""
        self.navs["zh"] = nav
        name_pages(self.navs, files, self.site_model)

    def print_pages(self, templates: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Print every page that the cache has not into the folder that MkDocs writes into, and lay out the others.

        Raises PluginError that tells every mistake of the templates.
        """
        own = page_builder(
            *(self.site_model, config, files, templates, self.settings, self.views),
            *(self.navs, self.shares, self.cache, self.previous),
        )
        self.html_renderer = own.html_renderer
        faults: list[Diagnostic] = []
        for turn in in_render_order(self.site_model.pages.values()):
            missing = []
            for page in turn:
                kept = own.known(page)
                if kept and self.previous.has(file_of(page), kept.digest):
                    continue
                if kept and (html := self.cache.html(page.src_uri)):
                    write([(file_of(page), html)], own.folder)
                else:
                    missing.append(page.src_uri)
            self.progress.stage("生成页面 / printing pages", len(missing))
            for done in build_pages(own, missing, self.workers):
                faults += done.faults
                self.progress.step()
            if faults:
                raise _refused(ContentError(faults))
            for page in turn:
                own.renderer.appear(page, map(field_ref, self._kept(page.src_uri).figures))
        if self.workers:
            self.workers.close()
        links = {uri: found for uri in self.site_model.pages if (found := self._kept(uri).anchors)}
        anchors.check(links, self.cache.body, config.validation.links.anchors)
        self.cache.flush()

    def template_context(self, name: str) -> TemplateContext:
        """The frame of a theme template that is no page: `404.html`, and `en/404.html` in English."""
        locale = next((locale for locale in LOCALES if name.startswith(f"{locale}/")), "zh")
        assert self.html_renderer is not None
        return self.html_renderer.page_contexts.of_error(locale)

    def publish(self, config: MkDocsConfig) -> None:
        """Add what is published beside the pages; put the site in the place of the last one, unless there are warnings."""
        with self.ending:
            self._publish(config)

    def abandon(self) -> None:
        """End a build that has not ended; the last good site stays."""
        self.ending.close()

    def _publish(self, config: MkDocsConfig) -> None:
        staged = Path(config.site_dir)
        pages = self.site_model.pages
        publication = Publication(
            self.site_model,
            self.settings.identities,
            config.site_url or "",
            self.cache.body,
            self.cache.text,
            {uri: self._kept(uri).words for uri in pages},
        )
        self.progress.stage("搜索、订阅和数据 / search, feeds and data")
        stays = {file_of(page) for page in pages.values()}
        try:
            for published in _published(publication):
                standing = self.previous.folder(published.address) if isinstance(published, Folder) else ()
                stays.update(standing)
                if not standing:
                    write([published], staged)
        except search.NotIndexed as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self.target)
        counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
        if not any(counter.get_counts() for counter in counters):
            self.progress.stage("换上新的文件 / putting the new files in place")
            states = output.exchange(self.target, self.previous.states, stays)
            digests = {file_of(page): self._kept(uri).digest for uri, page in pages.items()}
            silent = config.strict and all(self._kept(uri).key for uri in pages)
            output.remember(self.settings.root, self.target, states, digests, self.inputs if silent else "")
            self.cache.prune(pages)
            if self.edited and self.html_renderer:
                preview.built(QuickPreview(self.site_model, self.html_renderer, self.target, self.edited))
                gc.collect()  # What the build before left behind.

    def _kept(self, uri: str) -> CachedPage:
        kept = self.cache.get(uri)
        assert kept is not None, uri
        return kept


def _published(publication: Publication) -> Iterator[PublishedFile | Folder]:
    """What every publisher makes; search is indexed by a program of its own, and meanwhile the others get on."""
    with ThreadPoolExecutor(1) as pool:
        indexed = pool.submit(lambda: [*search.files(publication)])
        for publisher in _PUBLISHERS:
            yield from publisher(publication)
        yield from indexed.result()


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Garbage is looked for among all records each time, and there is next to none: meanwhile less often."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATIONS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def need_files(error: Exception) -> None:
    """Raise PluginError in place of an error of the file system, so that it is a sentence and no traceback."""
    if isinstance(error, OSError):
        raise _refused(ContentError([file_fault(error)])) from error


def _refused(error: ContentError) -> PluginError:
    return PluginError(f"\n\n{error}\n站点未改动 / the site was left as it was\n")
