"""An id that was published never goes in silence and is never used again."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic
from gazette.content.locks import IDS_LOCK, not_yet_locked, unlocked_names
from gazette.content.model import Content
from gazette.records.integrity import Retirement


def wrong_retirements(content: Content) -> Iterator[Diagnostic]:
    """A retirement of what is still there, of what is retired already, or that leads to nothing."""
    first: dict[str, Retirement] = {}
    for retirement in content.retirements:
        earlier = first.setdefault(retirement.was, retirement)
        at = content.position(retirement, ("was",))
        if retirement.was in content.names:
            yield Diagnostic(at, "reused-id", {"name": retirement.was})
        elif earlier is not retirement:
            yield Diagnostic(at, "retired-twice", {"name": retirement.was, "file": earlier.path})
        elif retirement.now:
            yield from _astray(content, retirement)


def _astray(content: Content, retirement: Retirement) -> Iterator[Diagnostic]:
    """A retirement whose `now` is nothing, a draft, or leads back to itself."""
    now = retirement.now or ""
    chain = content.succession(retirement.was)
    at = content.position(retirement, ("now",))
    if chain[-1].now in {step.was for step in chain}:
        circle = " → ".join((*(step.was for step in chain), str(chain[-1].now)))
        yield Diagnostic(at, "retirement-circle", {"circle": circle})
    elif len(chain) > 1:
        return  # What it leads to was retired too, and is told of there.
    elif now not in content.names:
        yield Diagnostic(at, "no-successor", {"name": now, "hint": content.meant(now, content.names)})
    elif now not in content.published_names:
        yield Diagnostic(at, "draft-successor", {"name": now})


def lost_names(content: Content) -> Iterator[Diagnostic]:
    """An id or page that was published, is not there any more and is not retired."""
    retired = {retirement.was for retirement in content.retirements}
    new = [name for name in unlocked_names(content) if name not in retired]
    for name, place in content.locked_names.items():
        if name in content.published_names or name in retired:
            continue
        if name in content.names:
            yield Diagnostic(place, "published-id-now-draft", {"name": name})
            continue
        folder = name.rpartition("/")[0]
        beside = [other for other in new if other.rpartition("/")[0] == folder]
        close = difflib.get_close_matches(name, beside, 1, 0) or ["…"]
        yield Diagnostic(place, "lost-id", {"name": name, "file": retirement_id(name), "now": close[0]})


def unlocked_ids(content: Content) -> Iterator[Diagnostic]:
    """Ids and pages not yet in the lock file; they are locked before they are published from main."""
    if new := unlocked_names(content):
        yield not_yet_locked(IDS_LOCK, "unlocked-id", new)


def retirement_id(name: str) -> str:
    """The file's stem for the retirement of a name: `startup_records/kiln` is startup-records-kiln."""
    return name.replace("/", "-").replace("_", "-").lower()
