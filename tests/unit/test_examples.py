"""A right form names what the zone has, so that it passes when it is pasted there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from gazette.base.strict_yaml import parse
from gazette.content.examples import own_names
from gazette.content.loader import load
from gazette.records import DATA_FOLDERS
from gazette.records.dates import PartialDate
from gazette.records.front_matter import Article, PlainPage, Question
from gazette.records.integrity import Retirement, Sum
from gazette.records.model_fields import model_in, right_form
from gazette.records.terms import EnglishUnit
from gazette.records.validation import validate
from gazette.records.values import Amount, Figure
from tests.conftest import Project

NAMED = [
    ('{{ figure("indicators/enterprises-covered") }}', '{{ figure("indicators/shops") }}'),
    ('{{ figure("indicators/shops") }}', '{{ figure("indicators/shops") }}'),
    ("total: renovations/street.duration", "total: startup_records/kiln.duration"),
    ('{{ date("services/evening-line.since") }}', '{{ date("services/music-line.since") }}'),
    ("figure: services/evening-line.sinse", "figure: services/music-line.reach"),
    ('{{ get("services/evening-line").summary }}', '{{ get("services/music-line").summary }}'),
    ('{{ chart("day", "services/evening-line") }}', '{{ chart("day", "services/music-line") }}'),
    ("{source: qlwb-dual-pairing, at: 五大联盟}", "{source: report, at: 五大联盟}"),
    ("{value: 147, unit: enterprise}", "{value: 147, unit: shop}"),
    ("was: services/old-id", "was: services/old-id"),
    ("data/photos/services/a.jpg", "data/photos/services/a.jpg"),
    ("docs/zh/news/a.md", "docs/zh/news/a.md"),
    # No id ends with a hyphen: what an editor typed and a right form shows need not be one.
    ('"&a [services/music-”ine]"', '"&a [services/music-”ine]"'),
    ("related: services/music-", "related: services/music-"),
]


@pytest.mark.parametrize(("example", "own"), NAMED)
def test_an_example_is_in_the_names_of_the_zone(small: Project, example: str, own: str) -> None:
    assert own_names(example, load(small({}))[0]) == own


def test_two_examples_in_one_stay_two(small: Project) -> None:
    street = "title: {zh: 街, en: Street}\nsummary: {zh: 街, en: Street}\n"
    content, _ = load(small({"data/renovations/a.yml": street, "data/renovations/b.yml": street}))
    assert own_names("[renovations/x, renovations/y]", content) == "[renovations/a, renovations/b]"


def test_an_empty_zone_has_the_form_as_it_is(project: Project) -> None:
    content, _ = load(project({"mkdocs.yml": "site_name: 样例\n"}))
    assert own_names("now: alliances/services", content) == "now: alliances/services"


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those of its fields, one below the other."""
    yield model
    for field in model.model_fields.values():
        if inner := model_in(field.annotation):
            yield from models(inner)


MODELS = sorted(
    {found for kind in (*DATA_FOLDERS.values(), Article, PlainPage) for found in models(kind)},
    key=lambda model: model.__name__,
)
FIELDS = [(model, name) for model in MODELS for name in model.model_fields if name != "id"]
BESIDE = {
    **{kind: {"value": "147", "unit": "enterprise"} for kind in (Amount, Figure)},
    EnglishUnit: {"one": "enterprise", "other": "enterprises"},
    PartialDate: {"date": "2021"},
    Retirement: {"now": "alliances/services"},
    Sum: {"parts": "[indicators/instructors-office]"},
}
"""What a value that is otherwise right may have beside a field, where one of several is needed."""
CHOSEN = ("before", "records_of")
"""The fields that stand in the place of those."""


@pytest.mark.parametrize(("model", "name"), FIELDS, ids=[f"{kind.__name__}.{name}" for kind, name in FIELDS])
def test_the_right_form_of_every_field_passes_when_it_is_pasted(model: type[BaseModel], name: str) -> None:
    forms = {key: right_form(field.annotation, field) for key, field in model.model_fields.items()}
    assert forms[name]
    needed = {key: forms[key] for key, field in model.model_fields.items() if field.is_required()}
    others = {} if name in CHOSEN else BESIDE.get(model, {})
    lines = {**needed, **others, name: forms[name]}
    text = "".join(f"{key}: {form}\n" for key, form in lines.items() if key != "id")
    document, problems = parse(text, "data/x.yml")
    assert not problems, (text, problems[0].en)
    for question in [document.data] if model is Question else document.data.get("questions", []):
        question["ask"] = {"zh": question["ask"], "en": "How long?"}  # As a pair of files has it.
    _, problems = validate(model, document.data, "x", document.position)
    assert not problems, (text, problems[0].en)
