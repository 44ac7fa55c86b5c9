"""Partial templates that come out alike on many pages are rendered once for all of them.

Navigation, tabs, search, palette and the like ask only for the language, the folder that a page is in (addresses are
relative), and whether the navigation leads to the page itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.runtime import Context

_PARTS = (
    "partials/colophon.html",
    "partials/icons.html",
    "partials/javascripts/base.html",
    "partials/javascripts/content.html",
    "partials/javascripts/palette.html",
    "partials/nav.html",
    "partials/palette.html",
    "partials/search.html",
    "partials/tabs.html",
    "partials/top.html",
)
_LANGUAGE = "partials/language.html"
_KEPT = 256
"""Pages come folder by folder: no more parts than those of a few folders are wanted again."""


def share(templates: jinja2.Environment) -> None:
    """Make the theme's `templates` render what many pages share once."""
    for name in _PARTS:
        template = templates.get_template(name)
        template.root_render_func = _rendered_once(template.root_render_func)
    language = templates.get_template(_LANGUAGE)
    language.make_module = _made_once(language.make_module)  # type: ignore[method-assign]


def _rendered_once(render: Callable[[Context], Iterator[str]]) -> Callable[[Context], Iterator[str]]:
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


def _made_once(make: Callable[..., TemplateModule]) -> Callable[..., TemplateModule]:
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
