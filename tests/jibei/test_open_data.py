"""The open data of the published project: valid to `frictionless validate`, complete, described on its page."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from html import unescape
from pathlib import Path

import jsonschema

from gazette.records import DATA_FOLDERS, PAGED
from gazette.site.model import SiteModel
from tests.jibei.conftest import ADDRESS


def test_frictionless_finds_the_package_valid(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "frictionless", "validate", "--json", str(site / "data/datapackage.json")],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, done.stdout
    report = json.loads(done.stdout)
    assert report["valid"]
    assert (report["stats"]["tasks"], report["stats"]["errors"]) == (len(DATA_FOLDERS) + 2, 0)


def test_every_collection_is_there_whole_as_csv_and_as_json(site: Path, site_model: SiteModel) -> None:
    content = site_model.content
    for name in PAGED:
        rows = json.loads((site / f"data/{name}.json").read_text(encoding="utf-8"))
        described = json.loads((site / f"data/{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.validate(rows, described, jsonschema.Draft202012Validator)
        text = (site / f"data/{name}.csv").read_bytes().decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text, newline="")))
        expected = [str(record.ref) for record in content.collection(name)]
        assert [row["id"] for row in rows] == [line["id"] for line in lines] == expected
        assert [(row["title_zh"], row["title_en"]) for row in rows] == [
            (record.title.zh, record.title.en) for record in content.collection(name)
        ]
        for row in rows:
            for locale in ("zh", "en"):
                assert (site / row[f"url_{locale}"].removeprefix(ADDRESS) / "index.html").is_file()


def test_the_figures_say_what_their_entries_on_the_site_say(site: Path, site_model: SiteModel) -> None:
    rows = json.loads((site / "data/figures.json").read_text(encoding="utf-8"))
    assert {row["id"] for row in rows} == {f"{ref.record}.{ref.field}" for ref in site_model.content.figures}
    for locale in ("zh", "en"):
        html = (site / ("en/figures" if locale == "en" else "figures") / "index.html").read_text(
            encoding="utf-8"
        )
        for row in rows:
            address, _, anchor = row[f"url_{locale}"].removeprefix(ADDRESS).partition("#")
            assert (site / address / "index.html").is_file()
            (_, entry) = html.split(f'id="{anchor}"')
            entry = unescape(entry.partition("</tr>")[0])
            assert row[f"text_{locale}"] in entry
            assert row["anchor"] in entry
    by_id = {row["id"]: row for row in rows}
    fastest = by_id["startup_records/taiwen-precision-machinery.duration"]
    assert (fastest["value"], fastest["iso8601"], fastest["seconds"]) == (None, "PT29M6S", 1746)
    covered = by_id["indicators/participation-coverage.figure"]
    assert (covered["value"], covered["qualifier"]) == (None, "full_coverage")


def test_the_page_is_light_and_names_every_table(site: Path) -> None:
    for url in ("data", "en/data"):
        html = (site / url / "index.html").read_text(encoding="utf-8")
        assert len(html.encode()) < 150_000
        assert html.count('<h2 id="table-') == len(DATA_FOLDERS) + 2
