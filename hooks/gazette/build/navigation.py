"""The navigation of one language, and where a page stands in it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from html import unescape
from itertools import chain
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
    """The navigation of one language from the one `nav` of mkdocs.yml; its titles are HTML."""
    localised = copy.copy(config)
    localised.nav = _localised(config.nav, locale, identity.sections)
    nav = private_names.navigation(
        Files(file for file in files if file.src_uri.startswith(f"{locale}/")), localised
    )
    home = files.get_file_from_path(f"{locale}/index.md")
    nav.homepage = home.page if home else None
    for page in nav.pages:
        page.title = page.title or escape(pages[page.file.src_uri].title)
    return nav


def listed(files: Files, src_uri: str) -> MkDocsPage | None:
    """The page as the navigation has it; None where that does not."""
    file = files.get_file_from_path(src_uri)
    return file.page if file else None


def place_in(
    files: Files, page: Page, pages: Mapping[str, Page]
) -> tuple[MkDocsPage | None, tuple[Page, ...]]:
    """The page of the navigation that `page` is or stands below, and those between the two, from the top down."""
    lower: list[Page] = []
    for one in chain([page], above(page, pages)):
        if here := listed(files, one.src_uri):
            break
        lower.append(one)
    else:
        here = None
    return here, tuple(lower[:0:-1])


def trail(
    nav: Navigation, files: Files, page: Page, pages: Mapping[str, Page]
) -> tuple[tuple[str, str], ...]:
    """The path to a page, from the home page down: titles and addresses below the root.

    A section that is no page leads to its first; where that has its name, it is one step.
    """
    here, between = place_in(files, page, pages)
    steps: list[Any] = [nav.homepage] if nav.homepage else []
    if here:
        steps += [*reversed([*here.ancestors]), *([] if here.file.src_uri == page.src_uri else [here])]
    found = dict.fromkeys(
        (unescape(step.title or ""), pages[_first(step).file.src_uri].url) for step in steps
    )
    return (*found, *((one.title, one.url) for one in between))


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
