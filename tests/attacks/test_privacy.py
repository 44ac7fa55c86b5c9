"""Personal data is told wherever a change may bring it, in whatever way it is typed; what only looks like it passes."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
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
PRIVATE = (
    "personal-data",
    "personal-data-in-name",
    "personal-data-in-picture",
    "personal-data-in-attachment",
)
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


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
CALL = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" TargetMode="External"'


def in_office(ending: str, **parts: str) -> Callable[[str], Changes]:
    """A document that has these parts, `_` in their names for a slash, and what is said twice in each: in halves, whole."""

    def changes(said: str) -> Changes:
        data = BytesIO()
        needed = {"word_document" if ending == "docx" else "xl_workbook": "<x/>"}
        with zipfile.ZipFile(data, "w") as packed:
            packed.writestr("[Content_Types].xml", "<Types/>")
            for name, form in {**needed, **parts}.items():
                text = form.format(said[:4], said[4:])
                packed.writestr(
                    f"{name.replace('_', '/')}.{'rels' if 'Relationship' in form else 'xml'}", text
                )
        return {f"docs/zh/list.{ending}": data.getvalue()}

    return changes


ATTACHED: Mapping[str, tuple[str, Callable[[str], Changes]]] = {
    f"an attachment: {name}": ("docs/zh/", change)
    for name, change in {
        "a table": lambda said: {"docs/zh/list.csv": f"姓名,号\r\n张三,{said}\r\n".encode("utf-8-sig")},
        "a paragraph in two runs": in_office("docx", word_document=f"<w:p {WORD}><w:r><w:rPr><w:b/></w:rPr><w:t>{{0}}</w:t></w:r><w:r><w:t>{{1}}</w:t></w:r></w:p>"),
        "a tracked change": in_office("docx", word_document=f"<w:p {WORD}><w:del><w:r><w:delText>{{0}}{{1}}</w:delText></w:r></w:del></w:p>"),
        "a comment": in_office("docx", word_comments=f"<w:comment {WORD}><w:p><w:r><w:t>找{{0}}{{1}}</w:t></w:r></w:p></w:comment>"),
        "a header": in_office("docx", word_header1=f"<w:hdr {WORD}><w:p><w:r><w:t>{{0}}{{1}}</w:t></w:r></w:p></w:hdr>"),
        "its author": in_office("docx", docProps_core="<cp><creator>{0}{1}</creator><title>甲</title></cp>"),
        "a link": in_office("docx", word_rels_document=f'<Relationships><Relationship {CALL} Target="tel:{{0}}{{1}}"/></Relationships>'),
        "a cell": in_office("xlsx", xl_sharedStrings=f"<sst {SHEET}><si><r><t>{{0}}</t></r><r><t>{{1}}</t></r></si></sst>"),
        "a cell of a sheet": in_office("xlsx", xl_worksheets_sheet9=f"<worksheet {SHEET}><c><is><t>{{0}}{{1}}</t></is></c></worksheet>"),
        "a comment of a cell": in_office("xlsx", xl_comments1=f"<comments {SHEET}><text><t>{{0}}{{1}}</t></text></comments>"),
        "a name of a sheet": in_office("xlsx", xl_workbook=f'<workbook {SHEET}><definedName name="x">"{{0}}{{1}}"</definedName></workbook>'),
        "a property of a PDF": lambda said: {"docs/zh/list.pdf": f"%PDF-1.7\n<</Author (张三 {said})>>\n%%EOF\n".encode()},
        "a property of a PDF in UTF-16": lambda said: {"docs/zh/list.pdf": f"%PDF-1.7\n<</Author <feff{said.encode('utf-16-be').hex()}>>>\n%%EOF\n".encode()},
    }.items()
}  # fmt: skip


def test_of_a_long_list_the_first_numbers_are_told_and_its_last_is_seen(small: Project) -> None:
    for rows, most in (
        ("13812345678,x\n" * 20_000, 100),
        ("甲乙丙丁,13.5\n" * 20_000 + "张三,13812345678\n", 1),
    ):
        root = small({"docs/zh/list.csv": f"姓名,号\n{rows}"})
        found = [one for one in check(load(root)[0]) if one.code == "personal-data"]
        assert len(found) == most


def test_a_number_of_a_sheet_is_read_as_it_is_shown(small: Project) -> None:
    for value in ("1.3812345678E10", "13812345678.0", "13812345678"):
        cell = f"<worksheet {SHEET}><c><v>{value}</v></c><c><v>2021</v></c></worksheet>"
        root = small(in_office("xlsx", xl_worksheets_sheet1=cell)(""))
        assert "personal-data-in-attachment" in [found.code for found in check(load(root)[0])], value


def test_cells_beside_each_other_are_no_number(small: Project) -> None:
    cells = "".join(f"<c><v>{value}</v></c>" for value in (138, 1234, 5678, 370112, 19900101, 1234))
    root = small(in_office("xlsx", xl_worksheets_sheet1=f"<worksheet {SHEET}>{cells}</worksheet>")(""))
    assert [found for found in check(load(root)[0]) if found.code in PRIVATE] == []


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
    **ATTACHED,
    "words of a call": (
        ABOUT["zh"],
        lambda said: in_body("{}")('{{ plain("%s" "%s") }}' % (said[:4], said[4:])),  # noqa: UP031
    ),
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
