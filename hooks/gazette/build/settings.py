"""What pages are printed with, beside the content: names, notices, font, files, navigations."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import escape
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, get_navigation

from gazette.base.diagnostics import ContentError, Diagnostic, Position
from gazette.build.locale_config import locale_view
from gazette.outputs import fonts
from gazette.records.values import LOCALES
from gazette.site import identity
from gazette.site.identity import Filings, Identity
from gazette.site.model import SiteModel
from gazette.site.tables import Licence


@dataclass(frozen=True)
class Settings:
    """What mkdocs.yml (its text is `settings`) and the machine say; `identities` and `views` by language."""

    root: Path
    settings: str
    identities: Mapping[str, Identity]
    filings: Filings
    font: fonts.Font | None

    @property
    def licence(self) -> Licence | None:
        """The terms of the data, where the owner has set them."""
        return next((found.licence for found in self.identities.values() if found.licence), None)

    def views(self, config: MkDocsConfig) -> Mapping[str, MkDocsConfig]:
        """The config of each language."""
        return {locale: locale_view(config, locale, self.identities[locale]) for locale in LOCALES}


def load(root: Path) -> MkDocsConfig:
    """The settings of a project as MkDocs reads them, for a command that builds nothing. Raises ContentError."""
    try:
        return load_config(str(root / identity.FILE))
    except MkDocsException as error:
        raise ContentError(
            [
                Diagnostic(
                    Position(identity.FILE),
                    "settings",
                    f"MkDocs 不接受 mkdocs.yml：{error}",
                    f"MkDocs does not accept mkdocs.yml: {error}",
                )
            ]
        ) from error


def read(config: MkDocsConfig) -> tuple[Settings, list[Diagnostic]]:
    """The settings, and what is wrong with it."""
    file = Path(config.config_file_path)
    settings = file.read_text(encoding="utf-8")
    identities, problems = identity.read(settings, config.extra.get("locales"), config.nav)
    filings, malformed = identity.filings(settings)
    font = fonts.chinese(fonts.folders())
    return Settings(file.parent, settings, identities, filings, font), [*problems, *malformed]


def english(files: Files, config: MkDocsConfig, view: MkDocsConfig) -> Navigation:
    """The English navigation; MkDocs makes the Chinese one itself."""
    own = copy.copy(config)
    own.nav = view.nav
    return get_navigation(Files(file for file in files if file.src_uri.startswith("en/")), own)


def name_pages(navs: Mapping[str, Navigation], files: Files, site_model: SiteModel) -> None:
    """Give the navigations their home pages, and the pages that they do not name their titles."""
    for locale, nav in navs.items():
        home = files.get_file_from_path(f"{locale}/index.md")
        nav.homepage = home.page if home else None
        for page in nav.pages:
            page.title = page.title or escape(site_model.pages[page.file.src_uri].title)
