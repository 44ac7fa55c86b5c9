"""The picture of a section that a shared link shows: 1200 × 630, all that matters in the square that WeChat cuts out."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import PIL
from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFont, features

from gazette.base import cache_folder
from gazette.base.messages import say
from gazette.content.model import Content
from gazette.outputs.fonts import Font
from gazette.outputs.publication import HashedFile
from gazette.site.identity import Identity
from gazette.site.model import SiteModel
from gazette.site.pages import Page
from gazette.site.palette import DEFAULT, Palette, Scheme

KEPT = f"{cache_folder.FOLDER}/share"
"""The folder of a project that keeps the images drawn."""

WIDTH, HEIGHT = 1200, 630

Share = Mapping[str, str | int]
"""The picture that a shared link shows of a page: its address, words and size."""

log = logging.getLogger("gazette")


_DRAWN_BY = Path(__file__).read_text(encoding="utf-8")
"""The text of this module, which shapes every image."""
_MEASURE = 560
"""How wide lines may be: the central square less its margins."""
_LEADING = 1.3
_SHADES = 16
"""Between paper and a colour, at the edges of letters."""
_CHINESE = "\u2e80-\u9fff\uff00-\uffef"
_PIECE = re.compile(
    rf"[“‘（《「『【〈]*[\u2e80-\u2fff\u3040-\u9fff][”’）》」』】〉，。、；：！？…—·]*|[^\s{_CHINESE}]+|\s+|."
)
"""What no line break may divide: a Chinese character with the punctuation that goes with it, or a word."""
Piece = tuple[str, float]
"""Such a piece of words, and how wide it is for the size of its letters."""


@dataclass(frozen=True)
class Card:
    """The words and colours of the share image of one page; `seal` is the character that its seal is cut with."""

    locale: str
    path: str
    title: str
    site_name: str
    tagline: str
    seal: str
    colours: Scheme = DEFAULT.light

    @cached_property
    def name(self) -> str:
        """What it is called among the cards of a site."""
        return f"{self.locale}/{self.path}"

    @property
    def words(self) -> str:
        """What is written on the image, in a line."""
        return " · ".join(dict.fromkeys((self.title, self.site_name, self.tagline)))


def cards(site_model: SiteModel, identities: Mapping[str, Identity], palette: Palette) -> Mapping[str, Card]:
    """The card that each page shows, by its src_uri: its own if it is prose, its section's if a record or an article.

    Pages that show the same have the same object.
    """
    seal = identities["zh"].site_name[0]
    made: dict[str, Card] = {}
    found = {}
    for page in site_model.pages.values():
        path = _section_shown(page, site_model.content)
        shown = f"{page.locale}/{path}.md"
        if shown not in made:
            identity = identities[page.locale]
            names = (identity.site_name, identity.tagline, seal)
            made[shown] = Card(page.locale, path, site_model.pages[shown].title, *names, palette.light)
        found[page.src_uri] = made[shown]
    return found


def _section_shown(page: Page, content: Content) -> str:
    section = f"{page.path.rpartition('/')[0]}/index"
    own = page.path if page.record is None else section
    return next((path for path in (own, section) if path in content.prose), "index")


def shares(shown: Mapping[str, Card], font: Font | None) -> Mapping[str, Share]:
    """The picture that a shared link shows of each page, by src_uri."""
    told: dict[str, Share] = {
        card.name: {"address": address_of(card, font), "words": card.words, "width": WIDTH, "height": HEIGHT}
        for card in distinct(shown)
    }
    return {src_uri: told[card.name] for src_uri, card in shown.items()}


def files(shown: Mapping[str, Card], font: Font | None, kept: Path) -> Iterator[HashedFile]:
    """Every share image, drawn with the font that there is, or taken from the folder `kept`."""
    if not shown:
        return
    if font is None:
        log.info(say("no-font-for-pictures"))
    wanted = distinct(shown)
    for card in wanted:
        yield HashedFile(address_of(card, font), _key(card, font), partial(image_of, card, font, kept))
    cache_folder.prune(kept, {f"{_key(card, font)}.png" for card in wanted})


def distinct(shown: Mapping[str, Card]) -> Iterable[Card]:
    """Each card once."""
    return {card.name: card for card in shown.values()}.values()


def address_of(card: Card, font: Font | None) -> str:
    """Where an image is published; the name changes with the picture, since those who show it keep it for long."""
    slug = card.path.removesuffix("/index").replace("/", "-")
    return f"assets/share/{card.locale}-{slug}-{_key(card, font)}.png"


def image_of(card: Card, font: Font | None, folder: Path) -> bytes:
    """The PNG of a card: drawn, or the one that `folder` has from the last time it was."""
    name = f"{_key(card, font)}.png"
    kept = cache_folder.read_checked(folder / name)
    if kept is None:
        kept = draw(card, font)
        cache_folder.write_checked(folder, name, kept)
    return kept


def draw(card: Card, font: Font | None) -> bytes:
    """Draw a card. Without a Chinese font, words that need one are left out and others are in Pillow's own."""
    colours = card.colours
    masks = {
        colour: Image.new("L", (WIDTH, HEIGHT)) for colour in (colours.accent, colours.ink, colours.muted)
    }
    canvases = {colour: ImageDraw.Draw(mask) for colour, mask in masks.items()}
    middle, seal = WIDTH // 2, canvases[colours.accent]
    seal.rectangle((0, 0, WIDTH, 13), 255)
    seal.rectangle((middle - 44, 64, middle + 44, 152), 255)
    seal.rectangle((middle - 38, 70, middle + 38, 146), outline=0, width=2)
    seal.rectangle((middle - 60, 450, middle + 60, 453), 255)
    if _can_say(card.seal, font):
        seal.text((middle, 108), card.seal, 0, _sized(font, 58), anchor="mm")

    def write(words: str, top: float, bottom: float, largest: int, colour: str) -> None:
        """Words set in the middle of a strip of the square."""
        lines, size = fitted(words, font, largest, bottom - top) if _can_say(words, font) else ([], 0)
        for number, line in enumerate(lines):
            y = (top + bottom) / 2 + size * _LEADING * (number - (len(lines) - 1) / 2)
            canvases[colour].text((middle, y), line, 255, _sized(font, size), anchor="mm")

    of_the_site = card.title == card.site_name
    write(card.title, 188, 420, 104, colours.ink)
    if not of_the_site:
        write(card.site_name, 476, 516, 34, colours.ink)
    write(card.tagline, 476 if of_the_site else 524, 592, 24, colours.muted)
    return _png(colours.paper, masks)


