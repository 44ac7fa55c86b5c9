"""Names are found by their index exactly where a search for each of them finds it."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import assume, example, given
from hypothesis import strategies as some

from gazette.checks import name_index
from gazette.checks.name_index import NameIndex, any_of

PIECES = (
    "zone", "Zone", "office", "offices", "Z", "s", "es", "x", "3", "30", "Café", "\u212a", "济北", "北", "开发区", "P2P", "。", ".",
)  # fmt: skip
GAPS = ("", " ", "-", "  ", " - ", "\n", "\u3000")


def run_together(most: int) -> some.SearchStrategy[str]:
    """Texts of some of the pieces, with or without something between them."""
    parts = some.tuples(some.sampled_from(PIECES), some.sampled_from(GAPS))
    return some.lists(parts, min_size=1, max_size=most).map(
        lambda found: "".join(piece + gap for piece, gap in found).strip()
    )


@given(some.lists(run_together(3), max_size=8), run_together(12))
@example(["zone office", "zone", "office", "one"], "The Zone-\nOffices")
@example(["zone", "zones"], "zoness")
@example(["济北开发区", "北开发区", "济北"], "在济北 开发区。")
@example(["Café"], "xcafés")
@example(["-"], "a - b")
def test_the_index_finds_the_names_that_a_search_for_each_finds(names: list[str], text: str) -> None:
    names = [name for name in names if name.strip("- ")]
    found = {name for name in names if any_of([name]).search(text)}
    assert NameIndex(names).said_in(text) == found
    with patch.object(name_index, "_FEW", 0):  # As if there were many.
        assert NameIndex(names).said_in(text) == found


@given(run_together(6), some.sampled_from(GAPS[1:]))
def test_a_name_is_found_in_capitals_hyphenated_and_over_two_lines(name: str, gap: str) -> None:
    assume(name.strip("- "))
    assert NameIndex([name]).said_in(gap.join(name.upper().replace("-", " ").split())) == {name}
