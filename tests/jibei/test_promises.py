"""The first promise on the published project: no figure, name or translation changes in silence.

The promises that need the newspaper's text are in test_archive.py.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gazette import cli
from gazette.base.diagnostics import Diagnostic
from gazette.checks import check
from gazette.content.loader import load
from gazette.records.values import LOCALES
from gazette.site.model import SiteModel
from gazette.templates.renderer import render_site
from gazette.templates.view import view_of
from tests.expectations import assert_in_both_languages, edit, mistakes, places
from tests.jibei.conftest import copied

COVERED = "data/indicators/enterprises-covered.yml"
CORRECTION = """\
figure: indicators/enterprises-covered
was: {value: 147, unit: enterprise}
now: {value: 148, unit: enterprise}
why:
  zh: 报社更正。
  en: The newspaper corrected it.
date: {date: 2026-11-23, basis: stated}
"""


def found(root: Path) -> list[Diagnostic]:
    content, problems = load(root)
    assert problems == []
    return check(content)


SAID = ("工程已覆盖非公企业147家", "工程已覆盖非公企业148家")
"""What the source prints of it, and what it prints where it was corrected."""


def line_of(root: Path, path: str, text: str) -> int:
    """The line of a file on which a text first stands."""
    before = (root / path).read_text(encoding="utf-8").partition(text)[0]
    return before.count("\n") + 1


def test_the_published_project_has_nothing_to_mend_and_nothing_that_waits(copy: Path) -> None:
    assert found(copy) == []
    assert cli.main(["--root", str(copy), "check", "--final"]) == 0


def test_147_changed_to_148_fails_the_check_and_asks_for_a_correction(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy, COVERED, "value: 147", "value: 148")
    edit(copy, COVERED, *SAID)
    [message] = mistakes(found(copy))
    line = line_of(copy, COVERED, "figure: {")
    assert places([message]) == [f"{COVERED}:{line}:9 [changed-figure]"]
    assert "file a correction" in message.en
    assert "就写一条更正" in message.zh
    assert_in_both_languages(message)
    assert cli.main(["--root", str(copy), "check"]) == 1
    assert f"{COVERED}:{line}:9: [changed-figure]" in capsys.readouterr().err


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> SiteModel:
    """The project in which 147 was corrected to 148."""
    copy = copied(tmp_path_factory.mktemp("corrected"))
    edit(copy, COVERED, "value: 147", "value: 148")
    edit(copy, COVERED, *SAID)
    (copy / "data/corrections").mkdir(exist_ok=True)
    (copy / "data/corrections/enterprises-covered.yml").write_text(CORRECTION, encoding="utf-8", newline="\n")
    assert [message.code for message in found(copy)] == ["unproved-anchor"]
    return render_site(copy)


def without_quotations(text: str) -> str:
    """A page's text without the anchors it quotes and without its history of corrections."""
    quoted = r'<q lang="zh">.*?</q>'
    history = (
        r'<del>.*?</del>|<small class="figures__was">.*?</small>|<tr><th scope="row">corrections/.*?</tr>'
    )
    return re.sub(f"{quoted}|{history}", "", text)


def test_a_correction_makes_every_page_say_148_and_leaves_147_to_the_history(
    site_model: SiteModel, corrected: SiteModel
) -> None:
    before, after = site_model.markdown, corrected.markdown
    says_147 = re.compile(r"(?<!\d)147(?!\d)")
    cited_as_printed = {"zh/sources/qlwb-dual-pairing.md", "en/sources/qlwb-dual-pairing.md"}
    left = {src_uri for src_uri, text in after.items() if says_147.search(without_quotations(text))}
    assert left == cited_as_printed  # The article's own heading.
    for src_uri in before.keys() - cited_as_printed:
        old = len(says_147.findall(without_quotations(before[src_uri])))
        assert len(re.findall(r"(?<!\d)148(?!\d)", after[src_uri])) >= old


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("path", ["index", "model", "alliances/index", "indicators/index", "figures"])
def test_the_pages_that_showed_147_show_148(corrected: SiteModel, locale: str, path: str) -> None:
    text = corrected.markdown[f"{locale}/{path}.md"]
    assert re.search(r"(?<!\d)148(?!\d)", text)


