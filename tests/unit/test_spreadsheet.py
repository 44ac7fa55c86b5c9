"""Tables as .xlsx, read by openpyxl as a spreadsheet would: text stays text, numbers are numbers, the bytes are the same each time."""

from __future__ import annotations

import gc
import io
import json
import time
import zipfile
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.worksheet import Worksheet as Written

from gazette.content.loader import load
from gazette.site.tables.dataset import Dataset
from gazette.site.tables.spreadsheet import xlsx
from gazette.site.tables.table import Field, Table, said
from tests.conftest import Project
from tests.unit.test_tables import table

EMPTY = said("无 | none")


def opened(body: bytes) -> Worksheet:
    (sheet,) = load_workbook(io.BytesIO(body)).worksheets
    return sheet


def column(sheet: Worksheet, number: int) -> ColumnDimension:
    """The column, which may be told together with others like it."""
    (found,) = (found for found in sheet.column_dimensions.values() if found.min <= number <= found.max)
    return found


def read(value: Any, kind: str = "string") -> Cell:
    """The cell of a value in a spreadsheet that has no other."""
    cell = opened(xlsx(table((value,), kinds=(kind,))))["A2"]
    assert isinstance(cell, Cell)
    return cell


@pytest.mark.parametrize(
    "text",
    [
        "2021-05", "2026-Q3", "1-2", "3/4", "29:06", "007", "1E5", "TRUE", "3701120200012345678", "5%", "1,000",
        '=HYPERLINK("https://example.org","x")', "+1", "-1", "@x", "＝1", "https://example.org/",
        "甲 & 乙 <b>", " a ", "a\nb", "]]>", "'1", "\U00020000",
    ],
)  # fmt: skip
def test_a_text_stays_text_and_whole(text: str) -> None:
    cell = read(text)
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.number_format == "@", "nor is it changed when somebody edits it"
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", ["_x0041_", "a_xFFFF_b", "__x0041_", "\x07", "a\rb", "\uffff"])
def test_what_a_spreadsheet_would_decode_or_xml_cannot_hold_comes_back(text: str) -> None:
    body = zipfile.ZipFile(io.BytesIO(xlsx(table((text,))))).read("xl/sharedStrings.xml")
    _, written = etree.fromstring(body).xpath("//text()")
    assert unescape(written) == text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Decimal("1.50"), 1.5), (Decimal("-0.25"), -0.25), (15440000, 15440000), (0, 0), (Decimal("1E+20"), 10**20),
        (Decimal("123456789012345"), 123456789012345), (True, True), (False, False), (None, None),
    ],
)  # fmt: skip
def test_a_number_is_one(number: Any, shown: Any) -> None:
    value = read(number, "number").value
    assert value == shown
    assert isinstance(value, bool) == isinstance(shown, bool)


@pytest.mark.parametrize("digits", ["1234567890123456", "0.1234567890123456", "12345678.90123456789"])
def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_text(digits: str) -> None:
    assert read(Decimal(digits), "number").value == digits


def test_texts_are_shared_since_previews_on_phones_show_no_others() -> None:
    archive = zipfile.ZipFile(io.BytesIO(xlsx(table(("甲",), ("乙",), ("甲",)))))
    assert b"inlineStr" not in archive.read("xl/worksheets/sheet1.xml")
    texts = etree.fromstring(archive.read("xl/sharedStrings.xml")).xpath("//text()")
    assert texts == ["f0", "甲", "乙"]


def test_spaces_around_a_text_are_said_to_be_part_of_it() -> None:
    archive = zipfile.ZipFile(io.BytesIO(xlsx(table((" a ",), ("b c",)))))
    shared = etree.fromstring(archive.read("xl/sharedStrings.xml"))
    assert shared.xpath("//*[@xml:space='preserve']/text()") == [" a "]


def test_numbers_kept_as_text_are_not_marked_as_mistakes() -> None:
    archive = zipfile.ZipFile(io.BytesIO(xlsx(table(("007",)))))
    sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert sheet.xpath("//@numberStoredAsText/../@sqref") == ["A1:XFD1048576"]


def test_a_list_is_json() -> None:
    items = [{"text_zh": "“甲”", "early": False, "value": Decimal(3)}]
    assert json.loads(str(read(items, "array").value)) == [{"text_zh": "“甲”", "early": False, "value": 3}]


@pytest.mark.parametrize(
    ("text", "fits"), [("甲" * 32767, True), ("甲" * 32768, False), ("\U00020000" * 16384, False)]
)
def test_what_no_cell_can_hold_is_not_cut_but_said_to_be_elsewhere(text: str, fits: bool) -> None:
    value = str(read(text).value)
    assert (value == text) == fits
    if not fits:
        assert "CSV" in value
        assert "太长" in value


def test_the_names_of_the_fields_stay_in_sight_and_columns_are_as_wide_as_they_need() -> None:
    kinds = ("string", "number", "string", *["boolean"] * 30)
    sheet = opened(xlsx(table(("字" * 12, 5, "x" * 500, *[True] * 30), kinds=kinds)))
    assert sheet.title == "t"
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == [f"f{place}" for place in range(33)]
    assert all(cell.font.bold for cell in sheet[1])
    assert not any(cell.font.bold for cell in sheet[2])
    assert sheet["AG2"].value is True
    columns = [column(sheet, number) for number in (1, 2, 3, 33)]
    assert [int(found.width) for found in columns] == [26, 8, 60, 8], "a file's widths are with their margin"
    formats = [found.number_format for found in columns]
    assert formats == ["@", "General", "@", "General"], "what is typed into an empty cell of text stays text"


def test_a_table_without_rows_has_its_header() -> None:
    sheet = opened(xlsx(table()))
    assert [[cell.value for cell in row] for row in sheet.rows] == [["f0"]]


def test_the_same_table_has_the_same_bytes_at_any_time(monkeypatch: pytest.MonkeyPatch) -> None:
    made = table(("甲",))
    before = xlsx(made)
    later = time.time() + 10**8
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda _=None: time.gmtime(later))
    assert xlsx(made) == before
    members = zipfile.ZipFile(io.BytesIO(before)).infolist()
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    told = load_workbook(io.BytesIO(before)).properties
    assert told.created == told.modified == datetime(1980, 1, 1)


def test_nothing_of_a_spreadsheet_is_kept_once_it_is_made() -> None:
    gc.collect()
    gc.disable()
    try:
        xlsx(table(("甲",)))
        assert not any(isinstance(kept, Written) for kept in gc.get_objects())
    finally:
        gc.enable()


def test_a_long_name_of_a_table_is_one_that_a_sheet_may_have() -> None:
    long = Table(
        "a_collection_with_a_name_too_long_for_a_sheet", EMPTY, EMPTY, (Field("id", "string", EMPTY),), ()
    )
    assert len(opened(xlsx(long)).title) <= 31


def test_each_spreadsheet_has_what_the_json_has(small: Project) -> None:
    content, problems = load(small({}))
    assert problems == []
    dataset = Dataset(content, {})
    for made in dataset.tables:
        names, *lines = opened(dataset.file(f"{made.name}.xlsx")).iter_rows(values_only=True)
        rows = json.loads(dataset.file(f"{made.name}.json"))
        assert names == tuple(field.name for field in made.fields)
        arrays = {field.name for field in made.fields if field.kind == "array"}
        found = [dict(zip(map(str, names), line, strict=True)) for line in lines]
        for line, row in zip(found, rows, strict=True):
            told = {name: json.loads(str(value)) if name in arrays else value for name, value in line.items()}
            assert told == row
