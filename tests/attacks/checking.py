"""A small project, a change of some of its files, and what a check makes of that, within bounds of memory and time."""

from __future__ import annotations

import os
import re
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.build.content_check import check_content
from gazette.content import locks
from gazette.content.loader import load
from gazette.content.proofs import EVIDENCE_LOCK
from gazette.records.values import LOCALES
from gazette.site.model import SiteModel, load_checked
from tests.attacks.tally import Outcome
from tests.expectations import ROOT
from tests.zones import ZONES

MEGABYTES, SECONDS = 100, 2
"""What a check of a small project may take for a file of whatever content, beside what it takes at all."""

Put = Callable[[Path], object]
"""Puts something into its place in a project that bytes do not tell."""
Changes = Mapping[str, "bytes | str | Put | None"]
"""What is put at each path of a project; None: what stands there is taken away."""
Right = Callable[[SiteModel], bool]
"""Whether content that was accepted is as it should be."""

EVIDENCE = f'report:\n  sha256: {"0" * 64}\n  anchors:\n    "187户": 1:2\n    "近300户": 3:4\n'


def small_project(root: Path) -> Path:
    """The small zone with its templates and all locks, which a check finds in order."""
    shutil.copytree(ZONES / "small", root, dirs_exist_ok=True)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    locks.write(load(root)[0])
    (root / EVIDENCE_LOCK).write_text(EVIDENCE, encoding="utf-8")
    assert not check_content(root).pending
    return root


@contextmanager
def changed(root: Path, changes: Changes) -> Iterator[None]:
    """The project with these changes; afterwards it is as it was."""
    before = {path: (root / path).read_bytes() if (root / path).is_file() else None for path in changes}
    folders = {folder for path in changes for folder in (root / path).parents if not folder.exists()}
    try:
        for path, content in changes.items():
            put(root / path, content)
        yield
    finally:
        for path, was in before.items():
            take_away(root / path)
            if was is not None:
                put(root / path, was)
        for folder in sorted(folders, reverse=True):
            folder.rmdir()


def take_away(path: Path) -> None:
    """Remove whatever stands at a path."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def put(file: Path, content: bytes | str | Put | None) -> None:
    """Put something in the place of whatever stands there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if content is None:
        file.unlink()
    elif isinstance(content, (bytes, str)):
        file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    else:
        take_away(file)
        content(file)


def outcome_of(root: Path, changes: Changes, right: Right | None = None) -> Outcome:
    """What became of a change: it is to be refused, or to be accepted so that what is `right` holds."""
    with changed(root, changes):
        return within_bounds(lambda: checked(root, right))


def checked(root: Path, right: Right | None = None) -> Outcome:
    """What a check makes of a project."""
    try:
        load_checked(root)  # Most is told here already, in a tenth of the time.
        made = check_content(root)
    except ContentError as error:
        return (
            Outcome.REFUSED
            if all(is_located(found, root) for found in error.diagnostics)
            else Outcome.THROUGH
        )
    except Exception:
        return Outcome.CRASHED
    return Outcome.ACCEPTED if right and right(made) else Outcome.THROUGH


def is_located(found: Diagnostic, root: Path) -> bool:
    """Whether a message names a place within the files of editors, and says in both languages what is wrong there."""
    said = {locale: getattr(found.message, locale) for locale in LOCALES}
    is_said = re.search("[\u4e00-\u9fff]{2}", said["zh"]) and re.search("[a-z]+ [a-z]+", said["en"])
    is_there = found.at.path.startswith(("data", "docs"))
    file = root / found.at.path
    last = file.read_bytes().count(b"\n") + 2 if not file.is_symlink() and file.is_file() else 1
    # A carriage return of its own ends a line too.
    return bool(is_said and is_there and (1 <= found.at.line <= last or b"\r" in file.read_bytes()))


def within_bounds(attempt: Callable[[], Outcome]) -> Outcome:
    """What became of an attempt in a process of its own that has so much memory and time more; elsewhere than on Unix, of it here."""
    if not hasattr(os, "fork"):
        return attempt()
    import resource

    outcomes = list(Outcome)
    if not (child := os.fork()):
        status = len(outcomes)
        try:
            pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc").exists() else 0
            if pages:
                most = pages * os.sysconf("SC_PAGE_SIZE") + MEGABYTES * 1024 * 1024
                resource.setrlimit(resource.RLIMIT_AS, (most, most))
            used = resource.getrusage(resource.RUSAGE_SELF)
            seconds = int(used.ru_utime + used.ru_stime) + 1 + SECONDS
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            signal.alarm(30 * SECONDS)  # What waits for something takes no time of the processor.
            status = outcomes.index(attempt())
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    if os.WIFSIGNALED(ended):
        slow = (signal.SIGKILL, signal.SIGXCPU, signal.SIGALRM)
        return Outcome.HUNG if os.WTERMSIG(ended) in slow else Outcome.CRASHED
    status = os.WEXITSTATUS(ended)
    return outcomes[status] if status < len(outcomes) else Outcome.CRASHED
