"""The files of the site as MkDocs knows them: pages, photographs, our scripts in one, all styles in one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from gazette.build import private_names
from gazette.outputs import colours
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.site.palette import Palette


class PageFile(File):
    """The file of a page: links lead to it, and MkDocs neither renders nor copies it."""

    def is_documentation_page(self) -> bool:
        """No page that MkDocs is to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Left to the HTML renderer."""


class SiteFiles(Files):
    """MkDocs' files, and those of the pages of a site: the file of a page is made when one asks for it, as few do."""

    def __init__(self, files: Files, config: MkDocsConfig, pages: Mapping[str, Page]) -> None:
        super().__init__(files)
        self._config, self._pages = config, pages

    def get_file_from_path(self, path: str) -> File | None:
        """The file with this src_uri."""
        found = super().get_file_from_path(path)
        page = None if found else self._pages.get(PurePath(path).as_posix())
        if page:
            found = PageFile(path, None, self._config.site_dir, True, dest_uri=f"{page.url}index.html")
            found.edit_uri = page.source
            # The navigation shows sections; records are in lists.
            found.inclusion = InclusionLevel.NOT_IN_NAV
            self.append(found)
        return found


def site_files(config: MkDocsConfig, site_model: SiteModel, palette: Palette) -> SiteFiles:
    """The files of a site: of docs/ its media, what the theme has, its photographs, its palette, its pages.

    Our scripts and styles, as `config` names them, become one of each.
    """
    files = SiteFiles(private_names.all_files(config), config, site_model.pages)
    addresses = site_model.content.media
    for file in list(files):
        if file.src_uri in addresses:
            file.dest_uri = addresses[file.src_uri]
        elif file.src_dir == config.docs_dir:
            files.remove(file)
    for src_uri, made in site_model.photos.items():
        photo = _new_file(src_uri, config)
        photo.abs_src_path = str(made)
        files.append(photo)
    # The locale views share these lists.
    coloured = _new_file(colours.FILE, config)
    coloured.content_bytes = colours.css(palette).encode()
    files.append(coloured)
    styles = [*_named(files, *private_names.MATERIAL_STYLES), colours.FILE, *config.extra_css]
    config.extra_css[:] = _in_one(files, config, styles, "stylesheets/record", "css")
    scripts = _in_one(files, config, config.extra_javascript, "javascripts/record", "js")
    config.extra_javascript[:] = [*scripts, *_named(files, private_names.MATERIAL_SCRIPT)]
    private_names.exclude_files(files, config)
    return files


def _named(files: Files, *patterns: str) -> list[str]:
    """The addresses of the files that match each of `patterns`, which stand for names that change with what is in them."""
    return [file.src_uri for pattern in patterns for file in files if fnmatch(file.src_uri, pattern)]


def _new_file(src_uri: str, config: MkDocsConfig) -> File:
    """A file that is not below docs/. MkDocs' own File.generated fails where no event runs: in a worker."""
    return File(src_uri, None, config.site_dir, config.use_directory_urls)


def _in_one(files: Files, config: MkDocsConfig, paths: list[Any], name: str, ending: str) -> list[Any]:
    """Our files at `paths` as one, so that a page asks for one; its name changes with what is in it.

    A script keeps how the first of them is loaded. What is no file of ours stays as it is.
    """
    found = {str(path): file for path in paths if (file := files.get_file_from_path(str(path)))}
    if not found:
        return paths
    # Our scripts end without a semicolon, and would call each other.
    joined = ("\n;" if ending == "js" else "\n").join(file.content_string for file in found.values())
    content_hash = hashlib.sha256(joined.encode()).hexdigest()[:8]
    for file in found.values():
        files.remove(file)
    one = _new_file(f"assets/{name}-{content_hash}.{ending}", config)
    one.content_bytes = joined.encode()
    files.append(one)
    first, *_ = (path for path in paths if str(path) in found)
    if isinstance(first, str):
        first = one.src_uri
    else:
        first.path = one.src_uri
    return [first, *(path for path in paths if str(path) not in {*found, one.src_uri})]
