"""Templates compiled once and kept: to compile those of one page takes longer than to render a hundred pages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from gazette.base import cache_folder

KEPT = f"{cache_folder.FOLDER}/templates"
"""The folder of a project that keeps what its templates were compiled to; Jinja compares each with the template's text."""


@dataclass(frozen=True)
class CompiledTemplates(jinja2.BytecodeCache):
    """What is kept of templates in a folder, by the names that Jinja gives them after `prefix`."""

    folder: Path
    prefix: str

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja what is kept of a template."""
        kept = cache_folder.read_checked(self.folder / f"{self.prefix}-{bucket.key}")
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what Jinja has compiled; where it cannot be kept, no page that asks for it is at fault."""
        name = f"{self.prefix}-{bucket.key}"
        with suppress(OSError):
            cache_folder.write_checked(self.folder, name, bucket.bytecode_to_string())


def compiled(root: Path, environment: str) -> jinja2.BytecodeCache:
    """What is kept of the templates of the project at `root`, compiled for an `environment` of this name by this code."""
    return CompiledTemplates(root / KEPT, f"{cache_folder.code_hash()}-{environment}")


def prune(root: Path) -> None:
    """Remove what other code than this has compiled."""
    own = {file.name for file in (root / KEPT).glob(f"{cache_folder.code_hash()}-*")}
    cache_folder.prune(root / KEPT, own)
