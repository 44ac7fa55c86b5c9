"""The navigation of one language, and where a page stands in it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from gazette.build import private_names
from gazette.site.identity import Identity
from gazette.site.pages import Page, above


def navigation(
    locale: str, files: Files, config: MkDocsConfig, identity: Identity, pages: Mapping[str, Page]
) -> Navigation:
    """The navigation of one language from the one `nav` of mkdocs.yml; the titles of its items are HTML."""
    localised = copy.copy(config)
    localised.nav = _localised(config.nav, locale, identity.sections)
    nav = private_names.navigation(files, localised)
    home = files.get_file_from_path(f"{locale}/index.md")
    nav.homepage = home.page if home else None
    for page in nav.pages:
        page.title = page.title or escape(pages[page.file.src_uri].title)
    return nav


@dataclass(frozen=True)
class Breadcrumbs:
    """Where a page stands: it is the page `here` of the navigation, or stands below it.

    `trail` is the path to it, from the home page down: titles and addresses below the root.
    """

    here: MkDocsPage | None
    trail: tuple[tuple[str, str], ...]


def breadcrumbs(nav: Navigation, page: Page, pages: Mapping[str, Page]) -> Breadcrumbs:
    """Where a page stands. In its trail a section leads to its first page; where that has its name, the two are one step."""
    listed = {one.file.src_uri: one for one in nav.pages}
    lower = []
    for one in (page, *above(page, pages)):
        if one.src_uri in listed:
            break
        lower.append(one)
    here = listed.get(one.src_uri)
    steps: list[Any] = [nav.homepage] if nav.homepage else []
    if here:
        steps += [*reversed([*here.ancestors]), *([here] if lower else [])]
    found = dict.fromkeys(
        (unescape(step.title or ""), pages[_first(step).file.src_uri].url) for step in steps
    )
    return Breadcrumbs(here, (*found, *((one.title, one.url) for one in lower[:0:-1])))


def _first(item: Any) -> Any:
    """The first page that an item of the navigation leads to."""
    return _first(item.children[0]) if item.children else item


def _localised(nav: Any, locale: str, sections: Mapping[str, str]) -> Any:
    """The `nav` of mkdocs.yml for one language: paths below its folder, section keys to their names."""
    if isinstance(nav, str):
        return nav if urlsplit(nav).scheme else f"{locale}/{nav}"
    if isinstance(nav, list):
        return [_localised(item, locale, sections) for item in nav]
    return {escape(sections[key]): _localised(value, locale, sections) for key, value in nav.items()}
