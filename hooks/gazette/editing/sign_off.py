"""Signing off English: which versions wait, what changed in their Chinese, and the new fingerprint."""

from __future__ import annotations

import difflib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gazette.base import strict_yaml
from gazette.base.files import write_all
from gazette.base.git import run_git
from gazette.base.messages import Refused
from gazette.content.fingerprint import chinese, english_path, fingerprint
from gazette.content.front_matter import split
from gazette.content.loader import load
from gazette.content.model import Content, Prose
from gazette.editing.yaml_edit import changed
from gazette.records.front_matter import TRANSLATED
from gazette.records.record import Record


def owner_of(content: Content, path: str) -> Record | Prose | None:
    """The record or page that `path` names: its file, relative to the project, either language's for a page; or its collection and id."""
    parts = Path(path).with_suffix("").as_posix().split("/", 2)
    if parts[0] == "docs" and len(parts) == 3:
        return content.prose.get(parts[2])
    name = Path(path).as_posix()
    found = (record for record in content.records.values() if name in (record.path, str(record.ref)))
    return content.prose.get(name) or next(found, None)


def named(content: Content, paths: Iterable[str]) -> list[Record | Prose]:
    """The record or page of each file, named relative to the current folder or to the project. Raises Refused."""
    root = content.root.resolve()
    found = []
    for path in paths:
        full = Path(path).resolve()
        below = full.relative_to(root) if full.is_relative_to(root) else Path(path)
        owner = owner_of(content, below.as_posix())
        if owner is None:
            raise Refused("no-such-page", path=path)
        found.append(owner)
    return found


def waiting(content: Content) -> list[Record | Prose]:
    """What has English that was made from other Chinese than there is now."""
    return [owner for owner in content.owners() if fingerprint(owner) != content.matter(owner).translated]


def sign(content: Content, owners: Iterable[Record | Prose]) -> list[str]:
    """Write the fingerprint of the Chinese as it is now into the files of `owners`; returns the paths of those that changed."""
    files: dict[str, bytes] = {}
    for owner in owners:
        path = english_path(owner)
        before = (content.root / path).read_bytes()
        if (after := signed(before, owner)) != before:
            files[path] = after
    write_all(content.root, files)
    return sorted(files)


def signed(raw: bytes, owner: Record | Prose) -> bytes:
    """The file's bytes with the fingerprint of the Chinese as it is now; all else stays as it is."""
    path = english_path(owner)
    document = split(raw, path)[0] if isinstance(owner, Prose) else strict_yaml.read(raw, path)[0]
    return changed(raw.decode("utf-8"), document, {(TRANSLATED,): fingerprint(owner)}).encode("utf-8")


def changes(root: Path, owner: Record | Prose) -> Iterator[str]:
    """The lines of a diff from the Chinese that the English was made from to the Chinese as it is now.

    The old Chinese is looked for in the git history; nothing comes where it is not found there.
    """
    translated, paths = Content.matter(owner).translated, Content.files_of(owner)
    for commit in run_git(root, "log", "--format=%H", "--", *paths).split():
        old = _as_of(root, commit, paths)
        if old is not None and fingerprint(old) == translated:
            before, now = chinese(old).splitlines(), chinese(owner).splitlines()
            yield from difflib.unified_diff(before, now, commit[:9], paths[0], lineterm="", n=1)
            return


def _as_of(root: Path, commit: str, paths: Sequence[str]) -> Record | Prose | None:
    """The owner as a commit had it, read by the ordinary loader from a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(run_git(root, "show", f"{commit}:./{path}"), encoding="utf-8", newline="\n")
        return owner_of(load(Path(folder))[0], paths[0])
