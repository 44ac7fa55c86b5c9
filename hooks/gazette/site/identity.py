"""Whose site this is: the identity block of mkdocs.yml, in both languages, and what was issued to it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, Field

from gazette.base.addresses import WEB
from gazette.base.diagnostics import Diagnostic, Position
from gazette.base.messages import language, listed
from gazette.base.strict_yaml import Location
from gazette.content.settings_file import FILE as FILE
from gazette.content.settings_file import document_of, extra, locate_in, syntax_faults
from gazette.records import PAGED
from gazette.records.validation import validate
from gazette.records.values import LOCALES, Model, Text, wrong
from gazette.site.pages import section_of
from gazette.site.tables.dataset import Licence


class Identity(Model):
    """What a site calls itself in one language."""

    site_name: Text = Field(examples=["济北纪事"])
    tagline: Text = Field(examples=["济北经济开发区与回河街道的公开记录"])
    site_description: Text = Field(examples=["…"])
    notice: Text = Field(examples=["本站不是政府网站。"])
    copyright: Text = Field(examples=["…"])
    licence: Licence | None = None
    sections: Mapping[str, Text] = Field(examples=["{home: 首页}"])


def licence(identities: Mapping[str, Identity]) -> Licence | None:
    """The terms of the data, where the owner has set them."""
    return next((found.licence for found in identities.values() if found.licence), None)


def _issued(form: str, code: str) -> AfterValidator:
    """A number that an authority issues in a certain form; or "", where it has issued none. `code` is what is said of another."""

    def check(value: str) -> str:
        if value and not re.fullmatch(form, value):
            raise wrong(code, text=value)
        return value

    return AfterValidator(check)


_PROVINCE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新]"
_POLICE = re.compile(f"{_PROVINCE}公网安备 ?([0-9]{{14}})号")

_SiteIdCode = Annotated[str, _issued("[0-9]{10}|bm[0-9]{8}", "site-id-code")]
_Icp = Annotated[
    str, _issued(f"{_PROVINCE}ICP备(?:[0-9]{{8}}|[0-9]{{10}})号-[1-9][0-9]{{0,2}}", "icp-filing")
]
_PublicSecurity = Annotated[str, _issued(_POLICE.pattern, "public-security-filing")]


_REPORT = re.compile(rf"(?:(?=https:){WEB}|mailto:)[^\s{{}}]+\{{page\}}[^\s{{}}]*")


class Filings(Model):
    """What authorities have issued to a site, `extra.filings`; "" for what they have not."""

    site_id_code: _SiteIdCode = Field("", examples=["3701000001"])
    icp: _Icp = Field("", examples=["鲁ICP备12345678号-1"])
    public_security: _PublicSecurity = Field("", examples=["鲁公网安备 37011202000123号"])

    @property
    def links(self) -> tuple[tuple[str, str], ...]:
        """Each filing as a site shows it, and the address of the register that holds it."""
        police = _POLICE.fullmatch(self.public_security)
        shown = (
            (self.icp, "https://beian.miit.gov.cn/"),
            (self.public_security, f"https://beian.mps.gov.cn/#/query/webSearch?code={police and police[1]}"),
        )
        return tuple((words, href) for words, href in shown if words)


def filings(text: str) -> tuple[Filings, list[Diagnostic]]:
    """What was issued to the site, from the text of mkdocs.yml; what is malformed, with its place.

    It is read as typed: a code of digits is no number.
    """
    if malformed := syntax_faults(text):
        return Filings(), malformed
    data, locate = extra(text, "filings")
    if not isinstance(data, dict):
        return Filings(), [Diagnostic(locate((), False), "filings-not-fields")]
    found, refused = validate(Filings, data, "", locate)
    return found or Filings(), refused


def report_address(text: str) -> tuple[str, list[Diagnostic]]:
    """Where readers report an error, with {page} for the address of the page, from the text of mkdocs.yml; "" where none is set."""
    address, locate = extra(text, "report_errors")
    if not address or _REPORT.fullmatch(str(address)):
        return address or "", []
    return "", [Diagnostic(locate((), False), "report-address", {"text": address, "page": "{page}"})]


def read(text: str, locales: Any, nav: Any) -> tuple[Mapping[str, Identity], list[Diagnostic]]:
    """The identity in each language; what is missing or unnamed, with its place in `text`, the text of mkdocs.yml.

    `locales` and `nav` are as MkDocs read them.
    """
    document = document_of(text)
    found: dict[str, Identity] = {}
    problems: list[Diagnostic] = []
    for locale in LOCALES:
        locate = locate_in(document, "locales", locale)
        data = (locales or {}).get(locale) or {}
        identity, refused = validate(Identity, data, locale, locate)
        problems += refused
        if identity is None:
            continue
        found[locale] = identity
        if unnamed := sorted(set(_section_keys(nav)) - set(identity.sections)):
            sections = {**identity.sections, **dict.fromkeys(unnamed, "…")}
            right = yaml.dump(
                {"sections": sections},
                default_flow_style=True,
                allow_unicode=True,
                sort_keys=False,
                width=math.inf,
            )
            values = {"key": listed(unnamed), "language": language(locale), "right": right.strip()[1:-1]}
            problems.append(Diagnostic(locate(("sections",), True), "section-name", values))
    if not nav:
        problems.append(Diagnostic(Position(FILE), "no-nav"))
    return found, problems


def lost_pages(text: str, nav: Any, root: Path) -> Iterator[Diagnostic]:
    """The entries of `nav` that are neither a page of the project at `root` nor an address elsewhere, with their places."""
    document = document_of(text)
    for location, entry in _entries(nav, ("nav",)):
        if urlsplit(entry).scheme or _is_page(root, entry):
            continue
        pages = [path.relative_to(root / "docs/zh").as_posix() for path in (root / "docs/zh").rglob("*.md")]
        by_name = {page.casefold(): page for page in sorted(pages)}
        near = get_close_matches(entry.casefold(), by_name, 1)
        values = {"path": entry, "right": by_name[near[0]] if near else ""}
        yield Diagnostic(document.position(location), "lost-page", values)


def _is_page(root: Path, entry: str) -> bool:
    """Whether a path below docs/zh is that of a page, be it a record's; capitals count, on Windows too."""
    folder, _, name = entry.rpartition("/")
    records = [collection for collection in PAGED if section_of(collection) == folder]
    places = [
        f"docs/zh/{entry}",
        *(f"data/{collection}/{name.removesuffix('.md')}.yml" for collection in records),
    ]
    files = [root / place for place in places if entry.endswith(".md")]
    return any(file.is_file() and file.resolve().name == file.name for file in files)


def _entries(nav: Any, location: Location) -> Iterator[tuple[Location, str]]:
    """The entries of `nav`, and where each stands."""
    if isinstance(nav, str):
        yield location, nav
    items = enumerate(nav) if isinstance(nav, list) else nav.items() if isinstance(nav, dict) else ()
    for step, item in items:
        yield from _entries(item, (*location, step))


def _section_keys(nav: Any) -> list[str]:
    if isinstance(nav, list):
        return [key for item in nav for key in _section_keys(item)]
    if isinstance(nav, dict):
        return [key for name, value in nav.items() for key in (name, *_section_keys(value))]
    return []
