"""`mkdocs build` in a process of its own, forked from one that has imported already what every build imports."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from gazette.build.engine import ENGINE

cli = importlib.import_module(f"{ENGINE}.__main__").cli

LIMIT = 300
"""Seconds after which a build that has not ended is ended."""


def build(root: Path, arguments: tuple[str, ...], environment: Mapping[str, str]) -> tuple[int, str]:
    """Run `mkdocs build` in a folder: its exit status and all it said. Windows, which cannot fork, imports again."""
    processes = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        processes.set_forkserver_preload(["__main__", __name__])
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder, "said")
        process = processes.Process(target=_build, args=(root, arguments, dict(environment), said))
        process.start()
        process.join(LIMIT)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"the build has not ended after {LIMIT} s")
        return process.exitcode, said.read_text(encoding="utf-8")


def _build(root: Path, arguments: tuple[str, ...], environment: dict[str, str], said: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(root)
    with said.open("wb") as out:
        for stream in (1, 2):
            os.dup2(out.fileno(), stream)
    cli(["build", *arguments], prog_name=ENGINE)
