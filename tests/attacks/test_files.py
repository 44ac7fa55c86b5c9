"""What stands in data/ and docs/: links, pipes, names, what is not what it says, pictures that are none, addresses taken twice."""

from __future__ import annotations

import os
import re
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from gazette.content import photographs
from gazette.content.photographs import KEPT
from gazette.site.model import SiteModel
from tests import pictures
from tests.attacks.checking import Changes, Put, outcome_of
from tests.attacks.tally import Outcome, Tally, sampled
from tests.attacks.test_values import KILN, text_of
from tests.pictures import CAMERA, drawn, exif, jpeg, saved
from tests.zones import adopt

SAMPLE = 30
BOTH = ("zh", "en")
PAGE = "---\ntitle: {0}\nsummary: {0}。\n---\n\n正文。\n"
PDF = b"%PDF-1.7\n%%EOF\n"
ADDRESS = b"36.0"


def linked(target: str | Path) -> Put:
    """A symbolic link to a target; where that is a folder, one that Windows takes for it."""
    return lambda place: place.symlink_to(target, target_is_directory=Path(target).is_dir())


def bound(place: Path) -> None:
    """A socket: its address is bounded, and so it is bound from its folder."""
    here = Path.cwd()
    os.chdir(place.parent)
    try:
        socket.socket(socket.AF_UNIX).bind(place.name)
    finally:
        os.chdir(here)


PLACES = (
    "docs/zh/leak.pdf", "docs/zh/leak.md", "docs/zh/leak.png", "docs/zh/leak", "docs/zh/news/leak.csv", "docs/en/leak.docx", "docs/root/leak.txt",
    "docs/root/CNAME", "docs/assets/leak.png", "docs/assets/images", "docs/leak", "data/leak", "data/units/leak.yml", "data/photos/leak.jpg", "data/photos",
    "data/units/shop.yml", "data/figures.lock.yml", "data/ids.lock.yml", "data/evidence.lock.yml", "docs/zh/about.md", "docs/zh/index.md",
)  # fmt: skip
TARGETS = (
    "/etc/passwd", "/etc", "/dev/zero", "/dev/stdin", "/nowhere", ".", "..", "../../mkdocs.yml", "../../docs/zh/about.md", "about.md", "../../data/units/shop.yml",
    "../../.cache", "leak.pdf", "/proc/self/environ",
)  # fmt: skip
ODD: dict[str, Put] = {
    **{f"link to {target}": linked(target) for target in TARGETS},
    "pipe": lambda place: os.mkfifo(place),
    "socket": bound,
    "folder": lambda place: place.mkdir(),
}


def links() -> Iterator[tuple[str, Changes]]:
    """Whatever is no plain file, wherever one is read or published."""
    for place in PLACES:
        for name, make in ODD.items():
            if name != "folder" or place in ("data/units/shop.yml", "docs/zh/about.md", "docs/zh/index.md"):
                yield f"{name} at {place}", {place: make}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and lets few make links")
def test_only_plain_files_are_read_and_published(
    root: Path, tally: Tally, pytestconfig: pytest.Config
) -> None:
    attempts = sampled([*links()], SAMPLE, pytestconfig)
    tally("links and devices", ((name, outcome_of(root, changes)) for name, changes in attempts))


def nested(place: Path) -> None:
    """A file within more folders than Windows can reach."""
    for _ in range(400):
        place.mkdir()
        place /= "a"
    place.with_suffix(".pdf").write_bytes(PDF)


def test_folders_within_folders_have_an_end(root: Path, tally: Tally) -> None:
    places = ("docs/zh/a", "docs/assets/a", "data/units/a", "data/a")
    tally("deep folders", ((place, outcome_of(root, {place: nested})) for place in places))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files, and lets few make links")
def test_what_is_hidden_keeps_no_build_and_is_not_published(tmp_path: Path) -> None:
    plain = adopt(tmp_path / "plain")
    assert plain.build().status == 0
    zone = adopt(tmp_path / "hidden")
    for name in (".one", ".two"):  # Who follows both, follows them for ever.
        (zone.root / f"docs/{name}").symlink_to(".", target_is_directory=True)
    os.mkfifo(zone.root / "docs/zh/.pipe")
    for name in ("index.md", "README.md"):
        zone.write(f"docs/zh/.github/{name}", PAGE.format("甲"))
    build = zone.build()
    assert (build.status, zone.published()) == (0, plain.published()), build.said


