"""A build in a process of its own, as the engine's `build --strict` makes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gazette.build.engine import ENGINE
from gazette.build.site_build import NO_CACHE


def build(root: Path, *, cached: bool) -> int:
    """Build the project at `root`; returns the exit status. It may bring its own copy of this package."""
    environment = os.environ if cached else {**os.environ, NO_CACHE: "1"}
    command = (sys.executable, "-m", ENGINE, "build", "--strict")
    return subprocess.run(command, cwd=root, env=environment, check=False).returncode
