"""Reads `data/` and `docs/` into content; every mistake is reported, none stops the reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.files import WRITTEN, FileList, list_files, read_bytes
from gazette.base.messages import language
from gazette.base.messages import listed as in_a_row
from gazette.base.strict_yaml import Location, Plain
from gazette.content import locks
from gazette.content.front_matter import locate_in_pair, markdown_file, split
from gazette.content.media import is_page, media
from gazette.content.model import Content, Prose
from gazette.content.photographs import Original, examine
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import TRANSLATED, WORDS, Article, PlainPage
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.photos import ENDINGS, PHOTOS, is_photo_file
from gazette.records.record import Entry, Record
from gazette.records.terms import Unit
from gazette.records.validation import validate
from gazette.records.values import LOCALES, SLUG, Ref


def load(root: Path) -> tuple[Content, list[Diagnostic]]:
    """Read `data/` and `docs/` of the project at `root`; every mistake is reported, none stops the reading."""
    records: dict[Ref, Record] = {}
    units: dict[Ref, Unit] = {}
    sums: list[Sum] = []
    corrections: list[Correction] = []
    retirements: list[Retirement] = []
    names: set[str] = set()
    prose: dict[str, Prose] = {}
    unread: set[Ref] = set()
    listed = list_files(root, WRITTEN)
    problems = [*listed.refused]
    hashes: dict[str, str] = {}

    for path, ref in _data_files(listed, problems):
        if ref.collection in PAGED:
            names.add(str(ref))
        raw = _read(root, path, hashes, problems)
        match None if raw is None else _load_entry(raw, path, ref, problems):
            case Record() as record:
                records[ref] = record
            case Unit() as unit:
                units[ref] = unit
            case Sum() as total:
                sums.append(total)
            case Correction() as correction:
                corrections.append(correction)
            case Retirement() as retirement:
                retirements.append(retirement)
            case None:
                unread.add(ref)

    pages = _page_paths(listed, problems)
    beside, misplaced = media(root, listed.below("docs"))
    problems += misplaced
    names |= pages["zh"] | pages["en"]
    for path in sorted(pages["zh"] & pages["en"]):
        page = _load_prose(root, path, problems, hashes)
        if page is None:
            if _is_article(path):
                unread.add(Ref("news", path.removeprefix("news/")))
            continue
        prose[path] = page
        if isinstance(page.matter, Article):
            records[page.matter.ref] = page.matter

    corrections.sort(key=lambda correction: correction.date.sort_key, reverse=True)
    retirements.sort(key=lambda retirement: (retirement.date.sort_key, retirement.id))
    content = Content(
        root,
        records,
        units,
        tuple(sums),
        tuple(corrections),
        locks.read_figures(root, listed, problems),
        frozenset(names),
        locks.read_names(root, listed, problems),
        tuple(retirements),
        prose,
        _originals(root, listed, problems),
        frozenset(unread),
        hashes,
        beside,
    )
    return replace(content, locked=locks.followed(content)), problems


def reread(content: Content, paths: Iterable[str]) -> tuple[Content, frozenset[str]] | None:
    """The same content with these files of records and pages read again, and their names.

    None where one of them is wrong, or is of another kind. Nothing is looked at across records.
    """
    records, prose, hashes = dict(content.records), dict(content.prose), dict(content.hashes)
    names: set[str] = set()
    problems: list[Diagnostic] = []
    for path in paths:
        top, folder, name = [*path.split("/", 2), "", ""][:3]
        stem = name.rpartition(".")[0]
        ref = Ref(folder, stem)
        if top == "data" and ref in records:
            raw = _read(content.root, path, hashes, problems)
            record = None if raw is None else _load_entry(raw, path, ref, problems)
            if isinstance(record, Record):
                records[ref] = record
                names.add(str(ref))
        elif is_page(path) and stem in prose:
            page = _load_prose(content.root, stem, problems, hashes)
            if page:
                prose[stem] = page
                names.add(stem)
            if page and isinstance(page.matter, Article):
                records[page.matter.ref] = page.matter
        else:
            return None
    if problems:
        return None
    return replace(content, records=records, prose=prose, hashes=hashes), frozenset(names)


def _data_files(listed: FileList, problems: list[Diagnostic]) -> Iterator[tuple[str, Ref]]:
    """Each record file of `data/` as its path in the project and the reference it defines."""
    for path in listed.below("data"):
        _, folder, *rest = path.split("/")
        if not rest or folder == PHOTOS:
            continue
        if folder not in DATA_FOLDERS:
            problems.append(
                Diagnostic(
                    Position(f"data/{folder}"),
                    "unknown-folder",
                    {"name": folder, "names": in_a_row(DATA_FOLDERS)},
                )
            )
            continue
        name = rest[0]
        stem = name.removesuffix(".yml")
        if stem == name or len(rest) > 1:
            file = PurePosixPath(name)
            right = f"data/{folder}/{file.stem}.yml" if file.suffix.lower() in (".yaml", ".yml") else ""
            place = Position(f"data/{folder}/{name}")
            problems.append(Diagnostic(place, "not-a-data-file", {"right": right}))
        elif not SLUG.fullmatch(stem) or stem in _RESERVED:
            problems.append(_bad_slug(path, stem))
        else:
            yield path, Ref(folder, stem)


def _originals(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[str, Original]:
    """The photographs of `data/photos`, by file name."""
    found: dict[str, Original] = {}
    for path in listed.below(f"data/{PHOTOS}"):
        name = path.split("/")[2]
        if path == f"data/{PHOTOS}/{name}" and is_photo_file(name):
            found[name] = examine(root / path)
        else:
            problems.append(
                Diagnostic(
                    Position(f"data/{PHOTOS}/{name}"), "not-a-photo-file", {"endings": in_a_row(ENDINGS)}
                )
            )
    return found


_RESERVED = {"index"}


def _bad_slug(path: str, stem: str) -> Diagnostic:
    return Diagnostic(Position(path), "file-not-an-id", {"name": stem})


def _read(root: Path, path: str, hashes: dict[str, str], problems: list[Diagnostic]) -> bytes | None:
    raw = read_bytes(root, path, problems)
    if raw is not None:
        hashes[path] = hashlib.sha256(raw).hexdigest()
    return raw


def _load_entry(raw: bytes, path: str, ref: Ref, problems: list[Diagnostic]) -> Entry | None:
    text, undecodable = strict_yaml.decode(raw, path)
    if undecodable:
        problems += undecodable
        return None
    document, faults = strict_yaml.parse(text, path)
    problems += faults
    if document.node is None:
        return None

    def locate(location: Location, of_key: bool) -> Position:
        return document.position(location, of_key=of_key)

    record, refused = validate(DATA_FOLDERS[ref.collection], document.data, ref.id, locate)
    problems += refused
    return None if faults else record


def _page_paths(listed: FileList, problems: list[Diagnostic]) -> Mapping[str, set[str]]:
    """The paths of the pages in each language; one that stands in one only is reported."""
    found: dict[str, set[str]] = {locale: set() for locale in LOCALES}
    for path in filter(is_page, listed.below("docs")):
        _, locale, name = path.split("/", 2)
        found[locale].add(name.removesuffix(".md"))
    for locale, other in (("zh", "en"), ("en", "zh")):
        for path in sorted(found[locale] - found[other]):
            problems.append(
                Diagnostic(
                    Position(f"docs/{locale}/{path}.md"),
                    "one-language",
                    {"language": language(other), "file": markdown_file(other, path)},
                )
            )
    if "index" not in found["zh"] | found["en"]:
        problems.append(Diagnostic(Position("docs/zh/index.md"), "no-home"))
    return found


def _load_prose(root: Path, path: str, problems: list[Diagnostic], hashes: dict[str, str]) -> Prose | None:
    is_article = _is_article(path)
    id_ = path.removeprefix("news/")
    if is_article and not SLUG.fullmatch(id_):
        problems.append(_bad_slug(f"docs/zh/{path}.md", id_))
        return None
    documents, bodies = {}, {}
    before = len(problems)
    for locale in LOCALES:
        name = markdown_file(locale, path)
        raw = _read(root, name, hashes, problems)
        if raw is not None:
            documents[locale], bodies[locale] = split(raw, name, problems)
    if len(documents) < len(LOCALES) or any(document.node is None for document in documents.values()):
        return None
    for key in documents["en"].data:
        if key not in (*WORDS, TRANSLATED):
            problems.append(
                Diagnostic(
                    documents["en"].position((key,), of_key=True),
                    "shared-key",
                    {"key": key, "file": markdown_file("zh", path)},
                )
            )
    data: dict[str, Plain] = {key: value for key, value in documents["zh"].data.items() if key not in WORDS}
    if TRANSLATED in data:
        problems.append(
            Diagnostic(
                documents["zh"].position((TRANSLATED,), of_key=True),
                "sign-off-in-chinese",
                {"key": TRANSLATED},
            )
        )
    if TRANSLATED in documents["en"].data:
        data[TRANSLATED] = documents["en"].data[TRANSLATED]
    for word in WORDS:
        said = {
            locale: document.data[word] for locale, document in documents.items() if word in document.data
        }
        if said or PlainPage.model_fields[word].is_required():
            data[word] = said
    locate = locate_in_pair(documents)
    matter: PlainPage | Article | None
    if is_article:
        matter, refused = validate(Article, data, id_, locate)
    else:
        matter, refused = validate(PlainPage, data, path, locate)
    problems += refused
    return Prose(path, matter, bodies) if matter is not None and len(problems) == before else None


def _is_article(path: str) -> bool:
    return path.startswith("news/") and path != "news/index"
