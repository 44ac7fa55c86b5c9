"""One edition of the site before MkDocs: the content loaded and checked, every page rendered to Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gazette.checks import check
from gazette.content import Content, load
from gazette.diagnostics import ContentError, Diagnostic
from gazette.pages import Page, all_pages, clashes
from gazette.revisions import last_changed
from gazette.templates import environment, render
from gazette.view import View


@dataclass(frozen=True)
class Edition:
    """What a build publishes; `markdown` holds each page's text by its src_uri."""

    content: Content
    pages: Mapping[str, Page]
    markdown: Mapping[str, str]

    def view(self, page: Page, base: str | None = None) -> View:
        """What a template may ask about `page`; with `base` its addresses are absolute."""
        return View(self.content, page, base)


def prepare(root: Path, *, drafts: bool = False) -> Edition:
    """Read and check the project at `root` and render its pages; `drafts` includes those not yet published.

    Raises ContentError with every Diagnostic found. Pages are rendered only from content without mistakes.
    """
    content, problems = load(root)
    problems += check(content)
    if problems:
        raise ContentError(problems)
    if not drafts:
        content = content.published()
    pages = all_pages(content, last_changed(root))
    failed: list[Diagnostic] = list(clashes(pages))
    found = {page.src_uri: page for page in pages}
    templates = environment(root / "overrides")
    markdown: dict[str, str] = {}
    for src_uri, page in found.items():
        markdown[src_uri], faults = render(page, View(content, page), templates)
        failed += faults
    if failed:
        raise ContentError(failed)
    return Edition(content, found, markdown)
