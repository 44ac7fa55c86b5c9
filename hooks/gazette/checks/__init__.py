"""Rules that look across records; each yields Diagnostics, none stops at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gazette.checks.references import dangling_references, missing_figures
from gazette.checks.sourcing import unsourced_records
from gazette.content import Content
from gazette.diagnostics import Diagnostic

CHECKS: tuple[Callable[[Content], Iterator[Diagnostic]], ...] = (
    dangling_references,
    missing_figures,
    unsourced_records,
)


def check(content: Content) -> list[Diagnostic]:
    """Everything that is wrong between the records of `content`."""
    return [diagnostic for rule in CHECKS for diagnostic in rule(content)]
