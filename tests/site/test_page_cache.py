"""A build that takes pages from the cache comes out byte for byte like one from nothing, whatever was edited."""

from __future__ import annotations

import filecmp
import logging
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.exceptions import ClickException
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from gazette.build import workers
from gazette.build.engine import NO_CACHE
from gazette.build.page_cache import PageCache
from tests.expectations import ENGINE
from tests.zones import Zone
from tests.zones.large import NEW_SECTIONS

pytestmark = pytest.mark.slow

ROUNDS, SOME_ROUNDS = 14, 4
SEED = 20261124
FIRMS = """\
title: {zh: 企业, en: Firms}
summary: {zh: 企业。, en: Firms.}
group: business
period: to_date
figure: {value: 3, unit: firm, source: gazette, at: 3家}
as_of: {date: 2031, basis: stated}
observations:
  - figure: {value: 2, unit: firm, source: gazette, at: 2家}
    as_of: {date: 2030-Q1, basis: stated}
"""


@pytest.fixture
def lively(zone: Zone) -> Zone:
    """The small zone with pages of every kind: sections, figures, a timeline, articles that link to one another."""
    for path, (zh, en, layout) in NEW_SECTIONS.items():
        zone.write(f"docs/zh/{path}.md", f"---\ntitle: {zh}\nsummary: 全部{zh}\nlayout: {layout}\n---\n")
        zone.write(f"docs/en/{path}.md", f"---\ntitle: {en}\nsummary: All {en}\n---\n")
    pages = "".join(f"      - {path}.md\n" for path in ("method", *NEW_SECTIONS))
    zone.edit("mkdocs.yml", "      - method.md\n", pages)
    zone.write("data/indicators/firms.yml", FIRMS)
    for number in range(8):
        _article(zone, f"first-{number}", "2031-05")
        _kiln(zone, f"kiln-{number}", 20 + number)
    for locale, place in (("zh", "方法"), ("en", "method")):
        links = f"[…](../method.md#{place}) […](first-1.md)"
        zone.edit(f"docs/{locale}/news/first-0.md", "\n---\n\n", f"\n---\n\n{links}\n\n")
    return zone


def built(root: Path, site: Path, monkeypatch: pytest.MonkeyPatch, *, cached: bool) -> bool:
    """Build in this process; whether all was well."""
    with monkeypatch.context() as held:
        if not cached:
            held.setenv(NO_CACHE, "1")
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(site), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(config)
        except (ClickException, SystemExit):
            return False
        finally:
            logger = logging.getLogger(ENGINE)
            logger.handlers = [one for one in logger.handlers if type(one).__name__ != "CountHandler"]
    return True


def different(one: Path, other: Path) -> list[str]:
    """The files that two sites do not have alike."""
    names = {
        file.relative_to(site).as_posix()
        for site in (one, other)
        for file in site.rglob("*")
        if file.is_file()
    }
    return [
        name
        for name in sorted(names)
        if not ((one / name).is_file() and (other / name).is_file())
        or not filecmp.cmp(one / name, other / name, shallow=False)
    ]


def _copy(project: Path, to: Path) -> None:
    """What editors and maintainers write of a project."""
    for name in ("data", "docs", "overrides"):
        shutil.rmtree(to / name, ignore_errors=True)
        shutil.copytree(project / name, to / name)
    shutil.copyfile(project / "mkdocs.yml", to / "mkdocs.yml")


def _article(zone: Zone, id_: str, date: str) -> None:
    zone.write(
        f"docs/zh/news/{id_}.md",
        f"---\ntitle: 文章{id_}\nsummary: 摘要{id_}\ndate: {{date: {date}, basis: stated}}\n"
        "related: [alliances/tea]\nevidence: [{source: gazette, at: 定期开会}]\n---\n\n"
        '段落 {{ figure("startup_records/kiln.duration") }} {{ figure("indicators/firms") }}\n',
    )
    zone.write(
        f"docs/en/news/{id_}.md",
        f"---\ntitle: Article {id_}\nsummary: Summary {id_}\n---\n\n"
        'A paragraph {{ figure("startup_records/kiln.duration") }} {{ figure("indicators/firms") }}\n',
    )


def _kiln(zone: Zone, id_: str, minutes: int) -> None:
    zone.write(
        f"data/startup_records/{id_}.yml",
        f"title: {{zh: 窑{id_}, en: Kiln {id_}}}\nsummary: {{zh: 用时。, en: The time it took.}}\n"
        f"scope: {{zh: 办照, en: registration}}\n"
        f"duration: {{value: {minutes}m07s, source: gazette, at: {minutes}分07秒}}\n"
        "related: [alliances/silk]\n",
    )


