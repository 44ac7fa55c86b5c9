"""A published figure changes only with a correction that says what, from, to, why and when."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import say
from gazette.content.locks import LOCK, not_yet_locked, unlocked
from gazette.content.model import Content
from gazette.records.integrity import Correction


def silent_changes(content: Content) -> Iterator[Diagnostic]:
    """A figure that differs from its lock and whose corrections do not lead from the one to the other."""
    for ref, published in content.locked.items():
        if ref.record in content.unread:
            continue
        figure = content.figures.get(ref)
        now = str(figure) if figure else ""
        if now == published or _corrected(published, content.history(ref)) == now:
            continue
        record = content.records.get(ref.record)
        at = content.position(record, (ref.field,)) if record else Position(LOCK)
        values = {
            "figure": f"{ref.record}.{ref.field}",
            "published": published,
            "now": now or say("removed"),
            "was_typed": _as_typed(published),
            "now_typed": _as_typed(now) if now else "…",
        }
        yield Diagnostic(at, "silent-change", values)


def contradicted_corrections(content: Content) -> Iterator[Diagnostic]:
    """A figure whose newest correction says something else."""
    for ref in {correction.figure: None for correction in content.corrections}:
        history = content.history(ref)
        # Several corrections of one day have no order; the last of them is the one that says what holds now.
        newest = [str(each.now or "") for each in history if each.date == history[0].date]
        now = str(content.figures.get(ref) or "")
        if ref.record not in content.unread and now not in newest:
            values = {"corrected": newest[0] or say("withdrawn"), "now": now or say("nothing")}
            yield Diagnostic(content.position(history[0], ("now",)), "contradicted-correction", values)


def unlocked_figures(content: Content) -> Iterator[Diagnostic]:
    """Figures not yet in the lock file; they are locked before they are published from main."""
    if new := [f"{ref.record}.{ref.field}" for ref in unlocked(content)]:
        yield not_yet_locked(LOCK, "unlocked-figure", new)


def _corrected(published: str, history: tuple[Correction, ...]) -> str:
    """What a published figure is after its corrections, given newest first."""
    waiting = list(reversed(history))
    while step := next((each for each in waiting if str(each.was) == published), None):
        waiting.remove(step)
        published = str(step.now or "")
    return published


def _as_typed(amount: str) -> str:
    """`147 enterprise exact` as the mapping an editor types."""
    words = amount.split()
    if words == ["full_coverage"]:
        return "qualifier: full_coverage"
    value, *unit, qualifier = words
    typed = [f"value: {value}", *(f"unit: {name}" for name in unit)]
    return ", ".join([*typed, *([f"qualifier: {qualifier}"] if qualifier != "exact" else [])])
