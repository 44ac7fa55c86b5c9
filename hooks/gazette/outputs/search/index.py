"""The search index: each language in shards, of which only those are made again whose pages changed."""

from __future__ import annotations

import functools
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from gazette.base import cache_folder
from gazette.content.model import Content
from gazette.language import wording
from gazette.outputs.publication import File, Folder, Publication
from gazette.outputs.search.engine import SCRIPTS, indexed
from gazette.outputs.search.entry import Facts, Subject, entry, facet_of, facts, subjects
from gazette.outputs.search.shards import shards
from gazette.records import PAGED
from gazette.records.values import LOCALES
from gazette.site.pages import section_path
from gazette.templates.view import view_of

KEPT = f"{cache_folder.FOLDER}/search"
"""The folder of a project that keeps the shards indexed."""

FOLDER = "search"
"""Where the index is published; below it a folder a language, whose `index.json` names its shards and what a search can be narrowed to."""

_FINDER = "find.js"
"""The script that reads an index: published with it, for it must spell as this package does."""

_AT_ONCE = 2
"""Shards that are indexed side by side, each in some 200 MB."""


@dataclass(frozen=True)
class _Shard:
    """Pages of a language that are indexed together; `leads` where its folder has the scripts that read them all."""

    locale: str
    leads: bool
    pages: Sequence[Facts]


def files(publication: Publication) -> Iterator[File | Folder]:
    """The shards of each language, a folder each, and a list of them."""
    content = publication.site_model.content
    kept = content.root / KEPT
    pages = publication.site_model.pages.values()
    paths = [page for page in pages if page.locale == LOCALES[0]]
    about = subjects(paths, content)
    years = {year for page in paths if page.record and (year := about[page.path].year)}
    keyed: dict[str, _Shard] = {}
    for locale in LOCALES:
        found = {_key(shard, publication): shard for shard in _shards(publication, locale, about)}
        keyed |= found
        contents = {"parts": list(found), **_offered(content, sorted(years, reverse=True), locale)}
        yield f"{FOLDER}/{locale}/index.json", json.dumps(contents, ensure_ascii=False).encode()
    new = [key for key in keyed if not (kept / _archive(key)).is_file()]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        archives = pool.map(lambda key: _indexed(keyed[key], key, publication), new)
        for key, archive in zip(new, archives, strict=True):
            cache_folder.keep(kept, _archive(key), archive)
    cache_folder.prune(kept, {_archive(key) for key in keyed})
    for key, shard in keyed.items():
        yield Folder(f"{FOLDER}/{shard.locale}/{key}", functools.partial(_files, kept / _archive(key)))


def _shards(publication: Publication, locale: str, about: Mapping[str, Subject]) -> Iterator[_Shard]:
    site_model = publication.site_model
    pages = [page for page in site_model.pages.values() if page.locale == locale]
    years = {path: subject.year for path, subject in about.items()}
    for number, shard in enumerate(shards(pages, years)):
        told = [facts(page, about[page.path], view_of(site_model, page)) for page in shard]
        yield _Shard(locale, number == 0, told)


def _offered(content: Content, years: Iterable[int], locale: str) -> Mapping[str, Mapping[str, str]]:
    """What a search can be narrowed down to, with its words: sections in the order of collections, the years."""
    sections = {}
    for collection in PAGED:
        page = content.prose.get(section_path(collection))
        if page and content.collection(collection):
            sections[facet_of(collection)] = page.matter.title.to(locale)
    return {
        "sections": sections,
        "years": {str(year): wording.label("year", locale, year=year) for year in years},
    }


def _key(shard: _Shard, publication: Publication) -> str:
    """The hash of all that shapes a shard; the text of its pages is not asked for."""
    told = [shard.locale, shard.leads, version("pagefind-bin"), _makers()]
    for page in shard.pages:
        told += [page.page.url, publication.text_hashes[page.page.src_uri], page.shown, page.facets]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


@functools.cache
def _makers() -> str:
    """The hash of this package, which shapes every shard."""
    told = hashlib.sha256()
    for file in sorted(Path(__file__).parent.iterdir()):
        if file.suffix in {".py", ".js"}:
            told.update(file.read_bytes())
    return told.hexdigest()


def _archive(key: str) -> str:
    return f"{key}.zip"


def _indexed(shard: _Shard, key: str, publication: Publication) -> bytes:
    """The files of a shard, made anew, in an archive."""
    entries = [entry(page, publication.text(page.page.src_uri)) for page in shard.pages]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path, body in indexed(entries, shard.locale, key):
            if shard.leads or not path.startswith(SCRIPTS):
                archive.writestr(path, body)
        if shard.leads:
            archive.write(Path(__file__).with_name(_FINDER), _FINDER)
    return packed.getvalue()


def _files(archive: Path) -> Iterator[File]:
    with zipfile.ZipFile(archive) as packed:
        for path in packed.namelist():
            yield path, packed.read(path)
