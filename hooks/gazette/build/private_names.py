"""What this package takes of MkDocs, Material and Jinja that they do not document: here and nowhere else.

Any upgrade may change it. tests/unit/test_private_names.py has a test of each, which says what an upgrade broke.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import jinja2
import markdown
from jinja2.runtime import Context
from mkdocs import utils
from mkdocs.commands import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import files as mkdocs_files
from mkdocs.structure import nav as mkdocs_nav
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.files import File, Files
from mkdocs.utils.templates import TemplateContext

from gazette.build.engine import ENGINE

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

# ── Material: what our templates are shown with ──────────────────────────────

MATERIAL_STYLES = ("assets/stylesheets/main.*.min.css", "assets/stylesheets/palette.*.min.css")
"""Its stylesheets: the class names in overrides/ are theirs. Of what else Material brings along nothing is published."""

# ── Jinja: several templates, one context ────────────────────────────────────


def render_all(templates: Iterable[jinja2.Template], variables: dict[str, Any]) -> list[str]:
    """What each template makes of the same variables."""
    context: Context | None = None
    made = []
    for template in templates:
        context = context or template.new_context(variables)
        made.append("".join(template.root_render_func(context)))
    return made


# ── MkDocs: the steps of its build, which this package takes itself ──────────


def leave_nothing_to_do(config: MkDocsConfig) -> None:
    """Let MkDocs, where the hook gives it no files either, find no page to look for and no template to render."""
    config.nav = []
    config.theme.static_templates.clear()


def hide_theme(config: MkDocsConfig) -> list[str]:
    """Let MkDocs look through no folder of the theme, where Material has 14,000 icons; returns those that it had."""
    folders = config.theme.dirs
    config.theme.dirs = []
    return folders


def all_files(config: MkDocsConfig, paths: Iterable[str]) -> Files:
    """The files of docs/ at these paths below it, those of the project's own theme, and those of Material that are published.

    MkDocs itself follows the links of docs/ when it lists them.
    """
    found = Files([File(path, config.docs_dir, config.site_dir, config.use_directory_urls) for path in paths])
    custom = config.theme.custom_dir
    names = set(jinja2.FileSystemLoader(custom).list_templates()) if custom else set[str]()
    for pattern in MATERIAL_STYLES:
        for folder in map(Path, config.theme.dirs):
            names |= {file.relative_to(folder).as_posix() for file in folder.glob(pattern)}
    listed = SimpleNamespace(list_templates=lambda filter_func: filter(filter_func, sorted(names)))
    found.add_files_from_theme(cast(jinja2.Environment, listed), config)
    return found


def exclude_files(files: Files, config: MkDocsConfig) -> None:
    """Set what is published of `files`; navigation cannot be made before."""
    mkdocs_files.set_exclusions(files, config)


def navigation(files: Files, config: MkDocsConfig) -> mkdocs_nav.Navigation:
    """The navigation that `config.nav` describes; it makes a Page of each file in it."""
    return mkdocs_nav.get_navigation(files, config)


def theme_context(nav: mkdocs_nav.Navigation, config: MkDocsConfig, base_url: str) -> TemplateContext:
    """What MkDocs gives a template of the theme that is no page's; its links start from `base_url`."""
    return build.get_context(nav, [], config, base_url=base_url)


class LinkResolver:
    """Makes the links between Markdown files, as `parser` meets them, links between pages; says which lead nowhere.

    `find` is asked for the file that a link leads to.
    """

    def __init__(
        self, parser: markdown.Markdown, config: MkDocsConfig, find: Callable[[str], File | None]
    ) -> None:
        self._parser, self._config = parser, config
        self._files = cast(Files, SimpleNamespace(get_file_from_path=find))

    def start(self, file: File) -> None:
        """What is parsed from now on is the text of `file`."""
        self._processor = mkdocs_pages._RelativePathTreeprocessor(file, self._files, self._config)
        self._processor._register(self._parser)


def has_warnings() -> bool:
    """Whether MkDocs has counted a warning in this build, which it does where `strict` is set."""
    counters = (one for one in logging.getLogger(ENGINE).handlers if isinstance(one, utils.CountHandler))
    return any(counter.get_counts() for counter in counters)


def count_no_requests() -> None:
    """Let the preview server's word of an address that it does not have be no warning of the build that is on."""
    for counter in logging.getLogger(ENGINE).handlers:
        if isinstance(counter, utils.CountHandler):
            counter.addFilter(lambda record: not record.name.endswith(".livereload"))


def say_again() -> None:
    """Let MkDocs say what it has said in a build before, which it says once only for as long as a preview runs."""
    for filter_ in build.log.filters:
        if isinstance(filter_, utils.DuplicateFilter):
            filter_.msgs.clear()


# ── MkDocs: its preview server ───────────────────────────────────────────────
# It holds back every page until the version that it wants is the visible one, and reloads browsers when it is.


def versions(server: LiveReloadServer) -> tuple[int, int]:
    """The version of the site that is visible, and the one that is wanted."""
    return server._visible_epoch, server._wanted_epoch


def want_version(server: LiveReloadServer, version: int) -> None:
    """Let a version be the wanted one: the visible one, when the build has ended."""
    server._wanted_epoch = version


def show_version(server: LiveReloadServer, version: int) -> None:
    """Let a version be the visible one and the wanted one; whoever waits for a page is given it."""
    with server._epoch_cond:
        server._wanted_epoch = server._visible_epoch = version
        server._epoch_cond.notify_all()
