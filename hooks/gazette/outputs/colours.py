"""The colours of the palette in style sheets: those of the site, and those within a page that stands alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from markupsafe import Markup

from gazette.site.palette import Palette, Scheme

FILE = "assets/stylesheets/palette.css"
"""Where it stands among the files of the site, before it is joined with the others."""

_DARK = '[data-md-color-scheme="slate"]'
_CARE = "html[data-care] "


def css(palette: Palette) -> str:
    """Custom properties, from which the other style sheets take their colours.

    The light scheme is also what is printed; `--record-seal` is its accent in every scheme.
    """
    seal = f"  --record-seal: {palette.light.accent};\n"
    return (
        f"[data-md-color-scheme] {{\n{_properties(palette.light)}{seal}}}\n"
        f"@media screen {{\n{_DARK} {{\n{_properties(palette.dark)}}}\n}}\n"
        f"{_CARE}[data-md-color-scheme] {{\n{_properties(palette.care)}}}\n"
        f"@media screen {{\n{_CARE}{_DARK} {{\n{_properties(palette.care_dark)}}}\n}}\n"
    )


def values(scheme: Scheme) -> Mapping[str, Markup]:
    """The colours of a scheme, for a template to write as they are."""
    return {name: Markup(colour) for name, colour in asdict(scheme).items()}


def _properties(scheme: Scheme) -> str:
    return "".join(f"  --record-{name}: {colour};\n" for name, colour in asdict(scheme).items())
