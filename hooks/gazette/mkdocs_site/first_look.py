"""What was just saved is shown at once, before everything else is checked and built again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gazette.cache import keep
from gazette.content import Content, reread
from gazette.edition import Desk, Edition
from gazette.files import EDITED, list_files
from gazette.lists import Lists
from gazette.mkdocs_site.press import Press
from gazette.mkdocs_site.shop import file_of, traced
from gazette.mkdocs_site.swap import State
from gazette.pages import Page
from gazette.records import page_path

_FEW = 4
"""More files than that were not saved by hand."""


def sources(root: Path) -> Mapping[str, State]:
    """The state of every file that an editor writes, by its path."""
    states = {path: os.lstat(root / path) for path in list_files(root, EDITED).paths}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}


@dataclass(frozen=True)
class FirstLook:
    """A site that was built: `press` printed the pages of the edition into `target`, from files that were as `read`."""

    edition: Edition
    press: Press
    target: Path
    read: Mapping[str, State]

    def show(self) -> bool:
        """Print the pages of the files that were saved since, and those only; False where that cannot be done.

        What they say of other records is as it was, and what others say of them. The build that follows puts it right,
        and tells what is wrong with the files.
        """
        now = sources(self.edition.content.root)
        saved = [path for path, state in now.items() if self.read.get(path) != state]
        if now.keys() != self.read.keys() or not 0 < len(saved) <= _FEW:
            return False
        found = reread(self.edition.content, saved)
        if found is None:
            return False
        content, names = found
        paths = {page_path(name) for name in names}
        pages = {
            uri: _again(page, content)
            for uri, page in self.edition.pages.items()
            if page.path in paths and page.part is None
        }
        dataset = replace(self.edition.dataset, content=content)
        all_pages = {**self.edition.pages, **pages}
        desk = Desk(
            replace(self.edition, content=content, lists=Lists(content), dataset=dataset, pages=all_pages)
        )
        frames = replace(self.press.frames, edition=traced(desk))
        for page in pages.values():
            written = desk.write(page)
            if written.faults:
                return False
            file = self.target / file_of(page)
            keep(file.parent, file.name, self.press.print(page, written.text, frames).html.encode())
        return bool(pages)


def _again(page: Page, content: Content) -> Page:
    """A page made of what its record, or its pair of files, says now."""
    prose = content.prose.get(page.path)
    record = content.records[page.record.ref] if page.record else None
    says = record or (prose.matter if prose else None)
    if says is None:
        return page
    title, summary = says.title.to(page.locale), says.summary.to(page.locale)
    body = prose.bodies[page.locale] if prose else None
    return replace(page, title=title, summary=summary, record=record, body=body)
