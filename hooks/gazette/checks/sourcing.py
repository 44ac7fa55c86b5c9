"""Every record must say where its facts come from."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.content.model import Content
from gazette.records.record import evidence
from gazette.records.sources import Source

_EXAMPLE = "evidence:\n  - {source: qlwb-dual-pairing, at: 五大联盟}"


def unsourced_records(content: Content) -> Iterator[Diagnostic]:
    """A record with no evidence at all; sources themselves need none."""
    for record in content.records.values():
        if not isinstance(record, Source) and not any(True for _ in evidence(record)):
            yield Diagnostic(
                Position(record.path),
                "no-evidence",
                "记录没有写明出处：请用 evidence 写出来源编号和原文中的几个字。",
                "The record names no evidence: give the source's id and the few characters that hold the fact.",
                _EXAMPLE,
            )
