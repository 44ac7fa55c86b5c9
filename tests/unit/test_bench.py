"""The benchmark: what it is asked, what it measures, what it keeps and shows. How long anything takes is no test."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from bench import chart, compare, corpus, frame, generate, preview, profile, results
from bench.builder import Builder, Written
from bench.builders import BUILDERS
from bench.measure import Cost, Failed, cost_of

from gazette.checks import check
from gazette.content.loader import load
from gazette.templates.renderer import render_site
from tests.zones import adopt

MACHINE = {"cpu": "one", "cores": 2}
WRITTEN = Written(pages=12, page_bytes=34_000, files=40, output_bytes=500_000, first_query_bytes=51_200)


def row(builder: str, records: int, scenario: str, *walls: float, error: str = "") -> dict[str, Any]:
    runs = [Cost(wall, wall / 2, 100) for wall in walls]
    return results.row(builder, "1.0", records, scenario, runs, WRITTEN, error)


def test_without_options_every_builder_and_size_is_measured() -> None:
    options = compare.arguments([])
    assert options.records == (100, 1_000, 10_000)
    assert options.builders == tuple(BUILDERS)


def test_a_part_can_be_asked_for() -> None:
    options = compare.arguments(["--records", "1000", "--builders", "gazette,hugo", "--runs", "3"])
    assert (options.records, options.builders, options.runs) == ((1000,), ("gazette", "hugo"), 3)


@pytest.mark.parametrize("given", [["--builders", "gazette,jekyll"], ["--records", "many"], ["--runs", "0"]])
def test_what_cannot_be_measured_is_named(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        compare.arguments(given)
    assert given[1].split(",")[-1] in capsys.readouterr().err


def test_a_row_has_medians_and_every_run() -> None:
    made = row("gazette", 100, "cold", 3.0, 9.0, 4.0)
    promised = {
        "builder",
        "records",
        "pages",
        "scenario",
        "wall_s",
        "cpu_s",
        "peak_mb",
        "output_bytes",
        "files",
        "first_query_bytes",
    }
    assert promised <= made.keys()
    assert (made["wall_s"], made["cpu_s"], made["pages"]) == (4.0, 2.0, 12)
    assert [run["wall_s"] for run in made["runs"]] == [3.0, 9.0, 4.0]


def test_the_table_has_ratios_spread_and_failures() -> None:
    shown = results.table(
        [
            row("gazette", 100, "cold", 6.0, 5.0, 9.0),
            row("material", 100, "cold", 3.0),
            row("hugo", 100, "cold", 2.0),
            row("zensical", 100, "cold", error="run 1: ended with 1: no such thing"),
        ]
    )
    ours = next(line for line in shown.splitlines() if line.startswith("gazette")).split()
    assert ours[2:6] == ["6.00", "5.00–9.00", "3.00", "2.00"]
    assert "no such thing" in shown
    assert shown.splitlines()[3].split()[-4:] == ["40", "0.5", "34000", "50"]


def test_the_handbook_s_tables_have_what_was_measured_and_a_dash_for_what_was_not() -> None:
    times = {"cold": 6.0, "one-edit": 2.0, "unchanged": 1.0, "ci": 3.0, "check": 0.5, "check-one-edit": 0.25}
    ours = [row("gazette", 1000, scenario, wall) for scenario, wall in times.items()]
    seconds, in_ci, weights = results.documented([*ours, row("zensical", 1000, "cold", error="run 1: no")])
    assert seconds.splitlines()[2:] == [
        "| gazette | 1,000 | 12 | 6.0 | 2.0 | 1.0 | – | 3.0 | 1.0 |",
        "| zensical | 1,000 | 12 | – | – | – | – | – | – |",
    ]
    assert in_ci.splitlines()[2:] == ["| 1,000 | 6.0 | 3.0 | 0.5 | 0.2 |"]
    assert weights.splitlines()[2:] == ["| gazette | 1,000 | 100 | 100 | 0 | 40 | 34,000 | 50 |"]


def test_a_part_replaces_its_own_rows_only() -> None:
    old = [
        row("gazette", 100, "cold", 6.0),
        row("gazette", 1000, "cold", 60.0),
        row("hugo", 100, "cold", 2.0),
    ]
    kept = results.merged({"rows": []}, MACHINE, old)
    new = results.merged(kept, MACHINE, [row("gazette", 100, "cold", 5.0)])
    found = {(one["builder"], one["records"]): one["wall_s"] for one in new["rows"]}
    assert found == {("gazette", 100): 5.0, ("gazette", 1000): 60.0, ("hugo", 100): 2.0}


def test_figures_of_two_machines_are_not_put_together() -> None:
    kept = results.merged({"rows": []}, MACHINE, [row("hugo", 100, "cold", 2.0)])
    new = results.merged(kept, {"cpu": "another"}, [row("gazette", 100, "cold", 5.0)])
    assert [one["builder"] for one in new["rows"]] == ["gazette"]


def test_the_chart_is_an_image_that_says_what_it_shows() -> None:
    rows = [row(name, size, "cold", size / 50, size / 40) for name in BUILDERS for size in (100, 1000)]
    rows.append(row("hugo", 1000, "unchanged", error="run 1: not done after 1800 s"))
    drawn = chart.draw(rows)
    root = ElementTree.fromstring(drawn)
    said = "".join(root.itertext())
    assert all(name in said for name in BUILDERS)
    assert "gazette, 1000 records, cold: 22.5 s, 100 MB" in said
    assert "prefers-color-scheme: dark" in drawn
    assert not [value for value in drawn.split('"') if "nan" in value]


def python(tmp_path: Path, program: str, limit: float = 60) -> Cost:
    return cost_of((sys.executable, "-c", program), tmp_path, os.environ, limit)


def test_the_children_of_a_command_are_part_of_its_cost(tmp_path: Path) -> None:
    child = "import time; held = bytearray(b'x' * 80_000_000); sum(range(10_000_000)); time.sleep(0.5)"
    cost = python(tmp_path, f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
    assert cost.peak_mb > 80
    assert cost.cpu_s > 0.05
    assert cost.wall_s > 0.5


def test_a_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="ended with 3: no such page"):
        python(tmp_path, "print('no such page'); raise SystemExit(3)")


def test_a_command_that_does_not_end_is_ended(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="not done after 1 s"):
        python(tmp_path, "import time; time.sleep(600)", limit=1)


def test_after_a_failure_the_rest_of_a_builder_is_not_tried(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('out of order')")
    builder = Builder("hugo", "1.0", tmp_path, command, "public", (), "", {})
    errors = {one["scenario"]: one["error"] for one in compare.compared([builder], 100, 2)}
    assert "out of order" in errors["cold"]
    assert errors["one-edit"] == "run 1: not tried, since cold failed"


def test_ci_has_what_earlier_builds_kept_but_no_site_and_a_check_builds_nothing(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; site, kept = Path('site'), Path('.cache');"
        "said = f'{site.is_dir()} {kept.is_dir()}'; [one.mkdir(exist_ok=True) for one in (site, kept)];"
        "(site / 'a.txt').write_text(said)"
    )
    check = (sys.executable, "-c", "from pathlib import Path; assert Path('site').is_dir()")
    build = (sys.executable, "-c", program)
    builder = Builder("gazette", "1.0", tmp_path, build, "site", (".cache",), "", {}, check=check)
    measured = compare.scenarios(builder, lambda: 0)
    assert [*measured] == ["cold", "unchanged", "one-edit", "ci", "check", "check-one-edit"]
    said = {}
    for scenario in ("cold", "unchanged", "ci"):
        measured[scenario]()
        said[scenario] = (tmp_path / "site" / "a.txt").read_text()
    assert said == {"cold": "False False", "unchanged": "True True", "ci": "False True"}
    assert measured["check"]().wall_s > 0
    assert builder.written() == Written(files=1, output_bytes=10)


def test_the_same_number_of_records_gives_the_same_bytes() -> None:
    files = dict(generate.files(120))
    assert files == dict(generate.files(120))
    assert len({path.split("/")[1] for path in files if path.startswith("data/")} - {"corrections"}) == 10
    base = dict(generate.base())
    assert not base.keys() & files.keys()
    assert all("合成" in text or "ynthetic" in text for text in (files | base).values())


def test_made_up_records_are_sound_where_there_is_nothing_else(tmp_path: Path) -> None:
    zone = adopt(tmp_path / "zone", "empty")
    assert mistakes(zone.root) == []
    generate.write(zone.root, 60)
    assert mistakes(zone.root) == []
    render_site(zone.root)


def test_made_up_records_are_without_mistakes_before_and_after_an_edit(tmp_path: Path) -> None:
    root = corpus.make(60, tmp_path / "project").project
    assert mistakes(root) == []
    file = root / "data" / corpus.RECORD_FILE
    edits = [corpus.revised(file.read_text(encoding="utf-8"), number) for number in (1, 2)]
    assert edits[0] != edits[1]
    file.write_text(edits[0], encoding="utf-8")
    assert mistakes(root) == []
    summary = yaml.safe_load(edits[0])["summary"]
    assert all(corpus.words_of(1, locale) in summary[locale] for locale in ("zh", "en"))


def mistakes(root: Path) -> list[str]:
    content, unreadable = load(root)
    return [str(found) for found in (*unreadable, *check(content)) if not found.pending]


FOOD = corpus.Text(
    "en",
    "alliances/food",
    "en/alliances/food/",
    "alliances/food/",
    "data/x.yml",
    'Food & "drink"',
    "Said of it",
    "",
)
FOOD_PAGE = (
    '<meta name="description" content="Said of it">'
    '<link href="https://example.org/en/alliances/food/"><link href="https://example.org/alliances/food/">'
    '<a href="../../..">a</a><a href="../../../alliances/food/">b</a><a href="../../about/">c</a><a href="../">d</a>'
    "<article class=x>"
    '<header class="page-head"><h1>Food &amp; "drink"</h1></header>\n<p>Body</p><footer class="page-foot">data/x.yml'
)


def test_of_a_page_only_what_is_its_own_becomes_a_field_of_the_frame() -> None:
    assert frame.template(FOOD_PAGE, FOOD, "https://example.org/") == (
        '<meta name="description" content="{{ .Description }}">'
        '<link href="{{ .Permalink }}"><link href="{{ .Site.BaseURL }}{{ .Params.there }}">'
        '<a href="{{ .Params.root }}">a</a><a href="{{ .Params.root }}{{ .Params.there }}">b</a>'
        '<a href="{{ .Params.home }}about/">c</a><a href="{{ .Params.home }}alliances/">d</a>'
        "<article data-pagefind-body class=x>"
        '<header class="page-head"><h1>{{ .Title }}</h1></header>\n{{ .Content }}\n<footer class="page-foot">{{ .Params.source }}'
    )


@pytest.mark.parametrize(
    ("piece", "field"),
    [
        ("data/x.yml", ".Params.source"),
        ('<footer class="page-foot">', ".Content"),
        ("Said of it", ".Description"),
        ("<article ", "article"),
    ],
)
def test_a_page_without_a_piece_of_the_frame_gives_none(piece: str, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        frame.template(FOOD_PAGE.replace(piece, ""), FOOD, "https://example.org/")


def test_a_saved_edit_is_waited_for_as_a_browser_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "SETTLE", 1.0)
    source = tmp_path / "docs" / "index.md"
    source.parent.mkdir()
    source.write_text("Before.")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nsite_url: https://example.org/jibei/\n")
    serve = (sys.executable, "-m", "mkdocs", "serve", "--quiet")
    builder = Builder("material", "1.0", tmp_path, (), "site", (), "", {}, serve)

    def save() -> str:
        source.write_text("Afterwards.")
        return "Afterwards"

    assert preview.save_to_shown(builder, save, 60).peak_mb > 10


def test_time_counts_towards_the_innermost_stage_and_around_printing_as_before_and_after() -> None:
    moments = iter([0, 1, 3, 6, 10, 15, 21, 28])
    clock = profile.Clock(lambda: next(moments))
    with clock.stage(profile.PAGES):
        with clock.stage("parsing it"):
            pass
        with clock.stage("parsing it"):
            pass
    clock.turn()
    assert clock.seconds == {
        "everything before": 1,
        profile.PAGES: 2 + 4 + 6,
        "parsing it": 3 + 5,
        "everything after": 7,
    }
    assert clock.times == {profile.PAGES: 1, "parsing it": 2}


def test_a_function_that_is_watched_does_what_it_did() -> None:
    class Owner:
        def double(self, number: int) -> int:
            return 2 * number

    clock = profile.Clock()
    clock.watch(Owner, "double", "doubling")
    assert Owner().double(number=2) == 4
    assert clock.times == {"doubling": 1}


def test_there_is_everything_that_a_profile_times() -> None:
    assert not [name for _, owner, name in profile.STAGES if not callable(getattr(owner, name, None))]


@pytest.mark.slow
def test_a_build_is_profiled(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["profile", "--records", "5", "--one-edit"])
    before = dict(os.environ)
    profile.main()
    said = capsys.readouterr().out
    assert re.search(r"^\d+ pages +CPU s +ms a page +times$", said, re.MULTILINE)
    assert "function calls" in said
    # What a test leaves in the environment reaches every build after it.
    assert dict(os.environ) == before


def test_the_profile_has_a_row_for_each_stage_and_for_all() -> None:
    spent = profile.Spent({"everything before": 1.0, "parsing it": 2.0}, {"parsing it": 8})
    rows = {line[:22].strip(): line[22:].split() for line in profile.table(spent, 4).splitlines()}
    assert [*rows] == [
        "4 pages",
        "everything before",
        *dict.fromkeys(stage for stage, _, _ in profile.STAGES),
        "everything after",
        "all",
    ]
    assert rows["parsing it"] == ["2.00", "500.000", "8"]
    assert rows["all"] == ["3.00", "750.000"]
