"""The data that a built site offers: valid to others' tools, described on its page, following the records."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from typing import Any

import pytest
from frictionless import Package
from openpyxl import load_workbook

from tests.site.test_feeds import ADDRESS, correct
from tests.zones import Zone

DATA = {
    "zh": "---\ntitle: 开放数据\nsummary: 下载\n---\n",
    "en": "---\ntitle: Open data\nsummary: Downloads\n---\n",
}  # fmt: skip
ROAD = """\
title: {zh: =1+1路, en: "=1+1 Road"}
summary: {zh: 一条路。, en: A road.}
started: {date: 2030-04, basis: inferred}
duration: {value: 3, unit: firm, qualifier: more_than, source: gazette, at: 3余}
"""


@pytest.fixture
def offering(zone: Zone) -> Zone:
    """The zone with a page of its data."""
    for locale, text in DATA.items():
        (zone.root / f"docs/{locale}/data.md").write_text(text, encoding="utf-8", newline="\n")
    return zone


def rows(zone: Zone, name: str) -> list[dict[str, Any]]:
    """A published table, read from its JSON."""
    found: list[dict[str, Any]] = json.loads(
        (zone.root / f"site/data/{name}.json").read_text(encoding="utf-8")
    )
    return found


def lines(zone: Zone, name: str) -> list[dict[str, str]]:
    """A published table, read from its CSV."""
    text = (zone.root / f"site/data/{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheet(zone: Zone, name: str) -> list[dict[str, Any]]:
    """A published table, read from its spreadsheet."""
    names, *found = load_workbook(zone.root / f"site/data/{name}.xlsx").worksheets[0].values
    return [dict(zip(names, line, strict=True)) for line in found]


def package(zone: Zone) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((zone.root / "site/data/datapackage.json").read_text(encoding="utf-8"))
    return found


def assert_valid(zone: Zone) -> None:
    report = Package(str(zone.root / "site/data/datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "note", "message"])


@pytest.mark.parametrize("address", ["", ADDRESS])
def test_the_package_is_valid_with_and_without_an_address(offering: Zone, address: str) -> None:
    correct(offering)
    build = offering.build(SITE_URL=address)
    assert build.status == 0, build.said
    assert_valid(offering)
    made = package(offering)
    assert made.get("homepage", "") == address
    assert "licenses" not in made
    tea = next(row for row in rows(offering, "alliances") if row["id"] == "alliances/tea")
    assert tea["url_en"] == (address or "../") + "en/alliances/tea/"
    assert (tea["founded"], tea["founded_basis"]) == ("2030-01-02", "stated")
    (correction,) = rows(offering, "corrections")
    assert (correction["figure"], correction["was_seconds"]) == ("startup_records/kiln.duration", 2520)
    (figure,) = rows(offering, "figures")
    assert (figure["iso8601"], figure["seconds"], figure["corrections"]) == ("PT41M7S", 2467, 1)


def test_a_draft_is_in_no_table(offering: Zone) -> None:
    offering.build()
    assert [row["id"] for row in rows(offering, "news")] == ["news/tea-meets"]
    for file in (offering.root / "site/data").glob("*.*"):
        text = (
            repr(sheet(offering, file.stem)) if file.suffix == ".xlsx" else file.read_text(encoding="utf-8")
        )
        assert "unfinished" not in text


def test_two_builds_for_two_addresses_have_one_version_and_two_for_one_the_same_bytes(offering: Zone) -> None:
    offering.build()
    version = package(offering)["version"]
    assert "data/datapackage.json" in offering.published()
    assert offering.built_from_nothing() == offering.published()
    offering.build(SITE_URL=ADDRESS)
    assert package(offering)["version"] == version


def test_the_page_tells_of_each_table_its_rows_its_fields_and_its_files(offering: Zone) -> None:
    offering.build()
    for url, words in (("data", "共 {n} 行"), ("en/data", "Rows: {n}")):
        html = offering.page(url)
        page = offering.root / "site" / url
        sections = html.partition('<footer class="page-foot">')[0].split('<h2 id="table-')[1:]
        resources = package(offering)["resources"]
        assert len(sections) == len(resources) > 10
        for section, resource in zip(sections, resources, strict=True):
            assert words.format(n=len(rows(offering, resource["name"]))) in section
            for field in resource["schema"]["fields"]:
                zh, en = field["title"].split(" / ")
                assert f"<code>{field['name']}</code>" in unescape(section)
                assert (en if url.startswith("en") else zh) in unescape(section)
            links = re.findall(r'<a href="([^"]+)">([^<]+)</a> <small>([^<]+)</small>', section)
            assert [unescape(name) for _, name, _ in links] == [
                f"{resource['name']}.{ending}" for ending in ("xlsx", "csv", "json", "schema.json")
            ]
            for href, _, size in links:
                number, unit = unescape(size).split("\u00a0")
                scale, error = {"B": (1, 0), "kB": (1000, 50)}[unit]
                assert abs((page / unescape(href)).resolve().stat().st_size - float(number) * scale) <= error
        assert package(offering)["version"] in html


def test_a_record_more_is_in_its_table_in_the_figures_and_on_the_page(offering: Zone) -> None:
    offering.build()
    before = package(offering)["version"]
    (offering.root / "data/renovations").mkdir()
    (offering.root / "data/renovations/road.yml").write_text(ROAD, encoding="utf-8", newline="\n")
    build = offering.build()
    assert build.status == 0, build.said
    assert_valid(offering)
    (road,) = rows(offering, "renovations")
    assert (road["title_en"], road["duration_value"], road["started"]) == ("=1+1 Road", 3, "2030-04")
    (line,) = lines(offering, "renovations")
    assert (line["title_en"], line["duration_value"]) == ("'=1+1 Road", "3")
    assert (line["duration_text_zh"], line["duration_text_en"]) == ("3余家", "more than 3 firms")
    (shown,) = sheet(offering, "renovations")
    assert (shown["title_en"], shown["duration_value"], shown["started"]) == ("=1+1 Road", 3, "2030-04")
    for read in (lines, sheet):
        assert [line["id"] for line in read(offering, "figures")][-1] == "renovations/road.duration"
    assert "=1+1 Road" in unescape(offering.page("en/data"))
    assert package(offering)["version"] != before


def test_a_spreadsheet_is_written_anew_only_where_its_rows_changed(offering: Zone) -> None:
    offering.build()
    files = {file.name: file.stat().st_mtime_ns for file in (offering.root / "site/data").glob("*.xlsx")}
    assert len(files) == len(package(offering)["resources"])
    offering.edit("data/alliances/tea.yml", "茶企的联盟", "茶叶企业的联盟")
    assert offering.build().status == 0
    after = {file.name: file.stat().st_mtime_ns for file in (offering.root / "site/data").glob("*.xlsx")}
    assert {name for name in files if files[name] != after[name]} == {"alliances.xlsx"}


def test_a_licence_once_set_is_in_the_package_and_on_the_page(offering: Zone) -> None:
    offering.build()
    assert "尚未设定" in offering.page("data")
    assert "not yet set" in unescape(offering.page("en/data"))
    licence = "      licence: {name: CC-BY-4.0, url: https://licence.example/by/4.0/}\n"
    offering.edit("mkdocs.yml", "      copyright: 样例\n", f"      copyright: 样例\n{licence}")
    assert offering.build().status == 0
    assert package(offering)["licenses"] == [{"name": "CC-BY-4.0", "path": "https://licence.example/by/4.0/"}]
    assert_valid(offering)
    for url in ("data", "en/data"):
        assert '<a href="https://licence.example/by/4.0/" rel="license">CC-BY-4.0</a>' in offering.page(url)
        assert "尚未设定" not in offering.page(url)


def test_a_licence_without_its_text_is_refused_in_its_place(offering: Zone) -> None:
    offering.edit(
        "mkdocs.yml", "      copyright: 样例\n", "      copyright: 样例\n      licence: {name: CC-BY-4.0}\n"
    )
    build = offering.build()
    assert build.status != 0
    assert "mkdocs.yml:15:7: [missing]" in build.said
    assert "`licence` must have `url`" in build.said


def test_the_data_is_published_where_no_page_tells_of_it(zone: Zone) -> None:
    assert zone.build().status == 0
    assert not (zone.root / "site/data/index.html").exists()
    assert_valid(zone)
