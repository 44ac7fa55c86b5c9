"""The differences as Markdown in both languages: for the page of a pull request, and to read in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gazette.base.messages import Message, say
from gazette.outputs.review.differences import (
    Article,
    Articles,
    Difference,
    Differences,
    PageDifference,
    Words,
    kind,
)

SHOWN = 100
"""How many differences of a kind are listed; GitHub shows a megabyte of a summary."""
HEADS = {
    "figures": "review-figures",
    "corrections": "review-corrections",
    "pages": "review-pages",
    "feed": "review-feed",
    "retired": "review-retired",
}
"""The message that heads each kind of differences."""
KINDS = {"added": "review-added", "changed": "review-changed", "removed": "review-removed"}


def summary(found: Differences) -> str:
    """What differs, table by table, and what each reviewer is to look at."""
    parts: dict[str, Sequence[Difference]] = {
        "figures": found.figures,
        "corrections": found.corrections,
        "pages": tuple(map(_titles, found.pages)),
        "feed": found.feed,
        "retired": found.retired,
    }
    lines = [f"# {_both(say('review'))}", ""]
    if not any(parts.values()):
        lines += [_both(say("review-nothing")), ""]
    for name, differing in parts.items():
        lines += _table(say(HEADS[name]), differing)
    lines += [f"## {_both(say('review-look'))}", ""]
    lines += [f"- [ ] {_both(point)}" for point in checklist(found)]
    return "\n".join(lines) + "\n"


def checklist(found: Differences) -> Iterator[Message]:
    """What a reviewer is to look at, of these differences."""
    if changed := [one for one in found.figures if kind(one) == "changed"]:
        yield say("look-at-changed-figures", count=len(changed))
    if added := [one for one in found.figures if kind(one) == "added"]:
        yield say("look-at-new-figures", count=len(added))
    if gone := [one for one in found.figures if kind(one) == "removed"]:
        yield say("look-at-removed-figures", count=len(gone))
    if found.corrections:
        yield say("look-at-corrections", count=len(found.corrections))
    if found.pages:
        yield say("look-at-pages", count=len(found.pages))
    if alone := [page for page in found.pages if _in_one_language(page)]:
        yield say("look-at-one-language", count=len(alone))
    if found.retired or any(kind(page) == "removed" for page in found.pages):
        yield say("look-at-addresses")
    yield say("look-at-content")


def _in_one_language(page: PageDifference) -> bool:
    """Whether its article changed in one language and stayed in the other."""
    same = [page.before[each].blocks == page.after[each].blocks for each in page.before if each in page.after]
    return any(same) and not all(same)


def _titles(page: PageDifference) -> Difference:
    was, now = _named(page.before), _named(page.after)
    return Difference(page.path, now if page.after else was, was, now)


def _named(articles: Articles) -> Words:
    nothing = Article("", "", ())
    return Words(*(articles.get(each, nothing).title for each in Words._fields))


def _table(head: Message, differing: Sequence[Difference]) -> Iterator[str]:
    if not differing:
        return
    yield f"## {_both(head)} ({len(differing)})"
    yield ""
    yield f"| | {_both(say('review-before'))} | {_both(say('review-after'))} |"
    yield "|---|---|---|"
    for one in differing[:SHOWN]:
        name = (
            f"{_both(say(KINDS[kind(one)]))}: {cell(' / '.join(filter(None, one.title)))}<br>{cell(one.name)}"
        )
        yield f"| {name} | {_cells(one.before)} | {_cells(one.after)} |"
    if len(differing) > SHOWN:
        yield f"| {_both(say('review-more', count=len(differing) - SHOWN))} | | |"
    yield ""


def _cells(words: Words) -> str:
    return "<br>".join(map(cell, filter(None, words)))


_ACTIVE = re.compile(r"[\\`*_{}\[\]<>|~&@#]|(?<=:)/(?=/)")
"""What is Markdown, HTML, a mention or an address of GitHub's."""


def cell(text: str) -> str:
    """A text as it is in a cell of a table, whatever it holds."""
    return _ACTIVE.sub(lambda found: f"&#{ord(found[0])};", " ".join(text.split()))


def _both(message: Message) -> str:
    return message.on_one_line
