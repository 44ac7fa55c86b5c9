"""What a file may be made of: nesting, sizes and counts, what other parsers were hurt by, and ten thousand slips of the hand."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gazette.base.diagnostics import Diagnostic
from gazette.base.strict_yaml import Document, read
from gazette.content.front_matter import split
from gazette.content.locks import IDS_LOCK, LOCK
from gazette.content.proofs import EVIDENCE_LOCK
from tests.attacks.checking import changed, checked, outcome_of
from tests.attacks.tally import SEED, Outcome, Tally, sampled
from tests.expectations import TESTS
from tests.jibei.mutations import mistyped

RECORD, PAGE = "data/startup_records/kiln.yml", "docs/zh/about.md"
KILN = (TESTS / "zones/small" / RECORD).read_text(encoding="utf-8")
ABOUT = (TESTS / "zones/small" / PAGE).read_text(encoding="utf-8")
INTO: dict[str, Callable[[str], str | bytes]] = {
    RECORD: lambda text: KILN + text,
    PAGE: lambda text: ABOUT.replace("---\n", f"---\n{text}", 1),
    LOCK: lambda text: text,
    IDS_LOCK: lambda text: f"ids: [about]\n{text}",
    EVIDENCE_LOCK: lambda text: text,
}
"""What a file of each kind has, with more lines."""

BOMBS: dict[str, Callable[[], str]] = {
    **{f"{n} brackets": lambda n=n: f"points: {'[' * n}{']' * n}\n" for n in (17, 500, 100_000)},
    **{f"{n} open brackets": lambda n=n: f"points: {'[' * n}\n" for n in (17, 500, 100_000)},
    **{f"{n} braces": lambda n=n: "points: " + "{a: " * n + "}" * n + "\n" for n in (17, 500, 100_000)},
    **{f"{n} dashes": lambda n=n: f"points:\n  {'- ' * n}a\n" for n in (17, 500, 100_000)},
    **{f"{n} question marks": lambda n=n: f"points: {'? ' * n}\n" for n in (17, 500, 100_000)},
    **{f"{n} levels": lambda n=n: "".join(f"{' ' * i}a:\n" for i in range(n)) for n in (17, 500)},
    "unknown keys": lambda: "".join(f"k{n}: 1\n" for n in range(20_000)),
    "some unknown keys": lambda: "".join(f"k{n}: 1\n" for n in range(2_000)),
    "keys without values": lambda: "k: {" + ", ".join(f"k{n}" for n in range(4_000)) + "}\n",
    "one key again and again": lambda: "k: 1\n" * 2_000,
    "items": lambda: "points:\n" + "  - {a: 1}\n" * 20_000,
    "some items": lambda: "points:\n" + "  - {a: 1}\n" * 1_500,
    "references to nothing": lambda: "related: [" + ", ".join(f"news/a{n}" for n in range(4_900)) + "]\n",
    "colons": lambda: f"k: a{': a' * 100_000}\n",
    "lines without sense": lambda: "a: b: c\n" * 20_000,
    "some lines without sense": lambda: "a: b: c\n" * 1_000,
    "full-width colons": lambda: "a： b\n" * 20_000,
    "comments beside values": lambda: "".join(f"k{n}: 1 # 2\n" for n in range(20_000)),
    "comments": lambda: "# a\n" * 2_500_000,
    "tags": lambda: "".join(f"k{n}: !a 1\n" for n in range(20_000)),
    "anchors": lambda: "".join(f"k{n}: &a{n} 1\n" for n in range(20_000)),
    "aliases of aliases": lambda: (
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    ),
    "merges": lambda: "a: &a {b: 1}\n" + "c:\n  <<: *a\n" * 1_000,
    "ten megabytes of text": lambda: f"k: {'窑' * 3_500_000}\n",
    "ten megabytes in quotes": lambda: f'k: "{"窑" * 3_500_000}"\n',
    "ten megabytes in a block": lambda: "k: |\n" + f"  {'窑' * 30}\n" * 110_000,
    "a key of ten megabytes": lambda: f"{'k' * 10_500_000}: 1\n",
    "a key of much": lambda: f"{'k' * 400_000}: 1\n",
    "a number of much": lambda: f"order: {'9' * 400_000}\n",
    "escapes": lambda: 'k: "' + "\\x1b" * 100_000 + '"\n',
    "nothing seen": lambda: f"k: {chr(0x200B) * 100_000}\n",
    "NUL": lambda: "k: \0\n",
    "many NULs": lambda: "\0" * 20_000_000,
    "a surrogate": lambda: "k: \ud800\n",
    "a byte-order mark within": lambda: "k: a\ufeff\n",
    "directives": lambda: "%YAML 1.1\n" * 1_000,
    "documents": lambda: "---\na: 1\n" * 10_000,
    "only dashes": lambda: "-" * 400_000,
    "only quotes": lambda: '"' * 400_000,
    "tabs": lambda: "\t" * 400_000,
}
ENCODED = {name: KILN.encode(name) for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030")}  # fmt: skip


def bombs() -> Iterator[tuple[str, str, Callable[[], str | bytes]]]:
    """Each way to make a file too much, in each kind of file."""
    for name, text in BOMBS.items():
        for path, make in INTO.items():
            yield f"{name} in {path}", path, lambda text=text, make=make: make(text())
    for name, raw in ENCODED.items():
        yield name, RECORD, lambda raw=raw: raw
    yield "nothing", RECORD, lambda: b""
    yield "bytes", RECORD, lambda: random.Random(SEED).randbytes(100_000)


def test_a_file_has_bounds(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    attempts = sampled([*bombs()], 25, pytestconfig)
    tally("bombs", ((name, outcome_of(root, {path: made()})) for name, path, made in attempts))


SUITE = json.loads((TESTS / "cases/yaml_test_suite/cases.json").read_text(encoding="utf-8"))
"""The cases of https://github.com/yaml/yaml-test-suite, whose licence stands beside them: name, text, and what it says where that is one mapping without tags, anchors and aliases."""


