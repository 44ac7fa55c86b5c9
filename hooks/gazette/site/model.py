"""The site model: all that one build publishes, read, checked and divided into pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from gazette import checks
from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.base.git import History, history
from gazette.base.source_files import SourceFiles
from gazette.checks.photos import unfit_photo
from gazette.content import photographs
from gazette.content.examples import in_own_names
from gazette.content.loader import load
from gazette.content.model import Content
from gazette.site.identity import Identity, licence
from gazette.site.lists import Lists
from gazette.site.pages import Page, all_pages, clashes
from gazette.site.tables.dataset import KEPT as TABLES
from gazette.site.tables.dataset import Dataset


@dataclass(frozen=True)
class SiteModel:
    """What one build publishes.

    `address` is the site's, with a slash at its end, or "" where none is set; `identities` are what it calls itself, by language.
    `dataset` is the data to download, `photos` are the files of its photographs by their src_uri, `pictures` what is shown of those that docs/ has;
    `published` has the day on which each file was published (YYYY-MM-DD), by its path, where that is known;
    `pending` is what must be settled before main, as the checks said it; `left_out` is how many drafts it does without.
    `markdown` is the text of each page by its src_uri, once they are rendered.
    """

    content: Content
    lists: Lists
    dataset: Dataset
    pages: Mapping[str, Page]
    photos: Mapping[str, Path]
    pictures: Mapping[str, Path]
    published: Mapping[str, str]
    pending: tuple[Diagnostic, ...] = ()
    left_out: int = 0
    address: str = ""
    identities: Mapping[str, Identity] = field(default_factory=dict)
    markdown: Mapping[str, str] = field(default_factory=dict)


def build_model(
    content: Content,
    *,
    drafts: bool = False,
    address: str = "",
    identities: Mapping[str, Identity] = MappingProxyType({}),
    keep: bool = False,
    known: History | None = None,
) -> tuple[SiteModel, list[Diagnostic]]:
    """The site model of content without mistakes, its pages yet to be written, and what of its addresses is wrong.

    `drafts` includes what is not yet published. The data to download names the site's `address` and the licence of its
    `identities`, where it has them; with `keep` what is known of its files and their history is kept. Git is not asked for
    a history that is `known`.
    """
    everything = len(content.records)
    if not drafts:
        content = content.published()
    changed, published = history(content.root, keep=keep) if known is None else known
    lists = Lists(content)
    dataset = Dataset(content, changed, address, licence(identities), content.root / TABLES if keep else None)
    pages = all_pages(content, lists, changed)
    found = {page.src_uri: page for page in pages}
    files = (file.name for original in content.originals.values() for file in original.renditions)
    folder = content.root / photographs.KEPT
    shown = {f"{photographs.PUBLISHED}/{name}": folder / name for name in files}
    left_out = everything - len(content.records)
    site_model = SiteModel(
        content,
        lists,
        dataset,
        found,
        shown,
        {
            name: folder / picture.renditions[0].name
            for name, picture in content.pictures.items()
            if not picture.fault
        },
        published,
        left_out=left_out,
        address=address,
        identities=identities,
    )
    return site_model, [*clashes(pages, content)]


def load_readable(root: Path) -> Content:
    """The content of a project whose files can all be read; whether they agree is not asked."""
    content, unreadable = load(root)
    if unreadable:
        raise ContentError(in_own_names(unreadable, content), root)
    return content


def load_checked(
    root: Path, problems: Iterable[Diagnostic] = (), sources: SourceFiles | None = None
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """The content of a project, and what of it must be settled before main.

    Raises ContentError with every mistake found, the caller's `problems` among them.
    """
    sources = sources or SourceFiles(root)
    if refused := sources.listed.refused:  # What is not read would be missed wherever it is named.
        raise ContentError([*problems, *refused], root)
    content, unreadable = load(root, sources)
    found = checks.check(content, root / checks.KEPT if sources.keep else None)
    wrong = [*problems, *unreadable, *(problem for problem in found if not problem.pending)]
    if wrong:
        raise ContentError(in_own_names(wrong, content), root)
    return content, tuple(problem for problem in found if problem.pending)


def load_site(
    sources: SourceFiles,
    *,
    drafts: bool = False,
    problems: Iterable[Diagnostic] = (),
    address: str = "",
    identities: Mapping[str, Identity] = MappingProxyType({}),
    prune: bool = False,
) -> SiteModel:
    """Read and check the project that `sources` are of, make its photographs, give its pages their addresses.

    With `prune` photographs that are no longer wanted are removed, which only a build may do: it has the build lock.
    Raises ContentError with every Diagnostic found, those of the caller's `problems` among them.
    """
    root = sources.root
    content, pending = load_checked(root, problems, sources)
    folder = root / photographs.KEPT
    pictures = (*content.originals.values(), *content.pictures.values())
    spoilt = photographs.make(pictures, folder)
    if prune:
        photographs.prune(pictures, folder)
    site_model, failed = build_model(
        content, drafts=drafts, address=address, identities=identities, keep=sources.keep
    )
    failed += [unfit_photo(content, original, photographs.UNREADABLE) for original in spoilt]
    if failed:
        raise ContentError(in_own_names(failed, content), root)
    return replace(site_model, pending=pending)
