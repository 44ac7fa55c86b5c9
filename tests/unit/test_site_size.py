"""What a build says of a site that nears the size which GitHub Pages takes."""

from __future__ import annotations

from gazette.build.site_size import near_limit


def test_a_site_with_room_to_grow_is_not_spoken_of() -> None:
    assert near_limit({"index.html": (899_000_000, 0)}) is None


def test_a_site_near_the_limit_is_told_its_size_the_limit_and_what_takes_most_room() -> None:
    states = {
        "index.html": (100_000_000, 0),
        "news/a/index.html": (300_000_000, 0),
        "assets/photos/a.webp": (400_000_000, 0),
        "data/a.csv": (80_000_000, 0),
        "search/zh/0.bin": (90_000_000, 0),
        "robots.txt": (1, 0),
    }
    told = near_limit(states)
    assert told is not None
    for words in (told.zh, told.en):
        assert "970 MB" in words
        assert "1000 MB" in words
    assert "*.html 400 MB, assets/photos/ 400 MB, search/ 90 MB, data/ 80 MB" in told.en
