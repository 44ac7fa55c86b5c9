"""The digest: one PDF of the whole zone in both languages, the same every time, or the old one and a clear message."""

from __future__ import annotations

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml.html import document_fromstring
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from gazette import cli
from gazette.build.settings import load_settings, read_settings
from gazette.language import wording
from gazette.outputs import digest, fonts
from gazette.records import PAGED
from gazette.records.values import LOCALES
from gazette.site.identity import Identity
from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from gazette.templates.view import View, view_of
from tests.zones import Zone, adopt

pytestmark = pytest.mark.browser

RADICALS = str.maketrans(
    "⼾⺠⻅⻆⻉⻋⻓⻔⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻩⻬⻮⻰⻳", "户民见角贝车长门韦页风飞食马骨鬼鱼鸟黄齐齿龙龟"
)
"""Some fonts draw a radical and a character with one glyph, and pypdf reads the radical; a PDF viewer does not."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    return adopt(tmp_path_factory.mktemp("digest") / "zone")


@pytest.fixture(scope="module")
def printed(small: Zone) -> bytes:
    """The zone's digest as the command writes it."""
    assert cli.main(["--root", str(small.root), "digest"]) == 0
    return (small.root / "digest.pdf").read_bytes()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Zone:
    """The zone with a page of every kind."""
    return adopt(tmp_path_factory.mktemp("digest") / "full", "full")


@pytest.fixture(scope="module")
def full_said(full: Zone) -> str:
    """All that is printed in its digest."""
    site_model, identities = made_of(full.root)
    return words(digest.pdf(site_model, identities, ""))


