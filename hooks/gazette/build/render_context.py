"""What the pages of a site model are rendered with, made the same way for the build, its workers and both previews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation

from gazette.build.files import SiteFiles, site_files
from gazette.build.navigation import navigation
from gazette.build.settings import Settings
from gazette.outputs.share_images import Card, Share, cards, shares
from gazette.records.values import LOCALES
from gazette.site.model import SiteModel
from gazette.templates.compiled import compiled


@dataclass(frozen=True)
class RenderContext:
    """The settings and content of a build with all that MkDocs makes of them.

    `navs` are by language, `cards` and `shares` (the picture that a shared link shows of each page) by src_uri; a site
    without an address has none of these, since no page could name them. `previewing` is whether the pages are an editor's preview.
    """

    config: MkDocsConfig
    settings: Settings
    site_model: SiteModel
    templates: jinja2.Environment
    files: SiteFiles
    navs: Mapping[str, Navigation]
    cards: Mapping[str, Card]
    shares: Mapping[str, Share]
    previewing: bool


def render_context(
    config: MkDocsConfig, settings: Settings, site_model: SiteModel, *, previewing: bool
) -> RenderContext:
    """The context in which the pages of `site_model` are rendered into `config.site_dir`."""
    templates = config.theme.get_env()
    templates.trim_blocks = templates.lstrip_blocks = True  # No line that says nothing.
    templates.bytecode_cache = compiled(settings.root, "frame")
    files = site_files(config, site_model, settings.palette)
    navs = {
        locale: navigation(locale, files, config, settings.identities[locale], site_model.pages)
        for locale in LOCALES
    }
    shown = cards(site_model, settings.identities, settings.palette) if config.site_url else {}
    pictures = shares(shown, settings.font)
    return RenderContext(config, settings, site_model, templates, files, navs, shown, pictures, previewing)