NAMES = (
    "a b", "a'b", 'a"b', "a?b", "a#b", "a%2fb", "a%00b", "a&b", "a<b>", "a:b", "a*b", "a|b", "a\\b", "a\nb", "a\tb", "a;b", "a$b", "a`b", "a{{b}}", "{{ 7*7 }}", "a..b", "a.",
    " a", "a ", "-a", "--help", "~a", "@a", "a=b", "a+b", "a,b", "a__b", "_a", "con", "CON", "nul", "aux", "prn", "com1", "lpt9", "con.x", "con.txt", "a" * 81, "a" * 240, "甲" * 80,
    "页面", "ａ", "é", "e\u0301", "A", "About", "2021", "a-", "a--b", "feed.xml", "index.html", "sitemap.xml", "\u202ea", "a\u200b", "a\ufeff", "a\x7f", "a.md", "a.html", "a.php",
)  # fmt: skip


ODD_NAME = re.compile(r"""[^\w .,()-]|^[ -]|[ .-]$|[\u200b\ufeff\x7f]""")
"""What no file beside pages may have in its name, which else may be Chinese, with spaces."""


def names() -> Iterator[tuple[str, Changes]]:
    """Each name for a page, a folder of pages, a record, a photograph, a file beside pages."""
    for name in NAMES:
        for path in (name, f"{name}/index", f"a/{name}", f"news/{name}", f"{name}/a/b"):
            if "/" not in name:
                yield (
                    f"page {path!a}",
                    {f"docs/{locale}/{path}.md": PAGE.format("甲") for locale in ("zh", "en")},
                )
        yield f"record {name!a}", {f"data/units/{name}.yml": "zh: 户\nen: {one: shop, other: shops}\n"}
        yield f"photograph {name!a}", {f"data/photos/{name}.jpg": jpeg(700, 500)}
    for name in filter(ODD_NAME.search, NAMES):
        yield f"attachment {name!a}", {f"docs/zh/{name}.pdf": PDF}
    for name in ("con", "NUL", "com1", "a" * 240):
        yield f"attachment {name!a}", {f"docs/zh/{name}.pdf": PDF}
    for one, other in (("a.pdf", "A.pdf"), ("a.pdf", "a.PDF"), ("x/a.pdf", "X/a.pdf")):
        yield f"twins {one} {other}", {f"docs/zh/{one}": PDF, f"docs/zh/{other}": PDF}


def is_possible(changes: Changes) -> bool:
    """Whether this system can have files of these names."""
    return all(len(part.encode()) <= 255 for path in changes for part in path.split("/"))


def test_names_are_addresses_on_every_system(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    attempts = sampled(
        [(name, changes) for name, changes in names() if is_possible(changes)], SAMPLE, pytestconfig
    )
    tally("names", ((name, outcome_of(root, changes)) for name, changes in attempts))


TAKEN: dict[str, Changes] = {
    "a page at the English home": {f"docs/{locale}/en.md": PAGE.format("甲") for locale in BOTH},
    "a page at an English page": {f"docs/{locale}/en/about.md": PAGE.format("甲") for locale in BOTH},
    "a page as a folder": {f"docs/{locale}/about/index.md": PAGE.format("甲") for locale in BOTH},
    "a page at a record": {f"docs/{locale}/startup-records/kiln.md": PAGE.format("甲") for locale in BOTH},
    "a page in a page": {f"docs/{locale}/services/music-line/index.md": PAGE.format("甲") for locale in BOTH},
    "a page at the home page": {f"docs/{locale}/index/index.md": PAGE.format("甲") for locale in BOTH},
    **{
        f"{path}": {f"docs/{path}": PDF if path.endswith("pdf") else "a,b\n"}
        for path in ("zh/data/units.csv", "zh/data/units.xlsx", "zh/search/a.pdf", "zh/en/a.pdf", "zh/assets/a.pdf", "assets/share/a.png", "assets/photos/a.pdf")
    },
    **{
        f"root/{name}": {f"docs/root/{name}": "x"}
        for name in ("index.html", "INDEX.HTML", "404.html", "robots.txt", "feed.xml", "feed.json", "sitemap.xml", "about.html", "services.html", "en.html", "data.xml", "a/b.txt", "x.js", ".htaccess.txt", "_headers")
    },
}  # fmt: skip


def test_no_address_is_claimed_twice(root: Path, tally: Tally) -> None:
    taken = {
        name: changes
        for name, changes in TAKEN.items()
        if name not in ("root/.htaccess.txt", "root/data.xml")
    }
    tally("addresses", ((name, outcome_of(root, changes)) for name, changes in taken.items()))


def packed(*names: str, before: bytes = b"", **parts: str) -> bytes:
    """A ZIP with these entries, and those that say something."""
    data = BytesIO()
    data.write(before)
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, "<x/>" if name != "bomb" else b"\0" * 250_000_000)
        for name, text in parts.items():
            file.writestr(name, text)
    return data.getvalue()


