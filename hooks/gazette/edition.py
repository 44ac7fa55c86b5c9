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
from gazette.page_cache import Kept, PageCache
from gazette.pages import Page, all_pages, clashes
from gazette.records.evidence import Source
from gazette.records.values import FieldRef, field_ref
from gazette.revisions import last_changed
from gazette.tables import Dataset, Licence
from gazette.templates import environment, render
from gazette.tracing import Tracer
from gazette.view import View


@dataclass(frozen=True)
class Edition:
    """What a build publishes.

    `dataset` is the data to download, `photos` are the files of its photographs by their src_uri;
    `pending` is what must be settled before main, `left_out` how many drafts it does without.
    By the src_uri of a page, `kept` is what the page cache has, `markdown` the text of every other, with the `figures`
    that it prints and the questions that it has `asked` the `tracer` so far.
    """

    content: Content
    lists: Lists
    dataset: Dataset
    pages: Mapping[str, Page]
    kept: Mapping[str, Kept]
    markdown: Mapping[str, str]
    figures: Mapping[str, tuple[FieldRef, ...]]
    asked: Mapping[str, str]
    tracer: Tracer
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
    cache: PageCache | None = None,
) -> Edition:
    """Read and check the project at `root` and render its pages; `drafts` includes those not yet published.

    Raises ContentError with every Diagnostic found, those of the caller's `problems` among them.
    The data to download names the site's `address` and its `licence`, where it has them.
    Pages are rendered only from content without mistakes, and those that `cache` has are not.
    """
    content, unreadable = load(root)
    checked = check(content)
    wrong = [*problems, *unreadable, *(problem for problem in checked if not problem.pending)]
    if wrong:
        raise ContentError(wrong)
    folder = root / photos.KEPT
    spoilt = photos.make(content.originals.values(), folder)
    photos.prune(content.originals.values(), folder)
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
    kept: dict[str, Kept] = {}
    markdown: dict[str, str] = {}
    figures: dict[str, tuple[FieldRef, ...]] = {}
    asked: dict[str, str] = {}
    appearances: dict[FieldRef, list[Page]] = {}
    tracer = Tracer(content, lists, dataset, appearances, found)
    # The page of all figures tells where each appears: it is rendered when every other page has been.
    for page in sorted(pages, key=lambda page: page.layout == "figures"):
        uri = page.src_uri
        known = cache.get(uri) if cache else None
        if known and known.key == tracer.key(page, known.asked):
            kept[uri] = known
            printed = tuple(field_ref(ref) for ref in known.figures)
        else:
            tracer.start()
            view = View(tracer.content, tracer.lists, page, tracer.dataset, appearances=tracer.appearances)
            markdown[uri], faults = render(page, view, templates)
            failed += faults
            asked[uri] = tracer.asked()
            figures[uri] = printed = tuple(dict.fromkeys((*view.printed, *page.figures)))
        # That these list figures tells a reader nothing.
        if not (page.only_lists or page.layout == "figures" or isinstance(page.record, Source)):
            for ref in printed:
                appearances.setdefault(ref, []).append(page)
    if failed:
        raise ContentError(failed)
    files = (file.name for original in content.originals.values() for file in original.renditions)
    return Edition(
        content,
        lists,
        dataset,
        found,
        kept,
        markdown,
        figures,
        asked,
        tracer,
        {f"{photos.PUBLISHED}/{name}": folder / name for name in files},
        in_order(problem for problem in checked if problem.pending),
        left_out,
    )
