"""data/figures.lock.yml: every published figure as it was published, so that none changes in silence."""

from __future__ import annotations

from collections.abc import Mapping

from gazette.content import Content
from gazette.records.values import FieldRef

_HEAD = """\
# 已发布的数据。由 gazette lock 写入，请勿手改；要更改已发布的数据，先写一条更正（data/corrections）。
# The figures as published. Written by `gazette lock`; to change one, first file a correction (data/corrections).
"""


def render(content: Content) -> str:
    """The lock file for the figures as they stand."""
    return _HEAD + "".join(
        f"{ref.record}.{ref.field}: {figure}\n" for ref, figure in sorted(content.figures.items())
    )


def unlocked(content: Content) -> Mapping[FieldRef, str]:
    """The figures that the lock file does not have yet, as it would hold them."""
    return {ref: str(figure) for ref, figure in content.figures.items() if ref not in content.locked}