def test_the_correction_stands_on_its_page_and_on_the_figure_s_in_both_languages(
    corrected: SiteModel,
) -> None:
    for locale, change, why in (
        ("zh", "<del>147家</del> → <ins>148家</ins>", "报社更正。"),
        ("en", "<del>147 enterprises</del> → <ins>148 enterprises</ins>", "The newspaper corrected it."),
    ):
        for path in ("corrections", "indicators/enterprises-covered"):
            assert change in corrected.markdown[f"{locale}/{path}.md"]
            assert why in corrected.markdown[f"{locale}/{path}.md"]
        formerly = {"zh": "原为 147家", "en": "formerly 147 enterprises"}[locale]
        assert formerly in corrected.markdown[f"{locale}/figures.md"]


FUNDS, LINE, VISITED, TAIWEN = (
    "data/indicators/reward-funds.yml",
    "data/services/music-line.yml",
    "data/indicators/enterprises-visited.yml",
    "data/startup_records/taiwen-precision-machinery.yml",
)
SILENT = {
    "a qualifier put in": (
        COVERED,
        "unit: enterprise, source",
        "unit: enterprise, qualifier: nearly, source",
    ),
    "近 dropped": (VISITED, "qualifier: nearly, ", ""),
    "近 for 余": (VISITED, "qualifier: nearly", "qualifier: more_than"),
    "余 dropped": ("data/indicators/guidance-sessions.yml", "qualifier: more_than, ", ""),
    "a unit changed": (LINE, "value: 187, unit: shop", "value: 187, unit: enterprise"),
    "万 changed to 亿": (FUNDS, "1544万, unit", "1544亿, unit"),
    "万 dropped": (FUNDS, "1544万, unit", "1544, unit"),
    "亿 changed to 万": ("data/indicators/tech-contracts.yml", "1.28亿, unit", "1.28万, unit"),
    "a digit of a duration": (TAIWEN, "29m06s", "29m07s"),
}


@pytest.mark.parametrize(("path", "old", "new"), SILENT.values(), ids=SILENT)
def test_no_part_of_a_published_figure_changes_in_silence_or_against_its_anchor(
    copy: Path, path: str, old: str, new: str
) -> None:
    edit(copy, path, old, new)
    messages = {message.code: message for message in mistakes(found(copy))}
    changed = "changed-figure" if "/indicators/" in path else "silent-change"
    assert messages.keys() == {changed, "anchor-says-otherwise"}
    line = line_of(copy, path, new or "source: qlwb-dual-pairing, at: ")
    for message in messages.values():
        assert (message.at.path, message.at.line) == (path, line)
        assert_in_both_languages(message)


def test_25_and_50_must_make_75(copy: Path) -> None:
    edit(copy, "data/indicators/instructors-office.yml", "value: 25,", "value: 26,")
    edit(copy, "data/indicators/instructors-office.yml", "at: 25名", "at: 26名")
    messages = {message.code: message for message in mistakes(found(copy))}
    assert messages.keys() == {"broken-sum", "changed-figure"}
    broken = messages["broken-sum"]
    assert broken.at.path == "data/sums/instructors.yml"
    assert broken.at.line == line_of(copy, "data/sums/instructors.yml", "total:")
    assert "26 + 50 ≠ 75" in broken.zh
    assert "26 + 50 ≠ 75" in broken.en
    assert [also.path for also in broken.also] == [
        f"data/indicators/{name}.yml"
        for name in ("instructors", "instructors-office", "instructors-enterprise")
    ]
    assert_in_both_languages(broken)


def test_an_alliance_taken_away_breaks_the_count(copy: Path) -> None:
    (copy / "data/alliances/biomedicine.yml").unlink()
    listed, structure = [
        message for message in found(copy) if message.code in ("broken-sum", "miscounted-links")
    ]
    assert structure.at.path == "data/mechanisms/alliance-integration.yml"
    assert "4 records of alliances" in structure.en
    assert listed.at.path == "data/sums/alliances-listed.yml"
    assert "alliances: 4 ≠ 5" in listed.en


