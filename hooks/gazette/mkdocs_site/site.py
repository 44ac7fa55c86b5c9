"""One build of the bilingual site, event by event."""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from gazette import identity, page_cache
from gazette.diagnostics import ContentError
from gazette.edition import Edition, prepare
from gazette.identity import Filings, Identity
from gazette.mkdocs_site import anchors, swap
from gazette.mkdocs_site import files as site_files
from gazette.mkdocs_site.environment import environment
from gazette.mkdocs_site.frames import Frames, Share
from gazette.mkdocs_site.press import Press
from gazette.mkdocs_site.views import locale_view
from gazette.page_cache import Kept, PageCache
from gazette.pages import Page
from gazette.publish import feeds, fonts, open_data, redirects, search, sitemap
from gazette.publish.publication import File as PublishedFile
from gazette.publish.publication import Publication, write
from gazette.records.values import LOCALES

NO_CACHE = "GAZETTE_NO_CACHE"
"""The environment variable that makes a build render every page, and keep none."""

_PUBLISHERS: tuple[Callable[[Publication], Iterable[PublishedFile]], ...] = (
    feeds.files,
    open_data.files,
    redirects.files,
    search.files,
    sitemap.files,
)
"""What makes files beside the pages, each from the whole publication."""


@dataclass
class BilingualSite:
    """One build of the site.

    `stands` tells the pages of the last site, by address, that are what the hash says.
    """

    root: Path
    target: Path
    edition: Edition
    identities: Mapping[str, Identity]
    filings: Filings
    font: fonts.Font | None
    views: Mapping[str, MkDocsConfig]
    cache: PageCache
    stands: Mapping[str, str]
    navs: dict[str, Navigation] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)

    @classmethod
    def begin(cls, config: MkDocsConfig, *, drafts: bool) -> BilingualSite:
        """Load and check everything and render what the page cache has not, before MkDocs touches the last good site.

        From here on MkDocs writes into a folder beside `site_dir`, which takes its place when all is done.
        Raises ContentError.
        """
        target = Path(config.site_dir)
        swap.recover(target)
        root = Path(config.config_file_path).parent
        settings = Path(config.config_file_path).read_text(encoding="utf-8")
        identities, problems = identity.read(settings, config.extra.get("locales"), config.nav)
        filings, malformed = identity.filings(settings)
        licence = next((found.licence for found in identities.values() if found.licence), None)
        font = fonts.chinese(fonts.folders())
        shaped = environment(config, settings, drafts=drafts, font=font.identity if font else None)
        cache = PageCache(None if os.environ.get(NO_CACHE) else root / page_cache.KEPT, shaped)
        try:
            edition = prepare(
                root,
                drafts=drafts,
                problems=[*problems, *malformed],
                address=config.site_url or "",
                licence=licence,
                cache=cache,
            )
        except ContentError:
            cache.close()
            raise
        views = {locale: locale_view(config, locale, identities[locale]) for locale in LOCALES}
        config.site_dir = str(swap.staging(target))
        config.nav = views["zh"].nav
        stands = swap.recall(root, target)
        return cls(root, target, edition, identities, filings, font, views, cache, stands)

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the files of the edition, and make the English navigation."""
        self.shares = site_files.add(files, config, self.edition, self.identities, self.font)
        english = copy.copy(config)
        english.nav = self.views["en"].nav
        self.navs["en"] = get_navigation(Files(f for f in files if f.src_uri.startswith("en/")), english)
        return files

    def add_navs(self, nav: Navigation, files: Files) -> None:
        """One navigation a language from the one `nav`."""
        self.navs["zh"] = nav
        for locale, localised in self.navs.items():
            home = files.get_file_from_path(f"{locale}/index.md")
            localised.homepage = home.page if home else None
            for page in localised.pages:
                page.title = page.title or escape(self.edition.pages[page.file.src_uri].title)

    def print_pages(self, templates: jinja2.Environment, config: MkDocsConfig, files: Files) -> None:
        """Print every page that the cache has not into the folder that MkDocs writes into, and lay out the others."""
        press = Press(config, files, self.navs, templates, self._frames())
        edition, staged = self.edition, Path(config.site_dir)
        warnings = _Warnings()
        for uri, text in edition.markdown.items():
            page = edition.pages[uri]
            edition.tracer.start(edition.asked[uri])
            with warnings:
                printed = press.print(page, text)
            asked = edition.tracer.asked()
            key = "" if warnings.count else edition.tracer.key(page, asked)
            self.cache.put(uri, key, asked, map(str, edition.figures[uri]), printed)
        for uri, page in edition.pages.items():
            if self.stands.get(_file(page)) != self._kept(uri).digest:
                write([(_file(page), self.cache.html(uri))], staged)
        links = {uri: found for uri in edition.pages if (found := self._kept(uri).anchors)}
        anchors.check(links, self.cache.body, config.validation.links.anchors)

    def template_context(self, name: str) -> TemplateContext:
        """The frame of a theme template that is no page: `404.html`, and `en/404.html` in English."""
        locale = next((locale for locale in LOCALES if name.startswith(f"{locale}/")), "zh")
        return self._frames().of_error(locale)

    def publish(self, config: MkDocsConfig) -> None:
        """Add what is published beside the pages; put the site in the place of the last one, unless there are warnings."""
        staged = Path(config.site_dir)
        publication = Publication(
            self.edition, self.identities, config.site_url or "", self.cache.body, self.cache.text
        )
        try:
            for publisher in _PUBLISHERS:
                write(publisher(publication), staged)
        except search.NotIndexed as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self.target)
        counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
        if any(counter.get_counts() for counter in counters):
            self.cache.close()
            return
        pages = {_file(page): self._kept(uri).digest for uri, page in self.edition.pages.items()}
        swap.exchange(self.target, pages.keys())
        swap.remember(self.root, self.target, pages)
        self.cache.prune(self.edition.pages)
        self.cache.close()

    def abandon(self) -> None:
        """Remove what a failed build left; the last good site stays."""
        self.cache.close()
        swap.discard(self.target)

    def _kept(self, uri: str) -> Kept:
        kept = self.cache.get(uri)
        assert kept is not None, uri
        return kept

    def _frames(self) -> Frames:
        tracer = self.edition.tracer
        traced = replace(self.edition, content=tracer.content, lists=tracer.lists, dataset=tracer.dataset)
        return Frames(traced, self.identities, self.filings, self.views, self.navs, self.shares)


class _Warnings(logging.Handler):
    """Counts what MkDocs says of a page while it is printed: a page that is kept says nothing again."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        """Count."""
        self.count += 1

    def __enter__(self) -> None:
        self.count = 0
        logging.getLogger("mkdocs").addHandler(self)

    def __exit__(self, *failure: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def _file(page: Page) -> str:
    """The file of a page, relative to the site's root."""
    return f"{page.url}index.html"
