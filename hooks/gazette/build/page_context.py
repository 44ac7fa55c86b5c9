"""What the theme is given to show a page: the page's language, its place in the site, its head."""

from __future__ import annotations

import copy
from typing import cast
from urllib.parse import urlsplit

from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from gazette.build.locale_config import trail
from gazette.build.private_names import theme_context
from gazette.build.render_context import RenderContext
from gazette.language import wording
from gazette.outputs.head import page_tags, structured_data
from gazette.outputs.head.head import Head
from gazette.records.values import LOCALES
from gazette.site.pages import DEFAULT_LOCALE, Page, absolute, url_of
from gazette.templates.view import view_of


def page_context(context: RenderContext, page: Page, mkdocs_page: MkDocsPage) -> TemplateContext:
    """What a template of the theme is given to show a page."""
    nav = context.navs[page.locale]
    made = theme_context(nav, context.configs[page.locale], mkdocs_page)
    return _in_language(context, made, page, trail(mkdocs_page, nav, context.site_model.pages))


def error_context(context: RenderContext, locale: str) -> TemplateContext:
    """The same for `404.html`, and for `en/404.html` in English."""
    config = context.configs[locale]
    # Served for any missing address at any depth: links must be absolute, as in MkDocs' own 404.html.
    base = urlsplit(config.site_url or "/").path
    made = theme_context(context.navs[locale], config, base_url=base)
    page = Page(locale, "404", wording.label("not_found", locale), "", "not_found", "")
    return _in_language(context, made, page, base=base, translation="index")


def _in_language(
    context: RenderContext,
    made: TemplateContext,
    page: Page,
    steps: tuple[tuple[str, str], ...] = (),
    base: str | None = None,
    translation: str | None = None,
) -> TemplateContext:
    share = context.shares.get(page.src_uri)
    config = copy.copy(context.configs[page.locale])
    head = Head(
        context.site_model,
        page,
        context.settings.identities[page.locale],
        context.settings.filings,
        config.site_url or "",
        steps,
        str(share["address"]) if share else "",
    )
    alternate = [
        {
            "name": wording.label("language", locale),
            # Search engines want whole addresses; without a site_url the theme makes a relative one.
            "link": absolute(config.site_url or "", url_of(translation or page.path, locale)) or "./",
            "lang": locale,
        }
        for locale in LOCALES
    ]
    config["extra"] = {**config.extra, "alternate": alternate}
    own = {
        "config": config,
        "nav": context.navs[page.locale],
        "view": view_of(context.site_model, page, base),
        "share": share,
        "default_locale": DEFAULT_LOCALE,
        "head": head,
        "page_tags": page_tags.tags(head),
        "structured_data": structured_data.script(head),
        "filings": context.settings.filings.links,
    }
    return cast(TemplateContext, {**made, **own})