def test_one_chinese_paragraph_edited_makes_its_english_wait(
    copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(copy, "docs/zh/model.md", "“双”指两种结对关系", "“双”指的是两种结对关系")
    [message] = found(copy)
    assert places([message]) == ["docs/en/model.md:1:1 [stale-translation]"]
    assert message.pending
    assert_in_both_languages(message)
    site_model = render_site(copy)
    stale = {src_uri for src_uri, page in site_model.pages.items() if view_of(site_model, page).is_stale()}
    assert stale == {"en/model.md"}
    assert cli.main(["--root", str(copy), "check", "--final"]) == 1
    assert "docs/en/model.md:1:1: [stale-translation]" in capsys.readouterr().err
    assert cli.main(["--root", str(copy), "translated", "docs/en/model.md"]) == 0
    assert found(copy) == []


ONE_LANGUAGE = {
    "left out of English": (
        "docs/en/index.md",
        '{{ figure("indicators/alliances", "number") }}',
        "the",
        "zh",
    ),
    "left out of Chinese": ("docs/zh/index.md", '{{ figure("indicators/enterprises-covered") }}', "各", "en"),
}


@pytest.mark.parametrize(("path", "old", "new", "blamed"), ONE_LANGUAGE.values(), ids=ONE_LANGUAGE)
def test_a_figure_cited_in_one_language_only_is_caught(
    copy: Path, path: str, old: str, new: str, blamed: str
) -> None:
    edit(copy, path, old, new)
    [message] = mistakes(found(copy))
    other = f"docs/{blamed}/index.md"
    cited = re.sub(r'(, "number")?\) \}\}', "", old)
    assert (message.at.path, message.at.line) == (other, line_of(copy, other, cited))
    assert message.code == "one-sided-call"
    assert path in message.en
    assert path in message.zh
    assert_in_both_languages(message)


def test_a_number_typed_in_prose_is_named_with_the_figure_it_is(copy: Path) -> None:
    edit(copy, "docs/zh/about.md", "给想了解这些做法的公众", "给147家企业、想了解这些做法的公众")
    edit(copy, "docs/en/about.md", "## Names", "Among 187 shops.\n\n## Names")
    messages = [message for message in found(copy) if message.code.startswith("stray-number")]
    assert [(message.at.path, message.example) for message in messages] == [
        ("docs/zh/about.md", '{{ figure("indicators/enterprises-covered") }}'),
        ("docs/en/about.md", '{{ figure("services/music-line.reach") }}'),
    ]
    assert [message.at.line for message in messages] == [
        line_of(copy, "docs/zh/about.md", "给147家"),
        line_of(copy, "docs/en/about.md", "Among 187"),
    ]
    for message in messages:
        assert_in_both_languages(message)


NAMES = {
    "in a page's body": (
        "docs/en/about.md",
        '{{ link("glossary/huihe-subdistrict") }}',
        '{{ link("glossary/huihe-subdistrict") }} (Huihe Street)',
    ),
    "in an article's title": (
        "docs/en/news/music-line-opens.md",
        "title: Huihe Subdistrict",
        "title: Huihe Street",
    ),
    "in a record": (LINE, "opened by Huihe Subdistrict", "opened by Huihe Street"),
}


@pytest.mark.parametrize(("path", "old", "new"), NAMES.values(), ids=NAMES)
def test_the_subdistrict_is_never_called_a_street(copy: Path, path: str, old: str, new: str) -> None:
    edit(copy, path, old, new)
    messages = [message for message in mistakes(found(copy)) if "`Huihe Street`" in message.en]
    assert [(message.at.path, message.at.line, message.code) for message in messages] == [
        (path, line_of(copy, path, "Huihe Street"), "wrong-name")
    ]
    assert messages[0].example == "Huihe Subdistrict"
    assert_in_both_languages(messages[0])


def test_no_figure_is_typed_in_prose_anywhere(copy: Path) -> None:
    assert not [message for message in found(copy) if message.code.startswith("stray-number")]
