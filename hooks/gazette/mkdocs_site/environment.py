"""Hashes of what shapes a site: of all that is no content (code, templates, theme, settings, versions), and of everything."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

import gazette
from gazette.mkdocs_site.setup import Setup
from gazette.revisions import head

_PACKAGES = (
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "mkdocs",
    "mkdocs-material",
    "pydantic",
    "pymdown-extensions",
    "PyYAML",
)
_NAMED = (".css", ".js")
"""Files of docs/ whose contents are in the names of what pages ask for."""


def environment(config: MkDocsConfig, setup: Setup, *, drafts: bool) -> str:
    """The hash. What mkdocs.yml takes from elsewhere, such as the site's address, counts as the config has it."""
    root, own = setup.root, Path(gazette.__file__).parent
    font = setup.font.identity if setup.font else None
    found = hashlib.sha256()
    said = (setup.settings, config.site_url, config.repo_url, config.edit_uri, drafts, font)
    found.update(json.dumps([*said, platform.python_version(), *map(version, _PACKAGES)]).encode())
    _update(found, own, (file for file in own.rglob("*") if file.suffix != ".pyc"))
    _update(found, root, (root / "hooks").glob("*.py"))
    _update(found, root, (root / "overrides").rglob("*"))
    _update(found, root, (file for file in (root / "docs").rglob("*") if file.suffix in _NAMED))
    return found.hexdigest()[:16]


def inputs(root: Path, shaped: str) -> str:
    """The hash of all that a build reads: its environment, every file of an editor's, and the commit, which dates pages."""
    found = hashlib.sha256(f"{shaped}\0{head(root)}".encode())
    for name in ("data", "docs"):
        _update(found, root, (root / name).rglob("*"))
    return found.hexdigest()


def _update(found: hashlib._Hash, folder: Path, files: Iterable[Path]) -> None:
    for file in sorted(files):
        if file.is_file():
            found.update(f"\0{file.relative_to(folder).as_posix()}\0".encode())
            found.update(file.read_bytes())