def _pick(zone: Zone, chance: random.Random, pattern: str) -> Path:
    return chance.choice(sorted(zone.root.glob(pattern)))


def _in_text(old: str, new: str, pattern: str) -> Callable[[Zone, random.Random, int], None]:
    """Replace a pattern in a file drawn; `{n}` is the number of the round."""

    def edit(zone: Zone, chance: random.Random, round_: int) -> None:
        file = _pick(zone, chance, pattern)
        text = re.sub(old, new.replace("{n}", str(round_)), file.read_text(encoding="utf-8"), count=1)
        file.write_text(text, encoding="utf-8", newline="\n")

    return edit


def _add_article(zone: Zone, chance: random.Random, round_: int) -> None:
    _article(zone, f"later-{round_}", f"20{chance.randint(30, 33)}-0{chance.randint(1, 9)}")


def _add_record(zone: Zone, chance: random.Random, round_: int) -> None:
    _kiln(zone, f"added-{round_}", chance.randint(30, 90))


def _add_value(zone: Zone, chance: random.Random, round_: int) -> None:
    """A newer value of a figure, or one from before the others."""
    file = zone.root / "data/indicators/firms.yml"
    text = file.read_text(encoding="utf-8")
    number, figure = text.count("as_of"), f"{{value: {round_}, unit: firm, source: gazette, at: {round_}家}}"
    if chance.random() < 0.5:
        text += f"  - figure: {figure}\n    as_of: {{date: 2029-{number:02}, basis: stated}}\n"
    else:
        newest = rf"figure: {figure}\nas_of: {{date: 2031-{number:02}, basis: stated}}\nobservations:\n"
        newest += r"  - figure: \1\n    as_of: \2\n"
        text = re.sub(r"(?m)^figure: (.*)\nas_of: (.*)\nobservations:\n", newest, text)
    file.write_text(text, encoding="utf-8", newline="\n")


def _remove_article(zone: Zone, chance: random.Random, round_: int) -> None:
    name = _pick(zone, chance, "docs/zh/news/first-[2-9]*.md").name
    for locale in ("zh", "en"):
        (zone.root / f"docs/{locale}/news/{name}").unlink()


def _remove_record(zone: Zone, chance: random.Random, round_: int) -> None:
    _pick(zone, chance, "data/startup_records/kiln-*.yml").unlink()


def _rename_record(zone: Zone, chance: random.Random, round_: int) -> None:
    file = _pick(zone, chance, "data/startup_records/kiln-*.yml")
    file.rename(file.with_name(f"kiln-{100 + round_}.yml"))


def _break_a_place(zone: Zone, chance: random.Random, round_: int) -> None:
    """A heading that another page leads to: neither build may pass."""
    method = zone.root / "docs/zh/method.md"
    heading = "## 方法" if "## 方法" in method.read_text(encoding="utf-8") else "## 别的"
    other = {"## 方法": "## 别的", "## 别的": "## 方法"}[heading]
    zone.edit("docs/zh/method.md", heading, other)


def _picture(zone: Zone, chance: random.Random, round_: int) -> None:
    """A picture that an article shows comes and goes."""
    picture = zone.root / "docs/zh/news/tea.svg"
    article = zone.root / "docs/zh/news/tea-meets.md"
    if not picture.exists():
        shutil.copyfile(zone.root / "docs/assets/images/seal.svg", picture)
        if "tea.svg" not in article.read_text(encoding="utf-8"):
            zone.edit("docs/zh/news/tea-meets.md", "茶业联盟开会 {{", "![茶](tea.svg) 茶业联盟开会 {{")
    else:
        picture.unlink()


