"""The engine that builds the site: ProperDocs, which goes on from MkDocs 1, where it is installed; else MkDocs."""

from __future__ import annotations

import importlib
import logging
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ENGINE = "properdocs" if find_spec("properdocs") else "mkdocs"
"""The engine's module, package, command and logger."""

NO_CACHE = "GAZETTE_NO_CACHE"
"""The environment variable that makes a build render every page, and keep none."""

SCHEDULER = "GAZETTE_SCHEDULER"
"""The environment variable that names the scheduler of a cluster, whose workers then build the pages."""

# Material needs MkDocs, so that both are installed: from here on, `mkdocs` is another name of ProperDocs.
if ENGINE == "properdocs" and "mkdocs" not in sys.modules:
    importlib.import_module("properdocs.replacement")

# What this package logs, in any of its rooms, the engine prints and counts.
logging.getLogger("gazette").parent = logging.getLogger(ENGINE)


def build(root: Path, *, cached: bool, scheduler: str = "") -> int:
    """Build the project at `root` in a process of its own, as the engine's `build --strict` makes it; returns the exit status.

    It may bring its own copy of this package.
    """
    asked = ({} if cached else {NO_CACHE: "1"}) | ({SCHEDULER: scheduler} if scheduler else {})
    command = (sys.executable, "-m", ENGINE, "build", "--strict")
    return subprocess.run(command, cwd=root, env={**os.environ, **asked}, check=False).returncode
