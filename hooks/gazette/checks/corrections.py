"""A published figure changes only with a correction that says what, from, to, why and when."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import say
from gazette.content.locks import LOCK, unlocked
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
        yield Diagnostic(
            at,
            "silent-change",
            {
                "figure": f"{ref.record}.{ref.field}",
                "published": published,
                "now": now or say("removed"),
                "was_typed": _as_typed(published),
                "now_typed": _as_typed(now) if now else "…",
            },
        )


def contradicted_corrections(content: Content) -> Iterator[Diagnostic]:
    """A figure whose newest correction says something else."""
    for ref in {correction.figure: None for correction in content.corrections}:
        history = content.history(ref)
        # Several corrections of one day have no order; the last of them is the one that says what holds now.
        newest = [correction for correction in history if correction.date == history[0].date]
        now = str(content.figures.get(ref) or "")
        if ref.record not in content.unread and now not in {
            str(correction.now or "") for correction in newest
        }:
            said = str(newest[0].now or "")
            yield Diagnostic(
                content.position(newest[0], ("now",)),
                "contradicted-correction",
                {"corrected": said or say("withdrawn"), "now": now or say("nothing")},
            )


def unlocked_figures(content: Content) -> Iterator[Diagnostic]:
    """Figures not yet in the lock file; they are locked before they are published from main."""
    new = [f"{ref.record}.{ref.field}" for ref in unlocked(content)]
    if new:
        shown = ", ".join(new[:5]) + (" …" if len(new) > 5 else "")
        yield Diagnostic(Position(LOCK), "unlocked-figure", {"count": len(new), "names": shown}, pending=True)


def _corrected(published: str, history: tuple[Correction, ...]) -> str:
    """What a published figure is after its corrections, given newest first."""
    waiting = list(reversed(history))
    while step := next((correction for correction in waiting if str(correction.was) == published), None):
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
