"""What was just saved is shown at once, before everything else is checked and built again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gazette.base.cache_folder import keep
from gazette.base.source_files import FileState, edited_states
from gazette.build.html_renderer import HtmlRenderer
from gazette.build.page_builder import file_of
from gazette.build.render_context import RenderContext
from gazette.content.loader import reread
from gazette.content.model import Content
from gazette.records import page_path
from gazette.site.lists import Lists
from gazette.site.pages import Page
from gazette.templates.renderer import Renderer

_FEW = 4
"""More files than that were not saved by hand."""


@dataclass(frozen=True)
class QuickPreview:
    """A site that was built with `context` into `target`, from files that were as `read`."""

    context: RenderContext
    target: Path
    read: Mapping[str, FileState]

    def show(self) -> bool:
        """Build the pages of the files that were saved since, and those only; False where that cannot be done.

        What they say of other records is as it was, and what others say of them. The build that follows puts it right,
        and tells what is wrong with the files.
        """
        before = self.context.site_model
        now = edited_states(before.content.root)
        saved = [path for path, state in now.items() if self.read.get(path) != state]
        if now.keys() != self.read.keys() or not 0 < len(saved) <= _FEW:
            return False
        found = reread(before.content, saved)
        if found is None:
            return False
        content, names = found
        paths = {page_path(name) for name in names}
        pages = {
            uri: _again(page, content)
            for uri, page in before.pages.items()
            if page.path in paths and page.part is None
        }
        site_model = replace(
            before,
            content=content,
            lists=Lists(content),
            dataset=replace(before.dataset, content=content),
            pages={**before.pages, **pages},
        )
        renderer = Renderer(site_model)
        html_renderer = HtmlRenderer(replace(self.context, site_model=site_model), renderer)
        for page in pages.values():
            rendered = renderer.render(page)
            if rendered.faults:
                return False
            file = self.target / file_of(page)
            keep(file.parent, file.name, html_renderer.render(page, rendered.text).html.encode())
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
