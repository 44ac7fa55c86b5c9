"""An attempt that got through, crashed or hung fails its test, and every attempt is counted."""

from __future__ import annotations

import pytest

from tests.attacks.tally import WRONG, Outcome, counts_of, table


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_was_refused_or_accepted_rightly_is_right(outcome: Outcome) -> None:
    _, wrong = counts_of("samples", [("one", Outcome.REFUSED), ("two", outcome)])
    assert wrong == ([f"{outcome}: two"] if outcome in WRONG else [])


def test_the_table_adds_up_what_the_tests_of_a_class_counted() -> None:
    first, _ = counts_of("samples", [("one", Outcome.REFUSED), ("two", Outcome.HUNG)])
    second, _ = counts_of("samples", [("three", Outcome.REFUSED)])
    reports = [
        pytest.TestReport(
            "t", ("t", 0, "t"), {}, "passed", None, "call", user_properties=[("attempts", counts)]
        )
        for counts in (first, second)
    ]
    assert table(reports)[2] == "| samples | 3 | 2 | 0 | 0 | 0 | 1 |"
    assert table([]) == []
