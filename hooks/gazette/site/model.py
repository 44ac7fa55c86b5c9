"""One site model of the site before MkDocs: the content loaded and checked, its pages, and their text in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from gazette.base.diagnostics import ContentError, Diagnostic, in_order
from gazette.base.files import WRITTEN, list_files
from gazette.base.git import last_changed
from gazette.checks import check
from gazette.checks.photos import unfit_photo
from gazette.content import photographs
from gazette.content.model import Content, load
from gazette.records.sources import Source
from gazette.records.values import FieldRef
from gazette.site.lists import Lists
from gazette.site.pages import Page, all_pages, clashes
from gazette.site.tables import Dataset, Licence
from gazette.templates.dependencies import DependencyTracker
from gazette.templates.renderer import environment, render
from gazette.templates.view import View


@dataclass(frozen=True)
class SiteModel:
    """What a build publishes.

    `dataset` is the data to download, `photos` are the files of its photographs by their src_uri;
    `pending` is what must be settled before main, `left_out` how many drafts it does without.
    `markdown` is the text of each page by its src_uri, once they are rendered.
    """

    content: Content
    lists: Lists
    dataset: Dataset
    pages: Mapping[str, Page]
    photos: Mapping[str, Path]
    pending: tuple[Diagnostic, ...] = ()
    left_out: int = 0
    markdown: Mapping[str, str] = field(default_factory=dict)

    def view(self, page: Page, base: str | None = None) -> View:
        """What a template may ask about `page`; with `base` its addresses are absolute."""
        return View(self.content, self.lists, page, self.dataset, base)


@dataclass(frozen=True)
class RenderedPage:
    """A page in Markdown: the `text`, the `figures` it prints, what it `asked` of the content; or its `faults`."""

    text: str
    figures: tuple[FieldRef, ...]
    asked: str
    faults: Sequence[Diagnostic]


class Renderer:
    """Where the pages of an site model are written, those of all figures last: they tell where each appears.

    `tracer` knows what they ask of the site model.
    """

    def __init__(self, site_model: SiteModel) -> None:
        self.site_model = site_model
        self.appearances: dict[FieldRef, list[Page]] = {}
        self.tracker = DependencyTracker(
            site_model.content, site_model.lists, site_model.dataset, self.appearances, site_model.pages
        )
        self._templates = environment(site_model.content.root / "overrides")

    def write(self, page: Page) -> RenderedPage:
        """Render a page to Markdown."""
        tracker = self.tracker
        tracker.start()
        view = View(tracker.content, tracker.lists, page, tracker.dataset, appearances=tracker.appearances)
        text, faults = render(page, view, self._templates)
        return RenderedPage(
            text, tuple(dict.fromkeys((*view.printed, *page.figures))), tracker.asked(), faults
        )

    def appear(self, page: Page, figures: Iterable[FieldRef]) -> None:
        """Note that figures appear on a page. That lists have them tells a reader nothing."""
        if not (page.only_lists or page.layout == "figures" or isinstance(page.record, Source)):
            for ref in figures:
                self.appearances.setdefault(ref, []).append(page)


def in_render_order(pages: Iterable[Page]) -> tuple[list[Page], list[Page]]:
    """The pages in the two turns in which they are to be written."""
    found = list(pages)
    return [page for page in found if page.layout != "figures"], [
        page for page in found if page.layout == "figures"
    ]


def build_model(
    content: Content, *, drafts: bool = False, address: str = "", licence: Licence | None = None
) -> tuple[SiteModel, list[Diagnostic]]:
    """An site model of content without mistakes, its pages yet to be written, and what of its addresses is wrong.

    `drafts` includes what is not yet published. The data to download names the site's `address` and its `licence`,
    where it has them.
    """
    everything = len(content.records)
    if not drafts:
        content = content.published()
    changed = last_changed(content.root)
    lists = Lists(content)
    dataset = Dataset(content, changed, address, licence)
    pages = all_pages(content, lists, changed)
    found = {page.src_uri: page for page in pages}
    files = (file.name for original in content.originals.values() for file in original.renditions)
    folder = content.root / photographs.KEPT
    shown = {f"{photographs.PUBLISHED}/{name}": folder / name for name in files}
    left_out = everything - len(content.records)
    site_model = SiteModel(content, lists, dataset, found, shown, left_out=left_out)
    return site_model, [*clashes(pages, content)]


def load_readable(root: Path) -> Content:
    """The content of a project whose files can all be read; whether they agree is not asked."""
    content, unreadable = load(root)
    if unreadable:
        raise ContentError(unreadable)
    return content


def load_checked(root: Path, problems: Iterable[Diagnostic] = ()) -> tuple[Content, tuple[Diagnostic, ...]]:
    """The content of a project, and what of it must be settled before main.

    Raises ContentError with every mistake found, the caller's `problems` among them.
    """
    if refused := list_files(root, WRITTEN).refused:  # What is not read would be missed wherever it is named.
        raise ContentError([*problems, *refused])
    content, unreadable = load(root)
    found = check(content)
    wrong = [*problems, *unreadable, *(problem for problem in found if not problem.pending)]
    if wrong:
        raise ContentError(wrong)
    return content, in_order(problem for problem in found if problem.pending)


def load_site(
    root: Path,
    *,
    drafts: bool = False,
    problems: Iterable[Diagnostic] = (),
    address: str = "",
    licence: Licence | None = None,
    prune: bool = False,
) -> SiteModel:
    """Read and check the project at `root`, make its photographs, compose its pages.

    With `prune` photographs that are no longer wanted are removed, which only a build may do: it has the build lock.
    Raises ContentError with every Diagnostic found, those of the caller's `problems` among them.
    """
    content, pending = load_checked(root, problems)
    folder = root / photographs.KEPT
    spoilt = photographs.make(content.originals.values(), folder)
    if prune:
        photographs.prune(content.originals.values(), folder)
    site_model, failed = build_model(content, drafts=drafts, address=address, licence=licence)
    failed += [unfit_photo(content, original, photographs.Fault.UNREADABLE) for original in spoilt]
    if failed:
        raise ContentError(failed)
    return replace(site_model, pending=pending)


def render_site(root: Path, *, drafts: bool = False, problems: Iterable[Diagnostic] = ()) -> SiteModel:
    """The site model of a project with every page written; raises ContentError, as `assemble` does."""
    site_model = load_site(root, drafts=drafts, problems=problems)
    renderer = Renderer(site_model)
    markdown: dict[str, str] = {}
    faults: list[Diagnostic] = []
    for turn in in_render_order(site_model.pages.values()):
        for page in turn:
            written = renderer.write(page)
            renderer.appear(page, written.figures)
            markdown[page.src_uri] = written.text
            faults += written.faults
    if faults:
        raise ContentError(faults)
    return replace(site_model, markdown=markdown)
