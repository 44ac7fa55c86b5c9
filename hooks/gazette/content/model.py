"""Everything an editor wrote, read from disk: records of `data/`, pages and articles of `docs/`."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import cast

from pydantic_core import PydanticCustomError

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic, Position, file_fault
from gazette.base.files import WRITTEN, FileList, list_files
from gazette.base.messages import Message, did_you_mean, language, say
from gazette.base.messages import listed as in_a_row
from gazette.base.strict_yaml import Document, Location, Plain
from gazette.content.media import is_page, media
from gazette.content.photographs import Original, examine
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.front_matter import TRANSLATED, WORDS, Article, PlainPage
from gazette.records.integrity import Correction, Retirement, Sum
from gazette.records.photos import ENDINGS, PHOTOS, is_photo_file
from gazette.records.record import Entry, Record, evidence, figures, photos, references
from gazette.records.sources import Indicator, Source
from gazette.records.terms import Unit
from gazette.records.validation import Locate, validate
from gazette.records.values import LOCALES, SLUG, FieldRef, Figure, PartialDate, Ref, field_ref

LOCK = "data/figures.lock.yml"
"""The figures as they were published."""
IDS_LOCK = "data/ids.lock.yml"
"""Every id and page path that was ever published."""


@dataclass(frozen=True)
class Markdown:
    """The body of one Markdown file and the line of the file on which it begins."""

    path: str
    text: str
    first_line: int

    def position(self, offset: int) -> Position:
        """Where the character at `offset` of the text stands in the file."""
        line = self.first_line + self.text.count("\n", 0, offset)
        return Position(self.path, line, offset - self.text.rfind("\n", 0, offset))


@dataclass(frozen=True)
class Prose:
    """A pair of Markdown files, `docs/zh/<path>.md` and `docs/en/<path>.md`."""

    path: str
    matter: PlainPage | Article
    bodies: Mapping[str, Markdown]


@dataclass(frozen=True)
class Content:
    """All records and prose, indexed; corrections newest first; the originals of photographs by file name.

    A name is what has a page: `collection/id`, or the path of a prose page. `names` are those that have a file,
    `locked_names` those once published with their places in the lock, `retirements` those given up, oldest first.
    `unread` are the references whose file exists but could not be read: links to them are not dangling.
    `hashes` has the hash of each file of a record or page by its path, `media` the address of each file of `docs/`
    that is published as it is, by its path there.
    """

    root: Path
    records: Mapping[Ref, Record]
    units: Mapping[Ref, Unit]
    sums: tuple[Sum, ...]
    corrections: tuple[Correction, ...]
    locked: Mapping[FieldRef, str]
    names: frozenset[str]
    locked_names: Mapping[str, Position]
    retirements: tuple[Retirement, ...]
    prose: Mapping[str, Prose]
    originals: Mapping[str, Original]
    unread: frozenset[Ref] = field(default=frozenset())
    hashes: Mapping[str, str] = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)

    def collection(self, name: str) -> tuple[Record, ...]:
        """The records of a collection in list order: by `order`, then newest first, then by id."""
        return self._by_collection.get(name, ())

    @cached_property
    def figures(self) -> Mapping[FieldRef, Figure]:
        """Every figure of every record, in list order, by the record and field it stands in."""
        records = (record for name in PAGED for record in self.collection(name))
        return {
            FieldRef(record.ref, str(location[0])): figure
            for record in records
            for location, figure in figures(record)
        }

    def figure_ref(self, figure: Figure) -> FieldRef:
        """Where a figure of a record stands; two figures that say the same are told apart."""
        return self._figure_refs[id(figure)]

    @cached_property
    def _figure_refs(self) -> Mapping[int, FieldRef]:
        return {id(figure): ref for ref, figure in self.figures.items()}

    def history(self, ref: FieldRef) -> tuple[Correction, ...]:
        """The corrections of a figure, newest first."""
        return tuple(correction for correction in self.corrected(ref.record) if correction.figure == ref)

    def corrected(self, record: Ref) -> tuple[Correction, ...]:
        """The corrections of a record's figures, newest first."""
        return self._corrected.get(record, ())

    @cached_property
    def _corrected(self) -> Mapping[Ref, tuple[Correction, ...]]:
        found: dict[Ref, tuple[Correction, ...]] = {}
        for correction in self.corrections:
            record = correction.figure.record
            found[record] = (*found.get(record, ()), correction)
        return found

    def figures_from(self, source: Ref) -> tuple[FieldRef, ...]:
        """The figures that rest on a source."""
        return self._figures_from.get(source, ())

    @cached_property
    def _figures_from(self) -> Mapping[Ref, tuple[FieldRef, ...]]:
        found: dict[Ref, list[FieldRef]] = {}
        for ref, figure in self.figures.items():
            found.setdefault(figure.source, []).append(ref)
        return {source: tuple(refs) for source, refs in found.items()}

    def succession(self, name: str) -> tuple[Retirement, ...]:
        """The retirements of a name, of the one that took its place, and so on; where they run in a circle, once round."""
        found: dict[str, Retirement] = {}
        while name not in found and (retirement := self._retired.get(name)):
            found[name] = retirement
            name = retirement.now or ""
        return tuple(found.values())

    def successor(self, name: str) -> str | None:
        """What a retired name leads to in the end; None where it is not retired or leads to nothing that there is."""
        last = self.succession(name)[-1:]
        return last[0].now if last and last[0].now in self.names else None

    def original(self, ref: Ref) -> Ref:
        """The oldest id that leads to a record, its own where it had no other; of several the first given up."""
        name, seen = str(ref), {str(ref)}
        while before := next((r.was for r in self.retirements if r.now == name and r.was not in seen), None):
            name = before
            seen.add(name)
        return Ref(*name.split("/", 1)) if "/" in name else ref

    def meant(self, name: str, among: Iterable[str]) -> Message:
        """A hint at what was meant by a name that is not there; NOTHING where none is near."""
        if successor := self.successor(name):
            return say("it-is-now", name=successor)
        return did_you_mean(difflib.get_close_matches(name, among, 1))

    @cached_property
    def published_names(self) -> frozenset[str]:
        """The names of what is no draft."""
        return self.names - {
            str(ref) for ref, record in self.records.items() if isinstance(record, Article) and record.draft
        }

    @cached_property
    def _retired(self) -> Mapping[str, Retirement]:
        return {retirement.was: retirement for retirement in reversed(self.retirements)}

    def as_of(self, ref: FieldRef) -> PartialDate | None:
        """The date for which a figure holds."""
        record = self.records[ref.record]
        return record.as_of if isinstance(record, Indicator) else self.date(record)

    def date(self, record: Record) -> PartialDate | None:
        """When a record happened; where no source says, when its newest source was published."""
        if when := getattr(record, "date", None) or getattr(record, "published", None):
            return cast(PartialDate, when)
        sources = (self.records.get(item.source) for _, item in evidence(record))
        dates = [source.published for source in sources if isinstance(source, Source) and source.published]
        return max(dates, key=lambda date: date.sort_key, default=None)

    def related(self, record: Record) -> tuple[Record, ...]:
        """The records that a record names or that name it, sources and units aside, in collection order."""
        named = {ref for _, ref in references(record)} | set(self.backlinks.get(record.ref, ()))
        named = {ref for ref in named if ref.collection != "sources" and ref != record.ref}
        found = [self.records[ref] for ref in named if ref in self.records]
        return self._in_order(found)

    def resting_on(self, source: Ref) -> tuple[Record, ...]:
        """The records that give `source` as evidence."""
        return self._in_order(self.records[ref] for ref in self.backlinks.get(source, ()))

    def owners(self) -> Iterator[Record | Prose]:
        """Everything that is written in two languages: each page of prose, each record that is not one."""
        yield from self.prose.values()
        yield from (record for record in self.records.values() if not isinstance(record, Article))

    @staticmethod
    def matter(owner: Record | Prose) -> Record | PlainPage:
        """The fields of a record, or the front matter of a page."""
        return owner.matter if isinstance(owner, Prose) else owner

    @cached_property
    def backlinks(self) -> Mapping[Ref, tuple[Ref, ...]]:
        """For each reference, the records that name it."""
        found: dict[Ref, dict[Ref, None]] = {}
        for record in self.records.values():
            for _, ref in references(record):
                found.setdefault(ref, {})[record.ref] = None
        return {ref: tuple(namers) for ref, namers in found.items()}

    def published(self) -> Content:
        """The same content without its drafts and without the photographs that only they show.

        Where there are none it is this one, and what it has worked out is not worked out again.
        """
        drafts = {ref for ref, record in self.records.items() if isinstance(record, Article) and record.draft}
        records = {ref: record for ref, record in self.records.items() if ref not in drafts}
        shown = {photo.file for record in records.values() for _, photo in photos(record)}
        originals = {name: original for name, original in self.originals.items() if name in shown}
        if not drafts and len(originals) == len(self.originals):
            return self
        return replace(
            self,
            records=records,
            names=self.published_names,
            originals=originals,
            prose={path: page for path, page in self.prose.items() if not _is_draft(page)},
        )

    def hash_of(self, owner: Entry | Prose) -> str:
        """The hash of the file, or of the pair of files, that a record or page was read from."""
        path = f"news/{owner.id}" if isinstance(owner, Article) else owner.path
        if isinstance(owner, (Prose, Article)):
            return "".join(self.hashes[markdown_file(locale, path)] for locale in LOCALES)
        return self.hashes[path]

    def position(self, owner: Entry | Prose, location: Location) -> Position:
        """Where a part of a record or of a page's front matter stands.

        The file is parsed again: positions are wanted for messages only, and are not kept.
        """
        if isinstance(owner, Article):
            owner = self.prose[f"news/{owner.id}"]
        if isinstance(owner, Prose):
            names = {locale: markdown_file(locale, owner.path) for locale in LOCALES}
            pair = {
                locale: _split((self.root / name).read_bytes(), name)[0] for locale, name in names.items()
            }
            return _locate_in_pair(pair)(location, False)
        text, _ = strict_yaml.decode((self.root / owner.path).read_bytes(), owner.path)
        return strict_yaml.parse(text, owner.path)[0].position(location)

    @cached_property
    def _by_collection(self) -> Mapping[str, tuple[Record, ...]]:
        groups: dict[str, list[Record]] = {}
        for record in self.records.values():
            groups.setdefault(record.collection, []).append(record)
        return {name: self._in_order(group) for name, group in groups.items()}

    def _in_order(self, records: Iterable[Record]) -> tuple[Record, ...]:
        return tuple(sorted(records, key=lambda record: self._places[record.ref]))

    @cached_property
    def _places(self) -> Mapping[Ref, tuple[int, bool, int, int, int, int, str]]:
        """What each record is sorted by."""
        collections = list(PAGED)

        def place(record: Record) -> tuple[int, bool, int, int, int, int, str]:
            date = self.date(record)
            year, month, day = date.sort_key if date else (0, 0, 0)
            collection = collections.index(record.collection)
            return collection, not record.order, record.order, -year, -month, -day, record.id

        return {ref: place(record) for ref, record in self.records.items()}


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
        _locked(root, listed, problems),
        frozenset(names),
        _locked_names(root, listed, problems),
        tuple(retirements),
        prose,
        _originals(root, listed, problems),
        frozenset(unread),
        hashes,
        beside,
    )
    return replace(content, locked=_followed(content)), problems


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


