"""Partial templates that come out alike on many pages are rendered once for all of them.

Navigation, tabs, search, palette and the like ask only for the language, the folder that a page is in (addresses are
relative), and whether the navigation leads to the page itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

from gazette.build import private_names
from gazette.build.private_names import MakeModule, Render

_KEPT = 256
"""Pages come folder by folder: no more parts than those of a few folders are wanted again."""


def share(templates: jinja2.Environment) -> None:
    """Make the theme's `templates` render what many pages share once."""
    for name in private_names.SHARED_PARTIALS:
        private_names.change_render(templates.get_template(name), _rendered_once)
    private_names.change_module(templates.get_template(private_names.LANGUAGE_PARTIAL), _made_once)


def _rendered_once(render: Render) -> Render:
    kept: dict[tuple[str, ...], str] = {}

    def rendered(context: Context) -> Iterator[str]:
        place = _place(context)
        if place not in kept:
            if len(kept) >= _KEPT:
                kept.clear()
            kept[place] = "".join(render(context))
        yield kept[place]

    return rendered


def _place(context: Context) -> tuple[str, ...]:
    """Where a page stands, as far as the shared parts can tell."""
    page, view, nav = context["page"], context["view"], context["nav"]
    if page is None:
        return (view.locale, context["base_url"])
    if page in nav.pages:
        return (view.locale, page.url)
    return (view.locale, page.url.rstrip("/").rpartition("/")[0], "*")


def _made_once(make: MakeModule) -> MakeModule:
    """The theme's own words, which every partial imports again."""
    kept: dict[str, TemplateModule] = {}

    def made(variables: dict[str, Any], *others: Any) -> TemplateModule:
        language = variables["config"].theme["language"]
        if language not in kept:
            module = make(variables, *others)
            module.t = functools.cache(module.t)  # type: ignore[attr-defined]
            kept[language] = module
        return kept[language]

    return made
