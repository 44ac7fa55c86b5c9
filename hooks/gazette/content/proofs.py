"""The evidence lock: which anchors stand in the archived text of their source, and where."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from gazette.base.diagnostics import Diagnostic
from gazette.base.file_names import SLUG
from gazette.base.files import FileList, held, write_all
from gazette.base.line_ends import line_end, lines_of
from gazette.base.strict_yaml import Location, Plain
from gazette.content.locks import head, not_as_written, read_lock
from gazette.records.sources import Proof, Source
from gazette.records.values import Ref

EVIDENCE_LOCK = "data/evidence.lock.yml"
"""What was proved: for each source the hash of its archived text, and the line and column of each anchor in it."""
_SHA256, _PLACE = re.compile("[0-9a-f]{64}"), re.compile("[1-9][0-9]{0,8}:[1-9][0-9]{0,8}")


def write(root: Path, proofs: Mapping[Ref, Proof]) -> None:
    """Bring the evidence lock up to date."""
    write_all(root, renewed_lock(root, proofs))


def renewed_lock(root: Path, proofs: Mapping[Ref, Proof]) -> Mapping[str, bytes]:
    """The evidence lock that says these proofs, by its path, its line ends as they are."""
    before = (held(root / EVIDENCE_LOCK) or b"").decode("utf-8")
    return {EVIDENCE_LOCK: render(proofs).replace("\n", line_end(lines_of(before))).encode("utf-8")}


def render(proofs: Mapping[Ref, Proof]) -> str:
    """The evidence lock that says these proofs: anchors in quotes, for they may hold anything, in the order of the text."""
    lines = [head("evidence-lock-head")]
    for ref, proof in sorted(proofs.items()):
        lines += [
            f"{ref.id}:\n",
            f"  sha256: {proof.sha256}\n",
            "  anchors:" + ("\n" if proof.places else " {}\n"),
        ]
        for said, place in sorted(proof.places.items(), key=lambda found: (_numbers(found[1]), found[0])):
            lines.append(f"    {json.dumps(said, ensure_ascii=False)}: {place}\n")
    return "".join(lines) + ("" if proofs else "{}\n")


def _numbers(place: str) -> tuple[int, ...]:
    return tuple(map(int, place.split(":")))


def read_proofs(root: Path, listed: FileList, problems: list[Diagnostic]) -> Mapping[Ref, Proof]:
    """What the evidence lock says was proved; nothing where there is no such file yet."""
    document = read_lock(root, EVIDENCE_LOCK, listed, problems)
    proofs = {}
    wrong: list[Location] = []
    for source, said in document.data.items():
        if SLUG.fullmatch(source) and (proof := _proof(said)):
            proofs[Ref(Source.collection, source)] = proof
        else:
            wrong.append((source,))
    problems += not_as_written(document, "evidence-lock", wrong)
    return proofs


def _proof(said: Plain) -> Proof | None:
    match said:
        case {"sha256": str(sha256), "anchors": dict(anchors)} if _SHA256.fullmatch(sha256) and all(
            isinstance(at, str) and _PLACE.fullmatch(at) for at in anchors.values()
        ):
            return Proof(sha256, {anchor: str(place) for anchor, place in anchors.items()})
    return None
