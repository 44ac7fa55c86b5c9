"""Anchors held against the archived text of their sources: each stands there, and where."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic
from gazette.checks.evidence import anchors, archives
from gazette.content.model import Content
from gazette.records.sources import Proof
from gazette.records.values import Ref


def verify(content: Content, folder: Path) -> tuple[Mapping[Ref, Proof], list[Diagnostic]]:
    """What the archive in `folder` proves of each source that names one, and all that it does not bear out."""
    texts: dict[Ref, str] = {}
    places: dict[Ref, dict[str, str]] = {}
    problems: list[Diagnostic] = []
    kept = archives(content)
    for ref, archive in kept.items():
        at = content.position(content.records[ref], ("archive", "sha256"))
        try:
            raw = (folder / archive.file).read_bytes()
        except OSError:
            values = {"file": archive.file, "folder": folder.as_posix()}
            problems.append(Diagnostic(at, "no-archive", values))
            continue
        found = hashlib.sha256(raw).hexdigest()
        if found != archive.sha256:
            values = {"file": archive.file, "found": found, "registered": archive.sha256}
            problems.append(Diagnostic(at, "archive-not-as-registered", values))
            continue
        texts[ref], undecodable = strict_yaml.decode(raw, archive.file)
        places[ref] = {}
        problems += undecodable
    for record, location, ref, said in anchors(content, texts):
        offset = texts[ref].find(said)
        if offset < 0:
            values = {"source": ref.id, "at": said}
            problems.append(Diagnostic(content.position(record, location), "anchor-not-in-archive", values))
        place = strict_yaml.place_of(max(offset, 0), texts[ref], kept[ref].file, 1)
        places[ref][said] = f"{place.line}:{place.column}"
    return {ref: Proof(kept[ref].sha256, found) for ref, found in places.items()}, problems
