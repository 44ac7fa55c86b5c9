"""Each command asks of a project what it needs: no page where it prints none, sound content where it writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette import cli
from tests.conftest import Project

BROKEN_TEMPLATE = {"overrides/records/single.md": "{% blok facts %}\n"}
WRONG_ID = {
    "data/services/second-line.yml": "title: {zh: 二线, en: Second Line}\nsummary: {zh: 二线。, en: The second.}\n"
    "related: [services/nowhere]\n"
}
SAME_ADDRESS = {
    f"docs/{locale}/services/music-line.md": f"---\ntitle: {title}\nsummary: {title}\n---\n\n{title}\n"
    for locale, title in (("zh", "专线"), ("en", "Line"))
}
NO_YAML = {"data/services/second-line.yml": "title: {zh: 二线\n"}
COMMANDS = {
    "status": ("status",),
    "translated": ("translated", "--all"),
    "lock": ("lock",),
    "fields": ("fields",),
    "inspect": ("inspect", "--today", "2021-06-16"),
}


def files(root: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_prints_no_page_minds_no_template(
    small: Project, capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    root = small(BROKEN_TEMPLATE)
    assert cli.main(["--root", str(root), *command]) == 0
    assert capsys.readouterr().err == ""
    assert cli.main(["--root", str(root), "check"]) == 1
    assert "overrides/records/single.md:1:1: [template-error]" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["status", "fields"])
def test_a_command_that_only_reads_records_answers_though_they_disagree(
    small: Project, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert cli.main(["--root", str(small(WRONG_ID)), *COMMANDS[name]]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "mistake", "said"),
    [
        ("lock", WRONG_ID, "data/services/second-line.yml:3:11: [dangling-id]"),
        ("lock", SAME_ADDRESS, "data/services/music-line.yml:1:1: [same-address]"),
        ("lock", NO_YAML, "data/services/second-line.yml:1:15: [brackets]"),
        ("translated", WRONG_ID, "data/services/second-line.yml:3:11: [dangling-id]"),
        ("translated", NO_YAML, "data/services/second-line.yml:1:15: [brackets]"),
        ("inspect", WRONG_ID, "data/services/second-line.yml:3:11: [dangling-id]"),
        ("status", NO_YAML, "data/services/second-line.yml:1:15: [brackets]"),
        ("fields", NO_YAML, "data/services/second-line.yml:1:15: [brackets]"),
    ],
)
def test_a_command_refuses_what_makes_its_answer_wrong_and_writes_nothing(
    small: Project, capsys: pytest.CaptureFixture[str], name: str, mistake: dict[str, str], said: str
) -> None:
    root = small(mistake)
    before = files(root)
    assert cli.main(["--root", str(root), *COMMANDS[name]]) == 1
    assert said in capsys.readouterr().err
    assert files(root) == before


def test_settings_that_are_no_yaml_are_told_at_their_line(
    small: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small({"mkdocs.yml": "site_name: 样例\nextra: {locales: {\nnav: []\n"})
    assert cli.main(["--root", str(root), "check"]) == 1
    assert "mkdocs.yml:2:19: [brackets]" in capsys.readouterr().err
