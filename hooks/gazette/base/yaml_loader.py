"""YAML text to nodes, every scalar as it was typed; what is nested too deep, or has too many parts, is left where that is seen."""

from __future__ import annotations

from typing import Any

import yaml

from gazette.base.bounds import MOST_DEPTH, MOST_PARTS

AS_TYPED: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Reads every scalar as text: with the C parser, ten times faster; a platform without libyaml gets the same answers from the Python one."""


class Beyond(yaml.MarkedYAMLError):
    """There is more than may be within a list or a mapping; its mark is that of the last which may."""

    def __init__(self, code: str, most: int, within: yaml.CollectionNode) -> None:
        last = within.value[-1] if within.value else within
        super().__init__(problem_mark=(last[0] if isinstance(last, tuple) else last).start_mark)
        self.code, self.most = code, most


class _Loader(AS_TYPED):  # type: ignore[misc]
    """The parser asks it of every node what type it may have: all scalars are text; and it counts the nodes."""

    most_parts = MOST_PARTS
    _parts = _depth = 0

    @staticmethod
    def resolve(*_: object) -> str:
        """The tag that a node without one gets; nothing reads it."""
        return ""

    def descend_resolver(self, parent: yaml.CollectionNode | None, _: object) -> None:
        """A node begins."""
        self._parts += 1
        self._depth += 1
        if parent and self._depth > MOST_DEPTH:
            raise Beyond("too-deep", MOST_DEPTH, parent)
        if parent and self._parts > self.most_parts:
            raise Beyond("too-many-parts", self.most_parts, parent)

    def ascend_resolver(self) -> None:
        """It ends."""
        self._depth -= 1


def compose(text: str, most_parts: int = MOST_PARTS) -> yaml.Node | None:
    """The node that a text is; None where it has none. Raises yaml.MarkedYAMLError, of which Beyond is one."""
    loader = _Loader(text)
    loader.most_parts = most_parts
    try:
        found: yaml.Node | None = loader.get_single_node()
        return found
    finally:
        loader.dispose()
