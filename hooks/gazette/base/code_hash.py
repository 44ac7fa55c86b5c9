"""The hash of this package and of what it stands on: what it has made is good for the same code only."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGES = (
    "Jinja2",
    "Markdown",
    "MarkupSafe",
    "mkdocs-material",
    "pydantic",
    "pymdown-extensions",
    "PyYAML",
)


@cache
def code_hash() -> str:
    """The hash, the same wherever the package lies."""
    package = Path(__file__).parents[1]
    found = hashlib.sha256(repr([platform.python_version(), *map(version, _PACKAGES)]).encode())
    for file in sorted(package.rglob("*")):
        if file.suffix != ".pyc" and file.is_file():
            found.update(f"\0{file.relative_to(package).as_posix()}\0".encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:16]
