"""The two languages say the same: the same figures, links and headings, English made from the Chinese as it is now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import language
from gazette.content.calls import calls, pieces
from gazette.content.fingerprint import english_path, is_stale
from gazette.content.front_matter import Markdown
from gazette.content.headings import Heading, headings
from gazette.content.links import page_links
from gazette.content.model import Content, Owner, pages_of

_PAGE = "page"


def one_sided_calls(_: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A figure, date, time or link that one language of a page has more often than the other."""
    for prose in pages_of(owners):
        if any(piece.fault for body in prose.bodies.values() for piece in pieces(body.text)):
            continue
        asked = {locale: [*_asked(body)] for locale, body in prose.bodies.items()}
        counts = {locale: Counter(said for said, _ in requests) for locale, requests in asked.items()}
        for locale, other in (("zh", "en"), ("en", "zh")):
            for name, argument in counts[locale] - counts[other]:
                place = next(place for said, place in asked[locale] if said == (name, argument))
                call = f"[…]({argument})" if name == _PAGE else f'{{{{ {name}("{argument}") }}}}'
                values = {"call": call, "language": language(other), "file": prose.bodies[other].path}
                yield Diagnostic(place, "one-sided-call", values)


def _asked(body: Markdown) -> Iterator[tuple[tuple[str, str], Position]]:
    """The calls of a body and its links to pages, which must be the same in both languages."""
    for call, place in calls(body):
        if call.name != "plain":
            yield (call.name, call.argument), place
    for link in page_links(body):
        yield (_PAGE, link.path), link.position


def different_headings(_: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """The first heading at which the two versions of a page part ways."""
    for prose in pages_of(owners):
        zh, en = (headings(prose.bodies[locale]) for locale in ("zh", "en"))
        levels = [[heading.level for heading in found] for found in (zh, en)]
        parting = (n for n, (one, other) in enumerate(zip_longest(*levels)) if one != other)
        if (place := next(parting, None)) is None:
            continue
        longer, body = (en, prose.bodies["en"]) if place < len(en) else (zh, prose.bodies["zh"])
        at = Position(body.path, body.position(longer[place].start).line)
        yield Diagnostic(at, "different-headings", {"chinese": _shape(zh), "english": _shape(en)})


def stale_translations(content: Content) -> Iterator[Diagnostic]:
    """English that was made from other Chinese than there is now, or was never confirmed; settled before main."""
    for owner in content.owners():
        confirmed = content.matter(owner).translated is not None
        if confirmed and not is_stale(owner):
            continue
        path = english_path(owner)
        code = "stale-translation" if confirmed else "unconfirmed-translation"
        yield Diagnostic(Position(path), code, {"file": path}, pending=True)


def _shape(found: Iterable[Heading]) -> str:
    return " ".join("#" * heading.level for heading in found) or "–"
