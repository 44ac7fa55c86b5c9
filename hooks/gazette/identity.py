"""Whose site this is: the identity block of mkdocs.yml, `extra.locales`, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import Field

from gazette.diagnostics import Diagnostic, Position
from gazette.records.validation import validate
from gazette.records.values import LOCALES, Model, Text
from gazette.strict_yaml import Document, Location
from gazette.tables import Licence

FILE = "mkdocs.yml"


class Identity(Model):
    """What a site calls itself in one language."""

    site_name: Text = Field(examples=["济北纪事"])
    tagline: Text = Field(examples=["济北经济开发区与回河街道的公开记录"])
    site_description: Text = Field(examples=["…"])
    notice: Text = Field(examples=["本站不是政府网站。"])
    copyright: Text = Field(examples=["…"])
    licence: Licence | None = None
    sections: Mapping[str, Text] = Field(examples=["{home: 首页}"])


def read(text: str, locales: Any, nav: Any) -> tuple[Mapping[str, Identity], list[Diagnostic]]:
    """The identity in each language; what is missing or unnamed, with its place in `text`, the text of mkdocs.yml.

    `locales` and `nav` are as MkDocs read them.
    """
    document = _document(text)
    found: dict[str, Identity] = {}
    problems: list[Diagnostic] = []
    for locale in LOCALES:
        place = ("extra", "locales", locale)

        def locate(location: Location, of_key: bool, place: Location = place) -> Position:
            return document.position((*place, *location), of_key=of_key)

        data = (locales or {}).get(locale) or {}
        identity, refused = validate(Identity, data, locale, locate)
        problems += refused
        if identity is None:
            continue
        found[locale] = identity
        for key in sorted(set(_section_keys(nav)) - set(identity.sections)):
            problems.append(
                Diagnostic(
                    document.position((*place, "sections"), of_key=True),
                    "section-name",
                    f"导航栏目“{key}”没有{'中文' if locale == 'zh' else '英文'}名称。",
                    f"The nav section `{key}` has no {'Chinese' if locale == 'zh' else 'English'} name.",
                    f"sections: {{{key}: …}}",
                )
            )
    if not nav:
        problems.append(
            Diagnostic(
                Position(FILE),
                "nav",
                "mkdocs.yml 没有 nav。",
                "mkdocs.yml has no nav.",
                "nav:\n  - home: index.md",
            )
        )
    return found, problems


def read_file(
    text: str, environment: Mapping[str, str]
) -> tuple[Mapping[str, Identity], str, list[Diagnostic]]:
    """The identities as above, the site's address, and the problems, from the text of mkdocs.yml alone."""
    settings = yaml.load(text, Loader=yaml.BaseLoader)
    identities, problems = read(text, settings.get("extra", {}).get("locales"), settings.get("nav"))
    address = settings.get("site_url") or ""
    if isinstance(address, list):  # !ENV [SITE_URL, ""]: names of variables, then what holds without them
        *names, default = address
        address = next((environment[name] for name in names if environment.get(name)), default)
    return identities, address, problems


def _section_keys(nav: Any) -> list[str]:
    if isinstance(nav, list):
        return [key for item in nav for key in _section_keys(item)]
    if isinstance(nav, dict):
        return [key for name, value in nav.items() for key in (name, *_section_keys(value))]
    return []


def _document(text: str) -> Document:
    """mkdocs.yml for its positions; MkDocs' own tags, such as !ENV, are no concern here."""
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    return Document(FILE, {}, node if isinstance(node, yaml.MappingNode) else None)
