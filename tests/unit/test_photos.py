"""Photographs: what is made from an original, what is kept of it, and which originals are refused with which words."""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from gazette.base.diagnostics import ContentError, Diagnostic, Position
from gazette.checks import check
from gazette.content import photographs
from gazette.content.fingerprint import chinese
from gazette.content.loader import load
from gazette.content.photographs import Original
from gazette.records.values import Ref
from gazette.templates.renderer import render_site
from tests import pictures
from tests.conftest import Project
from tests.expectations import assert_in_both_languages, edit, mistakes, places
from tests.pictures import drawn, jpeg, saved

TERM = (
    "title: {zh: 某物, en: One thing}\nsummary: {zh: 甲, en: A}\nkind: term\nenglish: working\n"
    "evidence: [{source: report, at: 晚报}]\n"
)
"""Five lines of a sound record."""

Make = Callable[..., dict[str, Image.Image]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make the renditions of a picture's bytes; returns them as pictures by name."""

    def run(data: bytes, name: str = "a.jpg") -> dict[str, Image.Image]:
        (tmp_path / name).write_bytes(data)
        original = photographs.examine(tmp_path / name)
        assert original.fault == ""
        assert photographs.make([original], tmp_path / "made") == []
        return {
            file.name: Image.open(BytesIO(photographs.made_bytes(tmp_path / "made" / file.name)))
            for file in original.renditions
        }

    return run


def colour(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """The colour at a place given as parts of the width and height."""
    found = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return found


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12


RED, BLUE = (0xC0, 0x40, 0x30), (0x30, 0x60, 0xA0)


@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((3200, 2000), [(480, 300), (960, 600), (1600, 1000)]),
        ((1600, 1200), [(480, 360), (960, 720), (1600, 1200)]),
        ((1200, 800), [(480, 320), (960, 640), (1200, 800)]),
        ((700, 1000), [(480, 686), (700, 1000)]),
    ],
)
def test_an_original_gives_files_of_several_widths_and_is_never_enlarged(
    make: Make, size: tuple[int, int], sizes: list[tuple[int, int]]
) -> None:
    made = make(jpeg(*size))
    assert [image.size for image in made.values()] == sizes
    assert {image.format for image in made.values()} == {"WEBP"}
    assert [int(name.removesuffix(".webp").split("-")[-1]) for name in made] == [width for width, _ in sizes]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_turned_upright(make: Make, orientation: int, format: str) -> None:
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    upright = drawn(900, 700)
    stored = upright.transpose(turn[orientation]) if orientation in turn else upright
    ending = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[format]
    made = make(saved(stored, format, exif=pictures.exif(orientation)), f"a.{ending}")
    largest = list(made.values())[-1]
    assert largest.size == (900, 700)
    assert near(colour(largest, 0.2, 0.5), RED)
    assert near(colour(largest, 0.8, 0.5), BLUE)


def test_nothing_of_the_metadata_is_kept(make: Make, tmp_path: Path) -> None:
    original = saved(
        drawn(1800, 1200), exif=pictures.exif(6), xmp=b"<x:xmpmeta>secret</x:xmpmeta>", comment=b"secret"
    )
    assert Image.open(BytesIO(original)).getexif().get_ifd(0x8825)[2] == (36.0, 58.0, 0.0)
    for name, image in make(original).items():
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & image.info.keys()
        data = photographs.made_bytes(tmp_path / "made" / name)
        assert not [word for word in (b"Exif", b"EXIF", b"XMP", b"ICCP", b"secret") if word in data]


