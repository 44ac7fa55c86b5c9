"""Pagefind's index of each language in two parts: the newest year with all that has no date, and the years before."""

from __future__ import annotations

import functools
import hashlib
import html
import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import pagefind_bin

from gazette import cache, l10n
from gazette.content import Content
from gazette.pages import Page, section_path
from gazette.publish.publication import File, Publication
from gazette.publish.search.words import MARK, words
from gazette.records import PAGED
from gazette.records.base import figures
from gazette.records.values import LOCALES
from gazette.view import View

KEPT = f"{cache.FOLDER}/search"
"""The folder of a project that keeps the parts indexed."""

FOLDER = "search"
"""Where the index is published; below it a folder a language, whose `index.json` names its parts and what a search can be narrowed to."""

_ENGINE = ("pagefind.js", "wasm.")
_INDEX = ("pagefind-entry.json", "pagefind.", "index/", "fragment/")
_PATIENCE = 600
"""Seconds."""

_EDGE = "‖"
"""What parts two blocks, so that no phrase runs from one into the next."""
_SPACE = "␣"
"""Pagefind takes spaces out of an id."""

_FIGURES = 3
"""How many of a record's figures a result tells."""


def files(publication: Publication) -> Iterator[File]:
    """The index, what reads it, and a list of its parts, for each language."""
    content = publication.edition.content
    kept = content.root / KEPT
    wanted = set()
    for locale in LOCALES:
        names: list[str] = []
        for part, pages in _parts(publication, locale).items():
            records = {page.url: record(page, publication) for page in pages}
            key = _key(records, locale)
            wanted.add(f"{key}.zip")
            name = f"{part}-{key}"
            names.append(name)
            # The first part is the one whose engine reads them all.
            for path, body in _indexed(records, locale, kept, key):
                if path.startswith(_INDEX) or (len(names) == 1 and path.startswith(_ENGINE)):
                    yield f"{FOLDER}/{locale}/{name}/{path}", body
            yield f"{FOLDER}/{locale}/{name}/find.js", _finder().encode()
        contents = {"parts": names, **_offered(publication.edition.content, locale)}
        yield f"{FOLDER}/{locale}/index.json", json.dumps(contents, ensure_ascii=False).encode()
    cache.prune(kept, wanted)


def record(page: Page, publication: Publication) -> str:
    """What Pagefind is to index of a page, as HTML: the words of its title and text, and what a result shows.

    What is shown and not indexed: title, date and figures as metadata; the facets, then the text block by block, as
    ids, which Pagefind keeps as they are.
    """
    text = publication.text(page.src_uri)
    facets = _facets(page, publication.edition.content)
    shown = _shown(page, publication.edition.view(page))
    said = [
        " ".join(words([page.title], page.locale)),
        " ".join(MARK + facet for facet in facets),
        *words(text, page.locale),
    ]
    return (
        f'<html lang="{page.locale}"><body>'
        + "".join(
            f'<b data-pagefind-meta="{key}" data-pagefind-ignore>{html.escape(value)}</b>'
            for key, value in shown.items()
        )
        + "".join(
            f'<i id="{html.escape(kept).replace(" ", _SPACE)}"></i>' for kept in (" ".join(facets), *text)
        )
        + "".join(
            f"<{name}>{html.escape(block)} {_EDGE}</{name}>"
            for name, block in zip(("h1", *"p" * len(said)), said, strict=False)
        )
        + "</body></html>"
    )


def _shown(page: Page, view: View) -> Mapping[str, str]:
    """What a result tells of a page beside an excerpt."""
    record = page.record
    if record is None:
        return {"title": page.title}
    told = [view.text(figure) for _, figure in figures(record)][:_FIGURES]
    return {
        "title": page.title,
        "date": view.when(record) if getattr(record, "date", None) else "",
        "figures": view.clauses(dict.fromkeys(told)),
    }


def _facets(page: Page, content: Content) -> list[str]:
    """By what a reader narrows a search down, each as a word that no text has."""
    section = _facet_of(page.record.collection) if page.record else "pages"
    year = _year(page, content)
    return [f"section{section}", *([f"year{year}"] if year else [])]


def _facet_of(collection: str) -> str:
    return collection.replace("_", "")


def _year(page: Page, content: Content) -> int | None:
    date = content.date(page.record) if page.record else None
    steps = page.part.steps if page.part else ()
    return date.date.year if date else next((int(step.value) for step in steps if step.kind == "year"), None)


def _offered(content: Content, locale: str) -> Mapping[str, Mapping[str, str]]:
    """What a search can be narrowed down to, with its words: sections in the order of collections, years newest first."""
    sections = {}
    for collection in PAGED:
        page = content.prose.get(section_path(collection))
        if page and content.collection(collection):
            sections[_facet_of(collection)] = page.matter.title.to(locale)
    dates = (content.date(record) for record in content.records.values())
    years = sorted({date.date.year for date in dates if date}, reverse=True)
    return {
        "sections": sections,
        "years": {str(year): l10n.label("year", locale, year=year) for year in years},
    }


def _parts(publication: Publication, locale: str) -> Mapping[str, Sequence[Page]]:
    """The pages of a language in the parts that are indexed apart.

    No more than two: a reader's query asks each of them.
    """
    pages = [page for page in publication.edition.pages.values() if page.locale == locale]
    years = {page.src_uri: _year(page, publication.edition.content) for page in pages}
    newest = max((year for year in years.values() if year), default=None)
    before = [page for page in pages if years[page.src_uri] not in (None, newest)]
    recent = [page for page in pages if years[page.src_uri] in (None, newest)]
    return {name: part for name, part in (("recent", recent), ("before", before)) if part}


def _key(records: Mapping[str, str], locale: str) -> str:
    """The hash of all that shapes a part of the index."""
    shaped_by = json.dumps([locale, version("pagefind-bin"), _finder(), records], ensure_ascii=False)
    return hashlib.sha256(shaped_by.encode()).hexdigest()[:12]


@functools.cache
def _finder() -> str:
    """The script that reads an index: published with each, for it must spell as this package does."""
    return Path(__file__).with_name("find.js").read_text(encoding="utf-8")


def _indexed(records: Mapping[str, str], locale: str, kept: Path, key: str) -> Iterable[File]:
    """The files that Pagefind makes of a part, or made of it the last time."""
    name = f"{key}.zip"
    if not (kept / name).is_file():
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for path, body in _run(records, locale):
                archive.writestr(path, body)
        cache.keep(kept, name, packed.getvalue())
    with zipfile.ZipFile(kept / name) as archive:
        for path in archive.namelist():
            yield path, archive.read(path)


def _run(records: Mapping[str, str], locale: str) -> Iterator[File]:
    with tempfile.TemporaryDirectory() as folder:
        pages, index = Path(folder, "pages"), Path(folder, "index")
        for url, page in records.items():
            file = pages / url / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(page, encoding="utf-8")
        command = [
            str(pagefind_bin.get_executable()),
            "--site",
            str(pages),
            "--output-path",
            str(index),
            "--force-language",
            locale,
            "--silent",
        ]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", errors="replace", timeout=_PATIENCE
        )
        if done.returncode:
            raise NotIndexed(
                f"Pagefind 没有做成搜索索引。\nPagefind made no search index.\n{done.stdout}{done.stderr}"
            )
        for file in sorted(index.rglob("*")):
            if file.is_file():
                yield file.relative_to(index).as_posix(), file.read_bytes()


class NotIndexed(Exception):
    """The search index could not be made; says why, in both languages."""
