"""A new zone: a complete project with this engine, its own names, and pages that say that nothing is recorded yet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from html import escape
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

import yaml

from gazette.base.diagnostics import ContentError
from gazette.base.git import tracked_files
from gazette.base.messages import Refused
from gazette.base.yaml_loader import AS_TYPED
from gazette.content import locks, proofs
from gazette.content.loader import load
from gazette.editing import sign_off
from gazette.language import wording
from gazette.outputs import data_guide, json_schema
from gazette.records.values import LOCALES
from gazette.site import identity, palette
from gazette.site.pages import section_path

_OWN = ("data/", "docs/", ".ci/")
"""What a zone does not take from the engine's checkout, but for the units."""
_UNITS = "data/units/"
_MACHINERY = "# ── Machinery"
"""Where the part of mkdocs.yml begins that is the engine's."""


@dataclass(frozen=True)
class NewZone:
    """What is known of a zone that begins: its names and lines in both languages, where its files are, its accent."""

    site_name_zh: str = "公开记录"
    site_name_en: str = "Public Record"
    tagline_zh: str = "本地区的公开记录"
    tagline_en: str = "A public record of this zone"
    repo_url: str = "https://github.com/example/record"
    accent: str = "#a4231c"


def new_zone(directory: Path, zone: NewZone, engine: Path) -> None:
    """Make a project of `zone` in `directory`, with the files of the checkout `engine`.

    Raises Refused where the folder has something in it, or `engine` is no checkout; ContentError where what is said of
    the zone cannot be published. Then nothing is written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refused("folder-not-empty", folder=directory)
    copied = tuple(_engine_files(engine))
    settings = (engine / identity.FILE).read_text(encoding="utf-8").partition(_MACHINERY)
    files = dict(_files(zone))
    files[identity.FILE] += "".join(settings[1:])
    parsed = yaml.load(files[identity.FILE], Loader=AS_TYPED)
    _, unnamed = identity.read(files[identity.FILE], parsed["extra"]["locales"], parsed["nav"])
    _, illegible = palette.read(files[identity.FILE])
    if wrong := [*unnamed, *illegible]:
        raise ContentError(wrong, engine)
    for path in (*copied, *files):
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
    for path in copied:
        shutil.copy(engine / path, directory / path)
    for path, text in files.items():
        (directory / path).write_text(text, encoding="utf-8", newline="\n")
    content, _ = load(directory)
    sign_off.sign(content, content.owners())
    locks.write(content)
    proofs.write(directory, {})
    data_guide.write(content)
    json_schema.write(content)


def _engine_files(engine: Path) -> Iterator[str]:
    """The files of the checkout that every zone has."""
    tracked = tracked_files(engine)
    if not tracked:
        raise Refused("engine-without-git", folder=engine)
    for path in tracked:
        own = path.startswith(_OWN) and not path.startswith(_UNITS)
        if not own and path != identity.FILE and (engine / path).is_file():
            yield path


def _files(zone: NewZone) -> Iterator[tuple[str, str]]:
    """What is the zone's own, by path: identity, seal and pages."""
    text = resources.files("gazette.editing").joinpath("new_zone.yml").read_text(encoding="utf-8")
    start = yaml.safe_load(text)
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in asdict(zone).items()}
    yield identity.FILE, Template(start["identity"]).substitute(quoted) + "\n"
    seal = Template(start["seal"]).substitute(accent=escape(zone.accent), seal=escape(zone.site_name_zh[:1]))
    yield "docs/assets/images/seal.svg", seal
    for path, page in (start["home"] | start["pages"]).items():
        for locale in LOCALES:
            yield f"docs/{locale}/{path}.md", _page(page, locale, asdict(zone))
    for collection, summaries in start["sections"].items():
        for locale in LOCALES:
            words = {"title": wording.label(collection, locale), "summary": summaries[locale]}
            page = {locale: words, "layout": "section", "empty": start["empty"]}
            yield f"docs/{locale}/{section_path(collection)}.md", _page(page, locale, {})


def _page(page: Mapping[str, Any], locale: str, values: Mapping[str, str]) -> str:
    """The Markdown file of a page in one language; what does not depend on language stands in the Chinese one."""
    words = page[locale]
    matter = {name: Template(words[name]).safe_substitute(values) for name in ("title", "summary")}
    if "empty" in page:
        matter["empty"] = page["empty"][locale]
    if locale == "zh" and page["layout"] != "page":
        matter["layout"] = page["layout"]
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in matter.items()]
    return "\n".join(["---", *lines, "---", ""]) + (f"\n{words['text']}" if "text" in words else "")
