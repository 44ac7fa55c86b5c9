"""A site's colours come from one palette, and none that text cannot be read in is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from gazette import cli
from gazette.site import palette
from gazette.site.palette import contrast, nearest
from tests.conftest import Project
from tests.expectations import ROOT, assert_in_both_languages

FORM = "site_name: 样例\nextra:\n  palette:\n    {scheme}: {{{key}: {value}}}\n"
BAD = [
    ("light", "accent", "#e08070"),
    ("light", "muted", "#999999"),
    ("light", "deep", "#e08070"),
    ("dark", "accent", "#a4231c"),
    ("dark", "ink", "#555555"),
    ("care", "hover", "#ff8888"),
    ("care_dark", "accent", "#6d0905"),
]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#000000", 21),
        ("#a4231c", "#a4231c", 1),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


def test_the_nearest_shade_is_the_colour_itself_where_it_passes_else_the_closest_that_does() -> None:
    assert nearest("#a4231c", ["#fbfaf6"]) == "#a4231c"
    assert nearest("#777777", ["#ffffff"]) == "#767676"
    assert nearest("#808080", ["#000000", "#ffffff"]) == "#767676"
    assert nearest("#777777", ["#777777", "#000000", "#ffffff"]) is None


@pytest.mark.parametrize(("scheme", "key", "value"), BAD)
def test_text_that_cannot_be_read_is_refused_with_its_place_and_a_shade_that_passes(
    scheme: str, key: str, value: str
) -> None:
    _, (problem,) = palette.read(FORM.format(scheme=scheme, key=key, value=f'"{value}"'))
    assert problem.code == "contrast"
    assert str(problem.at) == f"mkdocs.yml:4:{len(scheme) + 8}"
    assert_in_both_languages(problem)
    mended = FORM.format(scheme=scheme, key=key, value=yaml.safe_load(problem.example)[key].join('""'))
    assert palette.read(mended)[1] == []


def test_a_background_is_refused_where_the_text_on_it_is_not_the_sites_own() -> None:
    _, (problem,) = palette.read(FORM.format(scheme="light", key="paper", value='"#b0a090"'))
    assert str(problem.at) == "mkdocs.yml:4:13"
    mended = FORM.format(scheme="light", key="paper", value=problem.example.removeprefix("paper: "))
    assert palette.read(mended)[1] == []


@pytest.mark.parametrize("value", ["red", "'#a42'", "'#a4231g'", "a4231c", "[1]"])
def test_what_is_no_colour_is_refused_with_a_right_example(value: str) -> None:
    _, (problem,) = palette.read(FORM.format(scheme="dark", key="accent", value=value))
    assert str(problem.at) == "mkdocs.yml:4:20"
    assert '"#a4231c"' in problem.example
    assert_in_both_languages(problem)


@pytest.mark.parametrize(("text", "meant"), [("light: {acent: '#a4231c'}", "accent"), ("drak: {}", "dark")])
def test_a_misspelt_key_is_not_passed_over(text: str, meant: str) -> None:
    _, (problem,) = palette.read(f"extra:\n  palette:\n    {text}\n")
    assert f"`{meant}`" in problem.en


def test_one_accent_is_enough() -> None:
    found, problems = palette.read(FORM.format(scheme="light", key="accent", value='"#1A4F9C"'))
    assert problems == []
    assert found.light.accent == found.light.fill == found.light.deep == "#1a4f9c"
    for scheme in (found.dark, found.care, found.care_dark):
        assert re.fullmatch("#[0-9a-f]{6}", scheme.accent)
        assert contrast(scheme.accent, scheme.paper) >= 4.5
        assert contrast(scheme.deep, "#ffffff") >= 4.5
    assert found.light.paper == palette.DEFAULT.light.paper


def test_the_palette_of_this_site_is_legible() -> None:
    assert palette.read((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))[1] == []


def test_check_refuses_it(small: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = small(
        {"mkdocs.yml": FORM.format(scheme="care", key="accent", value='"#ff8888"') + "theme: material\n"}
    )
    assert cli.main(["--root", str(root), "check"]) == 1
    assert "mkdocs.yml:4:12" in capsys.readouterr().err


def files() -> list[Path]:
    shown = [*(ROOT / "overrides").rglob("*"), *(ROOT / "hooks" / "gazette" / "outputs").rglob("*.py")]
    # Print is black on white; the PDF's palette is the site's.
    return [file for file in shown if file.is_file() and file.name != "print.css"]


def test_no_colour_of_a_site_is_typed_in_a_style_sheet_a_template_or_a_picture() -> None:
    """But black, white and the amber of a draft, which are no zone's."""
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}(?=[;\s\"',)])")
    typed = {
        (file.name, found)
        for file in files()
        for found in colour.findall(file.read_text(encoding="utf-8"))
        if found.lower() not in ("#fff", "#000")
    }
    assert typed == {("record.css", "#8a5a00")}