TYPES = "[Content_Types].xml"
ATTACHED: dict[str, bytes] = {
    ".pdf": PDF,
    ".docx": packed(TYPES, "word/document.xml"),
    ".xlsx": packed(TYPES, "xl/workbook.xml"),
    ".csv": "名称,数\n甲,1\r\n".encode("utf-8-sig"),
}
CONTENTS: dict[str, bytes] = {
    "nothing": b"", "text": b"text", "HTML": b"<html><script>alert(1)</script>", "HTML after space": b"\n <html>", "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>",
    "PDF after HTML": b"<html>" + PDF, "PDF without end": b"%PDF-1.7\n", "RTF": b"{\\rtf1 a}", "program": b"MZ\x90\0", "script": b"#!/bin/sh\0\n", "ZIP": packed("a"),
    "macros in Word": packed(TYPES, "word/document.xml", "word/vbaProject.bin"), "macros in Excel": packed(TYPES, "xl/workbook.xml", "xl/vbaProject.bin"),
    "template from elsewhere": packed(TYPES, "word/document.xml", "xl/workbook.xml", **{"word/_rels/settings.xml.rels": '<Relationships><Relationship TargetMode="External" Type="a/attachedTemplate" Target="https://example.org/a.dotm"/></Relationships>'}),
    "macros by another name": packed("word/document.xml", "xl/workbook.xml", "word/a.bin", **{TYPES: '<Types><Override PartName="/word/a.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'}),
    "much XML": packed(TYPES, "word/document.xml", "xl/workbook.xml", **{"word/a.xml": " " * 21_000_000}),
    "Word after HTML": packed(TYPES, "word/document.xml", before=b"<html>"), "cut off": packed(TYPES, "word/document.xml", "xl/workbook.xml")[:-30],
    "old Word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "GBK": "名称".encode("gbk"), "UTF-16": "名称".encode("utf-16"), "NUL": b"a,b\0\n", "hidden": "a\u202eb".encode(),
    "Word bomb": packed(TYPES, "word/document.xml", "xl/workbook.xml", "bomb"), "large": PDF + b"0" * 21_000_000 + PDF, "large text": b"a" * 21_000_000, "picture": saved(drawn(90, 60), "PNG"),
}  # fmt: skip
ACTIVE = (
    "<svg xmlns='http://www.w3.org/2000/svg'><script>a()</script></svg>", "<svg xmlns='http://www.w3.org/2000/svg' onload='a()'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>", "<svg xmlns='http://www.w3.org/2000/svg'><a href='javascript:a()'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><use href='https://example.org/a.svg#a'/></svg>", "<svg xmlns='http://www.w3.org/2000/svg'><image href='a.png'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><style>@import url(a)</style></svg>", "<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(https://example.org)'/></svg>",
    "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>", "<?xml-stylesheet href='a'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'><set attributeName='href' to='a'/></svg>", "<svg xmlns='http://www.w3.org/2000/svg'", "", "<html xmlns='http://www.w3.org/1999/xhtml'><script>a()</script></html>",
    "<p>a</p>", "<users onclick='a()'/>",
)  # fmt: skip


