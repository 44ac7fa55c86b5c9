"""The files of the site as MkDocs knows them: pages, photographs, scripts, all styles in one."""

from __future__ import annotations

import hashlib
import json
import posixpath
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from gazette.build import private_names
from gazette.content import photographs
from gazette.outputs import colours
from gazette.outputs.publication import write
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.site.palette import Palette

STYLES = "assets/stylesheets/record.css"
"""All styles, Material's and those that mkdocs.yml names."""

MISSING_SCRIPT = "assets/javascripts/missing.js"
"""What the page at an address where there is none asks for."""
LOADER = "assets/javascripts/record.js"
"""The script that loads each of those that mkdocs.yml names."""


class PageFile(File):
    """The file of a page: links lead to it, and MkDocs neither renders nor copies it."""

    def is_documentation_page(self) -> bool:
        """No page that MkDocs is to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """Left to the HTML renderer."""


class PhotoFile(File):
    """The file of a photograph, or of a picture of docs/, which is `kept` with a checksum that is not published."""

    def __init__(self, src_uri: str, kept: Path, config: MkDocsConfig) -> None:
        super().__init__(src_uri, None, config.site_dir, config.use_directory_urls)
        self.abs_src_path = str(kept)

    @property  # type: ignore[misc]
    def content_bytes(self) -> bytes:
        """What is published of it."""
        return photographs.made_bytes(Path(str(self.abs_src_path)))

    def copy_file(self, dirty: bool = False) -> None:  # noqa: ARG002
        """Write it into the site."""
        write([(self.dest_uri, self.content_bytes)], Path(self.dest_dir))


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

    All styles become one, and a page asks for one script, which loads those that `config` names.
    """
    addresses = site_model.content.media
    files = SiteFiles(private_names.all_files(config, addresses), config, site_model.pages)
    for src_uri, address in addresses.items():
        file = files.src_uris[src_uri]
        if made := site_model.pictures.get(src_uri):
            files.remove(file)
            files.append(file := PhotoFile(src_uri, made, config))
        file.dest_uri = address
    for src_uri, made in site_model.photos.items():
        files.append(PhotoFile(src_uri, made, config))
    _add(files, config, colours.FILE, colours.css(palette).encode())
    styles = [*_named(files, *private_names.MATERIAL_STYLES), colours.FILE, *config.extra_css]
    others = _join(files, config, STYLES, styles)
    # The locale views share these lists.
    config.extra_css[:] = [asked_for(files, STYLES), *others]
    ours = [path for path in map(str, config.extra_javascript) if files.get_file_from_path(path)]
    others = [path for path in config.extra_javascript if str(path) not in ours]
    _give(files, config, LOADER, ours)
    config.extra_javascript[:] = [asked_for(files, LOADER), *others]
    private_names.exclude_files(files, config)
    return files


def _named(files: Files, *patterns: str) -> list[str]:
    """The addresses of the files that match each of `patterns`, which stand for names that change with what is in them."""
    return [file.src_uri for pattern in patterns for file in files if fnmatch(file.src_uri, pattern)]


def _new_file(src_uri: str, config: MkDocsConfig) -> File:
    """A file that is not below docs/. MkDocs' own File.generated fails where no event runs: in a worker."""
    return File(src_uri, None, config.site_dir, config.use_directory_urls)


def _add(files: Files, config: MkDocsConfig, src_uri: str, content: bytes) -> None:
    """Put a file of this content among the files, in place of one that has its address."""
    file = _new_file(src_uri, config)
    file.content_bytes = content
    if src_uri in files:
        files.remove(files.src_uris[src_uri])
    files.append(file)


def _join(files: Files, config: MkDocsConfig, name: str, paths: list[Any]) -> list[Any]:
    """Make our files at `paths` one of this name, so that a page asks for one; returns what is no file of ours."""
    found = {str(path): file for path in paths if (file := files.get_file_from_path(str(path)))}
    for file in found.values():
        files.remove(file)
    _add(files, config, name, "\n".join(file.content_string for file in found.values()).encode())
    return [path for path in paths if str(path) not in found]


def _give(files: Files, config: MkDocsConfig, loader: str, scripts: list[str]) -> None:
    """Give the loader, which ends in a function, the addresses of these scripts as seen from its own."""
    folder = posixpath.dirname(loader)
    given = [posixpath.relpath(asked_for(files, path), folder) for path in scripts]
    _add(
        files,
        config,
        loader,
        f"{files.src_uris[loader].content_string.rstrip()}({json.dumps(given)})\n".encode(),
    )


def asked_for(files: Files, path: str) -> str:
    return versioned(path, files.src_uris[path].content_bytes)


def versioned(path: str, content: bytes) -> str:
    """How a page asks for a file: its name stays, so that an older page gets the newest, and `v` says what is in it."""
    return f"{path}?v={hashlib.sha256(content).hexdigest()[:8]}"
