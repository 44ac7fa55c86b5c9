"""Rules that look across records; each yields Diagnostics, none stops at the first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gazette.base.diagnostics import Diagnostic
from gazette.checks.corrections import contradicted_corrections, silent_changes, unlocked_figures
from gazette.checks.links import broken_links
from gazette.checks.markup import refused_markup
from gazette.checks.names import one_sided_names, wrong_names
from gazette.checks.numbers import stray_numbers
from gazette.checks.photos import missing_photos, unfit_photos, unused_photos
from gazette.checks.references import dangling_references, missing_figures
from gazette.checks.retirements import lost_names, unlocked_ids, wrong_retirements
from gazette.checks.sourcing import unsourced_records
from gazette.checks.sums import broken_sums, miscounted_links
from gazette.checks.translations import different_headings, one_sided_calls, stale_translations
from gazette.content.model import Content

CHECKS: tuple[Callable[[Content], Iterator[Diagnostic]], ...] = (
    dangling_references,
    missing_figures,
    broken_links,
    refused_markup,
    missing_photos,
    unfit_photos,
    unused_photos,
    unsourced_records,
    broken_sums,
    miscounted_links,
    silent_changes,
    contradicted_corrections,
    unlocked_figures,
    wrong_retirements,
    lost_names,
    unlocked_ids,
    stray_numbers,
    one_sided_calls,
    different_headings,
    stale_translations,
    wrong_names,
    one_sided_names,
)


def check(content: Content) -> list[Diagnostic]:
    """Everything that is wrong between the records of `content`."""
    return [diagnostic for rule in CHECKS for diagnostic in rule(content)]
