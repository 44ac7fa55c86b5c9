"""What the theme's templates are given: for the frame that many pages share, and for the parts of one page."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig

from gazette.build.files import MISSING_SCRIPT, asked_for
from gazette.build.navigation import Breadcrumbs, breadcrumbs
from gazette.build.page_frame import MARK, PARTS, Place
from gazette.build.private_names import theme_context
from gazette.build.render_context import RenderContext
from gazette.language import wording
from gazette.outputs.head import page_tags, structured_data
from gazette.outputs.head.head import Head
from gazette.records.values import LOCALES
from gazette.site.model import SiteModel
from gazette.site.pages import DEFAULT_LOCALE, Page, url_of
from gazette.templates.view import view_of
from gazette.templates.view.words import relative

_WITHOUT_NAVIGATION = ("home", "record", "article")
"""The layouts that do without the navigation beside the text on a wide screen."""
_WITH_CONTENTS = ("page", "not_found")
"""The layouts that keep room for a table of contents."""
_HEADING = re.compile(r'<h([1-6])(?: [^>]*?)? id="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile("<[^>]*>")
_EMPTY_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Heading:
    """A heading of a page, its title in HTML, and the headings below it."""

    anchor: str
    title: str
    children: list[Heading] = field(default_factory=list)


class PageContexts:
    """What the templates are given for each page of a context, read through `site_model`, which may record what is read."""

    def __init__(self, context: RenderContext, site_model: SiteModel) -> None:
        self._context, self._site_model = context, site_model
        self._listed = {page.file.src_uri: page for nav in context.navs.values() for page in nav.pages}
        self._breadcrumbs: dict[str, Breadcrumbs] = {}
        self._address = context.config.site_url or ""
        self._edit_url = edit_url(context.config)
        self._report = context.settings.report or issues_url(context.config)
        self._of_locale = {locale: self._shared(locale) for locale in LOCALES}

    def _shared(self, locale: str) -> dict[str, Any]:
        """What every template of a language is given; `words` are the interface's strings, as HTML."""
        words = {key: escape(said.to(locale)) for key, said in wording.labels().items()}
        return {
            "site": self._context.settings.identities[locale],
            "nav": self._context.navs[locale],
            "words": SimpleNamespace(**words),
            "default_locale": DEFAULT_LOCALE,
        }

    def place(self, page: Page) -> Place:
        """Where a page stands."""
        if page.layout == "not_found":
            # Served for any missing address at any depth: links must be absolute, as in MkDocs' own 404.html.
            return Place(page.locale, urlsplit(self._address or "/").path, None, without_navigation=True)
        here = self._breadcrumbs_of(page).here
        uri = here.file.src_uri if here else None
        without_navigation = page.layout in _WITHOUT_NAVIGATION
        return Place(page.locale, relative("", page.url), uri, uri == page.src_uri, without_navigation)

    def _breadcrumbs_of(self, page: Page) -> Breadcrumbs:
        """Where a page stands: as do all of its folder that the navigation does not have."""
        uri = page.src_uri
        key = uri if uri in self._listed or uri.endswith("/index.md") else uri.rpartition("/")[0]
        if key not in self._breadcrumbs:
            nav = self._context.navs[page.locale]
            self._breadcrumbs[key] = breadcrumbs(nav, page, self._context.site_model.pages)
        return self._breadcrumbs[key]

    def frame(self, place: Place) -> dict[str, Any]:
        """What the frame of the pages at a place is made of: settings, and titles of the pages of prose, no other content."""
        shared = self._of_locale[place.locale]
        here = self._listed.get(place.here) if place.here else None
        page = Page(place.locale, "", "", "", "frame", "")
        return {
            **theme_context(shared["nav"], self._context.config, place.base),
            **shared,
            "material_version": version("mkdocs-material"),
            "filings": self._context.settings.filings.links,
            "view": view_of(self._context.site_model, page, place.locate),
            "locate": place.locate,
            "locales": LOCALES,
            "slots": {name: f"{MARK}{name}{MARK}" for name in PARTS},
            "place": place,
            "previewing": self._context.previewing,
            "current": here if place.itself else None,
            "active": [here, *here.ancestors] if here else [],
        }

    def parts(self, page: Page, place: Place, body: str) -> dict[str, Any]:
        """What the parts of a page are made of; `body` is what its Markdown became."""
        shared, missing, source = self._of_locale[page.locale], page.layout == "not_found", page.source
        share, identity = self._context.shares.get(page.src_uri), shared["site"]
        trail = () if missing else self._breadcrumbs_of(page).trail
        card = str(share["address"]) if share else ""
        filings = self._context.settings.filings
        head = Head(self._site_model, page, identity, filings, self._address, trail, card)

        def locate(url: str) -> str:
            return place.locate(url) if missing else relative(url, page.url)

        urls = {locale: url_of("index" if missing else page.path, locale) for locale in LOCALES}
        name = identity.tagline if page.layout == "home" else identity.site_name
        title = f"{identity.site_name if page.layout == 'home' else page.title} - {name}"
        return {
            **shared,
            "view": view_of(self._site_model, page, place.locate if missing else None),
            "locate": locate,
            "head": head,
            "share": share,
            "title": title,
            "description": page.summary or identity.site_description,
            "canonical": None if missing else head.whole(page.url),
            # Search engines want whole addresses; without a site_url there are none.
            "alternates": {locale: head.whole(url) or locate(url) for locale, url in urls.items()},
            "page_tags": dict(page_tags.tags(head)),
            "structured_data": structured_data.script(head),
            "step": self._listed.get(page.src_uri),
            "trail": trail,
            "contents": headings(body) if page.layout in _WITH_CONTENTS else None,
            "report_url": self._report.replace(
                "{page}", quote(head.whole(page.url) or f"/{page.url}", safe="")
            ),
            "edit_url": self._edit_url.format(path=source, path_noext=posixpath.splitext(source)[0]),
            "missing_script": asked_for(self._context.files, MISSING_SCRIPT) if missing else "",
            "text": _shown(body),
        }


def _shown(body: str) -> str:
    """A body as a page shows it: Markdown writes the head of a table without its scope, and lines that say nothing."""
    shown = body.replace("<th>", '<th scope="col">').replace("<th align=", '<th scope="col" align=')
    return shown if "<pre" in shown else _EMPTY_LINES.sub("\n", shown)


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


def issues_url(config: MkDocsConfig) -> str:
    """The address at which an issue of the repository is opened, with {page} for the address it is about; "" if there is none.

    The owner `example` is that of a project whose repository is not set yet.
    """
    repository = (config.repo_url or "").rstrip("/")
    owner = urlsplit(repository).path.split("/")[1:2]
    return f"{repository}/issues/new?body={{page}}" if repository and owner != ["example"] else ""


def edit_url(config: MkDocsConfig) -> str:
    """The address at which a file of the project is changed, by MkDocs' rules, with {path} for the file; "" if there is none."""
    path: str = config.edit_uri_template or (f"{config.edit_uri}{{path}}" if config.edit_uri else "")
    if not config.repo_url or not path:
        return path
    return urljoin(config.repo_url if path[0] in "?#" else f"{config.repo_url.rstrip('/')}/", path)
