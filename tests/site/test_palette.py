"""A zone's accent, named once in mkdocs.yml, is that of its style sheet, its share images, its redirects and its PDF."""

from __future__ import annotations

import re

import pytest
from PIL import Image, ImageColor

from gazette import cli
from gazette.build.settings import load_settings, read_settings
from gazette.outputs import digest
from gazette.site import palette
from gazette.templates.renderer import render_site
from tests.site.conftest import Zone

BLUE = "#1a4f9c"
RETIRED = "was: alliances/coffee\nnow: alliances/tea\ndate: {date: 2026-01-02, basis: stated}\n"


def test_the_accent_is_everywhere_that_of_mkdocs_yml(zone: Zone) -> None:
    zone.edit("mkdocs.yml", "extra:\n", f'extra:\n  palette:\n    light: {{accent: "{BLUE}"}}\n')
    zone.write("data/retired/alliances-coffee.yml", RETIRED)
    done = zone.build(SITE_URL="https://record.example/")
    assert done.status == 0, done.said
    styles = (zone.root / "site/assets/stylesheets/record.css").read_text(encoding="utf-8")
    assert f"--record-accent: {BLUE};" in styles
    assert f"--accent: {BLUE};" in zone.page("alliances/coffee")
    for picture in (zone.root / "site/assets/share").glob("*.png"):
        assert Image.open(picture).convert("RGB").getpixel((5, 5)) == ImageColor.getrgb(BLUE)
    text = (zone.root / "mkdocs.yml").read_text(encoding="utf-8")
    settings, _ = read_settings(load_settings(zone.root))
    printed = digest.html(render_site(zone.root), settings.identities, "", {}, palette.read(text)[0])
    assert f"--accent: {BLUE};" in printed
    cinnabar = palette.DEFAULT.light.accent
    assert not [
        page for page in (styles, zone.page(""), zone.page("alliances/coffee"), printed) if cinnabar in page
    ]


def test_a_site_whose_text_cannot_be_read_is_not_built(
    zone: Zone, capsys: pytest.CaptureFixture[str]
) -> None:
    zone.edit("mkdocs.yml", "extra:\n", 'extra:\n  palette:\n    dark: {accent: "#502020"}\n')
    done = zone.build()
    assert done.status == 1
    assert "[contrast]" in done.said
    assert not (zone.root / "site").exists()
    assert cli.main(["--root", str(zone.root), "check"]) == 1
    said = re.findall(r"mkdocs\.yml:\d+:\d+", capsys.readouterr().err)
    assert said == re.findall(r"mkdocs\.yml:\d+:\d+", done.said)