def _bytes(root: Path, path: str, problems: list[Diagnostic]) -> bytes | None:
    """What a file holds; None where it cannot be read."""
    try:
        return (root / path).read_bytes()
    except OSError as error:
        problems.append(file_fault(error, path))
        return None


def _read(root: Path, path: str, hashes: dict[str, str], problems: list[Diagnostic]) -> bytes | None:
    raw = _bytes(root, path, problems)
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


def _locked(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[FieldRef, str]:
    """The figures as published, from the lock file; none where there is no such file yet."""
    raw = _bytes(root, LOCK, problems) if LOCK in listed.paths else None
    if raw is None:
        return {}
    text, undecodable = strict_yaml.decode(raw, LOCK)
    document, faults = strict_yaml.parse(text, LOCK)
    problems += undecodable or faults
    locked: dict[FieldRef, str] = {}
    for key, value in document.data.items():
        try:
            locked[field_ref(key)] = str(value)
        except PydanticCustomError:
            problems.append(Diagnostic(document.position((key,), of_key=True), "figures-lock", {"key": key}))
    return locked


def _followed(content: Content) -> Mapping[FieldRef, str]:
    """The locked figures, those of a renamed record under its new id.

    The figures of a record that was merged into another do not go with it: they are to be withdrawn.
    """

    def now(ref: FieldRef) -> FieldRef:
        successor = content.successor(str(ref.record))
        if successor is None:
            return ref
        collection, _, id_ = successor.partition("/")
        moved = FieldRef(Ref(collection, id_), ref.field)
        record = content.records.get(moved.record)
        stands = moved.record in content.unread or (
            record is not None and any(str(place[0]) == moved.field for place, _ in figures(record))
        )
        return moved if stands and moved not in content.locked else ref

    return (
        {now(ref): figure for ref, figure in content.locked.items()}
        if content.retirements
        else content.locked
    )


def _locked_names(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[str, Position]:
    """The names once published and their places, from the lock file; none where there is no such file yet."""
    raw = _bytes(root, IDS_LOCK, problems) if IDS_LOCK in listed.paths else None
    if raw is None:
        return {}
    text, undecodable = strict_yaml.decode(raw, IDS_LOCK)
    document, faults = strict_yaml.parse(text, IDS_LOCK)
    problems += undecodable or faults
    names = document.data.get("ids", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        problems.append(Diagnostic(document.position(("ids",)), "ids-lock"))
        return {}
    return {str(name): document.position(("ids", place)) for place, name in enumerate(names)}


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
            documents[locale], bodies[locale] = _split(raw, name, problems)
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
    locate = _locate_in_pair(documents)
    matter: PlainPage | Article | None
    if is_article:
        matter, refused = validate(Article, data, id_, locate)
    else:
        matter, refused = validate(PlainPage, data, path, locate)
    problems += refused
    return Prose(path, matter, bodies) if matter is not None and len(problems) == before else None


def markdown_file(locale: str, path: str) -> str:
    """The file of a prose page in one language, relative to the project."""
    return f"docs/{locale}/{path}.md"


def _split(raw: bytes, name: str, problems: list[Diagnostic] | None = None) -> tuple[Document, Markdown]:
    """A Markdown file's front matter and body; its mistakes are added to `problems`."""
    faults: list[Diagnostic] = []
    document = Document(name, {}, None)
    body = Markdown(name, "", 1)
    text, undecodable = strict_yaml.decode(raw, name)
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if undecodable:
        faults = undecodable
    elif lines[0].rstrip() != "---" or end is None:
        faults = [Diagnostic(Position(name), "front-matter")]
    else:
        document, faults = strict_yaml.parse("\n".join(lines[1:end]), name, first_line=2)
        body = Markdown(name, "\n".join(lines[end + 1 :]), end + 2)
    if problems is not None:
        problems += faults
    return document, body


def _locate_in_pair(documents: Mapping[str, Document]) -> Locate:
    """Positions in a merged pair: words in the file of their language, all else in the Chinese one."""

    def locate(location: Location, of_key: bool) -> Position:
        if location and location[0] in WORDS:
            locale = str(location[1]) if len(location) > 1 else "zh"
            return documents[locale].position(location[:1], of_key=of_key)
        if location and location[0] == TRANSLATED:
            return documents["en"].position(location, of_key=of_key)
        return documents["zh"].position(location, of_key=of_key)

    return locate


def _is_article(path: str) -> bool:
    return path.startswith("news/") and path != "news/index"


def _is_draft(page: Prose) -> bool:
    return isinstance(page.matter, Article) and page.matter.draft
