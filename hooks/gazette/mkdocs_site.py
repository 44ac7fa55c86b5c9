"""The bilingual site in MkDocs' terms: files, navigations, locale views, the swap of the finished site."""

from __future__ import annotations

import copy
import hashlib
import logging
import shutil
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

from gazette import identity, l10n
from gazette.edition import Edition, prepare
from gazette.identity import Filings, Identity
from gazette.pages import DEFAULT_LOCALE, Page, absolute, url_of
from gazette.publish import (
    feeds,
    fonts,
    open_data,
    page_tags,
    redirects,
    search,
    share_images,
    sitemap,
    structured_data,
)
from gazette.publish.head import Head
from gazette.publish.publication import File as PublishedFile
from gazette.publish.publication import Folder, Publication, write
from gazette.records.values import LOCALES

NEVER = "1970-01-01"
"""MkDocs wants an ISO date of every page; this stands for one that has no commit yet."""

log = logging.getLogger("mkdocs.gazette")

_STILL_GOOD = (
    "预览仍是上一次正确的页面；改好并保存后自动恢复。\n"
    "The preview shows the last good pages; save the mended file to go on."
)

_NO_FONT = (
    "没有找到中文字体：中文分享图上只有印章，没有文字。安装一种即可，如 Debian 的 fonts-noto-cjk。\n"
    "No Chinese font was found: the Chinese share images carry a seal and no words. "
    "Install one, such as Debian's fonts-noto-cjk."
)

_WITHOUT = {
    "home": ["navigation", "toc", "path"],
    "section": ["toc"],
    "part": ["toc"],
    "figures": ["toc"],
    "timeline": ["toc"],
    "record": ["navigation", "toc"],
    "article": ["navigation", "toc"],
}
"""The parts of the frame that a layout does without."""

_PUBLISHERS: tuple[Callable[[Publication], Iterable[PublishedFile | Folder]], ...] = (
    feeds.files,
    open_data.files,
    redirects.files,
    search.files,
    sitemap.files,
)
"""What makes files beside the pages, each from the whole publication."""


