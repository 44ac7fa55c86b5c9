"""The links of a built site: none is dead below a sub-path, and what an editor plants is found."""

from __future__ import annotations

import pytest

from gazette import cli
from gazette.outputs.link_check import follow
from tests.zones import Zone

ADDRESS = "https://record.example/zone/"


@pytest.mark.parametrize("address", [ADDRESS, "https://record.example/", ""])
def test_a_built_site_has_no_dead_link_wherever_it_is_served(zone: Zone, address: str) -> None:
    assert zone.build(SITE_URL=address).status == 0
    links = follow(zone.root / "site", address)
    assert [str(message) for message in links.dead] == []
    assert links.count > 500
    assert not [url for url in links.external if url.startswith("https://record.example")]


def test_a_site_served_elsewhere_than_it_was_built_for_is_dead(zone: Zone) -> None:
    """404.html names the site's folder."""
    zone.build(SITE_URL=ADDRESS)
    dead = follow(zone.root / "site", "https://record.example/other/").dead
    assert "/zone/" in {message.en.removeprefix("The site has no ").split(". ")[0] for message in dead}


def test_the_address_is_that_of_the_project(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    zone.build(SITE_URL=ADDRESS)
    monkeypatch.setenv("SITE_URL", ADDRESS)
    assert cli.main(["--root", str(zone.root), "links"]) == 0
    assert "No dead link" in capsys.readouterr().out
    monkeypatch.setenv("SITE_URL", "https://record.example/other/")
    assert cli.main(["--root", str(zone.root), "links"]) == 1


def test_the_address_is_what_mkdocs_takes_from_the_environment(
    zone: Zone, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    zone.edit("mkdocs.yml", 'site_url: !ENV [SITE_URL, ""]', "site_url: !ENV SITE_URL")
    monkeypatch.setenv("SITE_URL", ADDRESS)
    assert zone.build().status == 0
    assert cli.main(["--root", str(zone.root), "links"]) == 0, capsys.readouterr().err
    monkeypatch.setenv("SITE_URL", "https://record.example/other/")
    assert cli.main(["--root", str(zone.root), "links"]) == 1


def test_settings_that_mkdocs_refuses_are_a_sentence(zone: Zone, capsys: pytest.CaptureFixture[str]) -> None:
    zone.write("site/index.html", "<p>")
    zone.edit("mkdocs.yml", "nav:\n", "nav: [\n")
    for command in ("links", "inspect"):
        assert cli.main(["--root", str(zone.root), command]) == 1
        said = capsys.readouterr().err
        assert "mkdocs.yml:" in said
        assert "Traceback" not in said


PLANTED = {
    "a page": ('<a href="../alliances/tee/">茶</a>', "/alliances/tea/"),
    "an anchor": ('<a href="../alliances/tea/#contents">茶</a>', "`#contents`"),
    "an anchor in Chinese": ('<a href="#%E6%96%B9%E6%B3%95%E8%AE%BA">茶</a>', "#方法"),
    "a picture": ('<img src="../assets/images/seel.svg" alt="">', "assets/images/seal.svg"),
}


@pytest.mark.parametrize(("html", "said"), PLANTED.values(), ids=PLANTED)
def test_what_markdown_cannot_see_is_refused_at_its_line(zone: Zone, html: str, said: str) -> None:
    for locale in ("zh", "en"):
        file = zone.root / f"docs/{locale}/method.md"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{html}\n", encoding="utf-8", newline="\n")
    build = zone.build()
    assert build.status == 1
    lines = file.read_text(encoding="utf-8").split("\n")
    assert f"docs/en/method.md:{lines.index(html) + 1}:" in build.said
    assert said in build.said
