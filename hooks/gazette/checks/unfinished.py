"""What a draft may lack until it is published, and the mark of a place that is left to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gazette.base.diagnostics import Diagnostic
from gazette.content.model import Content, Owner, pages_of
from gazette.records.front_matter import is_draft
from gazette.records.record import parts
from gazette.records.values import LOCALES, Localised

TO_FILL_IN = Localised(zh="【待填】", en="【to fill in】")
_MARK = re.compile(f"{TO_FILL_IN.zh}|{TO_FILL_IN.en}")
_MAY_WAIT = (
    "left-to-fill-in",
    "no-evidence",
    "one-sided-name",
    "stray-number",
    "stray-number-in-field",
    "stray-number-of-no-record",
    "stray-number-of-several",
)


def left_to_fill_in(content: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """A place of a text that is still to be filled in: of a body the first."""
    for owner in owners:
        for location, value in parts(content.matter(owner), Localised):
            for locale in LOCALES:
                if _MARK.search(value.to(locale)):
                    yield Diagnostic(content.position(owner, (*location, locale)), "left-to-fill-in")
        for prose in pages_of([owner]):
            for body in prose.bodies.values():
                if found := _MARK.search(body.text):
                    yield Diagnostic(body.position(found.start()), "left-to-fill-in")


def waiting_in_drafts(content: Content, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The same messages, those pending that are of a draft and may wait until it is published."""
    drafts = {
        body.path for page in content.prose.values() if is_draft(page.matter) for body in page.bodies.values()
    }
    return [
        replace(one, pending=True) if one.code in _MAY_WAIT and one.at.path in drafts else one
        for one in found
    ]
