"""A Markdown link to a page must lead to one."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Iterator

from gazette.calls import page_links
from gazette.content import Content
from gazette.diagnostics import Diagnostic, Position


def broken_links(content: Content) -> Iterator[Diagnostic]:
    """A link to a `.md` file that is no page of the same language; links are relative to the file they stand in."""
    known = {*content.prose, *(f"{ref.collection.replace('_', '-')}/{ref.id}" for ref in content.records)}
    for prose in content.prose.values():
        for body in prose.bodies.values():
            for target, line, column in page_links(body):
                path = posixpath.normpath(
                    posixpath.join(posixpath.dirname(prose.path), target.removesuffix(".md"))
                )
                if path in known:
                    continue
                close = difflib.get_close_matches(path, known, 1)
                right = (
                    posixpath.relpath(close[0], posixpath.dirname(prose.path) or ".") + ".md" if close else ""
                )
                yield Diagnostic(
                    Position(body.path, line, column),
                    "broken-link",
                    f"链接“{target}”没有对应的页面。",
                    f"The link `{target}` leads to no page.",
                    f"[…]({right})" if right else "",
                )
