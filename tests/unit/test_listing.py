"""How a long list is divided: at fifty, by year and month or letter, and what an addition leaves as it was."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import pytest

from gazette.records.dates import Basis, Day, PartialDate
from gazette.site.pagination import BOUND, Part, Steps, by_date, by_letter, divide


class Item(NamedTuple):
    """What happened: (year, month, day), zero where unknown, and an id."""

    when: tuple[int, int, int]
    id: str

    def way(self) -> Steps:
        year, month, day = self.when
        if not year:
            return by_date(None)
        return by_date(
            PartialDate.model_construct(date=Day(year, month or None, day or None), basis=Basis.STATED)
        )


def newest_first(items: Iterable[Item]) -> Part[Item]:
    return divide(sorted(items, key=lambda item: item.when, reverse=True), Item.way)


def days(year: int, month: int, number: int) -> list[Item]:
    return [Item((year, month, n % 28 + 1), f"{year}-{month}-{n}") for n in range(number)]


def address(steps: Steps) -> str:
    return "/".join(step.value for step in steps)


def pages(whole: Part[Item]) -> Mapping[str, Sequence[Item]]:
    return {address(part.steps): part.items for part in whole.every()}


def test_fifty_stand_on_one_page_in_the_order_given() -> None:
    items = days(2024, 5, BOUND)
    whole = divide(items, Item.way)
    assert whole == Part((), tuple(items), BOUND)


def test_nothing_at_all_is_one_empty_page() -> None:
    assert divide([], Item.way, always=True) == Part((), (), 0)


def test_fifty_one_are_divided_by_year_and_the_first_page_shows_the_newest() -> None:
    whole = newest_first([*days(2023, 5, 30), *days(2024, 5, 21)])
    assert list(pages(whole)) == ["", "2024", "2023"]
    assert [part.count for part in whole.parts] == [21, 30]
    assert whole.count == BOUND + 1
    assert len(whole.items) == BOUND
    assert {item.when[0] for item in whole.items[:21]} == {2024}


def test_a_long_year_is_divided_by_month_a_long_month_by_pages_counted_from_the_oldest() -> None:
    items = [*days(2022, 1, 3), *days(2023, 4, 120), *days(2023, 2, 1), Item((2023, 0, 0), "some-day")]
    whole = newest_first([*items, Item((0, 0, 0), "one-day")])
    assert list(pages(whole)) == [
        "", "2023", "2023/04", "2023/04/3", "2023/04/2", "2023/04/1", "2023/02", "2023/undated", "2022", "undated",
    ]  # fmt: skip
    assert [len(pages(whole)[f"2023/04/{n}"]) for n in (1, 2, 3)] == [50, 50, 20]
    assert pages(whole)["2023/04/1"][-1].when == (2023, 4, 1)
    assert pages(whole)["2023/undated"] == (Item((2023, 0, 0), "some-day"),)


def test_letters_divide_what_has_no_date_and_their_pages_are_counted_from_the_first() -> None:
    ids = sorted([*(f"s{n:03}" for n in range(70)), "anchor", "bridge"])
    whole = divide(ids, by_letter)
    assert [address(part.steps) for part in whole.every()] == ["", "a", "b", "s", "s/1", "s/2"]
    assert whole.parts[2].parts[0].items[0] == "s000"
    assert [part.count for part in whole.parts[2].parts] == [50, 20]


def test_a_list_divided_in_any_case_keeps_all_on_its_first_page() -> None:
    whole = divide(days(2024, 5, 2), Item.way, always=True)
    assert whole.items == tuple(days(2024, 5, 2))
    assert [address(part.steps) for part in whole.parts] == ["2024"]


def random_items(seed: int, number: int) -> list[Item]:
    chance = random.Random(seed)
    return [
        Item((chance.choice((0, 2021, 2022, 2023)), chance.randint(0, 3), chance.randint(1, 28)), f"n{n}")
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [51, 200, 1500])
def test_every_item_stands_on_one_undivided_page_and_no_page_has_more_than_fifty(number: int) -> None:
    items = random_items(number, number)
    whole = newest_first(items)
    undivided = [part for part in whole.every() if not part.parts]
    assert sorted(item for part in undivided for item in part.items) == sorted(items)
    assert max(len(part.items) for part in whole.every()) <= BOUND
    for part in whole.every():
        assert part.count == sum(below.count for below in part.parts) or not part.parts


@pytest.mark.parametrize("number", [51, 200, 1500])
def test_previous_and_next_lead_through_every_undivided_page_and_back(number: int) -> None:
    whole = newest_first(random_items(number, number))
    undivided = {part.steps: part for part in whole.every() if not part.parts}
    part = next(iter(undivided.values()))
    assert part.previous is None
    walked = [part.steps]
    while part.next is not None:
        assert undivided[part.next].previous == part.steps
        part = undivided[part.next]
        walked.append(part.steps)
    assert walked == list(undivided)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_added_changes_only_the_pages_that_it_belongs_to(seed: int) -> None:
    items = random_items(seed, 300)
    added = random.Random(-seed).choice(items)._replace(id="added")
    before, after = pages(newest_first(items)), pages(newest_first([*items, added]))
    assert before.keys() <= after.keys()
    own = address(added.way())
    for path in after.keys() - {path for path in after if f"{own}/".startswith(f"{path}/") or path == ""}:
        if not path.startswith(f"{own}/"):
            assert before[path] == after[path], path


def test_the_newest_of_a_month_leave_its_full_pages_as_they_were() -> None:
    items = days(2024, 5, 120)
    before = pages(newest_first(items))
    after = pages(newest_first([*items, Item((2024, 5, 31), "newest")]))
    assert [path for path in after if after[path] != before.get(path)] == ["", "2024", "2024/05", "2024/05/3"]
    assert len(after["2024/05/3"]) == 21
