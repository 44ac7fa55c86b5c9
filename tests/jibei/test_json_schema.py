"""The schemas of data/ refuse nothing that the models accept; what only the models refuse is a list that is kept."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from gazette.base.diagnostics import Position
from gazette.base.strict_yaml import Plain, parse
from gazette.content.loader import load
from gazette.outputs import json_schema
from gazette.records import DATA_FOLDERS
from gazette.records.validation import validate
from tests.expectations import ROOT, TESTS, cases

ONLY_THE_MODELS = TESTS / "cases/schema/only-the-models.txt"


@cache
def schemas() -> Mapping[str, Any]:
    return {name: json.loads(text) for name, text in json_schema.files(load(ROOT)[0]).items()}


@cache
def validator(collection: str) -> Draft7Validator:
    return Draft7Validator(schemas()[f"{json_schema.FOLDER}/{collection}.json"])


class _Core(yaml.SafeLoader):
    """Reads YAML as editors with a schema do: by version 1.2, where `no`, `010` and `2021-06-01` are no booleans, octals, dates."""


_Core.yaml_implicit_resolvers = {}
for tag, form, first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{form})$"), [*first, ""])
_Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value))


def verdicts(collection: str, text: str) -> tuple[set[str], set[str]]:
    """Why a file's model refuses it, by code; and what its schema says."""
    document, faults = parse(text, "a.yml")
    if faults or document.node is None:
        return {"not-yaml"}, {"not-yaml"}
    _, problems = validate(DATA_FOLDERS[collection], document.data, "a", lambda *_: Position("a.yml"))
    said = {error.message for error in validator(collection).iter_errors(yaml.load(text, Loader=_Core))}
    return {problem.code for problem in problems}, said


def samples() -> Iterator[tuple[str, str]]:
    """Every record there is, and every record of the cases with a mistake or without, each with its collection."""
    for path in sorted((ROOT / "data").glob("*/*.yml")):
        if path.parent.name in DATA_FOLDERS:
            yield path.parent.name, path.read_text(encoding="utf-8")
    for case in cases("records"):
        yield case.name.partition("--")[0], case.text


VALUES: tuple[Any, ...] = (
    "", "~", "字", "true", "no", "3", "-3", "1e5", "010", "2021", "2021-06-01", "2021-Q3", "29m06s", "29:06", "1544万",
    "15,440,000", "08:00", "enterprise", "alliances/services", "indicators/alliances.figure", "stated", "exact", "0123456789ab",
    "https://example.org/a", "a.jpg", {}, [], ["字"], {"zh": "字", "en": "a"}, {"date": "2021", "basis": "stated"},
)  # fmt: skip


def changed(data: dict[str, Plain], choose: random.Random) -> dict[str, Plain]:
    """A record with one to three of its values or keys replaced, removed or added at random."""
    data = deepcopy(data)
    for _ in range(choose.randint(1, 3)):
        places: list[tuple[Any, Any]] = [(data, key) for key in data]
        for holder, key in places:
            inner = holder[key]
            keys = inner if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
            places += [(inner, each) for each in keys]
        holder, key = choose.choice(places)
        if choose.random() < 0.2 and isinstance(holder, dict):
            del holder[key]
        elif choose.random() < 0.1 and isinstance(holder, dict):
            holder[choose.choice(("note", "unit", "early", "url", "order", "id"))] = choose.choice(VALUES)
        else:
            holder[key] = choose.choice(VALUES)
    return data


def written(data: Mapping[str, Plain]) -> str:
    """A record as YAML, its scalars unquoted where that is the same to a reader of text."""

    class Unquoted(yaml.SafeDumper):
        pass

    def scalar(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
        plain = re.fullmatch(r"[\w./:-]*\w", text) or not text
        return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=None if plain else '"')

    Unquoted.add_representer(str, scalar)
    Unquoted.yaml_implicit_resolvers = {}
    return yaml.dump(data, Dumper=Unquoted, allow_unicode=True, sort_keys=False, width=10**6)


def test_a_schema_accepts_what_its_model_accepts_and_what_only_the_model_refuses_is_listed() -> None:
    listed = set(ONLY_THE_MODELS.read_text(encoding="utf-8").split())
    choose, shown = random.Random(20261130), set[str]()
    tried = refused = 0
    for collection, text in samples():
        data = parse(text, "a.yml")[0].data
        for one in (text, *(written(changed(data, choose)) for _ in range(6 if data else 0))):
            codes, said = verdicts(collection, one)
            assert codes or not said, f"{collection}\n{one}\n{said}"
            tried, refused = tried + 1, refused + bool(codes)
            if codes and not said:
                assert codes <= listed, f"{collection}\n{one}"
                shown |= codes if one is text else set()
    assert tried > 900
    assert refused > 300
    assert shown == listed


@pytest.mark.parametrize("collection", DATA_FOLDERS)
def test_a_schema_says_in_both_languages_what_each_field_is(collection: str) -> None:
    schema = schemas()[f"{json_schema.FOLDER}/{collection}.json"]
    Draft7Validator.check_schema(schema)
    models = [one for one in schema["definitions"].values() if "properties" in one]
    for model in (schema, *models):
        for name, field in {"": model, **model["properties"]}.items():
            chinese, _, english = field["description"].partition("\n")
            assert re.search("[\u4e00-\u9fff]", chinese), name
            assert re.search("[a-z]", english), name


def test_ids_are_offered_where_a_record_is_named() -> None:
    indicators = schemas()[f"{json_schema.FOLDER}/indicators.json"]["definitions"]
    figure = indicators["Figure"]["properties"]
    for field, collection, id_ in (
        ("source", "sources", "qlwb-dual-pairing"),
        ("unit", "units", "enterprise"),
    ):
        assert f"#/definitions/{collection}" in str(figure[field])
        assert id_ in indicators[collection]["enum"]
    related = schemas()[f"{json_schema.FOLDER}/honours.json"]
    assert "#/definitions/records" in str(related["properties"]["related"])
    assert "alliances/services" in related["definitions"]["records"]["enum"]


def test_the_schemas_that_are_kept_are_those_of_the_models() -> None:
    """But for the ids, so that a new record needs no command: one that is not offered is accepted all the same."""
    for path, schema in schemas().items():
        kept = json.loads((ROOT / path).read_text(encoding="utf-8"))
        for one in (kept, schema):
            one["definitions"] = {
                name: part for name, part in one["definitions"].items() if "enum" not in part
            }
        assert kept == schema, f"{path}: run `gazette fields`"


def test_the_settings_say_which_schema_is_of_which_folder() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert settings["yaml.schemas"] == {
        f"{json_schema.FOLDER}/{name}.json": f"data/{name}/*.yml" for name in DATA_FOLDERS
    }
