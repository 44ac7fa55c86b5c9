"""The site of an older commit, built by that commit's own code in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from gazette.base.git import run_git
from gazette.base.messages import Refused
from gazette.build import engine
from gazette.content.base_locks import fork


@contextmanager
def base_site(root: Path, commit: str) -> Iterator[Path]:
    """The folder of the built site, for as long as it is looked at: of where the history of `root` left that of `commit`.

    Raises Refused or ContentError where there is no such commit, or its site cannot be built.
    """
    forked = fork(root, commit)
    with TemporaryDirectory() as folder:
        checkout = Path(folder) / "base"
        run_git(root, "worktree", "add", "--quiet", "--detach", str(checkout), forked)
        try:
            project = checkout / run_git(root, "rev-parse", "--show-prefix").strip()
            if engine.build(project, cached=False):
                raise Refused("base-not-built", commit=commit)
            yield project / "site"
        finally:
            run_git(root, "worktree", "remove", "--force", str(checkout))
