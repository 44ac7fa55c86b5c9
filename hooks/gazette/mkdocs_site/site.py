"""One build of the bilingual site, event by event."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from gazette import identity
from gazette.edition import Edition, prepare
from gazette.identity import Filings, Identity
from gazette.mkdocs_site import files as site_files
from gazette.mkdocs_site.frames import Frames, Share
from gazette.mkdocs_site.press import Press
from gazette.mkdocs_site.swap import beside, recover, replace
from gazette.mkdocs_site.views import locale_view
from gazette.publish import feeds, open_data, redirects, search, sitemap
from gazette.publish.publication import File as PublishedFile
from gazette.publish.publication import Publication, write
from gazette.records.values import LOCALES

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
    """One build of the site."""

    edition: Edition
    identities: Mapping[str, Identity]
    filings: Filings
    views: Mapping[str, MkDocsConfig]
    target: Path
    navs: dict[str, Navigation] = field(default_factory=dict)
    shares: Mapping[str, Share] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    text: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def begin(cls, config: MkDocsConfig, *, drafts: bool) -> BilingualSite:
        """Load, check and render everything, before MkDocs touches the last good site.

        From here on MkDocs writes into a folder beside `site_dir`, which takes its place when all is done.
        Raises ContentError.
        """
        target = Path(config.site_dir)
        recover(target)
        root = Path(config.config_file_path).parent
        settings = Path(config.config_file_path).read_text(encoding="utf-8")
        identities, problems = identity.read(settings, config.extra.get("locales"), config.nav)
        filings, malformed = identity.filings(settings)
        licence = next((found.licence for found in identities.values() if found.licence), None)
        edition = prepare(
            root,
            drafts=drafts,
            problems=[*problems, *malformed],
            address=config.site_url or "",
            licence=licence,
        )
        views = {locale: locale_view(config, locale, identities[locale]) for locale in LOCALES}
        config.site_dir = str(beside(target, "new"))
        config.nav = views["zh"].nav
        return cls(edition, identities, filings, views, target)

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the files of the edition, and make the English navigation."""
        self.shares = site_files.add(files, config, self.edition, self.identities)
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
        """Print every page into the folder that MkDocs writes into."""
        press = Press(config, files, self.navs, templates, self._frames())
        folder = Path(config.site_dir)
        for src_uri, page in self.edition.pages.items():
            printed = press.print(page, self.edition.markdown[src_uri])
            self.html[src_uri], self.text[src_uri] = printed.body, printed.text
            write([(f"{page.url}index.html", printed.html.encode())], folder)

    def template_context(self, name: str) -> TemplateContext:
        """The frame of a theme template that is no page: `404.html`, and `en/404.html` in English."""
        locale = next((locale for locale in LOCALES if name.startswith(f"{locale}/")), "zh")
        return self._frames().of_error(locale)

    def publish(self, config: MkDocsConfig) -> None:
        """Add what is published beside the pages; put the site in the place of the last one, unless there are warnings."""
        staged = Path(config.site_dir)
        publication = Publication(self.edition, self.identities, config.site_url or "", self.html, self.text)
        try:
            for publisher in _PUBLISHERS:
                write(publisher(publication), staged)
        except search.NotIndexed as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self.target)
        counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
        if not any(counter.get_counts() for counter in counters):
            replace(self.target, staged)

    def abandon(self) -> None:
        """Remove what a failed build left; the last good site stays."""
        recover(self.target)

    def _frames(self) -> Frames:
        return Frames(self.edition, self.identities, self.filings, self.views, self.navs, self.shares)
