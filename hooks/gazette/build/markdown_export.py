"""The whole site as plain Markdown with a mkdocs.yml that asks for no hook: what another builder goes on with."""

from __future__ import annotations

import math
import posixpath
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urljoin, urlsplit

import yaml
from lxml.html import HTMLParser, document_fromstring
from mkdocs.config.defaults import MkDocsConfig

from gazette.base.messages import Refused
from gazette.base.source_files import SourceFiles
from gazette.build import engine, site_place
from gazette.build.settings import Settings, load_settings, read_settings
from gazette.language import wording
from gazette.outputs.markdown import page_markdown
from gazette.outputs.redirects import retired_addresses
from gazette.records.values import LOCALES
from gazette.site.model import load_site
from gazette.site.pages import DEFAULT_LOCALE, Page

EXTENSIONS = ("attr_list", "def_list", "sane_lists", "tables")
"""The extensions of Python-Markdown that the text needs."""


def export(root: Path, folder: Path) -> int:
    """Build the site of the project at `root` and write it as Markdown into a new `folder`; returns the exit status of the build.

    Raises Refused where there is something in the folder, or it is within what a build reads or replaces.
    """
    if site_place.is_of_project(root, folder) or site_place.is_within(
        folder, Path(load_settings(root).site_dir)
    ):
        raise Refused("folder-of-project", folder=folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder-not-empty", folder=folder)
    if status := engine.build(root, cached=True):
        return status
    config = load_settings(root)
    settings, _ = read_settings(config)
    site_model = load_site(SourceFiles(root, keep=True))
    content, pages = site_model.content, site_model.pages
    site, docs = Path(config.site_dir), folder / "docs"
    writer = _Pages(site, pages)
    for page in pages.values():
        _write(docs / _file(page), writer.markdown(page).encode())
    beside = [address for name, address in content.media.items() if name.startswith("root/")]
    for address in sorted({*writer.linked, *beside, *retired_addresses(content), *_marks(config)}):
        (docs / address).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site / address, docs / address)
    _write(folder / "mkdocs.yml", _settings(config, settings, pages).encode())
    return 0


class _Pages:
    """The pages of a finished site as Markdown; `linked` are the files of the site that they lead to."""

    def __init__(self, site: Path, pages: Mapping[str, Page]) -> None:
        self._site = site
        self._files = {page.url: _file(page) for page in pages.values()}
        self.linked: set[str] = set()

    def markdown(self, page: Page) -> str:
        """A page's file, with its title and summary in front."""
        parser = HTMLParser(encoding="utf-8")
        tree = document_fromstring((self._site / page.url / "index.html").read_bytes(), parser)
        (article,) = tree.xpath("//article[contains(@class, 'md-content__inner')]")
        matter = {"title": page.title, "description": page.summary}
        text = page_markdown(article, lambda address: self._followed(page, address))
        return f"---\n{_yaml(matter)}---\n\n{text}"

    def _followed(self, page: Page, address: str) -> str:
        """An address of a page as it is from the page's file: of a page its file, of what is elsewhere as it was."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path:
            return address
        url = unquote(urljoin(f"/{quote(page.url)}", parts.path)).removeprefix("/")
        file = self._files.get(url)
        if file is None:
            file = f"{url}index.html" if url.endswith("/") else url
            self.linked.add(file)
        from_here = quote(posixpath.relpath(file, posixpath.dirname(_file(page)) or "."))
        return f"{from_here}#{parts.fragment}" if parts.fragment else from_here


def _settings(config: MkDocsConfig, settings: Settings, pages: Mapping[str, Page]) -> str:
    """A mkdocs.yml of the same name, address and navigation, for stock MkDocs and what reads its settings."""
    own = settings.identities[DEFAULT_LOCALE]
    navs = {locale: _nav(config.nav, locale, settings, pages) for locale in LOCALES}
    (other,) = (locale for locale in LOCALES if locale != DEFAULT_LOCALE)
    named = {locale: wording.label("language", locale) for locale in LOCALES}
    made: dict[str, Any] = {
        "site_name": own.site_name,
        "site_description": own.site_description,
        **({"site_url": config.site_url} if config.site_url else {}),
        "copyright": own.copyright,
        "theme": {
            "name": "material",
            "language": DEFAULT_LOCALE,
            "font": False,
            **{mark: config.theme[mark] for mark in ("logo", "favicon")},
        },
        "markdown_extensions": [*EXTENSIONS],
        "validation": {"nav": {"omitted_files": "ignore"}, "links": {"anchors": "warn"}},
        "nav": [*navs[DEFAULT_LOCALE], {named[other]: navs[other]}],
    }
    return _yaml(made)


def _nav(nav: Any, locale: str, settings: Settings, pages: Mapping[str, Page]) -> list[Any]:
    """The `nav` of one language: its sections by their names, its pages by their files."""
    found: list[Any] = []
    for item in nav:
        if isinstance(item, dict):
            for key, value in item.items():
                name = settings.identities[locale].sections[key]
                found.append(
                    {
                        name: _nav(value, locale, settings, pages)
                        if isinstance(value, list)
                        else _at(value, locale, pages)
                    }
                )
        else:
            found.append(_at(item, locale, pages))
    return found


def _at(entry: str, locale: str, pages: Mapping[str, Page]) -> str:
    page = pages.get(f"{locale}/{entry}")
    return _file(page) if page else entry


def _marks(config: MkDocsConfig) -> list[str]:
    """The logo and the icon, which no page names."""
    return [str(config.theme[mark]) for mark in ("logo", "favicon")]


def _file(page: Page) -> str:
    """Where a page's file stands below docs/: so that its address stays."""
    return page.src_uri.removeprefix(f"{DEFAULT_LOCALE}/")


def _yaml(data: Mapping[str, Any]) -> str:
    made: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=math.inf)
    return made


def _write(file: Path, body: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)
