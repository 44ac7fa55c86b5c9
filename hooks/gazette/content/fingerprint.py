"""The fingerprint of a Chinese text: an English version carries that of the Chinese it was made from."""

from __future__ import annotations

import hashlib

from gazette.content.model import Content, Prose
from gazette.records.record import Record, parts
from gazette.records.values import Localised


def chinese(owner: Record | Prose) -> str:
    """All Chinese words of a record, or of a Markdown pair: a line for each text, then the body."""
    found = parts(Content.matter(owner), Localised)
    words = [f"{'.'.join(map(str, location))}: {value.zh}" for location, value in found]
    body = owner.bodies["zh"].text.strip() if isinstance(owner, Prose) else ""
    return "\n".join([*words, body]).strip() + "\n"


def fingerprint(owner: Record | Prose) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the Chinese words."""
    return hashlib.sha256(chinese(owner).encode("utf-8")).hexdigest()[:12]


def english_path(owner: Record | Prose) -> str:
    """The file that carries the fingerprint."""
    return owner.bodies["en"].path if isinstance(owner, Prose) else owner.path


def is_stale(owner: Record | Prose) -> bool:
    """Whether the Chinese has changed since the English was made from it."""
    translated = Content.matter(owner).translated
    return translated is not None and translated != fingerprint(owner)