def attachments() -> Iterator[tuple[str, Changes]]:
    """Each content under each name that it is not of; what runs, under each name that a browser would run it by."""
    for ending in ATTACHED:
        for name, content in CONTENTS.items():
            if (ending, name) != (".csv", "text"):
                yield f"{name} as {ending}", {f"docs/zh/a{ending}": content}
        for other, content in ATTACHED.items():
            if other != ending:
                yield f"{other} as {ending}", {f"docs/assets/a{ending}": content}
    for number, text in enumerate(ACTIVE):
        for path in (
            "docs/zh/a.svg",
            "docs/assets/images/a.svg",
            "docs/zh/a.html",
            "docs/assets/a.html",
            "docs/assets/images/seal.svg",
        ):
            yield f"{path} {number}", {path: text}
        if text:
            yield f"proof.html {number}", {"docs/root/proof.html": text}
            yield f"proof.xml {number}", {"docs/root/proof.xml": text}
    for name in (
        "a.js",
        "a.css",
        "a.htm",
        "a.xhtml",
        "a.gif",
        "a.exe",
        "a.zip",
        "a.docm",
        "a.mp4",
        "a.json",
        "a",
        "a.md.bak",
        "a.yml",
    ):
        yield name, {f"docs/zh/{name}": b"x"}


CELLS = (
    "=1+1",
    "=HYPERLINK(A1)",
    "@SUM(1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "＝1+1",
    '"=1\n+1"',
    " =1",
    "+SUM(1)",
    "x" * 200_000,
)
PLAIN_CELLS = ("-5", "+86", "-", "--", "-5℃", "- 甲", "'=1", "1=1", "+5%", "-0.5（估计）", "\"两行\n文字\"")  # fmt: skip


def test_a_table_has_no_formulas(root: Path, tally: Tally) -> None:
    refused = [(cell[:20], outcome_of(root, {"docs/zh/a.csv": f"名称,数\n甲,{cell}\n"})) for cell in CELLS]
    accepted = [
        (cell, outcome_of(root, {"docs/zh/a.csv": f"名称,数\n甲,{cell}\n"}, lambda _: True))
        for cell in PLAIN_CELLS
    ]
    tally("formulas", (*refused, *accepted))
    assert [outcome for _, outcome in accepted] == [Outcome.ACCEPTED] * len(accepted)


def test_a_proof_is_text(root: Path, tally: Tally) -> None:
    contents = {"GBK": "手机".encode("gbk"), "UTF-16": "手机".encode("utf-16"), "program": b"MZ\x90\0", "hidden": "a\u202eb".encode()}  # fmt: skip
    tally(
        "proofs",
        (
            (f"{name} in {file}", outcome_of(root, {f"docs/root/{file}": content}))
            for name, content in contents.items()
            for file in ("proof.txt", "CNAME")
        ),
    )