EDITS: dict[str, Callable[[Zone, random.Random, int], None]] = {
    "a title": _in_text(r"title: \{zh: [^,]+", "title: {zh: 新名{n}", "data/*/*.yml"),
    "a figure": _in_text(r"m\d\ds(.*)分\d\d秒", r"m{n}s\g<1>分{n}秒", "data/startup_records/*.yml"),
    "an anchor": _in_text(r"at: 定期开会", "at: 开会", "data/alliances/tea.yml"),
    "a relation": _in_text(
        r"related: \[[^\]]+\]", "related: [alliances/tea, alliances/silk]", "data/startup_records/*.yml"
    ),
    "a date": _in_text(r"date: \{date: [\d-]+", "date: {date: 20{n}-03", "docs/zh/news/first-*.md"),
    "a paragraph": _in_text(r"A paragraph", "Another paragraph {n}", "docs/en/news/*.md"),
    "the title of a section": _in_text(r"title: .*", "title: 栏目{n}", "docs/zh/*/index.md"),
    "the title of an article": _in_text(r"title: .*", "title: Title {n}", "docs/en/news/*.md"),
    "the name of a paper": _in_text(r"en: Sample", "en: Sampled", "data/glossary/sample-daily.yml"),
    "a unit": _in_text(r"other: \w+", "other: firms{n}", "data/units/firm.yml"),
    "a template of pages": _in_text(r"\Z", "\n<p>{n}</p>\n", "overrides/records/startup_records/list.md"),
    "a partial of the theme": _in_text(r"\Z", "<!-- {n} -->", "overrides/partials/page-foot.html"),
    "the settings": _in_text(r"notice: A sample.*", "notice: A sample site {n}.", "mkdocs.yml"),
    "the order of the navigation": _in_text(
        r"(      - figures.md\n)(      - timeline.md\n)", r"\2\1", "mkdocs.yml"
    ),
    "a style": _in_text(r"\Z", "\n/* {n} */\n", "overrides/assets/stylesheets/pages.css"),
    "a new article": _add_article,
    "a new record": _add_record,
    "a new value": _add_value,
    "an article less": _remove_article,
    "a record less": _remove_record,
    "a renamed record": _rename_record,
    "a place that is linked to": _break_a_place,
    "a picture": _picture,
}


