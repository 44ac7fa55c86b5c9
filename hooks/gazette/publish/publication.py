"""What the publishers of feeds, search and open data work from, when every page is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazette.edition import Edition
from gazette.identity import Identity

File = tuple[str, bytes]
"""A file of the site beside its pages: its address relative to the site's root, and what is in it."""


@dataclass(frozen=True)
class Publication:
    """One finished edition.

    `address` is the site's, with a slash at its end, or "" where none is set;
    By src_uri, `html` gives the body of each page, as it was made of the Markdown, and `text` the blocks of text
    of the finished page.
    """

    edition: Edition
    identities: Mapping[str, Identity]
    address: str
    html: Callable[[str], str]
    text: Callable[[str], Sequence[str]]


def write(files: Iterable[File], folder: Path) -> None:
    """Write files below `folder`, the root of a site."""
    for address, body in files:
        target = folder / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(body)
