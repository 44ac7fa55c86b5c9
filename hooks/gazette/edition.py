"""One edition of the site before MkDocs: the content loaded and checked, every page rendered to Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazette import photos
from gazette.checks import check
from gazette.checks.photos import unfit_photo
from gazette.content import Content, load
from gazette.diagnostics import ContentError, Diagnostic, in_order
from gazette.lists import Lists
from gazette.pages import Page, all_pages, clashes
from gazette.records.evidence import Source
from gazette.records.values import FieldRef
from gazette.revisions import last_changed
from gazette.tables import Dataset, Licence
from gazette.templates import environment, render
from gazette.view import View


@dataclass(frozen=True)
class Edition:
    """What a build publishes.

    `dataset` is the data to download, `markdown` holds each page's text by its src_uri, `photos` the files of its photographs by theirs;
    `pending` is what must be settled before main, `left_out` how many drafts it does without.
    """

    content: Content
    lists: Lists
    dataset: Dataset
    pages: Mapping[str, Page]
    markdown: Mapping[str, str]
    photos: Mapping[str, Path]
    pending: tuple[Diagnostic, ...]
    left_out: int

    def view(self, page: Page, base: str | None = None) -> View:
        """What a template may ask about `page`; with `base` its addresses are absolute."""
        return View(self.content, self.lists, page, self.dataset, base)


def prepare(
    root: Path,
    *,
    drafts: bool = False,
    problems: Iterable[Diagnostic] = (),
    address: str = "",
    licence: Licence | None = None,
) -> Edition:
    """Read and check the project at `root` and render its pages; `drafts` includes those not yet published.

    Raises ContentError with every Diagnostic found, those of the caller's `problems` among them.
    The data to download names the site's `address` and its `licence`, where it has them.
    Pages are rendered only from content without mistakes.
    """
    content, unreadable = load(root)
    checked = check(content)
    wrong = [*problems, *unreadable, *(problem for problem in checked if not problem.pending)]
    if wrong:
        raise ContentError(wrong)
    kept = root / photos.KEPT
    spoilt = photos.make(content.originals.values(), kept)
    photos.prune(content.originals.values(), kept)
    failed = [unfit_photo(content, original, photos.Fault.UNREADABLE) for original in spoilt]
    everything = len(content.records)
    if not drafts:
        content = content.published()
    left_out = everything - len(content.records)
    changed = last_changed(root)
    lists = Lists(content)
    dataset = Dataset(content, changed, address, licence)
    pages = all_pages(content, lists, changed)
    failed += clashes(pages, content)
    found = {page.src_uri: page for page in pages}
    templates = environment(root / "overrides")
    markdown: dict[str, str] = {}
    appearances: dict[FieldRef, list[Page]] = {}
    # The page of all figures tells where each appears: it is rendered when every other page has been.
    for page in sorted(pages, key=lambda page: page.layout == "figures"):
        view = View(content, lists, page, dataset, appearances=appearances)
        markdown[page.src_uri], faults = render(page, view, templates)
        failed += faults
        # That these list figures tells a reader nothing.
        if not (page.only_lists or page.layout == "figures" or isinstance(page.record, Source)):
            for ref in dict.fromkeys((*view.printed, *page.figures)):
                appearances.setdefault(ref, []).append(page)
    if failed:
        raise ContentError(failed)
    files = (file.name for original in content.originals.values() for file in original.renditions)
    return Edition(
        content,
        lists,
        dataset,
        found,
        markdown,
        {f"{photos.PUBLISHED}/{name}": kept / name for name in files},
        in_order(problem for problem in checked if problem.pending),
        left_out,
    )
