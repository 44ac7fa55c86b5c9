"""Templates compiled once and kept: to compile those of one page takes longer than to render a hundred pages."""

from __future__ import annotations

from pathlib import Path

import jinja2

from gazette.base import cache_folder

KEPT = f"{cache_folder.FOLDER}/templates"
"""The folder of a project that keeps what its templates were compiled to; Jinja compares each with the template's text."""


def compiled(root: Path, environment: str) -> jinja2.BytecodeCache:
    """What is kept of the templates of the project at `root`, compiled for an `environment` of this name by this code."""
    folder = root / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder), f"{cache_folder.code_hash()}-{environment}-%s")


def prune(root: Path) -> None:
    """Remove what other code than this has compiled."""
    own = {file.name for file in (root / KEPT).glob(f"{cache_folder.code_hash()}-*")}
    cache_folder.prune(root / KEPT, own)
