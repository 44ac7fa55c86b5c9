"""A record renamed by the command: its files, what refers to it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette import cli
from gazette.checks import check
from gazette.content.loader import load
from tests.conftest import Project
from tests.expectations import TESTS, mistakes

DAY = ("--today", "2031-02-03")
LINE = (TESTS / "zones/small/data/services/music-line.yml").read_text(encoding="utf-8")
MKDOCS = (
    "site_name: 街区纪事\nnav:\n  - services/music-line.md # the line\n  - other-services/music-line.md\n"
)


def rename(root: Path, old: str, new: str) -> int:
    return cli.main(["--root", str(root), "rename", old, new, *DAY])


def read(root: Path, path: str) -> str:
    return (root / path).read_bytes().decode("utf-8")


def test_every_reference_follows_and_all_else_stays_as_it_is(small: Project) -> None:
    files = {
        "data/glossary/one.yml": "title: {zh: 某物, en: One thing}\r\n# services/music-line\r\nsummary: {zh: 甲, en: A}\r\n"
        "kind: term\r\nenglish: working\r\nevidence: [{source: report, at: 晚报}]\r\n"
        'related: ["services/music-line",  indicators/shops]\n# kept\r\n',
        "data/services/music-line-two.yml": LINE.replace("en: Music Line", "en: Other Line"),
        "data/sums/lines.yml": "title: {zh: 甲, en: A}\ntotal: services/music-line.reach\nparts:\n  - 'services/music-line.reach'\n",
        "data/corrections/one.yml": "\ufefffigure: services/music-line.reach\nwas: {value: 186, unit: shop}\n"
        "now: {value: 187, unit: shop}\nwhy: {zh: 甲, en: A}\ndate: {date: 2026-11-23, basis: stated}\n",
        "docs/zh/about.md": "---\ntitle: 关于\nsummary: 关于。\nrelated: [services/music-line]\n---\n\n"
        '{{ figure("services/music-line.reach", "number") }}和{{ link(\'services/music-line\') }}，'
        "[甲](services/music-line.md#a \"services/music-line.md\")，{{ link('services/music-line-two') }}，services/music-line\n",
        "docs/en/about.md": "---\ntitle: About\nsummary: About.\n---\n\n"
        '{{ figure("services/music-line.reach", "number") }} and {{ link(\'services/music-line\') }}, '
        "[A](services/music-line.md#a \"services/music-line.md\"), {{ link('services/music-line-two') }}, services/music-line\n",
        "mkdocs.yml": MKDOCS,
    }
    root = small(files)
    assert cli.main(["--root", str(root), "translated", "--all"]) == 0
    expected = {path: read(root, path) for path in files}
    assert rename(root, "services/music-line", "song-line") == 0

    assert not (root / "data/services/music-line.yml").exists()
    assert read(root, "data/services/song-line.yml").startswith(LINE.rstrip("\n"))
    assert read(root, "data/glossary/one.yml") == expected["data/glossary/one.yml"].replace(
        '["services/music-line"', '["services/song-line"'
    )
    for path in ("data/sums/lines.yml", "data/corrections/one.yml"):
        assert read(root, path) == expected[path].replace("music-line", "song-line")
    assert read(root, "data/services/music-line-two.yml") == expected["data/services/music-line-two.yml"]
    assert read(root, "mkdocs.yml") == MKDOCS.replace("- services/music-line", "- services/song-line")
    about = read(root, "docs/zh/about.md")
    assert "related: [services/song-line]" in about
    assert about.split("---\n\n")[1] == (
        '{{ figure("services/song-line.reach", "number") }}和{{ link(\'services/song-line\') }}，'
        "[甲](services/song-line.md#a \"services/music-line.md\")，{{ link('services/music-line-two') }}，services/music-line\n"
    )
    assert "[A](services/song-line.md#a" in read(root, "docs/en/about.md")
    assert read(root, "data/retired/services-music-line.yml") == (
        "was: services/music-line\nnow: services/song-line\ndate: {date: 2031-02-03, basis: stated}\n"
    )


def test_links_typed_as_html_follow_too(small: Project) -> None:
    links = '<a href="../services/music-line/">甲</a><a href="../services/music-line#source-1">乙</a>'
    page = f"---\ntitle: About\nsummary: About.\n---\n\n{links}\n"
    root = small({f"docs/{locale}/about.md": page for locale in ("zh", "en")})
    assert rename(root, "services/music-line", "song-line") == 0
    for locale in ("zh", "en"):
        assert read(root, f"docs/{locale}/about.md") == page.replace("music", "song")


def test_nothing_waits_for_a_sign_off_or_a_correction_afterwards(small: Project) -> None:
    call = "\n{{ link('services/music-line') }}\n"
    about = {
        f"docs/{locale}/about.md": (TESTS / f"zones/small/docs/{locale}/about.md").read_text("utf-8") + call
        for locale in ("zh", "en")
    }
    root = small({**about})
    assert cli.main(["--root", str(root), "translated", "--all"]) == 0
    assert cli.main(["--root", str(root), "lock"]) == 0
    assert rename(root, "services/music-line", "song-line") == 0
    content, problems = load(root)
    assert problems == []
    assert [message.code for message in check(content)] == ["unlocked-id"]
    assert cli.main(["--root", str(root), "lock"]) == 0
    assert cli.main(["--root", str(root), "check", "--final"]) == 0
    assert "services/song-line.reach: 187 shop exact" in read(root, "data/figures.lock.yml")
    assert "services/music-line" not in read(root, "data/figures.lock.yml")


def test_a_reference_that_is_only_an_id_follows_too(small: Project) -> None:
    root = small({})
    assert rename(root, "sources/report", "sources/evening-report") == 0
    assert "source: evening-report" in read(root, "data/services/music-line.yml")
    assert mistakes(check(load(root)[0])) == []


def test_an_article_is_renamed_in_both_languages(small: Project) -> None:
    root = small({})
    assert rename(root, "news/line-opens", "line-runs") == 0
    for locale in ("zh", "en"):
        assert (root / f"docs/{locale}/news/line-runs.md").is_file()
        assert not (root / f"docs/{locale}/news/line-opens.md").exists()
    assert (root / "data/retired/news-line-opens.yml").is_file()


def test_a_draft_was_never_published_and_leaves_nothing_behind(small: Project) -> None:
    root = small(
        {
            "docs/zh/news/later.md": "---\ntitle: 甲\nsummary: 甲\ndraft: true\nevidence: [{source: report, at: 晚报}]\n---\n",
            "docs/en/news/later.md": "---\ntitle: A\nsummary: A\n---\n",
        }
    )
    assert rename(root, "news/later", "sooner") == 0
    assert (root / "docs/zh/news/sooner.md").is_file()
    assert not (root / "data/retired").exists()


REFUSED = {
    "no such record": ("services/music-lin", "song-line", "Do you mean `services/music-line`?"),
    "no id": ("services/music-line", "Song Line", "cannot be an id"),
    "a reserved id": ("services/music-line", "index", "not `index`"),
    "an id in use": ("glossary/daily", "one", "never reused"),
    "an id that was in use": ("services/music-line", "old-line", "never reused"),
    "an id that was published": ("services/music-line", "older-line", "never reused"),
}


@pytest.mark.parametrize(("old", "new", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_renamed_is_refused_and_nothing_is_written(
    small: Project, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small(
        {
            "data/glossary/one.yml": "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\n"
            "english: working\nevidence: [{source: report, at: 晚报}]\n",
            "data/retired/a.yml": "was: services/old-line\nnow: services/music-line\ndate: {date: 2026-11-23, basis: stated}\n",
            "data/retired/b.yml": "was: services/older-line\nwhy: {zh: 甲, en: A}\ndate: {date: 2026-11-23, basis: stated}\n",
            "data/ids.lock.yml": "ids:\n  - services/older-line\n",
        }
    )
    before = written(root)
    assert rename(root, old, new) == 1
    error = capsys.readouterr().err
    assert said in error
    assert any("\u4e00" <= character <= "\u9fff" for character in error)
    assert written(root) == before


def test_a_rename_that_something_else_stands_against_is_undone(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """A template of the site may name a record: only a maintainer changes it."""
    root = small({})
    single = root / "overrides/records/services/single.md"
    single.write_text(
        single.read_text(encoding="utf-8").replace(
            "{% block picture %}", '{% block picture %}{{ link("services/music-line") }}'
        ),
        encoding="utf-8",
    )
    before = written(root)
    assert rename(root, "services/music-line", "song-line") == 1
    assert "It is now `services/song-line`" in capsys.readouterr().err
    assert written(root) == before


def written(root: Path) -> dict[str, bytes]:
    """Every file but what is kept between runs."""
    files = (file for file in root.rglob("*") if file.is_file() and ".cache" not in file.parts)
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
