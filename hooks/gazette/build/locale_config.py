"""The config of one language, and the path to a page in its navigation."""

from __future__ import annotations

import copy
from collections import ChainMap
from collections.abc import Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from gazette.language import wording
from gazette.site.identity import Identity
from gazette.site.pages import Page


def locale_config(config: MkDocsConfig, locale: str, identity: Identity) -> MkDocsConfig:
    """The config as a template of one language should see it: a shallow copy with its own words.

    Material's templates do not escape a config's words, so they are escaped here.
    """
    own = copy.copy(config)
    own.site_name = escape(identity.site_name)
    own.site_description = escape(identity.site_description)
    own.copyright = escape(identity.copyright)
    own["extra"] = {**config.extra, "tagline": escape(identity.tagline), "notice": escape(identity.notice)}
    own.repo_url = None  # The theme would ask the host's API for stars; edit links are made before this.
    own.nav = _localised_nav(config.nav, locale, identity.sections)
    palette = [
        {**choice, "toggle": {**choice["toggle"], "name": wording.label(choice["toggle"]["name"], locale)}}
        for choice in config.theme["palette"]
    ]
    # Theme cannot be copied; templates read it as a mapping only.
    own.theme = ChainMap({"language": locale, "palette": palette}, config.theme)  # type: ignore[assignment]
    return own


def trail(mkdocs_page: MkDocsPage, nav: Navigation, pages: Mapping[str, Page]) -> tuple[tuple[str, str], ...]:
    """The path to a page, from the home page down: titles and addresses below the root.

    A section that is no page leads to its first; where that has its name, it is one step.
    """
    steps = [*([nav.homepage] if nav.homepage else []), *reversed([*mkdocs_page.ancestors])]
    found = []
    for step in steps:
        first: Any = step
        while first.children:
            first = first.children[0]
        found.append((unescape(step.title or ""), pages[first.file.src_uri].url))
    return tuple(dict.fromkeys(found))


def _localised_nav(nav: Any, locale: str, sections: Mapping[str, str]) -> Any:
    """The `nav` of mkdocs.yml for one language: paths below its folder, section keys to their names."""
    if isinstance(nav, str):
        return nav if urlsplit(nav).scheme else f"{locale}/{nav}"
    if isinstance(nav, list):
        return [_localised_nav(item, locale, sections) for item in nav]
    return {escape(sections[key]): _localised_nav(value, locale, sections) for key, value in nav.items()}
