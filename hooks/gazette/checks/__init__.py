"""Rules that look across records; each yields Diagnostics, none stops at the first."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence, Set
from pathlib import Path

from gazette.base import cache_folder
from gazette.base.diagnostics import Diagnostic
from gazette.checks import integrity, published
from gazette.checks.evidence import contradicted_figures, contradicted_hours, unproved_anchors
from gazette.checks.markdown.readings import misread_text
from gazette.checks.markdown.typed_marks import marks_in_fields, wrong_calls
from gazette.checks.names import wrong_names
from gazette.checks.numbers import names_with_numbers, stray_numbers
from gazette.checks.observations import early_citations, misplaced_observations, shifted_citations
from gazette.checks.photos import missing_photos, unfit_photos, unused_photos
from gazette.checks.privacy import personal_data_beside, personal_data_in_texts
from gazette.checks.references import (
    broken_html_links,
    broken_links,
    dangling_references,
    missing_fields,
    unsourced_records,
)
from gazette.checks.translations import different_headings, one_sided_calls, stale_translations
from gazette.checks.unfinished import left_to_fill_in, waiting_in_drafts
from gazette.content.model import Content, Owner
from gazette.records.terms import Term
from gazette.records.values import LOCALES

KEPT = f"{cache_folder.FOLDER}/right-texts"
"""The file of a project that remembers whose text was found right."""

CHECKS: tuple[Callable[[Content], Iterator[Diagnostic]], ...] = (
    dangling_references,
    missing_fields,
    broken_links,
    broken_html_links,
    missing_photos,
    unfit_photos,
    unused_photos,
    personal_data_beside,
    unsourced_records,
    unproved_anchors,
    integrity.broken_sums,
    integrity.miscounted_links,
    misplaced_observations,
    shifted_citations,
    early_citations,
    integrity.silent_changes,
    integrity.changed_locks,
    integrity.contradicted_corrections,
    published.lost_corrections,
    published.lost_archives,
    published.unarchived_figures,
    integrity.unlocked_figures,
    integrity.wrong_retirements,
    integrity.lost_names,
    integrity.unlocked_ids,
    stale_translations,
)
"""Rules about how the content holds together, each asked of all of it every time."""

TEXT_CHECKS: tuple[Callable[[Content, Sequence[Owner]], Iterator[Diagnostic]], ...] = (
    contradicted_figures,
    contradicted_hours,
    wrong_calls,
    marks_in_fields,
    misread_text,
    stray_numbers,
    one_sided_calls,
    different_headings,
    wrong_names,
    left_to_fill_in,
    personal_data_in_texts,
)
"""Rules about what a record or a page says: asked of those only that were not found right before, nor is what they go by another."""


def check(content: Content, kept: Path | None = None) -> list[Diagnostic]:
    """Everything that is wrong between the records of `content`; the file `kept` remembers whose text was found right."""
    goes_by = _goes_by(content)
    owners = {f"{owner.path} {content.hash_of(owner)}": owner for owner in content.texts()}
    right = _read(kept, goes_by)
    asked = [owner for key, owner in owners.items() if key not in right]
    found = [diagnostic for rule in TEXT_CHECKS for diagnostic in rule(content, asked)] if asked else []
    if kept and not found and owners.keys() != right:
        cache_folder.write_checked(kept.parent, kept.name, "\n".join((goes_by, *owners)).encode())
    return waiting_in_drafts(content, [*found, *(one for rule in CHECKS for one in rule(content))])


def pending_when_published(content: Content) -> Iterator[Diagnostic]:
    """What must be settled before the content is final: a draft may lack it until it is published.

    Of what the rules about texts say only that of drafts is pending.
    """
    published = content.published()
    return (found for rule in CHECKS for found in rule(published) if found.pending)


def _goes_by(content: Content) -> str:
    """The hash of all that tells whether a text is right, but for the text itself."""
    named = [names_with_numbers(content, locale) for locale in LOCALES]
    entries = (*content.collection(Term.collection), *content.units.values())
    files = [content.hash_of(entry) for entry in entries]
    return hashlib.sha256(
        repr((cache_folder.code_hash(), named, files, sorted(content.public_numbers))).encode()
    ).hexdigest()


def _read(kept: Path | None, goes_by: str) -> Set[str]:
    found = cache_folder.read_checked(kept) if kept else None
    first, *owners = (found or b"").decode().split("\n")
    return set(owners) if first == goes_by else set()
