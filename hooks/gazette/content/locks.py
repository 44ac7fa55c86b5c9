"""The locks: every published figure as it was published, every id ever published; none changes or goes in silence."""

from __future__ import annotations

from collections.abc import Mapping

from gazette.content.model import IDS_LOCK, LOCK, Content
from gazette.records.values import FieldRef

_HEAD = """\
# 已发布的数据。由 gazette lock 写入，请勿手改；要更改已发布的数据，先写一条更正（data/corrections）。
# The figures as published. Written by `gazette lock`; to change one, first file a correction (data/corrections).
"""


_IDS_HEAD = """\
# 发布过的全部编号和页面。由 gazette lock 写入，请勿手改；停用的编号写在 data/retired。
# Every id and page that was ever published. Written by `gazette lock`; one that is given up goes into data/retired.
ids:
"""


def write(content: Content) -> None:
    """Write both files as they are to be."""
    for name, text in ((IDS_LOCK, render_ids(content)), (LOCK, render(content))):
        (content.root / name).write_text(text, encoding="utf-8", newline="\n")


def render(content: Content) -> str:
    """The lock file for the figures as they stand."""
    lines = [f"{ref.record}.{ref.field}: {figure}\n" for ref, figure in sorted(content.figures.items())]
    return _HEAD + ("".join(lines) or "{}\n")


def unlocked(content: Content) -> Mapping[FieldRef, str]:
    """The figures that the lock file does not have yet, as it would hold them."""
    return {ref: str(figure) for ref, figure in content.figures.items() if ref not in content.locked}


def render_ids(content: Content) -> str:
    """The lock file of ids: those locked before, for an id is never reused, and all that are published now."""
    names = sorted({*content.locked_names, *content.published_names})
    return _IDS_HEAD + "".join(f"  - {name}\n" for name in names)


def unlocked_names(content: Content) -> tuple[str, ...]:
    """The published names that the lock file does not have yet."""
    return tuple(sorted(content.published_names - content.locked_names.keys()))
