"""The project that is edited: its content in memory, read again where a file has changed, and what an edit brings."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from gazette import checks
from gazette.base.diagnostics import Diagnostic, in_order
from gazette.base.source_files import SourceFiles, edited_states
from gazette.content.examples import in_own_names
from gazette.content.fingerprint import is_stale
from gazette.content.loader import load
from gazette.content.model import Content, Owner
from gazette.content.photographs import Original
from gazette.content.unsaved import with_unsaved
from gazette.desk import listing
from gazette.desk.entries import Data, Opened, Place, opened
from gazette.desk.previews import Previews
from gazette.records.record import Entry
from gazette.records.values import Ref

Files: TypeAlias = Mapping[str, bytes | None]
"""Files to write, by path; None for one that goes."""


class Project:
    """The project at `root`; one request at a time works with it, within `lock`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lock = threading.RLock()
        self.previews = Previews()
        self._states: Mapping[str, object] = {}
        self._content: Content | None = None
        self._texts: Mapping[str, str] | None = None
        self._known: frozenset[object] = frozenset()

    @property
    def content(self) -> Content:
        """All that is written now, mistakes and all."""
        states = edited_states(self.root)
        if self._content is None or states != self._states:
            content, unreadable = load(self.root, SourceFiles(self.root, keep=True))
            found = [*unreadable, *checks.check(content, self.root / checks.KEPT)]
            self._content, self._states, self._texts = content, states, None
            self._known = frozenset(map(_key, in_own_names(found, content)))
        return self._content

    @property
    def texts(self) -> Mapping[str, str]:
        """What each entry says, by its file, for the search."""
        content = self.content
        if self._texts is None:
            self._texts = listing.texts(content)
        return self._texts

    def open(self, place: Place) -> Opened:
        return opened(self.root, place)

    def verdict(
        self, place: Place, files: Files, originals: Mapping[str, Original] | None = None
    ) -> tuple[list[Diagnostic], Content]:
        """What `gazette check` would say of the files of a place as they would be, and of others because of them.

        Mistakes of other files that are there already are not told again. Also the content with these files.
        """
        before = self.content
        edited, unreadable = with_unsaved(before, files, originals)
        owners = _owners(edited, place)
        found = [*unreadable]
        found += [each for rule in checks.TEXT_CHECKS for each in rule(edited, owners)]
        found += [each for rule in checks.CHECKS for each in rule(edited)]
        own = {*place.files, *files}
        told = [
            each
            for each in in_order(in_own_names(found, edited))
            if not each.pending
            and (own & {each.at.path, *(at.path for at in each.also)} or self.brought(each))
        ]
        return told, edited

    def brought(self, found: Diagnostic) -> bool:
        """Whether a mistake was not there before."""
        return _key(found) not in self._known

    def is_stale(self, place: Place) -> bool:
        """Whether the English of a place was made from other Chinese than there is now, or was never confirmed."""
        owner = next(iter(_owners(self.content, place)), None)
        if owner is None or not hasattr(self.content.matter(owner), "translated"):
            return False
        return self.content.matter(owner).translated is None or is_stale(owner)  # type: ignore[union-attr, arg-type]


def _owners(content: Content, place: Place) -> list[Owner]:
    """What has the words of a place, where it can be read."""
    if place.page:
        return [content.prose[place.page]] if place.page in content.prose else []
    ref = Ref(place.collection, place.id)
    entries: Iterable[Entry | None] = (
        content.records.get(ref),
        content.units.get(ref),
        *content.sums,
        *content.corrections,
        *content.retirements,
    )
    return [entry for entry in entries if entry is not None and entry.path == place.file]


def _key(found: Diagnostic) -> object:
    """What tells a mistake from others, wherever its lines have moved to."""
    return found.at.path, found.code, repr(sorted(found.values.items(), key=lambda item: item[0]))


__all__ = ["Data", "Files", "Project"]
