"""Evidence held against the archived sources: each anchor stands there, and says what the figure says."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gazette.base import strict_yaml
from gazette.base.diagnostics import Diagnostic
from gazette.content.model import Content
from gazette.language.numerals import quantities
from gazette.records.record import evidence
from gazette.records.sources import Source
from gazette.records.values import Figure, Qualifier, Ref


def verify(content: Content, folder: Path) -> list[Diagnostic]:
    """Everything in the records that the archive in `folder` does not bear out."""
    texts: dict[Ref, str] = {}
    problems: list[Diagnostic] = []
    for source in content.collection(Source.collection):
        assert isinstance(source, Source)
        if source.archive is None:
            continue
        path = folder / source.archive.file
        raw = path.read_bytes() if path.is_file() else b""
        text, undecodable = strict_yaml.decode(raw, source.archive.file)
        problems += undecodable
        if hashlib.sha256(raw).hexdigest() == source.archive.sha256:
            texts[source.ref] = text
        else:
            at = content.position(source, ("archive", "sha256"))
            problems.append(Diagnostic(at, "archive-not-as-registered", {"file": source.archive.file}))
    for record in content.records.values():
        for location, item in evidence(record):
            if item.source in texts:
                at = content.position(record, (*location, "at"))
                if item.at not in texts[item.source]:
                    values = {"source": item.source.id, "at": item.at}
                    problems.append(Diagnostic(at, "anchor-not-in-archive", values))
                elif isinstance(item, Figure) and not _says(content, item):
                    values = {"at": item.at, "figure": str(item)}
                    problems.append(Diagnostic(at, "anchor-says-otherwise", values))
    return problems


def _says(content: Content, figure: Figure) -> bool:
    """Whether the anchor holds a quantity with the figure's value and qualifier, and no other unit after it."""
    if figure.qualifier is Qualifier.FULL_COVERAGE:
        return "全覆盖" in figure.at
    own = content.units[figure.unit].zh if figure.unit else ""
    others = {unit.zh for unit in content.units.values()} - {own}
    for found in quantities(figure.at, "zh"):
        rest = figure.at[found.end :]
        another = any(rest.startswith(unit) for unit in others) and not rest.startswith(own or "\0")
        if (found.value, found.qualifier) == (figure.value, figure.qualifier) and not another:
            return True
    return False
