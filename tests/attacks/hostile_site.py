"""A site of the texts that pass the check: in the text of pages, in titles and summaries, in fields of records, in the names of files."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from gazette.base.diagnostics import ContentError, Diagnostic
from gazette.site.model import load_checked
from tests.attacks.tally import Outcome
from tests.pictures import drawn, saved

_PAIR = re.compile(r"\{zh: ([^\"',{}\[\]]+), en: ([^\"',{}\[\]]+)\}")
_TERM = "title: {{zh: {0}, en: {1}}}\nsummary: {{zh: {2}, en: {3}}}\nkind: term\nenglish: working\nevidence: [{{source: zone-report, at: 摇铃专线}}]\n"
_ARTICLE = "date: {date: 2030, basis: inferred}\ntags: [instructor]\nevidence: [{source: zone-report, at: 近300家}]\n"
_LONGEST = 60
"""So many rounds of leaving out what is refused are enough."""


class Attempt(NamedTuple):
    """A text, where it is tried, and the files that try it; of a record, the line that it changes."""

    text: str
    where: str
    files: Mapping[str, bytes]
    line: int = 0


def attempts(root: Path, bodies: Sequence[str], words: Sequence[str]) -> Iterator[Attempt]:
    """Every attempt on the project at `root`: `bodies` as the text of pages, `words` everywhere else."""
    for number, body in enumerate(bodies):
        yield Attempt(body, "the text of a page", _pages(f"body-{number}", f"页{number}", "摘要", body))
    for number, word in enumerate(words):
        yield Attempt(word, "a page's title", _pages(f"title-{number}", f"页{word}", f"摘要{word}", "甲"))
        article = _pages(f"news/title-{number}", f"页{word}", f"摘要{word}", "甲", _ARTICLE)
        yield Attempt(word, "an article's title", article)
        said = [json.dumps(f"{one}{word}", ensure_ascii=False) for one in ("词", "Term ", "释义", "Meaning ")]
        yield Attempt(word, "a term", {f"data/glossary/term-{number}.yml": _encoded(_TERM.format(*said))})
        yield Attempt(word, "a picture's name", {f"docs/assets/{word}.png": saved(drawn(8, 8), "PNG")})
        yield Attempt(word, "a page's name", _pages(f"甲{word}", f"名{number}", "摘要", "甲"))
    rest = cycle(words)
    for file in sorted((root / "data").rglob("*.yml")):
        path = file.relative_to(root).as_posix()
        for line, typed in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if not typed.startswith("title") and _PAIR.search(typed):
                yield Attempt(word := next(rest), "a field of a record", {path: _encoded(word)}, line)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _pages(path: str, title: str, summary: str, body: str, shared: str = "") -> Mapping[str, bytes]:
    head = [
        f"{name}: {json.dumps(said, ensure_ascii=False)}\n"
        for name, said in (("title", title), ("summary", summary))
    ]
    return {
        f"docs/{locale}/{path}.md": _encoded(f"---\n{''.join(head)}{shared if locale == 'zh' else ''}---\n\n{body}\n")
        for locale in ("zh", "en")
    }  # fmt: skip


def build_up(root: Path, tried: Iterable[Attempt]) -> list[tuple[Attempt, Outcome]]:
    """Write all attempts into a project, and leave out those of which the check says that they are wrong, until all is well."""
    found: list[tuple[Attempt, Outcome]] = []
    records = {file: file.read_text(encoding="utf-8") for file in (root / "data").rglob("*.yml")}
    left: list[Attempt] = []
    for attempt in tried:
        if attempt.line:
            left.append(attempt)
            continue
        # What no file may be named, or is another's name, is no attempt.
        with suppress(OSError, ValueError):
            if not any((root / path).exists() for path in attempt.files):
                for path, held in attempt.files.items():
                    (root / path).parent.mkdir(parents=True, exist_ok=True)
                    (root / path).write_bytes(held)
                left.append(attempt)
    for _ in range(_LONGEST):
        _write_fields(root, records, left)
        told = _told(root)
        if not told:
            return [*found, *((attempt, Outcome.ACCEPTED) for attempt in left)]
        wrong = {(place.path, place.line) for one in told for place in (one.at, *one.also)}
        paths = {path for path, _ in wrong}
        refused = [one for one in left if _is_told(one, wrong, paths)]
        assert refused, "\n".join(map(str, told))
        for attempt in refused:
            left.remove(attempt)
            found.append((attempt, Outcome.REFUSED))
            for path in () if attempt.line else attempt.files:
                (root / path).unlink(missing_ok=True)
    raise AssertionError("what is refused has no end")


def _is_told(attempt: Attempt, wrong: set[tuple[str, int]], paths: set[str]) -> bool:
    if attempt.line:
        return any((path, attempt.line) in wrong for path in attempt.files)
    return not paths.isdisjoint(map(posixpath.normpath, attempt.files))


def _write_fields(root: Path, records: Mapping[Path, str], left: Iterable[Attempt]) -> None:
    """Every record with what is tried on its lines."""
    changed = {(*one.files, one.line): one.text for one in left if one.line}
    for file, text in records.items():
        path = file.relative_to(root).as_posix()
        lines = text.split("\n")
        for number, line in enumerate(lines, 1):
            if (word := changed.get((path, number))) is not None:
                lines[number - 1] = _PAIR.sub(lambda pair, word=word: _with_word(pair, word), line)  # type: ignore[misc]
        file.write_bytes(_encoded("\n".join(lines)))


def _with_word(pair: re.Match[str], word: str) -> str:
    zh, en = (json.dumps(f"{said}{word}", ensure_ascii=False) for said in pair.groups())
    return f"{{zh: {zh}, en: {en}}}"


def _told(root: Path) -> Sequence[Diagnostic]:
    try:
        load_checked(root)
    except ContentError as error:
        return error.diagnostics
    return ()
