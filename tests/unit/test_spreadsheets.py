"""Records as rows of a spreadsheet: what Excel does to cells is told, and what a sheet says comes to the records whole or not at all."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from gazette import cli
from gazette.base import strict_yaml
from gazette.base.messages import Refused
from gazette.build.progress import Progress
from gazette.content.model import Content
from gazette.editing.spreadsheets import grid
from gazette.editing.spreadsheets.cells import cells_of, edits, with_cells
from gazette.editing.spreadsheets.changes import Changes, changes
from gazette.editing.spreadsheets.columns import VERSION, columns, unfit
from gazette.editing.spreadsheets.export import data_of, entries_of, export, template
from gazette.editing.spreadsheets.reading import Sheet, letters, read_sheet
from gazette.editing.spreadsheets.validation import faults_with
from gazette.records import DATA_FOLDERS
from gazette.site.model import load_readable
from tests.conftest import Project
from tests.expectations import ROOT
from tests.zones import ZONES

TIMES = "startup_records"
NEW = {
    "id": "sample-kiln",
    "title.zh": "样例窑厂",
    "title.en": "Sample kiln",
    "summary.zh": "样例。",
    "summary.en": "A sample.",
    "scope.zh": "全部手续",
    "scope.en": "all formalities",
    "duration.value": "30m10s",
    "duration.source": "report",
    "duration.at": "30分10秒",
}

Sheeted = Callable[[Sequence[Mapping[str, Any]]], Path]


@pytest.fixture(scope="session")
def shipped() -> Content:
    """The content of this checkout."""
    return load_readable(ROOT)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheeted:
    """Write rows as the sheet of start-up records, typed by an editor: each value as it is."""

    def write(rows: Sequence[Mapping[str, Any]]) -> Path:
        book = Workbook()
        page = first(book)
        page.title = TIMES
        page.append(list(dict.fromkeys(name for row in rows for name in row)))
        for row in rows:
            page.append([row.get(str(cell.value)) for cell in page[1]])
        file = tmp_path / "rows.xlsx"
        book.save(file)
        return file

    return write


def first(book: Workbook) -> Worksheet:
    page = book.worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def compared(read: Sheet, content: Content) -> Changes:
    """What a sheet would change, and all that is wrong with it."""
    progress = Progress()
    found = changes(read, content, progress)
    found.faults = faults_with(read, found, content, progress)
    progress.close()
    return found


def exported(content: Content, collection: str, file: Path) -> Path:
    progress = Progress()
    file.write_bytes(export(content, collection, progress, as_csv=file.suffix == ".csv")[0])
    progress.close()
    return file


def changed_cells(file: Path, cells: Mapping[str, Any]) -> Path:
    """An exported workbook in which cells of the first record say something else, each by the name of its column."""
    book = load_workbook(file)
    page = first(book)
    places = {str(cell.value).rpartition("[")[2].rstrip("]"): cell.column for cell in page[1]}
    for name, value in cells.items():
        page.cell(3, places[name]).value = value
    book.save(file)
    return file


def told(found: Changes) -> list[tuple[str, str]]:
    """The code of each message and the cell it is about."""
    return [(fault.code, f"{letters(fault.at.column)}{fault.at.line}") for fault in found.faults]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("collection", DATA_FOLDERS)
def test_what_is_exported_imports_as_it_is(
    shipped: Content, tmp_path: Path, collection: str, ending: str
) -> None:
    entries = entries_of(shipped, collection)
    file = exported(shipped, collection, tmp_path / f"{collection}{ending}")
    if not entries:
        with pytest.raises(Refused):
            read_sheet(file)
        return
    found = compared(read_sheet(file), shipped)
    assert (found.made, found.faults, found.unchanged) == ([], [], len(entries))


@pytest.mark.parametrize("collection", DATA_FOLDERS)
def test_a_sheet_has_all_of_a_record_but_for_what_is_said(shipped: Content, collection: str) -> None:
    """A record that is made from its cells alone is the record."""
    made = columns(collection)
    nothing = {column.name: "" for column in made}
    without = {one.name for one in unfit(collection)}
    for entry in entries_of(shipped, collection):
        data = data_of(shipped.root, entry)
        cells = cells_of(data, made)
        again = with_cells({}, nothing, cells.texts, made)
        assert not [*edits({key: value for key, value in data.items() if key not in without}, again)]


def test_a_figure_is_five_columns_and_a_list_of_statements_a_line_each() -> None:
    names = [column.name for column in columns("indicators")]
    assert [name for name in names if name.startswith("figure.")] == [
        f"figure.{part}" for part in ("value", "unit", "qualifier", "source", "at")
    ]
    assert {"title.zh", "title.en", "as_of.date", "as_of.basis", "points.text.zh", "related"} <= {*names}
    assert {one.name: one.parts for one in unfit("indicators") if one.parts} == {
        "observations": 8,
        "photos": 9,
    }


@pytest.fixture(scope="session")
def page(shipped: Content) -> Worksheet:
    """The sheet of the template of start-up records."""
    return first(load_workbook(io.BytesIO(template(shipped, TIMES)[0])))


class TestTemplate:
    def test_it_is_the_same_each_time(self, shipped: Content) -> None:
        assert template(shipped, TIMES)[0] == template(shipped, TIMES)[0]

    def test_headers_are_in_both_languages_and_stay_in_sight(self, page: Worksheet) -> None:
        assert page.freeze_panes == "B2"
        assert page["B1"].value == "名称·中文 / name · Chinese [title.zh]"
        assert "必填 / required" in str(page["B2"].value)

    def test_a_cell_is_text_before_anything_is_typed(self, page: Worksheet) -> None:
        kept = [width for width in page.column_dimensions.values() if width.number_format == "@"]
        assert sum(width.max - width.min + 1 for width in kept) >= len(columns(TIMES)) + 2

    def test_choices_stand_on_a_hidden_sheet_under_a_name(self, shipped: Content, page: Worksheet) -> None:
        book = page.parent
        assert book is not None
        assert book["choices"].sheet_state == "hidden"
        rules = {str(rule.sqref).split("3:")[0]: rule for rule in page.data_validations.dataValidation}
        place = next(cell for cell in page[1] if "[duration.unit]" in str(cell.value)).column_letter
        ranges = book.defined_names[str(rules[place].formula1)].attr_text
        listed = [cell.value for (cell,) in book["choices"][str(ranges).partition("!")[2].replace("$", "")]]
        assert listed == sorted(unit.id for unit in shipped.units.values())
        assert all(len(str(rule.formula1)) < 255 for rule in rules.values())

    def test_the_example_is_no_record(self, shipped: Content, tmp_path: Path) -> None:
        file = tmp_path / "empty.xlsx"
        file.write_bytes(template(shipped, TIMES)[0])
        assert str(first(load_workbook(file))["A3"].value).startswith("# 示例")
        with pytest.raises(Refused) as refused:
            read_sheet(file)
        assert refused.value.code == "no-rows"

    def test_it_says_what_it_has_no_column_for(self, shipped: Content) -> None:
        said = "\n".join(map(str, template(shipped, "renovations")[1]))
        assert "photos" in said
        assert "comparisons" in said

    def test_articles_have_none_and_it_says_why(self, shipped: Content) -> None:
        with pytest.raises(Refused) as refused:
            template(shipped, "news")
        assert refused.value.code == "articles-in-no-sheet"


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("date.date", datetime(2021, 5, 1), "cell-date"),
        ("date.date", 44317, "cell-serial"),
        ("date.date", "44317", "cell-serial"),
        ("date.date", "May-21", "cell-date"),
        ("date.date", "2021/5/1", "cell-date"),
        ("date.date", "2021年5月", "cell-date"),
        ("date.date", "2021-05-01 00:00:00", "cell-date"),
        ("duration.value", time(0, 29, 6), "cell-date"),
        ("duration.value", 0.1 + 0.7, "cell-float"),
        ("duration.value", 3701120200012345678, "cell-float"),
        ("duration.value", "1E+05", "cell-exponent"),
        ("duration.value", "5%", "cell-percent"),
        ("duration.value", "１４７", "cell-full-width"),
        ("duration.value", "=1+1", "cell-formula"),
        ("duration.at", 7, "cell-number"),
        ("id", 7, "cell-number"),
        ("title.zh", "#N/A", "cell-error"),
        ("title.zh", "样\u200b例", "cell-invisible"),
    ],
)
def test_what_excel_made_of_a_cell_is_told_at_it(sheet: Sheeted, name: str, typed: object, code: str) -> None:
    read = read_sheet(sheet([{**NEW, "date.date": "", "date.basis": "stated", name: typed}]))
    assert [(fault.code, fault.at.line) for fault in read.faults] == [(code, 2)]
    assert read.faults[0].at.column == read.numbers[name]


def test_a_percentage_of_excel_is_told(sheet: Sheeted) -> None:
    file = sheet([{**NEW, "duration.value": 0.05}])
    book = load_workbook(file)
    first(book)["H2"].number_format = "0%"
    book.save(file)
    assert [(fault.code, fault.values) for fault in read_sheet(file).faults] == [
        ("cell-percent", {"text": "5%"})
    ]


@pytest.mark.parametrize(
    ("typed", "text"), [(147, "147"), (147.0, "147"), (1.5, "1.5"), (100000.0, "100000")]
)
def test_a_number_that_excel_keeps_exactly_is_that_number(sheet: Sheeted, typed: float, text: str) -> None:
    assert read_sheet(sheet([{**NEW, "duration.value": typed}])).rows[0].texts["duration.value"] == text


def test_spaces_that_nobody_sees_go_and_are_told(sheet: Sheeted) -> None:
    read = read_sheet(sheet([{**NEW, "title.zh": "\u3000样例窑厂\u00a0", "title.en": "Sample\u00a0kiln"}]))
    assert read.rows[0].texts["title.zh"] == "样例窑厂"
    assert read.rows[0].texts["title.en"] == "Sample kiln"
    assert any("2" in said.zh for said in read.told)


def test_rows_of_blanks_are_none_however_far_down_they_go(sheet: Sheeted) -> None:
    file = sheet([NEW])
    book = load_workbook(file)
    first(book)["B1048576"].number_format = "@"
    first(book)["B9"].value = "  \u00a0"
    book.save(file)
    assert [row.number for row in read_sheet(file).rows] == [2]


def test_merged_cells_hidden_rows_and_other_sheets_are_told(sheet: Sheeted) -> None:
    file = sheet([NEW, {**NEW, "id": "sample-loom"}])
    book = load_workbook(file)
    page = first(book)
    page.merge_cells("B2:B3")
    page.row_dimensions[3].hidden = True
    book.create_sheet("草稿")
    book.save(file)
    read = read_sheet(file)
    assert [(fault.code, fault.values["cells"]) for fault in read.faults] == [("cells-merged", "B2:B3")]
    assert any("草稿" in said.zh for said in read.told)
    assert any("第 3 行" in said.zh for said in read.told)


def test_columns_may_move_and_a_wrong_header_is_told_with_the_nearest(sheet: Sheeted) -> None:
    assert read_sheet(sheet([dict(reversed(NEW.items()))])).rows[0].texts == NEW
    read = read_sheet(sheet([{**NEW, "sumary.zh": "x", "title.zh ": "again"}]))
    assert [(fault.code, fault.at.line) for fault in read.faults] == [
        ("header-unknown", 1),
        ("header-twice", 1),
    ]
    assert "summary.zh" in read.faults[0].zh


def test_headers_are_known_by_their_chinese_names_too(sheet: Sheeted) -> None:
    row = {"编号": "x"} | {"名称·中文": "样例", "名称·英文 / name · English [title.en]": "Sample"}
    assert read_sheet(sheet([row | {"id": "sample"}])).numbers["title.zh"] == 2


def test_the_lines_of_a_list_belong_together(sheet: Sheeted) -> None:
    read = read_sheet(sheet([{**NEW, "not_stated.zh": "甲。\n乙。", "not_stated.en": "A."}]))
    assert [(fault.code, fault.values["count"]) for fault in read.faults] == [("lines-unequal", 1)]
    read = read_sheet(sheet([{**NEW, "not_stated.zh": "甲。"}]))
    assert [(fault.code, fault.values["name"]) for fault in read.faults] == [
        ("part-of-list-missing", "not_stated.en")
    ]


def test_an_id_twice_in_a_sheet_is_told(sheet: Sheeted) -> None:
    assert [(fault.code, fault.at.line) for fault in read_sheet(sheet([NEW, NEW])).faults] == [
        ("row-twice", 3)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_as_excel_saves_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([NEW, NEW.values()])
    file = tmp_path / f"{TIMES}.csv"
    file.write_bytes(made.getvalue().encode(encoding))
    assert read_sheet(file).rows[0].texts == NEW


def test_csv_is_written_so_that_excel_knows_its_encoding(shipped: Content, tmp_path: Path) -> None:
    assert exported(shipped, TIMES, tmp_path / "x.csv").read_bytes().startswith(codecs.BOM_UTF8)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("x.xls", b"", "not-a-spreadsheet"),
        ("x.xlsx", b"\xd0\xcf\x11\xe0 with a password", "spreadsheet-unreadable"),
        ("services.csv", b"\x81\xff\xff", "csv-encoding"),
        ("x.csv", b"id,title.zh\na,b\n", "which-collection"),
        ("services.csv", b"a,b\nc,d\n", "no-headers"),
        ("services.csv", b"", "no-headers"),
    ],
)
def test_a_file_that_is_no_sheet_is_refused(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(Refused) as refused:
        read_sheet(tmp_path / name)
    assert refused.value.code == code


def test_without_the_extra_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    (tmp_path / "x.xlsx").touch()
    with pytest.raises(Refused, match=r"requirements-edit\.lock"):
        grid.open_grid(tmp_path / "x.xlsx", TIMES)


def test_a_new_row_is_a_new_file_and_its_id_is_made_from_its_title(small: Project, sheet: Sheeted) -> None:
    content = load_readable(small({}))
    found = compared(read_sheet(sheet([NEW, {**NEW, "id": "", "title.zh": "样例织机"}])), content)
    assert not found.faults
    assert [(str(made.ref), made.new, made.proposed) for made in found.made] == [
        ("startup_records/sample-kiln", True, False),
        ("startup_records/yang-li-zhi-ji", True, True),
    ]
    document, faults = strict_yaml.parse(found.made[0].text, "")
    assert not faults
    assert document.data["duration"] == {"value": "30m10s", "source": "report", "at": "30分10秒"}


def test_two_titles_that_sound_alike_get_two_ids_and_one_that_is_there_none(
    small: Project, sheet: Sheeted
) -> None:
    rows = [{**NEW, "id": "", "title.zh": title} for title in ("样例", "样历", "窑炉项目")]
    found = compared(read_sheet(sheet(rows)), load_readable(small({})))
    assert [made.ref.id for made in found.made] == ["yang-li", "yang-li-2"]
    assert told(found) == [("row-title-there", "A4")]


def test_a_cell_that_changed_changes_its_value_alone(small: Project, tmp_path: Path) -> None:
    text = "# 开办\n" + (ZONES / "small/data/startup_records/kiln.yml").read_text(encoding="utf-8")
    content = load_readable(small({"data/startup_records/kiln.yml": text, "data/figures.lock.yml": None}))
    file = changed_cells(
        exported(content, TIMES, tmp_path / "x.xlsx"), {"scope.en": "every formality", "order": 3}
    )
    found = compared(read_sheet(file), content)
    assert not found.faults
    (made,) = found.made
    assert made.cells == {"order": ("", "3"), "scope.en": ("all formalities", "every formality")}
    assert made.text.replace("every formality", "all formalities").replace("order: 3\n", "") == text


def test_an_emptied_cell_is_no_key_and_a_column_that_is_away_changes_nothing(
    small: Project, tmp_path: Path
) -> None:
    content = load_readable(small({}))
    file = exported(content, "services", tmp_path / "x.xlsx")
    changed_cells(file, {f"since.{part}": None for part in ("date", "basis", "early")})
    book = load_workbook(file)
    first(book).delete_cols(next(c.column for c in first(book)[1] if "[reach.value]" in str(c.value)))
    book.save(file)
    (made,) = compared(read_sheet(file), content).made
    data = strict_yaml.parse(made.text, "")[0].data
    assert "since" not in data
    assert data["reach"] == {"value": "187", "unit": "shop", "source": "report", "at": "187户"}


def test_what_a_cell_cannot_hold_stays_as_it_is(small: Project, tmp_path: Path) -> None:
    text = (ZONES / "small/data/startup_records/kiln.yml").read_text(encoding="utf-8")
    kept = "not_stated:\n  - zh: 甲。\n    en: |\n      A,\n      B.\n"
    content = load_readable(small({"data/startup_records/kiln.yml": text + kept}))
    progress = Progress()
    body, said = export(content, TIMES, progress, as_csv=False)
    progress.close()
    assert "not_stated.en" in "\n".join(map(str, said))
    file = tmp_path / "x.xlsx"
    file.write_bytes(body)
    (made,) = compared(read_sheet(changed_cells(file, {"order": "4"})), content).made
    assert kept in made.text
    found = compared(
        read_sheet(changed_cells(file, {"not_stated.zh": "乙。", "not_stated.en": "B."})), content
    )
    assert {code for code, _ in told(found)} == {"cell-not-carried"}


@pytest.mark.parametrize(
    "entry",
    [
        {"source": "report", "at": "甲\n乙"},
        {"source": "report", "at": "甲", "more": "乙"},
        {"source": "report", "at": " 甲"},
    ],
)
def test_an_entry_that_lines_do_not_hold_whole_is_left_out_whole(entry: dict[str, strict_yaml.Plain]) -> None:
    cells = cells_of({"evidence": [entry]}, columns(TIMES))
    assert cells.left == {"evidence.source", "evidence.at"}
    assert not any(cells.texts.values())


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1+1",
        "+1",
        "@a",
        "007",
        "1E5",
        "2021-05",
        "TRUE",
        'a "b", c; d',
        "样例\u00a0样例",
        "样" * 40_000,
    ],
)
def test_any_text_comes_back_as_it_was(small: Project, tmp_path: Path, text: str, ending: str) -> None:
    record = (ZONES / "small/data/startup_records/kiln.yml").read_text(encoding="utf-8")
    said = text.replace("'", "''")
    content = load_readable(
        small({"data/startup_records/kiln.yml": record.replace("all formalities", f"'{said}'")})
    )
    read = read_sheet(exported(content, TIMES, tmp_path / f"{TIMES}{ending}"))
    assert (read.faults, compared(read, content).unchanged) == ((), 1)


def test_a_record_that_changed_meanwhile_is_not_overwritten(small: Project, tmp_path: Path) -> None:
    root = small({})
    file = exported(load_readable(root), TIMES, tmp_path / "x.xlsx")
    record = root / "data/startup_records/kiln.yml"
    record.write_text(
        record.read_text(encoding="utf-8").replace("Kiln project", "The kiln"), encoding="utf-8"
    )
    found = compared(read_sheet(changed_cells(file, {"order": "4"})), load_readable(root))
    assert [code for code, _ in told(found)] == ["row-changed-meanwhile"]
    assert "“Kiln project”" in found.faults[0].zh
    assert "“The kiln”" in found.faults[0].zh


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "kiln"}, "row-there-already"),
        ({VERSION: "v0123456789ab"}, "row-gone"),
        ({"id": "Sample Kiln"}, "new-id-not-an-id"),
        ({"id": "", "title.zh": ""}, "row-without-id"),
    ],
)
def test_a_row_that_would_overwrite_or_is_of_no_record_is_refused(
    small: Project, sheet: Sheeted, row: Mapping[str, str], code: str
) -> None:
    found = compared(read_sheet(sheet([{**NEW, **row}])), load_readable(small({})))
    assert [code for code, _ in told(found)] == [code]
    assert found.made == []


@pytest.mark.parametrize(
    ("row", "code", "name"),
    [
        ({"duration.value": "29:06"}, "not-a-quantity", "duration.value"),
        ({"duration.source": "nowhere"}, "dangling-id", "duration.source"),
        ({"duration.value": "31m10s"}, "anchor-says-otherwise", "duration.at"),
        ({"title.en": ""}, "missing", "title.en"),
        ({"title.zh": "样例 {{ figure() }}"}, "call-in-field", "title.zh"),
        ({"date.date": "2021-13", "date.basis": "stated"}, "not-a-date", "date.date"),
        ({"earlier": "soon"}, "not-a-choice", "earlier"),
    ],
)
def test_the_check_of_the_site_is_made_of_the_rows_and_told_at_their_cells(
    small: Project, sheet: Sheeted, row: Mapping[str, str], code: str, name: str
) -> None:
    read = read_sheet(sheet([{**NEW, **row}]))
    found = compared(read, load_readable(small({})))
    assert told(found) == [(code, f"{letters(read.numbers[name])}2")]
    assert name in str(found.faults[0])


def test_the_name_of_another_record_is_no_form_for_a_name_that_is_missing(
    small: Project, sheet: Sheeted
) -> None:
    [fault] = compared(read_sheet(sheet([{**NEW, "title.en": ""}])), load_readable(small({}))).faults
    assert (fault.code, fault.example) == ("missing", "")


def test_an_address_that_a_page_has_is_told_at_the_id(small: Project, sheet: Sheeted) -> None:
    page = "---\ntitle: {0}\nsummary: {0}\n---\n\n{0}\n"
    there = {f"docs/{locale}/startup-records/sample-kiln.md": page.format(locale) for locale in ("zh", "en")}
    found = compared(read_sheet(sheet([NEW])), load_readable(small(there)))
    assert {*told(found)} == {("same-address", "A2")}


def test_a_figure_that_is_locked_is_not_changed_by_a_sheet(small: Project, tmp_path: Path) -> None:
    content = load_readable(small({}))
    file = exported(content, TIMES, tmp_path / "x.xlsx")
    found = compared(
        read_sheet(changed_cells(file, {"duration.value": "28m06s", "duration.at": "28分06秒"})), content
    )
    assert [code for code, _ in told(found)] == ["silent-change"]


@pytest.mark.parametrize(("before", "now"), [("007", "7"), ("Zoë", "Zo?")])
def test_what_csv_lost_is_told(small: Project, tmp_path: Path, before: str, now: str) -> None:
    text = (ZONES / "small/data/startup_records/kiln.yml").read_text(encoding="utf-8")
    content = load_readable(
        small({"data/startup_records/kiln.yml": text.replace("all formalities", f"'{before}'")})
    )
    file = exported(content, TIMES, tmp_path / f"{TIMES}.csv")
    file.write_text(file.read_text(encoding="utf-8").replace(before, now), encoding="utf-8")
    assert [code for code, _ in told(compared(read_sheet(file), content))] == ["cell-lost"]


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = cli.main([*map(str, arguments)])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_an_import_shows_what_it_would_change_and_writes_when_asked(
    small: Project, sheet: Sheeted, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({})
    file = sheet([NEW])
    status, out, _ = run(capsys, "--root", root, "import", file)
    assert status == 0
    assert "startup_records/sample-kiln: 新增（第 2 行）" in out
    assert not (root / "data/startup_records/sample-kiln.yml").exists()
    assert run(capsys, "--root", root, "import", file, "--write")[0] == 0
    assert (root / "data/startup_records/sample-kiln.yml").is_file()
    assert run(capsys, "--root", root, "check")[0] == 0
    assert "未变 1 条" in run(capsys, "--root", root, "import", file)[1]


def test_one_bad_row_keeps_all_from_being_written_and_is_noted_in_a_copy(
    small: Project, sheet: Sheeted, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({})
    bad = {"id": "sample-loom", "duration.value": "30"}, {"id": "sample-forge", "duration.value": 0.1 + 0.7}
    file = sheet([NEW, *({**NEW, **row} for row in bad)])
    before = file.read_bytes()
    status, _, err = run(capsys, "--root", root, "import", file, "--write")
    assert status == 1
    assert f"rows.xlsx 工作表“{TIMES}” / sheet `{TIMES}` H3 duration.value: [" in err
    assert [*(root / "data/startup_records").iterdir()] == [root / "data/startup_records/kiln.yml"]
    assert file.read_bytes() == before
    copy = first(load_workbook(file.with_name("rows-notes.xlsx")))
    noted = [cell.coordinate for row in copy.iter_rows() for cell in row if cell.comment]
    assert noted == ["H3", "H4"]
    assert "单位" in copy["H3"].comment.text
    assert copy["H3"].fill.start_color.rgb == "00FFC7CE"
