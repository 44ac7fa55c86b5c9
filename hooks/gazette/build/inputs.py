"""What a build reads: the editor's files, and hashes of all that shapes a site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from gazette.base import cache_folder
from gazette.base.git import head
from gazette.base.source_files import FileState, SourceFiles, edited_states
from gazette.build.engine import ENGINE
from gazette.outputs import fonts

PAGES = f"{cache_folder.FOLDER}/pages"
"""The folder of a project that keeps what was rendered, a file an environment."""

_NOT_OF_PAGES = ("config_file_path", "dev_addr", "docs_dir", "site_dir", "strict", "watch")
"""Settings that shape no page, but say where it is made."""


@dataclass(frozen=True)
class Inputs:
    """What one build reads. `hash` is of everything, `environment` of all that is no content.

    `pages` is the folder that keeps its pages, None where none are kept; `edited` are the states in which a preview found
    the files.
    """

    sources: SourceFiles
    edited: Mapping[str, FileState]
    pages: Path | None
    environment: str
    hash: str


def read_inputs(config: MkDocsConfig, *, drafts: bool, cached: bool) -> Inputs:
    """What a build with these settings reads. The commit is hashed too, since it dates pages."""
    root = Path(config.config_file_path).parent
    edited = edited_states(root) if drafts else {}
    environment = environment_hash(config, drafts=drafts)
    sources = SourceFiles(root, keep=cached)
    refused = sources.listed.refused  # The next build is to refuse it too.
    said = f"{json.dumps([environment, head(root), sources.hashes])}\0{refused!r}"
    pages = root / PAGES if cached else None
    return Inputs(sources, edited, pages, environment, hashlib.sha256(said.encode()).hexdigest())


def environment_hash(config: MkDocsConfig, *, drafts: bool) -> str:
    """The hash of all that shapes a site and is no content: code, templates, theme, settings, versions.

    What mkdocs.yml takes from the machine's environment, or from another file, counts as it was found.
    """
    file = Path(config.config_file_path)
    font = fonts.chinese(fonts.folders())
    values = {name: value for name, value in config.items() if name not in _NOT_OF_PAGES}
    text = file.read_text(encoding="utf-8")
    said = [values, text, drafts, font and font.identity, cache_folder.code_hash(), version(ENGINE)]
    found = hashlib.sha256(json.dumps(said, default=_plain, sort_keys=True).encode())
    for path in machinery_files(file.parent):
        found.update(f"\0{path.relative_to(file.parent).as_posix()}\0".encode())
        with suppress(OSError):  # Told, with its place, by what needs the file.
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def machinery_files(root: Path) -> Iterator[Path]:
    """The hooks and templates of the project at `root`."""
    hooks, overrides = (root / "hooks").glob("*.py"), (root / "overrides").rglob("*")
    return filter(Path.is_file, (*sorted(hooks), *sorted(overrides)))


def _plain(value: Any) -> Any:
    """A setting that is no plain value: as a mapping, or by the name that Python has for it."""
    return dict(value) if isinstance(value, Mapping) else getattr(value, "__qualname__", type(value).__name__)
