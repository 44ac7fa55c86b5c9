"""What became of pages' Markdown: what is kept comes back as it was, and nothing outlives what wants it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from gazette.build.page_cache import CachedPage, ContentState, HtmlPage, PageCache
from gazette.templates.dependencies import APPEARANCES

PAGE = "zh/news/line-opens.md"
OTHER = "en/news/line-opens.md"
PRINTED = HtmlPage(
    "<!doctype html><p>专线开通 🎵</p>",
    "<p>专线开通 🎵</p>",
    "专线开通 🎵\n187户",
)
BARE = HtmlPage("<!doctype html>", "", "")


DEPENDENCIES = "lists.main\ncontent.date record:news/a"


def put(cache: PageCache, page: str, printed: HtmlPage = PRINTED, key: str = "k") -> CachedPage:
    return cache.put(page, printed, key, DEPENDENCIES, ("services/a.reach",), "data/services/a.yml")


def kept_as(put: CachedPage) -> CachedPage:
    """A page that was put, as the next build finds it."""
    return put._replace(dependencies=DEPENDENCIES, files="data/services/a.yml")


def wholly(cache: PageCache, page: str) -> tuple[str, str]:
    return cache.body(page), cache.text(page)


def has(printed: HtmlPage) -> tuple[str, str]:
    return printed.body, printed.text


@pytest.mark.parametrize("printed", [PRINTED, BARE], ids=["full", "bare"])
def test_a_page_comes_back_as_it_was_put_at_once_and_in_the_next_build(
    tmp_path: Path, printed: HtmlPage
) -> None:
    cache = PageCache(tmp_path)
    kept = put(cache, PAGE, printed)
    assert kept == cache.get(PAGE)
    assert wholly(cache, PAGE) == has(printed)
    cache.close()

    later = PageCache(tmp_path)
    found = later.known(PAGE)
    assert found == kept_as(kept)
    assert (kept.key, kept.figures) == ("k", ("services/a.reach",))
    assert wholly(later, PAGE) == has(printed)
    later.close()


def test_what_is_kept_of_a_page_is_not_its_frame(tmp_path: Path) -> None:
    frames = (hashlib.sha256(bytes([number])).hexdigest() * 1_000 for number in range(5))
    cache = PageCache(tmp_path)
    for number, frame in enumerate(frames):
        put(
            cache,
            f"zh/news/{number}.md",
            HtmlPage(f"{frame}<p>{number}</p>", f"<p>{number}</p>", str(number)),
        )
    cache.close()
    later = PageCache(tmp_path)
    assert [wholly(later, f"zh/news/{number}.md") for number in range(5)] == [
        (f"<p>{number}</p>", str(number)) for number in range(5)
    ]
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 64_000
    later.close()


def test_the_hashes_tell_of_the_html_and_of_the_text_each_by_itself(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    first = put(cache, PAGE)
    framed = put(cache, PAGE, HtmlPage("<!doctype html><p>another</p>", PRINTED.body, PRINTED.text))
    reworded = put(cache, PAGE, HtmlPage(PRINTED.html, PRINTED.body, "another"))
    assert (framed.html_hash != first.html_hash, framed.text_hash == first.text_hash) == (True, True)
    assert (reworded.html_hash == first.html_hash, reworded.text_hash != first.text_hash) == (True, True)
    cache.close()


def test_a_page_put_again_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    put(cache, PAGE)
    cache.close()
    cache = PageCache(tmp_path)
    put(cache, PAGE, BARE, "another")
    assert wholly(cache, PAGE) == has(BARE)
    cache.close()
    cache = PageCache(tmp_path)
    kept = cache.get(PAGE)
    assert kept is not None
    assert (kept.key, wholly(cache, PAGE)) == ("another", has(BARE))
    cache.close()


def test_only_the_pages_of_earlier_builds_count(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    put(cache, PAGE)
    assert len(cache) == 0
    cache.close()
    later = PageCache(tmp_path)
    assert len(later) == 1
    later.close()


def test_pages_that_nothing_wants_are_forgotten(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    put(cache, PAGE)
    put(cache, OTHER)
    cache.close()
    cache = PageCache(tmp_path)
    cache.prune({OTHER})
    cache.close()
    cache = PageCache(tmp_path)
    assert cache.get(PAGE) is None
    assert wholly(cache, OTHER) == has(PRINTED)
    cache.close()


def test_each_environment_has_pages_of_its_own_and_those_used_last_are_kept(tmp_path: Path) -> None:
    for number in range(5):
        cache = PageCache(tmp_path, f"e{number}")
        assert cache.get(PAGE) is None
        put(cache, PAGE, key=f"k{number}")
        cache.close()
        os.utime(tmp_path / f"e{number}.sqlite", (number, number))
    cache = PageCache(tmp_path, "e0")
    cache.prune({PAGE})
    cache.close()
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "e0.sqlite",
        "e2.sqlite",
        "e3.sqlite",
        "e4.sqlite",
    ]
    again = PageCache(tmp_path, "e0")
    kept = again.get(PAGE)
    assert kept is not None
    assert kept.key == "k0"
    again.close()


def test_a_file_that_is_spoilt_is_made_anew(tmp_path: Path) -> None:
    cache = PageCache(tmp_path, "e")
    put(cache, PAGE)
    cache.close()
    (tmp_path / "e.sqlite").write_bytes(b"no database" * 100)
    cache = PageCache(tmp_path, "e")
    assert cache.get(PAGE) is None
    put(cache, PAGE)
    cache.close()
    later = PageCache(tmp_path, "e")
    assert wholly(later, PAGE) == has(PRINTED)
    later.close()


def test_what_another_process_puts_can_be_read_once_it_is_adopted(tmp_path: Path) -> None:
    own, other = PageCache(tmp_path), PageCache(tmp_path)
    own_kept = put(own, "zh/index.md", BARE)
    kept = put(other, PAGE)
    other.flush()
    assert own.get(PAGE) is None
    own.adopt(PAGE, kept)
    assert own.get(PAGE) == kept
    assert wholly(own, PAGE) == has(PRINTED)
    assert own.get("zh/index.md") == own_kept
    assert wholly(own, "zh/index.md") == has(BARE)
    own.close()
    other.close()


def test_what_another_build_writes_meanwhile_changes_no_page_that_this_one_knew(tmp_path: Path) -> None:
    cache = PageCache(tmp_path)
    kept = put(cache, PAGE)
    cache.close()
    own, other = PageCache(tmp_path), PageCache(tmp_path)
    put(other, PAGE, BARE, "another")
    other.prune({PAGE})
    other.close()
    assert own.get(PAGE) == kept_as(kept)
    assert wholly(own, PAGE) == has(PRINTED)
    own.close()


def test_without_a_folder_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cache = PageCache(None)
    put(cache, PAGE)
    assert wholly(cache, PAGE) == has(PRINTED)
    assert [*tmp_path.iterdir()]
    cache.close()
    assert not [*tmp_path.iterdir()]


def test_only_pages_that_show_a_file_whose_words_changed_are_affected(tmp_path: Path) -> None:
    before = ContentState("structure", {"data/services/a.yml": "1", "data/services/b.yml": "1"}, "here")
    cache = PageCache(tmp_path)
    put(cache, PAGE)
    put(cache, OTHER, key="")  # It had something to say.
    cache.put("zh/figures.md", PRINTED, "k", "", (), f"{APPEARANCES}\ndata/services/a.yml")
    cache.record_content(before)
    cache.close()

    later = PageCache(tmp_path)
    other_words = before._replace(files={**before.files, "data/services/b.yml": "2"})
    own_words = before._replace(files={**before.files, "data/services/a.yml": "2"})
    assert later.unaffected(other_words) == {PAGE, "zh/figures.md"}
    assert later.unaffected(other_words._replace(appearances="there too")) == {PAGE}
    assert not later.unaffected(own_words)
    assert not later.unaffected(before._replace(structure="another structure"))
    later.record_content(None)
    later.close()
    assert not PageCache(tmp_path).unaffected(before), "a build that was killed leaves pages of two states"