def test_an_attachment_is_what_its_name_says(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    attempts = sampled([*attachments()], SAMPLE, pytestconfig)
    right = [
        (f"right {ending}", outcome_of(root, {f"docs/zh/附件 a{ending}": content}, lambda _: True))
        for ending, content in ATTACHED.items()
    ]
    found = ((name, outcome_of(root, changes)) for name, changes in attempts)
    tally("attachments", (*right, *found))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG of these sides, whatever its rows are."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def animated(format: str) -> bytes:
    frames = [drawn(700, 500), drawn(700, 500, left="#000000")]
    return saved(frames[0], format, save_all=True, append_images=frames[1:], duration=90)


WIDE = drawn(900, 700)
UNFIT: dict[str, tuple[str, bytes]] = {
    "one row": (".png", saved(drawn(7000, 1), "PNG")),
    "one column": (".png", saved(drawn(700, 7001), "PNG")),
    "cut off": (".jpg", jpeg()[:3000]),
    "cut off PNG": (".png", saved(WIDE, "PNG")[:-60]),
    "bomb": (".png", png(30_000, 30_000, b"\0" * 1_000_000)),
    "rows missing": (".png", png(900, 700, b"\0" * 100)),
    "no sides": (".png", png(0, 0, b"")),
    "nothing": (".jpg", b""),
    "HTML": (".jpg", b"<html><script>a()</script>"),
    "HTML before": (".jpg", b"<html>" + jpeg()),
    "PNG as JPEG": (".jpg", saved(WIDE, "PNG")),
    "JPEG as PNG": (".png", jpeg()),
    "JPEG as WebP": (".webp", jpeg()),
    "GIF": (".png", saved(WIDE, "GIF")),
    "BMP": (".png", saved(WIDE, "BMP")),
    "TIFF": (".jpg", saved(WIDE, "TIFF")),
    "ICO": (".png", saved(drawn(64, 64), "ICO")),
    "SVG": (".png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "EPS": (".jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 700\n%%EOF\n"),
    "animated PNG": (".png", animated("PNG")),
    "animated WebP": (".webp", animated("WEBP")),
    "large": (".jpg", jpeg() + b"\0" * 21_000_000),
}
FIT: dict[str, tuple[str, bytes]] = {
    "place and camera": (".jpg", jpeg()),
    "place in PNG": (".png", saved(WIDE, "PNG", exif=exif(1))),
    "place in WebP": (".webp", saved(WIDE, "WEBP", exif=exif(6))),
    "CMYK": (".jpg", saved(WIDE.convert("CMYK"))),
    "ZIP behind": (".png", saved(WIDE, "PNG") + packed("a.html")),
    "HTML behind": (".jpg", jpeg() + b"<script>secret()</script>"),
    "comment": (".jpg", saved(WIDE, comment=b"<script>secret()</script>")),
    "profile": (".jpg", saved(WIDE, icc_profile=b"<script>secret()</script>")),
    "damaged Exif": (".jpg", saved(WIDE, exif=b"Exif\0\0II*\0\xff\xff\xff\xff")),
    "grey with transparency": (".png", saved(WIDE.convert("LA"), "PNG")),
    "one bit": (".png", saved(WIDE.convert("1"), "PNG")),
    "transparent": (".png", saved(Image.new("RGBA", (900, 700), (9, 9, 9, 0)), "PNG")),
    "16 bits": (".png", saved(Image.new("I;16", (900, 700), 90 * 256), "PNG")),
    "two pictures": (".jpg", saved(WIDE, "MPO", save_all=True, append_images=[drawn(90, 60)])),
}
SECRETS = (
    CAMERA.encode(),
    b"Exif",
    b"EXIF",
    b"eXIf",
    b"<script>",
    b"PK\x03\x04",
    b"secret",
    b"ICC_PROFILE",
    b"acTL",
)


def is_clean(root: Path) -> Callable[[SiteModel], bool]:
    """Whether what is published of every picture is a still one of its format, and has nothing but what is seen."""

    def found(made: SiteModel) -> bool:
        files = [*made.photos.values(), *made.pictures.values()]
        assert all(file.is_relative_to(root / KEPT) for file in files)
        for file in files:
            with Image.open(BytesIO(photographs.made_bytes(file))) as image:
                image.load()
                if image.mode != "RGB" or image.getexif() or getattr(image, "is_animated", False):
                    return False
        return bool(files) and not any(
            secret in photographs.made_bytes(file) for file in files for secret in SECRETS
        )

    return found


def as_picture(name: str, ending: str, content: bytes) -> Iterator[tuple[str, Changes]]:
    """A picture as a photograph that a record shows, beside a page, among the assets."""
    shown = text_of(KILN, "translated:", f"{pictures.photos(f'a{ending}')}translated:")
    yield f"{name}, photograph", {f"data/photos/a{ending}": content, KILN: shown}
    yield f"{name}, beside a page", {f"docs/zh/a{ending}": content}
    yield f"{name}, asset", {f"docs/assets/images/a{ending}": content}


def test_pictures_are_made_anew_or_told(root: Path, tally: Tally, pytestconfig: pytest.Config) -> None:
    unfit = [attempt for name, file in UNFIT.items() for attempt in as_picture(name, *file)]
    fit = [attempt for name, file in FIT.items() for attempt in as_picture(name, *file)]
    outcomes = [
        *((name, outcome_of(root, changes)) for name, changes in sampled(unfit, 12, pytestconfig)),
        *(
            (name, outcome_of(root, changes, is_clean(root)))
            for name, changes in sampled(fit, 8, pytestconfig)
        ),
    ]
    tally("pictures", outcomes)
    assert Outcome.ACCEPTED in dict(outcomes).values()
