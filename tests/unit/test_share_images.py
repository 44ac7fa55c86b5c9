"""Share images: whole in WeChat's square, the same every time, made without a Chinese font too."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from gazette.base.cache_folder import read_checked
from gazette.outputs import fonts, share_images
from gazette.outputs.fonts import Font
from gazette.outputs.share_images import Card

FONT = fonts.chinese(fonts.folders())
CHINESE = Card("zh", "alliances/index", "党建联盟", "样例纪事", "一个样例园区的公开记录", "样")
ENGLISH = Card(
    "en", "alliances/index", "Alliances", "The Sample Record", "A public record of a sample zone", "样"
)
LONG = {
    "zh": replace(
        CHINESE,
        title="积极探索非公党建“双包联”模式，开发区助企“强筋健骨”（试行），以及其他许许多多需要写进标题的事情。",
    ),
    "en": replace(
        ENGLISH,
        title="Exploring a pairing model of Party building in non-public enterprises: the zone helps firms grow",
        tagline="A public record of the Economic Development Zone and of all the subdistricts that are next to it",
    ),
}
PAPER, RED = (0xFB, 0xFA, 0xF6), (0xA4, 0x23, 0x1C)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def colours(picture: Image.Image) -> set[tuple[int, ...]]:
    found = picture.convert("RGB").getcolors(picture.width * picture.height)
    assert found is not None
    return {colour for _, colour in found if isinstance(colour, tuple)}


@pytest.mark.parametrize("card", [CHINESE, ENGLISH, *LONG.values()])
@pytest.mark.parametrize("font", [FONT, None], ids=["a font", "no font"])
def test_an_image_is_small_and_keeps_all_that_matters_in_the_central_square(
    card: Card, font: Font | None
) -> None:
    png = share_images.draw(card, font)
    picture = opened(png)
    assert picture.format == "PNG"
    assert picture.size == (share_images.WIDTH, share_images.HEIGHT) == (1200, 630)
    assert len(png) <= 25_000
    for left, right in ((0, 285), (915, 1200)):
        assert colours(picture.crop((left, 20, right, 630))) == {PAPER}
    assert colours(picture.crop((0, 600, 1200, 630))) == {PAPER}


@pytest.mark.parametrize("card", [CHINESE, ENGLISH, *LONG.values()])
def test_the_title_is_written_in_full(card: Card) -> None:
    lines, size = share_images.fitted(card.title, FONT, 104, 258)
    assert "".join(lines).replace(" ", "") == card.title.replace(" ", "")
    assert size >= 30
    assert not [line for line in lines if line[0] in "，。）”：" or line[-1] in "（“"]
    if card.locale == "en":
        assert " ".join(lines) == card.title


def test_a_long_title_is_set_smaller_and_a_short_one_in_one_line() -> None:
    assert len(share_images.fitted("惠企政策与服务", FONT, 104, 258)[0]) == 1
    sizes = [share_images.fitted(title, FONT, 104, 258)[1] for title in ("党建联盟", LONG["zh"].title)]
    assert sizes[0] > sizes[1]


@pytest.mark.parametrize("card", [CHINESE, ENGLISH])
def test_the_same_card_gives_the_same_bytes(card: Card, tmp_path: Path) -> None:
    first = share_images.image_of(card, FONT, tmp_path / "a")
    assert share_images.image_of(card, FONT, tmp_path / "b") == first
    assert [read_checked(file) for file in (tmp_path / "a").iterdir()] == [first]


def test_an_image_is_drawn_again_only_when_what_shapes_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = share_images.image_of(CHINESE, FONT, tmp_path)
    monkeypatch.setattr(share_images, "draw", lambda *_: b"drawn again")
    assert share_images.image_of(CHINESE, FONT, tmp_path) == kept
    assert share_images.image_of(replace(CHINESE, title="联盟"), FONT, tmp_path) == b"drawn again"
    assert share_images.image_of(CHINESE, None, tmp_path) == b"drawn again"


def test_an_image_that_a_disk_has_spoilt_is_drawn_again(tmp_path: Path) -> None:
    drawn = share_images.image_of(CHINESE, FONT, tmp_path)
    [kept] = tmp_path.iterdir()
    spoilt = bytearray(kept.read_bytes())
    spoilt[len(spoilt) // 2] ^= 1
    kept.write_bytes(spoilt)
    assert share_images.image_of(CHINESE, FONT, tmp_path) == drawn
    assert read_checked(kept) == drawn


def test_the_address_says_what_it_shows_and_changes_with_the_picture() -> None:
    address = share_images.address_of(CHINESE, FONT)
    assert address.startswith("assets/share/zh-alliances-")
    assert share_images.address_of(replace(CHINESE, tagline="另一句"), FONT) != address


def test_without_a_chinese_font_chinese_words_are_left_out_and_english_are_written() -> None:
    words = (300, 180, 900, 440)
    assert colours(opened(share_images.draw(CHINESE, None)).crop(words)) == {PAPER}
    assert len(colours(opened(share_images.draw(ENGLISH, None)).crop(words))) > 2
    for card in (CHINESE, ENGLISH):
        assert RED in colours(opened(share_images.draw(card, None)))


def test_the_font_is_the_face_for_simplified_chinese() -> None:
    assert FONT is not None
    family, _ = FONT.at(20).getname()
    assert family in {known for _, known in fonts._KNOWN}


def test_a_folder_without_a_known_font_has_none(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "msyh.ttc").write_bytes(b"no font")
    assert fonts.chinese([tmp_path, tmp_path / "missing"]) is None
