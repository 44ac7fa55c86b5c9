"""Values in Chinese and English words; and the interface's labels: in both languages, all there, all used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import jinja2
import pytest
from jinja2 import nodes

from gazette.base.strict_yaml import parse
from gazette.language import wording
from gazette.outputs.head.page_tags import COLUMN_TYPES
from gazette.records import DATA_FOLDERS, PAGED
from gazette.records.dates import DailyTime, PartialDate
from gazette.records.model_fields import model_in
from gazette.records.sources import LeftOut
from gazette.records.terms import Term, Unit
from gazette.records.values import Figure
from tests.expectations import ROOT, TESTS, table

EVIDENCE = {"source": "qlwb-dual-pairing", "at": "147家"}


def figure(value: str, unit: str = "", qualifier: str = "exact") -> Figure:
    given = {"value": value, "unit": unit, "qualifier": qualifier} | EVIDENCE
    return Figure.model_validate({key: item for key, item in given.items() if item})


def unit(id_: str) -> Unit | None:
    path = TESTS / "cases" / "units" / f"{id_}.yml"
    return Unit.model_validate(parse(path.read_text(encoding="utf-8"), "")[0].data) if id_ else None


@pytest.mark.parametrize(("value", "of", "qualifier", "zh", "en"), table("l10n/figures.txt"))
def test_a_figure_in_words(value: str, of: str, qualifier: str, zh: str, en: str) -> None:
    given = figure(value, of, qualifier)
    assert wording.in_words(given, unit(of), "zh") == zh
    assert wording.in_words(given, unit(of), "en") == en


@pytest.mark.parametrize(
    ("qualifier", "zh", "en"), [("exact", "300", "300"), ("nearly", "近300", "nearly 300")]
)
def test_a_figure_without_its_unit(qualifier: str, zh: str, en: str) -> None:
    given = figure("300", "enterprise", qualifier)
    assert wording.number_only(given, unit("enterprise"), "zh") == zh
    assert wording.number_only(given, unit("enterprise"), "en") == en


def test_a_figure_in_the_pieces_that_a_layout_sets_apart() -> None:
    assert wording.spoken(figure("1500万", "cny", "more_than"), unit("cny"), "zh") == (
        "",
        "1500",
        "余万",
        "元",
    )
    assert wording.spoken(figure("1544万", "cny"), unit("cny"), "en") == ("RMB", "15.44", "million", "")
    assert wording.spoken(figure("300", "enterprise", "nearly"), unit("enterprise"), "zh") == (
        "近",
        "300",
        "",
        "家",
    )


@pytest.mark.parametrize(("value", "form", "zh", "en"), table("l10n/durations.txt"))
def test_a_duration_in_words(value: str, form: str, zh: str, en: str) -> None:
    length = figure(value).value
    assert wording.duration(length, "zh", form) == zh
    assert wording.duration(length, "en", form) == en


@pytest.mark.parametrize(("typed", "zh", "en"), table("l10n/dates.txt"))
def test_a_date_is_as_precise_as_it_is_known_and_says_what_was_inferred(typed: str, zh: str, en: str) -> None:
    date = PartialDate.model_validate(parse(f"date: {typed}", "")[0].data["date"])
    assert wording.date(date, "zh") == zh
    assert wording.date(date, "en") == en


def test_a_commit_s_day_in_words() -> None:
    assert wording.iso_date("2026-11-03", "zh") == "2026年11月3日"
    assert wording.iso_date("2026-11-03", "en") == "3 November 2026"


@pytest.mark.parametrize(("start", "end", "zh", "en"), table("l10n/times.txt"))
def test_a_daily_time_in_words(start: str, end: str, zh: str, en: str) -> None:
    span = DailyTime.model_validate({"start": start, "end": end} | EVIDENCE)
    assert wording.daily_time(span, "zh") == zh
    assert wording.daily_time(span, "en") == en


@pytest.mark.parametrize(
    ("items", "zh", "en"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A和B", "A and B"),
        (["A", "B", "C"], "A、B和C", "A, B and C"),
    ],
)
def test_a_list_as_a_sentence_says_it(items: list[str], zh: str, en: str) -> None:
    assert wording.listed(items, "zh") == zh
    assert wording.listed(items, "en") == en


def test_a_label_fills_its_placeholders() -> None:
    assert wording.label("list_part", "zh", of="动态", part="2021年") == "动态：2021年"
    assert wording.label("list_part", "en", of="News", part="May 2021") == "News: May 2021"


@pytest.mark.parametrize("key", wording.labels())
def test_a_label_has_both_languages_and_the_same_placeholders_in_each(key: str) -> None:
    said = wording.labels()[key]
    assert re.search("[\u4e00-\u9fff]", said.zh) or "{" in said.zh
    assert not re.search("[\u4e00-\u9fff]", said.en)
    assert set(re.findall(r"\{\w+\}", said.zh)) == set(re.findall(r"\{\w+\}", said.en))


def test_every_label_that_is_asked_for_is_there_and_none_is_unused() -> None:
    asked = {*_asked_by_templates(), *_asked_by_code(), *PAGED, *DATA_FOLDERS}
    plain = {key for key in asked if not key.endswith("_")}
    composed = {key for prefix in asked - plain for key in _composed(prefix)}
    assert plain | composed == set(wording.labels())


def _asked_by_templates() -> Iterator[str]:
    """The first argument of each label(…), and of row(…), which labels its row; each of the `words`."""
    for file in (ROOT / "overrides").rglob("*.*"):
        if file.suffix in (".md", ".html", ".xml"):
            template = jinja2.Environment().parse(file.read_text(encoding="utf-8"))
            for part in template.find_all(nodes.Getattr):
                if getattr(part.node, "name", "") == "words":
                    yield part.attr
            for call in template.find_all(nodes.Call):
                if (
                    getattr(call.node, "attr", getattr(call.node, "name", "")) in ("label", "row", "empty")
                    and call.args
                ):
                    yield from _keys_in_template(call.args[0])


def _keys_in_template(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield node.value
    elif isinstance(node, nodes.Concat):
        yield from _keys_in_template(node.nodes[0])
    elif isinstance(node, nodes.CondExpr):
        yield from (key for choice in (node.expr1, node.expr2) for key in _keys_in_template(choice))


def _asked_by_code() -> Iterator[str]:
    """The first argument of each label(…), and all of labels(…)."""
    for file in (ROOT / "hooks").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and call.args and _called(call) in ("label", "labels"):
                for argument in call.args if _called(call) == "labels" else call.args[:1]:
                    yield from _keys_in_code(argument)


def _keys_in_code(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from _keys_in_code(node.values[0])
    elif isinstance(node, ast.IfExp):
        yield from (key for choice in (node.body, node.orelse) for key in _keys_in_code(choice))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _composed(prefix: str) -> Iterator[str]:
    """The keys that begin with `prefix` and end in a value of the field so named.

    tile_ ends in a figure's field, column_ in a kind of column, kinds_ in a kind of term.
    """
    if prefix == "column_":
        yield from (prefix + kind for kind in COLUMN_TYPES.values())
    for model in (*PAGED.values(), LeftOut):
        for name, field in model.model_fields.items():
            prefixes = (f"{name}_", f"{name}s_") if model is Term else (f"{name}_",)
            if prefix in prefixes and get_origin(field.annotation) is Literal:
                yield from (prefix + value for value in get_args(field.annotation))
            if prefix == "tile_" and model_in(field.annotation) is Figure and name != "figure":
                yield prefix + name
