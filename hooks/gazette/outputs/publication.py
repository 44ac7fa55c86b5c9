"""What the outputs are made from, when every page is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from gazette.site.identity import Identity
from gazette.site.model import SiteModel
from gazette.site.palette import DEFAULT, Palette

File = tuple[str, bytes]
"""A file of the site beside its pages: its address relative to the site's root, and what is in it."""


@dataclass(frozen=True)
class HashedFile:
    """A file of the site whose hash is known before it is made: where the site has it already, `body` is not called."""

    address: str
    hash: str
    body: Callable[[], bytes]


@dataclass(frozen=True)
class Publication:
    """One finished site model.

    `address` is the site's, with a slash at its end, or "" where none is set.
    By src_uri, `html` gives the body of each page, as it was made of the Markdown, `text` what search knows of it,
    and `text_hashes` a hash of that, at which alone one looks where nothing changed; `versions` are others where the
    body is another.
    """

    site_model: SiteModel
    identities: Mapping[str, Identity]
    address: str
    html: Callable[[str], str]
    text: Callable[[str], str]
    text_hashes: Mapping[str, str]
    palette: Palette = DEFAULT
    versions: Mapping[str, str] = field(default_factory=dict)


def write(published: Iterable[File | HashedFile], folder: Path) -> None:
    """Write files below `folder`, the root of a site."""
    there: set[Path] = set()
    for one in published:
        address, body = (one.address, one.body()) if isinstance(one, HashedFile) else one
        target = folder / address
        if target.parent not in there:
            target.parent.mkdir(parents=True, exist_ok=True)
            there.add(target.parent)
        target.write_bytes(body)