def _png(paper: str, masks: Mapping[str, Image.Image]) -> bytes:
    """A PNG of paper on which each colour lies where its mask, which no other overlaps, is not 0."""
    picture = Image.new("L", (WIDTH, HEIGHT))
    ground, palette = ImageColor.getrgb(paper), bytearray()
    for number, (colour, mask) in enumerate(masks.items()):
        shades = (round(value / 255 * (_SHADES - 1)) for value in range(256))
        shown = [number * _SHADES + shade if shade else 0 for shade in shades]
        picture = ImageChops.lighter(picture, mask.point(shown))
        for shade in range(_SHADES):
            part = shade / (_SHADES - 1)
            palette += bytes(
                round(a + (b - a) * part) for a, b in zip(ground, ImageColor.getrgb(colour), strict=True)
            )
    picture.putpalette(palette)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def fitted(words: str, font: Font | None, largest: int, height: float) -> tuple[list[str], int]:
    """Words in lines and the size of their letters, to fill a height; a line more only where letters get too small."""
    measured = _sized(font, largest)
    pieces = [(piece, measured.getlength(piece) / largest) for piece in _PIECE.findall(words)]
    widest = max((width for _, width in pieces), default=0)
    for most, smallest in ((1, largest * 0.75), (2, largest * 0.5), (3, largest * 0.4), (99, 6)):
        for size in range(largest, int(smallest) - 1, -2):
            lines = wrapped(pieces, _MEASURE / size)
            if len(lines) <= min(most, height // (size * _LEADING)) and widest * size <= _MEASURE:
                return _evened(pieces, lines, size, widest), size
    return [], 0  # A whole paragraph is no title.


def _evened(pieces: Sequence[Piece], lines: list[str], size: int, widest: float) -> list[str]:
    """The same words in as many lines, as even as that number allows."""
    for measure in range(_MEASURE, int(widest * size), -10):
        narrower = wrapped(pieces, measure / size)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def wrapped(pieces: Sequence[Piece], measure: float) -> list[str]:
    """Pieces in lines of at most `measure`, as far as each of them allows."""
    lines, length = [""], 0.0
    for piece, width in pieces:
        if piece.isspace():
            length += width if lines[-1] else 0
            lines[-1] += piece if lines[-1] else ""
            continue
        if lines[-1] and length + width > measure:
            lines.append("")
            length = 0
        lines[-1] += piece
        length += width
    return [line.rstrip() for line in lines if line.strip()]


def _can_say(words: str, font: Font | None) -> bool:
    return font is not None or words.isascii()


def _sized(font: Font | None, size: int) -> ImageFont.FreeTypeFont:
    if font is not None:
        return font.at(size)
    built_in = ImageFont.load_default(size)
    assert isinstance(built_in, ImageFont.FreeTypeFont)
    return built_in


def _key(card: Card, font: Font | None) -> str:
    """The hash of all that shapes an image: words, colours, font, the drawing library and this very module."""
    shaped_by = (
        repr(card),
        font.identity if font else "",
        PIL.__version__,
        str(features.version("freetype2")),
        _DRAWN_BY,
    )
    return hashlib.sha256("\0".join(shaped_by).encode()).hexdigest()[:12]