def squeezed(text: str) -> str:
    """Words without the spaces and line breaks that setting them adds."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(RADICALS)))


def words(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


def made_of(root: Path) -> tuple[SiteModel, Mapping[str, Identity]]:
    found, problems = read_settings(load_settings(root))
    assert not problems
    return render_site(root), found.identities


def promised(site_model: SiteModel) -> Iterator[str]:
    """What a digest must say: every title, summary, figure and open question, in both languages."""
    for locale in LOCALES:
        view: View = view_of(site_model, site_model.pages[f"{locale}/index.md"])
        for record in site_model.content.records.values():
            yield record.title.to(locale)
            yield record.summary.to(locale)
            yield from (open_question.to(locale) for open_question in record.not_stated)
        for figure in site_model.content.values.values():
            yield view.text(figure)
            yield figure.at


def test_it_says_everything_in_both_languages(small: Zone, printed: bytes) -> None:
    said = words(printed)
    site_model, identities = made_of(small.root)
    for phrase in promised(site_model):
        assert squeezed(phrase) in said, phrase
    for locale in LOCALES:
        for phrase in (identities[locale].site_name, identities[locale].tagline, identities[locale].notice):
            assert squeezed(phrase) in said
    for unknown in ("内容截至", "Content as of"):
        assert squeezed(unknown) not in said
    assert "Notyetfinished" not in said
    assert said.index("样例纪事") < said.index("TheSampleRecord")


def test_it_is_a_tagged_document_with_numbered_pages(printed: bytes) -> None:
    reader = PdfReader(io.BytesIO(printed))
    assert 4 <= len(reader.pages) <= 12
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    for number, page in enumerate(reader.pages[1:], 2):
        assert re.search(rf"(^|\D){number}(\D|$)", page.extract_text())


LONG = {
    "zh": "结对、走访与指导的样例名称，第{}个，写得很长很长，在书签里也一字不多、一字不少，排版时分成两行",
    "en": "Sample name {} of pairing, visits and guidance, so long that it is set in two lines, whose bookmark has every space",
}


def test_each_heading_has_one_bookmark_in_its_own_words_at_its_place(tmp_path: Path) -> None:
    long = adopt(tmp_path / "zone")
    for number in range(20):
        titles = {locale: words.format(number) for locale, words in LONG.items()}
        long.write(
            f"data/glossary/long-{number}.yml",
            f"title: {{zh: “{titles['zh']}”, en: '\"{titles['en']}\"'}}\nsummary: {{zh: 样例。, en: A sample.}}\n"
            "kind: publication\nenglish: working\nevidence: [{source: gazette, at: 样例日报}]\n",
        )
    site_model, identities = made_of(long.root)
    reader = PdfReader(io.BytesIO(digest.pdf(site_model, identities, "")))
    found = list(bookmarks(reader, reader.outline))
    assert [(depth, title) for depth, title, _ in found] == list(expected_bookmarks(site_model, identities))
    for _, title, page in found:
        assert squeezed(title) in squeezed(reader.pages[page].extract_text()), title


def bookmarks(reader: PdfReader, outline: list[Any], depth: int = 1) -> Iterator[tuple[int, str, int | None]]:
    """The depth, title and page of each bookmark in turn."""
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(reader, entry, depth + 1)
        else:
            yield depth, entry.title, reader.get_destination_page_number(entry)


def expected_bookmarks(
    site_model: SiteModel, identities: Mapping[str, Identity]
) -> Iterator[tuple[int, str]]:
    """The cover and the contents in both languages; then a part in each, its sections and their records."""
    yield from ((1, identities[locale].site_name) for locale in LOCALES)
    yield from ((2, wording.label("digest_contents", locale)) for locale in LOCALES)
    for locale in LOCALES:
        view = view_of(site_model, site_model.pages[f"{locale}/index.md"])
        yield 1, identities[locale].site_name
        yield 2, wording.label("digest_figures", locale)
        for collection in sorted(PAGED, key=lambda name: name == "sources"):
            records = site_model.content.collection(collection)
            if records:
                yield 2, wording.label(collection, locale)
            yield from ((3, record.title.to(locale)) for record in view.records(collection))


def test_the_contents_name_the_page_of_each_section(printed: bytes) -> None:
    reader = PdfReader(io.BytesIO(printed))
    contents = squeezed(reader.pages[1].extract_text())
    for title in ("党建联盟", "Alliances", "Sources", "动态"):
        (number,) = re.findall(rf"{title}(\d)", contents)
        assert title in squeezed(reader.pages[int(number) - 1].extract_text())


def test_its_fonts_are_in_it(printed: bytes) -> None:
    found = []
    for page in PdfReader(io.BytesIO(printed)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = font.get_object()
            assert isinstance(font, DictionaryObject)
            found.append(font)
            if font["/Subtype"] != "/Type3":  # Whose glyphs are drawings in the file.
                descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
                assert {"/FontFile2", "/FontFile3"} & set(descriptor)
    assert any("<8054>" in font["/ToUnicode"].get_data().decode("latin-1") for font in found)  # 联


def test_it_leads_to_no_file_of_the_machine(printed: bytes) -> None:
    assert b"file://" not in printed
    assert str(Path.home()).encode() not in printed


def test_two_runs_give_the_same_bytes(small: Zone, printed: bytes, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere.pdf"
    assert cli.main(["--root", str(small.root), "digest", "--output", str(other)]) == 0
    assert other.read_bytes() == printed
    assert [file.name for file in tmp_path.iterdir()] == ["elsewhere.pdf"]


def test_every_link_in_it_leads_to_a_place_in_it(full: Zone) -> None:
    site_model, identities = made_of(full.root)
    html = digest.html(site_model, identities, "https://record.example/", {})
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    links = re.findall(r'href="(?:#|&#35;)([^"]*)"', html)
    assert len(links) > 50
    assert set(links) <= ids
    assert set(re.findall(r'href="(http[^"]*)"', html)) >= {"https://record.example/"}
    assert "src=" not in html
    assert "url(" not in html


def test_the_whole_of_a_zone_with_every_kind_of_record_is_in_its_digest(full: Zone, full_said: str) -> None:
    site_model, _ = made_of(full.root)
    for phrase in promised(site_model):
        assert squeezed(phrase) in full_said, phrase


OVER_TIME = {
    "zh": "奖补资金 1544万元 截至2031年（推断） 「1544万元」[1] 近1200万元 截至2030年（推断） 「近1200万元」[1] "
    "900万元 截至2029年（推断） 「900万元」[1]",
    "en": "Subsidies paid RMB 15.44 million as of 2031 (inferred) 「1544万元」[1] nearly RMB 12 million as of 2030 "
    "(inferred) 「近1200万元」[1] RMB 9 million as of 2029 (inferred) 「900万元」[1]",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_figure_with_values_over_time_has_all_of_them_the_newest_first_each_with_its_date(
    full_said: str, locale: str
) -> None:
    assert squeezed(OVER_TIME[locale]) in full_said


def test_the_date_that_most_figures_share_is_said_once_above_them(tmp_path: Path) -> None:
    two = adopt(tmp_path / "zone")
    records = two.root / "data/startup_records"
    shutil.copy(records / "kiln.yml", records / "kiln-again.yml")
    part = document_fromstring(digest.html(*made_of(two.root), "", {})).xpath("//article[@lang='zh']")[0]
    (above,) = part.xpath(".//p[@class='as-of']")
    shared = above.text_content().partition("，")[0].strip()
    assert shared.startswith("截至20")
    assert len(part.xpath(".//tbody/tr")) == 2
    assert shared not in part.xpath("string(.//table)")


@pytest.mark.parametrize(
    "said", ["147家 原为 145家 截至2031年6月", "147 firms formerly 145 firms as of June 2031"]
)
def test_a_corrected_figure_says_what_it_was(full_said: str, said: str) -> None:
    assert squeezed(said) in full_said


MISSING = {
    "no pypdf": (digest, "find_spec", lambda _: None, "No pypdf was found"),
    "no Chromium": (shutil, "which", lambda _: None, "install Chromium"),
    "no Chinese font": (fonts, "folders", tuple, "apt install fonts-noto-cjk"),
    "a Chromium that fails": (shutil, "which", lambda _: "false", "did not print the digest"),
}


@pytest.mark.parametrize(("module", "name", "instead", "message"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_named_and_the_old_digest_stays(
    zone: Zone,
    module: object,
    name: str,
    instead: object,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(module, name, instead)
    old = zone.root / "digest.pdf"
    old.write_bytes(b"%PDF the last good one")
    assert cli.main(["--root", str(zone.root), "digest"]) == 1
    said = capsys.readouterr().err
    assert message in said
    assert "没有" in said
    assert old.read_bytes() == b"%PDF the last good one"
    assert not list(zone.root.glob(".digest*"))


def test_the_cover_gives_the_day_of_the_content_and_the_address(
    small: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITE_URL", "https://record.example/zone/")
    address = load_settings(small.root).site_url or ""
    site_model, identities = made_of(small.root)
    assert "https://record.example/zone/" in digest.html(site_model, identities, address, {})
