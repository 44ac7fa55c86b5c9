"""The site of an older commit, built by that commit's own code in a folder of its own; the newest that was built is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from gazette.base import cache_folder
from gazette.base.git import is_shallow, run_git
from gazette.base.messages import Refused
from gazette.build import build_lock, engine
from gazette.build.inputs import environment_hash
from gazette.build.settings import load_settings
from gazette.content.base_locks import fork
from gazette.outputs import file_hashes

KEPT = f"{cache_folder.FOLDER}/base"
"""The folder of a project that keeps the site of one commit."""


def base_site(root: Path, commit: str) -> Path:
    """The folder of the built site of where the history of `root` left that of `commit`.

    It is built again where it is of another commit, the code or settings of today are others than it was built with, it has
    no dates because the history was not whole and now is, or its files are not as they were built.
    Raises Refused or ContentError where there is no such commit, or its site cannot be built.
    """
    forked = fork(root, commit)
    dated = "undated" if is_shallow(root) else "dated"
    site = root / KEPT / f"{forked}-{environment_hash(load_settings(root), drafts=False)}-{dated}"
    with build_lock.held(root, site):
        if os.environ.get(engine.NO_CACHE) or not _is_as_built(site):
            shutil.rmtree(site.parent, ignore_errors=True)
            _build(root, forked, commit, site)
    return site


def _build(root: Path, forked: str, commit: str, site: Path) -> None:
    """Build the site of a commit into a folder, which is there only when it is whole."""
    with TemporaryDirectory() as folder:
        checkout = Path(folder) / "base"
        run_git(root, "worktree", "add", "--quiet", "--detach", str(checkout), forked)
        try:
            project = checkout / run_git(root, "rev-parse", "--show-prefix").strip()
            if engine.build(project, cached=False):
                raise Refused("base-not-built", commit=commit)
            part = site.with_suffix(".part")
            shutil.copytree(project / "site", part)
            part.rename(site)
            kept = _hashes_of(site)
            cache_folder.write_checked(kept.parent, kept.name, _told(site))
        finally:
            run_git(root, "worktree", "remove", "--force", str(checkout))


def _is_as_built(site: Path) -> bool:
    kept = cache_folder.read_checked(_hashes_of(site))
    return kept is not None and (site / "index.html").is_file() and kept == _told(site)


def _hashes_of(site: Path) -> Path:
    return site.with_suffix(".json")


def _told(site: Path) -> bytes:
    return file_hashes.as_json(file_hashes.hashes(site)).encode()