def wide_gamut() -> bytes:
    """A profile far from sRGB: its red and green are exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(profile)


def test_colours_are_converted_to_srgb(make: Make) -> None:
    data = saved(Image.new("RGB", (800, 600), (200, 40, 40)), icc_profile=wide_gamut())
    assert near(colour(list(make(data).values())[-1], 0.5, 0.5), (40, 200, 40))


def test_a_picture_whose_profile_is_broken_is_taken_for_srgb(make: Make) -> None:
    data = saved(Image.new("RGB", (800, 600), (200, 40, 40)), icc_profile=b"no profile at all")
    assert near(colour(list(make(data).values())[-1], 0.5, 0.5), (200, 40, 40))


@pytest.mark.parametrize(
    ("image", "seen"),
    [
        (Image.new("RGBA", (800, 600), (200, 40, 40, 0)), (255, 255, 255)),
        (Image.new("LA", (800, 600), (0, 128)), (127, 127, 127)),
        (Image.new("L", (800, 600), 90), (90, 90, 90)),
        (Image.new("1", (800, 600), 1), (255, 255, 255)),
        (Image.new("I;16", (800, 600), 90 * 256), (90, 90, 90)),
        (Image.new("RGB", (800, 600), (200, 40, 40)).quantize(), (200, 40, 40)),
    ],
    ids=["transparent", "half transparent", "grey", "black and white", "16 bits", "palette"],
)
def test_every_kind_of_png_is_seen_on_white(make: Make, image: Image.Image, seen: tuple[int, ...]) -> None:
    assert near(colour(list(make(saved(image, "PNG"), "a.png").values())[-1], 0.5, 0.5), seen)


def test_a_picture_for_print_is_made_for_the_screen(make: Make) -> None:
    data = saved(Image.new("CMYK", (800, 600), (0, 255, 255, 0)))
    assert near(colour(list(make(data).values())[-1], 0.5, 0.5), (255, 0, 0))


def test_the_same_original_gives_the_same_names_and_bytes(tmp_path: Path) -> None:
    original = at(tmp_path, "a.jpg", jpeg())
    for folder in ("one", "two"):
        photographs.make([original], tmp_path / folder)
    one, two = (
        {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()} for folder in ("one", "two")
    )
    assert one == two
    assert len(one) == 3


def test_a_changed_picture_has_a_new_name(tmp_path: Path) -> None:
    before = at(tmp_path, "a.jpg", jpeg()).renditions
    after = at(tmp_path, "a.jpg", jpeg(left="#000000")).renditions
    assert not {file.name for file in before} & {file.name for file in after}


def at(folder: Path, name: str, data: bytes) -> Original:
    (folder / name).write_bytes(data)
    return photographs.examine(folder / name)


def test_what_is_made_is_not_made_again_and_an_unchanged_original_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = at(tmp_path, "a.jpg", jpeg())
    photographs.make([original], tmp_path / "made")
    first = {file: file.stat().st_mtime_ns for file in (tmp_path / "made").iterdir()}

    def refuse(*_: object) -> bytes:
        raise AssertionError("read again")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert photographs.examine(tmp_path / "a.jpg") == original
    assert photographs.make([original], tmp_path / "made") == []
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "made").iterdir()} == first


def test_what_no_original_gives_any_more_is_removed(tmp_path: Path) -> None:
    made = tmp_path / "made"
    one, two = (at(tmp_path, f"{name}.jpg", jpeg(left=left)) for name, left in (("a", "red"), ("b", "blue")))
    photographs.make([one, two], made)
    photographs.prune([two], made)
    assert {file.name for file in made.iterdir()} == {file.name for file in two.renditions}


@pytest.mark.parametrize("spoil", [lambda data: data[:-1], lambda data: data[:-9] + b"x" + data[-8:]])
def test_what_a_disk_has_spoilt_is_made_again(tmp_path: Path, spoil: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a.jpg").write_bytes(jpeg(700, 500))
    original = photographs.examine(tmp_path / "a.jpg")
    photographs.make([original], tmp_path / "made")
    made = {file: file.read_bytes() for file in (tmp_path / "made").iterdir()}
    for file, data in made.items():
        file.write_bytes(spoil(data))
        with pytest.raises(OSError, match=file.name):
            photographs.made_bytes(file)
    photographs.make([original], tmp_path / "made")
    assert {file: file.read_bytes() for file in made} == made


def test_a_killed_build_leaves_nothing_that_counts_as_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "made"
    original = at(tmp_path, "a.jpg", jpeg())

    def killed(part: Path, data: bytes) -> int:
        with part.open("wb") as file:
            file.write(data[: len(data) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: 1)
        patched.setattr(Path, "write_bytes", killed)
        with pytest.raises(KeyboardInterrupt):
            photographs.make([original], made)
    [left] = made.iterdir()
    assert left.name not in {file.name for file in original.renditions}

    photographs.make([original], made)
    photographs.prune([original], made)
    assert left.exists()  # It may belong to a build that runs at this moment.
    os.utime(left, (time.time() - 7200,) * 2)
    photographs.prune([original], made)
    assert {file.name for file in made.iterdir()} == {file.name for file in original.renditions}
    for file in made.iterdir():
        Image.open(BytesIO(photographs.made_bytes(file))).load()


def test_a_picture_that_changes_while_it_is_read_is_not_made_under_the_old_name(tmp_path: Path) -> None:
    original = at(tmp_path, "a.jpg", jpeg())
    at(tmp_path, "a.jpg", jpeg(left="#000000"))
    assert photographs.make([original], tmp_path / "made") == [original]
    assert not (tmp_path / "made").exists()


# What is refused


def with_photos(*files: str) -> dict[str, str | bytes | None]:
    """A record that shows the photographs, each on a line from the seventh on."""
    return {"data/glossary/one.yml": TERM + pictures.photos(*files)}


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it has this size."""
    image = bytearray(saved(Image.new("L", (1, 1)), "PNG"))
    image[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    image[29:33] = zlib.crc32(image[12:29]).to_bytes(4, "big")
    return bytes(image)


UNFIT: dict[str, tuple[bytes, str, str, str]] = {
    "no picture": (
        b"<html>not found</html>",
        "photo-unreadable",
        "不能读作图片",
        "cannot be read as a picture",
    ),
    "an empty file": (b"", "photo-unreadable", "不能读作图片", "cannot be read as a picture"),
    "another format": (saved(drawn(900, 600), "GIF"), "photo-format", "图片格式是 GIF", "is a GIF"),
    "a narrow picture": (jpeg(639, 600), "photo-too-narrow", "宽 639 像素，至少 640", "639 pixels wide, 640"),
    "a picture on its side": (
        saved(drawn(900, 600), exif=pictures.exif(6)),
        "photo-too-narrow",
        "宽 600 像素",
        "600 pixels wide",
    ),
    "a strip": (jpeg(640, 6401), "photo-too-tall", "高 6401 像素", "640 by 6401 pixels"),
    "60 megapixels": (
        png_header(10_000, 6_000),
        "photo-too-many-pixels",
        "超过 5000 万像素",
        "more than 50 megapixels",
    ),
    "a bomb that warns": (
        png_header(10_000, 12_000),
        "photo-too-many-pixels",
        "5000 万像素",
        "50 megapixels",
    ),
    "a bomb": (png_header(60_000, 60_000), "photo-too-many-pixels", "5000 万像素", "50 megapixels"),
    "a large file": (jpeg() + bytes(20 * 1024 * 1024), "photo-too-large", "最多 20 MB", "20 MB is the most"),
}


@pytest.mark.parametrize(("data", "fault", "zh", "en"), UNFIT.values(), ids=UNFIT)
def test_an_original_that_cannot_be_published_is_reported_with_its_uses(
    small: Project, data: bytes, fault: str, zh: str, en: str
) -> None:
    content, problems = load(small(with_photos("a.jpg") | {"data/photos/a.jpg": data}))
    [message] = mistakes(check(content))
    assert problems == []
    assert content.originals["a.jpg"].fault == fault
    assert message.at == Position("data/photos/a.jpg")
    assert message.code.startswith("photo-")
    assert [str(place) for place in message.also] == ["data/glossary/one.yml:7:12"]
    assert zh in message.zh
    assert en in message.en
    assert_in_both_languages(message)


def test_an_original_that_breaks_off_is_reported_before_anything_is_written(small: Project) -> None:
    root = small(with_photos("a.jpg") | {"data/photos/a.jpg": jpeg()[:-2000]})
    with pytest.raises(ContentError) as caught:
        render_site(root)
    [message] = caught.value.diagnostics
    assert places([message]) == ["data/photos/a.jpg:1:1 [photo-unreadable]"]
    assert [str(place) for place in message.also] == ["data/glossary/one.yml:7:12"]
    assert_in_both_languages(message)


def found(small: Project, changes: dict[str, str | bytes | None]) -> list[Diagnostic]:
    content, problems = load(small(changes))
    return [*problems, *mistakes(check(content))]


def test_a_photograph_that_is_not_there_is_reported_where_it_is_named(small: Project) -> None:
    [message] = found(small, with_photos("shop.jpg", "shops.jpg") | {"data/photos/shop.jpg": jpeg()})
    assert places([message]) == ["data/glossary/one.yml:8:12 [no-photo-file]"]
    assert_in_both_languages(message)
    assert "是不是“shop.jpg”" in message.zh
    assert "Do you mean `shop.jpg`?" in message.en
    assert message.example == "file: shop.jpg"


def test_a_photograph_that_nothing_shows_is_reported(small: Project) -> None:
    [message] = found(small, {"data/photos/shop.jpg": jpeg()})
    assert places([message]) == ["data/photos/shop.jpg:1:1 [unused-photo]"]
    assert_in_both_languages(message)
    assert "file: shop.jpg" in message.example


@pytest.mark.parametrize(
    "name", ["IMG_1.jpg", "a.JPG", "a.gif", "a.heic", "照片.jpg", "2021.jpg", "more/a.jpg"]
)
def test_only_photographs_belong_in_their_folder(small: Project, name: str) -> None:
    [message] = found(small, {f"data/photos/{name}": jpeg()})
    assert places([message]) == [f"data/photos/{name.split('/')[0]}:1:1 [not-a-photo-file]"]
    assert_in_both_languages(message)


def test_what_a_computer_puts_into_a_folder_is_left_alone(small: Project) -> None:
    assert found(small, {"data/photos/Thumbs.db": b"x", "data/photos/.DS_Store": b"x"}) == []


@pytest.mark.parametrize("field", ["file", "alt", "caption", "credit", "licence"])
def test_each_of_the_five_fields_is_missed_on_its_photograph(small: Project, field: str) -> None:
    files = with_photos("a.jpg")
    text = str(files["data/glossary/one.yml"])
    files["data/glossary/one.yml"] = text.replace(f"{field}:", "order:", 1)
    messages = found(small, files | {"data/photos/a.jpg": jpeg()})
    missing = next(message for message in messages if message.code == "missing")
    assert str(missing.at).startswith("data/glossary/one.yml:7:")
    assert f"缺少“{field}”" in missing.zh
    assert f"must have `{field}`" in missing.en
    assert missing.example.startswith(f"{field}: ")
    assert {message.code for message in messages} == {"missing", "unknown-key"}


def test_a_text_in_one_language_is_refused_where_the_other_is_missing(small: Project) -> None:
    files = with_photos("a.jpg")
    files["data/glossary/one.yml"] = str(files["data/glossary/one.yml"]).replace(", en: Shops in a row", "")
    [message] = found(small, files | {"data/photos/a.jpg": jpeg()})
    assert places([message]) == ["data/glossary/one.yml:7:19 [missing]"]


def test_a_name_that_no_photograph_can_have_is_refused(small: Project) -> None:
    [message] = found(small, with_photos("../one.yml"))
    assert places([message]) == ["data/glossary/one.yml:7:12 [photo-file-name]"]
    assert_in_both_languages(message)


def test_what_is_said_of_a_photograph_is_held_to_the_same_rules_as_all_text(small: Project) -> None:
    files = {"data/photos/a.jpg": jpeg()} | with_photos("a.jpg")
    files["data/glossary/one.yml"] = str(files["data/glossary/one.yml"]).replace(
        "en: Shops}", "en: 187 shops}"
    )
    [message] = found(small, files)
    assert message.code == "stray-number-in-field"
    assert str(message.at).startswith("data/glossary/one.yml:7:")
    content, _ = load(small({}))
    assert "photos.0.caption: 店铺" in chinese(content.records[Ref("glossary", "one")])


# Where they are shown

ARTICLE = "docs/zh/news/line-opens.md"


def with_article(small: Project, body: str) -> Path:
    root = small({"data/photos/a.jpg": jpeg(), "data/photos/b.jpg": jpeg(700, 900)})
    edit(root, ARTICLE, "tags: [daily]\n", "tags: [daily]\n" + pictures.photos("a.jpg", "b.jpg"))
    edit(root, ARTICLE, "正文。", body)
    edit(root, "docs/en/news/line-opens.md", "Text.", body)
    return root


def test_several_photographs_of_an_article_stand_in_a_gallery_in_the_page_s_language(small: Project) -> None:
    markdown = render_site(with_article(small, "Text.")).markdown
    for locale, alt, credit in (("zh", "店铺门面", "摄影：甲"), ("en", "Shops in a row", "Photo: A. Person")):
        text = markdown[f"{locale}/news/line-opens.md"]
        assert text.count('<div class="gallery">') == 1
        assert text.count('<figure class="photo">') == 2
        assert f'alt="{alt}"' in text
        assert credit in text


def test_a_photograph_placed_in_the_text_is_not_shown_again(small: Project) -> None:
    text = render_site(with_article(small, 'One.\n\n{{ photo("b.jpg") }}\n\nTwo.')).markdown[
        "en/news/line-opens.md"
    ]
    first, second = text.index("b-"), text.index("a-")
    assert text.index("One.") < first < text.index("Two.") < second
    assert "gallery" not in text
    assert text.count("<figure") == 2


def test_a_photograph_that_the_page_does_not_have_is_reported_on_its_line(small: Project) -> None:
    with pytest.raises(ContentError) as caught:
        render_site(with_article(small, '{{ photo("aa.jpg") }}'))
    assert places(caught.value.diagnostics) == [
        "docs/en/news/line-opens.md:7:1 [photo-not-listed]",
        "docs/zh/news/line-opens.md:13:1 [photo-not-listed]",
    ]
    for message in caught.value.diagnostics:
        assert_in_both_languages(message)
        assert message.example == '{{ photo("a.jpg") }}'


def test_a_page_that_is_no_record_has_no_photographs(small: Project) -> None:
    root = small({})
    for path, body in (("docs/zh/about.md", "正文。"), ("docs/en/about.md", "Text.")):
        edit(root, path, body, '{{ photo("a.jpg") }}')
    with pytest.raises(ContentError) as caught:
        render_site(root)
    assert {message.code for message in caught.value.diagnostics} == {"photo-outside-article"}
    assert "Only the text of a news article" in caught.value.diagnostics[0].en


def test_a_photograph_placed_in_one_language_only_is_reported(small: Project) -> None:
    root = with_article(small, "Text.")
    edit(root, ARTICLE, "---\n\nText.", '---\n\n{{ photo("a.jpg") }}')
    content, _ = load(root)
    assert [message.code for message in mistakes(check(content))] == ["one-sided-call"]


def test_the_photographs_of_a_draft_are_previewed_and_not_published(small: Project) -> None:
    root = with_article(small, "Text.")
    edit(root, ARTICLE, "tags: [daily]\n", "tags: [daily]\ndraft: true\n")
    assert render_site(root).photos == {}
    assert len(render_site(root, drafts=True).photos) == 5


def test_a_photograph_that_nothing_shows_is_not_published(small: Project) -> None:
    content, _ = load(small({"data/photos/a.jpg": jpeg()}))
    assert list(content.originals) == ["a.jpg"]
    assert content.published().originals == {}
