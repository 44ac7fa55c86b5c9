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

from gazette import page_cache, revisions
from gazette.diagnostics import ContentError, Diagnostic, file_fault
from gazette.edition import Edition, assemble, in_turn
from gazette.mkdocs_site import anchors, build_lock, preview, swap
from gazette.mkdocs_site import files as site_files
from gazette.mkdocs_site.environment import environment, inputs
from gazette.mkdocs_site.first_look import FirstLook, sources
from gazette.mkdocs_site.frames import Share
from gazette.mkdocs_site.helpers import Helpers, print_all, start
from gazette.mkdocs_site.press import Press
from gazette.mkdocs_site.progress import Progress
from gazette.mkdocs_site.setup import Setup, english, name_pages, read
from gazette.mkdocs_site.shop import file_of, shop
from gazette.mkdocs_site.unchanged import UnchangedSite
from gazette.page_cache import Kept, PageCache
from gazette.publish import feeds, open_data, redirects, search, sitemap
from gazette.publish.publication import File as PublishedFile
from gazette.publish.publication import Folder, Publication, write
from gazette.records.values import LOCALES, field_ref

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


def begin(config: MkDocsConfig, *, drafts: bool) -> BilingualSite | UnchangedSite:
    """Read and check everything before MkDocs touches the last good site.

    From here on MkDocs writes into a folder beside `site_dir`, which takes its place when all is done.
    Raises PluginError that tells every mistake.
    """
    with ExitStack() as ending:
        target = Path(config.site_dir)
        ending.enter_context(build_lock.held(Path(config.config_file_path).parent, target))
        swap.recover(target)
        ending.callback(swap.discard, target)
        ending.enter_context(_garbage_left())
        setup, problems = read(config)
        if not drafts:  # An editor's preview does without dates.
            problems += revisions.without_git(setup.root)
        edited = sources(setup.root) if drafts else {}
        shaped = environment(config, setup, drafts=drafts)
        uncached = os.environ.get(NO_CACHE)
        stands = swap.recall(setup.root, target)
        if uncached:
            stands = swap.Standing("", {}, stands.states)
        read_all = inputs(setup.root, shaped)
        if not problems and stands.made_of(read_all):
            return UnchangedSite.begin(config, target, ending.pop_all())
        progress = ending.enter_context(closing(Progress()))
        progress.stage("读取和检查内容 / reading and checking the content")
        cache = PageCache(None if uncached else setup.root / page_cache.KEPT, shaped)
        ending.enter_context(closing(cache))
        helpers = start(config, swap.staging(target), cache, drafts=drafts)
        if helpers:
            ending.enter_context(closing(helpers))
        try:
            edition = assemble(
                setup.root,
                drafts=drafts,
                problems=problems,
                address=config.site_url or "",
                licence=setup.licence,
                prune=True,
            )
        except ContentError as error:
            raise _refused(error) from error
        views = setup.views(config)
        config.site_dir = str(swap.staging(target))
        config.nav = views["zh"].nav
        site = BilingualSite(
            target, setup, views, edition, cache, helpers, progress, stands, read_all, edited
        )
        site.ending = ending.pop_all()
        return site


@dataclass
class BilingualSite:
    """One build of the site.

    `stands` tells what of the last site is as it was left; `inputs` is the hash of all that this build has read,
    `edited` in a preview the states of the files that an editor writes. `ending` leaves the process as it was, and
    lets the next build begin, however this one ends.
    """

    target: Path
    setup: Setup
    views: Mapping[str, MkDocsConfig]
    edition: Edition
    cache: PageCache
    helpers: Helpers | None
    progress: Progress
    stands: swap.Standing
    inputs: str
    edited: Mapping[str, swap.State]
    navs: dict[str, Navigation] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)
    press: Press | None = None
    ending: ExitStack = field(default_factory=ExitStack)

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the files of the edition, and make the English navigation."""
        site_files.add(files, config, self.edition)
        site_files.add_share_images(files, config, self.edition, self.setup)
        self.shares = site_files.shares(self.edition, self.setup)
        self.navs["en"] = english(files, config, self.views["en"])
        return files

    def add_navs(self, nav: Navigation, files: Files) -> None:
        """One navigation a language from the one `nav`."""
        self.navs["zh"] = nav
        name_pages(self.navs, files, self.edition)

    def print_pages(self, templates: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Print every page that the cache has not into the folder that MkDocs writes into, and lay out the others.

        Raises PluginError that tells every mistake of the templates.
        """
        own = shop(
            *(self.edition, config, files, templates, self.setup, self.views),
            *(self.navs, self.shares, self.cache, self.stands),
        )
        self.press = own.press
        faults: list[Diagnostic] = []
        for turn in in_turn(self.edition.pages.values()):
            missing = []
            for page in turn:
                kept = own.known(page)
                if kept and self.stands.has(file_of(page), kept.digest):
                    continue
                if kept and (html := self.cache.html(page.src_uri)):
                    write([(file_of(page), html)], own.folder)
                else:
                    missing.append(page.src_uri)
            self.progress.stage("生成页面 / printing pages", len(missing))
            for done in print_all(own, missing, self.helpers):
                faults += done.faults
                self.progress.step()
            if faults:
                raise _refused(ContentError(faults))
            for page in turn:
                own.desk.appear(page, map(field_ref, self._kept(page.src_uri).figures))
        if self.helpers:
            self.helpers.close()
        links = {uri: found for uri in self.edition.pages if (found := self._kept(uri).anchors)}
        anchors.check(links, self.cache.body, config.validation.links.anchors)
        self.cache.flush()

    def template_context(self, name: str) -> TemplateContext:
        """The frame of a theme template that is no page: `404.html`, and `en/404.html` in English."""
        locale = next((locale for locale in LOCALES if name.startswith(f"{locale}/")), "zh")
        assert self.press is not None
        return self.press.frames.of_error(locale)

    def publish(self, config: MkDocsConfig) -> None:
        """Add what is published beside the pages; put the site in the place of the last one, unless there are warnings."""
        with self.ending:
            self._publish(config)

    def abandon(self) -> None:
        """End a build that has not ended; the last good site stays."""
        self.ending.close()

    def _publish(self, config: MkDocsConfig) -> None:
        staged = Path(config.site_dir)
        pages = self.edition.pages
        publication = Publication(
            self.edition,
            self.setup.identities,
            config.site_url or "",
            self.cache.body,
            self.cache.text,
            {uri: self._kept(uri).words for uri in pages},
        )
        self.progress.stage("搜索、订阅和数据 / search, feeds and data")
        stays = {file_of(page) for page in pages.values()}
        try:
            for published in _published(publication):
                standing = self.stands.folder(published.address) if isinstance(published, Folder) else ()
                stays.update(standing)
                if not standing:
                    write([published], staged)
        except search.NotIndexed as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self.target)
        counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
        if not any(counter.get_counts() for counter in counters):
            self.progress.stage("换上新的文件 / putting the new files in place")
            states = swap.exchange(self.target, self.stands.states, stays)
            digests = {file_of(page): self._kept(uri).digest for uri, page in pages.items()}
            silent = config.strict and all(self._kept(uri).key for uri in pages)
            swap.remember(self.setup.root, self.target, states, digests, self.inputs if silent else "")
            self.cache.prune(pages)
            if self.edited and self.press:
                preview.built(FirstLook(self.edition, self.press, self.target, self.edited))
                gc.collect()  # What the build before left behind.

    def _kept(self, uri: str) -> Kept:
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
