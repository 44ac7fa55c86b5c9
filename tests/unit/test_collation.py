"""The order of names in each language."""

from __future__ import annotations

import pytest

from gazette.language.collation import collation_key


@pytest.mark.parametrize(
    ("locale", "names"),
    [
        (
            "zh",
            [
                "2021年度",
                "KPI考核",
                "北张商业街",
                "党建联盟",
                "“济北速度”",
                "联合党支部",
                "音乐专线",
                "组织部",
            ],
        ),
        (
            "en",
            [
                "17 Measures",
                "dual pairing",
                "Group standard",
                '"Jibei Speed"',
                "joint branch",
                "Ätna",
                "Éclat",
            ],
        ),
    ],
)
def test_names_stand_in_the_order_of_their_language(locale: str, names: list[str]) -> None:
    assert sorted(sorted(names), key=lambda name: collation_key(name, locale)) == names
