"""What the check says of a draft before it is written, and the calls that its figures may be."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

from gazette import checks
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.strict_yaml import Location
from gazette.content.calls import Fault, parsed
from gazette.content.examples import in_own_names
from gazette.content.file_reader import prose_of
from gazette.content.front_matter import locate_in_pair, markdown_file, split
from gazette.content.model import Content, Prose
from gazette.content.photographs import examine
from gazette.editing.correcting import Files
from gazette.editing.word.article import Draft
from gazette.language.wording import in_words
from gazette.records.front_matter import Article
from gazette.records.record import Entry
from gazette.records.values import LOCALES, Ref, field_ref
from gazette.site.lists import Lists
from gazette.site.pages import all_pages, clashes

_STRAY = ("stray-number", "stray-number-of-several")


class Proposal(NamedTuple):
    """A typed number that is a figure: its line in the body, where it begins there, the words that the call stands for.

    `words` is empty where several figures fit, or the call would say something else.
    """

    line: int
    start: int
    number: str
    call: str
    words: str


@dataclass(frozen=True)
class _WithDraft(Content):
    """Content with an article whose files are not written yet."""

    ref: Ref = field(kw_only=True)
    files: Files = field(kw_only=True)

    def position(self, owner: Entry | Prose, location: Location) -> Position:
        article = owner.matter if isinstance(owner, Prose) else owner
        if not isinstance(article, Article) or article.ref != self.ref:
            return super().position(owner, location)
        names = {locale: markdown_file(locale, str(self.ref)) for locale in LOCALES}
        pair = {locale: split(self.files[name] or b"", name)[0] for locale, name in names.items()}
        return locate_in_pair(pair)(location, False)


def found_in(draft: Draft, content: Content) -> list[Diagnostic]:
    """Everything that the check would say of the files of a draft if they were written."""
    files = draft.files(content)
    problems: list[Diagnostic] = []
    page = prose_of(str(draft.ref), files, problems)  # type: ignore[arg-type] # None of them is removed.
    if page is None or not isinstance(page.matter, Article):
        return in_own_names(problems, content)
    with tempfile.TemporaryDirectory() as folder:
        originals = {**content.originals}
        for path, data in draft.photos.items():
            file = Path(folder) / Path(path).name
            file.write_bytes(data or b"")
            originals[file.name] = examine(file)
    values: dict[str, Any] = {one.name: getattr(content, one.name) for one in fields(Content)}
    values |= {
        "records": {**content.records, draft.ref: page.matter},
        "prose": {**content.prose, page.path: page},
        "names": content.names | {str(draft.ref)},
        "originals": originals,
        "hashes": {
            **content.hashes,
            **{path: hashlib.sha256(data or b"").hexdigest() for path, data in files.items()},
        },
    }
    values["unsaved"] = {path: data or b"" for path, data in files.items()}
    with_draft = _WithDraft(**values, ref=draft.ref, files=files)
    found = [*checks.check(with_draft), *clashes(all_pages(with_draft, Lists(with_draft), {}), with_draft)]
    return in_own_names([one for one in found if one.at.path in files], content)


def proposals(draft: Draft, found: Iterable[Diagnostic], content: Content) -> Iterator[Proposal]:
    """The figures that numbers of the Chinese body may be, of what the check said of them."""
    lines = draft.body.split("\n")
    text = (draft.files(content)[draft.path] or b"").decode("utf-8")
    above = text.count("\n") - draft.body.count("\n")
    for one in found:
        if one.code not in _STRAY or one.at.path != draft.path or one.at.line <= above:
            continue
        number, start = one.at.line - above - 1, one.at.column - 1
        call = one.example
        words = _said_by(call, content) if one.code == "stray-number" else ""
        line = lines[number]
        places = (start - back for back in range(min(start, len(words)) + 1))
        begin = next((place for place in places if words and line.startswith(words, place)), None)
        yield Proposal(
            number,
            start if begin is None else begin,
            str(one.values["number"]),
            call,
            "" if begin is None else words,
        )


def with_calls(draft: Draft, sure: Iterable[Proposal]) -> Draft:
    """The draft with calls in the place of the numbers that they say."""
    lines = draft.body.split("\n")
    for line, start, _, call, words in sorted(sure, reverse=True):
        if words:
            lines[line] = lines[line][:start] + call + lines[line][start + len(words) :]
    return replace(draft, body="\n".join(lines))


def _said_by(call: str, content: Content) -> str:
    """What a call of a figure shows on a Chinese page; "" where it names a date."""
    made = parsed(call.strip("{} "))
    figure = content.figures.get(field_ref(made.argument)) if not isinstance(made, Fault) else None
    if figure is None:
        return ""
    return in_words(figure, content.units[figure.unit] if figure.unit else None, "zh")
