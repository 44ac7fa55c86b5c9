"""Reads `data/` and `docs/` into content; every mistake is reported, none stops the reading."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TypeVar

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.file_names import is_name
from gazette.base.files import FileList
from gazette.base.messages import language
from gazette.base.messages import listed as in_a_row
from gazette.base.source_files import SourceFiles
from gazette.content import locks, proofs
from gazette.content.base_locks import with_base
from gazette.content.file_reader import RESERVED, Reader, bad_slug, is_article
from gazette.content.front_matter import markdown_file
from gazette.content.media import bad_path, is_page, is_page_path, media
from gazette.content.model import Content, Prose
from gazette.content.parsed_files import ParsedFiles
from gazette.content.photographs import Original, examine, is_picture
from gazette.content.public_contacts import public_numbers
from gazette.language.wording import labels
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import Article
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.photos import ENDINGS, PHOTOS, is_photo_file
from gazette.records.record import Entry, Record
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Ref

E = TypeVar("E", bound=Entry)

_BESIDE = ("data/README.md", locks.LOCK, locks.IDS_LOCK, proofs.EVIDENCE_LOCK)
"""The files of `data/` that stand beside its folders."""


def load(root: Path, sources: SourceFiles | None = None) -> tuple[Content, list[Diagnostic]]:
    """Read `data/` and `docs/` of the project at `root`; every mistake is reported, none stops the reading.

    What `sources` tells of the files is not asked of them again.
    """
    sources = sources or SourceFiles(root)
    reader = Reader(root, ParsedFiles(root if sources.keep else None), sources.hashes if sources.keep else {})
    entries: list[Entry] = []
    names: set[str] = set()
    prose: dict[str, Prose] = {}
    unread: set[Ref] = set()
    listed = sources.listed
    problems = [*listed.refused]

    for path, ref in _data_files(listed, problems):
        if ref.collection in PAGED:
            names.add(str(ref))
        if entry := reader.entry(path, ref, problems):
            entries.append(entry)
        else:
            unread.add(ref)

    pages = _page_paths(listed, problems)
    beside, misplaced = media(root, listed.below("docs"))
    problems += misplaced
    pictures = {name: examine(root / f"docs/{name}", beside=True) for name in beside if is_picture(name)}
    names |= pages["zh"] | pages["en"]
    for path in sorted(pages["zh"] & pages["en"]):
        if page := reader.prose(path, problems):
            prose[path] = page
            if isinstance(page.matter, Article):
                entries.append(page.matter)
        elif is_article(path):
            unread.add(Ref("news", path.removeprefix("news/")))

    def of(kind: type[E]) -> list[E]:
        return [entry for entry in entries if isinstance(entry, kind)]

    content = Content(
        root=root,
        records={record.ref: record for record in of(Record)},
        units={unit.ref: unit for unit in of(Unit)},
        sums=tuple(of(Sum)),
        corrections=tuple(sorted(of(Correction), key=lambda one: one.date.sort_key, reverse=True)),
        locked=locks.read_figures(root, listed, problems),
        names=frozenset(names),
        locked_names=locks.read_names(root, listed, problems),
        retirements=tuple(sorted(of(Retirement), key=lambda one: (one.date.sort_key, one.id))),
        prose=prose,
        originals=_originals(root, listed, problems),
        unread=frozenset(unread),
        hashes=reader.hashes,
        media=beside,
        pictures=pictures,
        proofs=proofs.read_proofs(root, listed, problems),
        public_numbers=public_numbers(root),
    )
    reader.parsed.save()
    content = replace(content, locked=locks.followed(content))
    return with_base(content, sources.since) if sources.since else content, problems


def reread(content: Content, paths: Iterable[str]) -> tuple[Content, frozenset[str]] | None:
    """The same content with these files of records and pages read again, and their names.

    None where one of them is wrong, or is of another kind. Nothing is looked at across records.
    """
    records, prose = dict(content.records), dict(content.prose)
    reader = Reader(content.root)
    names: set[str] = set()
    problems: list[Diagnostic] = []
    for path in paths:
        top, folder, name = [*path.split("/", 2), "", ""][:3]
        stem = name.rpartition(".")[0]
        ref = Ref(folder, stem)
        if top == "data" and ref in records:
            if isinstance(record := reader.entry(path, ref, problems), Record):
                records[ref] = record
                names.add(str(ref))
        elif is_page(path) and stem in prose:
            if page := reader.prose(stem, problems):
                prose[stem] = page
                names.add(stem)
                if isinstance(page.matter, Article):
                    records[page.matter.ref] = page.matter
        else:
            return None
    if problems:
        return None
    hashes = {**content.hashes, **reader.hashes}
    return replace(content, records=records, prose=prose, hashes=hashes), frozenset(names)


def _data_files(listed: FileList, problems: list[Diagnostic]) -> Iterator[tuple[str, Ref]]:
    """Each record file of `data/` as its path in the project and the reference it defines."""
    for path in listed.below("data"):
        _, folder, *rest = path.split("/")
        if folder == PHOTOS:
            continue
        if not rest:
            if path not in _BESIDE:
                values = {"name": folder, "names": in_a_row(DATA_FOLDERS)}
                problems.append(Diagnostic(Position(path), "stray-data-file", values))
            continue
        name = rest[0]
        stem = name.removesuffix(".yml")
        if folder not in DATA_FOLDERS:
            values = {"name": folder, "names": in_a_row(DATA_FOLDERS), "right": _meant_folder(folder)}
            problems.append(Diagnostic(Position(f"data/{folder}"), "unknown-folder", values))
        elif stem == name or len(rest) > 1:
            file = PurePosixPath(rest[-1])
            is_text = file.suffix.lower() in (".yaml", ".yml", ".txt", "")
            right = f"data/{folder}/{file.name.partition('.')[0]}.yml" if is_text else ""
            problems.append(Diagnostic(Position(path), "not-a-data-file", {"right": right}))
        elif not is_name(stem) or stem in RESERVED:
            problems.append(bad_slug(path, stem))
        else:
            yield path, Ref(folder, stem)


def _meant_folder(name: str) -> str:
    """The folder that was meant by one of another name, such as its singular or its Chinese name; "" where none is near."""
    if name == Article.collection:
        return f"docs/zh/{name}/"
    typed = name.lower().replace("-", "_").replace(" ", "_")
    called = {folder: labels()[folder].zh for folder in DATA_FOLDERS}
    chinese = (folder for folder in called if not name.isascii() and name in called[folder])
    near = difflib.get_close_matches(typed, called, 1) or sorted(
        chinese, key=lambda folder: len(called[folder])
    )
    return f"data/{near[0]}/" if near else ""


def _originals(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[str, Original]:
    """The photographs of `data/photos`, by file name."""
    found: dict[str, Original] = {}
    for path in listed.below(f"data/{PHOTOS}"):
        name = path.split("/")[2]
        if path == f"data/{PHOTOS}/{name}" and is_photo_file(name):
            found[name] = examine(root / path)
        else:
            at, values = Position(f"data/{PHOTOS}/{name}"), {"endings": in_a_row(ENDINGS)}
            problems.append(Diagnostic(at, "not-a-photo-file", values))
    return found


def _page_paths(listed: FileList, problems: list[Diagnostic]) -> Mapping[str, set[str]]:
    """The paths of the pages in each language; one that stands in one only is reported."""
    found: dict[str, set[str]] = {locale: set() for locale in LOCALES}
    refused: dict[str, str] = {}
    for path in sorted(filter(is_page, listed.below("docs")), key=lambda path: path.startswith("docs/en/")):
        _, locale, name = path.split("/", 2)
        name = name.removesuffix(".md")
        if not is_page_path(name):
            refused.setdefault(name, path)  # Told of the Chinese file, where both languages have one.
        else:
            found[locale].add(name)
    problems += [
        bad_slug(path, name.removeprefix("news/"))
        if is_article(name) and name.count("/") == 1
        else bad_path(path)
        for name, path in refused.items()
    ]
    for locale, other in (("zh", "en"), ("en", "zh")):
        for path in sorted(found[locale] - found[other]):
            values = {"language": language(other), "file": markdown_file(other, path)}
            problems.append(Diagnostic(Position(markdown_file(locale, path)), "one-language", values))
    if "index" not in found["zh"] | found["en"]:
        problems.append(Diagnostic(Position("docs/zh/index.md"), "no-home"))
    return found
