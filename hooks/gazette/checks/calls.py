"""Calls: in the text of a page each must be right; in records and front matter, which are published as typed, there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.base.diagnostics import Diagnostic
from gazette.content.calls import faults
from gazette.content.model import Content, Owner, pages_of


def wrong_calls(_: Content, owners: Iterable[Owner]) -> Iterator[Diagnostic]:
    """What is wrong with a call as it is written."""
    for prose in pages_of(owners):
        for body in prose.bodies.values():
            yield from faults(body)
