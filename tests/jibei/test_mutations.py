"""Whatever is mistyped in the real content, a check says where, or the page says what was written: nothing is lost, nothing crashes."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import pytest

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.build.content_check import check_content
from gazette.build.files import site_files
from gazette.build.markdown_parser import MarkdownParser
from gazette.build.settings import load_settings, read_settings
from gazette.checks import CHECKS, TEXT_CHECKS
from gazette.content.calls import with_made
from gazette.content.file_reader import Reader
from gazette.content.loader import load
from gazette.content.model import Content, Owner, Prose
from gazette.outputs import digest, link_check
from gazette.records import PAGED, page_path
from gazette.records.record import Record
from gazette.records.terms import Unit
from gazette.records.values import LOCALES, Ref
from gazette.site.model import build_model
from gazette.templates.renderer import Renderer, render_site
from tests.jibei.conftest import ADDRESS
from tests.jibei.independent_reader import MARK, body_of, letters, read_html, read_markdown, read_record, says
from tests.jibei.mutations import mistyped
from tests.zones import Zone

SEED, MUTATIONS, SAMPLE = 20261130, 3000, 60


class Mutated(NamedTuple):
    """A file as it was mistyped, and how."""

    path: str
    text: str
    how: str


class Outcome(NamedTuple):
    """What is wrong with what became of a mutation; the record or page, where it was published."""

    wrong: str
    owner: Owner | None = None


class Passed(NamedTuple):
    """A mutation that is published, and its record or page."""

    mutated: Mutated
    owner: Owner


class Project:
    """The real content in a folder of its own, of which one file at a time is another."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.content, problems = load(root)
        assert problems == []
        self.paths = sorted(path for path in self.content.hashes if "lock" not in path)
        config = load_settings(root)
        files = site_files(config, build_model(self.content)[0], read_settings(config)[0].palette)
        self.parser = MarkdownParser(config, files, lambda _: None)

    def read(self, path: str, problems: list[Diagnostic]) -> Owner | None:
        """The record or page of a file as it is now."""
        top, folder, name = path.split("/", 2)
        reader = Reader(self.root)
        stem = name.rpartition(".")[0]
        found = (
            reader.entry(path, Ref(folder, stem), problems) if top == "data" else reader.prose(stem, problems)
        )
        self.hashes = reader.hashes
        return found

    def told(self, owner: Owner) -> tuple[Content, list[Diagnostic]]:
        """The content with this record or page, and all that is said of it, less what only waits."""
        records, prose, units = dict(self.content.records), dict(self.content.prose), dict(self.content.units)
        if isinstance(owner, Prose):
            prose[owner.path] = owner
        record = owner.matter if isinstance(owner, Prose) else owner
        if isinstance(record, Record):
            records[record.ref] = record
        if isinstance(record, Unit):
            units[record.ref] = record
        hashes = {**self.content.hashes, **self.hashes}
        content = replace(self.content, records=records, prose=prose, units=units, hashes=hashes)
        found = [said for rule in TEXT_CHECKS for said in rule(content, [owner])]
        found += [said for rule in CHECKS for said in rule(content)]
        return content, [said for said in found if not said.pending]

    def published(self, content: Content, owner: Owner, locale: str) -> str | list[Diagnostic]:
        """The HTML of the page of a record or of prose, MARK for each call; or what is wrong with it."""
        path = owner.path if isinstance(owner, Prose) else page_path(str(owner.ref))
        site_model, wrong = build_model(content)
        page = site_model.pages.get(f"{locale}/{path}.md")
        if wrong or page is None:
            return wrong
        rendered = Renderer(site_model).render(page)
        if rendered.faults:
            return [*rendered.faults]
        text = rendered.text
        if isinstance(owner, Prose):
            text = ("", with_made(owner.bodies[locale], lambda *_: MARK).text, "")
        return self.parser.body(page, text)


def outcome(project: Project, mutated: Mutated) -> Outcome:
    """What became of a mutation."""
    problems: list[Diagnostic] = []
    owner = project.read(mutated.path, problems)
    content = None
    if owner is not None and not problems:
        content, problems = project.told(owner)
    if problems:
        return Outcome(_unlocated(project.root, problems))
    if owner is None or content is None:
        return Outcome("nothing was said, and nothing read")
    if not isinstance(owner, Prose | Record) or isinstance(owner, Unit):
        return Outcome("", owner)
    for locale in LOCALES:
        made = project.published(content, owner, locale)
        if isinstance(made, list):
            return Outcome(_unlocated(project.root, made), None if made else owner)
        if wrong := _unsaid(project.root, owner, locale, read_html(made), is_page=False):
            return Outcome(wrong)
    return Outcome("", owner)


def _unsaid(root: Path, owner: Owner, locale: str, said: str, *, is_page: bool) -> str:
    """What was written in a file and is not in what is published of it: its Markdown as HTML, or its whole page."""
    if isinstance(owner, Prose):
        source = (root / f"docs/{locale}/{owner.path}.md").read_text(encoding="utf-8-sig")
        given = read_markdown(body_of(source))
        if not (says(said, given) if is_page else said == given):
            return f"written: {given}\npublished: {said}"
    elif isinstance(owner, Record) and not isinstance(owner, Unit):
        summary = letters(owner.summary.to(locale))
        written = read_record((root / owner.path).read_text(encoding="utf-8-sig"), locale)
        if missing := [words for words in written if words not in said and (is_page or words != summary)]:
            return f"not published: {missing}"
    return ""


