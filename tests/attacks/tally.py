"""Counts what became of each attempt of a class, and prints the counts of all classes as a table at the end of a run."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TypeVar

import pytest

PROPERTY = "attempts"
"""The name under which a test's report carries its counts, from whichever process ran it."""
SEED = 20261130


class Outcome(StrEnum):
    """What became of an attempt."""

    REFUSED = "refused with a located message"
    ACCEPTED = "accepted rightly"
    THROUGH = "got through"
    CRASHED = "crashed"
    HUNG = "hung"


T = TypeVar("T")
WRONG = (Outcome.THROUGH, Outcome.CRASHED, Outcome.HUNG)
Tally = Callable[[str, Iterable[tuple[str, Outcome]]], None]
"""Takes a class and its attempts, each with what became of it; the test fails where one is wrong."""


def sampled(attempts: Sequence[T], number: int, config: pytest.Config) -> Sequence[T]:
    """So many of the attempts, the same each time; all with --sweep=all."""
    if config.getoption("sweep") == "all" or number >= len(attempts):
        return attempts
    return random.Random(SEED).sample(attempts, number)


def counts_of(name: str, attempts: Iterable[tuple[str, Outcome]]) -> tuple[dict[str, object], list[str]]:
    """The counts of a class as a report carries them between processes, in plain text, and the attempts that went wrong."""
    counts, wrong = Counter[Outcome](), []
    for attempt, outcome in attempts:
        counts[outcome] += 1
        if outcome in WRONG:
            wrong.append(f"{outcome}: {attempt}")
    return {"class": name, **{str(outcome): number for outcome, number in counts.items()}}, wrong


def table(reports: Iterable[pytest.TestReport]) -> list[str]:
    """The lines of a Markdown table of all classes that a run has counted."""
    rows: dict[str, Counter[str]] = {}
    for report in reports:
        for name, counts in report.user_properties:
            if name == PROPERTY:
                row = rows.setdefault(counts["class"], Counter())
                row.update({outcome: counts.get(outcome, 0) for outcome in Outcome})
    if not rows:
        return []
    head = ["class", "tried", *Outcome]
    body = [
        [name, rows[name].total(), *(rows[name][outcome] for outcome in Outcome)] for name in sorted(rows)
    ]
    return ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *body]]