def outcome(text: str, says: object, document: Document, problems: list[Diagnostic]) -> Outcome:
    """Whether a text of the suite is refused at a place of its own, or read as the suite says."""
    lines = text.replace("\r", "\n").count("\n") + 3
    if problems:
        placed = all(1 <= found.at.line <= lines and str(found) for found in problems)
        return Outcome.REFUSED if placed else Outcome.THROUGH
    return Outcome.ACCEPTED if stripped(document.data) == stripped(says) else Outcome.THROUGH


def stripped(said: object) -> object:
    """The same without the white space at the end of texts, which no model keeps."""
    if isinstance(said, dict):
        return {key: stripped(value) for key, value in said.items()}
    if isinstance(said, list):
        return [stripped(value) for value in said]
    return said.rstrip() if isinstance(said, str) else said


def as_record(text: str, says: object) -> Outcome:
    return outcome(text, says, *read(text.encode(), RECORD))


def as_front_matter(text: str, says: object) -> Outcome:
    problems: list[Diagnostic] = []
    document, _ = split(f"---\n{text}\n---\n".encode(), PAGE, problems)
    if any(line.rstrip() == "---" for line in text.splitlines()):
        says = document.data  # It ends the front matter, and what is below is text.
    return outcome(text, says, document, problems)


@pytest.mark.parametrize("way", [as_record, as_front_matter], ids=["record", "front matter"])
def test_the_yaml_test_suite_is_read_as_it_says_or_refused(
    way: Callable[[str, object], Outcome], tally: Tally
) -> None:
    def attempt(text: str, says: object) -> Outcome:
        try:
            return way(text, says)
        except Exception:
            return Outcome.CRASHED

    tally(
        f"YAML test suite, {way.__name__.replace('_', ' ')}",
        ((name, attempt(text, says)) for name, text, says in SUITE),
    )


def test_every_case_of_the_yaml_test_suite_is_checked_as_a_file(
    root: Path, tally: Tally, pytestconfig: pytest.Config
) -> None:
    attempts = [
        (f"{name} in {path}", {path: content})
        for name, text, _ in SUITE
        for path, content in ((RECORD, text), (PAGE, f"---\n{text}\n---\n\n正文。\n"), (LOCK, text))
    ]
    tally(
        "YAML test suite, checked",
        ((name, outcome_of(root, files)) for name, files in sampled(attempts, 20, pytestconfig)),
    )


MUTATIONS, SAMPLE = 10_000, 100


def test_no_slip_of_the_hand_crashes_a_check(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    paths = sorted(
        file.relative_to(root).as_posix() for top in ("data", "docs") for file in (root / top).rglob("*.*")
    )
    paths += [LOCK, IDS_LOCK, EVIDENCE_LOCK] * 4

    def attempt(number: int) -> tuple[str, Outcome]:
        chance = random.Random(SEED + number)
        path = chance.choice(paths)
        text, how = (root / path).read_bytes().decode(), ""
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            text, done = mistyped(text, chance) if text else ("", "")
            how += f"; {done}"
        with changed(root, {path: text}):
            return f"{number}: {path}: {how}", checked(root, lambda _: True)  # It may mean something.

    numbers = sampled(range(MUTATIONS), SAMPLE, pytestconfig)
    tally("mutations", map(attempt, numbers))
