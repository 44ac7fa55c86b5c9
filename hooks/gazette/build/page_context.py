"""What the theme is given to frame a page: the page's language, its place in the site, its head."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from gazette.build.locale_config import trail
from gazette.language import wording
from gazette.outputs.head import page_tags, structured_data
from gazette.outputs.head.head import Head
from gazette.records.values import LOCALES
from gazette.site.identity import Filings, Identity
from gazette.site.model import SiteModel
from gazette.site.pages import DEFAULT_LOCALE, Page, absolute, url_of
from gazette.templates.view import view_of

Share = Mapping[str, str | int]
"""The picture that a shared link shows of a page: its address, words and size."""


@dataclass(frozen=True)
class PageContexts:
    """The frames of one site model; `views`, `navs` and `identities` by language, `shares` by src_uri."""

    site_model: SiteModel
    identities: Mapping[str, Identity]
    filings: Filings
    views: Mapping[str, MkDocsConfig]
    navs: Mapping[str, Navigation]
    shares: Mapping[str, Share]

    def of_page(self, page: Page, mkdocs_page: MkDocsPage) -> TemplateContext:
        """What a template of the theme is given to show a page."""
        nav = self.navs[page.locale]
        context = get_context(nav, [], self.views[page.locale], mkdocs_page)
        return self._in_language(context, page, trail(mkdocs_page, nav, self.site_model.pages))

    def of_error(self, locale: str) -> TemplateContext:
        """The same for `404.html`, and for `en/404.html` in English."""
        view = self.views[locale]
        # Served for any missing address at any depth: links must be absolute, as in MkDocs' own 404.html.
        base = urlsplit(view.site_url or "/").path
        context = get_context(self.navs[locale], [], view, base_url=base)
        page = Page(locale, "404", wording.label("not_found", locale), "", "not_found", "")
        return self._in_language(context, page, base=base, translation="index")

    def _in_language(
        self,
        context: TemplateContext,
        page: Page,
        steps: tuple[tuple[str, str], ...] = (),
        base: str | None = None,
        translation: str | None = None,
    ) -> TemplateContext:
        share = self.shares.get(page.src_uri)
        view = copy.copy(self.views[page.locale])
        head = Head(
            self.site_model,
            page,
            self.identities[page.locale],
            self.filings,
            view.site_url or "",
            steps,
            str(share["address"]) if share else "",
        )
        alternate = [
            {
                "name": wording.label("language", locale),
                # Search engines want whole addresses; without a site_url the theme makes a relative one.
                "link": absolute(view.site_url or "", url_of(translation or page.path, locale)) or "./",
                "lang": locale,
            }
            for locale in LOCALES
        ]
        view["extra"] = {**view.extra, "alternate": alternate}
        own = {
            "config": view,
            "nav": self.navs[page.locale],
            "view": view_of(self.site_model, page, base),
            "share": share,
            "default_locale": DEFAULT_LOCALE,
            "head": head,
            "page_tags": page_tags.tags(head),
            "structured_data": structured_data.script(head),
            "filings": self.filings.links,
        }
        return cast(TemplateContext, {**context, **own})
