"""Personal data is told wherever a change may bring it, in whatever way it is typed; what only looks like it passes."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from gazette import cli
from gazette.base.diagnostics import Diagnostic, report
from gazette.base.personal_data import personal_data
from gazette.checks import check
from gazette.content.loader import load
from tests.attacks.personal import BESIDE, LOOK_ALIKES, PERSONAL, WAYS, made
from tests.attacks.tally import SEED, Outcome, Tally, sampled
from tests.conftest import Project
from tests.expectations import ROOT
from tests.pictures import drawn, jpeg, saved
from tests.unit.test_spreadsheets import changed_cells

LINE = "data/services/music-line.yml"
ABOUT = {locale: f"docs/{locale}/about.md" for locale in ("zh", "en")}
PRIVATE = ("personal-data", "personal-data-in-name", "personal-data-in-picture")
Changes = Mapping[str, "str | bytes | None"]
Small = Callable[[Changes], Path]


@pytest.mark.parametrize("way", WAYS)
def test_a_number_is_seen_however_it_is_typed(way: str, tally: Tally, pytestconfig: pytest.Config) -> None:
    rng = random.Random(f"{SEED} {way}")
    numbers = sampled(made(PERSONAL, 400, SEED), 480, pytestconfig)
    attempts = []
    for kind, number in numbers:
        text = rng.choice(BESIDE).format(WAYS[way](number))
        found = [*personal_data(text)]
        attempts.append((f"{kind}: {text!r}", Outcome.REFUSED if found else Outcome.THROUGH))
    tally(f"personal data, {way}", attempts)


def test_what_only_looks_like_a_number_of_a_person_passes(tally: Tally, pytestconfig: pytest.Config) -> None:
    rng = random.Random(SEED)
    attempts = []
    for kind, words in sampled(made(LOOK_ALIKES, 1000, SEED), 2000, pytestconfig):
        text = rng.choice(BESIDE).format(words)
        found = [*personal_data(text)]
        attempts.append((f"{kind}: {text!r} {found}", Outcome.THROUGH if found else Outcome.ACCEPTED))
    tally("look-alikes of personal data", attempts)


def in_value(locale: str) -> Callable[[str], Changes]:
    other = {"zh": "定时收运的专线。", "en": "A line that collects at set hours."}

    def changes(said: str) -> Changes:
        words = {**other, locale: said}
        return {
            LINE: f"title: {{zh: 音乐专线, en: Music Line}}\nsummary:\n  zh: {words['zh']}\n  en: {words['en']}\n"
            "since: {date: 2021-06-01, basis: inferred}\n"
        }

    return changes


def in_body(form: str, locale: str = "zh") -> Callable[[str], Changes]:
    return lambda said: {
        ABOUT[locale]: f"---\ntitle: 关于\nsummary: 关于本站。\n---\n\n{form.format(said)}\n",
        ABOUT["en" if locale == "zh" else "zh"]: "---\ntitle: A\nsummary: A.\n---\n\nA.\n",
    }


def in_photo(field: str) -> Callable[[str], Changes]:
    words = {"alt": "门面", "caption": "店铺", "credit": "甲"}

    def changes(said: str) -> Changes:
        told = {**words, field: said}
        return {
            LINE: "title: {zh: 音乐专线, en: Music Line}\nsummary: {zh: 定时收运的专线。, en: A line.}\n"
            "since: {date: 2021-06-01, basis: inferred}\n"
            "photos:\n  - file: lane.jpg\n    licence: {zh: 经许可, en: By permission}\n"
            + "".join(f"    {name}:\n      zh: {text}\n      en: A\n" for name, text in told.items()),
            "data/photos/lane.jpg": jpeg(),
        }

    return changes


def in_exif(said: str) -> Changes:
    known = Image.Exif()
    known[0x010E] = f"tel {said}".encode()
    return {"docs/assets/images/lane.jpg": saved(drawn(700, 500), exif=known)}


def in_windows_exif(said: str) -> Changes:
    known = Image.Exif()
    known[0x9C9C] = f"{said}".encode("utf-16-le")
    return {"docs/assets/images/lane.jpg": saved(drawn(700, 500), exif=known)}


def in_png(said: str) -> Changes:
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Comment", f"摄影 {said}")
    return {"docs/zh/lane.png": saved(drawn(700, 500), "PNG", pnginfo=words)}


def in_xmp(said: str) -> Changes:
    packet = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{said}</dc:creator></x:xmpmeta>'
    return {"docs/assets/images/lane.webp": saved(drawn(700, 500), "WEBP", xmp=packet.encode())}


LOGO = "site_name: 样例\ntheme: {logo: assets/images/lane.svg}\n"
"""No other drawing is published."""


def in_drawing(said: str) -> Changes:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><title>图</title><text x="1">{said}</text></svg>'
    return {"docs/assets/images/lane.svg": drawing, "mkdocs.yml": LOGO}


PLACES: Mapping[str, tuple[str, Callable[[str], Changes]]] = {
    "a value, Chinese": (LINE, in_value("zh")),
    "a value, English": (LINE, in_value("en")),
    "a comment": (LINE, lambda said: {LINE: f"# {said}\n" + str(in_value("zh")("线")[LINE])}),
    "a unit": (
        "data/units/shop.yml",
        lambda said: {"data/units/shop.yml": f"zh: {said}\nen: {{one: a, other: b}}\n"},
    ),
    "an alternative text": (LINE, in_photo("alt")),
    "a caption": (LINE, in_photo("caption")),
    "a credit": (LINE, in_photo("credit")),
    "prose": (ABOUT["zh"], in_body("联系人{}。")),
    "English prose": (ABOUT["en"], in_body("Call {}.", "en")),
    "a table": (ABOUT["zh"], in_body("| 人 | 号 |\n| --- | --- |\n| 张三 | {} |")),
    "the address of a link": (ABOUT["zh"], in_body("[拨打](tel:{})")),
    "an alternative text in prose": (ABOUT["zh"], in_body("![{}](lane.png)")),
    "front matter": (
        ABOUT["zh"],
        lambda said: {ABOUT["zh"]: f"---\ntitle: 关于\nsummary: {said}\n---\n\n正文。\n"},
    ),
    "the name of an attachment": ("docs/zh/", lambda said: {f"docs/zh/名单{said}.pdf": b"%PDF-1.4"}),
    "the name of a picture": (
        "docs/assets/",
        lambda said: {f"docs/assets/张三-{said}.png": saved(drawn(9, 9), "PNG")},
    ),
    "the name of a photograph": ("data/photos/", lambda said: {f"data/photos/张三{said}.jpg": jpeg()}),
    "the description of a picture": ("docs/assets/", in_exif),
    "what Windows writes into a picture": ("docs/assets/", in_windows_exif),
    "a comment of a picture": ("docs/zh/", in_png),
    "the maker of a picture": ("docs/assets/", in_xmp),
    "the words of a drawing": ("docs/assets/", in_drawing),
    "a file of the root": ("docs/root/", lambda said: {"docs/root/proof.txt": said}),
}


@pytest.mark.parametrize("place", PLACES)
def test_no_place_lets_a_number_through(
    place: str, small: Project, tally: Tally, pytestconfig: pytest.Config
) -> None:
    path, changes = PLACES[place]
    all_of_them = pytestconfig.getoption("sweep") == "all"
    makers = random.Random(f"{SEED} {place}").sample([*PERSONAL.items()], len(PERSONAL) if all_of_them else 3)
    numbers = made(dict(makers), 4 if all_of_them else 1, SEED)

    def attempts() -> Iterator[tuple[str, Outcome]]:
        for kind, number in numbers:
            written = changes(number)
            root = small(written)
            content, unreadable = load(root)
            found = [*unreadable, *check(content)]
            yield f"{kind} in {place}: {number}", outcome(found, path, number, root)
            for name in written:
                (root / name).unlink()

    tally(f"personal data in {place}", attempts())


def outcome(found: Sequence[Diagnostic], path: str, number: str, root: Path) -> Outcome:
    """What became of a number in a file: it is told where it stands, and nothing that is told has it whole."""
    told = [
        one
        for one in found
        if one.at.path.startswith(path) and (one.code in PRIVATE or number in one.at.path)
    ]
    return Outcome.REFUSED if told and number not in report(found, root) else Outcome.THROUGH


def test_a_sheet_with_personal_data_is_not_imported(
    small: Project, tally: Tally, capsys: pytest.CaptureFixture[str]
) -> None:
    root, attempts = small({}), []
    before, sheet = (root / LINE).read_bytes(), root / "rows.xlsx"
    for kind, number in made(PERSONAL, 2, SEED):
        assert cli.main(["--root", str(root), "export", "services", "--output", str(sheet)]) == 0
        changed_cells(sheet, {"summary.zh": f"找张三，{number}。"})
        status = cli.main(["--root", str(root), "import", str(sheet), "--write"])
        said = "".join(capsys.readouterr())
        wrong = not status or (root / LINE).read_bytes() != before or number in said
        is_located = re.search(r"[A-Z]+3 .*summary\.zh.*\[personal-data\]", said)
        told = Outcome.REFUSED if is_located and not wrong else Outcome.THROUGH
        attempts.append((f"{kind}: {number} {said}", told))
    tally("personal data in a sheet", attempts)


def test_large_content_without_persons_has_none(tmp_path: Path) -> None:
    script = ROOT / "bench/generate.py"
    subprocess.run([sys.executable, script, "--records", "300", "--out", tmp_path / "large"], check=True)
    files = [file for folder in ("data", "docs") for file in (tmp_path / "large" / folder).rglob("*")]
    texts = {file: file.read_text(encoding="utf-8") for file in files if file.suffix in (".yml", ".md")}
    assert len(texts) > 300
    assert {file: [*personal_data(text)] for file, text in texts.items() if [*personal_data(text)]} == {}
