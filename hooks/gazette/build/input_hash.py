"""Hashes of what shapes a site: of all that is no content (code, templates, theme, settings, versions), and of everything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from gazette.base.cache_folder import code_hash
from gazette.base.git import head
from gazette.base.source_files import SourceFiles
from gazette.build.engine import ENGINE
from gazette.build.settings import Settings

_NOT_OF_PAGES = ("config_file_path", "dev_addr", "docs_dir", "site_dir", "strict", "watch")
"""Settings that shape no page, but say where it is made."""


def environment_hash(config: MkDocsConfig, settings: Settings, *, drafts: bool) -> str:
    """The hash. What mkdocs.yml takes from the machine's environment, or from another file, counts as it was found."""
    root = settings.root
    font = settings.font.identity if settings.font else None
    values = {name: value for name, value in config.items() if name not in _NOT_OF_PAGES}
    said = [values, settings.text, drafts, font, code_hash(), version(ENGINE)]
    found = hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode())
    _update(found, root, (root / "hooks").glob("*.py"))
    _update(found, root, (root / "overrides").rglob("*"))
    return found.hexdigest()[:16]


def _plain(value: Any) -> Any:
    """A setting that is no plain value: as a mapping, or by the name that Python has for it."""
    return dict(value) if isinstance(value, Mapping) else getattr(value, "__qualname__", type(value).__name__)


def input_hash(sources: SourceFiles, environment: str) -> str:
    """The hash of all that a build reads: its environment, every file of an editor's, and the commit, which dates pages."""
    said = [environment, head(sources.root), sources.hashes]
    refused = sources.listed.refused  # The next build is to refuse it too.
    return hashlib.sha256(f"{json.dumps(said)}\0{refused!r}".encode()).hexdigest()


def _update(found: hashlib._Hash, folder: Path, files: Iterable[Path]) -> None:
    for file in sorted(files):
        if file.is_file():
            found.update(f"\0{file.relative_to(folder).as_posix()}\0".encode())
            with suppress(OSError):  # Told, with its place, by what needs the file.
                found.update(file.read_bytes())
