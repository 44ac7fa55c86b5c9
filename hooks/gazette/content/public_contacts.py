"""The contacts that a site publishes on purpose: `extra.public_contacts` of mkdocs.yml, which no change of content touches."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from gazette.base.diagnostics import Diagnostic
from gazette.base.personal_data import PersonalData, personal_data
from gazette.content.settings_file import FILE, extra, syntax_faults
from gazette.records.validation import validate
from gazette.records.values import Model, Text, wrong

_KEY = "public_contacts"


def _recognised(value: str) -> str:
    if len([*personal_data(value)]) != 1:
        raise wrong("not-a-contact", text=value)
    return value


class PublicContact(Model):
    """A number or an address that is meant to be public, and why."""

    contact: Annotated[Text, AfterValidator(_recognised)] = Field(examples=["0531-88880000"])
    reason: Text = Field(examples=["便民服务中心对外公布的值班电话"])


class _Named(Model):
    public_contacts: tuple[PublicContact, ...] = ()


def read(text: str) -> tuple[tuple[PublicContact, ...], list[Diagnostic]]:
    """The public contacts, from the text of mkdocs.yml; what is malformed, with its place."""
    if malformed := syntax_faults(text):
        return (), malformed
    data, locate = extra(text, _KEY)
    if data and not isinstance(data, list):
        return (), [Diagnostic(locate((), True), "public-contacts-not-a-list")]
    found, refused = validate(
        _Named, {_KEY: data or []}, "", lambda location, of_key: locate(location[1:], of_key)
    )
    return (found.public_contacts if found else ()), refused


def public_numbers(root: Path) -> Set[str]:
    """The numbers and addresses of these contacts of the project at `root`; none where they are malformed, which a build tells."""
    with suppress(OSError, ValueError, AttributeError):
        named, _ = read((root / FILE).read_text(encoding="utf-8"))
        return frozenset(one.number for each in named for one in personal_data(each.contact))
    return frozenset()


def is_public(found: PersonalData, numbers: Set[str]) -> bool:
    """Whether personal data is among these numbers; a telephone number may stand without its area."""
    is_local = found.kind == "telephone-number"
    return found.number in numbers or (is_local and any(each.endswith(found.number) for each in numbers))
