"""What an import would change and what is wrong with it, in lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gazette.base.diagnostics import Diagnostic, by_file, in_order
from gazette.base.messages import Message, say
from gazette.base.personal_data import masked
from gazette.editing.spreadsheets.changes import Change, Changes
from gazette.editing.spreadsheets.reading import CellPosition


def lines_of_changes(found: Changes) -> Iterator[str]:
    """Each record that is new or changes, of one that changes each cell before and after; then how many there are of all."""
    for change in found.made:
        yield from _of(change)
    new = sum(change.new for change in found.made)
    counts = {"new": new, "changed": len(found.made) - new, "unchanged": found.unchanged}
    yield say("import-summary", **counts).on_one_line


def lines_of_faults(faults: Iterable[Diagnostic], root: Path) -> Iterator[str]:
    """What is wrong: first at the cells of the sheet, then elsewhere in the project."""
    ordered = in_order(faults)
    for fault in ordered:
        if isinstance(fault.at, CellPosition):
            yield f"{fault}\n"
    others = [fault for fault in ordered if not isinstance(fault.at, CellPosition)]
    if others:
        yield f"{by_file(others, root)}\n"
    yield say("sheet-errors", count=len(ordered)).on_one_line


def _of(change: Change) -> Iterator[str]:
    code = "row-proposed" if change.proposed else "row-new" if change.new else "row-changed"
    yield f"{change.ref}: {say(code, row=change.row).on_one_line}"
    for name, (before, now) in change.cells.items():
        yield f"    {name}: {_shown(masked(before))} → {_shown(masked(now))}"


def _shown(text: str) -> str | Message:
    """A cell's text on one line; what is said where it is empty."""
    return text.replace("\n", " ⏎ ") if text else say("nothing").on_one_line
