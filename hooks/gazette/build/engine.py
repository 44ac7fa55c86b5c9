"""Which engine builds the site: ProperDocs, which goes on from MkDocs 1, where it is installed; else MkDocs."""

from __future__ import annotations

import importlib
import logging
import sys
from importlib.util import find_spec

ENGINE = "properdocs" if find_spec("properdocs") else "mkdocs"
"""The engine's module, package, command and logger."""

# Material needs MkDocs, so that both are installed: from here on, `mkdocs` is another name of ProperDocs.
if ENGINE == "properdocs" and "mkdocs" not in sys.modules:
    importlib.import_module("properdocs.replacement")

# What this package logs, in any of its rooms, the engine prints and counts.
logging.getLogger("gazette").parent = logging.getLogger(ENGINE)


def is_running() -> bool:
    """Whether `mkdocs` is that engine, not stock MkDocs that was started where ProperDocs is installed."""
    return importlib.import_module("mkdocs").__name__ == ENGINE