def test_whatever_is_edited_the_cache_changes_nothing(
    lively: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    chance, whole = random.Random(SEED), request.config.getoption("sweep") == "all"
    rounds = ROUNDS if whole else SOME_ROUNDS
    warm, cold = lively.root / "site", tmp_path / "cold"
    assert built(lively.root, warm, monkeypatch, cached=True)
    kinds = [*EDITS]
    chance.shuffle(kinds)
    outcomes = []
    good = tmp_path / "good"
    for round_ in range(rounds):
        _copy(lively.root, good)
        told = [kinds[place % len(kinds)] for place in (2 * round_, 2 * round_ + 1)]
        for kind in told:
            EDITS[kind](lively, chance, round_ + 10)
        well = built(lively.root, cold, monkeypatch, cached=False)
        assert built(lively.root, warm, monkeypatch, cached=True) == well, told
        outcomes.append(well)
        if well:
            assert not different(warm, cold), told
        else:
            _copy(good, lively.root)
    assert outcomes.count(True) >= rounds / 2
    assert False in outcomes or not whole


def test_a_page_that_is_kept_is_not_rendered_again(lively: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lively.root / "site"
    assert built(lively.root, site, monkeypatch, cached=True)
    before = {file: file.stat().st_mtime_ns for file in site.rglob("*.html")}
    lively.edit("data/startup_records/kiln-3.yml", "窑kiln-3", "另一窑")
    assert built(lively.root, site, monkeypatch, cached=True)
    touched = {
        file.parent.relative_to(site).as_posix()
        for file, when in before.items()
        if file.stat().st_mtime_ns != when
    }
    assert "startup-records/kiln-3" in touched
    assert "startup-records" in touched
    # Those beside it in the list name it, no others.
    assert {"startup-records/kiln-2", "startup-records/kiln-4"} <= touched
    others = {f"startup-records/kiln-{number}" for number in (0, 1, 5, 6, 7)}
    assert not touched & {"news/first-1", *others, "en/news", "method", "404.html"}


def test_where_nothing_changed_nothing_is_touched(lively: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    site = lively.root / "site"

    def states() -> dict[Path, tuple[int, int]]:
        files = (file for file in site.rglob("*") if file.is_file())
        return {file: (file.stat().st_ino, file.stat().st_mtime_ns) for file in files}

    assert built(lively.root, site, monkeypatch, cached=True)
    before, pages = states(), lively.published()
    assert built(lively.root, site, monkeypatch, cached=True)
    assert states() == before
    lively.edit("docs/en/method.md", "## Method", "## The method")
    lively.edit("docs/en/news/first-0.md", "#method", "#the-method")
    assert built(lively.root, site, monkeypatch, cached=True)
    assert "The method" in lively.page("en/method")
    lively.edit("docs/en/method.md", "## The method", "## Method")
    lively.edit("docs/en/news/first-0.md", "#the-method", "#method")
    assert built(lively.root, site, monkeypatch, cached=True)
    assert lively.published() == pages


def test_what_the_settings_take_from_the_machine_counts(
    lively: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lively.edit("mkdocs.yml", "git.example/zone", "git.example/one")
    lively.edit("mkdocs.yml", "https://git.example/one", '!ENV [ZONE_REPO, "https://git.example/one"]')
    site = lively.root / "site"
    assert built(lively.root, site, monkeypatch, cached=True)
    monkeypatch.setenv("ZONE_REPO", "https://git.example/other")
    assert built(lively.root, site, monkeypatch, cached=True)
    assert "https://git.example/other" in lively.page("method")


def test_a_cache_that_is_spoilt_or_half_written_does_no_harm(
    lively: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = lively.root / "site"
    assert built(lively.root, site, monkeypatch, cached=True)
    before = lively.published()
    (kept,) = (lively.root / ".cache/pages").glob("*.sqlite")
    kept.write_bytes(kept.read_bytes()[:5000] + b"\0" * 5000)
    shutil.rmtree(site)
    assert built(lively.root, site, monkeypatch, cached=True)
    assert lively.published() == before


def test_pages_of_the_site_that_were_changed_or_lost_come_back(
    lively: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = lively.root / "site"
    assert built(lively.root, site, monkeypatch, cached=True)
    before = lively.published()
    (site / "news/index.html").write_text("tampered", encoding="utf-8")
    (site / "method/index.html").unlink()
    (site / "stray.txt").write_text("stray", encoding="utf-8")
    assert built(lively.root, site, monkeypatch, cached=True)
    assert lively.published() == before


def test_two_builds_at_once_both_come_out_right(zone: Zone) -> None:
    builds = [
        subprocess.Popen(
            [sys.executable, "-m", ENGINE, "build", "--strict", "--quiet", "--site-dir", f"site{number}"],
            cwd=zone.root,
        )
        for number in range(2)
    ]
    assert [build.wait(120) for build in builds] == [0, 0]
    assert not different(zone.root / "site0", zone.root / "site1")


def test_only_environments_used_lately_are_kept(lively: Zone, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        lively.edit("mkdocs.yml", "notice: A sample site", f"notice: A sample site {number}")
        assert built(lively.root, lively.root / "site", monkeypatch, cached=True)
    assert len(list((lively.root / ".cache/pages").glob("*.sqlite"))) == 4


def test_helpers_print_the_same_pages(lively: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built(lively.root, tmp_path / "alone", monkeypatch, cached=False)
    monkeypatch.setattr(workers, "_WORTH_IT", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    adopted: list[str] = []
    adopt = PageCache.adopt
    monkeypatch.setattr(
        PageCache, "adopt", lambda cache, page, kept: (adopted.append(page), adopt(cache, page, kept))
    )
    assert built(lively.root, tmp_path / "helped", monkeypatch, cached=False)
    assert adopted
    assert not different(tmp_path / "alone", tmp_path / "helped")


def test_a_helper_that_dies_stops_nothing(
    lively: Zone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built(lively.root, tmp_path / "alone", monkeypatch, cached=False)
    monkeypatch.setattr(workers, "_WORTH_IT", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    start = workers.start_workers
    killed: list[int] = []

    def start_and_kill(*arguments: object, **options: object) -> workers.Workers | None:
        found = start(*arguments, **options)  # type: ignore[arg-type]
        assert found
        for process in [*found.executor._processes.values()]:  # type: ignore[attr-defined]
            process.kill()
            killed.append(process.pid or 0)
        return found

    monkeypatch.setattr("gazette.build.changed_site.start_workers", start_and_kill)
    assert built(lively.root, tmp_path / "helped", monkeypatch, cached=False)
    assert killed
    assert not different(tmp_path / "alone", tmp_path / "helped")


def test_a_build_loads_no_more_than_what_has_changed_needs(zone: Zone) -> None:
    run = (
        "import sys\n"
        f"from {ENGINE}.__main__ import cli\n"
        "cli(['build', '--strict'], standalone_mode=False)\n"
        "print(*sorted({name.split('.')[0] for name in sys.modules} & {'pydantic', 'lxml', 'xlsxwriter'}))\n"
    )
    command = (sys.executable, "-c", run)

    def build() -> tuple[str, str]:
        done = subprocess.run(command, cwd=zone.root, capture_output=True, check=True, encoding="utf-8")
        return done.stdout.strip(), done.stderr

    assert build()[0] == "lxml pydantic xlsxwriter"
    loaded, said = build()
    assert not loaded
    assert "Nothing has changed" in said
    zone.edit("docs/zh/method.md", "\n---\n", "\n---\n\n又一段。\n")
    assert build()[0] == "lxml pydantic", "no table has changed"
