"""The locks of the commit that a change goes into: what was published, whatever the change did to its own lock files."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from gazette.base import strict_yaml
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.files import written
from gazette.base.git import is_shallow, run_git, without_git
from gazette.base.messages import Refused
from gazette.base.strict_yaml import Document
from gazette.content import locks
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.content.model import Content
from gazette.records.integrity import BaseLocks


def with_base(content: Content, commit: str) -> Content:
    """The content with the locks that `commit` has. Raises Refused or ContentError."""
    problems: list[Diagnostic] = []
    figures, names = (_document(content.root, commit, path, problems) for path in (LOCK, IDS_LOCK))
    base = BaseLocks(commit, locks.figures_of(figures, problems), frozenset(locks.names_of(names, problems)))
    if problems:
        raise ContentError(problems, content.root)
    figures_now = locks.followed(replace(content, locked=base.figures))
    return replace(content, base=base._replace(figures=figures_now))


def restored(root: Path, commit: str) -> AbstractContextManager[None]:
    """The lock files as `commit` has them; what they were before is put back where what follows fails."""
    return written(root, {path: _text(root, commit, path).encode() or None for path in (LOCK, IDS_LOCK)})


def _document(root: Path, commit: str, path: str, problems: list[Diagnostic]) -> Document:
    """A lock file at a commit; empty where there was none yet."""
    name, text = f"{commit}:{path}", _text(root, commit, path)
    if not text:
        return Document(name, {}, None)
    document, faults = strict_yaml.read(text.encode(), name)
    problems += faults
    return document


def _text(root: Path, commit: str, path: str) -> str:
    """A file where the history left that of a commit: what was published since on another branch is not missed here."""
    if problems := without_git(root):
        raise ContentError(problems, root)
    base = run_git(root, "merge-base", commit, "HEAD").strip()
    if not base:
        raise Refused("shallow-base" if is_shallow(root) else "no-base", commit=commit)
    return run_git(root, "show", f"{base}:./{path}")
