"""Every record must say where its facts come from."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.model import Content
from gazette.records.sources import Source


def unsourced_records(content: Content) -> Iterator[Diagnostic]:
    """A record with no evidence at all; sources themselves need none."""
    for record in content.records.values():
        if not isinstance(record, Source) and not record.cited:
            yield Diagnostic(Position(record.path), "no-evidence")
