"""The colours of a site: those that mkdocs.yml names, those that follow from the accent, and whether text is legible in them.

Contrast is that of WCAG 2.x: 1 where two colours are the same, 21 between black and white.
"""

from __future__ import annotations

import colorsys
import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from importlib import resources
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, Field, create_model

from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import say
from gazette.content.settings_file import extra
from gazette.records.validation import validate
from gazette.records.values import Model, wrong

ENOUGH = 4.5
"""The contrast that text must have with what is behind it."""
_IN_CARE = 7.0
"""The contrast of the colours that follow from the accent in care mode."""
_WHITE = "#ffffff"


@dataclass(frozen=True)
class Scheme:
    """The colours of one scheme.

    `paper`, `panel`, `wash` and `code` are behind text, `rule` divides; `ink` and `muted` are text, so are `accent` (links
    and numbers) and `hover` (a link pointed at). `fill` marks charts; `deep` is behind white text.
    """

    paper: str
    panel: str
    wash: str
    code: str
    rule: str
    ink: str
    muted: str
    accent: str
    hover: str
    fill: str
    deep: str


_TEXT = ("ink", "muted", "accent", "hover")
_BEHIND = ("paper", "panel", "wash", "code")


@dataclass(frozen=True)
class Palette:
    """The colours of a site by scheme: light, dark, and both again in care mode."""

    light: Scheme
    dark: Scheme
    care: Scheme
    care_dark: Scheme


_ACCENT = "#a4231c"
"""The accent of a site that names none."""
_GROUNDS: Mapping[str, Mapping[str, str]] = yaml.safe_load(
    resources.files("gazette.site").joinpath("palette.yml").read_text(encoding="utf-8")
)
"""The paper and ink of each scheme, where a site names no others."""


def _colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise wrong("not-a-colour", text=value, right=_ACCENT)
    return value.lower()


_Colour = Annotated[str, AfterValidator(_colour)]


def _scheme_field(name: str, accent: str) -> Any:
    """What a site may name of a scheme, with an example of each; care mode is black on white and has accents only."""
    right = dict.fromkeys(("accent", "hover", "fill", "deep"), _ACCENT)
    if not name.startswith("care"):
        right |= _GROUNDS[name]
    colours: dict[str, Any] = {
        key: (_Colour | None, Field(None, examples=[f'"{colour}"'])) for key, colour in right.items()
    }
    model = create_model("_Colours", __base__=Model, **colours)
    return model, Field(model(), examples=[f'{{accent: "{accent}"}}'])


_ACCENTS = {"light": _ACCENT, "dark": "#f0917f", "care": "#8a0f0a", "care_dark": "#ffc9bd"}
_FIELDS = {name: _scheme_field(name, accent) for name, accent in _ACCENTS.items()}
_Named = create_model("_Named", __base__=Model, **_FIELDS)
"""What a site names of its colours, `extra.palette`."""


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: str, others: Iterable[str], least: float = ENOUGH) -> str | None:
    """The colour, or the shade of it nearest in lightness, that stands out from all the others; None where none does."""
    others = tuple(others)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for step in range(256):
        for moved in (lightness - step / 255, lightness + step / 255):
            parts = colorsys.hls_to_rgb(hue, moved, saturation)
            shade = "#" + "".join(f"{round(part * 255):02x}" for part in parts) if step else colour
            if 0 <= moved <= 1 and all(contrast(shade, other) >= least for other in others):
                return shade
    return None


def palette_of(named: Mapping[str, Mapping[str, str]]) -> Palette:
    """The palette of a site that names these of its colours, by scheme; what it leaves out follows from its accent."""
    own = named.get("light", {}).get("accent", _ACCENT)

    def scheme(name: str) -> Scheme:
        known = {**_GROUNDS[name], **named.get(name, {})}
        least = _IN_CARE if name.startswith("care") else ENOUGH
        grounds = [known[key] for key in _BEHIND]
        # In the light scheme the accent is what was chosen, legible or refused.
        accent = known.get("accent") or (own if name == "light" else nearest(own, grounds, least) or own)
        followed = {
            "accent": accent, "hover": accent, "fill": accent, "deep": nearest(own, [_WHITE], least) or own
        }  # fmt: skip
        return Scheme(**{**followed, **known})

    return Palette(*(scheme(each.name) for each in fields(Palette)))


def read(text: str) -> tuple[Palette, list[Diagnostic]]:
    """The palette, from the text of mkdocs.yml; what is malformed or cannot be read on it, with its place."""
    data, locate = extra(text, "palette")
    if not isinstance(data, dict):
        right = f'palette: {{light: {{accent: "{_ACCENT}"}}}}'
        return DEFAULT, [Diagnostic(locate((), False), "palette-not-fields", {"right": right})]
    found, refused = validate(_Named, data, "", locate)
    if found is None:
        return DEFAULT, refused
    named = found.model_dump(exclude_none=True)
    palette = palette_of(named)
    return palette, [
        _illegible(locate((name, key), True), key, colour, others)
        for name, colours in named.items()
        for key, colour in colours.items()
        if (others := _unfit(name, getattr(palette, name), key, colours))
    ]


def _unfit(name: str, scheme: Scheme, key: str, named: Collection[str]) -> Mapping[str, str]:
    """The colours beside which that of `key` is illegible, by what they are; a text is to blame before its ground."""
    if key in _TEXT:
        beside = {ground: getattr(scheme, ground) for ground in _BEHIND}
        if name == "light":  # The PDF is printed on white.
            beside["PDF"] = _WHITE
    elif key in _BEHIND:
        beside = {text: getattr(scheme, text) for text in _TEXT if text not in named}
    else:
        beside = {"white": _WHITE} if key == "deep" else {}
    own = getattr(scheme, key)
    return beside if any(contrast(own, other) < ENOUGH for other in beside.values()) else {}


def _illegible(at: Position, key: str, colour: str, beside: Mapping[str, str]) -> Diagnostic:
    worst = min(beside, key=lambda other: contrast(colour, beside[other]))
    least = math.floor(contrast(colour, beside[worst]) * 100) / 100
    shade = nearest(colour, beside.values())
    hint = say("nearest-shade", shade=shade) if shade else say("no-shade")
    values = {"key": key, "colour": colour, "contrast": least, "beside": worst, "other": beside[worst]}
    right = f'{key}: "{shade}"' if shade else ""
    return Diagnostic(at, "contrast", {**values, "enough": ENOUGH, "right": right, "hint": hint})


def _luminance(colour: str) -> float:
    parts = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour))
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


DEFAULT = palette_of({})
"""The palette of a site that names no colour."""
