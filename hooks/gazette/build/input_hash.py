"""Hashes of what shapes a site: of all that is no content (code, templates, theme, settings, versions), and of everything."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

import gazette
from gazette.base.files import WRITTEN, list_files
from gazette.base.git import head
from gazette.build.engine import ENGINE
from gazette.build.settings import Settings

_PACKAGES = (
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    ENGINE,
    "mkdocs-material",
    "pydantic",
    "pymdown-extensions",
    "PyYAML",
)
_NOT_OF_PAGES = ("config_file_path", "dev_addr", "docs_dir", "site_dir", "strict", "watch")
"""Settings that shape no page, but say where it is made."""


def environment_hash(config: MkDocsConfig, settings: Settings, *, drafts: bool) -> str:
    """The hash. What mkdocs.yml takes from the machine's environment, or from another file, counts as it was found."""
    root, own = settings.root, Path(gazette.__file__).parent
    font = settings.font.identity if settings.font else None
    found = hashlib.sha256()
    values = {name: value for name, value in config.items() if name not in _NOT_OF_PAGES}
    said = [values, settings.text, drafts, font, platform.python_version(), *map(version, _PACKAGES)]
    told = json.dumps(said, default=_plain, sort_keys=True)
    found.update(told.encode())
    _update(found, own, (file for file in own.rglob("*") if file.suffix != ".pyc"))
    _update(found, root, (root / "hooks").glob("*.py"))
    _update(found, root, (root / "overrides").rglob("*"))
    return found.hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A setting that is no plain value: as a mapping, or by the name that Python has for it."""
    return dict(value) if isinstance(value, Mapping) else getattr(value, "__qualname__", type(value).__name__)


def input_hash(root: Path, environment: str) -> str:
    """The hash of all that a build reads: its environment, every file of an editor's, and the commit, which dates pages."""
    found = hashlib.sha256(f"{environment}\0{head(root)}".encode())
    listed = list_files(root, WRITTEN)
    found.update(repr(listed.refused).encode())  # The next build is to refuse it too.
    _update(found, root, map(root.joinpath, listed.paths))
    return found.hexdigest()


def _update(found: hashlib._Hash, folder: Path, files: Iterable[Path]) -> None:
    for file in sorted(files):
        if file.is_file():
            found.update(f"\0{file.relative_to(folder).as_posix()}\0".encode())
            with suppress(OSError):  # Told, with its place, by what needs the file.
                found.update(file.read_bytes())
