"""The locks and entries of the commit that a change goes into: what was published, whatever the change did to its own files."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from gazette.base import bounds, strict_yaml
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.files import written
from gazette.base.git import is_shallow, run_git, without_git
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Document
from gazette.content import locks
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.content.model import Content
from gazette.records.integrity import BaseEntry, BaseLocks
from gazette.records.values import Ref, ref_to


def with_base(content: Content, commit: str) -> Content:
    """The content with the locks that `commit` has. Raises Refused or ContentError."""
    problems: list[Diagnostic] = []
    forked = fork(content.root, commit)
    texts = {path: _text(content.root, forked, path) for path in (LOCK, IDS_LOCK)}
    figures, names = (_document(f"{commit}:{path}", text, problems) for path, text in texts.items())
    base = BaseLocks(
        commit,
        locks.figures_of(figures, problems),
        frozenset(locks.names_of(names, problems)),
        _entries(content.root, forked),
    )
    if problems:
        raise ContentError(problems, content.root)
    figures_now = locks.followed(replace(content, locked=base.figures))
    return replace(content, base=base._replace(figures=figures_now))


def restored(root: Path, commit: str) -> AbstractContextManager[None]:
    """The lock files as `commit` has them; what they were before is put back where what follows fails."""
    forked = fork(root, commit)
    return written(root, {path: _text(root, forked, path).encode() or None for path in (LOCK, IDS_LOCK)})


def _entries(root: Path, forked: str) -> Mapping[Ref, BaseEntry]:
    """The entries that are not now as they were at a commit, as they were."""
    changed = run_git(root, "diff", "--name-only", "--no-renames", "--relative", "-z", forked, "--", "data")
    paths = [path for path in changed.split("\0") if path.endswith(".yml") and path.count("/") == 2]
    texts = {path: text for path in paths if (text := _text(root, forked, path))}
    return {
        ref_to(*path.removeprefix("data/").removesuffix(".yml").split("/")): BaseEntry(
            text, strict_yaml.read(text.encode(), path)[0]
        )
        for path, text in texts.items()
    }


def _document(name: str, text: str, problems: list[Diagnostic]) -> Document:
    """A lock file at a commit; empty where there was none yet."""
    if not text:
        return Document(name, {}, None)
    document, faults = strict_yaml.read(text.encode(), name, bounds.MOST_LOCK_PARTS)
    problems += faults
    return document


def fork(root: Path, commit: str) -> str:
    """Where the history left that of a commit: what was published since on another branch is not missed here."""
    if problems := without_git(root):
        raise ContentError(problems, root)
    base = run_git(root, "merge-base", commit, "HEAD").strip()
    if not base:
        raise Refused("shallow-base" if is_shallow(root) else "no-base", commit=commit)
    return base


def _text(root: Path, commit: str, path: str) -> str:
    return run_git(root, "show", f"{commit}:./{path}")
