"""What the pages of a site model are rendered with, made the same way for the build, its workers and the quick preview."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass

import jinja2
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation

from gazette.build import files as site_files
from gazette.build import partial_cache, private_names
from gazette.build.locale_config import locale_config
from gazette.build.settings import Settings
from gazette.outputs.share_images import Card, Share, cards, shares
from gazette.records.values import LOCALES
from gazette.site.model import SiteModel


@dataclass(frozen=True)
class RenderContext:
    """The settings and content of a build with all that MkDocs makes of them.

    `configs` and `navs` are by language, `cards` and `shares` (the picture that a shared link shows of each page) by
    src_uri; a site without an address has none, since no page could name them.
    """

    config: MkDocsConfig
    settings: Settings
    site_model: SiteModel
    templates: jinja2.Environment
    files: Files
    configs: Mapping[str, MkDocsConfig]
    navs: Mapping[str, Navigation]
    cards: Mapping[str, Card]
    shares: Mapping[str, Share]


def render_context(config: MkDocsConfig, settings: Settings, site_model: SiteModel) -> RenderContext:
    """The context in which the pages of `site_model` are rendered into `config.site_dir`."""
    configs = {locale: locale_config(config, locale, settings.identities[locale]) for locale in LOCALES}
    templates = config.theme.get_env()
    partial_cache.share(templates)
    files = private_names.all_files(config, templates)
    site_files.add(files, config, site_model, settings.palette)
    private_names.exclude_files(files, config)
    navs = {locale: _navigation(locale, files, config, configs[locale]) for locale in LOCALES}
    for nav in navs.values():
        for page in nav.pages:
            page.title = page.title or escape(site_model.pages[page.file.src_uri].title)
    shown = cards(site_model, settings.identities, settings.palette) if config.site_url else {}
    pictures = shares(shown, settings.font)
    return RenderContext(config, settings, site_model, templates, files, configs, navs, shown, pictures)


def _navigation(locale: str, files: Files, config: MkDocsConfig, own: MkDocsConfig) -> Navigation:
    """The navigation of one language from the one `nav` of mkdocs.yml."""
    localised = copy.copy(config)
    localised.nav = own.nav
    own_files = Files(file for file in files if file.src_uri.startswith(f"{locale}/"))
    nav = private_names.navigation(own_files, localised)
    home = files.get_file_from_path(f"{locale}/index.md")
    nav.homepage = home.page if home else None
    return nav
