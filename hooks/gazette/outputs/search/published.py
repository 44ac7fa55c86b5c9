"""The files of search: those of each language's index, and what a browser must know to read them."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from gazette.base import cache_folder
from gazette.content.model import Content
from gazette.language import wording
from gazette.outputs.publication import File, HashedFile, Publication
from gazette.outputs.search.document import facet_of, kind_of
from gazette.outputs.search.index import PACK, Index, Source, opened
from gazette.records import PAGED
from gazette.records.values import LOCALES
from gazette.site.pages import section_path

KEPT = f"{cache_folder.FOLDER}/search"
"""The folder of a project that keeps the indexes."""

FOLDER = "search"
"""Where they are published, a folder a language; its `index.json` says how the others are to be read."""

FORMAT = 1
"""What find.js must know to read an index: one that has another number is of another version of the site."""

_TABLE = "traditional.json"
"""Characters of Traditional Chinese, each with the simplified one in its place."""


def files(publication: Publication) -> Iterator[File | HashedFile]:
    """The files of each language's index, and a table for those who type Traditional Chinese."""
    content = publication.site_model.content
    yield f"{FOLDER}/{_TABLE}", Path(__file__).with_name(_TABLE).read_bytes()
    for locale in LOCALES:
        with closing(opened(content.root / KEPT / f"{locale}.sqlite")) as connection:
            index = Index(connection, locale)
            layout = index.update(_sources(publication, locale), cache_folder.code_hash())
            hashes = index.files()
            told = {
                "format": FORMAT,
                "generation": hashlib.sha256(repr(hashes).encode()).hexdigest()[:16],
                "space": layout.space,
                "pack": PACK,
                "buckets": layout.buckets,
                "sizes": index.sizes(layout),
                **_offered(content, locale),
            }
            yield f"{FOLDER}/{locale}/index.json", json.dumps(told, ensure_ascii=False).encode()
            for address, content_hash in hashes.items():
                yield HashedFile(
                    f"{FOLDER}/{locale}/{address}", content_hash, functools.partial(index.body, address)
                )


def _sources(publication: Publication, locale: str) -> Iterator[Source]:
    for uri, page in publication.site_model.pages.items():
        if page.locale == locale:
            read = functools.partial(publication.text, uri)
            yield Source(page.path, kind_of(page), publication.text_hashes[uri], read)


def _offered(content: Content, locale: str) -> Mapping[str, Mapping[str, str]]:
    """What a search can be narrowed down to, with its words: sections in the order of collections, years from the newest back."""
    sections = {}
    for collection in PAGED:
        page = content.prose.get(section_path(collection))
        if page and content.collection(collection):
            sections[facet_of(collection)] = page.matter.title.to(locale)
    dates = filter(None, map(content.date, content.records.values()))
    years = sorted({date.date.year for date in dates}, reverse=True)
    return {
        "sections": sections,
        "years": {str(year): wording.label("year", locale, year=year) for year in years},
    }
