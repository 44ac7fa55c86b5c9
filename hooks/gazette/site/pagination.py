"""A long list in parts: by year and month, or by letter, at addresses that no later record shifts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Generic, Literal, NamedTuple, TypeVar

from gazette.base.grouping import grouped
from gazette.records.dates import PartialDate

BOUND = 50
"""No page lists more than this many."""

T = TypeVar("T")


class Step(NamedTuple):
    """One step of the way from a list to a part: the month 05, the letter s. `value` is its place in the address."""

    kind: Literal["collection", "year", "month", "undated", "letter", "page"]
    value: str


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A list, or a part of one, as a page shows it.

    `items` are all of its `count` items, or the first BOUND of them where `parts` divide it further.
    `previous` and `next` lead from each undivided part to those beside it, across years and months.
    """

    steps: Steps
    items: tuple[T, ...]
    count: int
    parts: tuple[Part[T], ...] = ()
    previous: Steps | None = None
    next: Steps | None = None

    def every(self) -> Iterator[Part[T]]:
        """This part and all below it."""
        yield self
        for part in self.parts:
            yield from part.every()


def by_date(date: PartialDate | None) -> Steps:
    """The way to what happened at a date: its year, its month."""
    if date is None:
        return (Step("undated", "undated"),)
    year, month = date.date[:2]
    return Step("year", f"{year:04}"), Step("month", f"{month:02}") if month else Step("undated", "undated")


def by_letter(id_: str) -> Steps:
    """The way to an id: its first letter."""
    return (Step("letter", id_[0]),)


def divide(items: Sequence[T], way: Callable[[T], Steps], *, always: bool = False) -> Part[T]:
    """A list in parts where it has more than BOUND items, or `always`.

    `items` stand in the list's order; those that share the steps of their `way` so far stand together.
    Where the way ends and there are still too many, pages are numbered from the list's old end,
    which for letters is its beginning, so that what is added last changes the last page only.
    """
    whole = _part(tuple(items), way, (), always=always)
    if not whole.parts:
        return whole
    leaves = [part.steps for part in whole.every() if part.steps and not part.parts]
    later = dict(pairwise(leaves))
    return _joined(whole, {after: before for before, after in later.items()}, later)


def _part(items: tuple[T, ...], way: Callable[[T], Steps], steps: Steps, *, always: bool = False) -> Part[T]:
    if len(items) <= BOUND and not (always and items):
        return Part(steps, items, len(items))
    onward = [way(item)[len(steps) :] for item in items]
    if all(onward):
        groups = grouped((step, item) for (step, *_), item in zip(onward, items, strict=True))
        parts = tuple(_part(group, way, (*steps, step)) for step, group in groups.items())
    else:
        parts = _pages(items, steps)
    return Part(steps, items[:BOUND], len(items), parts)


def _pages(items: tuple[T, ...], steps: Steps) -> tuple[Part[T], ...]:
    way = 1 if any(step.kind == "letter" for step in steps) else -1
    pages = []
    for number, start in enumerate(range(0, len(items), BOUND), 1):
        shown = items[::way][start : start + BOUND][::way]
        pages.append(Part((*steps, Step("page", str(number))), shown, len(shown)))
    return tuple(pages[::way])


def _joined(part: Part[T], earlier: Mapping[Steps, Steps], later: Mapping[Steps, Steps]) -> Part[T]:
    return replace(
        part,
        parts=tuple(_joined(below, earlier, later) for below in part.parts),
        previous=earlier.get(part.steps),
        next=later.get(part.steps),
    )
