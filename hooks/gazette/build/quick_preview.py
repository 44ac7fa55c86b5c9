"""What was just saved is shown at once, before everything else is checked and built again."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gazette.base.cache_folder import keep
from gazette.base.files import EDITED, list_files
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.output import State
from gazette.build.page_builder import file_of, tracked_model
from gazette.content.model import Content, reread
from gazette.records import page_path
from gazette.site.lists import Lists
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.templates.renderer import Renderer

_FEW = 4
"""More files than that were not saved by hand."""


def sources(root: Path) -> Mapping[str, State]:
    """The state of every file that an editor writes, by its path."""
    states = {path: os.lstat(root / path) for path in list_files(root, EDITED).paths}
    return {path: (state.st_size, state.st_mtime_ns) for path, state in states.items()}


@dataclass(frozen=True)
class QuickPreview:
    """A site that was built: `HTML renderer` printed the pages of the site model into `target`, from files that were as `read`."""

    site_model: SiteModel
    html_renderer: HtmlRenderer
    target: Path
    read: Mapping[str, State]

    def show(self) -> bool:
        """Print the pages of the files that were saved since, and those only; False where that cannot be done.

        What they say of other records is as it was, and what others say of them. The build that follows puts it right,
        and tells what is wrong with the files.
        """
        now = sources(self.site_model.content.root)
        saved = [path for path, state in now.items() if self.read.get(path) != state]
        if now.keys() != self.read.keys() or not 0 < len(saved) <= _FEW:
            return False
        found = reread(self.site_model.content, saved)
        if found is None:
            return False
        content, names = found
        paths = {page_path(name) for name in names}
        pages = {
            uri: _again(page, content)
            for uri, page in self.site_model.pages.items()
            if page.path in paths and page.part is None
        }
        dataset = replace(self.site_model.dataset, content=content)
        all_pages = {**self.site_model.pages, **pages}
        renderer = Renderer(
            replace(self.site_model, content=content, lists=Lists(content), dataset=dataset, pages=all_pages)
        )
        page_contexts = replace(self.html_renderer.page_contexts, site_model=tracked_model(renderer))
        for page in pages.values():
            written = renderer.render(page)
            if written.faults:
                return False
            file = self.target / file_of(page)
            keep(
                file.parent,
                file.name,
                self.html_renderer.print(page, written.text, page_contexts).html.encode(),
            )
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
