"""What the documents say is what the code does, and what the code offers they name."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path

import pytest
from bench import results
from markdown.extensions.toc import slugify_unicode

from gazette import cli
from gazette.base import strict_yaml
from gazette.base.diagnostics import Position
from gazette.content.calls import PAGE_CALLS
from gazette.content.loader import load
from gazette.outputs import data_guide
from gazette.records import DATA_FOLDERS, StartupRecord
from gazette.records.model_fields import model_in
from gazette.records.validation import validate
from gazette.site.palette import Palette, Scheme
from gazette.templates.charts import CHARTS
from tests.conftest import Project
from tests.expectations import ROOT

READMES = ("README.md", "README.zh.md")
PAIRS = (READMES, ("handbook/editing.md", "handbook/editing.zh.md"), ("handbook/adopting.md", "handbook/adopting.zh.md"), ("handbook/guide.md", "handbook/guide.zh.md"))  # fmt: skip
EDITING, ADOPTING, GUIDE = PAIRS[1:]
CONTRIBUTING = ".github/CONTRIBUTING.md"
DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("*.md", "handbook/*.md", ".github/*.md")
    for path in ROOT.glob(pattern)
)
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands(capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The subcommands that `gazette --help` lists."""
    with suppress(SystemExit):
        cli.main(["--help"])
    return set(re.findall(r"^ {2,4}([a-z]+) {2,}\S", capsys.readouterr().out, re.MULTILINE))


def targets() -> set[str]:
    """The targets that `make help` lists."""
    return set(re.findall(r'@echo "make ([\w-]+)', read("Makefile")))


def named(pattern: str, documents: Iterable[str]) -> set[str]:
    """What a call such as `make (…)` names, in code only: prose may make what it likes."""
    code = [part for name in documents for part in re.findall(r"```.*?```|`[^`\n]+`", read(name), re.DOTALL)]
    return {found for part in code for found in re.findall(pattern, part)}


def test_the_readme_is_short() -> None:
    assert len(read("README.md").split()) <= 700


@pytest.mark.parametrize("names", PAIRS, ids=lambda names: names[0])
def test_a_document_in_both_languages_has_the_same_parts_in_each(names: tuple[str, str]) -> None:
    form = re.compile(r"^(#+ |!\[|```|\| |\d\. |- )", re.MULTILINE)
    if names == READMES:  # Chinese readers are told of the data here, all others in the handbook.
        form = re.compile(r"^(#+ |!\[|```)", re.MULTILINE)
    one, other = (form.findall(read(name)) for name in names)
    assert one == other


