"""Records as tables: every field of every model has its columns, exact and told apart; the formats are safe to open."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
from pydantic import Field as Described

from gazette.content.loader import load
from gazette.content.model import Content
from gazette.records.dates import PartialDate
from gazette.records.record import Record
from gazette.records.values import Figure, Localised, TermRef
from gazette.site.tables.columns import columns, iso_duration
from gazette.site.tables.dataset import Dataset
from gazette.site.tables.formats import csv_text, json_text
from gazette.site.tables.table import Field, Table, said
from tests.conftest import Project

EMPTY = said("无 | none")


def table(*rows: tuple[Any, ...], kinds: tuple[str, ...] = ("string",)) -> Table:
    fields = tuple(Field(f"f{place}", kind, EMPTY) for place, kind in enumerate(kinds))
    return Table("t", EMPTY, EMPTY, fields, rows)


def read_csv(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.fixture
def content(small: Project) -> Content:
    found, problems = load(small({}))
    assert problems == []
    return found


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_is_guarded_in_csv_only(start: str) -> None:
    text = f'{start}HYPERLINK("https://example.org","x")'
    made = table((text,))
    assert read_csv(csv_text(made)) == [{"f0": f"'{text}"}]
    assert json.loads(json_text(made)) == [{"f0": text}]


@pytest.mark.parametrize("text", ["a=b", "1-2", "近300家", "'=1", " =1", "a,b", 'a"b', "a\r\nb"])
def test_other_texts_come_back_from_csv_as_they_were(text: str) -> None:
    assert read_csv(csv_text(table((text,)))) == [{"f0": text}]


def test_json_has_a_row_a_line_without_spaces_between() -> None:
    body = json_text(table(("甲", None), ('a\n"b', [Decimal("1.50")]), kinds=("string", "array")))
    assert body.decode() == '[\n{"f0":"甲","f1":null},\n{"f0":"a\\n\\"b","f1":[1.5]}\n]\n'
    assert json.loads(json_text(table())) == []


@pytest.mark.parametrize(
    ("number", "in_csv", "in_json"),
    [
        (Decimal("-3.50"), "-3.5", -3.5),
        (Decimal("1.28") * Decimal(10) ** 8, "128000000", 128000000),
        (Decimal("0.1"), "0.1", 0.1),
        (Decimal("12345678901234567890"), "12345678901234567890", 12345678901234567890),
        (0, "0", 0),
        (True, "true", True),
        (None, "", None),
    ],
)
def test_a_number_stays_one_and_is_exact(number: Any, in_csv: str, in_json: Any) -> None:
    made = table((number, "x"), kinds=("number", "string"))
    assert csv_text(made).decode("utf-8-sig") == f"f0,f1\r\n{in_csv},x\r\n"
    (row,) = json.loads(json_text(made))
    assert row["f0"] == in_json
    assert type(row["f0"]) is type(in_json)


def test_csv_begins_with_a_byte_order_mark_and_each_line_ends_as_rfc_4180_has_it() -> None:
    body = csv_text(table(("a",), ("b",)))
    assert body == "\ufefff0\r\na\r\nb\r\n".encode()


@pytest.mark.parametrize(
    ("seconds", "said"), [(1746, "PT29M6S"), (3900, "PT1H5M"), (7200, "PT2H"), (0, "PT0S"), (59, "PT59S")]
)
def test_a_duration_in_iso_8601(seconds: int, said: str) -> None:
    assert iso_duration(timedelta(seconds=seconds)) == said


class Bridge(Record):
    """一座桥 | A bridge: a collection that the tables were not made for."""

    collection: ClassVar[str] = "bridges"

    span: Figure | None = Described(None, description="跨度 | its span")
    opened: PartialDate = Described(description="通车 | opened")
    over: TermRef | None = Described(None, description="所跨 | what it crosses")
    nicknames: tuple[Localised, ...] = Described((), description="别称 | nicknames")


def test_a_collection_of_new_fields_has_columns_without_code_of_its_own(content: Content) -> None:
    bridge = Bridge.model_validate(
        {
            "id": "old",
            "title": {"zh": "老桥", "en": "Old Bridge"},
            "summary": {"zh": "桥。", "en": "A bridge."},
            "span": {"value": "2", "unit": "shop", "qualifier": "nearly", "source": "report", "at": "近2户"},
            "opened": {"date": "2020-05", "basis": "inferred"},
            "nicknames": [{"zh": "桥", "en": "Span"}],
        }
    )
    found = {column.field.name: column.of(bridge) for column in columns(Bridge, content.units)}
    assert found["span_value"] == Decimal(2)
    assert (found["span_unit"], found["span_qualifier"]) == ("units/shop", "nearly")
    assert (found["span_text_zh"], found["span_text_en"]) == ("近2户", "nearly 2 shops")
    assert (found["span_source"], found["span_anchor"]) == ("sources/report", "近2户")
    assert (found["opened"], found["opened_basis"], found["opened_early"]) == ("2020-05", "inferred", False)
    assert found["over"] is None
    assert found["nicknames"] == [{"zh": "桥", "en": "Span"}]
    assert next(iter(found)) == "title_zh"
    fields = {column.field.name: column.field for column in columns(Bridge, content.units)}
    assert (
        fields["span_value"].about.en == "its span: the exact decimal; none for a duration or full coverage"
    )
    assert fields["opened"].required
    assert not fields["span_value"].required


def test_every_field_of_every_table_is_described_in_both_languages_and_named_once(content: Content) -> None:
    for made in Dataset(content, {}).tables:
        names = [field.name for field in made.fields]
        assert names[0] == "id"
        assert len(set(names)) == len(names)
        items = [item for field in made.fields for item in field.items]
        for described in (*made.fields, *items):
            assert described.about.zh != described.about.en, (made.name, described.name)
            assert re.search("[\u4e00-\u9fff]", described.about.zh)
            assert re.search("[a-z]", described.about.en)


def test_each_json_is_what_its_schema_says_and_the_same_as_the_csv(content: Content) -> None:
    dataset = Dataset(content, {})
    for made in dataset.tables:
        rows = json.loads(dataset.file(f"{made.name}.json"))
        described = json.loads(dataset.file(f"{made.name}.schema.json"))
        jsonschema.Draft202012Validator.check_schema(described)
        jsonschema.validate(rows, described)
        lines = read_csv(dataset.file(f"{made.name}.csv"))
        assert [line["id"] for line in lines] == [row["id"] for row in rows]
        assert len({row["id"] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    "change", [{"id": None}, {"value": "1"}, {"qualifier": "some"}, {"as_of": "2021-5"}, {"new": 1}]
)
def test_a_schema_refuses_what_is_not_so(content: Content, change: dict[str, Any]) -> None:
    dataset = Dataset(content, {})
    row = json.loads(dataset.file("figures.json"))[0]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([row | change], json.loads(dataset.file("figures.schema.json")))


def test_the_version_follows_the_data_and_nothing_else(small: Project) -> None:
    def version(root: Path, changed: dict[str, str], address: str = "") -> str:
        return Dataset(load(root)[0], changed, address).version

    root = small({})
    first = version(root, {})
    assert version(root, {}, "https://record.example/") == first
    dated = version(root, {"data/startup_records/kiln.yml": "2026-01-02", "docs/zh/about.md": "2027-01-01"})
    assert dated == f"2026-01-02-{first}"
    path = "data/startup_records/kiln.yml"
    text = (root / path).read_text(encoding="utf-8")
    assert "title:" in text
    (root / path).write_text(text.replace("title:", "order: 3\ntitle:", 1), encoding="utf-8", newline="\n")
    assert version(root, {}) == first
    (root / "data/units/room.yml").write_text("zh: 间\nen: {one: room, other: rooms}\n", encoding="utf-8")
    assert version(root, {}) != first
