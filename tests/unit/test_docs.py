"""What the documents say is what the code does."""

from __future__ import annotations

import re

import pytest

from gazette import cli
from gazette.base import strict_yaml
from gazette.base.diagnostics import Position
from gazette.records import StartupRecord
from gazette.records.validation import validate
from tests.expectations import ROOT

READMES = ("README.md", "README.zh.md")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_every_make_target_that_help_lists(name: str) -> None:
    targets = set(re.findall(r'@echo "make (\w+)', read("Makefile")))
    named = set(re.findall(r"make ([a-z]+)", read(name)))
    assert {"site", "test", "serve", "check", "help", "lock"} <= named <= targets | {"help"}


@pytest.mark.parametrize("name", READMES)
def test_the_example_record_is_valid(name: str) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", read(name), re.DOTALL)
    document, problems = strict_yaml.parse(example, name)
    record, refused = validate(StartupRecord, document.data, "example", lambda *_: Position(name))
    assert not problems
    assert not refused
    assert record is not None


def test_the_two_readmes_have_the_same_shape() -> None:
    shapes = [re.findall(r"^(#+|!\[|```|\| `|\*\*\d|- )", read(name), re.MULTILINE) for name in READMES]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", READMES)
def test_the_map_names_every_module(name: str) -> None:
    (house,) = re.findall(r"```\n(mkdocs\.yml.*?)```", read(name), re.DOTALL)
    package = ROOT / "hooks/gazette"
    modules = {path.stem for path in package.glob("*.py")} | {
        path.parent.name for path in package.glob("*/__init__.py")
    }
    for module in modules - {"__init__"}:
        assert re.search(rf"^  {module}\b", house, re.MULTILINE), module


@pytest.mark.parametrize("name", READMES)
def test_the_files_that_the_readme_links_to_are_there(name: str) -> None:
    targets = re.findall(r"\]\((?!http)([^)\s]+)\)", read(name))
    assert targets
    engine = [target for target in targets if not target.startswith(("data/", "docs/"))]
    assert not [target for target in engine if not (ROOT / target).is_file()]


@pytest.mark.parametrize("name", READMES)
def test_the_readme_names_the_commands_of_a_sign_off_and_none_that_is_not(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--help"]) == 0
    listed = re.findall(r"^  (\w+)  ", capsys.readouterr().out, re.MULTILINE)
    named = set(re.findall(r"`gazette ([a-z]+)", read(name)))
    assert {"translated", "status", "lock"} <= named <= set(listed)