def _unlocated(root: Path, problems: list[Diagnostic]) -> str:
    """The messages that name no place of a file, or say nothing in one of the languages."""
    for said in problems:
        file = root / said.at.path
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n") if file.is_file() else []
        if not 1 <= said.at.line <= max(len(lines), 1) or said.at.column < 1 or not said.zh or not said.en:
            return f"without a place: {said}"
    return ""


def test_a_mutation_of_the_real_content_is_told_or_published_as_written(
    copy: Path, request: pytest.FixtureRequest
) -> None:
    project, chance = Project(copy), random.Random(SEED)
    whole = request.config.getoption("sweep") == "all"
    count = MUTATIONS if whole else SAMPLE
    before = {path: (copy / path).read_text(encoding="utf-8") for path in project.paths}
    wrong: list[str] = []
    passing: dict[str, list[Passed]] = defaultdict(list)
    for number in range(count):
        path = chance.choice(project.paths)
        text, how = mistyped(before[path], chance)
        mutated = Mutated(path, text, f"{number} {path}: {how}")
        with written(copy, [mutated]):
            try:
                found = outcome(project, mutated)
            except Exception as error:  # Whatever a check or a build should not end in.
                found = Outcome(repr(error))
        if found.wrong:
            wrong.append(f"{mutated.how}\n{found.wrong}")
        elif found.owner:
            passing[path].append(Passed(mutated, found.owner))
    published = sum(map(len, passing.values()))
    print(
        f"seed {SEED}: {count} mutations, {count - published - len(wrong)} told, {published} published, {len(wrong)} wrong"
    )
    assert not wrong, "\n\n".join([f"{len(wrong)} of {count}", *wrong[:20]])
    site, number = Site(copy), 0
    built = [*zip_longest(*passing.values())][: None if whole else 1]
    for each in built:
        together = site.checked([passed for passed in each if passed])
        number += len(together)
        wrong += site.blamed(together)
    print(f"{len(built)} builds of the site with {number} of them")
    assert not wrong, "\n\n".join(wrong[:20])


# ── The site of many mutations ───────────────────────────────────────────────────────────────────────────────────


@contextmanager
def written(root: Path, mutated: Iterable[Mutated]) -> Iterator[None]:
    """The files of some mutations as they were mistyped, for a while."""
    before = {root / path: (root / path).read_bytes() for path, _, _ in mutated}
    for path, text, _ in mutated:
        (root / path).write_text(text, encoding="utf-8", newline="")
    yield
    for file, raw in before.items():
        file.write_bytes(raw)


class Site:
    """The published project with many mutations at once, checked and built."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def checked(self, passing: Sequence[Passed]) -> list[Passed]:
        """As many as pass the whole check together: one may change what another file's link or figure rests on."""
        refused = self._refused(passing)
        left = [passed for passed in passing if passed.mutated.path not in refused]
        if not refused or len(passing) == 1:
            return [] if refused else left
        if len(left) < len(passing):
            return self.checked(left)
        half = len(passing) // 2
        parts = self.checked(passing[:half]), self.checked(passing[half:])
        both = [*parts[0], *parts[1]]
        return max(parts, key=len) if self._refused(both) else both

    def _refused(self, passing: Sequence[Passed]) -> set[str]:
        """The files that the check names."""
        with written(self.root, [passed.mutated for passed in passing]):
            try:
                check_content(self.root)
            except ContentError as error:
                return {said.at.path for said in error.diagnostics}
        return set()

    def blamed(self, passing: Sequence[Passed]) -> list[str]:
        """What is wrong with the site of some mutations, and which of them it is for."""
        if not (wrong := self._faults(passing)):
            return []
        half = len(passing) // 2
        found = [*self.blamed(passing[:half]), *self.blamed(passing[half:])] if half else []
        return found or ["\n".join([*(passed.mutated.how for passed in passing), *wrong])]

    def _faults(self, passing: Sequence[Passed]) -> list[str]:
        with written(self.root, [passed.mutated for passed in passing]):
            build = Zone(self.root).build("--quiet", SITE_URL=ADDRESS)
            if build.status or build.said:
                return [build.said]
            wrong = [str(dead) for dead in link_check.follow(self.root / "site", ADDRESS).dead]
            settings, _ = read_settings(load_settings(self.root))
            digest.html(render_site(self.root), settings.identities, ADDRESS, {})
            return wrong + [said for passed in passing for said in self._unsaid(passed.owner)]

    def _unsaid(self, owner: Owner) -> Iterator[str]:
        """What was written and is not in the built pages of a record or page."""
        if not isinstance(owner, Prose) and not (isinstance(owner, Record) and owner.ref.collection in PAGED):
            return
        path = owner.path if isinstance(owner, Prose) else page_path(str(owner.ref))
        for locale in LOCALES:
            folder = f"{'en/' if locale == 'en' else ''}{path}".removesuffix("index")
            page = (self.root / "site" / folder / "index.html").read_text(encoding="utf-8")
            if wrong := _unsaid(self.root, owner, locale, read_html(page), is_page=True):
                yield f"{folder}: {wrong}"