@dataclass
class BilingualSite:
    """One build of the site."""

    edition: Edition
    identities: Mapping[str, Identity]
    filings: Filings
    views: Mapping[str, MkDocsConfig]
    target: Path
    navs: dict[str, Navigation] = field(default_factory=dict)
    shares: dict[str, Mapping[str, str | int]] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    text: dict[str, list[str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, config: MkDocsConfig, *, drafts: bool) -> BilingualSite:
        """Load, check and render everything, before MkDocs touches the last good site.

        From here on MkDocs writes into a folder beside `site_dir`, which takes its place when all is done.
        Raises ContentError.
        """
        target = Path(config.site_dir)
        _recover(target)
        root = Path(config.config_file_path).parent
        settings = Path(config.config_file_path).read_text(encoding="utf-8")
        identities, problems = identity.read(settings, config.extra.get("locales"), config.nav)
        filings, malformed = identity.filings(settings)
        licence = next((found.licence for found in identities.values() if found.licence), None)
        edition = prepare(
            root,
            drafts=drafts,
            problems=[*problems, *malformed],
            address=config.site_url or "",
            licence=licence,
        )
        views = {locale: _locale_view(config, locale, identities[locale]) for locale in LOCALES}
        config.site_dir = str(_beside(target, "new"))
        config.nav = views["zh"].nav
        return cls(edition, identities, filings, views, target)

    def add_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Give every page and photograph of the edition a File at its address; no other Markdown is published."""
        # MkDocs' own sitemap knows no languages; what is no template of the theme is copied as a file.
        config.theme.static_templates.discard(sitemap.FILE)
        for file in list(files):
            unknown = file.is_documentation_page() and file.src_uri not in self.edition.pages
            if unknown or file.src_uri == sitemap.FILE:
                files.remove(file)
            elif file.src_uri.startswith("zh/"):
                file.dest_uri = file.src_uri.removeprefix("zh/")
        for src_uri, page in self.edition.pages.items():
            existing = files.get_file_from_path(src_uri)
            file = existing or File.generated(config, src_uri, content="")
            if existing is None:
                files.append(file)
            file.dest_uri = page.url + "index.html"
            file.edit_uri = page.source
            file.inclusion = InclusionLevel.NOT_IN_NAV  # Material's nav shows sections; records are in lists.
        for src_uri, made in self.edition.photos.items():
            files.append(File.generated(config, src_uri, abs_src_path=str(made)))
        self._add_share_images(files, config)
        # The locale views share these lists.
        config.extra_css[:] = _in_one(files, config, config.extra_css, "stylesheets/record", "css")
        config.extra_javascript[:] = _in_one(
            files, config, config.extra_javascript, "javascripts/record", "js"
        )
        # Before MkDocs makes a Page of every file, titled as if no nav named it.
        english = copy.copy(config)
        english.nav = self.views["en"].nav
        self.navs["en"] = get_navigation(Files(f for f in files if f.src_uri.startswith("en/")), english)
        return files

    def _add_share_images(self, files: Files, config: MkDocsConfig) -> None:
        font = fonts.chinese(fonts.folders())
        if font is None:
            log.info(_NO_FONT)
        kept = self.edition.content.root / share_images.KEPT
        cards = share_images.cards(self.edition, self.identities)
        addresses = {card: share_images.address(card, font) for card in dict.fromkeys(cards.values())}
        for card, address in addresses.items():
            files.append(File.generated(config, address, content=share_images.image(card, font, kept)))
        share_images.prune(addresses, font, kept)
        size = {"width": share_images.WIDTH, "height": share_images.HEIGHT}
        for src_uri, card in cards.items():
            self.shares[src_uri] = {"address": addresses[card], "words": card.words, **size}

    def add_navs(self, nav: Navigation, files: Files) -> None:
        """One navigation a language from the one `nav`; a record's page belongs under its section's."""
        self.navs["zh"] = nav
        for locale, localised in self.navs.items():
            home = files.get_file_from_path(f"{locale}/index.md")
            localised.homepage = home.page if home else None
        for src_uri, page in self.edition.pages.items():
            section = _above(files, page)
            mkdocs_page = _page(files, src_uri)
            mkdocs_page.update_date = page.changed or NEVER
            if section and section.page and section.page is not mkdocs_page and mkdocs_page.parent is None:
                mkdocs_page.parent = section.page  # type: ignore[assignment]

    def markdown(self, mkdocs_page: MkDocsPage) -> str:
        """The page's Markdown; its title, description and layout go into MkDocs' metadata."""
        page = self.edition.pages[mkdocs_page.file.src_uri]
        mkdocs_page.meta = {
            # Material prints both as they are.
            "title": escape(page.title),
            "description": escape(page.summary),
            "template": "home.html" if page.layout == "home" else "main.html",
            "hide": _WITHOUT.get(page.layout, []),
        }
        return self.edition.markdown[page.src_uri]

    def keep(self, mkdocs_page: MkDocsPage, html: str) -> str:
        """Keep the body of a page, as it is, for what is published beside the pages."""
        self.html[mkdocs_page.file.src_uri] = html
        return html

    def read(self, mkdocs_page: MkDocsPage, output: str) -> str:
        """Keep the text of a finished page, as it is, for search."""
        blocks = search.blocks(output)
        self.text[mkdocs_page.file.src_uri] = blocks
        self.digests[mkdocs_page.file.src_uri] = hashlib.sha256("\n".join(blocks).encode()).hexdigest()
        return output

    def page_context(self, context: TemplateContext, mkdocs_page: MkDocsPage) -> TemplateContext:
        """The frame of a page in the page's language."""
        page = self.edition.pages[mkdocs_page.file.src_uri]
        head = self._head(page, _trail(mkdocs_page, self.navs[page.locale], self.edition.pages))
        return self._in_language(context, page, head)

    def template_context(self, context: TemplateContext, name: str, config: MkDocsConfig) -> TemplateContext:
        """The frame of a theme template that is no page: `404.html`, and `en/404.html` in English."""
        locale = next((locale for locale in LOCALES if name.startswith(f"{locale}/")), "zh")
        # Served for any missing address at any depth: links must be absolute, as in MkDocs' own 404.html.
        base = urlsplit(config.site_url or "/").path
        context = get_context(context["nav"], context["pages"], config, base_url=base)
        page = Page(locale, "404", l10n.label("not_found", locale), "", "not_found", "")
        return self._in_language(context, page, self._head(page), base, translation="index")

    def publish(self, config: MkDocsConfig) -> None:
        """Add what is published beside the pages; put the site in the place of the last one, unless there are warnings."""
        staged = Path(config.site_dir)
        address = config.site_url or ""
        publication = Publication(self.edition, self.identities, address, self.html, self.text, self.digests)
        try:
            for publisher in _PUBLISHERS:
                write(publisher(publication), staged)
        except search.NotIndexed as error:
            raise PluginError(str(error)) from error
        config.site_dir = str(self.target)
        counters = [h for h in logging.getLogger("mkdocs").handlers if isinstance(h, CountHandler)]
        if not any(counter.get_counts() for counter in counters):
            _replace(self.target, staged)

    def abandon(self) -> None:
        """Remove what a failed build left; the last good site stays."""
        _recover(self.target)

    def _head(self, page: Page, trail: tuple[tuple[str, str], ...] = ()) -> Head:
        card = str(self.shares[page.src_uri]["address"]) if page.src_uri in self.shares else ""
        address = self.views[page.locale].site_url or ""
        return Head(self.edition, page, self.identities[page.locale], self.filings, address, trail, card)

    def _in_language(
        self,
        context: TemplateContext,
        page: Page,
        head: Head,
        base: str | None = None,
        translation: str | None = None,
    ) -> TemplateContext:
        view = copy.copy(self.views[page.locale])
        path = translation or page.path
        alternate = [
            {
                "name": l10n.label("language", locale),
                # Search engines want whole addresses; without a site_url the theme makes a relative one.
                "link": absolute(view.site_url or "", url_of(path, locale)) or "./",
                "lang": locale,
            }
            for locale in LOCALES
        ]
        view["extra"] = {**view.extra, "alternate": alternate}
        own = {
            "config": view,
            "nav": self.navs[page.locale],
            "view": self.edition.view(page, base),
            "share": self.shares.get(page.src_uri),
            "default_locale": DEFAULT_LOCALE,
            "head": head,
            "page_tags": page_tags.tags(head),
            "structured_data": structured_data.script(head),
            "filings": self.filings.links,
        }
        return cast(TemplateContext, {**context, **own})


def keep_serving(server: LiveReloadServer) -> None:
    """Let `mkdocs serve` go on showing the last good pages when a rebuild fails.

    MkDocs holds back every page until a build succeeds; to it, a failed one is now finished too.
    """
    build = server.builder

    def build_or_say_why() -> None:
        try:
            build()
        except MkDocsException as error:
            log.error("%s\n%s", error, _STILL_GOOD)  # noqa: TRY400 - an editor needs no traceback
        except Exception:  # A mistake in a theme template may raise anything.
            log.exception(_STILL_GOOD)

    server.builder = build_or_say_why


def _locale_view(config: MkDocsConfig, locale: str, identity: Identity) -> MkDocsConfig:
    """The config as a template of one language should see it: a shallow copy with its own words.

    Material prints a config's words as they are, so they are escaped here.
    """
    view = copy.copy(config)
    view.site_name = escape(identity.site_name)
    view.site_description = escape(identity.site_description)
    view.copyright = escape(identity.copyright)
    view["extra"] = {**config.extra, "tagline": escape(identity.tagline), "notice": escape(identity.notice)}
    view.repo_url = None  # The theme would ask the host's API for stars; edit links are made before this.
    view.nav = _localised_nav(config.nav, locale, identity.sections)
    palette = [
        {**choice, "toggle": {**choice["toggle"], "name": l10n.label(choice["toggle"]["name"], locale)}}
        for choice in config.theme["palette"]
    ]
    # Theme cannot be copied; templates read it as a mapping only.
    view.theme = ChainMap({"language": locale, "palette": palette}, config.theme)  # type: ignore[assignment]
    return view


def _trail(
    mkdocs_page: MkDocsPage, nav: Navigation, pages: Mapping[str, Page]
) -> tuple[tuple[str, str], ...]:
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


def _in_one(files: Files, config: MkDocsConfig, paths: list[Any], name: str, ending: str) -> list[Any]:
    """Our files at `paths` as one, so that a page asks for one; its name changes with what is in it.

    A script keeps how the first of them is loaded. What is no file of ours stays as it is.
    """
    found = {str(path): file for path in paths if (file := files.get_file_from_path(str(path)))}
    if not found:
        return paths
    # Our scripts end without a semicolon, and would call each other.
    joined = ("\n;" if ending == "js" else "\n").join(file.content_string for file in found.values())
    digest = hashlib.sha256(joined.encode()).hexdigest()[:8]
    for file in found.values():
        files.remove(file)
    one = File.generated(config, f"assets/{name}-{digest}.{ending}", content=joined)
    files.append(one)
    first, *_ = (path for path in paths if str(path) in found)
    if isinstance(first, str):
        first = one.src_uri
    else:
        first.path = one.src_uri
    return [first, *(path for path in paths if str(path) not in {*found, one.src_uri})]


def _above(files: Files, page: Page) -> File | None:
    """The nearest page whose address a page's goes on from."""
    folder = page.path.rpartition("/")[0]
    while folder:
        for path in (f"{folder}/index", folder):
            if path != page.path and (found := files.get_file_from_path(f"{page.locale}/{path}.md")):
                return found
        folder = folder.rpartition("/")[0]
    return None


def _page(files: Files, src_uri: str) -> MkDocsPage:
    file = files.get_file_from_path(src_uri)
    assert file is not None
    assert file.page is not None
    return file.page


def _beside(target: Path, name: str) -> Path:
    """A folder next to the site, out of the way of what serves or lists it."""
    return target.with_name(f".{target.name}.{name}")


def _recover(target: Path) -> None:
    """Clear away what an interrupted build left beside the site, first putting back a site it had set aside."""
    old = _beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
    for left in (old, _beside(target, "new")):
        shutil.rmtree(left, ignore_errors=True)


def _replace(target: Path, staged: Path) -> None:
    """Swap the finished site in; where that fails, the old one stands as before."""
    old = _beside(target, "old")
    try:
        if target.exists():
            target.rename(old)
        staged.rename(target)
    except OSError as error:
        raise PluginError(
            f"不能替换 {target}：请关闭正在使用它的程序后再试。\n"
            f"Cannot replace {target}: close the programs that use it and try again. ({error})"
        ) from error
    finally:
        _recover(target)