@pytest.mark.parametrize("names", [*zip(EDITING, ADOPTING, GUIDE, strict=True)], ids=lambda names: names[0])
def test_the_handbook_names_every_command(names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands(capsys) - named(r"\bgazette ([a-z]+)", names) == set()


def test_documents_name_no_command_that_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    listed = commands(capsys)
    assert {"check", "build"} <= listed
    assert named(r"\bgazette ([a-z]+)\b(?!:)", DOCUMENTS) <= listed


def test_contributing_names_every_make_target_and_no_document_another() -> None:
    assert targets() - named(r"^`make ([\w-]+)", [CONTRIBUTING]) == set()
    assert named(r"\bmake ([a-z][\w-]*)", DOCUMENTS) <= targets() | {"help"}


@pytest.mark.parametrize("name", READMES)
def test_the_house_has_every_folder_and_every_room(name: str) -> None:
    (house,) = re.findall(r"```\n(mkdocs\.yml.*?)```", read(name), re.DOTALL)
    package = ROOT / "hooks/gazette"
    rooms = {path.parent.name for path in package.glob("*/__init__.py")} | {
        path.stem for path in package.glob("*.py")
    }
    assert set(re.findall(r"^  (\w+) ", house, re.MULTILINE)) == rooms - {"__init__"}
    for folder in ("data", "docs", "overrides", "hooks/gazette", "tests", "bench", "handbook"):
        assert f"{folder}/" in house


@pytest.mark.parametrize("name", EDITING)
def test_editing_shows_every_kind_of_chart(name: str) -> None:
    assert set(re.findall(r'^\| `\{\{ chart\("(\w+)"', read(name), re.MULTILINE)) == set(CHARTS)


@pytest.mark.parametrize("name", EDITING)
def test_editing_names_every_call_that_a_page_may_hold(name: str) -> None:
    assert set(PAGE_CALLS) - named(r"\{\{ (\w+)\(", [name]) == set()


@pytest.mark.parametrize("name", ADOPTING)
def test_adopting_names_every_colour_that_a_zone_may_choose(name: str) -> None:
    keys = {field.name for kind in (Palette, Scheme) for field in fields(kind)}
    assert keys - named(r"^`(\w+)(?:`|:)", [name]) == set()


@pytest.mark.parametrize("name", READMES)
def test_the_example_record_is_valid(name: str) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", read(name), re.DOTALL)
    document, problems = strict_yaml.parse(example, name)
    record, refused = validate(StartupRecord, document.data, "example", lambda *_: Position(name))
    assert not problems
    assert not refused
    assert record is not None


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_to_files_and_places_that_are_there(name: str) -> None:
    """Those into a zone's own content are for the tests of that content."""
    folder = Path(name).parent
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", FENCE.sub("", read(name))):
        path, _, place = target.partition("#")
        file = (ROOT / folder / path).resolve() if path else ROOT / name
        if file.is_relative_to(ROOT / "data") or file.is_relative_to(ROOT / "docs"):
            continue
        assert file.is_file(), target
        assert not place or place in places(file), target


def places(file: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = FENCE.sub("", file.read_text(encoding="utf-8"))
    return {slugify_unicode(heading, "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


def test_architecture_names_modules_that_are_there() -> None:
    """Written `room/module`."""
    rooms = {path.parent.name for path in (ROOT / "hooks/gazette").glob("*/__init__.py")}
    written = re.findall(
        r"`(\w+)/([\w/]+)(?:\.py|\.yml)?`", read("handbook/architecture.md") + read(CONTRIBUTING)
    )
    modules = {f"{room}/{module}" for room, module in written if room in rooms}
    assert len(modules) > 5
    for module in modules:
        path = ROOT / "hooks/gazette" / module
        assert path.is_dir() or [*path.parent.glob(f"{path.name}.*")], module


def test_benchmarks_are_those_that_were_measured() -> None:
    tables = results.documented(json.loads(read("bench/results/latest.json"))["rows"])
    assert len(tables) > 1
    for table in tables:
        assert table in read("handbook/benchmarks.md")


@pytest.mark.parametrize("name", [*READMES, "handbook/benchmarks.md"])
def test_the_cost_of_one_edit_is_said_as_it_was_measured(name: str) -> None:
    kept = json.loads(read("bench/results/latest.json"))["rows"]
    edits = {row["records"]: row["wall_s"] for row in kept if row["builder"] == "gazette" and row["scenario"] == "one-edit"}  # fmt: skip
    text = " ".join(read(name).split())
    assert len(edits) > 1
    assert re.search(r"\D+".join(re.escape(f"{edits[records]:.1f}") for records in sorted(edits)), text)


def test_the_data_guide_describes_every_folder_and_all_that_a_field_may_hold(small: Project) -> None:
    content, _ = load(small({}))
    guide = data_guide.render(content)
    folders = re.findall(r"^### `(\w+)` · ", guide, re.MULTILINE)
    assert folders == [*DATA_FOLDERS]
    values = (field for model in DATA_FOLDERS.values() for field in model.model_fields.values())
    held = {value.__name__ for field in values if (value := model_in(field.annotation))}
    assert {"Localised", "Amount"} <= held <= {*re.findall(r"^### (\w+)$", guide, re.MULTILINE)}
    assert {name.lower() for name in held} <= {*re.findall(r"\]\(#(\w+)\)", guide)}
