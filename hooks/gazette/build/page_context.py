"""What the theme's templates are given: for the frame that many pages share, and for the parts of one page."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig

from gazette.build.navigation import listed, place_in, trail
from gazette.build.page_frame import SLOTS, Place
from gazette.build.private_names import theme_context
from gazette.build.render_context import RenderContext
from gazette.language import wording
from gazette.outputs.head import page_tags, structured_data
from gazette.outputs.head.head import Head
from gazette.records.values import LOCALES
from gazette.site.pages import DEFAULT_LOCALE, Page, url_of
from gazette.templates.view import view_of
from gazette.templates.view.words import relative

_WITHOUT_NAVIGATION = ("home", "record", "article")
"""The layouts that do without the navigation beside the text on a wide screen."""
_WITH_CONTENTS = ("page", "not_found")
"""The layouts that keep room for a table of contents."""
_HEADING = re.compile(r'<h([1-6])(?: [^>]*?)? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True)
class Heading:
    """A heading of a page, its title in HTML, and the headings below it."""

    anchor: str
    title: str
    children: list[Heading] = field(default_factory=list)


def not_found(locale: str) -> Page:
    """The page that is shown at an address where there is none."""
    return Page(locale, "404", wording.label("not_found", locale), "", "not_found", "")


def place_of(context: RenderContext, page: Page) -> Place:
    """Where a page stands."""
    if page.layout == "not_found":
        # Served for any missing address at any depth: links must be absolute, as in MkDocs' own 404.html.
        return Place(page.locale, urlsplit(context.config.site_url or "/").path, None)
    here, _ = place_in(context.files, page, context.site_model.pages)
    return Place(
        page.locale,
        relative("", page.url),
        here.file.src_uri if here else None,
        here is not None and here.file.src_uri == page.src_uri,
        page.layout in _WITHOUT_NAVIGATION,
    )


def frame_context(context: RenderContext, place: Place) -> dict[str, Any]:
    """What the frame of the pages at a place is made of: settings, and titles of the pages of prose, no other content."""
    nav = context.navs[place.locale]
    here = listed(context.files, place.here) if place.here else None
    page = Page(place.locale, "", "", "", "frame", "")
    return {
        **theme_context(nav, context.config, place.base.rstrip("/")),
        "material_version": version("mkdocs-material"),
        "site": context.settings.identities[place.locale],
        "filings": context.settings.filings.links,
        "view": view_of(context.site_model, page, place.base),
        "locate": place.base.__add__,
        "locales": LOCALES,
        "slots": SLOTS,
        "place": place,
        "current": here if place.itself else None,
        "active": [here, *here.ancestors] if here else [],
    }


def part_context(context: RenderContext, page: Page, place: Place, body: str) -> dict[str, Any]:
    """What the parts of a page are made of; `body` is what its Markdown became."""
    missing, nav = page.layout == "not_found", context.navs[page.locale]
    identity, share = context.settings.identities[page.locale], context.shares.get(page.src_uri)
    head = Head(
        context.site_model,
        page,
        identity,
        context.settings.filings,
        context.config.site_url or "",
        () if missing else trail(nav, context.files, page, context.site_model.pages),
        str(share["address"]) if share else "",
    )
    view = view_of(context.site_model, page, place.base if missing else None)

    def locate(url: str) -> str:
        return place.base + url if missing else relative(url, page.url)

    urls = {locale: url_of("index" if missing else page.path, locale) for locale in LOCALES}
    return {
        "site": identity,
        "nav": nav,
        "view": view,
        "locate": locate,
        "head": head,
        "share": share,
        "title": f"{identity.site_name} - {identity.tagline}"
        if page.layout == "home"
        else f"{page.title} - {identity.site_name}",
        "description": page.summary or identity.site_description,
        "canonical": None if missing else head.whole(page.url),
        # Search engines want whole addresses; without a site_url there are none.
        "alternates": {locale: head.whole(url) or locate(url) for locale, url in urls.items()},
        "default_locale": DEFAULT_LOCALE,
        "others": [view.in_locale(locale) for locale in LOCALES if locale != page.locale],
        "page_tags": page_tags.tags(head),
        "structured_data": structured_data.script(head),
        "step": listed(context.files, page.src_uri),
        "trail": head.trail,
        "section": head.trail[-1][0] if head.trail else "",
        "contents": headings(body) if page.layout in _WITH_CONTENTS else None,
        "edit_url": edit_url(context.config, page.source),
        # Markdown writes the head of a table without its scope.
        "text": body.replace("<th>", '<th scope="col">').replace("<th style=", '<th scope="col" style='),
    }


def headings(body: str) -> list[Heading]:
    """The headings of a text that can be linked to, each below the nearest before it of a higher level."""
    found: list[Heading] = []
    higher = [(0, found)]
    for level, anchor, title in _HEADING.findall(body):
        while higher[-1][0] >= int(level):
            higher.pop()
        heading = Heading(anchor, _TAG.sub("", title))
        higher[-1][1].append(heading)
        higher.append((int(level), heading.children))
    return found


def edit_url(config: MkDocsConfig, source: str) -> str | None:
    """The address at which a file of the project is changed, by MkDocs' rules; None where the project names none."""
    if config.edit_uri_template:
        path = config.edit_uri_template.format(path=source, path_noext=posixpath.splitext(source)[0])
    elif config.edit_uri:
        path = config.edit_uri + source
    else:
        return None
    repository = config.repo_url or ""
    return (
        urljoin(repository if path[0] in "?#" else f"{repository.rstrip('/')}/", path) if repository else path
    )
