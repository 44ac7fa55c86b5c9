"""The locks: every published figure as it was published, every id ever published; none changes or goes in silence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from pydantic_core import PydanticCustomError

from gazette.base import bounds, strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.file_names import SLUG
from gazette.base.files import FileList, read_bytes, write_all
from gazette.base.line_ends import renewed
from gazette.base.messages import say
from gazette.base.strict_yaml import Document, Location
from gazette.content.model import Content
from gazette.records.integrity import NAME, Correction
from gazette.records.record import figures
from gazette.records.values import FieldRef, Qualifier, Ref, field_ref

LOCK = "data/figures.lock.yml"
"""The figures as they were published."""
IDS_LOCK = "data/ids.lock.yml"
"""Every id and page path that was ever published."""
_FIGURE = re.compile(
    rf"full_coverage|(?:[0-9.]{{1,24}} {SLUG.pattern}|(?:[0-9]+h)?[0-9]+m[0-9]{{2}}s) (?:{'|'.join(Qualifier)})"
)
"""How a figure stands in its lock."""


def write(content: Content) -> list[str]:
    """Bring the lock files up to date, their line ends and comments as they are; returns the paths of those that changed."""
    files: dict[str, bytes] = {}
    for name, text in ((IDS_LOCK, render_ids(content)), (LOCK, render(content))):
        file = content.root / name
        before = file.read_bytes() if file.exists() else None
        made = renewed((before or b"").decode("utf-8"), text.splitlines()).encode("utf-8")
        if made != before:
            files[name] = made
    write_all(content.root, files)
    return [*files]


def render(content: Content) -> str:
    """The lock file for the figures as they are now."""
    lines = [f"{ref.record}.{ref.key}: {figure}\n" for ref, figure in sorted(content.values.items())]
    return head("figures-lock-head") + ("".join(lines) or "{}\n")


def head(code: str) -> str:
    """The comment that a lock file begins with."""
    zh, en, _ = say(code)
    return f"# {zh}\n# {en}\n"


def unlocked(content: Content) -> Mapping[FieldRef, str]:
    """The figures that the lock file does not have yet, as it would hold them."""
    return {ref: str(figure) for ref, figure in content.values.items() if ref not in content.locked}


def value_now(content: Content, ref: FieldRef, published: str) -> FieldRef | None:
    """The value that a locked one is now, as it was or as corrections made it; None where it is neither.

    What was the only value of a figure may be any of those that it has now.
    """
    among = (content.value_ref(ref),) if ref.as_of else content.observations(ref) or (ref,)
    for one in among:
        now = str(content.values.get(one) or "")
        if now in (published, _corrected(published, content.history(one))):
            return one
    return None


def _corrected(published: str, history: tuple[Correction, ...]) -> str:
    """What a published figure is after its corrections, given newest first."""
    waiting = list(reversed(history))
    while step := next((each for each in waiting if str(each.was) == published), None):
        waiting.remove(step)
        published = str(step.now or "")
    return published


def render_ids(content: Content) -> str:
    """The lock file of ids: those locked before, for an id is never reused, and all that are published now."""
    names = sorted({*content.locked_names, *content.published_names})
    return f"{head('ids-lock-head')}ids:\n" + "".join(f"  - {name}\n" for name in names)


def unlocked_names(content: Content) -> tuple[str, ...]:
    """The published names that the lock file does not have yet."""
    return tuple(sorted(content.published_names - content.locked_names.keys()))


def not_yet_locked(file: str, code: str, names: Sequence[str]) -> Diagnostic:
    """That a lock file does not have these names yet: the first of them are told."""
    shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
    return Diagnostic(Position(file), code, {"count": len(names), "names": shown}, pending=True)


def read_figures(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[FieldRef, str]:
    """The figures as published, from the lock file; none where there is no such file yet."""
    return figures_of(read_lock(root, LOCK, listed, problems), problems)


def figures_of(document: Document, problems: list[Diagnostic]) -> Mapping[FieldRef, str]:
    """The figures that a lock file has."""
    locked: dict[FieldRef, str] = {}
    wrong: list[str] = []
    for key, value in document.data.items():
        with suppress(PydanticCustomError):
            ref = field_ref(key)
            if key == f"{ref.record}.{ref.key}" and isinstance(value, str) and _FIGURE.fullmatch(value):
                locked[ref] = value
                continue
        wrong.append(key)
    problems += not_as_written(document, "figures-lock", [(key,) for key in wrong])
    return locked


def not_as_written(document: Document, code: str, places: Sequence[Location]) -> list[Diagnostic]:
    """The message for what a lock file would not have, were it as it was written; with the first places of it."""
    if not places:
        return []
    first, *others = (document.position(place, of_key=True) for place in places[: bounds.MOST_TOLD])
    return [Diagnostic(first, code, {"key": places[0][-1]}, tuple(others))]


def read_names(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[str, Position]:
    """The names once published and their places, from the lock file; none where there is no such file yet."""
    return names_of(read_lock(root, IDS_LOCK, listed, problems), problems)


def names_of(document: Document, problems: list[Diagnostic]) -> Mapping[str, Position]:
    """The names that a lock file has, and their places."""
    names = document.data.get("ids", [])
    if document.data.keys() - {"ids"} or not isinstance(names, list):
        problems.append(Diagnostic(document.position(("ids",)), "ids-lock"))
        return {}
    wrong = [
        place for place, name in enumerate(names) if not (isinstance(name, str) and NAME.fullmatch(name))
    ]
    if wrong:
        problems.append(Diagnostic(document.position(("ids", wrong[0])), "ids-lock"))
        return {}
    return {str(name): document.position(("ids", place)) for place, name in enumerate(names)}


def line_place(root: Path, path: str, line: str) -> Position:
    """Where a line of a lock file stands, or stood: its lines are in order."""
    lines = (root / path).read_text(encoding="utf-8-sig").splitlines() if (root / path).is_file() else []
    key = line.partition(": ")[0]
    for number, typed in enumerate(lines, 1):
        found = typed.strip().removeprefix("- ").partition(": ")[0]
        if found >= key and found != "ids:" and not found.startswith("#"):
            return Position(path, number, len(typed) - len(typed.lstrip(" -")) + 1)
    return Position(path, max(len(lines), 1))


def read_lock(root: Path, path: str, listed: FileList, problems: list[Diagnostic]) -> Document:
    """A lock file; empty where there is none yet, or it cannot be read."""
    raw = read_bytes(root, path, problems, bounds.MOST_LOCK_BYTES) if path in listed.paths else None
    if raw is None:
        return Document(path, {}, None)
    document, faults = strict_yaml.read(raw, path, bounds.MOST_LOCK_PARTS)
    problems += faults
    return document


def followed(content: Content) -> Mapping[FieldRef, str]:
    """The locked figures, those of a renamed record under its new id.

    The figures of a record that was merged into another do not go with it: they are to be withdrawn.
    """

    if not content.retirements:
        return content.locked

    def now(ref: FieldRef) -> FieldRef:
        successor = content.successor(str(ref.record))
        if successor is None:
            return ref
        collection, _, id_ = successor.partition("/")
        moved = ref._replace(record=Ref(collection, id_))
        record = content.records.get(moved.record)
        stands = moved.record in content.unread or (
            record is not None and any(str(place[0]) == moved.field for place, _ in figures(record))
        )
        return moved if stands and moved not in content.locked else ref

    return {now(ref): figure for ref, figure in content.locked.items()}
