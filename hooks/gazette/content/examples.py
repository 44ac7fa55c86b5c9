"""Right forms in messages name what this zone has, where they name a record, a source or a unit that it has not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gazette.base.diagnostics import Diagnostic
from gazette.base.file_names import SLUG
from gazette.content.meant_names import meant
from gazette.content.model import Content
from gazette.records import PAGED
from gazette.records.values import field_ref

# A path, such as data/photos/a.jpg or docs/zh/news/a.md, names no record; an id that begins with old- is to be gone.
_NAME = re.compile(
    rf"(?<![\w/])(?:{'|'.join(PAGED)})/(?!old-){SLUG.pattern}(?:\.(?!md\b)[a-z_]+)?(?![\w/.-])"
)
_KEYED = re.compile(rf"\b(source|unit): ({SLUG.pattern})")


def in_own_names(diagnostics: Iterable[Diagnostic], content: Content) -> list[Diagnostic]:
    """The messages, their right forms in the names of the zone whose content this is."""
    return [
        replace(found, right_form=meant(found, content) or own_names(found.example, content, _said(found)))
        for found in diagnostics
    ]


def _said(found: Diagnostic) -> str:
    """What a message says of the mistake itself."""
    return " ".join(str(value) for key, value in found.values.items() if key not in ("example", "right"))


def own_names(example: str, content: Content, said: str = "") -> str:
    """The right form `example` in the names of a zone; what has no like there, or is of what is `said`, stays as it is."""
    used: set[str] = set()

    def own(found: re.Match[str]) -> str:
        name, ref = found[0], field_ref(found[0])
        record = content.records.get(ref.record)
        if name not in said and not (getattr(record, ref.field, None) if "." in name else record):
            likes = _like(name, content)
            name = next((like for like in likes if like not in used), likes[0] if likes else name)
        used.add(name)
        return name

    def keyed(found: re.Match[str]) -> str:
        there = content.units if found[1] == "unit" else content.records
        ids = [ref.id for ref in there if ref.collection == f"{found[1]}s"]
        return found[0] if found[2] in ids or not ids or found[0] in said else f"{found[1]}: {ids[0]}"

    return _KEYED.sub(keyed, _NAME.sub(own, example))


def _like(name: str, content: Content) -> Sequence[str]:
    """The names of what the zone has of the same kind: fields where a field is named, else what is published."""
    collection = name.partition("/")[0]
    if "." in name:
        field = name.partition(".")[2]
        same = [f"{ref}.{field}" for ref, record in content.records.items() if getattr(record, field, None)]
        found = same or [f"{ref.record}.{ref.field}" for ref in content.figures]
    elif collection == "indicators":
        found = [str(ref) for ref in content.figures]
    else:
        found = [str(ref) for ref in content.records if str(ref) in content.published_names]
    return [like for like in found if like.startswith(f"{collection}/")] or found
